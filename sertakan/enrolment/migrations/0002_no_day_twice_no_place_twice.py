"""Nobody is enrolled twice for a day, and no place is sold twice for a day.

The chain: each enrolment of a person names the end of the one before it, which must exist; one
of them alone names none, and no two name the same. So they stand in one line, and as each starts
no earlier than the one before it ended, no two of them share a day.

The places: statement triggers keep on which day how many places of an agreement are taken or
given back, and refuse a day with more taken than there are. Whoever changes them holds the
agreement's row, so that two who want the last place wait for each other. Each question then
needs a fresh view of what is committed, which READ COMMITTED alone gives.

The same triggers see, once a statement, that agreement, region, import, user and the enrolment that
is replaced exist. None of these is taken away: regions and approved agreements stand by triggers of
their own, imports and what was replaced by those here, a user by the events of what they did.
"""

from django.db import migrations

CHAIN = """
    ALTER TABLE enrolment_enrolment ADD CONSTRAINT enrolment_follows_one_of_its_person
        FOREIGN KEY (person_id, previous_ends_on)
        REFERENCES enrolment_enrolment (person_id, ends_on)
        DEFERRABLE INITIALLY DEFERRED;
"""
CHAIN_REVERSE = """
    ALTER TABLE enrolment_enrolment DROP CONSTRAINT enrolment_follows_one_of_its_person;
"""

COUNTING = """
    CREATE TYPE enrolment_days AS (agreement_id bigint, day date, change bigint);

    CREATE FUNCTION enrolment_refuse_other_isolation() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF current_setting('transaction_isolation')
            NOT IN ('read committed', 'read uncommitted')
        THEN
            RAISE EXCEPTION 'places are counted under READ COMMITTED, not %',
                upper(current_setting('transaction_isolation'))
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'places_never_oversold';
        END IF;
    END $$;

    CREATE FUNCTION enrolment_refuse_oversold(agreements bigint[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE full_day record;
    BEGIN
        SELECT a.number, a.places, t.day, t.taken INTO full_day
            FROM (
                SELECT agreement_id, day,
                    sum(change) OVER (PARTITION BY agreement_id ORDER BY day) AS taken
                FROM enrolment_placechange WHERE agreement_id = ANY (agreements)
            ) t
            JOIN sponsors_agreement a ON a.id = t.agreement_id
            WHERE t.taken > a.places
            ORDER BY t.agreement_id, t.day LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'agreement % has % places, and % would be taken on %',
                full_day.number, full_day.places, full_day.taken, full_day.day
                USING ERRCODE = 'check_violation', CONSTRAINT = 'places_never_oversold';
        END IF;
    END $$;

    CREATE FUNCTION enrolment_count_places(changes enrolment_days[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE
        agreements bigint[] := ARRAY(SELECT DISTINCT agreement_id FROM unnest(changes));
        outside record;
    BEGIN
        PERFORM enrolment_refuse_other_isolation();
        PERFORM FROM sponsors_agreement WHERE id = ANY (agreements)
            ORDER BY id FOR NO KEY UPDATE;
        SELECT c.day, a.number INTO outside
            FROM unnest(changes) c JOIN sponsors_agreement a ON a.id = c.agreement_id
            WHERE c.day NOT BETWEEN a.starts_on AND a.ends_on
            ORDER BY c.day LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION '% is outside the period of agreement %', outside.day, outside.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_within_its_agreement';
        END IF;
        INSERT INTO enrolment_placechange AS kept (agreement_id, day, change)
            SELECT agreement_id, day, change FROM unnest(changes) WHERE change <> 0
            ORDER BY agreement_id, day
            ON CONFLICT (agreement_id, day) DO UPDATE SET change = kept.change + excluded.change;
        DELETE FROM enrolment_placechange WHERE agreement_id = ANY (agreements) AND change = 0;
        PERFORM enrolment_refuse_oversold(agreements);
    END $$;
    REVOKE ALL ON FUNCTION enrolment_count_places(enrolment_days[]) FROM PUBLIC;
"""
COUNTING_REVERSE = """
    DROP FUNCTION enrolment_count_places(enrolment_days[]);
    DROP FUNCTION enrolment_refuse_oversold(bigint[]);
    DROP FUNCTION enrolment_refuse_other_isolation();
    DROP TYPE enrolment_days;
"""

ENROLLED = """
    CREATE FUNCTION enrolment_refuse_unknown(regions text[], imports bigint[], users bigint[])
    RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE unknown text;
    BEGIN
        PERFORM FROM regions_region WHERE code = ANY (regions) ORDER BY code FOR KEY SHARE;
        PERFORM FROM enrolment_rosterimport WHERE id = ANY (imports) ORDER BY id FOR KEY SHARE;
        PERFORM FROM accounts_user WHERE id = ANY (users) ORDER BY id FOR KEY SHARE;
        SELECT 'region ' || told INTO unknown FROM unnest(regions) told
            WHERE NOT EXISTS (SELECT FROM regions_region WHERE code = told)
            UNION ALL
            SELECT 'import ' || told FROM unnest(imports) told
            WHERE NOT EXISTS (SELECT FROM enrolment_rosterimport WHERE id = told)
            UNION ALL
            SELECT 'user ' || told FROM unnest(users) told
            WHERE NOT EXISTS (SELECT FROM accounts_user WHERE id = told)
            LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'there is no %', unknown
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'enrolment_names_what_exists';
        END IF;
    END $$;

    CREATE FUNCTION enrolment_places_taken() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        changes enrolment_days[];
        agreement text;
    BEGIN
        SELECT array_agg((agreement_id, day, change)::enrolment_days) INTO changes
            FROM (
                SELECT s.agreement_id, d.day, sum(d.change) AS change
                FROM (
                    SELECT agreement_id, starts_on, ends_on, count(*) AS people
                    FROM added GROUP BY agreement_id, starts_on, ends_on
                ) s, LATERAL (VALUES (s.starts_on, s.people), (s.ends_on, -s.people)) d (day, change)
                GROUP BY s.agreement_id, d.day
            ) t;
        IF changes IS NULL THEN
            RETURN NULL;
        END IF;
        PERFORM enrolment_count_places(changes);
        SELECT coalesce(number, agreement_id::text) INTO agreement
            FROM unnest(changes) LEFT JOIN sponsors_agreement a ON a.id = agreement_id
            WHERE a.state IS DISTINCT FROM 'approved' LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'agreement % is not in force: nobody is enrolled under it', agreement
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'enrolment_under_an_approved_agreement';
        END IF;
        PERFORM enrolment_refuse_unknown(
            ARRAY(SELECT DISTINCT region_id FROM added WHERE region_id IS NOT NULL),
            ARRAY(SELECT DISTINCT roster_import_id FROM added WHERE roster_import_id IS NOT NULL),
            ARRAY(SELECT DISTINCT ended_by_id FROM added WHERE ended_by_id IS NOT NULL)
        );
        IF EXISTS (
            SELECT FROM added a WHERE a.replaces_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM enrolment_enrolment e
                WHERE e.id = a.replaces_id AND e.agreement_id = a.agreement_id
            )
        ) THEN
            RAISE EXCEPTION 'an enrolment replaces one of its own agreement'
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'enrolment_names_what_exists';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER enrolment_places_taken AFTER INSERT ON enrolment_enrolment
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION enrolment_places_taken();
    ALTER TABLE enrolment_enrolment ENABLE ALWAYS TRIGGER enrolment_places_taken;
"""
ENROLLED_REVERSE = """
    DROP TRIGGER enrolment_places_taken ON enrolment_enrolment;
    DROP FUNCTION enrolment_places_taken();
    DROP FUNCTION enrolment_refuse_unknown(text[], bigint[], bigint[]);
"""

CHANGED = """
    CREATE FUNCTION enrolment_places_given_back() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE changes enrolment_days[];
    BEGIN
        IF EXISTS (
            SELECT FROM before b JOIN after a USING (id)
            WHERE (a.person_id, a.agreement_id, a.starts_on)
                    IS DISTINCT FROM (b.person_id, b.agreement_id, b.starts_on)
                OR (a.replaces_id IS DISTINCT FROM b.replaces_id AND a.replaces_id IS NOT NULL)
                OR a.ends_on > b.ends_on
                OR (b.ends_on IS NULL AND a.ends_on IS NOT NULL)
        ) THEN
            RAISE EXCEPTION 'an enrolment can only be made shorter'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'enrolment_only_gets_shorter';
        END IF;
        PERFORM enrolment_refuse_unknown(
            '{}', '{}', ARRAY(SELECT DISTINCT ended_by_id FROM after WHERE ended_by_id IS NOT NULL)
        );
        SELECT array_agg((agreement_id, day, change)::enrolment_days) INTO changes
            FROM (
                SELECT s.agreement_id, d.day, sum(d.change) AS change
                FROM (
                    SELECT agreement_id, starts_on, ends_on, -1 AS person FROM before
                    UNION ALL SELECT agreement_id, starts_on, ends_on, 1 FROM after
                ) s, LATERAL (VALUES (s.starts_on, s.person), (s.ends_on, -s.person)) d (day, change)
                WHERE s.ends_on IS NOT NULL
                GROUP BY s.agreement_id, d.day HAVING sum(d.change) <> 0
            ) t;
        IF changes IS NOT NULL THEN
            PERFORM enrolment_count_places(changes);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER enrolment_places_given_back AFTER UPDATE ON enrolment_enrolment
        REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION enrolment_places_given_back();
    ALTER TABLE enrolment_enrolment ENABLE ALWAYS TRIGGER enrolment_places_given_back;

    CREATE FUNCTION enrolment_places_undone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE changes enrolment_days[];
    BEGIN
        IF EXISTS (
            SELECT FROM enrolment_enrolment e JOIN removed r ON e.replaces_id = r.id
        ) THEN
            RAISE EXCEPTION 'an enrolment that was replaced stands'
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'enrolment_names_what_exists';
        END IF;
        SELECT array_agg((agreement_id, day, change)::enrolment_days) INTO changes
            FROM (
                SELECT agreement_id, day, sum(change) AS change
                FROM (
                    SELECT agreement_id, starts_on AS day, -1 AS change FROM removed
                        WHERE ends_on IS NOT NULL
                    UNION ALL SELECT agreement_id, ends_on, 1 FROM removed
                        WHERE ends_on IS NOT NULL
                ) days GROUP BY agreement_id, day HAVING sum(change) <> 0
            ) t;
        IF changes IS NOT NULL THEN
            PERFORM enrolment_count_places(changes);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER enrolment_places_undone AFTER DELETE ON enrolment_enrolment
        REFERENCING OLD TABLE AS removed
        FOR EACH STATEMENT EXECUTE FUNCTION enrolment_places_undone();
    ALTER TABLE enrolment_enrolment ENABLE ALWAYS TRIGGER enrolment_places_undone;
"""
CHANGED_REVERSE = """
    DROP TRIGGER enrolment_places_undone ON enrolment_enrolment;
    DROP TRIGGER enrolment_places_given_back ON enrolment_enrolment;
    DROP FUNCTION enrolment_places_undone();
    DROP FUNCTION enrolment_places_given_back();
"""

FEWER_PLACES = """
    CREATE FUNCTION enrolment_places_lowered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        PERFORM enrolment_refuse_other_isolation();
        PERFORM enrolment_refuse_oversold(ARRAY[NEW.id]);
        RETURN NULL;
    END $$;
    CREATE TRIGGER enrolment_places_lowered AFTER UPDATE ON sponsors_agreement
        FOR EACH ROW WHEN (NEW.places < OLD.places) EXECUTE FUNCTION enrolment_places_lowered();
    ALTER TABLE sponsors_agreement ENABLE ALWAYS TRIGGER enrolment_places_lowered;
"""
FEWER_PLACES_REVERSE = """
    DROP TRIGGER enrolment_places_lowered ON sponsors_agreement;
    DROP FUNCTION enrolment_places_lowered();
"""


STANDING = """
    CREATE FUNCTION enrolment_import_stands() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        RAISE EXCEPTION 'an import is undone, not deleted'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'roster_import_stands';
    END $$;
    CREATE TRIGGER enrolment_import_stands BEFORE DELETE ON enrolment_rosterimport
        FOR EACH STATEMENT EXECUTE FUNCTION enrolment_import_stands();
    ALTER TABLE enrolment_rosterimport ENABLE ALWAYS TRIGGER enrolment_import_stands;
"""
STANDING_REVERSE = """
    DROP TRIGGER enrolment_import_stands ON enrolment_rosterimport;
    DROP FUNCTION enrolment_import_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0001_initial"),
        ("sponsors", "0002_approved_agreements_stand"),
    ]

    operations = [
        migrations.RunSQL(CHAIN, CHAIN_REVERSE),
        migrations.RunSQL(COUNTING, COUNTING_REVERSE),
        migrations.RunSQL(ENROLLED, ENROLLED_REVERSE),
        migrations.RunSQL(CHANGED, CHANGED_REVERSE),
        migrations.RunSQL(FEWER_PLACES, FEWER_PLACES_REVERSE),
        migrations.RunSQL(STANDING, STANDING_REVERSE),
    ]
