"""A sponsor covers people: agreement, enrolment and bill in one deed, or nothing of it.

Where the branch's standing approval reaches so far, the bill can be paid at once. Else the draft
of the agreement waits for the branch, and what was chosen waits with it (`sponsors.drafts`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.contributions.billing import issue_bill
from sertakan.contributions.errors import CannotCover
from sertakan.contributions.models import Bill
from sertakan.contributions.quoting import FUND_OF, LONGEST_MONTHS, Quote, quote
from sertakan.enrolment.admission import enrol
from sertakan.enrolment.choosing import Choice, enrol_from_the_line, first_in_line
from sertakan.enrolment.consents import Declared, record_consents
from sertakan.enrolment.newcomers import age_limits, birth_date_of, findings
from sertakan.people.operations import register_many
from sertakan.sponsors.errors import CannotApprove
from sertakan.sponsors.models import Agreement, AgreementState, Sector, Sponsor
from sertakan.sponsors.operations import make_agreement
from sertakan.sponsors.queries import branch_for
from sertakan.sponsors.standing import approve_by_standing
from sertakan.vocabulary import Month, Nik

Worker = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """Whom a sponsor wants to cover, from `starts_on` to the end of the month `last`.

    `workers` as `sponsors.drafts` keeps them; `choices`: so many of those who wait in a place.
    """

    workers: Sequence[Worker]
    choices: Sequence[Choice]
    starts_on: date
    last: Month
    jht: bool = False

    @property
    def ends_on(self) -> date:
        """The first day that is not covered any more."""
        return self.last.last_day + timedelta(days=1)

    @property
    def months(self) -> list[Month]:
        """The months that are paid."""
        return list(Month.of(self.starts_on).through(self.last))

    @property
    def people(self) -> int:
        """How many are to be covered."""
        return len(self.workers) + sum(choice.count for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Covered:
    """The agreement, and its bill; without one the agreement waits for the branch."""

    agreement: Agreement
    bill: Bill | None


def order_from(content: Mapping[str, Any], *, starts_on: date) -> Order:
    """The order that a draft's content describes. Raises CannotCover where no month is chosen."""
    if not content.get("last"):
        raise CannotCover(_("Say first how long the cover is to last."))
    return Order(
        workers=content.get("workers", []),
        choices=[Choice(**choice) for choice in content.get("chosen", [])],
        starts_on=starts_on,
        last=Month.parse(content["last"]),
        jht=bool(content.get("jht")),
    )


def price_of(order: Order, sponsor: Sponsor) -> Quote:
    """What an order costs by the law of each month. Raises CannotCover, NotInForce."""
    _check_length(order)
    turns = first_in_line(
        order.choices,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        limits=age_limits(order.starts_on),
    )
    people = Counter((worker["income"], worker["sector"]) for worker in order.workers)
    people.update((0, turn.sector) for turn in turns)
    people[(0, Sector.OTHER.value)] += order.people - people.total()  # fewer wait: told on booking
    return quote(people, months=order.months, fund=FUND_OF[sponsor.kind], jht=order.jht)


@transaction.atomic
def cover(*, sponsor: Sponsor, order: Order, shown_rupiah: int, by: User, now: datetime) -> Covered:
    """Make the agreement, and where it is approved beforehand enrol and bill at once.

    `shown_rupiah` is the price that the sponsor agreed to. Raises CannotCover, CannotEnrol and
    whatever else stands against it; then nothing is done.
    """
    sponsor = Sponsor.objects.select_for_update(no_key=True, of=("self",)).get(pk=sponsor.pk)
    if not order.people:
        raise CannotCover(_("Choose at least one worker first."))
    price = price_of(order, sponsor)
    if price.rupiah != shown_rupiah:
        raise CannotCover(_("The price has changed since you looked. Please check it again."))
    agreement = make_agreement(
        number=_number(sponsor, order.starts_on),
        sponsor=sponsor,
        fund=FUND_OF[sponsor.kind],
        programmes=("JKK", "JKM", "JHT") if order.jht else ("JKK", "JKM"),
        places=order.people,
        budget_rupiah=price.rupiah,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        region=sponsor.region,
        branch=branch_for(sponsor.region),
        assumed_income=0,
        by=by,
        now=now,
    )
    try:
        agreement = approve_by_standing(agreement=agreement, by=by, now=now)
    except CannotApprove:
        return Covered(agreement, None)
    return Covered(agreement, enrol_and_bill(agreement=agreement, order=order, by=by, now=now))


@transaction.atomic
def enrol_and_bill(*, agreement: Agreement, order: Order, by: User, now: datetime) -> Bill:
    """Enrol the people of an order under the approved agreement, and bill their months.

    Raises CannotCover where somebody cannot be covered (any more); CannotEnrol; BudgetExceeded.
    """
    if agreement.state != AgreementState.APPROVED:
        raise CannotCover(_("The branch has not approved agreement %s yet.") % agreement)
    if order.workers:
        enrol_workers(agreement=agreement, order=order, by=by, now=now)
    if order.choices:
        enrol_from_the_line(
            agreement=agreement,
            choices=order.choices,
            starts_on=order.starts_on,
            limits=age_limits(order.starts_on),
            by=by,
            now=now,
        )
    return issue_bill(
        agreement=agreement,
        first_month=order.months[0],
        last_month=order.last,
        on=order.starts_on,
        by=by,
        now=now,
    )


def enrol_workers(
    *,
    agreement: Agreement,
    order: Order,
    replaces: int | None = None,
    by: User,
    now: datetime,
    on: date | None = None,
) -> None:
    """Register and enrol those typed in, with what was declared of them. Raises CannotCover."""
    on = on or order.starts_on
    _refuse_what_speaks_against(order, agreement.sponsor_id)
    people = register_many(_people(order.workers, on), by=by, now=now)["person_id"].to_list()
    workers = pl.DataFrame(
        [
            (person, on, each["category"], each["sector"], each["income"], each["region"], replaces)
            for person, each in zip(people, order.workers, strict=True)
        ],
        schema={
            "person_id": pl.Int64, "accepted_on": pl.Date, "category": pl.String,
            "sector": pl.String, "income": pl.Int64, "region": pl.String, "replaces": pl.Int64,
        },
        orient="row",
    )  # fmt: skip
    admission = enrol(
        agreement=agreement, workers=workers, starts_on=order.starts_on, ends_on=order.ends_on,
        by=by, now=now,
    )  # fmt: skip
    if admission.enrolled < len(people):
        raise CannotCover(_("Somebody of these cannot be covered for all of these days."))
    record_consents(
        agreement=agreement,
        declared=[
            _declared(person, each["consent"], now)
            for person, each in zip(people, order.workers, strict=True)
        ],
        by=by,
        now=now,
    )


def _people(workers: Sequence[Worker], on: date) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "nik": each["nik"],
                "name": each["name"],
                "birth_date": birth_date_of(each, on),
                "sex": Nik(each["nik"]).sex,
                "region": each["region"],
                "phone": each.get("phone") or None,
            }
            for each in workers
        ],
        schema={
            "nik": pl.String, "name": pl.String, "birth_date": pl.Date, "sex": pl.String,
            "region": pl.String, "phone": pl.String,
        },
    )  # fmt: skip


def _refuse_what_speaks_against(order: Order, sponsor: int) -> None:
    found = findings(
        order.workers, sponsor=sponsor, starts_on=order.starts_on, ends_on=order.ends_on
    )
    for number, faults in enumerate(found, 1):
        if faults:
            raise CannotCover(_("Something still speaks against worker %s.") % number)


def _check_length(order: Order) -> None:
    count = len(order.months)
    if count < 1:
        raise CannotCover(_("The last month is before this one."))
    if count > LONGEST_MONTHS:
        raise CannotCover(
            _("Nobody knows the price of a month so far ahead. Choose %s months at most.")
            % LONGEST_MONTHS
        )


def _declared(person: int, consent: Mapping[str, Any], now: datetime) -> Declared:
    at = min(datetime.fromisoformat(consent["at"]), now)
    return Declared(person, consent["wording"], at, consent["by"])


def _number(sponsor: Sponsor, on: date) -> str:
    """`SP-2026-00012-3`: year, sponsor, and the sponsor's how many-eth agreement."""
    count = Agreement.objects.filter(sponsor=sponsor).count() + 1
    while Agreement.objects.filter(number=f"SP-{on.year}-{sponsor.pk:05}-{count}").exists():
        count += 1
    return f"SP-{on.year}-{sponsor.pk:05}-{count}"
