"""What one person is shown of their own cover: until when, by whom, which months are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sertakan.contributions.cover import PersonCover, covers_of
from sertakan.enrolment.models import Enrolment
from sertakan.people.models import Person
from sertakan.sponsors.models import SponsorKind
from sertakan.vocabulary import Month

MONTHS_BEFORE, MONTHS_AFTER = 8, 3

MonthState = Literal["paid", "unpaid", "to_come", "none"]


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """A month and whether it is paid, owed, still to be paid, or promised by nobody."""

    month: Month
    state: MonthState


@dataclass(frozen=True, slots=True)
class OwnCover:
    """The cover of a person on a day.

    `best` is None for somebody never enrolled. `sponsor` is empty for a private person, who is
    not named; `programmes` and `branch` are those of the enrolment that runs, or ran last.
    """

    best: PersonCover | None
    months: Sequence[MonthPaid]
    sponsor: str = ""
    private_sponsor: bool = False
    programmes: Sequence[str] = ()
    branch: str = ""

    @property
    def status(self) -> str:
        return self.best.cover.status if self.best else "not_yet"

    @property
    def through(self) -> date | None:
        """The last day of cover: in grace the last on which arrears may be made up."""
        if self.best is None:
            return None
        end = self.best.end
        return end.grace_through if self.status == "grace" else end.covered_through


def own_cover(person: Person, *, on: date) -> OwnCover:
    """The cover of a person (the record kept) on a day, in a constant number of queries."""
    best = next(iter(covers_of(person.pk, on=on, known_on=on)), None)
    enrolments = list(
        Enrolment.objects.filter(person=person, void=False)
        .select_related("agreement__sponsor", "agreement__branch")
        .order_by("-starts_on")
    )
    months = _months(best, enrolments, on)
    chosen = next((each for each in enrolments if each.starts_on <= on), None) or next(
        iter(enrolments), None
    )
    if chosen is None:
        return OwnCover(best, months)
    agreement = chosen.agreement
    private = agreement.sponsor.kind == SponsorKind.PERSON
    return OwnCover(
        best,
        months,
        sponsor="" if private else agreement.sponsor.name,
        private_sponsor=private,
        programmes=agreement.programmes,
        branch=agreement.branch.name if agreement.branch else "",
    )


def _months(best: PersonCover | None, enrolments: Sequence[Enrolment], on: date) -> list[MonthPaid]:
    paid = {month for payment in best.payments for month in payment.months} if best else set()
    today = Month.of(on)
    return [
        MonthPaid(month, _state(month, paid, enrolments, today))
        for month in (today - MONTHS_BEFORE).through(today + MONTHS_AFTER)
    ]


def _state(
    month: Month, paid: set[Month], enrolments: Sequence[Enrolment], today: Month
) -> MonthState:
    if month in paid:
        return "paid"
    promised = any(
        each.starts_on <= month.last_day
        and (each.ends_on is None or each.ends_on > month.first_day)
        for each in enrolments
    )
    if not promised:
        return "none"
    return "unpaid" if month <= today else "to_come"
