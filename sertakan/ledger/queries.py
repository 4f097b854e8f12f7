"""What stands on an account, and whether the whole ledger is in order.

An account stands for itself and for all below it: `receivable` is the sum of
`receivable/sponsor/1`, `receivable/sponsor/2` and so on. Debit above zero, credit below.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from sertakan.ledger.accounts import KINDS
from sertakan.ledger.models import Account, Entry, Line


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What stands on one account, in rupiah; `debit` and `credit` are both sums from zero up."""

    code: str
    kind: str
    debit: int
    credit: int

    @property
    def rupiah(self) -> int:
        """Debit above zero, credit below."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the ledger that must never be."""

    what: str
    name: str
    rupiah: int

    def __str__(self) -> str:
        return f"{self.name}: {self.what} ({self.rupiah:,} rupiah)"


def balance(code: str, *, on: date | None = None) -> int:
    """What stands on an account and those below it, at the end of the day `on`; 0 for none."""
    lines = Line.objects.filter(Q(account__code=code) | Q(account__code__startswith=f"{code}/"))
    if on is not None:
        lines = lines.filter(entry__on__lte=on)
    return lines.aggregate(rupiah=Sum("rupiah"))["rupiah"] or 0


def trial_balance(*, on: date | None = None) -> list[AccountBalance]:
    """Every account that was ever moved, at the end of the day `on`. All together make zero."""
    with connection.cursor() as cursor:
        cursor.execute(TRIAL_BALANCE, [on, on])
        return [AccountBalance(code, kind, *map(int, sums)) for code, kind, *sums in cursor]


def entries(code: str = "") -> QuerySet[Entry]:
    """Entries with their lines, the latest first: all, or those that move an account."""
    found = Entry.objects.prefetch_related("lines__account").order_by("-on", "-pk")
    if code:
        on_account = Line.objects.filter(
            Q(account__code=code) | Q(account__code__startswith=f"{code}/")
        )
        found = found.filter(pk__in=on_account.values("entry"))
    return found


def check() -> list[Difference]:
    """Everything that is not in order: none, where nobody has gone around the database's rules."""
    with connection.cursor() as cursor:
        found = [
            Difference(what, name, int(rupiah))
            for what, statement in CHECKS.items()
            for name, rupiah in cursor.execute(statement).fetchall()
        ]
    kinds = dict(Account.objects.values_list("code", "kind"))
    return found + [
        Difference(f"the account is of kind {kind}", code, balance(code))
        for code, kind in sorted(kinds.items())
        if KINDS.get(code.partition("/")[0]) != kind
    ]


TRIAL_BALANCE = """
    SELECT a.code, a.kind, coalesce(sum(l.rupiah) FILTER (WHERE l.rupiah > 0), 0),
           coalesce(-sum(l.rupiah) FILTER (WHERE l.rupiah < 0), 0)
    FROM ledger_account a
    JOIN ledger_line l ON l.account_id = a.id
    JOIN ledger_entry e ON e.id = l.entry_id
    WHERE %s::date IS NULL OR e."on" <= %s
    GROUP BY a.id
    ORDER BY a.code
"""
CHECKS = {
    "the entry is out of balance": """
        SELECT e.reference, sum(l.rupiah)
        FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
        GROUP BY e.id HAVING sum(l.rupiah) <> 0 ORDER BY e.id
    """,
    "the entry has no lines": """
        SELECT e.reference, 0 FROM ledger_entry e
        WHERE NOT EXISTS (SELECT FROM ledger_line l WHERE l.entry_id = e.id) ORDER BY e.id
    """,
    "the entry was never judged": """
        SELECT coalesce(e.reference, o.entry_id::text), 0
        FROM ledger_open_entry o LEFT JOIN ledger_entry e ON e.id = o.entry_id ORDER BY 1
    """,
    "the line has no entry or no account": """
        SELECT 'line ' || l.id, l.rupiah FROM ledger_line l
        WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = l.entry_id)
           OR NOT EXISTS (SELECT FROM ledger_account a WHERE a.id = l.account_id)
        ORDER BY l.id
    """,
}
