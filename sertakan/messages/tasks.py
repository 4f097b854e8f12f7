"""What the worker does with the outbox."""

from datetime import datetime

from sertakan.messages import codes, operations
from sertakan.messages.delivery import AT_ONCE, deliver
from sertakan.work import clock
from sertakan.work.periodic import every


@every("* * * * * */10")
def deliver_outbox(*, now: datetime) -> None:
    """Send what is due, until nothing is."""
    while deliver(now=now) == AT_ONCE:
        now = clock.now()


@every("23 * * * *")
def forget(*, now: datetime) -> None:
    """Empty old messages, and delete old codes."""
    operations.forget(now=now)
    codes.forget(now=now)
