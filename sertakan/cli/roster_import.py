"""`sertakan roster import`, `undo`, `list`, `review`, `accept`, `dismiss`: into the records."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import REFUSED, with_records

if TYPE_CHECKING:
    from sertakan.enrolment.imports import TakenIn
    from sertakan.rosters.check import Checked

Rows = Annotated[list[int], typer.Argument(metavar="ROW...", help="As `review` tells.")]
Note = Annotated[str, typer.Option(help="Why, in a few words.")]
LISTED = [
    "number", "agreement", "imported", "by", "rows", "accepted", "rejected", "duplicate",
    "review", "open", "undone",
]  # fmt: skip
REVIEWED = [
    "row", "import", "where", "outcome", "reasons", "duplicate_of", "name", "birth_date",
    "category", "region",
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Put these commands beside `sertakan roster check`."""
    app.command("import")(take_in)
    app.command("undo")(undo)
    app.command("list")(list_imports)
    app.command("review")(review)
    app.command("accept")(accept)
    app.command("dismiss")(dismiss)


@with_records
def take_in(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    agreement: Annotated[str, typer.Option(help="The agreement's number.")],
    by: By,
    on: On = None,
    first: Annotated[
        date | None,
        typer.Option("--from", parser=day, help="First day enrolled (default: by the agreement)."),
    ] = None,
    region: Annotated[str, typer.Option(metavar="CODE", help="Where the lists come from.")] = "",
    covered: Annotated[Path | None, typer.Option(metavar="CSV", help="Who is insured.")] = None,
    deaths: Annotated[Path | None, typer.Option(metavar="CSV", help="Who has died.")] = None,
) -> None:
    """Check rosters and take them in under an agreement, whole or not at all."""
    from sertakan.enrolment import imports
    from sertakan.sponsors.queries import agreement_by_number

    found, user = agreement_by_number(agreement), acting_user(by)
    checked = _checked(paths, on or today(), region, covered, deaths)
    taken = imports.take_in(
        checked=checked, agreement=found, starts_on=first, checked_on=on or today(),
        by=user, now=now(),
    )  # fmt: skip
    _tell(taken)
    for file in checked.refused:
        typer.echo(f"{file.name}: {file.refused}", err=True)
    if checked.refused:
        raise typer.Exit(REFUSED)


@with_records
def undo(
    number: Annotated[int, typer.Argument(metavar="IMPORT", help="As `list` tells.")], by: By
) -> None:
    """Take an import back, exactly, while nothing of it was billed."""
    from sertakan.audit.errors import Refused
    from sertakan.enrolment import undoing
    from sertakan.enrolment.models import RosterImport

    found = RosterImport.objects.filter(pk=number).first()
    if found is None:
        raise Refused(f"There is no import with the number {number}.")
    undoing.undo(roster_import=found, by=acting_user(by), now=now())
    typer.echo(f"Import {number} is undone.")


@with_records
def list_imports(as_json: Json = False) -> None:
    """Every import, and how many of its rows nobody has decided yet."""
    from django.db.models import Count, Q

    from sertakan.enrolment.models import RosterImport

    imports = (
        RosterImport.objects.select_related("agreement", "imported_by")
        .annotate(open=Count("roster_rows", filter=Q(roster_rows__state="open")))
        .order_by("pk")
    )
    names = ("rows", "accepted", "rejected", "duplicate", "review", "open")
    rows: list[dict[str, Any]] = [
        {name: getattr(each, name) for name in names}
        | {
            "number": each.pk,
            "agreement": each.agreement.number,
            "imported": each.imported_at.date(),
            "by": each.imported_by.email,
            "undone": each.undone_at.date() if each.undone_at else None,
        }
        for each in imports
    ]
    show(rows, LISTED, as_json=as_json)


@with_records
def review(
    roster_import: Annotated[int | None, typer.Option("--import", help="Of this import.")] = None,
    outcome: Annotated[
        str, typer.Option(help="review, rejected, duplicate; empty: all of them.")
    ] = "review",
    as_json: Json = False,
) -> None:
    """The rows that nobody has decided yet."""
    from sertakan.enrolment.queries import open_rows

    which: dict[str, Any] = {}
    if roster_import is not None:
        which["roster_import"] = roster_import
    if outcome:
        which["outcome"] = outcome
    rows = [
        {"row": each.pk, "import": each.roster_import_id, "where": str(each),
         "outcome": each.outcome, "reasons": each.reasons, "duplicate_of": each.duplicate_of,
         "name": each.name, "birth_date": each.birth_date, "category": each.category,
         "region": each.region_id}
        for each in open_rows(**which)
    ]  # fmt: skip
    show(rows, REVIEWED, as_json=as_json)


@with_records
def accept(
    rows: Rows,
    by: By,
    on: On = None,
    first: Annotated[
        date | None, typer.Option("--from", parser=day, help="First day enrolled.")
    ] = None,
    note: Note = "",
    nik: str | None = None,
    name: str | None = None,
    born: Annotated[date | None, typer.Option(parser=day)] = None,
    sex: str | None = None,
    category: str | None = None,
    sector: str | None = None,
    region: str | None = None,
    income: int | None = None,
) -> None:
    """Admit rows, with what was found to be right of them. `--nik` and `--name` fit one row."""
    from sertakan.audit.errors import Refused
    from sertakan.enrolment import review as reviewing

    told = {
        "nik": nik, "name": name, "birth_date": born, "sex": sex, "category": category,
        "sector": sector, "region": region, "income": income,
    }  # fmt: skip
    right = {field: value for field, value in told.items() if value is not None}
    if len(set(rows)) > 1 and {"nik", "name", "birth_date", "sex"} & set(right):
        raise Refused("NIK, name, birth date and sex are put right one row at a time.")
    accepted = reviewing.accept(
        rows=rows,
        corrected=dict.fromkeys(rows, right) if right else None,
        on=on or today(),
        starts_on=first,
        note=note,
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"{accepted.enrolled} enrolled, {accepted.waiting} in line.")
    for row, reason in accepted.left_open.items():
        typer.echo(f"Row {row} stays open: {reason}.", err=True)
    if accepted.left_open:
        raise typer.Exit(REFUSED)


@with_records
def dismiss(rows: Rows, by: By, note: Note = "") -> None:
    """Do not admit these rows."""
    from sertakan.enrolment import review as reviewing

    count = reviewing.dismiss(rows=rows, note=note, by=acting_user(by), now=now())
    typer.echo(f"{count} dismissed.")


def _checked(
    paths: list[Path], on: date, region: str, covered: Path | None, deaths: Path | None
) -> "Checked":
    """The rosters, checked, with a bar where somebody is looking. Raises Refused."""
    from rich.console import Console
    from rich.progress import Progress

    from sertakan.audit.errors import Refused
    from sertakan.rosters.check import check
    from sertakan.rosters.judging.reference import BadReference

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Checking", total=None)
        try:
            return check(
                paths, on, region, covered, deaths,
                progress=lambda file, number, count: bar.update(
                    task, completed=number, total=count, description=file.name
                ),
            )  # fmt: skip
        except BadReference as refused:
            raise Refused(str(refused)) from refused
        except OSError as failed:
            raise Refused(f"{failed.filename}: {failed.strerror}.") from failed


def _tell(taken: "TakenIn") -> None:
    typer.echo(
        f"Import {taken.roster_import.pk}: {taken.roster_import.rows} rows, "
        f"{taken.enrolled} enrolled, {taken.waiting} in line, {taken.review} to be looked at."
    )
    for reason, count in taken.left_out.items():
        typer.echo(f"Accepted but not enrolled: {count} {reason}.")
    for name in taken.known_files:
        typer.echo(f"{name} was taken in before and is left aside.")
