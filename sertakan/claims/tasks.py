"""What the worker does over everything that is kept: does all of it still hold?"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sertakan.audit import queries as audit
from sertakan.contributions import checking
from sertakan.ledger import queries as ledger
from sertakan.work.kinds import work
from sertakan.work.models import Job
from sertakan.work.progress import Progress

CHECK_EVERYTHING, EVERYTHING = "check_everything", "everything"  # the kind, and its scope
MOST_NAMED = 20


@work(CHECK_EVERYTHING)
def check_everything(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """The ledger balances, the chain of the audit trail is whole, bills and cover agree."""
    progress(done=0, total=3, what=_("Ledger"))
    entries = [str(difference) for difference in ledger.check()]
    progress(done=1, total=3, what=_("Audit trail"))
    broken = audit.first_broken_link()
    progress(done=2, total=3, what=_("Bills and cover"))
    months = [line for _holds, lines in checking.check() for line in lines]
    found = {"ledger": entries, "chain": [str(broken)] if broken else [], "cover": months}
    last = audit.last_link()
    return {
        **{
            name: {"count": len(lines), "named": lines[:MOST_NAMED]}
            for name, lines in found.items()
        },
        "last_link": str(last) if last else "",
    }
