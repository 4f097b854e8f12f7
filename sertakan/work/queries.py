"""Which jobs there are."""

from django.db.models import QuerySet

from sertakan.accounts.models import User
from sertakan.work.models import Job, State


def started_by(user: User) -> QuerySet[Job]:
    """What this user has started, the latest first."""
    return Job.objects.filter(started_by=user).order_by("-created_at", "-pk")


def of_scope(scope: str, *, kind: str = "") -> QuerySet[Job]:
    """Jobs about one thing, of every kind or of one, the latest first."""
    jobs = Job.objects.filter(scope=scope).order_by("-created_at", "-pk")
    return jobs.filter(kind=kind) if kind else jobs


def waiting_or_running() -> QuerySet[Job]:
    """What has not ended, the oldest first."""
    return Job.objects.filter(state__in=[State.WAITING, State.RUNNING]).order_by("pk")
