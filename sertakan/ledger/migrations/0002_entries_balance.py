"""An entry balances at commit, has lines, and is closed once its transaction has ended.

Every new entry stands in `ledger_open_entry` until it has been judged: at commit, or earlier
where someone asks for that by SET CONSTRAINTS. Lines are taken for open entries alone, so that
nothing can be added to an entry that was judged, be it in balance or not.
"""

from django.db import migrations

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

OPEN_ENTRIES = """
    CREATE TABLE ledger_open_entry (entry_id bigint PRIMARY KEY);

    CREATE FUNCTION ledger_open_entries() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO ledger_open_entry SELECT id FROM new_entries;
        RETURN NULL;
    END $$;
    CREATE TRIGGER ledger_open_entries AFTER INSERT ON ledger_entry
        REFERENCING NEW TABLE AS new_entries
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_open_entries();
    ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_open_entries;

    CREATE FUNCTION ledger_lines_of_open_entries() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE closed bigint;
    BEGIN
        SELECT entry_id INTO closed FROM new_lines l
            WHERE NOT EXISTS (SELECT FROM ledger_open_entry o WHERE o.entry_id = l.entry_id)
            LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger entry % is closed: no line can be added', closed
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_entry_is_closed';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER ledger_lines_of_open_entries AFTER INSERT ON ledger_line
        REFERENCING NEW TABLE AS new_lines
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_of_open_entries();
    ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER ledger_lines_of_open_entries;

    CREATE FUNCTION ledger_entry_balances() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        lines bigint;
        difference numeric;
    BEGIN
        DELETE FROM ledger_open_entry WHERE entry_id = NEW.entry_id;
        SELECT count(*), sum(rupiah) INTO lines, difference
            FROM ledger_line WHERE entry_id = NEW.entry_id;
        IF lines = 0 THEN
            RAISE EXCEPTION 'ledger entry % has no lines', NEW.entry_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_has_lines';
        ELSIF difference <> 0 THEN
            RAISE EXCEPTION 'ledger entry % is out of balance by % rupiah', NEW.entry_id, difference
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balances';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_open_entry
        DEFERRABLE INITIALLY DEFERRED  -- judged at commit, when all lines are there
        FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
    ALTER TABLE ledger_open_entry ENABLE ALWAYS TRIGGER ledger_entry_balances;
"""
OPEN_ENTRIES_REVERSE = """
    DROP TRIGGER ledger_lines_of_open_entries ON ledger_line;
    DROP TRIGGER ledger_open_entries ON ledger_entry;
    DROP TABLE ledger_open_entry;
    DROP FUNCTION ledger_lines_of_open_entries();
    DROP FUNCTION ledger_open_entries();
    DROP FUNCTION ledger_entry_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(OPEN_ENTRIES, OPEN_ENTRIES_REVERSE),
        *(
            migrations.RunSQL(append_only_sql(table), append_only_reverse_sql(table))
            for table in ("ledger_account", "ledger_entry", "ledger_line")
        ),
    ]
