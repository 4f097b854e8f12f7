"""One row a human.

NIK, phone, mother's name and bank account are encrypted (`people.encryption`); the NIK is
found by `nik_index`, a keyed hash under a key of its own, so that data keys can be changed
without a moment in which one NIK stands twice.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q


class NameWords(Func):
    """The words of a name in lower case, without marks: what a name is searched by."""

    function = "people_name_words"  # made by migration 0002
    arity = 1
    output_field = ArrayField(models.TextField())


class Sex(models.TextChoices):
    MALE = "L", "Laki-laki"
    FEMALE = "P", "Perempuan"


class Person(models.Model):
    """A worker, an heir, or both. `merged_into` is always a record that is itself merged nowhere.

    `region` is known to the table of regions: judged once a statement (migration 0002), where a
    foreign key would ask once a row.
    """

    nik_index = models.BinaryField(max_length=32, unique=True)
    nik_encrypted = models.BinaryField()
    name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    address = models.CharField(max_length=300, blank=True)
    phone_encrypted = models.BinaryField(null=True)
    mother_name_encrypted = models.BinaryField(null=True)
    bank_account_encrypted = models.BinaryField(null=True)
    died_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        indexes = [
            GinIndex(NameWords("name"), name="person_name_words"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
        ]
        constraints = [
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(name="a_person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="nobody_dies_before_birth",
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NameWord(models.Model):
    """A word that stands in somebody's name: where a search finds words like the one asked for.

    `sound` is the word with old spelling and short forms folded (`rosters.linkage.names.fold`).
    May keep words that nobody is called by any more.
    """

    word = models.CharField(primary_key=True, max_length=200)
    sound = models.CharField(max_length=200)

    class Meta:
        indexes = [
            GinIndex(name="name_sound_trigrams", fields=["sound"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


class Merge(models.Model):
    """Two records found to be one person. Undone by a second dated fact, not by deletion."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_record_is_merged_once_at_a_time",
                fields=["merged"],
                condition=Q(undone_at=None),
            ),
            models.CheckConstraint(
                name="merge_undone_by_someone_at_some_time",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
