"""`sertakan claim`: a death, from its report to the money."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import refuse, with_records
from sertakan.vocabulary import rupiah

if TYPE_CHECKING:
    from sertakan.claims.models import Claim

app = typer.Typer(no_args_is_help=True, help="A death: report, decide, approve, pay.")


class Cause(StrEnum):
    """How the person died."""

    ORDINARY = "ordinary"
    WORK_ACCIDENT = "work_accident"


Reference = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's reference.")]
Worked = Annotated[
    bool | None, typer.Option("--worked/--not-worked", help="Whether the person worked.")
]
Statements = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, readable=True,
        help="JSON: children, survivors, will, funeral_arranged_by as the law asks for them.",
    ),
]  # fmt: skip
DiedOn = Annotated[date, typer.Option("--died-on", parser=day, metavar="YYYY-MM-DD")]
COLUMNS = [
    "reference", "state", "outcome", "rupiah", "person", "died_on", "cause", "reported_on",
]  # fmt: skip


@app.command("report")
@with_records
def report_death(
    who: Annotated[str, typer.Argument(metavar="NIK|NUMBER", help="Who has died.")],
    died_on: DiedOn,
    reporter: Annotated[str, typer.Option(help="The name of whoever reports it.")],
    by: By,
    relation: Annotated[str, typer.Option(help="The reporter's relation.")] = "",
    cause: Cause = Cause.ORDINARY,
    worked: Worked = None,
    statements: Statements = None,
    on: On = None,
) -> None:
    """Report a death. What nobody states stays unknown."""
    from sertakan.claims.operations import report
    from sertakan.people.queries import find

    claim = report(
        person=find(who),
        died_on=died_on,
        cause=cause.value,
        statements=_stated(worked, statements),
        reporter_name=reporter,
        reporter_relation=relation,
        reported_on=on or today(),
        by=acting_user(by),
        now=now(),
    )
    typer.echo(claim.reference)


@app.command("state")
@with_records
def state(
    reference: Reference, by: By, worked: Worked = None, statements: Statements = None
) -> None:
    """Add to what people say, or correct it."""
    from sertakan.claims.operations import state_facts

    told = _stated(worked, statements)
    if not told:
        refuse("Nothing is stated: use --worked, --not-worked or --statements.")
    state_facts(claim=_claim(reference), statements=told, by=acting_user(by), now=now())
    typer.echo(f"{reference}: {', '.join(sorted(told))}.")


@app.command()
@with_records
def document(
    reference: Reference,
    kind: Annotated[str, typer.Argument(help="e.g. death_certificate, heir_statement.")],
    by: By,
    on: On = None,
) -> None:
    """Note that a paper was received."""
    from sertakan.claims.operations import receive_document
    from sertakan.claims.queries import documents_missing

    claim = _claim(reference)
    receive_document(
        claim=claim, kind=kind, received_on=on or today(), by=acting_user(by), now=now()
    )
    missing = documents_missing(claim)
    typer.echo(f"Still missing: {', '.join(missing)}." if missing else "All papers are there.")


@app.command("decide")
@with_records
def decide_claim(reference: Reference, by: By, on: On = None, as_json: Json = False) -> None:
    """Ask the law with the facts of the records."""
    from sertakan.claims.operations import decide

    decision = decide(claim=_claim(reference), on=on or today(), by=acting_user(by), now=now())
    if as_json:
        typer.echo(json.dumps({"outcome": decision.outcome, **decision.answer}, indent=1))
        return
    because = [*decision.answer["refused_because"], *decision.answer["review_because"]]
    typer.echo(
        f"{reference}: {decision.outcome}, {rupiah(decision.cash_rupiah)}"
        + (f" ({', '.join(because)})" if because else "")
    )
    for line in decision.answer["lines"]:
        typer.echo(f"  {line['benefit']}: {rupiah(line['amount'])}")


@app.command("confirm")
@with_records
def confirm_matter(
    reference: Reference,
    matter: Annotated[str, typer.Argument(help="e.g. arrears_paid_after_death.")],
    note: Annotated[str, typer.Option(help="On what the confirmation rests.")],
    by: By,
) -> None:
    """Record an officer's word on what the law leaves to an officer; then decide again."""
    from sertakan.claims.operations import confirm

    confirm(claim=_claim(reference), matter=matter, note=note, by=acting_user(by), now=now())
    typer.echo(f"{reference}: {matter} is confirmed; please decide again.")


@app.command("approve")
@with_records
def approve_claim(reference: Reference, by: By, on: On = None) -> None:
    """A second person's yes to the last decision, be it to pay or to refuse."""
    from sertakan.claims.operations import approve

    approval = approve(claim=_claim(reference), on=on or today(), by=acting_user(by), now=now())
    decision = approval.decision
    typer.echo(f"{reference}: {decision.outcome}, {rupiah(decision.cash_rupiah)}, is approved.")


@app.command("pay")
@with_records
def pay_claim(
    reference: Reference,
    bank_reference: Annotated[str, typer.Option(help="The bank's reference of the payout.")],
    by: By,
    on: On = None,
) -> None:
    """Pay an approved claim, once."""
    from sertakan.claims.operations import pay

    payout = pay(
        claim=_claim(reference),
        on=on or today(),
        bank_reference=bank_reference,
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"{reference}: {rupiah(payout.rupiah)} paid on {payout.paid_on}.")


@app.command("list")
@with_records
def list_claims(
    in_state: Annotated[str, typer.Option("--state", help="Only those that stand there.")] = "",
    as_json: Json = False,
) -> None:
    """Claims with their last decision, the newest first."""
    from sertakan.claims.models import State
    from sertakan.claims.queries import claims

    if in_state and in_state not in State.values:
        refuse(f"{in_state} is not one of {', '.join(State.values)}.")
    show([_row(claim) for claim in claims(state=in_state or None)], COLUMNS, as_json=as_json)


@app.command("show")
@with_records
def show_claim(reference: Reference) -> None:
    """The last decision of a claim, whole, as JSON: facts, findings, amounts, provisions."""
    from django.forms import model_to_dict

    from sertakan.claims.queries import documents_missing, last_decision

    claim = _claim(reference)
    decision = last_decision(claim)
    told = {
        "reference": claim.reference,
        "state": claim.state,
        "died_on": claim.died_on,
        "cause": claim.cause,
        "statements": claim.statements,
        "documents_missing": documents_missing(claim),
        "decision": model_to_dict(decision) if decision else None,
    }
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))


def _claim(reference: str) -> "Claim":
    from sertakan.claims.models import Claim

    claim = Claim.objects.filter(reference=reference.strip()).first()
    if claim is None:
        refuse(f"There is no claim {reference}.")
    return claim


def _stated(worked: bool | None, file: Path | None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if file is not None:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError) as fault:
            refuse(f"{file.name} is no JSON: {fault}.")
        if not isinstance(content, dict):
            refuse(f"{file.name} must hold one JSON object.")
        told |= content
    return told if worked is None else {**told, "working_when_accepted": worked}


def _row(claim: Any) -> dict[str, Any]:
    return {
        "reference": claim.reference,
        "state": claim.state,
        "outcome": claim.outcome,
        "rupiah": claim.cash_rupiah,
        "person": claim.person_id,
        "died_on": claim.died_on,
        "cause": claim.cause,
        "reported_on": claim.reported_on,
    }
