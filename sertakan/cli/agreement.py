"""`sertakan agreement`: sponsors, and the agreements under which they pay."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import with_records

if TYPE_CHECKING:
    from sertakan.sponsors.models import Agreement

app = typer.Typer(no_args_is_help=True, help="Sponsors and their agreements (PKS).")

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The agreement's number.")]
First = Annotated[
    date, typer.Option("--from", parser=day, metavar="YYYY-MM-DD", help="The first day.")
]
Last = Annotated[
    date, typer.Option("--through", parser=day, metavar="YYYY-MM-DD", help="The last day.")
]
Places = Annotated[int, typer.Option(help="How many people at once.")]
Budget = Annotated[int, typer.Option(help="Whole rupiah for the whole period.")]
COLUMNS = [
    "number", "sponsor", "fund", "segment", "state", "first_day", "last_day", "places",
    "budget_rupiah",
]  # fmt: skip
COUNTS = ["enrolled", "waiting", "ended"]


@app.command()
@with_records
def sponsor(
    name: Annotated[str, typer.Argument(help="The sponsor's name.")],
    kind: Annotated[
        str,
        typer.Option(help="person, company, state_enterprise, government, village, community."),
    ],
    by: By,
    region: Annotated[str, typer.Option(help="Kemendagri code of its seat.")] = "",
    email: str = "",
) -> None:
    """Record a sponsor."""
    from sertakan.sponsors.operations import register_sponsor

    made = register_sponsor(
        name=name, kind=kind, region=region or None, email=email, by=acting_user(by), now=now()
    )
    typer.echo(f"Sponsor {made.pk}: {made}.")


@app.command()
@with_records
def draft(
    number: Number,
    sponsor: Annotated[str, typer.Option(help="The sponsor's name or number.")],
    fund: Annotated[
        str,
        typer.Option(help="own, company, state_enterprise, apbn, apbd, dbhcht, village."),
    ],
    places: Places,
    budget: Budget,
    first: First,
    last: Last,
    by: By,
    segment: Annotated[str, typer.Option(help="BPU or PU.")] = "BPU",
    programme: Annotated[list[str] | None, typer.Option(help="JKK, JKM, JHT.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Whom; none named: anybody.")] = None,
    region: Annotated[str, typer.Option(help="Kemendagri code.")] = "",
    assumed_income: Annotated[int | None, typer.Option(help="BPU: where none is told.")] = None,
    wage: Annotated[int | None, typer.Option(help="PU: rupiah a month.")] = None,
    risk_class: Annotated[int | None, typer.Option(help="PU: 1 to 5.")] = None,
) -> None:
    """Draft an agreement. Nobody can be enrolled before it is approved."""
    from sertakan.sponsors.operations import make_agreement
    from sertakan.sponsors.queries import sponsor_by_name

    made = make_agreement(
        number=number,
        sponsor=sponsor_by_name(sponsor),
        fund=fund,
        places=places,
        budget_rupiah=budget,
        starts_on=first,
        ends_on=last + timedelta(days=1),
        segment=segment,
        programmes=programme or ("JKK", "JKM"),
        categories=category or (),
        region=region or None,
        assumed_income=assumed_income,
        wage=wage,
        risk_class=risk_class,
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"Agreement {made} is drafted.")


@app.command()
@with_records
def approve(number: Number, by: By) -> None:
    """Bring an agreement into force."""
    from sertakan.sponsors.operations import approve_agreement

    approved = approve_agreement(agreement=_named(number), by=acting_user(by), now=now())
    typer.echo(f"Agreement {approved} is approved.")


@app.command()
@with_records
def change(
    number: Number,
    by: By,
    places: Annotated[int | None, typer.Option(help="How many people at once.")] = None,
    budget: Annotated[int | None, typer.Option(help="Whole rupiah.")] = None,
) -> None:
    """Change places and budget; never below what is taken or billed."""
    from sertakan.audit.errors import Refused
    from sertakan.sponsors.operations import change_places_and_budget

    if places is None and budget is None:
        raise Refused("Say what to change: --places, --budget.")
    changed = change_places_and_budget(
        agreement=_named(number),
        places=places,
        budget_rupiah=budget,
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"Agreement {changed}: {changed.places} places, Rp{changed.budget_rupiah:,}.")


@app.command()
@with_records
def renew(
    number: Number,
    new_number: Annotated[str, typer.Argument(metavar="NEW_NUMBER")],
    first: First,
    last: Last,
    by: By,
    places: Annotated[int | None, typer.Option(help="If other than now.")] = None,
    budget: Annotated[int | None, typer.Option(help="If other than now.")] = None,
) -> None:
    """Draft the agreement that goes on after this one, on its terms."""
    from sertakan.sponsors import operations

    made = operations.renew(
        agreement=_named(number),
        number=new_number,
        starts_on=first,
        ends_on=last + timedelta(days=1),
        places=places,
        budget_rupiah=budget,
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"Agreement {made} is drafted; once approved: sertakan enrol carry-over {made}.")


@app.command()
@with_records
def close(number: Number, by: By) -> None:
    """Enrol nobody else under it. What was promised stays promised."""
    from sertakan.sponsors import operations

    closed = operations.close(agreement=_named(number), by=acting_user(by), now=now())
    typer.echo(f"Agreement {closed} is closed.")


@app.command("list")
@with_records
def list_agreements(as_json: Json = False) -> None:
    """Every agreement."""
    from sertakan.sponsors.models import Agreement

    agreements = Agreement.objects.select_related("sponsor").order_by("starts_on", "number")
    show([_row(each) for each in agreements], COLUMNS, as_json=as_json)


@app.command("show")
@with_records
def show_agreement(number: Number, on: On = None, as_json: Json = False) -> None:
    """One agreement, with how many are enrolled on a day, wait, and have ended."""
    from sertakan.enrolment.queries import counts

    agreement = _named(number)
    row = {**_row(agreement), **counts(agreement, on=on or today())}
    show([row], [*COLUMNS, *COUNTS], as_json=as_json)


def _named(number: str) -> "Agreement":
    from sertakan.sponsors.queries import agreement_by_number

    return agreement_by_number(number)


def _row(agreement: "Agreement") -> dict[str, Any]:
    names = ("number", "fund", "segment", "state", "places", "budget_rupiah")
    return {name: getattr(agreement, name) for name in names} | {
        "sponsor": agreement.sponsor.name,
        "first_day": agreement.starts_on,
        "last_day": agreement.ends_on - timedelta(days=1),
    }
