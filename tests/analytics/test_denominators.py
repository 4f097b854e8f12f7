"""A denominator is kept as published: numerator, denominator, day and source apart."""

from datetime import date
from decimal import Decimal

import pytest

from sertakan.analytics.errors import NotAFigure
from sertakan.analytics.operations import record_workforce
from sertakan.analytics.queries import ucj
from sertakan.regions.models import Region
from tests.enrolment.making import NOW, an_officer

pytestmark = pytest.mark.django_db


def published(region="35.77", on=date(2025, 12, 29), working=96_093, **told):
    return record_workforce(
        region=Region.objects.get(pk=region),
        on=on,
        working_population=working,
        **{"source": "Dinas Contoh", "by": an_officer(), "now": NOW, **told},
    )


def test_the_quotient_is_ours_and_the_published_percentage_stays_beside_it():
    published(active_members=51_404, published_percent=Decimal("53.49"))
    found = ucj(region="35.77", on=date(2026, 1, 1))
    assert (found.numerator, found.denominator, found.source) == (51_404, 96_093, "Dinas Contoh")
    assert (found.percent, found.published_percent) == (Decimal("53.49"), Decimal("53.49"))


def test_a_published_percentage_that_is_not_its_own_quotient_is_kept_as_published():
    published("51", working=1_873_899, active_members=935_079, published_percent=Decimal("50.88"))

    found = ucj(region="51", on=date(2026, 1, 1))

    assert (found.percent, found.published_percent) == (Decimal("49.90"), Decimal("50.88"))


def test_the_latest_figure_of_the_day_counts():
    published(on=date(2025, 6, 1), working=95_000)
    published(on=date(2025, 12, 29))

    assert ucj(region="35.77", on=date(2025, 12, 28)).denominator == 95_000
    assert ucj(region="35.77", on=date(2025, 5, 31)) is None
    assert ucj(region="35.77", on=date(2025, 12, 28)).percent is None


@pytest.mark.parametrize(
    ("told", "said"), [({"source": " "}, "names its source"), ({"working": 0}, "above zero")]
)
def test_a_figure_without_what_makes_it_one_is_refused(told, said):
    with pytest.raises(NotAFigure, match=said):
        published(**told)


def test_a_figure_is_recorded_once_a_region_and_day():
    published()

    with pytest.raises(NotAFigure, match="already"):
        published()
