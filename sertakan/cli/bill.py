"""`sertakan bill`: issue bills, read them, take back what is no longer promised."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import refuse, with_records
from sertakan.vocabulary import Month, rupiah

if TYPE_CHECKING:
    from sertakan.contributions.models import Bill

app = typer.Typer(no_args_is_help=True, help="Issue bills and read them.")


def month(written: str) -> Month:
    """A month written YYYY-MM."""
    try:
        return Month.parse(written)
    except ValueError:
        raise typer.BadParameter(f"{written} is not a month; write it as 2026-11.") from None


Number = Annotated[str, typer.Argument(help="The number of the agreement.")]
First = Annotated[Month, typer.Option("--from", parser=month, metavar="YYYY-MM")]
Last = Annotated[
    Month | None,
    typer.Option("--to", parser=month, metavar="YYYY-MM", help="Through this month."),
]
DueOn = Annotated[
    date | None, typer.Option("--due-on", parser=day, metavar="YYYY-MM-DD", help="To be paid by.")
]
COLUMNS = [
    "number", "payment_code", "agreement", "corrects", "first_month", "last_month", "people",
    "lines", "total_rupiah", "refund_rupiah", "issued_on", "due_on",
]  # fmt: skip


@app.command()
@with_records
def issue(
    agreement: Number,
    first: First,
    by: By,
    last: Last = None,
    on: On = None,
    due_on: DueOn = None,
    as_json: Json = False,
) -> None:
    """Bill every promised month that is not charged yet, by the law of each month."""
    from sertakan.contributions.operations import issue_bill
    from sertakan.sponsors.queries import agreement_by_number

    bill = issue_bill(
        agreement=agreement_by_number(agreement),
        first_month=first,
        last_month=last or first,
        on=on or today(),
        by=acting_user(by),
        now=now(),
        due_on=due_on,
    )
    _tell([bill], as_json=as_json)


@app.command("take-back")
@with_records
def take_back(
    by: By,
    agreement: Annotated[str, typer.Option(help="Only under this agreement (number).")] = "",
    on: On = None,
    as_json: Json = False,
) -> None:
    """Correct the bills where enrolments have ended; what was paid is the sponsor's credit."""
    from sertakan.contributions import operations
    from sertakan.sponsors.queries import agreement_by_number

    bills = operations.take_back(
        agreement=agreement_by_number(agreement) if agreement else None,
        on=on or today(),
        by=acting_user(by),
        now=now(),
    )
    _tell(bills, as_json=as_json)


@app.command("list")
@with_records
def list_bills(
    agreement: Annotated[str, typer.Option(help="Only of this agreement (number).")] = "",
    is_open: Annotated[bool, typer.Option("--open", help="Only those with money owed.")] = False,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Bills and corrections, the oldest first; with --open what is owed on a day."""
    from sertakan.contributions.models import Bill
    from sertakan.contributions.queries import open_bills
    from sertakan.sponsors.queries import agreement_by_number

    of = agreement_by_number(agreement) if agreement else None
    if is_open:
        owed = open_bills(on=on or today(), agreement=of)
        show(owed.iter_rows(named=True), owed.columns, as_json=as_json)
        return
    bills = Bill.objects.select_related("agreement", "corrects").order_by("pk")
    if of is not None:
        bills = bills.filter(agreement=of)
    if on is not None:
        bills = bills.filter(issued_on__lte=on)
    show([_row(bill) for bill in bills], COLUMNS, as_json=as_json)


@app.command("show")
@with_records
def show_bill(
    number: Annotated[str, typer.Argument(help="The bill's number or its payment code.")],
    as_json: Json = False,
) -> None:
    """The lines of a bill, in the order in which money pays them."""
    from sertakan.contributions.queries import lines_of

    lines = lines_of(find_bill(number))
    show(lines.iter_rows(named=True), lines.columns, as_json=as_json)


def find_bill(written: str) -> "Bill":
    """The bill with this number or payment code."""
    from django.db.models import Q

    from sertakan.contributions.models import Bill

    told = written.strip()
    found = Bill.objects.select_related("agreement").filter(Q(number=told) | Q(payment_code=told))
    bill = found.first()
    if bill is None:
        refuse(f"There is no bill {told}.")
    return bill


def _tell(bills: "list[Bill]", *, as_json: bool) -> None:
    if as_json:
        show([_row(bill) for bill in bills], COLUMNS, as_json=True)
        return
    for bill in bills:
        typer.echo(
            f"{bill.number}: {bill.people:,} people, {bill.line_count:,} months, "
            f"{rupiah(bill.total_rupiah)}"
            + (f", to be paid by {bill.due_on} with code {bill.payment_code}"
               if bill.payment_code else f", {rupiah(bill.refund_rupiah)} of it credit")
        )  # fmt: skip


def _row(bill: "Bill") -> dict[str, Any]:
    return {
        "number": bill.number,
        "payment_code": bill.payment_code,
        "agreement": bill.agreement.number,
        "corrects": bill.corrects.number if bill.corrects else None,
        "first_month": str(Month.of(bill.first_month)),
        "last_month": str(Month.of(bill.last_month)),
        "people": bill.people,
        "lines": bill.line_count,
        "total_rupiah": bill.total_rupiah,
        "refund_rupiah": bill.refund_rupiah,
        "issued_on": bill.issued_on,
        "due_on": bill.due_on,
    }
