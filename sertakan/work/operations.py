"""Starting work, and beginning anew what failed.

The job and the order to the worker are written in the caller's transaction: they stand or fall
with the deed, and the worker hears of them at its commit.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.work.errors import CannotRetry, RunsAlready
from sertakan.work.kinds import is_known
from sertakan.work.models import Job, State
from sertakan.work.queue import order


@transaction.atomic
def start(
    kind: str,
    *,
    args: dict[str, Any] | None = None,
    scope: str = "",
    alone: bool = False,
    by: User,
    now: datetime,
) -> Job:
    """Let the worker do this kind of work; the job that tells how far it is.

    `args` is JSON without personal data: numbers of records, days, words. `alone` refuses a second
    one of the same kind and scope until the first has ended. Raises RunsAlready.
    """
    if not is_known(kind):
        raise ValueError(f"There is no work of the kind {kind}.")
    job = Job(
        kind=kind,
        args=args or {},
        scope=scope,
        alone=alone,
        language=(get_language() or "id")[:5],
        started_by=by,
        created_at=now,
    )
    return _put(job)


@transaction.atomic
def retry(*, job: Job, by: User, now: datetime) -> Job:
    """Begin anew what failed: a second job with the same words. Raises CannotRetry, RunsAlready."""
    failed = Job.objects.select_for_update().get(pk=job.pk)
    if failed.state != State.FAILED:
        raise CannotRetry(_("Only work that failed can be begun anew."))
    if Job.objects.filter(retry_of=failed).exists():
        raise CannotRetry(_("This work was begun anew already."))
    again = _put(
        Job(
            kind=failed.kind,
            args=failed.args,
            scope=failed.scope,
            alone=failed.alone,
            language=(get_language() or "id")[:5],
            started_by=by,
            retry_of=failed,
            created_at=now,
        )
    )
    record(
        verb="retried", subject_type="job", subject_id=failed.pk, by=by, at=now,
        kind=failed.kind, job=again.pk,
    )  # fmt: skip
    return again


def _put(job: Job) -> Job:
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError as error:
        if "one_job_alone_in_its_scope" in str(error):
            raise RunsAlready(
                _("This is being worked on already. Please wait until it ends.")
            ) from None
        raise
    order(job)
    return job
