"""What the database refuses about claims, whoever writes and however it is written."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.claims.models import Approval, Claim, Confirmation, Decision, Payout
from sertakan.ledger.operations import post
from tests.claims.making import approved, confirmed, decided, paid_out, reported, with_papers
from tests.contributions.making import billed, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, an_officer, some_people

pytestmark = pytest.mark.django_db

TABLES = ("document", "decision", "confirmation", "approval", "payout")
DAY = date(2026, 12, 1)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(constraint):
    return pytest.raises(
        IntegrityError, check=lambda e: e.__cause__.diag.constraint_name == constraint
    )


@pytest.fixture
def claim(db):
    """A death of Budi, covered, with its papers; nothing decided."""
    agreement, (budi, *_), _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    return with_papers(reported(budi, date(2026, 6, 10)))


def someone_else():
    return some_people("Ratna")[0]


def write_decision(claim, **told):
    answer = {"outcome": "payable", "cash_total": 5, "programme": "JKM", "review_because": []}
    described = {
        "number": 1 + claim.decisions.count(), "outcome": "payable", "facts": {},
        "answer": answer | told.pop("answer", {}), "findings": [], "lines": [], "provisions": [],
        "uncertain": [], "turned_by": [], "cash_rupiah": 5, "decided_on": DAY, "decided_at": NOW,
        "decided_by": an_officer("Dewi"), **told,
    }  # fmt: skip
    return Decision.objects.create(claim=claim, **described)


def write_approval(decision, by="Eko", **told):
    described = {"decided_by": decision.decided_by, "approved_by": an_officer(by), **told}
    return Approval.objects.create(decision=decision, approved_at=NOW, **described)


def write_payout(claim, approval, rupiah, from_bank=None, reference="X"):
    entry = post(
        on=DAY, reference=f"test/{reference}", memo="", now=NOW,
        lines={"bank": -(from_bank or rupiah), "benefits/jkm": from_bank or rupiah},
    )  # fmt: skip
    return Payout.objects.create(
        claim=claim, approval=approval, rupiah=rupiah, paid_on=DAY, bank_reference=reference,
        entry=entry,
    )  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {} CASCADE",
    ],
)
def test_the_run_time_role_changes_nothing(db, table, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement.format(f"claims_{table}"))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_nor_does_the_owner(run_as_owner, table, statement):
    with pytest.raises(IntegrityError, match="append-only"):
        run_as_owner(statement.format(f"claims_{table}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_claim SET person_id = person_id",
        "UPDATE claims_claim SET reported_by_id = reported_by_id",
        "TRUNCATE claims_claim CASCADE",
        "ALTER TABLE claims_claim DISABLE TRIGGER ALL",
    ],
)
def test_whose_claim_it_is_and_who_reported_it_stands(claim, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


def test_a_claim_is_not_deleted(claim):
    with pytest.raises(IntegrityError, match="DELETE is refused"):
        run("DELETE FROM claims_claim")


def test_nobody_decides_a_claim_they_reported(claim):
    with refused("nobody_decides_a_claim_they_reported"):
        write_decision(claim, decided_by=claim.reported_by)


@pytest.mark.parametrize("number", [0, 2, 7])
def test_decisions_are_numbered_in_order(claim, number):
    with refused("decisions_of_a_claim_are_numbered"):
        write_decision(claim, number=number)


@pytest.mark.parametrize(
    "told",
    [
        {"outcome": "refused"},
        {"answer": {"outcome": "refused"}},
        {"answer": {"outcome": "pending_arrears"}},
        {"cash_rupiah": 6},
        {"answer": {"outcome": "review", "review_because": ["arrears_paid_after_death"]}},
        {"answer": {"outcome": "review", "review_because": ["missing:children"]}},
    ],
)
def test_a_decision_is_what_the_law_says(claim, told):
    with refused("a_decision_is_what_the_law_says"):
        write_decision(claim, **told)


def test_a_review_is_payable_once_every_reason_was_confirmed(claim):
    reasons = ["arrears_paid_after_death", "will_not_notarial"]
    review = {"outcome": "review", "review_because": reasons}
    write_decision(claim, outcome="review", answer=review)
    confirmed(claim, reasons[0])
    with refused("a_decision_is_what_the_law_says"), transaction.atomic():
        write_decision(claim, answer=review)
    confirmed(claim, reasons[1])

    assert write_decision(claim, answer=review).outcome == "payable"


@pytest.mark.parametrize("matter", ["missing:children", "will_not_notarial"])
def test_only_what_the_law_leaves_open_is_confirmed(claim, matter):
    write_decision(
        claim, outcome="review",
        answer={"outcome": "review", "review_because": ["missing:children"]},
    )  # fmt: skip
    with refused("a_confirmation_answers_a_review"):
        Confirmation.objects.create(
            claim=claim, matter=matter, note="Seen.", confirmed_at=NOW,
            confirmed_by=an_officer("Fajar"),
        )  # fmt: skip


def test_nobody_approves_their_own_decision(claim):
    decision = decided(claim)
    with refused("nobody_approves_their_own_decision"), transaction.atomic():
        write_approval(decision, approved_by=decision.decided_by)
    with refused("the_last_decision_is_approved"):
        write_approval(
            decision, decided_by=an_officer("Gita"), approved_by=decision.decided_by
        )  # fmt: skip


def test_only_the_last_decision_to_pay_or_to_refuse_is_approved(claim):
    first = write_decision(
        claim, outcome="pending_arrears", answer={"outcome": "pending_arrears"}
    )  # fmt: skip
    with refused("the_last_decision_is_approved"), transaction.atomic():
        write_approval(first)
    second, _third = write_decision(claim), write_decision(claim)
    with refused("the_last_decision_is_approved"):
        write_approval(second)


def test_a_decision_is_approved_once(claim):
    decision = decided(claim)
    write_approval(decision)
    with pytest.raises(IntegrityError, match="duplicate key"):
        write_approval(decision, by="Gita")


def test_what_is_paid_was_decided_and_approved(claim):
    decision = decided(claim)
    approval = approved(claim)
    right = decision.cash_rupiah
    for rupiah, from_bank in ((right - 1, None), (right + 1, None), (right, right - 1)):
        with refused("what_is_paid_was_decided"), transaction.atomic():
            write_payout(claim, approval, rupiah, from_bank)
    other = Claim.objects.create(
        reference="KLM-X", person_id=someone_else(), died_on=DAY, cause="ordinary",
        reporter_name="Siti", reporter_relation="child", reported_on=DAY,
        reported_by=an_officer("Rini"),
    )  # fmt: skip
    with refused("what_is_paid_was_decided"), transaction.atomic():
        write_payout(other, approval, right)
    write_decision(claim)  # it is decided anew
    with refused("what_is_paid_was_decided"):
        write_payout(claim, approval, right)


def test_a_refusal_is_not_paid(claim):
    write_decision(
        claim, outcome="refused", answer={"outcome": "refused", "cash_total": 0}, cash_rupiah=0
    )  # fmt: skip
    approval = write_approval(claim.decisions.get())
    with refused("what_is_paid_was_decided"):
        write_payout(claim, approval, 5)


def test_nothing_follows_the_payout(claim):
    decided(claim)
    approval = approved(claim)
    paid_out(claim)
    with pytest.raises(IntegrityError, match="duplicate key"), transaction.atomic():
        write_payout(claim, approval, 42_000_000, reference="Y")
    with refused("a_paid_claim_stands"), transaction.atomic():
        write_decision(claim)
    with refused("a_paid_claim_stands"):
        Claim.objects.filter(pk=claim.pk).update(statements={})


@pytest.mark.parametrize("state", ["decided", "approved", "refused", "paid"])
def test_the_state_of_a_claim_is_what_was_done(claim, state):
    with refused("the_state_of_a_claim_is_what_was_done"):
        Claim.objects.filter(pk=claim.pk).update(state=state)


def test_a_claim_begins_as_reported(claim):
    with refused("the_state_of_a_claim_is_what_was_done"):
        Claim.objects.create(
            reference="KLM-X", person_id=someone_else(), died_on=DAY, cause="ordinary",
            reporter_name="Siti", reporter_relation="child", reported_on=DAY, state="approved",
            reported_by=an_officer("Rini"),
        )  # fmt: skip
