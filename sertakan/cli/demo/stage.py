"""What the steps of the story hand on to each other, and the one way to bill and to pay."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from sertakan.cli.demo.cast import YEAR, Agreements, Cast
from sertakan.cli.demo.sign_ins import SignIn
from sertakan.cli.demo.telling import Teller
from sertakan.contributions.models import Bill
from sertakan.contributions.operations import issue_bill, receive
from sertakan.people.models import Person
from sertakan.regions.models import Region
from sertakan.rosters.check import Checked
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month

JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(slots=True)
class Stage:
    """What the steps hand on to each other."""

    region: Region
    rosters: Path
    covered: Path
    deaths: Path
    teller: Teller
    cast: Cast = field(init=False)
    agreements: Agreements = field(init=False)
    checked: Checked = field(init=False)
    sign_ins: list[SignIn] = field(init=False, default_factory=list)


def at(day: date) -> datetime:
    """Nine in the morning of a day of the story."""
    return datetime.combine(day, time(9), JAKARTA)


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is billed and paid at once: months of the year, and the day of the money."""

    first: int
    last: int
    paid_on: date


def issue(stage: Stage, agreement: Agreement, instalment: Instalment) -> Bill:
    """One bill, on the day on which it is paid."""
    return issue_bill(
        agreement=agreement,
        first_month=Month(YEAR, instalment.first),
        last_month=Month(YEAR, instalment.last),
        on=instalment.paid_on,
        by=stage.cast.branch_officer,
        now=at(instalment.paid_on),
    )


def pay(stage: Stage, bill: Bill, on: date) -> None:
    """The bank tells of the money; and tells it again, as banks do."""
    told = {
        "bank": "BANK CONTOH",
        "bank_reference": f"TRX-{bill.number}",
        "payment_code": bill.payment_code,
        "sponsor": None,
        "rupiah": bill.total_rupiah,
        "received_on": on,
    }
    for _ in range(2):
        receive(payments=[told], by=stage.cast.branch_officer, now=at(on))


def enrolled_under(
    agreement: Agreement, category: str | None = None, **which: object
) -> Person | None:
    """The first to be enrolled under an agreement (of a category) who lives; None for nobody."""
    found = agreement.enrolments.filter(person__claim=None, person__died_on=None, **which)
    if category is not None and found.filter(category=category).exists():
        found = found.filter(category=category)
    first = found.order_by("pk").select_related("person").first()
    return first.person if first else None
