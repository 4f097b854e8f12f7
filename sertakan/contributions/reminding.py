"""A sponsor is told 30, 14 and 3 days before cover ends, once each, all sponsors in one query."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sertakan.encryption.at_rest import decrypt
from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post

DAYS_BEFORE = (3, 14, 30)
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


@transaction.atomic
def remind(*, on: date, now: datetime) -> int:
    """Write to the sponsors whose cover ends soon and is not renewed; how many letters.

    Each is written once for each of DAYS_BEFORE, however often this is done.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENDING, {"on": on, "until": on + timedelta(max(DAYS_BEFORE))})
        rows = cursor.fetchall()
    with translation.override(LANGUAGE):
        letters = [letter for row in rows for letter in _letters(row, on)]
    return post(letters, now=now)


def _letters(row: tuple[int, str, date, str, str, bytes | None, int], on: date) -> Iterator[Letter]:
    agreement, number, ends_on, name, email, phone, people = row
    stage = min(days for days in DAYS_BEFORE if (ends_on - on).days <= days)
    body = _body(number, ends_on, name, people)
    channels = [(Channel.EMAIL, email)] if email else []
    if phone is not None:
        channels.append((Channel.SMS, decrypt(bytes(phone), "phone")))
    for channel, recipient in channels:
        yield Letter(
            channel=channel,
            recipient=recipient,
            subject=_("Cover ends soon"),
            body=body,
            kind="reminder",
            language=LANGUAGE,
            about_type="agreement",
            about_id=agreement,
            once=f"ends:{agreement}:{ends_on}:{stage}:{channel}",
        )


def _body(number: str, ends_on: date, name: str, people: int) -> str:
    last = date_format(ends_on - timedelta(days=1), "j F Y")
    return ngettext(
        "%(name)s, the cover of %(people)s worker under agreement %(number)s ends on %(last)s. "
        "So that it does not stop, sign in to SERTAKAN and choose “Renew”.",
        "%(name)s, the cover of %(people)s workers under agreement %(number)s ends on %(last)s. "
        "So that it does not stop, sign in to SERTAKAN and choose “Renew”.",
        people,
    ) % {"name": name, "people": people, "number": number, "last": last}
