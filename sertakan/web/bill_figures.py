"""What is still owed of bills, for many at once, and what the months of one come to."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from sertakan.contributions.models import Bill, BillLine

OWED = "SELECT bill_id, rupiah FROM contributions_outstanding WHERE bill_id = ANY(%s)"


def owed_of(bills: Collection[Bill]) -> dict[int, int]:
    """Rupiah left to pay of each, by its key; 0 for a correction."""
    with connection.cursor() as cursor:
        cursor.execute(OWED, [[bill.pk for bill in bills]])
        owed = dict(cursor.fetchall())
    return {bill.pk: int(owed.get(bill.pk, 0)) for bill in bills}


def months_of(one: Bill) -> list[Any]:
    """Each month of a bill (mappings): month, people, and rupiah by programme."""
    return list(
        BillLine.objects.filter(bill=one)
        .values("month")
        .annotate(
            people=Count("person"),
            **{name: Sum(name) for name in ("jkk", "jkm", "jht", "rupiah")},
        )
        .order_by("month")
    )
