"""Totals by month and the people in them, thrown away and rebuilt; the denominators of coverage."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q


class MonthlyTotal(models.Model):
    """People and rupiah of one month, by agreement, region and category, as of `made_at`."""

    month = models.DateField()
    agreement = models.ForeignKey("sponsors.Agreement", models.CASCADE, related_name="+")
    region = models.ForeignKey("regions.Region", models.CASCADE, null=True, related_name="+")
    category = models.CharField(max_length=16)
    enrolled = models.PositiveIntegerField()  # with a day of the month promised
    covered = models.PositiveIntegerField()  # on the last day of the month, as known then
    grace = models.PositiveIntegerField()
    billed_rupiah = models.BigIntegerField()
    paid_rupiah = models.BigIntegerField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_total_a_month_and_group",
                fields=["month", "agreement", "region", "category"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.region_id} {self.category}"


class CoverStatus(models.TextChoices):
    COVERED = "covered"
    GRACE = "grace"
    UNCOVERED = "uncovered"


class PersonMonth(models.Model):
    """A person in the totals of a month: where they are counted, and as what.

    The people of `MonthlyTotal` are counted from these rows, made in the same transaction, so that
    a number always opens down to as many rows. `covered_through` is the last day of cover if
    nothing more is paid; none where there is no cover. Nothing here is a record and nothing rests
    on it: whatever was undone since stands until the month is made again, so that the rows add up
    to the totals; person and enrolment may be gone meanwhile.
    """

    pk = models.CompositePrimaryKey("month", "person_id")
    month = models.DateField()
    person = models.ForeignKey(
        "people.Person", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    enrolment = models.ForeignKey(
        "enrolment.Enrolment", models.DO_NOTHING, related_name="+",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    agreement = models.ForeignKey(
        "sponsors.Agreement", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    region = models.ForeignKey(
        "regions.Region", models.CASCADE, null=True, related_name="+",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    category = models.CharField(max_length=16)
    status = models.CharField(max_length=9, choices=CoverStatus)
    covered_through = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_person_month_has_a_known_status",
                condition=Q(status__in=CoverStatus.values),
            ),
        ]
        indexes = [
            models.Index(
                "month", OpClass("region", "text_pattern_ops"), "person", name="person_month_region"
            ),
            models.Index(
                "month", "status", "person", name="person_month_not_covered",
                condition=~Q(status=CoverStatus.COVERED),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.person_id} {self.status}"


class CoverEnd(models.Model):
    """How many covered people of a month have this last day of cover, if nothing more is paid.

    By agreement, region and category as in `MonthlyTotal`; counted from the rows of `PersonMonth`
    in the same transaction, so that nobody counts a million of them for a page.
    """

    month = models.DateField()
    agreement = models.ForeignKey("sponsors.Agreement", models.CASCADE, related_name="+")
    region = models.ForeignKey(
        "regions.Region", models.CASCADE, null=True, related_name="+", db_index=False
    )
    category = models.CharField(max_length=16)
    covered_through = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_cover_end_a_month_and_group",
                fields=["month", "covered_through", "agreement", "region", "category"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.covered_through} {self.people}"


class Workforce(models.Model):
    """A published denominator: how many work in a region, on which day, says who.

    `active_members` and `published_percent` are kept as published, apart from any
    division of ours (facts: Bali's published percentage is not its own quotient).
    """

    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="workforce")
    on = models.DateField()
    working_population = models.PositiveIntegerField()
    active_members = models.PositiveIntegerField(null=True)  # all segments, by the insurer
    published_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_workforce_a_region_and_day", fields=["region", "on"]),
            models.CheckConstraint(name="somebody_works", condition=Q(working_population__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.on}"
