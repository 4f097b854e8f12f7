"""Whoever moves money of a sponsor holds the sponsor, and then the agreement: in this order."""

from collections.abc import Iterable

from django.db import connection

SPONSORS = "SELECT id FROM sponsors_sponsor WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
AGREEMENTS = "SELECT id FROM sponsors_agreement WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


def hold(*, sponsors: Iterable[int], agreements: Iterable[int] = ()) -> None:
    """Wait for these rows and keep them until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(SPONSORS, [sorted(set(sponsors))])
        if held := sorted(set(agreements)):
            cursor.execute(AGREEMENTS, [held])
