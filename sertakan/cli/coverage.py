"""`sertakan coverage`: who is covered, where; the totals behind it, and the denominators."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

import typer

from sertakan.cli.acting import By, Json, On, acting_user, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import refuse, with_records
from sertakan.vocabulary import Month

app = typer.Typer(no_args_is_help=True, help="Coverage by place, category, sponsor and month.")


class Group(StrEnum):
    """What the table is by."""

    REGION = "region"
    CATEGORY = "category"
    SPONSOR = "sponsor"
    AGREEMENT = "agreement"
    MONTH = "month"


def month(written: str) -> Month:
    """A month written YYYY-MM."""
    try:
        return Month.parse(written)
    except ValueError:
        raise typer.BadParameter(f"{written} is not a month; write it as 2026-11.") from None


def percent(written: str) -> Decimal:
    """A percentage with a point, e.g. 53.49."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise typer.BadParameter(f"{written} is not a percentage; write it as 53.49.") from None
    if not 0 <= value <= 100:
        raise typer.BadParameter(f"{written} is not between 0 and 100.")
    return value


InMonth = Annotated[
    Month | None, typer.Option("--month", parser=month, metavar="YYYY-MM", help="One month.")
]
COLUMNS = ["key", "name", "enrolled", "covered", "grace", "billed_rupiah", "paid_rupiah"]


@app.command("show")
@with_records
def show_coverage(
    by: Annotated[Group, typer.Option(help="What the table is by.")] = Group.REGION,
    in_month: InMonth = None,
    region: Annotated[str, typer.Option(help="A Kemendagri code: all within it.")] = "",
    as_json: Json = False,
) -> None:
    """People enrolled and covered, rupiah billed and paid; by default in the latest month."""
    from sertakan.analytics import queries

    chosen = in_month or (None if by is Group.MONTH else queries.latest_month())
    rows = queries.coverage(by=by, month=chosen, region=region or None)
    show(rows, COLUMNS, as_json=as_json)


@app.command()
@with_records
def rebuild(
    first: Annotated[Month, typer.Option("--from", parser=month, metavar="YYYY-MM")],
    last: Annotated[Month, typer.Option("--to", parser=month, metavar="YYYY-MM")],
) -> None:
    """Throw the totals of these months away and make them again."""
    from sertakan.analytics.operations import rebuild as rebuild_totals

    if last < first:
        refuse(f"{last} is before {first}.")
    rows = rebuild_totals(first_month=first, last_month=last, now=now())
    typer.echo(f"{rows} totals from {first} to {last}.")


@app.command()
@with_records
def ucj(
    region: Annotated[str, typer.Argument(help="A Kemendagri code.")],
    on: On = None,
    as_json: Json = False,
) -> None:
    """The last published coverage of a region: numerator, denominator, day and source apart."""
    from sertakan.analytics import queries

    found = queries.ucj(region=region, on=on or today())
    if found is None:
        refuse(f"No denominator is recorded for {region}.")
    row = {
        "region": found.region,
        "on": found.on,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "percent": found.percent,
        "published_percent": found.published_percent,
        "source": found.source,
    }
    show([row], list(row), as_json=as_json)


@app.command()
@with_records
def denominator(
    region: Annotated[str, typer.Argument(help="A Kemendagri code.")],
    working_population: Annotated[int, typer.Option(min=1, help="How many work there.")],
    source: Annotated[str, typer.Option(help="Who says so, and where.")],
    by: By,
    on: On = None,
    active_members: Annotated[int | None, typer.Option(min=0, help="Of all segments.")] = None,
    published_percent: Annotated[
        Decimal | None, typer.Option(parser=percent, metavar="53.49", help="As published.")
    ] = None,
) -> None:
    """Record a published denominator, as it was published."""
    from sertakan.analytics.operations import record_workforce
    from sertakan.regions.models import Region

    place = Region.objects.filter(code=region).first()
    if place is None:
        refuse(f"There is no region with the code {region}.")
    record_workforce(
        region=place,
        on=on or today(),
        working_population=working_population,
        active_members=active_members,
        published_percent=published_percent,
        source=source,
        by=acting_user(by),
        now=now(),
    )


@app.command()
@with_records
def ending(on: On = None, as_json: Json = False) -> None:
    """How many people's cover ends within 30, 60 and 90 days if nothing more is paid."""
    from sertakan.analytics import queries

    found = queries.cover_ends_within(on=on or today())
    rows = [{"days": days, "people": people.height} for days, people in found.items()]
    show(rows, ["days", "people"], as_json=as_json)


@app.command()
@with_records
def budget(on: On = None, as_json: Json = False) -> None:
    """Agreements that run: places and enrolled, budget and billed."""
    from sertakan.analytics import queries

    columns = ["number", "sponsor_name", "places", "enrolled", "budget_rupiah", "billed_rupiah"]
    show(queries.budget_used(on=on or today()), columns, as_json=as_json)
