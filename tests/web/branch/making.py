"""A branch with its people: officers, an approver, agreements, a death. Nobody here exists."""

import re
from datetime import date

from django.urls import reverse
from django.utils.translation import override

from sertakan.access.models import Appointment
from sertakan.regions.models import Branch, Region
from sertakan.web import once
from tests.contributions.making import billed, paid
from tests.enrolment.making import an_agreement, enrolled, some_people
from tests.web.people import an_appointed

KLEGEN = "35.77.01.1003"
DIED_ON = date(2026, 11, 10)


def a_branch(name="Madiun"):
    return Branch.objects.get_or_create(
        code=name.upper(), name=f"Cabang {name}", region=Region.objects.get(pk="35.77")
    )[0]


def an_officer_of(branch=None, name="Bagus"):
    return _appointed("branch_officer", branch or a_branch(), name)


def an_approver_of(branch=None, name="Ratna"):
    return _appointed("branch_approver", branch or a_branch(), name)


def _appointed(role, branch, name):
    """The one of this name who holds the role already, or somebody new."""
    held = Appointment.objects.filter(role=role, branch=branch, user__name=name).first()
    return held.user if held else an_appointed(role, over=branch, name=name)


def its_agreement(branch=None, number="PKS/1", **fields):
    return an_agreement(number, branch=branch or a_branch(), region_id="35.77", **fields)


def insured(*names, branch=None, number="PKS/1"):
    """People whom the branch insures, paid for the whole year; their ids."""
    agreement = its_agreement(branch, number)
    people = some_people(*names, region=[KLEGEN] * len(names))
    for person in people:
        enrolled(person, agreement, region_id=KLEGEN)
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    return people


def post(client, page, data=None, *, follow=False, **words):
    """Send a form as its page does, with a token of its own."""
    return client.post(
        _path(page, words), {once.FIELD: once.token(), **(data or {})}, follow=follow
    )


def get(client, page, query=None, **words):
    return client.get(_path(page, words), query or {})


def _path(page, words):
    with override("id"):
        return reverse(page, kwargs=words)


def text_of(response):
    """What a reader reads."""
    body = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def as_seen_on(response):
    """What the form of a page says that it was drawn from."""
    return re.search(r'name="as_seen" value="([^"]+)"', response.content.decode())[1]
