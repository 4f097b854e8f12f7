"""No published count tells of fewer than five people.

A group in which so few are counted is joined to its nearest neighbour, and so on, until every
group is large enough. Joining keeps every total: what is hidden cannot be worked out from what
is shown, as it could if single figures were blotted out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

LEAST = 5


@dataclass(frozen=True)
class Group:
    """People counted together.

    `members` names what the group consists of, `path` where it lies (widest part first),
    `people` counts people, `sums` are amounts that go with them (rupiah, places).
    """

    members: tuple[str, ...]
    people: tuple[int, ...]
    path: tuple[str, ...] = ()
    sums: tuple[int, ...] = ()


def is_small(count: int) -> bool:
    """Whether this many people must not be counted in public. Nobody is no person."""
    return 0 < count < LEAST


def joined(one: Group, other: Group) -> Group:
    """Both as one group; it lies in what their paths have in common."""
    common = takewhile(lambda pair: pair[0] == pair[1], zip(one.path, other.path, strict=False))
    return Group(
        members=one.members + other.members,
        people=_added(one.people, other.people),
        path=tuple(part for part, _ in common),
        sums=_added(one.sums, other.sums),
    )


def publishable(groups: Iterable[Group]) -> list[Group] | None:
    """The groups with every small one joined to its nearest neighbour, smallest first.

    None where all of them together are still too few to be shown.
    """
    left = list(groups)
    while small := [group for group in left if any(map(is_small, group.people))]:
        if len(left) == 1:
            return None
        one = min(small, key=lambda group: group.people)
        left.remove(one)
        other = max(left, key=_nearness(one))
        left[left.index(other)] = joined(other, one)
    return left


def _nearness(one: Group) -> Callable[[Group], tuple[int, bool, tuple[int, ...]]]:
    """Near in place first; then not empty, which would help nothing; then the smallest."""

    def near(other: Group) -> tuple[int, bool, tuple[int, ...]]:
        together = len(joined(one, other).path)
        return together, any(other.people), tuple(-count for count in other.people)

    return near


def _added(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
