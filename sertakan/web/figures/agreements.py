"""Who sponsors, how many places and how much money, with small sponsors joined.

A sponsor who is a person is never named: all of them together are one row.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from sertakan.enrolment.models import PlaceChange, Waiting, WaitingState
from sertakan.sponsors.models import Agreement, AgreementState, SponsorKind
from sertakan.web.figures.small_cells import Group, joined, publishable

MOST_SPONSORS = 20
INDIVIDUALS = ""


@dataclass(frozen=True)
class SponsorRow:
    """What one sponsor (or several) promised and uses. An empty name stands for individuals.

    Places that are `taken` and people `waiting` for one, rupiah of the `budget` and `billed`.
    """

    names: tuple[str, ...]
    individuals: bool
    others: int
    taken: int
    places: int
    budget: int
    billed: int
    waiting: int


def sponsor_rows(day: date) -> tuple[int, list[SponsorRow] | None]:
    """How many sponsors have an agreement on `day`, and the rows, most places first.

    None instead of rows where too few people are sponsored to show any.
    """
    groups = _by_sponsor(day)
    individuals = [group for group in groups if group.members == (INDIVIDUALS,)]
    organisations = [group for group in groups if group.members != (INDIVIDUALS,)]
    organisations.sort(key=lambda group: (-group.sums[0], group.members))
    named, rest = organisations[:MOST_SPONSORS], organisations[MOST_SPONSORS:]
    shown = publishable([*named, *_together(rest), *_together(individuals)])
    if shown is None:
        return len(groups), None
    return len(groups), [_row(group, {group.members[0] for group in rest}) for group in shown]


def _by_sponsor(day: date) -> list[Group]:
    running = Agreement.objects.filter(
        state=AgreementState.APPROVED, starts_on__lte=day, ends_on__gt=day
    )
    taken = _by_key(
        PlaceChange.objects.filter(agreement__in=running, day__lte=day)
        .values_list("agreement__sponsor_id")
        .annotate(Sum("change"))
    )
    waiting = _by_key(
        Waiting.objects.filter(agreement__in=running, state=WaitingState.WAITING)
        .values_list("agreement__sponsor_id")
        .annotate(Count("id"))
    )
    sponsors = running.values_list("sponsor_id", "sponsor__name", "sponsor__kind").annotate(
        Sum("places"), Sum("budget_rupiah"), Sum("spending__billed_rupiah")
    )
    return [
        Group(
            members=(INDIVIDUALS if kind == SponsorKind.PERSON else name,),
            people=(taken[key],),
            sums=(places, budget, billed or 0, waiting[key]),
        )
        for key, name, kind, places, budget, billed in sponsors.order_by()
    ]


def _by_key(pairs: QuerySet[Any, Any]) -> defaultdict[int, int]:
    return defaultdict(int, pairs.order_by())


def _together(groups: list[Group]) -> list[Group]:
    """All of them as one group, or none."""
    if not groups:
        return []
    whole, *rest = groups
    for group in rest:
        whole = joined(whole, group)
    return [whole]


def _row(group: Group, unnamed: set[str]) -> SponsorRow:
    places, budget, billed, waiting = group.sums
    members = [name for name in group.members if name != INDIVIDUALS]
    return SponsorRow(
        names=tuple(name for name in members if name not in unnamed),
        individuals=INDIVIDUALS in group.members,
        others=sum(name in unnamed for name in members),
        taken=group.people[0],
        places=places,
        budget=budget,
        billed=billed,
        waiting=waiting,
    )
