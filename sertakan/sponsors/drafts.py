"""What a sponsor has chosen so far, kept encrypted, so that it can be left and gone on with.

The content, whose keys are all optional:

    workers   [{"key", "nik", "name", "birth_date", "phone", "category", "sector", "income",
               "region", "consent": {"wording", "at", "by" (a user's id)}, "sure": true}]
    chosen    [{"region", "category", "count"}]: so many of those who wait there
    last      "2027-06": the last month; jht: true where old-age savings are added
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.encryption.at_rest import decrypt, encrypt
from sertakan.sponsors.errors import DraftGone
from sertakan.sponsors.models import Agreement, Draft, Sponsor

Content = dict[str, Any]
FIELD = "content"
KEPT = timedelta(days=30)
KEPT_WAITING = timedelta(days=120)  # the branch has to answer before


def open_draft(sponsor: Sponsor) -> Draft | None:
    """What the sponsor is filling in, if anything."""
    return Draft.objects.filter(sponsor=sponsor, agreement=None).first()


def content_of(draft: Draft | None) -> Content:
    """What was chosen so far; empty for no draft."""
    return dict(json.loads(decrypt(bytes(draft.content_encrypted), FIELD))) if draft else {}


@transaction.atomic
def change_draft(
    *, sponsor: Sponsor, change: Callable[[Content], None], by: User, now: datetime
) -> Content:
    """Let `change` alter what stands, from whichever window; the content after it.

    Two windows wait for each other, so that neither loses what the other has typed.
    """
    Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor.pk)
    draft = open_draft(sponsor)
    content = content_of(draft)
    change(content)
    Draft.objects.update_or_create(
        sponsor=sponsor,
        agreement=None,
        defaults={
            "content_encrypted": encrypt(json.dumps(content), FIELD),
            "updated_at": now,
            "updated_by": by,
        },
    )
    return content


@transaction.atomic
def take_draft(*, sponsor: Sponsor, agreement: Agreement | None = None) -> Content:
    """The content, deleted in the same transaction: its people are enrolled now.

    Of the draft that waits with `agreement`, or of the open one. Raises DraftGone.
    """
    draft = Draft.objects.select_for_update().filter(sponsor=sponsor, agreement=agreement).first()
    if draft is None:
        raise DraftGone(
            _("What you had chosen is not here any more. Perhaps it was sent from another window.")
        )
    content = content_of(draft)
    draft.delete()
    return content


@transaction.atomic
def let_wait(*, sponsor: Sponsor, agreement: Agreement, by: User, now: datetime) -> Draft:
    """Keep the open draft until the branch has approved the agreement. Raises DraftGone."""
    draft = Draft.objects.select_for_update().filter(sponsor=sponsor, agreement=None).first()
    if draft is None:
        raise DraftGone(_("What you had chosen is not here any more."))
    draft.agreement, draft.updated_at, draft.updated_by = agreement, now, by
    draft.save(update_fields=["agreement", "updated_at", "updated_by"])
    return draft


@transaction.atomic
def take_up_again(*, agreement: Agreement, by: User, now: datetime) -> Draft:
    """Let what waits with an agreement be changed once more; it is to be sent anew.

    Raises DraftGone where nothing waits with it, or something else is being filled in.
    """
    Sponsor.objects.select_for_update(no_key=True).get(pk=agreement.sponsor_id)
    draft = Draft.objects.select_for_update(of=("self",)).filter(agreement=agreement).first()
    if draft is None:
        raise DraftGone(_("What you had chosen is not here any more."))
    if open_draft(agreement.sponsor) is not None:
        raise DraftGone(_("Finish first, or throw away, what you are filling in just now."))
    draft.agreement, draft.updated_at, draft.updated_by = None, now, by
    draft.save(update_fields=["agreement", "updated_at", "updated_by"])
    record(verb="took_up_again", subject_type="agreement", subject_id=agreement.pk, by=by, at=now)
    return draft


@transaction.atomic
def throw_away(*, sponsor: Sponsor, by: User, now: datetime) -> None:
    """Delete what the sponsor was filling in; nothing happens where there is nothing."""
    gone, _each = Draft.objects.filter(sponsor=sponsor, agreement=None).delete()
    if gone:
        record(verb="threw_away", subject_type="draft", subject_id=sponsor.pk, by=by, at=now)


@transaction.atomic
def forget_drafts(*, now: datetime) -> int:
    """Delete what nobody has touched for thirty days, personal data and all; how many."""
    gone, _each = Draft.objects.filter(agreement=None, updated_at__lt=now - KEPT).delete()
    waiting, _each = Draft.objects.filter(
        agreement__isnull=False, updated_at__lt=now - KEPT_WAITING
    ).delete()
    if gone + waiting:
        record(verb="forgot", subject_type="draft", by=None, at=now, drafts=gone + waiting)
    return gone + waiting
