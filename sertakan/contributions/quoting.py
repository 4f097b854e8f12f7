"""What would it cost? The price of people for some months, by the law of each month.

The distinct few (income and sector) are priced once each and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sertakan.law.book import the_law
from sertakan.law.contributions import BASIC, WITH_JHT, price
from sertakan.sponsors.models import Fund, SponsorKind
from sertakan.vocabulary import Month

LONGEST_MONTHS = 24
# The money that each kind of sponsor pays with, where it does not say otherwise.
FUND_OF: Mapping[str, str] = {
    SponsorKind.PERSON: Fund.OWN,
    SponsorKind.COMMUNITY: Fund.OWN,
    SponsorKind.COMPANY: Fund.COMPANY,
    SponsorKind.STATE_ENTERPRISE: Fund.STATE_ENTERPRISE,
    SponsorKind.GOVERNMENT: Fund.APBD,
    SponsorKind.VILLAGE: Fund.VILLAGE,
}


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What everybody's month costs, in rupiah; `relieved`: for somebody a relief holds."""

    month: Month
    jkk: int
    jkm: int
    jht: int
    relieved: bool

    @property
    def rupiah(self) -> int:
        """All programmes together."""
        return self.jkk + self.jkm + self.jht


@dataclass(frozen=True, slots=True)
class Quote:
    """The price, month by month."""

    people: int
    months: Sequence[MonthSum]

    @property
    def rupiah(self) -> int:
        """What all of it costs."""
        return sum(month.rupiah for month in self.months)

    @property
    def relief_ends(self) -> Month | None:
        """The last month of a relief, where months without one follow it."""
        for one, following in zip(self.months, self.months[1:], strict=False):
            if one.relieved and not following.relieved:
                return one.month
        return None


def quote(
    people: Mapping[tuple[int, str], int], *, months: Sequence[Month], fund: str, jht: bool = False
) -> Quote:
    """The price for so many people of each (income in rupiah a month, sector)."""
    programmes = WITH_JHT if jht else BASIC
    sums = [
        MonthSum(
            month,
            *_added(people, month, fund, programmes),
            relieved=any(_relieved(month, sector, fund) for _income, sector in people),
        )
        for month in months
    ]
    return Quote(sum(people.values()), sums)


def _added(
    people: Mapping[tuple[int, str], int], month: Month, fund: str, programmes: frozenset[str]
) -> tuple[int, int, int]:
    jkk = jkm = jht = 0
    for (income, sector), count in people.items():
        one = price(
            segment="BPU", month=month, income=income, sector=sector, fund=fund,
            programmes=programmes,
        )  # fmt: skip
        jkk, jkm, jht = jkk + one.jkk * count, jkm + one.jkm * count, jht + one.jht * count
    return jkk, jkm, jht


def _relieved(month: Month, sector: str, fund: str) -> bool:
    """Whether a month costs less than the law's flat JKM, which only a relief can do."""
    flat = the_law().in_force("bpu/jkm/flat", month.first_day).value
    found = price(segment="BPU", month=month, income=0, sector=sector, fund=fund)
    return bool(found.jkm < flat)
