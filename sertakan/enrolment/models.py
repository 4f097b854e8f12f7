"""From an imported roster to days of promised cover.

Two rules live in the database. Nobody is enrolled twice for one day: each enrolment names
the end of the one before it (`previous_ends_on`), so that the enrolments of a person form
one chain kept by two unique keys and a foreign key (docs/decisions, "No day twice"). No
place is sold twice: triggers keep, for each agreement, on which day how many places are
taken or freed (`PlaceChange`), and refuse a day with more taken than the agreement has.
"""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sertakan.sponsors.models import Category, Sector


class RosterImport(models.Model):
    """A set of workbooks checked on a day and taken in under one agreement."""

    agreement = models.ForeignKey("sponsors.Agreement", models.PROTECT, related_name="imports")
    fingerprint = models.BinaryField(max_length=32)  # SHA-256 over the SHA-256 of its files
    files = models.JSONField()  # [{"file", "sha256", "rows", "notes"}]
    checked_on = models.DateField()
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    review = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="the_same_files_are_imported_once",
                fields=["agreement", "fingerprint"],
                condition=Q(undone_at=None),
            ),
            models.CheckConstraint(
                name="every_row_has_one_outcome",
                condition=Q(rows=F("accepted") + F("rejected") + F("duplicate") + F("review")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.checked_on}"


class UploadState(models.TextChoices):
    CHECKING = "checking"
    CHECKED = "checked"
    TAKEN_IN = "taken_in"
    DISCARDED = "discarded"


class RosterUpload(models.Model):
    """Workbooks that somebody gave to be checked; nothing of them is in the records yet.

    The files and what was found in them lie sealed beside the database (`upload_files`) until it
    was taken in, discarded, or `forgotten_at`. Here stands what is not personal: `files`
    [{"name", "bytes", "sha256", "rows", "refused", "notes", "twice", "imports"}], and `summary`,
    how many rows [file, outcome, reasons, rows].
    """

    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    checked_on = models.DateField()
    state = models.CharField(max_length=9, choices=UploadState, default=UploadState.CHECKING)
    files = models.JSONField(default=list)
    with_covered = models.BooleanField(default=False)
    with_deaths = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    review = models.PositiveIntegerField(default=0)
    known_enrolled = models.PositiveIntegerField(default=0)  # accepted, enrolled by our records
    known_dead = models.PositiveIntegerField(default=0)  # accepted, dead by our records
    summary = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    roster_import = models.OneToOneField(
        RosterImport, models.PROTECT, null=True, related_name="upload"
    )
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="upload_not_forgotten",
                fields=["uploaded_at"],
                condition=Q(forgotten_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="upload_state_is_known", condition=Q(state__in=UploadState.values)
            ),
            models.CheckConstraint(
                name="an_upload_taken_in_is_an_import",
                condition=Q(state=UploadState.TAKEN_IN, roster_import__isnull=False)
                | (~Q(state=UploadState.TAKEN_IN) & Q(roster_import=None)),
            ),
            models.CheckConstraint(
                name="every_row_of_an_upload_has_one_outcome",
                condition=Q(rows=F("accepted") + F("rejected") + F("duplicate") + F("review")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.checked_on}"


class Outcome(models.TextChoices):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    REVIEW = "review"


class RowState(models.TextChoices):
    OPEN = "open"
    ADMITTED = "admitted"
    DISMISSED = "dismissed"


class RosterRow(models.Model):
    """A row that was not simply accepted, kept with its reasons until someone has decided.

    Accepted rows become a person and an enrolment or a place in the waiting list, which
    keep `roster_source` (`file|sheet|row`).
    """

    roster_import = models.ForeignKey(RosterImport, models.PROTECT, related_name="roster_rows")
    file = models.CharField(max_length=200)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    reasons = ArrayField(models.CharField(max_length=30))
    fixes = ArrayField(models.CharField(max_length=30))
    duplicate_of = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=200, blank=True)
    nik_encrypted = models.BinaryField(null=True)
    phone_encrypted = models.BinaryField(null=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    category = models.CharField(max_length=16, blank=True)
    sector = models.CharField(max_length=9, choices=Sector, default=Sector.OTHER)
    income = models.BigIntegerField(null=True)
    address = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=9, choices=RowState, default=RowState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(name="roster_row_open", fields=["id"], condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="roster_row_decided_by_someone_at_some_time",
                condition=Q(state=RowState.OPEN, decided_at=None, decided_by=None)
                | (~Q(state=RowState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}|{self.sheet}|{self.row}"


class EndReason(models.TextChoices):
    DEATH = "death"
    AGE = "age"
    MOVED = "moved"
    OTHER_INSURANCE = "other_insurance"
    DUPLICATE = "duplicate"  # two records turned out to be one person
    ASKED = "asked"


class Enrolment(models.Model):
    """A sponsor's promise to pay for one person for the days [starts_on, ends_on).

    One that was ended on or before its first day is `void`: it promises nothing, has no
    `ends_on`, and stands outside the chain of its person. Comparisons with `ends_on` leave it
    out by themselves.
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="enrolments", db_index=False
    )
    # That agreement, region, import, enrolment replaced and user exist is asked once a statement
    # by the triggers of migration 0002. A constraint asks once a row, and be the row's own column
    # empty: five of them would double the time of an import.
    agreement = models.ForeignKey(
        "sponsors.Agreement", models.PROTECT, related_name="enrolments", db_constraint=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # null: void
    previous_ends_on = models.DateField(null=True)  # of this person's enrolment before this one
    accepted_on = models.DateField()  # the registration was complete and accepted
    category = models.CharField(max_length=16, choices=Category)
    sector = models.CharField(max_length=9, choices=Sector, default=Sector.OTHER)
    income = models.BigIntegerField(null=True)  # rupiah a month as declared; none: as agreed
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    roster_import = models.ForeignKey(
        RosterImport, models.PROTECT, null=True, related_name="enrolments", db_constraint=False
    )
    roster_source = models.CharField(max_length=320, blank=True)
    person_is_new = models.BooleanField(default=False)  # its import brought the person
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        db_index=False,
        db_constraint=False,
    )
    void = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=15, choices=EndReason, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_runs_at_least_a_day", condition=Q(starts_on__lt=F("ends_on"))
            ),
            models.CheckConstraint(
                name="enrolment_starts_after_the_one_before",
                condition=Q(previous_ends_on=None) | Q(previous_ends_on__lte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="one_enrolment_of_a_person_ends_on_a_day", fields=["person", "ends_on"]
            ),
            models.UniqueConstraint(
                name="one_enrolment_follows_another",
                fields=["person", "previous_ends_on"],
                nulls_distinct=False,
                condition=Q(void=False),
            ),
            models.CheckConstraint(
                name="enrolment_ended_by_someone_for_a_reason",
                condition=Q(end_reason="", ended_at=None, ended_by=None)
                | (~Q(end_reason="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_void_enrolment_has_no_days",
                condition=Q(void=False, ends_on__isnull=False)
                | (Q(void=True, ends_on=None, previous_ends_on=None) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="enrolment_words_are_known",
                condition=Q(category__in=Category.values, sector__in=Sector.values)
                & Q(end_reason__in=["", *EndReason.values]),
            ),
            models.UniqueConstraint(
                name="an_enrolment_is_replaced_once",
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
            ),
        ]
        # The foreign key (person, previous_ends_on) -> (person, ends_on) is in migration 0002.

    @property
    def last_day(self) -> date | None:
        """The last day promised; none, where it is void."""
        return self.ends_on and self.ends_on - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.person_id} under {self.agreement_id} from {self.starts_on}"


class Consent(models.Model):
    """A sponsor has declared that a worker was told, and agreed, that their data is used here.

    UU 27/2022: `wording` names the sentence that was declared (`enrolment.consents`). Only added
    to, never changed.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    agreement = models.ForeignKey("sponsors.Agreement", models.PROTECT, related_name="consents")
    wording = models.CharField(max_length=20)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_consent_is_declared_once", fields=["agreement", "person"]
            ),
            models.CheckConstraint(name="a_consent_has_a_wording", condition=~Q(wording="")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.wording}"


class WaitingState(models.TextChoices):
    WAITING = "waiting"
    ENROLLED = "enrolled"
    LEFT = "left"


class Waiting(models.Model):
    """A person who may be enrolled as soon as a place is free; lower id goes first."""

    agreement = models.ForeignKey("sponsors.Agreement", models.PROTECT, related_name="waiting")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="waiting")
    accepted_on = models.DateField()
    category = models.CharField(max_length=16, choices=Category)
    sector = models.CharField(max_length=9, choices=Sector, default=Sector.OTHER)
    income = models.BigIntegerField(null=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", db_index=False
    )
    roster_import = models.ForeignKey(
        RosterImport, models.PROTECT, null=True, related_name="waiting"
    )
    roster_source = models.CharField(max_length=320, blank=True)
    person_is_new = models.BooleanField(default=False)  # its import brought the person
    state = models.CharField(max_length=8, choices=WaitingState, default=WaitingState.WAITING)
    left_because = models.CharField(max_length=15, choices=EndReason, blank=True)
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, null=True, related_name="waited_for"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_person_waits_once",
                fields=["agreement", "person"],
                condition=Q(state="waiting"),
            ),
            models.CheckConstraint(
                name="waiting_ends_in_an_enrolment",
                condition=(Q(state="enrolled") & Q(enrolment__isnull=False))
                | (~Q(state="enrolled") & Q(enrolment=None)),
            ),
            models.CheckConstraint(
                name="waiting_is_left_for_a_reason",
                condition=(Q(state="left") & ~Q(left_because=""))
                | (~Q(state="left") & Q(left_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.agreement_id}"


class PlaceChange(models.Model):
    """On `day` the places taken under `agreement` change by `change`. Written by triggers."""

    pk = models.CompositePrimaryKey("agreement_id", "day")
    agreement = models.ForeignKey(
        "sponsors.Agreement", models.PROTECT, related_name="place_changes", db_index=False
    )
    day = models.DateField()
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.day} {self.change:+d}"


class Screening(models.Model):
    """Everyone enrolled, held against new lists of deaths and of other insurance."""

    screened_on = models.DateField()
    enrolled = models.PositiveIntegerField()
    screened_at = models.DateTimeField()
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return f"{self.screened_on}"


class FindingState(models.TextChoices):
    OPEN = "open"
    APPLIED = "applied"
    DISMISSED = "dismissed"


class Finding(models.Model):
    """A person enrolled who, by a list, should not be: what to end and from when.

    The list is told in `reason`; `since` is the day of death, or the day on which the
    screening found the other insurance.
    """

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="findings")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="findings")
    reason = models.CharField(max_length=15, choices=EndReason)
    since = models.DateField()
    state = models.CharField(max_length=9, choices=FindingState, default=FindingState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_finding_a_screening_for_an_enrolment", fields=["screening", "enrolment"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.reason} {self.since}"
