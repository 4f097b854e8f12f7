"""What readers see of a page, and people with a phone. Nobody here exists."""

import re
from datetime import date
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from sertakan.web.once import token
from tests.contributions.making import billed, paid
from tests.enrolment.making import an_agreement, enrolled, some_people

BORN = date(1980, 5, 12)
STRANGER = "3577015203700009"  # a NIK that nobody has


def words(response):
    """What a reader reads of a page."""
    body = response.content.decode().partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def skeleton(response):
    """A page without what differs with every form."""
    page = response.content.decode()
    return re.sub(r'(name="(csrfmiddlewaretoken|once)" value=")[^"]*', r"\1", page)


def a_worker(name="Wati Susanti", *, through="2026-12", phone="081234567890", **agreement):
    """A person covered by the city from January to the month `through`."""
    (number,) = some_people(name, **({"phone": [phone]} if phone else {}))
    promised = an_agreement(agreement.pop("number", f"PKS/{name}"), **agreement)
    enrolled(number, promised)
    bill = billed(promised, "2026-01", through)
    paid(bill.total_rupiah, code=bill.payment_code)
    return Person.objects.get(pk=number)


def nik_of(person):
    return decrypt(person.nik_encrypted, "nik")


def ask(client, nik, born_on=BORN, **told):
    """Send the first form of /cek."""
    return client.post(
        "/cek", {"nik": nik, "birth_date": born_on.isoformat(), "once": token()}, **told
    )


def code_sent():
    """The code in the latest message, and whom it went to."""
    message = Message.objects.latest("pk")
    told = contents(message)
    return re.search(r"\d{6}", told.body)[0], message.channel, told.recipient


def counted(act):
    """What `act` answers, and how often it asked the database."""
    with CaptureQueriesContext(connection) as asked:
        answer = act()
        return answer, len(asked)


def address(path, **asked):
    return f"{path}?{urlencode(asked)}"
