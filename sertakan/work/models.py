"""What somebody started and the program does by and by."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of work: who started it, how far it is, what came of it. Holds no personal data.

    `scope` says what it is about (`agreement:7`, `region:35.77`); where `alone` is set, one job of
    its kind waits or runs there at a time. `result` is what the page shows of it; `refusal` is a
    sentence for the screen. A job that has ended never changes (migration 0002).
    """

    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    scope = models.CharField(max_length=60, blank=True)
    alone = models.BooleanField(default=False)
    language = models.CharField(max_length=5)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    retry_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="retried_by")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    what = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    refusal = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["started_by", "-created_at"], name="job_of_somebody"),
            models.Index(fields=["kind", "scope", "-created_at"], name="job_of_a_kind"),
            models.Index(
                fields=["state"],
                name="job_not_ended",
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_job_has_a_known_state", condition=Q(state__in=State.values)
            ),
            models.UniqueConstraint(
                name="one_job_alone_in_its_scope",
                fields=["kind", "scope"],
                condition=Q(alone=True, state__in=["waiting", "running"]),
            ),
            models.CheckConstraint(
                name="a_job_has_the_times_of_its_state",
                condition=Q(state="waiting", started_at=None, finished_at=None)
                | Q(state="running", started_at__isnull=False, finished_at=None)
                | Q(
                    state__in=["done", "failed"],
                    started_at__isnull=False,
                    finished_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_failed_job_says_why_and_no_other_does",
                condition=Q(state="failed", result=None) & ~Q(refusal="")
                | ~Q(state="failed") & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="a_job_does_not_do_more_than_there_is",
                condition=Q(total=None) | Q(done__lte=F("total")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing will change any more: a page need not ask again."""
        return self.state in (State.DONE, State.FAILED)

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while nobody knows how much there is."""
        if self.state == State.DONE:
            return 100
        return self.done * 100 // self.total if self.total else None
