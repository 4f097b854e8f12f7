"""Four deaths of the year, each claimed, decided with its reasons, and where due, paid."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sertakan.claims.models import Claim, Decision, Outcome
from sertakan.claims.operations import approve, confirm, decide, pay, receive_document, report
from sertakan.claims.queries import REQUIRED_DOCUMENTS
from sertakan.cli.demo.cast import YEAR
from sertakan.cli.demo.stage import Instalment, Stage, at, enrolled_under, issue
from sertakan.cli.demo.stage import pay as pay_bill
from sertakan.people.models import Person
from sertakan.vocabulary import rupiah

ARREARS = "arrears_paid_after_death"


@dataclass(frozen=True, slots=True)
class Death:
    """Who died, what the family says, and what happens between a first decision and the end."""

    title: str
    who: Callable[[Stage], Person | None]
    died_on: date
    widow: str
    statements: dict[str, Any] = field(default_factory=dict)
    before_deciding_again: Callable[[Stage, Claim], None] | None = None


def _settle_arrears(stage: Stage, claim: Claim) -> None:
    """The neighbour pays April and May; the next decision is a `review`; an officer confirms."""
    late = Instalment(4, 5, claim.died_on + timedelta(10))
    bill = issue(stage, stage.agreements.neighbour, late)
    pay_bill(stage, bill, late.paid_on)
    stage.teller.say(f"   the sponsor pays the arrears: {rupiah(bill.total_rupiah)}")
    _decide(stage, claim, late.paid_on)
    confirm(
        claim=claim,
        matter=ARREARS,
        note="Tunggakan dilunasi sponsor dalam masa tenggang; bukti bayar terlampir.",
        by=stage.cast.branch_officer,
        now=at(late.paid_on),
    )
    stage.teller.say("   an officer confirms it in writing")


DEATHS = [
    Death(
        "A grave keeper whom the city had insured since January",
        lambda stage: enrolled_under(stage.agreements.vulnerable, "grave_keeper"),
        date(YEAR, 6, 14),
        "Suminah",
    ),
    Death(
        "A worker of the company's, eleven weeks after she was enrolled",
        lambda stage: enrolled_under(stage.agreements.company),
        date(YEAR, 3, 20),
        "Paimin",
    ),
    Death(
        "The neighbour's household help, while April and May were unpaid",
        lambda stage: enrolled_under(stage.agreements.neighbour, sector="other"),
        date(YEAR, 5, 10),
        "Sutrisno",
        before_deciding_again=_settle_arrears,
    ),
    Death(
        "Somebody on the utility's list who had never worked",
        lambda stage: enrolled_under(stage.agreements.utility),
        date(YEAR, 8, 2),
        "Ngatini",
        statements={"working_when_accepted": False},
    ),
]


def claim_all(stage: Stage) -> None:
    """Every death, from the report to the family's money or a refusal with its reason."""
    with stage.teller.step("claims", "5. Four deaths", parts=len(DEATHS)) as bar:
        for death in DEATHS:
            person = death.who(stage)
            if person is not None:
                _claim(stage, death, person)
            bar.advance()


def _claim(stage: Stage, death: Death, person: Person) -> None:
    stage.teller.say(f"{death.title} († {death.died_on:%d-%m-%Y})")
    claim = _reported(stage, death, person)
    on = claim.reported_on + timedelta(1)
    decision = _decide(stage, claim, on)
    if death.before_deciding_again and decision.outcome == Outcome.PENDING_ARREARS:
        death.before_deciding_again(stage, claim)
        on = on + timedelta(14)
        decision = _decide(stage, claim, on)
    approve(claim=claim, on=on, by=stage.cast.branch_approver, now=at(on))
    if decision.outcome == Outcome.PAYABLE:
        paid_on = on + timedelta(1)
        pay(
            claim=claim,
            on=paid_on,
            bank_reference=f"SANTUNAN-{claim.reference}",
            by=stage.cast.branch_officer,
            now=at(paid_on),
        )
        stage.teller.say(f"   a second officer approves; {rupiah(decision.cash_rupiah)} is paid")
    else:
        stage.teller.say("   a second officer approves the refusal")


def _reported(stage: Stage, death: Death, person: Person) -> Claim:
    """The family tells; the papers come with the report."""
    by, on = stage.cast.officer, death.died_on + timedelta(2)
    told = {
        "working_when_accepted": True,
        "children": [],
        "survivors": [{"relation": "spouse", "id": death.widow}],
    }
    claim = report(
        person=person,
        died_on=death.died_on,
        cause="ordinary",
        statements=told | death.statements,
        reporter_name=death.widow,
        reporter_relation="spouse",
        reported_on=on,
        by=by,
        now=at(on),
    )
    for kind in REQUIRED_DOCUMENTS:
        receive_document(claim=claim, kind=kind, received_on=on, by=by, now=at(on))
    return claim


def _decide(stage: Stage, claim: Claim, on: date) -> Decision:
    decision = decide(claim=claim, on=on, by=stage.cast.branch_officer, now=at(on))
    because = decision.answer["refused_because"] + decision.answer["review_because"]
    stage.teller.say(
        f"   decision {decision.number}: {decision.outcome}"
        + (f" ({', '.join(because)})" if because else "")
        + (f", {rupiah(decision.cash_rupiah)}" if decision.cash_rupiah else "")
    )
    return decision
