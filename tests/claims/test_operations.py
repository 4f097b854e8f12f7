"""A death from its report to the money, and who may do what on the way."""

from datetime import date

import polars as pl
import pytest

from sertakan.audit.models import Event
from sertakan.claims.errors import (
    CannotApprove,
    CannotConfirm,
    CannotDecide,
    CannotMove,
    CannotPay,
    CannotReport,
)
from sertakan.claims.models import Claim, Decision
from sertakan.claims.operations import correct_report, decide, state_facts
from sertakan.claims.queries import claims, documents_missing
from sertakan.contributions.cover import cover_of
from sertakan.enrolment.models import Enrolment
from sertakan.people.models import Person
from sertakan.people.operations import note_deaths
from tests.claims.making import approved, confirmed, decided, paid_out, reported, with_papers
from tests.contributions.making import balances, billed, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, an_officer, enrolled, some_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Budi, Wati and Agus, accepted on 1 January; the year is billed and paid."""
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    return agreement, people


def test_a_death_after_more_than_three_months_pays_42_million(city):
    _, (budi, *_) = city
    claim = with_papers(reported(budi, date(2026, 6, 10)))

    decision = decided(claim)

    assert (decision.outcome, decision.cash_rupiah) == ("payable", 42_000_000)
    assert decision.answer["lines"] == [
        {"benefit": "death_grant", "amount": 20_000_000},
        {"benefit": "periodic_grant", "amount": 12_000_000},
        {"benefit": "funeral", "amount": 10_000_000},
    ]
    assert all(line["provisions"] for line in decision.lines)
    assert {finding["rule"] for finding in decision.findings} >= {
        "working_when_accepted", "covered_on_the_day_of_death",
    }  # fmt: skip

    approved(claim)
    assert balances()["payable/claim/" + str(claim.pk)] == -42_000_000
    payout = paid_out(claim)

    assert payout.rupiah == 42_000_000
    assert balances()["benefits/jkm"] == 42_000_000
    assert "payable/claim/" + str(claim.pk) not in balances()
    assert Claim.objects.get().state == "paid"
    assert list(
        Event.objects.filter(subject_type="claim").order_by("pk").values_list("verb", flat=True)
    ) == ["reported", "document_received", "document_received", "decided", "approved", "paid"]


def test_a_death_within_three_months_pays_10_million(city):
    _, (budi, *_) = city

    decision = decided(reported(budi, date(2026, 3, 15)))

    assert (decision.outcome, decision.cash_rupiah) == ("payable", 10_000_000)


def test_a_death_at_work_pays_by_the_basis_of_the_band(city):
    _, (budi, *_) = city

    decision = decided(reported(budi, date(2026, 3, 15), cause="work_accident"))

    assert (decision.outcome, decision.cash_rupiah) == ("payable", 70_000_000)


def test_arrears_wait_then_are_looked_at_then_are_paid():
    agreement, (budi, *_), _ = three_covered_by_the_city(names=("Budi",))
    first = billed(agreement, "2026-01", "2026-06")
    paid(4 * 16_800, code=first.payment_code, on=date(2026, 1, 5))
    claim = with_papers(reported(budi, date(2026, 6, 10)))

    pending = decided(claim, on=date(2026, 6, 15))
    assert (pending.outcome, pending.answer["arrears"]) == ("pending_arrears", 2 * 16_800)
    with pytest.raises(CannotApprove, match="no decision to pay"):
        approved(claim)

    paid(2 * 16_800, code=first.payment_code, on=date(2026, 6, 20))
    review = decided(claim, on=date(2026, 6, 21))
    assert (review.outcome, review.answer["review_because"]) == (
        "review", ["arrears_paid_after_death"],
    )  # fmt: skip

    confirmed(claim)
    payable = decided(claim, on=date(2026, 6, 22))
    assert (payable.number, payable.outcome, payable.answer["outcome"]) == (
        3, "payable", "review",
    )  # fmt: skip
    approved(claim)
    assert paid_out(claim).rupiah == 42_000_000
    assert [each.outcome for each in Decision.objects.order_by("number")] == [
        "pending_arrears", "review", "payable",
    ]  # fmt: skip


def test_who_never_worked_is_refused_and_a_second_person_looks_at_it(city):
    _, (budi, *_) = city
    claim = reported(budi, date(2026, 6, 10), working_when_accepted=False)

    decision = decided(claim)
    assert (decision.outcome, decision.answer["refused_because"]) == (
        "refused", ["not_working_when_accepted"],
    )  # fmt: skip
    approved(claim)

    assert Claim.objects.get().state == "refused"
    with pytest.raises(CannotMove):
        paid_out(claim)
    state_facts(
        claim=claim, statements={"working_when_accepted": True}, by=an_officer("Rini"), now=NOW
    )
    assert decided(claim).outcome == "payable"  # an appeal


def test_what_nobody_said_is_missing_and_cannot_be_confirmed(city):
    _, (budi, *_) = city
    claim = reported(budi, date(2026, 6, 10), working_when_accepted=None)

    decision = decided(claim)

    assert decision.outcome == "review"
    assert decision.answer["review_because"] == ["missing:working_when_accepted"]
    with pytest.raises(CannotConfirm, match="not left to an officer"):
        confirmed(claim, "missing:working_when_accepted")
    with pytest.raises(CannotConfirm, match="not left to an officer"):
        confirmed(claim, "arrears_paid_after_death")


def test_a_death_of_someone_never_paid_for_is_refused():
    (budi,) = some_people("Budi")

    decision = decided(reported(budi, date(2026, 6, 10)))

    assert (decision.outcome, decision.answer["refused_because"]) == (
        "refused", ["died_before_cover"],
    )  # fmt: skip
    assert decision.cash_rupiah == 0


def test_an_approved_death_ends_the_enrolment_and_gives_later_months_back(city):
    _, (budi, *_) = city
    claim = with_papers(reported(budi, date(2026, 6, 10)))
    decided(claim)
    before = Enrolment.objects.get(person=budi)
    assert before.ends_on == date(2027, 1, 1)

    approved(claim)

    after = Enrolment.objects.get(person=budi)
    assert (after.ends_on, after.end_reason) == (date(2026, 6, 11), "death")
    assert balances()["credit"] == -6 * 16_800
    assert cover_of(budi, on=date(2026, 6, 10)).cover.status == "covered"
    assert Person.objects.get(pk=budi).died_on == date(2026, 6, 10)
    paid_out(claim)


def test_nobody_decides_what_they_reported_or_approves_what_they_decided(city):
    _, (budi, *_) = city
    claim = with_papers(reported(budi, date(2026, 6, 10), by="Rini"))

    with pytest.raises(CannotDecide, match="Nobody decides a claim that they reported"):
        decided(claim, by="Rini")
    decided(claim, by="Dewi")
    with pytest.raises(CannotApprove, match="Nobody approves their own decision"):
        approved(claim, by="Dewi")

    assert Claim.objects.get().state == "decided"


def test_nothing_is_paid_without_the_papers(city):
    _, (budi, *_) = city
    claim = reported(budi, date(2026, 6, 10))
    decided(claim)

    assert documents_missing(claim) == ["death_certificate", "heir_statement"]
    with pytest.raises(CannotApprove, match="without: death_certificate, heir_statement"):
        approved(claim)


def test_a_claim_is_paid_once(city):
    _, (budi, wati, _) = city
    claim = with_papers(reported(budi, date(2026, 6, 10)))
    with pytest.raises(CannotMove):
        paid_out(claim)
    decided(claim)
    approved(claim)
    paid_out(claim, reference="OUT1")

    with pytest.raises(CannotPay, match="paid before"):
        paid_out(claim, reference="OUT2")
    with pytest.raises(CannotMove):
        decided(claim)
    with pytest.raises(CannotMove):
        state_facts(claim=claim, statements={"children": []}, by=an_officer(), now=NOW)

    other = with_papers(reported(wati, date(2026, 6, 10)))
    decided(other)
    approved(other)
    with pytest.raises(CannotPay, match="another payout"):
        paid_out(other, reference="OUT1")
    assert balances()["benefits/jkm"] == 84_000_000


def test_an_approval_is_void_once_it_is_decided_anew(city):
    _, (budi, *_) = city
    claim = with_papers(reported(budi, date(2026, 6, 10)))
    decided(claim)
    approved(claim)

    state_facts(
        claim=claim, statements={"working_when_accepted": False}, by=an_officer("Rini"), now=NOW
    )
    decided(claim)

    assert "benefits/jkm" not in balances()
    with pytest.raises(CannotMove):
        paid_out(claim)
    approved(claim)
    assert Claim.objects.get().state == "refused"


def test_a_death_is_reported_once_even_under_another_record(city):
    _, (budi, *_) = city
    (double,) = some_people("Budi S.")
    claim = reported(budi, date(2026, 6, 10))
    Person.objects.filter(pk=double).update(merged_into=budi)

    with pytest.raises(CannotReport, match=claim.reference):
        reported(double, date(2026, 6, 10))


def test_the_facts_are_those_of_every_record_of_the_person():
    agreement, (budi, double), _ = three_covered_by_the_city(names=("Budi", "Budi S."))
    Enrolment.objects.filter(person=double).delete()
    bill = billed(agreement, "2026-01", "2026-06")
    paid(bill.total_rupiah, code=bill.payment_code)
    Person.objects.filter(pk=budi).update(merged_into=double)

    claim = reported(budi, date(2026, 6, 10))

    assert claim.person_id == double
    assert decided(claim).outcome == "payable"


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ({"children": [{"born_on": "2026-02-30"}]}, "born_on"),
        ({"working": True}, "working"),
        ({"working_when_accepted": "yes"}, "true or false"),
        ({"accepted_on": "2026-01-01"}, "accepted_on"),
    ],
)
def test_statements_that_do_not_fit_are_refused(city, statements, said):
    _, (budi, *_) = city
    with pytest.raises(CannotReport, match=said):
        reported(budi, date(2026, 6, 10), **statements)


def test_a_death_is_not_reported_before_it(city):
    _, (budi, *_) = city
    with pytest.raises(CannotReport, match="on its day or after"):
        reported(budi, date(2026, 6, 10), on=date(2026, 6, 9))


def test_what_was_not_known_then_is_not_in_the_decision_of_then(city):
    agreement, *_ = city
    (ratna,) = some_people("Ratna")
    enrolled(ratna, agreement, date(2026, 1, 1))
    bill = billed(agreement, "2026-01", "2026-03")
    paid(bill.total_rupiah, code=bill.payment_code, on=date(2026, 2, 20))
    claim = reported(ratna, date(2026, 2, 10))

    before, after = (
        decide(claim=claim, on=date(2026, 2, day), by=an_officer("Dewi"), now=NOW)
        for day in (19, 21)
    )

    assert before.facts["payments"] == []
    assert [each.outcome for each in (before, after)] == ["refused", "refused"]
    assert after.facts["payments"] == [
        {"paid_on": "2026-02-20", "months": ["2026-01", "2026-02", "2026-03"]}
    ]


def test_a_claim_that_tells_another_day_than_the_lists_is_not_approved(city):
    _, (budi, *_) = city
    note_deaths(
        deaths=pl.DataFrame({"person_id": [budi], "died_on": [date(2026, 3, 1)]}),
        by=an_officer("Sari"), now=NOW,
    )  # fmt: skip
    claim = with_papers(reported(budi, date(2026, 6, 10)))
    decided(claim)
    with pytest.raises(CannotApprove, match="noted for 1 March 2026"):
        approved(claim)

    told = {"died_on": date(2026, 3, 1), "cause": "ordinary", "by": an_officer("Rini"), "now": NOW}
    correct_report(claim=claim, **told)
    with pytest.raises(CannotApprove, match="decide again"):
        approved(claim)
    assert decided(claim).cash_rupiah == 10_000_000
    approved(claim)


def test_nobody_dies_before_they_are_born(city):
    _, (budi, *_) = city
    with pytest.raises(CannotReport, match="before they are born"):
        reported(budi, date(1980, 5, 11))


def test_claims_are_listed_with_what_was_decided(city):
    _, (budi, wati, _) = city
    first = reported(budi, date(2026, 3, 15))
    reported(wati, date(2026, 6, 10))
    decided(first)

    assert [(claim.state, claim.outcome, claim.cash_rupiah) for claim in claims()] == [
        ("reported", None, None),
        ("decided", "payable", 10_000_000),
    ]
    assert [claim.reference for claim in claims(state="decided")] == [first.reference]
