"""Two records found to be one person become one, and can be taken apart again.

Whatever hangs on a record stays there: `merged_into` says for whom it counts. It always names a
record that is itself merged nowhere, also where merges were made one upon another.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.errors import CannotMerge
from sertakan.people.models import Merge, Person

# The record, and all that were merged into it, one upon another.
POINT = """
    WITH RECURSIVE beneath AS (
        SELECT %(record)s::bigint AS id
        UNION
        SELECT m.merged_id FROM people_merge m JOIN beneath b ON m.kept_id = b.id
        WHERE m.undone_at IS NULL
    )
    UPDATE people_person p SET merged_into_id = nullif(%(kept)s::bigint, p.id)
    FROM beneath b WHERE p.id = b.id
"""


@transaction.atomic
def merge(*, kept: Person, merged: Person, reason: str, by: User, now: datetime) -> Merge:
    """Let `kept` stand for `merged` from now on. Raises CannotMerge."""
    if not reason.strip():
        raise CannotMerge(_("A merge has a reason."))
    first, second = _locked(kept, merged)
    for person in (first, second):
        if person.merged_into_id:
            raise CannotMerge(
                _("Record %(person)s was merged into record %(kept)s already.")
                % {"person": person.pk, "kept": person.merged_into_id}
            )
    done = Merge.objects.create(
        kept=kept, merged=merged, reason=reason.strip(), merged_at=now, merged_by=by
    )
    _point(merged, to=kept)
    record(
        verb="merged", subject_type="person", subject_id=kept.pk, by=by, at=now, merged=merged.pk
    )
    return done


@transaction.atomic
def undo_merge(*, merged: Person, by: User, now: datetime) -> Merge:
    """Let a record that was merged stand for itself again, and for those merged into it before.

    Raises CannotMerge where it is merged into none.
    """
    _locked(merged)
    done = Merge.objects.select_for_update().filter(merged=merged, undone_at=None).first()
    if done is None:
        raise CannotMerge(_("Record %s is not merged into another.") % merged.pk)
    done.undone_at, done.undone_by = now, by
    done.save(update_fields=["undone_at", "undone_by"])
    _point(merged, to=merged)
    record(
        verb="unmerged", subject_type="person", subject_id=done.kept_id, by=by, at=now,
        merged=merged.pk,
    )  # fmt: skip
    return done


def _locked(*people: Person) -> list[Person]:
    """The records as they are now, so that nobody else merges them meanwhile."""
    numbers = {person.pk for person in people}
    if len(numbers) != len(people):
        raise CannotMerge(_("A record is not merged into itself."))
    return list(Person.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def _point(person: Person, *, to: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute(POINT, {"record": person.pk, "kept": to.pk})
