"""A branch sends a draft back, with what is to be changed before it can be approved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post
from sertakan.sponsors.errors import NotInForce
from sertakan.sponsors.models import Agreement, AgreementState, Returned


@transaction.atomic
def return_agreement(*, agreement: Agreement, reason: str, by: User, now: datetime) -> Returned:
    """Send a draft back; the sponsor is told by e-mail, where one is known.

    Raises NotInForce for what is no draft any more, or without a reason.
    """
    agreement = (
        Agreement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("sponsor")
        .get(pk=agreement.pk)
    )
    if agreement.state != AgreementState.DRAFT:
        raise NotInForce(_("Agreement %s was approved already.") % agreement)
    if not reason.strip():
        raise NotInForce(_("Please say what is to be changed."))
    returned = Returned.objects.create(
        agreement=agreement, reason=reason.strip(), returned_at=now, returned_by=by
    )
    if agreement.sponsor.email:
        post([_letter(agreement, returned)], now=now)
    record(verb="returned", subject_type="agreement", subject_id=agreement.pk, by=by, at=now)
    return returned


def _letter(agreement: Agreement, returned: Returned) -> Letter:
    return Letter(
        channel=Channel.EMAIL,
        recipient=agreement.sponsor.email,
        subject=_("Agreement %s was sent back") % agreement,
        body=_("The branch asks for a change before it approves agreement %(number)s:\n\n%(why)s")
        % {"number": agreement, "why": returned.reason},
        kind="agreement_news",
        about_type="agreement",
        about_id=agreement.pk,
    )
