"""News of a claim for whoever reported it: never more than where it stands, and its number.

The message can be read by others who hold the phone. What was decided and why is told on the
page that the number and the dead person's birth date open, and in the letter.
"""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from sertakan.claims.models import Claim
from sertakan.encryption.at_rest import decrypt
from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post

News = Literal["reported", "approved", "refused", "paid"]
PHONE, EMAIL = "reporter_phone", "reporter_email"
KIND = "claim_news"
LANGUAGE = "id"


def can_be_told(claim: Claim) -> bool:
    """Whether the reporter left a phone or an e-mail address to which news can be written."""
    return bool(claim.reporter_phone_encrypted or claim.reporter_email_encrypted)


def tell_reporter(claim: Claim, news: News, *, now: datetime) -> int:
    """Write the news to the phone and e-mail that the reporter gave; how many were written."""
    with override(LANGUAGE):
        subject, body = _subject(claim), _body(claim, news)
    told = (
        (Channel.WHATSAPP, claim.reporter_phone_encrypted, PHONE),
        (Channel.EMAIL, claim.reporter_email_encrypted, EMAIL),
    )
    return post(
        [
            Letter(
                channel=channel,
                recipient=decrypt(encrypted, field),
                subject=subject,
                body=body,
                kind=KIND,
                language=LANGUAGE,
                about_type="claim",
                about_id=claim.pk,
            )
            for channel, encrypted, field in told
            if encrypted
        ],
        now=now,
    )


def _subject(claim: Claim) -> str:
    return _("Claim %s") % claim.reference


def _body(claim: Claim, news: News) -> str:
    sentences = {
        "reported": _("Your report was received. Its number is %s."),
        "approved": _("Claim %s was approved; the money is on its way."),
        "refused": _("A decision was made on claim %s. The letter tells what and why."),
        "paid": _("The benefit of claim %s was paid."),
    }
    follow = _("Follow it on the page “Follow a claim” with this number and the date of birth.")
    return f"{sentences[news] % claim.reference} {follow}"
