"""What is known of a person is corrected, and looked at unmasked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.encryption import decrypt, encrypt, nik_index
from sertakan.people.errors import NikTaken, NotAPerson, PurposeMissing
from sertakan.people.models import Person, Sex
from sertakan.people.name_words import remember_words
from sertakan.regions.models import Region

PLAIN = ("name", "birth_date", "sex", "address", "died_on")
ENCRYPTED = ("phone", "mother_name", "bank_account")


@dataclass(frozen=True, slots=True)
class Unmasked:
    """What is otherwise shown masked or not at all."""

    nik: str
    phone: str | None
    mother_name: str | None
    bank_account: str | None


@transaction.atomic
def correct(*, person: Person, changes: Mapping[str, Any], by: User, now: datetime) -> Person:
    """Change what is known of a person: any of `nik`, `name`, `birth_date`, `sex`, `region`
    (code), `address`, `phone`, `mother_name`, `bank_account`, `died_on`; None for not known.

    The event names the fields, not what stands in them. Raises NotAPerson and NikTaken.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    for field, value in changes.items():
        _set(person, field, value)
    try:
        with transaction.atomic():
            person.save(update_fields=_columns(changes))
    except IntegrityError as error:
        raise _refusal(error) from error
    if "name" in changes:
        remember_words([person.name])
    record(
        verb="corrected", subject_type="person", subject_id=person.pk, by=by, at=now,
        fields=sorted(changes),
    )  # fmt: skip
    return person


@transaction.atomic
def unmask(*, person: Person, purpose: str, by: User, now: datetime) -> Unmasked:
    """What is kept encrypted, for a purpose that is written down. Raises PurposeMissing."""
    if not purpose.strip():
        raise PurposeMissing(_("Say what it is needed for; it is written down."))
    record(
        verb="unmasked", subject_type="person", subject_id=person.pk, by=by, at=now,
        purpose=purpose.strip(),
    )  # fmt: skip
    return Unmasked(
        nik=decrypt(person.nik_encrypted, "nik"),
        **{
            field: decrypt(blob, field) if (blob := getattr(person, f"{field}_encrypted")) else None
            for field in ENCRYPTED
        },
    )


def _set(person: Person, field: str, value: Any) -> None:
    if field == "nik":
        if not (
            isinstance(value, str) and len(value) == 16 and value.isascii() and value.isdecimal()
        ):
            raise NotAPerson(_("A NIK has 16 digits."))
        person.nik_index, person.nik_encrypted = nik_index(value), encrypt(value, "nik")
    elif field in ENCRYPTED:
        setattr(person, f"{field}_encrypted", encrypt(value, field) if value else None)
    elif field == "region":
        if value and not Region.objects.filter(pk=value).exists():
            raise NotAPerson(_("No region has the code %s.") % value)
        person.region_id = value or None
    elif field in PLAIN:
        setattr(person, field, _plain(field, value))
    else:
        raise TypeError(f"A person has no field {field}.")


def _plain(field: str, value: Any) -> Any:
    if field in ("birth_date", "died_on"):
        if value is not None and not isinstance(value, date):
            raise TypeError(f"{field} is a day.")
        return value
    text = (value or "").strip()
    if field == "name" and not text:
        raise NotAPerson(_("A person has a name."))
    if field == "sex" and text and text not in Sex.values:
        raise NotAPerson(_("The sex is L or P."))
    return text


def _columns(changes: Mapping[str, Any]) -> list[str]:
    columns = []
    for field in changes:
        if field == "nik":
            columns += ["nik_index", "nik_encrypted"]
        else:
            columns.append(f"{field}_encrypted" if field in ENCRYPTED else field)
    return columns


def _refusal(error: IntegrityError) -> NotAPerson | NikTaken:
    if "nik_index" in str(error):
        return NikTaken(_("This NIK stands for another person; are the two one?"))
    if "nobody_dies_before_birth" in str(error):
        return NotAPerson(_("Nobody dies before birth."))
    raise error
