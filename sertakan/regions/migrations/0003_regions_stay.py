"""A region never goes and keeps its code, so that a code which was known once always is."""

from django.db import migrations

REGIONS_STAY = """
    CREATE FUNCTION regions_stay() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        RAISE EXCEPTION 'a region stays: % of regions_region is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER regions_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF code ON regions_region
        FOR EACH STATEMENT EXECUTE FUNCTION regions_stay();
    ALTER TABLE regions_region ENABLE ALWAYS TRIGGER regions_stay;

    CREATE FUNCTION regions_are_known() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE unknown text;
    BEGIN
        SELECT n.region_id INTO unknown
            FROM (SELECT DISTINCT region_id FROM new_rows WHERE region_id IS NOT NULL) n
            WHERE NOT EXISTS (SELECT FROM regions_region r WHERE r.code = n.region_id)
            LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'no region has the code %', unknown
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'region_is_known';
        END IF;
        RETURN NULL;
    END $$;
"""
REGIONS_STAY_REVERSE = """
    DROP FUNCTION regions_are_known();
    DROP TRIGGER regions_stay ON regions_region;
    DROP FUNCTION regions_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_load_regions")]

    operations = [migrations.RunSQL(REGIONS_STAY, REGIONS_STAY_REVERSE)]
