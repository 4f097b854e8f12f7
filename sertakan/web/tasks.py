"""What the worker does for the pages: long papers set, and deleted after a day."""

from datetime import datetime
from typing import Any

from sertakan.web.papers import preparing
from sertakan.work.kinds import work
from sertakan.work.models import Job
from sertakan.work.periodic import every
from sertakan.work.progress import Progress


@work(preparing.KIND)
def set_agreement_paper(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """The annex or the cards of an agreement."""
    progress(done=0)
    return preparing.do(job, progress=progress)


@every("53 * * * *")
def forget_papers(*, now: datetime) -> None:
    """Delete papers a day after they were set."""
    preparing.forget(now=now)
