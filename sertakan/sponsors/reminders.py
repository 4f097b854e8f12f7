"""How a sponsor is reminded that cover ends: by e-mail, by phone, or not at all."""

from datetime import datetime

from django.db import transaction

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.encryption.at_rest import encrypt
from sertakan.sponsors.models import Sponsor


@transaction.atomic
def set_reminders(
    *, sponsor: Sponsor, reminded: bool, email: str, phone: str, by: User, now: datetime
) -> None:
    """Whether, and where to write. The phone number is kept encrypted, as it is dialled."""
    digits = "".join(mark for mark in phone if mark.isdigit())
    dialled = f"+62{digits.removeprefix('62').removeprefix('0')}" if digits else ""
    sponsor = Sponsor.objects.select_for_update(no_key=True, of=("self",)).get(pk=sponsor.pk)
    sponsor.reminded, sponsor.email = reminded, email
    sponsor.phone_encrypted = encrypt(dialled, "phone") if dialled else None
    sponsor.save(update_fields=["reminded", "email", "phone_encrypted"])
    record(
        verb="set_reminders", subject_type="sponsor", subject_id=sponsor.pk, by=by, at=now,
        reminded=reminded,
    )  # fmt: skip
