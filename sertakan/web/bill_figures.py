"""What is still owed of bills, for many at once, and what the months of one come to."""

from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Sum
from django.http import HttpRequest

from sertakan.access.queries import may_open
from sertakan.contributions.models import Bill, BillLine
from sertakan.ledger.models import Entry
from sertakan.web.guard import acting, seen

KEPT_SECONDS = 24 * 3600
OWED = "SELECT bill_id, rupiah FROM contributions_outstanding WHERE bill_id = ANY(%s)"


def owed_of(bills: Collection[Bill]) -> dict[int, int]:
    """Rupiah left to pay of each, by its key; 0 for a correction."""
    with connection.cursor() as cursor:
        cursor.execute(OWED, [[bill.pk for bill in bills]])
        owed = dict(cursor.fetchall())
    return {bill.pk: int(owed.get(bill.pk, 0)) for bill in bills}


def months_of(one: Bill) -> list[Any]:
    """Each month of a bill (mappings): month, people, and rupiah by programme.

    A bill is issued whole and its lines never change, so that this is counted once and kept.
    """
    name = f"bill-months-{one.pk}"
    kept: list[Any] | None = cache.get(name)
    if kept is None:
        kept = _counted(one)
        cache.set(name, kept, KEPT_SECONDS)
    return kept


def _counted(one: Bill) -> list[Any]:
    return list(
        BillLine.objects.filter(bill=one)
        .values("month")
        .annotate(
            people=Count("person"),
            **{name: Sum(name) for name in ("jkk", "jkm", "jht", "rupiah")},
        )
        .order_by("month")
    )


def entry_of(request: HttpRequest, one: Bill) -> int | None:
    """The key of the entry by which a bill stands in the ledger, for whoever may open it."""
    if not may_open(acting(request), "audit-entry"):
        return None
    entries = seen(request, Entry.objects.filter(reference=f"bill/{one.pk}/issued"))
    return entries.values_list("pk", flat=True).first()
