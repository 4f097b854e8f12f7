import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0002_totals_say_when_they_were_made"),
        ("enrolment", "0001_initial"),
        ("people", "0001_initial"),
        ("regions", "0001_initial"),
        ("sponsors", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "month",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("month", models.DateField()),
                ("category", models.CharField(max_length=16)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("covered", "Covered"),
                            ("grace", "Grace"),
                            ("uncovered", "Uncovered"),
                        ],
                        max_length=9,
                    ),
                ),
                ("covered_through", models.DateField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sponsors.agreement",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="enrolment.enrolment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("month"),
                        django.contrib.postgres.indexes.OpClass("region", "text_pattern_ops"),
                        models.F("person"),
                        name="person_month_region",
                    ),
                    models.Index(
                        models.F("month"),
                        models.F("status"),
                        models.F("person"),
                        condition=models.Q(("status", "covered"), _negated=True),
                        name="person_month_not_covered",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["covered", "grace", "uncovered"])),
                        name="a_person_month_has_a_known_status",
                    )
                ],
            },
        ),
    ]
