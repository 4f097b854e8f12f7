"""Monthly totals and sponsors to show on pages. Nobody here exists."""

from datetime import date

from sertakan.analytics.models import MonthlyTotal, Workforce
from sertakan.regions.models import Level, Region
from sertakan.sponsors.models import Category
from tests.claims.making import approved, decided, paid_out, reported, with_papers
from tests.contributions.making import billed, paid
from tests.enrolment.making import a_sponsor, an_agreement, enrolled, some_people

NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 23)
KLEGEN, SUKOSARI, KANIGORO = "35.77.01.1003", "35.77.01.1002", "35.77.01.1007"
PATIHAN, TAMAN = "35.77.02.1003", "35.77.03.1009"


def a_total(agreement, region, enrolled, covered=None, category="rt_rw", month=NOVEMBER):
    """So many people of one category in one place in one month."""
    return MonthlyTotal.objects.create(
        month=month,
        agreement=agreement,
        region_id=region,
        category=category,
        enrolled=enrolled,
        covered=enrolled if covered is None else covered,
        grace=0,
        billed_rupiah=16_800 * enrolled,
        paid_rupiah=16_800 * enrolled,
    )


def sponsored(name, people, *, kind="government", places=None, number=None):
    """A sponsor's agreement with so many people enrolled for all of 2026."""
    agreement = an_agreement(
        number or f"PKS/{name}", sponsor=a_sponsor(name, kind), places=places or max(people, 1)
    )
    for person in some_people(*(f"Pekerja {number}" for number in range(people))):
        enrolled(person, agreement)
    return agreement


def deaths_paid_for(agreement, number):
    """So many of the people enrolled die in June, covered, and their families are paid."""
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    people = agreement.enrolments.order_by("pk").values_list("person_id", flat=True)[:number]
    for person in people:
        claim = with_papers(reported(person, date(2026, 6, 10)))
        decided(claim)
        approved(claim)
        paid_out(claim, reference=f"OUT{person}")


def a_workforce(**told):
    """The denominator of Kota Madiun as published at the end of 2025."""
    return Workforce.objects.create(
        **{
            "region_id": "35.77",
            "on": date(2025, 12, 29),
            "working_population": 96_093,
            "active_members": 51_404,
            "published_percent": "53.49",
            "source": "Dinas Tenaga Kerja, 29 Desember 2025",
            **told,
        }
    )


def a_city():
    """A city with 3 kecamatan, all categories, three sponsors and a denominator."""
    city = sponsored("Pemerintah Kota Contoh", 12, places=15)
    water = sponsored("Perumda Air Minum Contoh", 6, kind="state_enterprise")
    sponsored("Ratna", 2, kind="person")
    for place in range(1, 10):
        for district in ("01", "02", "03"):
            a_total(city, f"35.77.{district}.10{place:02}", 500 + place, 490 + place)
    for number, category in enumerate(Category.values):
        a_total(water, KLEGEN, 100 + number, 90, category=category)
    a_workforce()


def many_places(number):
    """The codes of so many villages of East Java."""
    villages = Region.objects.filter(code__startswith="35.", level=Level.VILLAGE)
    return list(villages.order_by("code").values_list("code", flat=True)[:number])
