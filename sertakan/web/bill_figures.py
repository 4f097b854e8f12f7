"""What is still owed of bills; for many at once."""

from collections.abc import Collection

from django.db import connection

from sertakan.contributions.models import Bill

OWED = "SELECT bill_id, rupiah FROM contributions_outstanding WHERE bill_id = ANY(%s)"


def owed_of(bills: Collection[Bill]) -> dict[int, int]:
    """Rupiah left to pay of each, by its key; 0 for a correction."""
    with connection.cursor() as cursor:
        cursor.execute(OWED, [[bill.pk for bill in bills]])
        owed = dict(cursor.fetchall())
    return {bill.pk: int(owed.get(bill.pk, 0)) for bill in bills}
