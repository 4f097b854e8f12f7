import pytest

from sertakan.regions.models import Branch, Region
from tests.enrolment.making import an_agreement
from tests.web.people import an_appointed


@pytest.fixture
def madiun():
    """The city whose officer Sari is."""
    return Region.objects.get(pk="35.77")


@pytest.fixture
def branch(madiun):
    """The insurer's branch in the city."""
    return Branch.objects.create(code="MDN", name="Cabang Contoh", region=madiun)


@pytest.fixture
def sari(client, madiun, settings):
    """Sari, the city's officer, has signed in; it is 23 November 2026."""
    from datetime import date

    settings.DEMO_DAY = date(2026, 11, 23)
    user = an_appointed("city_officer", over=madiun, name="Sari")
    client.force_login(user)
    return user


@pytest.fixture
def agreement(madiun, branch):
    """An agreement of the city's for all of 2026, in force, with two places."""
    return an_agreement("PKS/1/2026", places=2, region=madiun, branch=branch)
