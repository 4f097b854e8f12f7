"""`sertakan enrol`: who is enrolled, who waits, who leaves, and the monthly screening."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import refuse, with_records

if TYPE_CHECKING:
    from sertakan.enrolment.admission import Admission
    from sertakan.enrolment.models import Screening
    from sertakan.people.models import Person
    from sertakan.sponsors.models import Agreement

app = typer.Typer(no_args_is_help=True, help="Enrol, end, replace; the line; screening.")

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The agreement's number.")]
FirstDay = Annotated[
    date | None,
    typer.Option("--from", parser=day, metavar="YYYY-MM-DD", help="First day (default: today)."),
]
Findings = Annotated[list[int] | None, typer.Option("--finding", help="Only these findings.")]
CONSEQUENCES = [
    "finding", "state", "agreement", "enrolment", "person", "name", "reason", "since", "ends_on",
    "months", "next_person",
]  # fmt: skip


@app.command()
@with_records
def person(
    who: Annotated[str, typer.Argument(metavar="NIK|NUMBER", help="A NIK or a record's number.")],
    agreement: Annotated[str, typer.Option(help="The agreement's number.")],
    category: Annotated[str, typer.Option(help="The kind of work, as rt_rw or farmer.")],
    by: By,
    first: FirstDay = None,
    on: On = None,
    name: Annotated[str, typer.Option(help="For somebody new.")] = "",
    born: Annotated[date | None, typer.Option(parser=day, help="For somebody new.")] = None,
    sector: Annotated[str, typer.Option(help="transport or other.")] = "other",
    income: Annotated[int | None, typer.Option(help="Rupiah a month, as declared.")] = None,
    replaces: Annotated[int | None, typer.Option(help="The ended enrolment whose place.")] = None,
) -> None:
    """Enrol one person, or put them in line. `--on` is the day of acceptance."""
    from django.db import transaction

    from sertakan.enrolment.admission import enrol
    from sertakan.enrolment.single import one_worker

    user, accepted_on = acting_user(by), on or today()
    with transaction.atomic():
        found = _person(who, name, born, by=by)
        worker = one_worker(
            found.pk,
            accepted_on=accepted_on,
            category=category,
            sector=sector,
            income=income,
            region=found.region_id,
            replaces=replaces,
        )
        admission = enrol(
            agreement=_agreement(agreement),
            workers=worker,
            starts_on=first or accepted_on,
            by=user,
            now=now(),
        )
        if admission.left_out.height:
            refuse(f"{found} cannot be enrolled: {admission.left_out['reason'][0]}.")
    _tell(admission)


@app.command("carry-over")
@with_records
def carry_over(number: Number, by: By) -> None:
    """Under a renewed agreement: enrol all who stayed to the end of the old one."""
    from sertakan.enrolment import admission

    _tell(admission.carry_over(agreement=_agreement(number), by=acting_user(by), now=now()))


@app.command("list")
@with_records
def list_enrolled(number: Number, on: On = None, as_json: Json = False) -> None:
    """Who is enrolled under an agreement on a day."""
    from sertakan.enrolment.queries import enrolled_on

    found = enrolled_on(on or today(), agreement=_agreement(number)).select_related("person")
    columns = [
        "enrolment", "person", "name", "category", "region", "first_day", "last_day",
        "accepted_on", "replaces",
    ]  # fmt: skip
    rows = [
        {
            "enrolment": each.pk,
            "person": each.person_id,
            "name": each.person.name,
            "category": each.category,
            "region": each.region_id,
            "first_day": each.starts_on,
            "last_day": each.last_day,
            "accepted_on": each.accepted_on,
            "replaces": each.replaces_id,
        }
        for each in found.order_by("pk")
    ]
    show(rows, columns, as_json=as_json)


@app.command()
@with_records
def end(
    enrolments: Annotated[list[int], typer.Argument(metavar="ENROLMENT...")],
    reason: Annotated[
        str, typer.Option(help="death, age, moved, other_insurance, duplicate, asked.")
    ],
    by: By,
    on: Annotated[
        date | None,
        typer.Option(parser=day, help="The first day no longer promised (default: today)."),
    ] = None,
    died: Annotated[
        date | None, typer.Option(parser=day, help="The day of death: ends on the day after.")
    ] = None,
) -> None:
    """End enrolments before their time; on or before the first day, nothing is left of them."""
    from sertakan.enrolment import ending
    from sertakan.enrolment.single import same_ending

    ends_on = died + timedelta(days=1) if died else on or today()
    count = ending.end(
        endings=same_ending(enrolments, ends_on, reason), by=acting_user(by), now=now()
    )
    typer.echo(f"{count} ended; the last day promised was {ends_on - timedelta(days=1)}.")


@app.command()
@with_records
def waiting(number: Number, as_json: Json = False) -> None:
    """The line of an agreement, first come first."""
    from sertakan.enrolment.queries import line

    rows = [
        {"turn": each.pk, "person": each.person_id, "name": each.person.name,
         "category": each.category, "accepted_on": each.accepted_on}
        for each in line(_agreement(number))
    ]  # fmt: skip
    show(rows, ["turn", "person", "name", "category", "accepted_on"], as_json=as_json)


@app.command()
@with_records
def fill(number: Number, by: By, first: FirstDay = None) -> None:
    """Enrol those in line, in order, as places are free."""
    from sertakan.enrolment.waiting import fill_places

    filled = fill_places(
        agreement=_agreement(number), starts_on=first or today(), by=acting_user(by), now=now()
    )
    typer.echo(f"{filled.enrolled} enrolled, {filled.left} left the line, {filled.waiting} wait.")


@app.command()
@with_records
def leave(
    turns: Annotated[list[int], typer.Argument(metavar="TURN...", help="As `waiting` tells.")],
    by: By,
    reason: str = "asked",
) -> None:
    """Take people out of the line."""
    from sertakan.enrolment import waiting as waiting_list

    count = waiting_list.leave(waiting=turns, reason=reason, by=acting_user(by), now=now())
    typer.echo(f"{count} left the line.")


@app.command()
@with_records
def screen(
    by: By,
    deaths: Annotated[Path | None, typer.Option(metavar="CSV", help="Who has died.")] = None,
    covered: Annotated[Path | None, typer.Option(metavar="CSV", help="Who is insured.")] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Hold everyone enrolled against the lists, and show what would follow. Nothing ends yet."""
    from sertakan.enrolment import screening

    made = screening.screen(
        on=on or today(), deaths=deaths, covered=covered, by=acting_user(by), now=now()
    )
    _show_findings(made, as_json=as_json)
    typer.echo(f"Screening {made.pk}: {made.enrolled} people enrolled.", err=as_json)


@app.command()
@with_records
def findings(screening: int, as_json: Json = False) -> None:
    """What a screening found, and what follows: what ends, which months, who is next."""
    _show_findings(_screening(screening), as_json=as_json)


@app.command()
@with_records
def apply(screening: int, by: By, finding: Findings = None) -> None:
    """End the enrolments that a screening found."""
    from sertakan.enrolment import screening as screenings

    count = screenings.apply(
        screening=_screening(screening), findings=finding, by=acting_user(by), now=now()
    )
    typer.echo(f"{count} ended.")


@app.command()
@with_records
def dismiss(screening: int, by: By, finding: Findings = None) -> None:
    """The list is wrong about these findings: they stay enrolled."""
    from sertakan.enrolment import screening as screenings

    count = screenings.dismiss(
        findings=finding or [], screening=_screening(screening), by=acting_user(by), now=now()
    )
    typer.echo(f"{count} dismissed.")


def _agreement(number: str) -> "Agreement":
    from sertakan.sponsors.queries import agreement_by_number

    return agreement_by_number(number)


def _person(who: str, name: str, born: date | None, *, by: str) -> "Person":
    """The person as written, or a new one of that NIK and name."""
    from sertakan.enrolment.single import newcomer
    from sertakan.people.queries import by_nik, find

    if name and by_nik(who.strip()) is None:
        return newcomer(who.strip(), name, born, by=acting_user(by), now=now())
    return find(who)


def _screening(number: int) -> "Screening":
    from sertakan.audit.errors import Refused
    from sertakan.enrolment.models import Screening

    found = Screening.objects.filter(pk=number).first()
    if found is None:
        raise Refused(f"There is no screening with the number {number}.")
    return found


def _show_findings(screening: "Screening", *, as_json: bool) -> None:
    from dataclasses import asdict

    from sertakan.enrolment.screening_report import consequences

    show([asdict(each) for each in consequences(screening)], CONSEQUENCES, as_json=as_json)


def _tell(admission: "Admission") -> None:
    typer.echo(
        f"{admission.enrolled} enrolled, {admission.waiting} in line, "
        f"{admission.left_out.height} left out."
    )
