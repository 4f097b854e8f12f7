"""What the clock says, and how often."""

from datetime import UTC, date, datetime

import pytest
from procrastinate.contrib.django import app

from sertakan.analytics import tasks as analytics
from sertakan.vocabulary import Month
from sertakan.work import clock


def test_what_is_done_by_the_clock_waits_once_at_most():
    periodic = app.periodic_registry.periodic_tasks.values()

    assert [each.task.name for each in periodic if each.task.queueing_lock != each.task.name] == []


@pytest.mark.parametrize(
    ("name", "cron", "queue"),
    [
        ("work.tasks.look_after_dead_workers", "* * * * *", "clock"),
        ("work.tasks.seal_events", "*/5 * * * *", "clock"),
        ("messages.tasks.deliver_outbox", "* * * * * */10", "clock"),
        ("messages.tasks.forget", "23 * * * *", "clock"),
        ("analytics.tasks.rebuild_totals", "17 19 * * *", "people"),  # minutes of work
    ],
)
def test_each_has_its_times_and_its_line(name, cron, queue):
    periodic = app.periodic_registry.periodic_tasks[(f"sertakan.{name}", "")]

    assert (periodic.cron, periodic.task.queue) == (cron, queue)


@pytest.mark.parametrize(
    ("now", "months"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), ("2026-11", "2026-12")),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), ("2026-12", "2027-01")),  # midnight in Jakarta
    ],
)
def test_this_month_and_the_last_are_those_of_jakarta(monkeypatch, now, months):
    asked = []
    monkeypatch.setattr(analytics.operations, "rebuild", lambda **words: asked.append(words))

    analytics.rebuild_totals(now=now)

    first, last = (Month.parse(month) for month in months)
    assert asked == [{"first_month": first, "last_month": last, "now": now}]


def test_a_demonstration_works_on_its_day(settings):
    settings.DEMO_DAY = date(2026, 11, 30)

    assert clock.now().date() == date(2026, 11, 30)
