"""Is whoever asks the person? A code sent to the phone on file says so.

Nothing here tells whether somebody with this NIK and this birth date is known: those who are not
known, who were born on another day, or whose phone is not on file are answered as the others
are, and as much is read, computed and written for them.
"""

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sertakan.audit.operations import record
from sertakan.messages import codes
from sertakan.messages.models import Channel
from sertakan.people.encryption import decrypt, encrypt
from sertakan.people.models import Person
from sertakan.people.queries import by_nik

PURPOSE = "own_cover"
NO_PHONE = "0"


def ask_for_code(*, nik: str, birth_date: date, now: datetime) -> None:
    """Send a code of six digits to the phone of this person, if there is both.

    Raises TooManyCodes where five were asked for within the hour.
    """
    codes.send(
        purpose=PURPOSE,
        subject=_subject(nik, birth_date),
        channel=Channel.SMS,
        recipient=_phone(_person(nik, birth_date)),
        title="SERTAKAN",
        text=_("Your SERTAKAN code is {code}. It holds for ten minutes. Tell it to nobody."),
        language=get_language() or "id",
        now=now,
    )


def prove(*, nik: str, birth_date: date, code: str, now: datetime) -> Person | None:
    """The person, where this is the code that was sent; it is used up by that."""
    right = codes.check(purpose=PURPOSE, subject=_subject(nik, birth_date), code=code, now=now)
    person = _person(nik, birth_date)
    return person if right else None


def note_own_look(*, person: Person, now: datetime) -> None:
    """Record that a person, or who has their phone, looked at their own cover."""
    record(verb="looked", subject_type="person", subject_id=person.pk, by=None, at=now, at_own=True)


def _person(nik: str, birth_date: date) -> Person | None:
    person = by_nik(nik)
    return person if person and person.birth_date == birth_date else None


def _phone(person: Person | None) -> str | None:
    """The number as it is dialled; something is decrypted in any case."""
    kept = person.phone_encrypted if person else None
    number = decrypt(encrypt(NO_PHONE, "phone") if kept is None else kept, "phone")
    return f"+62{number[1:]}" if number.startswith("0") and number != NO_PHONE else None


def _subject(nik: str, birth_date: date) -> str:
    return f"{nik} {birth_date.isoformat()}"
