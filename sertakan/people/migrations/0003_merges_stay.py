"""A merge is undone by a dated fact and never deleted."""

from django.db import migrations

MERGES_STAY = """
    CREATE FUNCTION people_merges_stay() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        RAISE EXCEPTION 'a merge is undone, not deleted: % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER people_merges_stay BEFORE DELETE OR TRUNCATE ON people_merge
        FOR EACH STATEMENT EXECUTE FUNCTION people_merges_stay();
    ALTER TABLE people_merge ENABLE ALWAYS TRIGGER people_merges_stay;
"""
MERGES_STAY_REVERSE = """
    DROP TRIGGER people_merges_stay ON people_merge;
    DROP FUNCTION people_merges_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search")]

    operations = [migrations.RunSQL(MERGES_STAY, MERGES_STAY_REVERSE)]
