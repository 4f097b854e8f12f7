"""Bills, payments and paid months. Cover is not stored: it follows from paid months.

Everything here is a fact that is only ever added to. A bill is issued whole; what was
wrong in it is put right by the lines of a correcting bill.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Bill(models.Model):
    """What a sponsor owes under one agreement, with the code to pay it by.

    A bill that `corrects` another takes back or adds lines; its total may be below zero.
    """

    number = models.CharField(max_length=80, unique=True)
    payment_code = models.CharField(max_length=20, unique=True)
    agreement = models.ForeignKey("sponsors.Agreement", models.PROTECT, related_name="bills")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    first_month = models.DateField()  # first day of the first month billed
    last_month = models.DateField()  # first day of the last month billed
    people = models.PositiveIntegerField()
    total_rupiah = models.BigIntegerField()
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
                name="only_a_correction_may_owe_nothing",
                condition=Q(corrects__isnull=False) | Q(total_rupiah__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BillLine(models.Model):
    """One person, one month. `sequence` 0 charges; 1 takes it back; 2 charges anew; …"""

    pk = models.CompositePrimaryKey("person_id", "month", "sequence")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="bill_lines", db_index=False
    )
    month = models.DateField()  # first day of the month
    sequence = models.SmallIntegerField(default=0)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", models.PROTECT, related_name="bill_lines", db_index=False
    )
    jkk = models.BigIntegerField()
    jkm = models.BigIntegerField()
    jht = models.BigIntegerField()
    rupiah = models.GeneratedField(
        expression=F("jkk") + F("jkm") + F("jht"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
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
    """Money that arrived, once, whatever the bank repeats."""

    sponsor = models.ForeignKey("sponsors.Sponsor", models.PROTECT, related_name="payments")
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="payments")
    bank = models.CharField(max_length=40)
    bank_reference = models.CharField(max_length=80)
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
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.bank_reference}"


class Allocation(models.Model):
    """A sponsor's money set against a bill on a day: from a payment, or from credit."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="allocations")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="allocations")
    on = models.DateField()
    rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_allocation_is_money", condition=Q(rupiah__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.rupiah} to {self.bill_id}"


class PaidMonth(models.Model):
    """One person, one month, once: the contribution is paid. Cover follows from these."""

    pk = models.CompositePrimaryKey("person_id", "month")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="paid_months", db_index=False
    )
    month = models.DateField()
    paid_on = models.DateField()
    allocation = models.ForeignKey(
        Allocation, models.PROTECT, related_name="paid_months", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="paid_month_is_its_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"


class RefundedMonth(models.Model):
    """A paid month whose money went back to the sponsor; from then on it covers nothing."""

    pk = models.CompositePrimaryKey("person_id", "month")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="refunded_months", db_index=False
    )
    month = models.DateField()
    refunded_on = models.DateField()
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="refunds", db_index=False)

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"
