"""Sari, the officer, and work that does not exist elsewhere."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from sertakan.audit.errors import Refused
from sertakan.audit.operations import record
from sertakan.work import kinds

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def sari(db):
    return get_user_model().objects.create_user("sari@example.org", name="Sari")


def count(job, *, now, progress):
    """Counts as far as it is told, and leaves an event behind."""
    record(verb="counted", subject_type="job", subject_id=job.pk, by=job.started_by, at=now)
    for number in range(job.args["to"]):
        progress(number + 1, job.args["to"], "rows read")
    return {"counted": job.args["to"]}


def refuse(job, *, now, progress):
    record(verb="refused", subject_type="job", by=job.started_by, at=now)
    raise Refused("There is no roster under this number.")


def break_down(job, *, now, progress):
    record(verb="broken", subject_type="job", by=job.started_by, at=now)
    raise ValueError("Wati, 3577010203900001")


@pytest.fixture(autouse=True)
def works(monkeypatch):
    """Kinds of work for the tests."""
    monkeypatch.setattr(
        kinds,
        "_KINDS",
        {**kinds._KINDS, "count": count, "refuse": refuse, "break_down": break_down},
    )
