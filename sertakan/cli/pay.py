"""`sertakan pay`: what the bank says was received, each payment once; credit; unmatched money."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, On, acting_user, day, now, today
from sertakan.cli.bill import find_bill
from sertakan.cli.listing import show
from sertakan.cli.refusals import refuse, with_records

if TYPE_CHECKING:
    from sertakan.sponsors.models import Sponsor

app = typer.Typer(no_args_is_help=True, help="Receive payments, each once.")

NEEDED = ("bank", "bank_reference", "received_on", "rupiah")
COLUMNS = [
    "payment", "bank", "bank_reference", "outcome", "rupiah", "sponsor", "bill", "allocated",
    "months",
]  # fmt: skip
LISTED = [
    "payment", "bank", "bank_reference", "received_on", "rupiah", "sponsor", "bill",
    "payment_code", "allocated_rupiah",
]  # fmt: skip


@app.command("file")
@with_records
def receive_file(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help="CSV: bank,bank_reference,received_on,rupiah,payment_code[,sponsor].",
        ),
    ],
    by: By,
    as_json: Json = False,
) -> None:
    """Receive every payment of a bank's file; what is known already is passed over."""
    from sertakan.contributions.operations import receive

    found = receive(payments=list(_rows(file)), by=acting_user(by), now=now())
    show(found.iter_rows(named=True), COLUMNS, as_json=as_json)


@app.command("receive")
@with_records
def receive_one(
    by: By,
    bank: Annotated[str, typer.Option(help="The bank that tells of the money.")],
    reference: Annotated[str, typer.Option(help="The bank's own reference.")],
    rupiah: Annotated[int, typer.Option(min=1, help="How much.")],
    code: Annotated[str, typer.Option(help="The payment code of the bill.")] = "",
    sponsor: Annotated[int | None, typer.Option(help="Or the sponsor (number).")] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Receive one payment."""
    from sertakan.contributions.operations import receive

    told = {
        "bank": bank,
        "bank_reference": reference,
        "received_on": on or today(),
        "rupiah": rupiah,
        "payment_code": code,
        "sponsor": sponsor,
    }
    found = receive(payments=[told], by=acting_user(by), now=now())
    show(found.iter_rows(named=True), COLUMNS, as_json=as_json)


@app.command("list")
@with_records
def list_payments(
    unmatched: Annotated[bool, typer.Option(help="Only money of which nobody is known.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the latest first.")] = 100,
    as_json: Json = False,
) -> None:
    """Payments received, and how much of each is used."""
    from django.db.models import F, Q, Sum, Value
    from django.db.models.functions import Coalesce

    from sertakan.contributions.models import Payment

    payments = Payment.objects.annotate(
        owner=Coalesce(F("sponsor_id"), F("matching__sponsor_id")),
        used=Coalesce(
            Sum(F("allocations__rupiah") - F("allocations__from_credit")), Value(0)
        ),
    ).select_related("bill").order_by("-received_on", "-pk")  # fmt: skip
    if unmatched:
        payments = payments.filter(Q(owner=None))
    rows = [
        {
            "payment": each.pk,
            "bank": each.bank,
            "bank_reference": each.bank_reference,
            "received_on": each.received_on,
            "rupiah": each.rupiah,
            "sponsor": each.owner,
            "bill": each.bill.number if each.bill else None,
            "payment_code": each.payment_code,
            "allocated_rupiah": each.used,
        }
        for each in payments[:limit]
    ]
    show(rows, LISTED, as_json=as_json)


@app.command()
@with_records
def match(
    payment: Annotated[int, typer.Argument(help="The number of the unmatched payment.")],
    by: By,
    bill: Annotated[str, typer.Option(help="The bill it is for (number or code).")] = "",
    sponsor: Annotated[int | None, typer.Option(help="Or the sponsor it is from.")] = None,
    on: On = None,
) -> None:
    """Say whose unmatched money is; it then pays like any other."""
    from sertakan.contributions.models import Payment
    from sertakan.contributions.operations import match_payment

    found = Payment.objects.filter(pk=payment).first()
    if found is None:
        refuse(f"There is no payment {payment}.")
    matching = match_payment(
        payment=found,
        bill=find_bill(bill) if bill else None,
        sponsor=_sponsor(sponsor) if sponsor else None,
        on=on or today(),
        by=acting_user(by),
        now=now(),
    )
    typer.echo(f"Payment {payment} is money of {matching.sponsor}.")


@app.command()
@with_records
def credit(
    sponsor: Annotated[int, typer.Argument(help="The number of the sponsor.")],
    by: By,
    bill: Annotated[str, typer.Option(help="Only for this bill (number or code).")] = "",
    on: On = None,
) -> None:
    """Use a sponsor's credit for the open bills, the oldest first."""
    from sertakan.contributions import queries
    from sertakan.contributions.operations import apply_credit
    from sertakan.vocabulary import rupiah

    owner = _sponsor(sponsor)
    used = apply_credit(
        sponsor=owner,
        bill=find_bill(bill) if bill else None,
        on=on or today(),
        by=acting_user(by),
        now=now(),
    )
    typer.echo(
        f"{rupiah(sum(each.rupiah for each in used))} used for "
        f"{sum(each.lines for each in used):,} months; {rupiah(queries.credit(owner))} left."
    )


def _sponsor(number: int) -> "Sponsor":
    from sertakan.sponsors.models import Sponsor

    found = Sponsor.objects.filter(pk=number).first()
    if found is None:
        refuse(f"There is no sponsor {number}.")
    return found


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            if missing := [name for name in NEEDED if name not in (reader.fieldnames or ())]:
                refuse(f"{file.name}: the column {missing[0]} is missing.")
            for row in reader:
                yield _payment(file, reader.line_num, row)
    except UnicodeDecodeError:
        refuse(f"{file.name} is not text in UTF-8.")
    except csv.Error as fault:
        refuse(f"{file.name} is no CSV file: {fault}.")


def _payment(file: Path, line: int, row: dict[str, str]) -> dict[str, Any]:
    where = f"{file.name}, line {line}"
    return {
        "bank": row["bank"],
        "bank_reference": row["bank_reference"],
        "received_on": _day(row["received_on"], where),
        "rupiah": _whole(row["rupiah"], "rupiah", where),
        "payment_code": row.get("payment_code"),
        "sponsor": _whole(row["sponsor"], "sponsor", where) if row.get("sponsor") else None,
    }


def _day(written: str | None, where: str) -> date:
    try:
        return day((written or "").strip())
    except typer.BadParameter as fault:
        refuse(f"{where}: received_on: {fault.message}")


def _whole(written: str | None, column: str, where: str) -> int:
    told = (written or "").strip()
    if not (told.isascii() and told.isdecimal()):
        refuse(f"{where}: {column} must be a whole number without points, not {told!r}.")
    return int(told)
