"""Making two records one person, where both may be enrolled."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.people.errors import CannotMerge
from sertakan.people.models import Merge, Person
from sertakan.people.operations import merge

# Two enrolments of one person, under whichever of their records, that promise the same days.
SAME_DAYS = """
    WITH promised AS (
        SELECT e.id, e.starts_on, e.ends_on
        FROM enrolment_enrolment e JOIN people_person p ON p.id = e.person_id
        WHERE NOT e.void AND coalesce(p.merged_into_id, p.id) = %s
    )
    SELECT one.id, other.id FROM promised one JOIN promised other
        ON one.id < other.id AND one.starts_on < other.ends_on AND one.ends_on > other.starts_on
    ORDER BY 1, 2 LIMIT 1
"""


@transaction.atomic
def merge_people(*, kept: Person, merged: Person, reason: str, by: User, now: datetime) -> Merge:
    """Let `kept` stand for `merged`, unless that would enrol one person twice for a day.

    Raises CannotMerge; then one of the two enrolments is ended first, as a duplicate.
    """
    done = merge(kept=kept, merged=merged, reason=reason, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute(SAME_DAYS, [kept.pk])
        found = cursor.fetchone()
    if found is not None:
        raise CannotMerge(
            _("Enrolments %(one)s and %(other)s promise the same days; please end one first.")
            % {"one": found[0], "other": found[1]}
        )
    return done
