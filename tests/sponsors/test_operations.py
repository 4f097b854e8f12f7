"""Drafting, approving, changing, renewing and closing agreements."""

from datetime import UTC, date, datetime

import pytest

from sertakan.audit.models import Event
from sertakan.sponsors.errors import (
    AgreementNotFound,
    NotAnAgreement,
    NotInForce,
    PlacesTaken,
    SponsorExists,
)
from sertakan.sponsors.models import Agreement
from sertakan.sponsors.operations import (
    approve_agreement,
    change_places_and_budget,
    close,
    make_agreement,
    register_sponsor,
    renew,
)
from sertakan.sponsors.queries import agreement_by_number
from tests.enrolment.making import a_sponsor, an_agreement, an_officer, enrol_them, some_people

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 12, 1, 9, tzinfo=UTC)
NEW_YEAR, NEXT = date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def sari(db):
    return an_officer("Sari")


@pytest.fixture
def draft(sari):
    def make(**told):
        described = {
            "number": "560/1/PKS",
            "sponsor": a_sponsor(),
            "fund": "apbd",
            "places": 100,
            "budget_rupiah": 20_160_000,
            "starts_on": NEW_YEAR,
            "ends_on": NEXT,
        }
        return make_agreement(**{**described, **told}, by=sari, now=NOW)

    return make


def events():
    return [event.verb for event in Event.objects.order_by("pk")]


def test_a_sponsor_is_registered_once_however_the_name_is_written(sari):
    sponsor = register_sponsor(name=" PT  Maju ", kind="company", region="35.77", by=sari, now=NOW)

    assert (sponsor.name, sponsor.region.name) == ("PT Maju", "KOTA MADIUN")
    with pytest.raises(SponsorExists, match="PT MAJU is recorded"):
        register_sponsor(name="PT MAJU", kind="company", by=sari, now=NOW)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": " "}, "has a name"),
        ({"kind": "bank"}, "is one of: person, company"),
        ({"region": "99.99"}, "no region with the code 99.99"),
    ],
)
def test_what_cannot_be_a_sponsor_is_refused(sari, told, sentence):
    with pytest.raises(NotAnAgreement, match=sentence):
        register_sponsor(**{"name": "PT Maju", "kind": "company", **told}, by=sari, now=NOW)


def test_from_draft_to_closing(draft, sari):
    agreement = draft(categories=["rt_rw", "farmer", "rt_rw"])
    assert (agreement.state, agreement.categories) == ("draft", ["farmer", "rt_rw"])

    agreement = approve_agreement(agreement=agreement, by=sari, now=NOW)
    assert (agreement.state, agreement.approved_by) == ("approved", sari)

    close(agreement=agreement, by=sari, now=NOW)
    assert agreement_by_number(" 560/1/PKS ").state == "closed"
    assert events() == ["drafted", "approved", "closed"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"number": " "}, "has a number"),
        ({"ends_on": NEW_YEAR}, "ends after the day on which it starts"),
        ({"places": 0}, "at least one place"),
        ({"budget_rupiah": 0}, "one rupiah"),
        ({"programmes": ["JKK"]}, "insured together"),
        ({"programmes": ["JKK", "JKM", "JP"]}, "JP is none of"),
        ({"categories": ["astronaut"]}, "astronaut is none of"),
        ({"fund": "company"}, "kind government pays from: apbd, apbn, dbhcht"),
        ({"fund": "gold"}, "gold is none of"),
        ({"segment": "PU"}, "names a monthly wage and a risk class"),
        ({"segment": "PU", "wage": 2_000_000, "risk_class": 6}, "risk class from 1 to 5"),
        ({"assumed_income": -1}, "zero or more"),
        ({"region": "99"}, "no region with the code 99"),
    ],
)
def test_what_cannot_be_an_agreement_is_refused_in_a_sentence(draft, told, sentence):
    with pytest.raises(NotAnAgreement, match=sentence):
        draft(**told)

    assert not Agreement.objects.exists()


def test_a_number_is_given_once(draft):
    draft()

    with pytest.raises(NotAnAgreement, match="number 560/1/PKS already"):
        draft()


def test_an_agreement_is_approved_once_and_closed_once_in_force(draft, sari):
    agreement = draft()
    with pytest.raises(NotInForce, match="Only an agreement in force"):
        close(agreement=agreement, by=sari, now=NOW)
    approve_agreement(agreement=agreement, by=sari, now=NOW)

    with pytest.raises(NotInForce, match="was approved already"):
        approve_agreement(agreement=agreement, by=sari, now=NOW)
    close(agreement=agreement, by=sari, now=NOW)
    with pytest.raises(NotInForce):
        close(agreement=agreement, by=sari, now=NOW)
    with pytest.raises(NotInForce, match="is closed"):
        change_places_and_budget(agreement=agreement, places=5, by=sari, now=NOW)


def test_places_and_budget_are_changed_but_not_below_what_is_taken(sari):
    agreement = an_agreement(places=3)
    enrol_them(agreement, some_people("Budi", "Wati"))

    changed = change_places_and_budget(
        agreement=agreement, places=2, budget_rupiah=5_000_000, by=sari, now=NOW
    )
    assert (changed.places, changed.budget_rupiah) == (2, 5_000_000)
    told = Event.objects.get(verb="changed").details
    assert (told["before"]["places"], told["after"]["places"]) == (3, 2)

    with pytest.raises(PlacesTaken, match="More than 1 places of agreement PKS/1 are taken"):
        change_places_and_budget(agreement=agreement, places=1, by=sari, now=NOW)
    with pytest.raises(NotAnAgreement, match="at least one place"):
        change_places_and_budget(agreement=agreement, places=0, by=sari, now=NOW)
    assert Agreement.objects.get().places == 2


def test_a_renewal_goes_on_where_the_old_one_ends(sari):
    old = an_agreement(categories=["farmer"], places=7)

    new = renew(
        agreement=old,
        number="PKS/2027",
        starts_on=NEXT,
        ends_on=date(2028, 1, 1),
        places=9,
        by=sari,
        now=NOW,
    )

    assert (new.state, new.renews, new.places) == ("draft", old, 9)
    assert (new.categories, new.budget_rupiah) == (["farmer"], old.budget_rupiah)


def test_what_cannot_be_renewed(draft, sari):
    old = an_agreement()
    days = {"starts_on": NEXT, "ends_on": date(2028, 1, 1), "by": sari, "now": NOW}
    with pytest.raises(NotInForce, match="not approved yet"):
        renew(agreement=draft(), number="PKS/3", **days)
    with pytest.raises(NotAnAgreement, match="runs until 31 December 2026"):
        renew(agreement=old, number="PKS/3", **{**days, "starts_on": date(2026, 12, 1)})
    renew(agreement=old, number="PKS/3", **days)
    with pytest.raises(NotInForce, match="renewed already, by PKS/3"):
        renew(agreement=old, number="PKS/4", **days)


def test_a_number_that_nobody_gave_is_told(db):
    with pytest.raises(AgreementNotFound, match="number PKS/9"):
        agreement_by_number("PKS/9")
