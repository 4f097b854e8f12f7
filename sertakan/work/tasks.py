"""What the worker does for this app and those below it."""

from datetime import datetime

from procrastinate.contrib.django import app

from sertakan.audit import operations as audit
from sertakan.work import clock, queue, running
from sertakan.work.periodic import every

ORDERS_KEPT_HOURS = 24 * 30


@app.task(name=queue.RUN, queue=queue.PEOPLE)
def run(job: int) -> None:
    """Do one job."""
    running.run(job, clock=clock.now)


@every("* * * * *")
def look_after_dead_workers(*, now: datetime) -> None:
    """Jobs whose worker died are marked; what it had only fetched is fetched again."""
    running.fail_those_without_worker(now=now)
    queue.order_again_what_stalled()


@every("*/5 * * * *")
def seal_events(*, now: datetime) -> None:
    """Put the audit events of late into the chain."""
    audit.seal(now=now)


@every("41 19 * * *")
def forget_orders(*, now: datetime) -> None:
    """Delete what is left of orders that failed a month ago. The jobs themselves stay."""
    queue.forget_orders(older_than_hours=ORDERS_KEPT_HOURS)
