"""Work for worker processes: imported there before they begin."""

import time

from sertakan.audit.operations import record
from sertakan.work.kinds import work


@work("count")
def count(job, *, now, progress):
    """Counts up to `to`, with a pause after each; who works is kept."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [role] = cursor.fetchone()
    record(verb="counted", subject_type="job", subject_id=job.pk, by=job.started_by, at=now)
    for number in range(job.args["to"]):
        progress(number + 1, job.args["to"], f"row {number + 1}")
        time.sleep(job.args.get("pause", 0))
    return {"role": role}
