"""What the run-time role may do, as each app declares it in its `apps.py`.

    class LedgerConfig(AppConfig):
        append_only = ("ledger_line",)  # SELECT and INSERT
        read_only = ("ledger_account",)  # SELECT
        columns_closed = {"sponsors_agreement": ("billed_rupiah",)}  # neither INSERT nor UPDATE
        columns_fixed = {"people_person": ("nik_index",)}  # INSERT, but no UPDATE

Every other table is open to SELECT, INSERT, UPDATE and DELETE; none to TRUNCATE. A view is open
to SELECT alone. What nobody may do, the owner included, `append_only_sql` refuses by a trigger.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import ProgrammingError, transaction

from sertakan.postgres.backend.base import DatabaseWrapper
from sertakan.postgres.errors import DatabaseUnavailable

Quote = Callable[[str], str]

TABLES = """
    SELECT c.relname, c.relkind, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.oid
    ORDER BY c.relname
"""


@dataclass(slots=True)
class Declared:
    """Everything that the apps have declared, put together."""

    append_only: set[str] = field(default_factory=set)
    read_only: set[str] = field(default_factory=set)
    columns_closed: dict[str, set[str]] = field(default_factory=dict)
    columns_fixed: dict[str, set[str]] = field(default_factory=dict)

    def tables(self) -> set[str]:
        """Every table that is named."""
        return (
            self.append_only | self.read_only | set(self.columns_closed) | set(self.columns_fixed)
        )


def declared() -> Declared:
    """What the installed apps declare."""
    found = Declared()
    for app in apps.get_app_configs():
        found.append_only.update(getattr(app, "append_only", ()))
        found.read_only.update(getattr(app, "read_only", ()))
        for kind in ("columns_closed", "columns_fixed"):
            for table, columns in getattr(app, kind, {}).items():
                getattr(found, kind).setdefault(table, set()).update(columns)
    return found


def make_runtime_role(connection: DatabaseWrapper) -> None:
    """Make the run-time role where it is missing, and let the login of every day be it.

    `connection` is the owner's. Raises DatabaseUnavailable where the owner may not do this.
    """
    role, login = connection.runtime_role, connection.settings_dict["USER"]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found and found[0]:
            raise DatabaseUnavailable(f"The run-time role {role} must not be a superuser.")
        try:
            if not found:
                cursor.execute(f"CREATE ROLE {quote(role)} NOLOGIN")
            if login and login != role and not _may_be(cursor, login, role):
                cursor.execute(f"GRANT {quote(role)} TO {quote(login)}")
        except ProgrammingError as error:
            raise DatabaseUnavailable(
                f"The owner may not make the run-time role; please let an administrator of the "
                f'server run once: CREATE ROLE "{role}" NOLOGIN; GRANT "{role}" TO "{login}";'
            ) from error


def _may_be(cursor: Any, login: str, role: str) -> bool:
    """Whether `login` may SET ROLE to `role`. From PostgreSQL 16 on that is a right of its own."""
    right = "SET" if cursor.connection.info.server_version >= 160000 else "MEMBER"
    cursor.execute("SELECT pg_has_role(%s, %s, %s)", [login, role, right])
    return bool(cursor.fetchone()[0])


def grant_all(connection: DatabaseWrapper) -> None:
    """Take everything from the run-time role and give it what is declared, in one transaction."""
    wanted = declared()
    role = connection.ops.quote_name(connection.runtime_role)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
        cursor.execute(TABLES)
        for table, kind, columns in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {name} FROM {role}")
            rights = privileges(wanted, table, kind, columns, connection.ops.quote_name)
            cursor.execute(f"GRANT {', '.join(rights)} ON {name} TO {role}")


def privileges(
    wanted: Declared, table: str, kind: str, columns: Iterable[str], quote: Quote = str
) -> list[str]:
    """The rights of the run-time role on one table, as words of GRANT.

    `kind` is pg_class.relkind; `columns` are the table's, in order.
    """
    if table in wanted.read_only or kind not in ("r", "p"):
        return ["SELECT"]
    closed = wanted.columns_closed.get(table, set())
    fixed = closed | wanted.columns_fixed.get(table, set())
    rights = ["SELECT", _on_columns("INSERT", columns, closed, quote)]
    if table not in wanted.append_only:
        rights += [_on_columns("UPDATE", columns, fixed, quote), "DELETE"]
    return rights


def _on_columns(right: str, columns: Iterable[str], without: set[str], quote: Quote) -> str:
    if not without:
        return right
    return f"{right} ({', '.join(quote(column) for column in columns if column not in without)})"


def append_only_sql(table: str) -> str:
    """SQL for a migration: refuse UPDATE, DELETE and TRUNCATE of `table`, whoever asks."""
    return f"""
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
    """


def append_only_reverse_sql(table: str) -> str:
    """SQL that undoes `append_only_sql(table)`, for a migration's way back."""
    return f"DROP TRIGGER {table}_append_only ON {table};"
