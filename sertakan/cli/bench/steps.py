"""The chain at one size, each step measured: from a CSV roster to one person's status."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection

from sertakan.accounts.models import User
from sertakan.analytics.operations import rebuild
from sertakan.analytics.queries import coverage
from sertakan.cli.bench.baseline import copy_csv_seconds, copy_seconds
from sertakan.cli.bench.generator import CITY, roster_csv
from sertakan.cli.bench.measuring import Measured, measured
from sertakan.cli.bench.pages import page_figures
from sertakan.cli.bench.papers import paper_figures
from sertakan.cli.bench.report import Figure
from sertakan.contributions import cover
from sertakan.contributions.models import Bill
from sertakan.contributions.operations import issue_bill, receive
from sertakan.enrolment.imports import take_in
from sertakan.people.models import Person
from sertakan.regions.models import Branch, Region
from sertakan.rosters.check import Checked, check
from sertakan.sponsors.models import Agreement
from sertakan.sponsors.operations import approve_agreement, make_agreement, register_sponsor
from sertakan.vocabulary import Month

ON = date(2026, 1, 2)
NOW = datetime(2026, 1, 2, 2, tzinfo=UTC)
MONTH = Month(2026, 1)
BUDGET = 10**13
STATUS_ASKED = 200
LARGE = 500_000  # rows; from here on the runs themselves give the median


@dataclass(slots=True)
class Chain:
    """What the steps of one size hand on."""

    csv: Path
    rows: int
    user: User
    agreement: Agreement
    checked: Checked = field(init=False)
    bill: Bill = field(init=False)


def figures(size: int, folder: Path) -> Iterator[Figure]:
    """Run the chain once for `size` rows in a fresh database, and measure every step."""
    chain = _prepare(size, folder)
    postmaster = _postmaster()
    for name, step in STEPS:
        with measured(postmaster) as took:
            rows = step(chain)
        with_keys, bare = _baseline(name, chain)
        yield replace(_figure(size, name, rows, took), with_keys=with_keys, bare=bare)
    yield _one_status(size)
    yield from page_figures(size, chain.agreement)
    yield from paper_figures(size)


def _prepare(size: int, folder: Path) -> Chain:
    user = User.objects.create_user("bench@contoh.id", name="Bench")
    csv = roster_csv(folder / f"roster-{size}.csv", size)
    region = Region.objects.get(code=CITY)
    branch = Branch.objects.create(code="BENCH", name="Cabang Bench", region=region)
    sponsor = register_sponsor(
        name="Kota Contoh", kind="government", region=region, by=user, now=NOW
    )
    draft = make_agreement(
        number=f"BENCH-{size}",
        sponsor=sponsor,
        fund="apbd",
        places=size,
        budget_rupiah=BUDGET,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        assumed_income=1_000_000,
        region=region,
        branch=branch,
        by=user,
        now=NOW,
    )
    agreement = approve_agreement(agreement=draft, by=user, now=NOW)
    return Chain(csv=csv, rows=size, user=user, agreement=agreement)


def _check(chain: Chain) -> int:
    chain.checked = check([chain.csv], ON, CITY)
    return chain.rows


def _admit(chain: Chain) -> int:
    take_in(checked=chain.checked, agreement=chain.agreement, starts_on=ON, by=chain.user, now=NOW)
    del chain.checked  # its memory is not the next step's
    return chain.agreement.enrolments.count()


def _bill(chain: Chain) -> int:
    chain.bill = issue_bill(
        agreement=chain.agreement,
        first_month=MONTH,
        last_month=MONTH,
        on=ON,
        by=chain.user,
        now=NOW,
    )
    return chain.bill.line_count


def _receive(chain: Chain) -> int:
    told = {
        "bank": "BENCH",
        "bank_reference": chain.bill.number,
        "payment_code": chain.bill.payment_code,
        "sponsor": None,
        "rupiah": chain.bill.total_rupiah,
        "received_on": ON,
    }
    return int(receive(payments=[told], by=chain.user, now=NOW)["months"].sum())


def _cover(chain: Chain) -> int:
    return cover.cover_of_everyone(on=date(2026, 1, 20)).height


def _coverage(chain: Chain) -> int:
    rebuild(first_month=MONTH, last_month=MONTH, now=NOW)
    coverage(month=MONTH, by="region")
    return chain.bill.line_count


STEPS: list[tuple[str, Callable[[Chain], int]]] = [
    ("check", _check),
    ("admit", _admit),
    ("bill a month", _bill),
    ("receive", _receive),
    ("cover of everyone", _cover),
    ("coverage report", _coverage),
]
WRITTEN = {
    "admit": ["people_person", "enrolment_enrolment", "enrolment_rosterrow", "enrolment_waiting"],
    "bill a month": ["contributions_billline"],
    "receive": ["contributions_paidmonth"],
    "cover of everyone": ["contributions_paidmonth"],  # what it reads
    "coverage report": ["contributions_paidmonth"],  # what it reads
}


def _baseline(step: str, chain: Chain) -> tuple[float, float]:
    """Seconds of the COPY of the step's rows: with keys and constraints, and bare."""
    times = 3 if chain.rows < LARGE else 1
    if step == "check":
        return copy_csv_seconds(chain.csv, times=times)
    copies = [copy_seconds(table, times=times) for table in WRITTEN[step]]
    return sum(keys for keys, _ in copies), sum(bare for _, bare in copies)


def _figure(size: int, step: str, rows: int, took: Measured) -> Figure:
    return Figure(
        size=size,
        step=step,
        rows=rows,
        seconds=took.seconds,
        python_bytes=took.python_bytes,
        postgres_bytes=took.postgres_bytes,
    )


def _one_status(size: int) -> Figure:
    """The median of many people's status, held against reading one row by its key."""
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    people = [
        person
        for at in range(STATUS_ASKED)
        if (
            person := Person.objects.filter(
                pk__lte=newest - at * (size // (STATUS_ASKED * 2))
            ).last()
        )
    ]
    seconds = median(_timed(partial(cover.cover_of, who.pk, on=ON)) for who in people)
    bare = median(_timed(partial(Person.objects.get, pk=who.pk)) for who in people)
    return Figure(
        size=size, step="one person's status", rows=1, seconds=seconds, with_keys=bare, bare=bare
    )


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _postmaster() -> int | None:
    """The server's process, where it runs on this machine as ours."""
    server = connection.settings_dict["EMBEDDED"]
    if server is None:
        return None
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])
