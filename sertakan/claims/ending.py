"""What an established death ends: the enrolments of the person, and the bills for later months."""

from datetime import date, datetime, timedelta

import polars as pl

from sertakan.accounts.models import User
from sertakan.claims.gathering import records_of
from sertakan.claims.models import Claim
from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.operations import take_back
from sertakan.enrolment.ending import end
from sertakan.enrolment.models import EndReason, Enrolment
from sertakan.people.operations import note_deaths


def note_and_end(claim: Claim, *, on: date, by: User, now: datetime) -> None:
    """Note the death and end every enrolment of the person on the day after it; the sponsors
    get back, as credit, what they had paid for later months."""
    died = pl.DataFrame({"person_id": [claim.person_id], "died_on": [claim.died_on]})
    note_deaths(deaths=died, by=by, now=now)
    day_after = claim.died_on + timedelta(days=1)
    later = Enrolment.objects.filter(
        person__in=records_of(claim.person), void=False, ends_on__gt=day_after
    )
    ids = sorted(later.values_list("pk", flat=True))
    if not ids:
        return
    endings = pl.DataFrame({"enrolment_id": ids}).with_columns(
        ends_on=pl.lit(day_after), reason=pl.lit(EndReason.DEATH.value)
    )
    end(endings=endings, by=by, now=now)
    try:
        take_back(enrolments=ids, on=on, by=by, now=now)
    except NothingToTakeBack:
        return
