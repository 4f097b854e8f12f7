"""Which months are published, and groups that stay the same in all of them.

Were groups made for each month on its own, the difference of two months (or of two tables) could
tell what one month hides: A beside B and C together, then A and B together beside C. So a group
is made so that it can be shown in every published month (docs/decisions, "What the public sees").
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Sum

from sertakan.analytics.models import MonthlyTotal
from sertakan.web.figures.small_cells import Group, is_small, publishable

MOST_MONTHS = 12


def published_months(today: date) -> list[date]:
    """The latest months with totals that have begun, oldest first; at most twelve.

    A month in which fewer than five are enrolled or covered in all is left out.
    """
    totals = (
        MonthlyTotal.objects.filter(month__lte=today)
        .values_list("month")
        .annotate(Sum("enrolled"), Sum("covered"))
        .order_by("-month")
    )
    shown = [
        month
        for month, enrolled, covered in totals
        if enrolled and not is_small(enrolled) and not is_small(covered)
    ]
    return shown[:MOST_MONTHS][::-1]


Counts = Mapping[tuple[str, date], Sequence[int]]  # by member and month: enrolled, covered


def same_in_every_month(
    members: Iterable[tuple[str, tuple[str, ...]]], months: Sequence[date], counts: Counts
) -> list[Group] | None:
    """Groups of members (name, path), none of them small in any of the months.

    `people` of a group are enrolled and covered month after month. None where all together are
    too few.
    """
    nothing = (0, 0)
    return publishable(
        Group(
            members=(name,),
            people=tuple(count for month in months for count in counts.get((name, month), nothing)),
            path=path,
        )
        for name, path in members
    )


def of_month(group: Group, months: Sequence[date], month: date) -> tuple[int, int]:
    """Enrolled and covered of a group in one month."""
    place = 2 * list(months).index(month)
    return group.people[place], group.people[place + 1]
