"""Long lists, a page at a time, in a constant number of queries however long they are.

A page begins after the last row of the one before it, so that the thousandth page costs what the
first does.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from sertakan.web.numbers import asked_for

SIZE = 50
Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """Rows of a list; `older` and `newer` are the query strings of the pages beside it."""

    rows: list[Record]
    older: str
    newer: str


def paged(
    records: QuerySet[Record],
    request: HttpRequest,
    *,
    size: int = SIZE,
    newest_first: bool = True,
    by: str = "pk",
) -> Page[Record]:
    """The page of `records` that the address asks for, `by` a whole number that each has alone."""
    down, up = (f"-{by}", by) if newest_first else (by, f"-{by}")
    after, before = _number(request, "after"), _number(request, "before")
    ahead, behind = ("lt", "gt") if newest_first else ("gt", "lt")
    if before is not None:
        back = records.filter(**{f"{by}__{behind}": before}).order_by(up)
        rows = list(back[: size + 1])
        more_newer, rows = len(rows) > size, rows[:size][::-1]
        more_older = True
    else:
        ahead_of = records if after is None else records.filter(**{f"{by}__{ahead}": after})
        rows = list(ahead_of.order_by(down)[: size + 1])
        more_older, rows = len(rows) > size, rows[:size]
        more_newer = after is not None
    return Page(
        rows=rows,
        older=_address(request, after=getattr(rows[-1], by)) if rows and more_older else "",
        newer=_address(request, before=getattr(rows[0], by)) if rows and more_newer else "",
    )


def _number(request: HttpRequest, name: str) -> int | None:
    return asked_for(request.GET.get(name, ""))


def _address(request: HttpRequest, **at: Any) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update({name: str(value) for name, value in at.items()})
    return f"?{query.urlencode()}"
