"""Double entry in whole rupiah. Debit above zero, credit below.

Balances are sums of lines; no balance is stored. A mistake is put right by a new entry.
The database judges at commit that every entry balances (migration 0002).
"""

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


class Account(models.Model):
    """Where money is or what it is owed for, e.g. `bank`, `receivable/sponsor/3`."""

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=9, choices=Kind)

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_kind_is_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """Something that happened to money, once: `reference` names it."""

    on = models.DateField()
    reference = models.CharField(max_length=120, unique=True)
    memo = models.CharField(max_length=200)
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.on} {self.reference}"


class Line(models.Model):
    """One amount on one account."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines")
    rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_line_moves_money", condition=~Q(rupiah=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.rupiah}"
