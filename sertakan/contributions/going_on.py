"""A sponsor's cover goes on, pauses, or passes to another worker; the money follows each time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.contributions.billing import issue_bill
from sertakan.contributions.covering import Covered, Order, Worker, enrol_workers
from sertakan.contributions.errors import CannotCover, NothingToTakeBack
from sertakan.contributions.models import Bill
from sertakan.contributions.quoting import Quote, quote
from sertakan.contributions.taking_back import take_back
from sertakan.enrolment.admission import carry_over
from sertakan.enrolment.ending import end
from sertakan.enrolment.models import EndReason, Enrolment
from sertakan.enrolment.single import same_ending
from sertakan.sponsors.errors import CannotApprove
from sertakan.sponsors.models import Agreement
from sertakan.sponsors.operations import renew
from sertakan.sponsors.standing import approve_by_standing
from sertakan.vocabulary import Month


def next_months(agreement: Agreement, on: date) -> list[Month]:
    """As many months as the agreement has had, from its end or from this month on."""
    first = Month.of(max(agreement.ends_on, on))
    length = Month.of(agreement.ends_on - timedelta(days=1)).since(Month.of(agreement.starts_on))
    return list(first.count(length + 1))


def price_of_renewal(agreement: Agreement, months: Sequence[Month]) -> Quote:
    """What the same people cost for these months."""
    stayed = Enrolment.objects.filter(
        agreement=agreement, ends_on=agreement.ends_on, end_reason="", void=False
    )
    people: Counter[tuple[int, str]] = Counter()
    for income, sector, count in (
        stayed.order_by().values_list("income", "sector").annotate(count=Count("pk"))
    ):
        people[(agreement.assumed_income or 0 if income is None else income, sector)] += count
    return quote(people, months=months, fund=agreement.fund, jht="JHT" in agreement.programmes)


@transaction.atomic
def renew_cover(
    *, agreement: Agreement, shown_rupiah: int, on: date, by: User, now: datetime
) -> Covered:
    """The same people, as many months again, and a bill. Raises CannotCover, NotInForce, ….

    Where the standing approval does not reach so far the renewal waits for the branch.
    """
    months = next_months(agreement, on)
    price = price_of_renewal(agreement, months)
    if not price.people:
        raise CannotCover(_("Nobody is covered to the end of agreement %s.") % agreement)
    if price.rupiah != shown_rupiah:
        raise CannotCover(_("The price has changed since you looked. Please check it again."))
    renewal = renew(
        agreement=agreement,
        number=f"{agreement.number}-R"[:80],
        starts_on=max(agreement.ends_on, on),
        ends_on=months[-1].last_day + timedelta(days=1),
        places=price.people,
        budget_rupiah=price.rupiah,
        by=by,
        now=now,
    )
    try:
        renewal = approve_by_standing(agreement=renewal, by=by, now=now)
    except CannotApprove:
        return Covered(renewal, None)
    return Covered(renewal, carry_over_and_bill(agreement=renewal, on=on, by=by, now=now))


@transaction.atomic
def carry_over_and_bill(*, agreement: Agreement, on: date, by: User, now: datetime) -> Bill:
    """Take the people of the old agreement into its approved renewal, and bill their months."""
    carry_over(agreement=agreement, by=by, now=now)
    return issue_bill(
        agreement=agreement,
        first_month=Month.of(agreement.starts_on),
        last_month=Month.of(agreement.ends_on - timedelta(days=1)),
        on=on,
        by=by,
        now=now,
    )


@transaction.atomic
def stop(
    *,
    enrolment: Enrolment,
    first_month: Month,
    reason: str = EndReason.ASKED,
    on: date,
    by: User,
    now: datetime,
) -> list[Bill]:
    """Pay no more from a month on; the corrections of bills that charged later months.

    What was paid of them is the sponsor's credit. A month that has begun is not given back.
    Raises CannotCover, CannotEnd.
    """
    if first_month <= Month.of(on):
        raise CannotCover(_("This month is covered already. Choose a later month."))
    last = enrolment.ends_on or on
    ends_on = min(first_month.first_day, last)
    end(endings=same_ending([enrolment.pk], ends_on, reason), by=by, now=now)
    try:
        return take_back(enrolments=[enrolment.pk], on=on, by=by, now=now)
    except NothingToTakeBack:
        return []


@transaction.atomic
def replace(
    *,
    enrolment: Enrolment,
    worker: Worker,
    first_month: Month,
    reason: str = EndReason.ASKED,
    on: date,
    by: User,
    now: datetime,
) -> Bill:
    """Another worker takes the place, from a month to the end of the agreement.

    The money of the months taken back pays the new ones. Raises CannotCover, CannotEnd,
    CannotEnrol, BudgetExceeded.
    """
    stop(enrolment=enrolment, first_month=first_month, reason=reason, on=on, by=by, now=now)
    agreement = enrolment.agreement
    if first_month.first_day >= agreement.ends_on:
        raise CannotCover(_("The agreement ends before that month."))
    order = Order(
        workers=[worker],
        choices=[],
        starts_on=first_month.first_day,
        last=Month.of(agreement.ends_on - timedelta(days=1)),
    )
    enrol_workers(agreement=agreement, order=order, replaces=enrolment.pk, by=by, now=now, on=on)
    return issue_bill(
        agreement=agreement,
        first_month=first_month,
        last_month=order.last,
        on=on,
        by=by,
        now=now,
    )
