"""The year 2026 of a city, step by step, each by the operation that the pages call as well.

January: rosters, agreements, enrolment, bills, payments. Then four deaths. On 1 November
everyone enrolled is held against new lists; who leaves makes room for who waits.
"""

from collections.abc import Iterator
from datetime import date

import polars as pl
from django.db.models import Sum
from rich.table import Table

from sertakan.analytics.operations import rebuild, record_workforce
from sertakan.analytics.queries import coverage, ucj
from sertakan.audit.operations import seal
from sertakan.audit.queries import first_broken_link
from sertakan.cli.demo import in_tray
from sertakan.cli.demo.cast import (
    LOWEST_INCOME,
    NEIGHBOURS_WORKERS,
    PUBLISHED,
    YEAR,
    Agreements,
    make_agreements,
    make_users,
)
from sertakan.cli.demo.days import TODAY
from sertakan.cli.demo.deaths import claim_all
from sertakan.cli.demo.sign_ins import let_in
from sertakan.cli.demo.sponsoring import prepare
from sertakan.cli.demo.stage import Instalment, Stage, at, issue, pay
from sertakan.contributions.checking import check as cover_check
from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.models import Bill
from sertakan.contributions.operations import take_back
from sertakan.enrolment.admission import enrol
from sertakan.enrolment.imports import take_in
from sertakan.enrolment.models import EndReason, Waiting
from sertakan.enrolment.screening import apply, screen
from sertakan.enrolment.waiting import fill_places, leave
from sertakan.ledger.queries import check as ledger_check
from sertakan.people.operations import register_many
from sertakan.rosters.check import Checked, check
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month, rupiah

NEW_YEAR = date(YEAR, 1, 1)
SCREENING = date(YEAR, 11, 1)
PLACES_SHARE = 96  # percent of those accepted for whom the city has a place


def check_rosters(stage: Stage) -> None:
    """Every row of every workbook: accepted, rejected, duplicate, or to be looked at."""
    with stage.teller.step("check", "1. Rosters, as the offices sent them") as bar:
        stage.checked = check(
            [stage.rosters],
            NEW_YEAR,
            stage.region.code,
            stage.covered,
            stage.deaths,
            progress=lambda file, number, count: bar.follow(number, count, file.name),
        )
    counts = outcomes(stage.checked)
    say = stage.teller.say
    say(f"{counts['rows']:,} rows in {len(stage.checked.files)} workbooks")
    say(
        f"{counts['accepted']:,} accepted, {counts['review']:,} to be looked at, "
        f"{counts['duplicate']:,} duplicate, {counts['rejected']:,} rejected — each with its reason"
    )
    for refused in stage.checked.refused:
        say(f"[yellow]{refused.name}: {refused.refused}[/yellow]")


def outcomes(checked: Checked) -> dict[str, int]:
    """How many rows there are, and how many of each outcome."""
    counted = dict(checked.rows.group_by("outcome").len().iter_rows())
    words = ("accepted", "rejected", "duplicate", "review")
    return {"rows": checked.rows.height} | {word: counted.get(word, 0) for word in words}


def make_agreements_of_the_year(stage: Stage) -> None:
    """The city's agreement has fewer places than rows were accepted, so that some wait."""
    with stage.teller.step("agreements", "2. Agreements: places, budget, period"):
        accepted = stage.checked.rows.filter(pl.col("outcome") == "accepted")
        non_asn = accepted.filter(pl.col("category") == "non_asn").height
        others = accepted.height - non_asn
        vulnerable = max(others * PLACES_SHARE // 100, 1)
        stage.cast = make_users()
        stage.agreements = make_agreements(
            stage.cast,
            stage.region,
            vulnerable=vulnerable,
            non_asn=max(non_asn, 1),
            waiting=others - vulnerable,
            income=max([LOWEST_INCOME, *accepted["income"].drop_nulls().unique()]),
            now=at(NEW_YEAR),
        )
    for agreement in everyone(stage.agreements):
        stage.teller.say(
            f"{agreement.number}: {agreement.sponsor} ({agreement.fund}, {agreement.segment}), "
            f"{agreement.places:,} places, {rupiah(agreement.budget_rupiah)}"
        )


def everyone(agreements: Agreements) -> Iterator[Agreement]:
    """The agreements in the order in which they were made."""
    yield agreements.non_asn
    yield agreements.vulnerable
    yield agreements.utility
    yield agreements.company
    yield agreements.neighbour


def enrol_the_city(stage: Stage) -> None:
    """Non-ASN staff are wage earners by law; everybody else works on their own account."""
    with stage.teller.step("enrol", "3. Enrolment: who has a place, who waits", parts=4) as bar:
        own_staff = pl.col("category") == "non_asn"
        takes = (
            (stage.agreements.non_asn, own_staff),
            (stage.agreements.vulnerable, ~own_staff),
        )
        for agreement, rows in takes:
            theirs = _only(stage.checked, rows)
            if theirs.rows.height:
                take_in(
                    checked=theirs,
                    agreement=agreement,
                    starts_on=NEW_YEAR,
                    by=stage.cast.officer,
                    now=at(NEW_YEAR),
                )
            bar.advance(str(agreement))
        _sponsor_those_who_wait(stage)
        bar.advance("sponsors")
        _sponsor_the_neighbours(stage)
        bar.advance("neighbour")
    for agreement in everyone(stage.agreements):
        enrolled = agreement.enrolments.count()
        waiting = agreement.waiting.filter(state="waiting").count()
        stage.teller.say(
            f"{agreement.number}: {enrolled:,} enrolled of {agreement.places:,} places"
            + (f", {waiting:,} in line" if waiting else "")
        )


def _only(checked: Checked, rows: pl.Expr) -> Checked:
    """The same check, of some of its rows."""
    return Checked(rows=checked.rows.filter(rows), files=checked.files)


IN_LINE = ["turn", "person_id", "accepted_on", "category", "sector", "region"]


def _sponsor_those_who_wait(stage: Stage) -> None:
    """The water utility and a company pay for people in the city's line, from its end."""
    agreements, cast = stage.agreements, stage.cast
    line = list(
        Waiting.objects.filter(agreement=agreements.vulnerable, state="waiting")
        .order_by("-pk")
        .values_list("pk", "person_id", "accepted_on", "category", "sector", "region_id")
    )
    for agreement, by in ((agreements.utility, cast.utility), (agreements.company, cast.company)):
        taken, line = line[: agreement.places], line[agreement.places :]
        workers = pl.DataFrame(taken, schema=IN_LINE, orient="row")
        if workers.height:
            enrol(
                agreement=agreement,
                workers=workers.drop("turn"),
                starts_on=NEW_YEAR,
                by=by,
                now=at(NEW_YEAR),
            )
            leave(
                waiting=workers["turn"],
                reason=EndReason.OTHER_INSURANCE,
                by=cast.officer,
                now=at(NEW_YEAR),
            )


def _sponsor_the_neighbours(stage: Stage) -> None:
    """A neighbour types in the two people who work around her house."""
    region = stage.region.code
    typed = pl.DataFrame(NEIGHBOURS_WORKERS).with_columns(
        nik=pl.concat_str(
            pl.lit((region.replace(".", "") + "0101")[:6]),
            (pl.col("birth_date").dt.day() + pl.when(pl.col("sex") == "P").then(40).otherwise(0))
            .cast(pl.String)
            .str.zfill(2),
            pl.col("birth_date").dt.strftime("%m%y"),
            "serial",
        )
    )
    by, now = stage.cast.neighbour, at(NEW_YEAR)
    people = register_many(typed.select("nik", "name", "birth_date", "sex"), by=by, now=now)
    workers = pl.DataFrame(
        {
            "person_id": people["person_id"],
            "accepted_on": [NEW_YEAR] * len(people),
            "category": ["other_informal"] * len(people),
            "sector": typed["sector"],
        }
    )
    enrol(agreement=stage.agreements.neighbour, workers=workers, starts_on=NEW_YEAR, by=by, now=now)


QUARTERS = [
    Instalment(1, 3, date(YEAR, 1, 2)),
    Instalment(4, 6, date(YEAR, 4, 1)),
    Instalment(7, 9, date(YEAR, 7, 1)),
    Instalment(10, 12, date(YEAR, 10, 1)),
]
HALVES = [Instalment(1, 6, date(YEAR, 1, 5)), Instalment(7, 12, date(YEAR, 7, 1))]
WHOLE_YEAR = [Instalment(1, 12, date(YEAR, 1, 5))]
# The neighbour pays a quarter, and then forgets.
NEIGHBOUR = [Instalment(1, 3, date(YEAR, 1, 5))]


def bill_and_pay(stage: Stage) -> None:
    """The city pays by the quarter, the company by the half, the utility for the whole year."""
    agreements = stage.agreements
    plans = [
        (agreements.non_asn, QUARTERS),
        (agreements.vulnerable, QUARTERS),
        (agreements.utility, WHOLE_YEAR),
        (agreements.company, HALVES),
        (agreements.neighbour, NEIGHBOUR),
    ]
    todo = sorted(
        ((instalment, agreement) for agreement, plan in plans for instalment in plan),
        key=lambda each: (each[0].paid_on, each[1].pk),
    )
    todo = [each for each in todo if each[1].enrolments.exists()]
    with stage.teller.step(
        "bill_and_pay", "4. Bills by the law of each month", parts=len(todo)
    ) as bar:
        for instalment, agreement in todo:
            pay(stage, issue(stage, agreement, instalment), instalment.paid_on)
            bar.advance(f"{agreement.number} {instalment.paid_on:%Y-%m}")
    for agreement in everyone(agreements):
        total = agreement.bills.aggregate(total=Sum("total_rupiah"))["total"] or 0
        stage.teller.say(f"{agreement.number}: {agreement.bills.count()} bills, {rupiah(total)}")


def screen_everyone(stage: Stage) -> None:
    """Who has died or is insured elsewhere leaves; the money goes back; who waits comes in."""
    by, now = stage.cast.officer, at(SCREENING)
    with stage.teller.step(
        "screen", "6. 1 November: everyone held against new lists", parts=4
    ) as bar:
        screening = screen(on=SCREENING, deaths=stage.deaths, covered=stage.covered, by=by, now=now)
        bar.advance("lists")
        ended = apply(screening=screening, by=by, now=now)
        bar.advance("ended")
        refunds = _take_back(stage)
        bar.advance("refunds")
        filled = fill_places(
            agreement=stage.agreements.vulnerable, starts_on=SCREENING, by=by, now=now
        )
        bar.advance("places")
        if filled.enrolled:
            autumn = Instalment(11, 12, date(YEAR, 11, 2))
            pay(stage, issue(stage, stage.agreements.vulnerable, autumn), autumn.paid_on)
    back = -sum(bill.total_rupiah for bill in refunds)
    stage.teller.say(f"{screening.enrolled:,} people held against the lists; {ended:,} leave")
    stage.teller.say(f"{rupiah(back)} taken back; {filled.enrolled:,} from the line take places")


def _take_back(stage: Stage) -> list[Bill]:
    """What was billed for months no longer promised; nothing where nobody left."""
    try:
        return take_back(on=SCREENING, by=stage.cast.branch_officer, now=at(SCREENING))
    except NothingToTakeBack:
        return []


def report_coverage(stage: Stage) -> None:
    """Totals of every month, the published denominator, and the checks anyone may run."""
    months = Month(YEAR, 1), Month(YEAR, TODAY.month)
    with stage.teller.step(
        "coverage", "7. Coverage, and whether everything agrees", parts=3
    ) as bar:
        rebuild(first_month=months[0], last_month=months[1], now=at(TODAY))
        if stage.region.code in PUBLISHED:
            record_workforce(
                region=stage.region,
                by=stage.cast.officer,
                now=at(TODAY),
                **PUBLISHED[stage.region.code],
            )
        bar.advance("totals")
        differences = [
            *ledger_check(),
            *(difference for _what, found in cover_check() for difference in found),
        ]
        bar.advance("checks")
        links = seal(now=at(TODAY))
        broken = first_broken_link()
        bar.advance("audit")
    _tell_coverage(stage, months[1])
    stage.teller.say(
        f"{links:,} events sealed into a chain; "
        + ("no link is broken" if broken is None else f"[red]{broken}[/red]")
    )
    stage.teller.say(
        "ledger and cover recomputed from the facts: "
        + ("no difference" if not differences else f"[red]{differences}[/red]")
    )


def _tell_coverage(stage: Stage, month: Month) -> None:
    table = Table(title=f"Coverage by kelurahan, {month}", title_justify="left")
    for heading in ("kelurahan", "enrolled", "covered", "billed", "paid"):
        table.add_column(heading, justify="left" if heading == "kelurahan" else "right")
    for row in coverage(by="region", month=month):
        table.add_row(
            row["name"] or "—",
            f"{row['enrolled']:,}",
            f"{row['covered']:,}",
            rupiah(row["billed_rupiah"]),
            rupiah(row["paid_rupiah"]),
        )
    stage.teller.console.print(table)
    published = ucj(region=stage.region.code, on=TODAY)
    if published is not None:
        stage.teller.say(
            f"UCJ of the city as published: {published.numerator:,} members of all segments of "
            f"{published.denominator:,} who work, {published.published_percent} % "
            f"({published.on:%d-%m-%Y}, {published.source})"
        )


def run(stage: Stage) -> None:
    """The whole year."""
    check_rosters(stage)
    make_agreements_of_the_year(stage)
    enrol_the_city(stage)
    bill_and_pay(stage)
    claim_all(stage)
    screen_everyone(stage)
    stage.sign_ins = let_in(
        cast=stage.cast, agreements=stage.agreements, region=stage.region, now=at(TODAY)
    )
    prepare(
        neighbour=stage.agreements.neighbour,
        sponsor=stage.cast.neighbour,
        approver=stage.cast.branch_approver,
        since=at(NEW_YEAR),
        now=at(TODAY),
    )
    in_tray.fill(stage, on=TODAY)
    report_coverage(stage)
