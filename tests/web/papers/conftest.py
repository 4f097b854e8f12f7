from datetime import date

import pytest

from sertakan.regions.models import Branch, Region
from tests.contributions.making import billed, paid
from tests.enrolment.making import an_agreement, enrolled, some_people
from tests.web.people import an_appointed


@pytest.fixture
def madiun():
    """The city whose officer Sari is."""
    return Region.objects.get(pk="35.77")


@pytest.fixture
def branch(madiun):
    """The insurer's branch in the city, with an address nobody lives at."""
    return Branch.objects.create(
        code="MDN",
        name="Cabang Contoh",
        region=madiun,
        address="Jalan Contoh Nomor 1",
        phone="(0000) 000 000",
        email="cabang@example.org",
    )


@pytest.fixture
def sari(client, madiun, settings, tmp_path):
    """Sari, the city's officer, has signed in; it is 23 November 2026."""
    settings.DEMO_DAY = date(2026, 11, 23)
    settings.MEDIA_ROOT = tmp_path
    user = an_appointed("city_officer", over=madiun, name="Sari")
    client.force_login(user)
    return user


@pytest.fixture
def agreement(madiun, branch):
    """An agreement of the city's for all of 2026, in force."""
    return an_agreement("PKS/1/2026", places=40, region=madiun, branch=branch)


@pytest.fixture
def bill(agreement):
    """The last two months of Budi and Wati, billed on 2 November."""
    for person in some_people("Budi Santoso", "Wati Lestari"):
        enrolled(person, agreement, region_id="35.77.01.1003")
    return billed(agreement, "2026-11", "2026-12", on=date(2026, 11, 2))


@pytest.fixture
def payment(bill):
    """The bill, paid with Rp800 too much on 5 November."""
    paid(bill.total_rupiah + 800, code=bill.payment_code, on=date(2026, 11, 5), reference="TRX-7")
    return bill.payments.get()
