"""Bills, payments and paid months. Cover is not stored: it follows from paid months.

Everything here is a fact that is only ever added to. A bill is issued whole, its lines in
one statement; lines that were wrong are taken back by a correcting bill. An allocation pays
whole lines, and a paid month is a line that is paid. The triggers of migration 0002 hold all
this together; they judge a statement's rows at once, which foreign keys would do row by row
(at a million lines three of them cost as much again as three times the lines themselves).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Bill(models.Model):
    """What a sponsor owes under one agreement, with the code to pay it by.

    A bill that `corrects` another takes lines of it back: its total is below zero, and
    `refund_rupiah` of it had been paid and is the sponsor's credit again.
    """

    number = models.CharField(max_length=80, unique=True)
    payment_code = models.CharField(max_length=20, unique=True, null=True)
    agreement = models.ForeignKey("sponsors.Agreement", models.PROTECT, related_name="bills")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    first_month = models.DateField()  # first day of the first month billed
    last_month = models.DateField()  # first day of the last month billed
    people = models.PositiveIntegerField()
    line_count = models.PositiveIntegerField()
    total_rupiah = models.BigIntegerField()
    refund_rupiah = models.BigIntegerField(default=0)
    issued_on = models.DateField()
    due_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bill_covers_months_in_order",
                condition=Q(first_month__lte=F("last_month")),
            ),
            models.CheckConstraint(
                name="a_bill_charges_and_a_correction_takes_back",
                condition=Q(
                    corrects=None,
                    payment_code__isnull=False,
                    total_rupiah__gt=0,
                    refund_rupiah=0,
                )
                | Q(
                    corrects__isnull=False,
                    payment_code=None,
                    total_rupiah__lte=0,
                    refund_rupiah__range=(0, -F("total_rupiah")),
                ),
            ),
            models.CheckConstraint(
                name="a_bill_has_lines", condition=Q(people__gt=0, line_count__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BillLine(models.Model):
    """One person, one month. `sequence` 0 charges; 1 takes it back; 2 charges anew; …"""

    pk = models.CompositePrimaryKey("person_id", "month", "sequence")
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="bill_lines",
        db_index=False,
        db_constraint=False,
    )
    month = models.DateField()  # first day of the month
    sequence = models.SmallIntegerField(default=0)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines", db_constraint=False)
    enrolment = models.ForeignKey(
        "enrolment.Enrolment",
        models.PROTECT,
        related_name="bill_lines",
        db_index=False,
        db_constraint=False,
    )
    jkk = models.IntegerField()
    jkm = models.IntegerField()
    jht = models.IntegerField()
    rupiah = models.GeneratedField(
        expression=F("jkk") + F("jkm") + F("jht"),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(
                name="bill_line_taken_back",
                fields=["person", "month"],
                condition=Q(sequence__in=[1, 3, 5, 7]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="bill_line_month_is_its_first_day", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="bill_line_charges_or_takes_back",
                condition=(Q(jkk__gte=0, jkm__gte=0, jht__gte=0) & Q(sequence__in=[0, 2, 4, 6]))
                | (Q(jkk__lte=0, jkm__lte=0, jht__lte=0) & Q(sequence__in=[1, 3, 5, 7])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m} {self.rupiah}"


class Spending(models.Model):
    """What has been billed under an agreement, held to its budget. Written by triggers."""

    agreement = models.OneToOneField(
        "sponsors.Agreement", models.PROTECT, primary_key=True, related_name="spending"
    )
    billed_rupiah = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.billed_rupiah}"


class Payment(models.Model):
    """Money that arrived, once, whatever the bank repeats.

    Without a sponsor it is unmatched: nobody is known who sent it, until a `Matching` says so.
    """

    sponsor = models.ForeignKey(
        "sponsors.Sponsor", models.PROTECT, null=True, related_name="payments"
    )
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="payments")
    bank = models.CharField(max_length=40)
    bank_reference = models.CharField(max_length=80)
    payment_code = models.CharField(max_length=40, blank=True)  # as the bank gave it
    received_on = models.DateField()
    rupiah = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_payment_is_received_once", fields=["bank", "bank_reference"]
            ),
            models.CheckConstraint(name="a_payment_is_money", condition=Q(rupiah__gt=0)),
            models.CheckConstraint(
                name="a_payment_of_a_bill_is_its_sponsors",
                condition=Q(bill=None) | Q(sponsor__isnull=False),
            ),
            models.CheckConstraint(
                name="a_payment_has_a_reference", condition=~Q(bank="") & ~Q(bank_reference="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.bank_reference}"


class Matching(models.Model):
    """Whose money an unmatched payment was, found out later by someone."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="matching")
    sponsor = models.ForeignKey("sponsors.Sponsor", models.PROTECT, related_name="matchings")
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="matchings")
    matched_on = models.DateField()
    matched_at = models.DateTimeField()
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return f"{self.payment_id} is of {self.sponsor_id}"


class Allocation(models.Model):
    """A sponsor's money set against lines of a bill, which it pays whole.

    `rupiah` is the sum of those lines. `from_credit` of it was the sponsor's credit; the rest
    is of the `payment` that arrived. `on` is the day from which the months count as paid:
    the day the payment was received, or the day on which credit alone was used.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="allocations")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="allocations")
    on = models.DateField()
    rupiah = models.BigIntegerField()
    from_credit = models.BigIntegerField(default=0)
    line_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_allocation_is_money", condition=Q(rupiah__gt=0, line_count__gt=0)
            ),
            models.CheckConstraint(
                name="an_allocation_is_of_a_payment_or_of_credit",
                condition=Q(payment__isnull=False, from_credit__range=(0, F("rupiah")))
                | Q(payment=None, from_credit=F("rupiah")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rupiah} to {self.bill_id}"


class PaidMonth(models.Model):
    """One person, one month, once: a bill line is paid. Cover follows from these.

    It has the key of its line. When that line is taken back, the money is the sponsor's
    again, and from the day of the correcting bill the month covers nothing.
    """

    pk = models.CompositePrimaryKey("person_id", "month", "sequence")
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="paid_months",
        db_index=False,
        db_constraint=False,
    )
    month = models.DateField()
    sequence = models.SmallIntegerField(default=0)
    paid_on = models.DateField()
    allocation = models.ForeignKey(
        Allocation, models.PROTECT, related_name="paid_months", db_constraint=False
    )

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"
