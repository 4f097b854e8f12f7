"""A sponsor is told of a bill before and after it is due, and 30, 14 and 3 days before cover ends.

Each once, and all sponsors in one query each.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sertakan.encryption.at_rest import decrypt
from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post
from sertakan.vocabulary import rupiah

DAYS_BEFORE = (3, 14, 30)  # the end of cover
DAYS_TO_DUE, DAYS_LATE = 3, 14  # a bill is told of within these days of its last day
LANGUAGE = "id"

ENDING = """
    SELECT a.id, a.number, a.ends_on, s.name, s.email, s.phone_encrypted, count(*)
    FROM sponsors_agreement a
    JOIN sponsors_sponsor s ON s.id = a.sponsor_id AND s.reminded
    JOIN enrolment_enrolment e ON e.agreement_id = a.id AND e.ends_on = a.ends_on
        AND e.end_reason = ''
    WHERE a.state = 'approved' AND a.ends_on > %(on)s AND a.ends_on <= %(until)s
        AND (s.email <> '' OR s.phone_encrypted IS NOT NULL)
        AND NOT EXISTS (SELECT FROM sponsors_agreement r WHERE r.renews_id = a.id)
    GROUP BY a.id, s.id ORDER BY a.id
"""
OWED = """
    SELECT b.id, b.number, b.payment_code, b.due_on, o.rupiah, s.name, s.email, s.phone_encrypted
    FROM contributions_bill b
    JOIN contributions_outstanding o ON o.bill_id = b.id AND o.rupiah > 0
    JOIN sponsors_sponsor s ON s.id = o.sponsor_id AND s.reminded
    WHERE b.corrects_id IS NULL AND b.due_on BETWEEN %(since)s AND %(until)s
        AND (s.email <> '' OR s.phone_encrypted IS NOT NULL)
    ORDER BY b.id
"""


@transaction.atomic
def remind(*, on: date, now: datetime) -> int:
    """Write to sponsors whose cover ends soon and is not renewed, and to those who owe a bill that
    falls due within three days or has been due for up to fourteen; how many letters.

    Each is written once for each of DAYS_BEFORE, and once before and once after a bill is due,
    however often this is done.
    """
    with translation.override(LANGUAGE):
        letters = [*_of_ending(on), *_of_owed(on)]
    return post(letters, now=now)


def _of_ending(on: date) -> Iterator[Letter]:
    until = on + timedelta(max(DAYS_BEFORE))
    for agreement, number, ends_on, *sponsor, people in _rows(ENDING, on=on, until=until):
        stage = min(days for days in DAYS_BEFORE if (ends_on - on).days <= days)
        yield from _letters(
            sponsor,
            subject=_("Cover ends soon"),
            body=_ending(number, ends_on, sponsor[0], people),
            about_type="agreement",
            about_id=agreement,
            once=f"ends:{agreement}:{ends_on}:{stage}",
        )


def _ending(number: str, ends_on: date, name: str, people: int) -> str:
    last = date_format(ends_on - timedelta(days=1), "j F Y")
    return ngettext(
        "%(name)s, the cover of %(people)s worker under agreement %(number)s ends on %(last)s. "
        "So that it does not stop, sign in to SERTAKAN and choose “Renew”.",
        "%(name)s, the cover of %(people)s workers under agreement %(number)s ends on %(last)s. "
        "So that it does not stop, sign in to SERTAKAN and choose “Renew”.",
        people,
    ) % {"name": name, "people": people, "number": number, "last": last}


def _of_owed(on: date) -> Iterator[Letter]:
    since, until = on - timedelta(DAYS_LATE), on + timedelta(DAYS_TO_DUE)
    for bill, number, code, due_on, owed, *sponsor in _rows(OWED, since=since, until=until):
        late = due_on < on
        said = (
            _(
                "%(name)s, bill %(number)s was due on %(day)s, and %(rupiah)s of it is not paid. "
                "Workers are covered by what is paid. Payment code: %(code)s."
            )
            if late
            else _(
                "%(name)s, please pay %(rupiah)s of bill %(number)s by %(day)s at the latest. "
                "Payment code: %(code)s."
            )
        )
        yield from _letters(
            sponsor,
            subject=_("A bill is overdue") if late else _("A bill falls due"),
            body=said
            % {
                "name": sponsor[0],
                "number": number,
                "code": code,
                "rupiah": rupiah(owed),
                "day": date_format(due_on, "j F Y"),
            },
            about_type="bill",
            about_id=bill,
            once=f"owed:{bill}:{due_on}:{'late' if late else 'soon'}",
        )


def _rows(query: str, **days: date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, days)
        return list(cursor.fetchall())


def _letters(sponsor: list[Any], *, once: str, **told: Any) -> Iterator[Letter]:
    """The same to each address of a sponsor: [name, e-mail address, encrypted telephone]."""
    _name, email, phone = sponsor
    channels = [(Channel.EMAIL, email)] if email else []
    if phone is not None:
        channels.append((Channel.SMS, decrypt(bytes(phone), "phone")))
    for channel, recipient in channels:
        yield Letter(
            channel=channel,
            recipient=recipient,
            kind="reminder",
            language=LANGUAGE,
            once=f"{once}:{channel}",
            **told,
        )
