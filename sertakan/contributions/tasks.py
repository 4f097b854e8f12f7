"""What the worker does for contributions and the sponsors below them."""

from datetime import datetime

from django.utils import timezone

from sertakan.contributions.reminding import remind
from sertakan.sponsors.drafts import forget_drafts
from sertakan.work.periodic import every


@every("10 1 * * *")
def remind_sponsors(*, now: datetime) -> None:
    """At ten past eight in the morning: whose cover ends soon."""
    remind(on=timezone.localdate(now), now=now)


@every("20 19 * * *")
def forget_old_drafts(*, now: datetime) -> None:
    """What nobody has gone on with is deleted."""
    forget_drafts(now=now)
