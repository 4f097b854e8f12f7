"""What the database does not let the program do to events and links, nor the owner by mistake."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.audit.operations import record, seal

NOW = datetime(2026, 11, 23, tzinfo=UTC)

FOR_THE_PROGRAM = [
    "UPDATE audit_event SET verb = 'dismissed'",
    "UPDATE audit_event SET details = '{}' WHERE false",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only",
    "DROP TABLE audit_event CASCADE",
    "SET session_replication_role = replica",
    "INSERT INTO audit_seal (position, event_id, previous_hash, hash, sealed_at)"
    " VALUES (2, 1, sha256(''), sha256(''), now())",
    "INSERT INTO audit_event (id, at, verb, subject_type, subject_id, details)"
    " SELECT id, at, 'dismissed', '', '', '{}' FROM audit_event"
    " ON CONFLICT (id) DO UPDATE SET verb = excluded.verb",
    "MERGE INTO audit_event USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
    "UPDATE audit_seal SET hash = sha256('x')",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
    "ALTER TABLE audit_seal DISABLE TRIGGER ALL",
    "CREATE OR REPLACE FUNCTION audit_seal_events(timestamptz) RETURNS bigint"
    " LANGUAGE sql AS 'SELECT 0'",
]
FOR_THE_OWNER = [
    "UPDATE audit_event SET verb = 'dismissed'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "UPDATE audit_seal SET hash = sha256('x')",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FOR_THE_PROGRAM)
def test_the_program_may_not(statement):
    record(verb="enrolled", subject_type="agreement", by=None, at=NOW)
    seal(now=NOW)

    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_owner_may_not_either(run_as_owner):
    record(verb="enrolled", subject_type="agreement", by=None, at=NOW)
    seal(now=NOW)

    for statement in FOR_THE_OWNER:
        with pytest.raises(IntegrityError, match="append-only"):
            run_as_owner(statement)
