"""Taking an import back: the tables are as though it had never been, and its row says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.ending import FOLLOW_AGAIN
from sertakan.enrolment.errors import CannotUndo
from sertakan.enrolment.models import Enrolment, RosterImport
from sertakan.people.models import Person
from sertakan.postgres.bulk import temporary_table
from sertakan.sponsors.models import Agreement

OWN = ("enrolment_finding", "enrolment_waiting", "enrolment_enrolment")
UNDONE = """
    INSERT INTO undone (enrolment_id, person_id, person_is_new)
        SELECT id, person_id, person_is_new
            FROM enrolment_enrolment WHERE roster_import_id = %(import)s
        UNION ALL SELECT NULL, person_id, person_is_new
            FROM enrolment_waiting WHERE roster_import_id = %(import)s;
    ANALYZE undone;
"""
RESTING_ON_IT = """
    SELECT count(DISTINCT other.{column})
    FROM {table} other JOIN undone u ON u.enrolment_id = other.{column}
"""
TAKE_OUT = """
    DELETE FROM enrolment_finding f USING undone u WHERE f.enrolment_id = u.enrolment_id;
    UPDATE enrolment_enrolment e SET replaces_id = NULL
        FROM undone u WHERE e.replaces_id = u.enrolment_id;
    DELETE FROM enrolment_waiting WHERE roster_import_id = %(import)s;
    DELETE FROM enrolment_enrolment WHERE roster_import_id = %(import)s;
    DELETE FROM enrolment_rosterrow WHERE roster_import_id = %(import)s;
"""
FORGET_PEOPLE = """
    DELETE FROM people_person p
    USING (SELECT DISTINCT person_id FROM undone WHERE person_is_new) u
    WHERE p.id = u.person_id {and_nothing_names_them}
"""
WOULD_GO = """
    SELECT count(enrolment_id), count(*) - count(enrolment_id),
        (SELECT count(*) FROM enrolment_rosterrow WHERE roster_import_id = %(import)s),
        (SELECT count(*) FROM enrolment_rosterrow
            WHERE roster_import_id = %(import)s AND state <> 'open'),
        count(DISTINCT person_id) FILTER (WHERE person_is_new)
    FROM undone
"""


@dataclass(frozen=True, slots=True)
class WouldGo:
    """What undoing an import takes out: numbers of enrolments, of turns in line, of rows kept
    (`decided` of them decided by somebody) and of people it brought, who go unless something
    else names them by then. `refusal` says why it cannot be undone; empty where it can.
    """

    enrolments: int
    waiting: int
    rows: int
    decided: int
    people: int
    refusal: str


@transaction.atomic
def would_go(*, roster_import: RosterImport) -> WouldGo:
    """What `undo` would take out, and whether it would be done. Changes nothing."""
    told = {"import": roster_import.pk}
    columns = {"enrolment_id": "bigint", "person_id": "bigint", "person_is_new": "boolean"}
    with temporary_table("undone", columns), connection.cursor() as cursor:
        cursor.execute(UNDONE, told)
        cursor.execute(WOULD_GO, told)
        enrolments, waiting, rows, decided, people = cursor.fetchone()
        refusal = ""
        try:
            _refuse_if_undone(roster_import)
            _refuse_what_rests_on_it(roster_import)
        except CannotUndo as refused:
            refusal = str(refused)
    return WouldGo(enrolments, waiting, rows, decided, people, refusal)


@transaction.atomic
def undo(*, roster_import: RosterImport, by: User, now: datetime) -> RosterImport:
    """Take an import back, exactly: enrolments, turns in line, rows, and people only it brought.

    Raises CannotUndo once it is undone, or while bills or claims rest on it.
    """
    Agreement.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=roster_import.agreement_id
    )
    roster_import = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_import.pk)
    _refuse_if_undone(roster_import)
    told = {"import": roster_import.pk}
    columns = {"enrolment_id": "bigint", "person_id": "bigint", "person_is_new": "boolean"}
    with temporary_table("undone", columns), connection.cursor() as cursor:
        cursor.execute(UNDONE, told)
        _refuse_what_rests_on_it(roster_import)
        cursor.execute(TAKE_OUT, told)
        touched = "(SELECT DISTINCT person_id FROM undone)"
        cursor.execute(FOLLOW_AGAIN.format(touched=touched))
        people = _forget_people()
    roster_import.undone_at, roster_import.undone_by = now, by
    roster_import.save(update_fields=["undone_at", "undone_by"])
    record(
        verb="undone",
        subject_type="roster_import",
        subject_id=roster_import.pk,
        by=by,
        at=now,
        people=people,
    )
    return roster_import


def _refuse_if_undone(roster_import: RosterImport) -> None:
    if roster_import.undone_at is not None:
        raise CannotUndo(
            _("Import %(number)s was undone already, on %(day)s.")
            % {
                "number": roster_import.pk,
                "day": date_format(localdate(roster_import.undone_at), "j F Y"),
            }
        )


def _refuse_what_rests_on_it(roster_import: RosterImport) -> None:
    with connection.cursor() as cursor:
        for table, column in references_to(Enrolment):
            if table in OWN:
                continue
            cursor.execute(RESTING_ON_IT.format(table=table, column=column))
            (count,) = cursor.fetchone()
            if count:
                said = (
                    _("Import %(number)s cannot be undone: %(count)s of its people were billed.")
                    if table == "contributions_billline"
                    else _("Import %(number)s cannot be undone: %(table)s rests on it.")
                )
                raise CannotUndo(
                    said % {"number": roster_import.pk, "count": count, "table": table}
                )


def _forget_people() -> int:
    """Delete the people the import brought, but for those whom anything else names."""
    unnamed = "".join(
        f" AND NOT EXISTS (SELECT FROM {table} other WHERE other.{column} = p.id)"
        for table, column in references_to(Person)
    )
    with connection.cursor() as cursor:
        cursor.execute(FORGET_PEOPLE.format(and_nothing_names_them=unnamed))
        return int(cursor.rowcount)


def references_to(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Table and column of every field, of whatever app, that rests on a row of `model`.

    Figures that can be thrown away name rows without resting on them (DO_NOTHING).
    """
    for field in model._meta.get_fields(include_hidden=True):
        if not isinstance(field, models.ForeignObjectRel) or field.many_to_many:
            continue
        if getattr(field, "on_delete", None) is not models.DO_NOTHING:
            yield field.field.model._meta.db_table, str(field.field.column)
