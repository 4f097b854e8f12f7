"""A bill comes whole: its lines in one statement, each for a month that was promised.

The trigger on lines judges a statement's rows at once, in the place of foreign keys, which look
at one row after another. Whoever adds lines holds the rows of the sponsor and then of the
agreement, so that what is paid, billed, ended or taken back meanwhile must wait; each question
then needs a fresh view of what is committed, which READ COMMITTED alone gives. A question that
reads the new rows is planned anew each time (EXECUTE), because they may be one or a million.
"""

from django.db import migrations

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

HOLDING = """
    CREATE FUNCTION contributions_hold_sponsors(sponsors bigint[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF current_setting('transaction_isolation')
            NOT IN ('read committed', 'read uncommitted')
        THEN
            RAISE EXCEPTION 'money is counted under READ COMMITTED, not %',
                upper(current_setting('transaction_isolation'))
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'money_is_counted_once';
        END IF;
        PERFORM FROM sponsors_sponsor WHERE id = ANY (sponsors) ORDER BY id FOR NO KEY UPDATE;
    END $$;
    REVOKE ALL ON FUNCTION contributions_hold_sponsors(bigint[]) FROM PUBLIC;

    CREATE FUNCTION contributions_hold_agreements(bills bigint[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE
        agreements bigint[] := ARRAY(
            SELECT DISTINCT agreement_id FROM contributions_bill WHERE id = ANY (bills)
        );
    BEGIN
        PERFORM contributions_hold_sponsors(ARRAY(
            SELECT sponsor_id FROM sponsors_agreement WHERE id = ANY (agreements)
        ));
        PERFORM FROM sponsors_agreement WHERE id = ANY (agreements)
            ORDER BY id FOR NO KEY UPDATE;
    END $$;
    REVOKE ALL ON FUNCTION contributions_hold_agreements(bigint[]) FROM PUBLIC;
"""
HOLDING_REVERSE = """
    DROP FUNCTION contributions_hold_agreements(bigint[]);
    DROP FUNCTION contributions_hold_sponsors(bigint[]);
"""

LINES = """
    CREATE FUNCTION contributions_judge_lines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '128MB' AS $$
    DECLARE
        bills bigint[];
        new_lines bigint;
        fault text;
    BEGIN
        EXECUTE 'SELECT array_agg(bill_id), sum(n) FROM (
                SELECT bill_id, count(*) AS n FROM added GROUP BY bill_id
            ) b' INTO bills, new_lines;
        IF bills IS NULL THEN
            RETURN NULL;
        END IF;
        PERFORM contributions_hold_agreements(bills);

        EXECUTE 'SELECT g.bill_id
            FROM (
                SELECT bill_id, count(*) AS lines, sum(rupiah) AS rupiah,
                    count(DISTINCT person_id) AS people, min(month) AS first, max(month) AS last,
                    min(sequence % 2) AS least, max(sequence % 2) AS most
                FROM added GROUP BY bill_id
            ) g
            LEFT JOIN contributions_bill b ON b.id = g.bill_id
            LEFT JOIN contributions_bill c ON c.id = b.corrects_id
            WHERE b.id IS NULL
                OR (g.lines, g.rupiah, g.people) <> (b.line_count, b.total_rupiah, b.people)
                OR g.first < b.first_month OR g.last > b.last_month
                OR (b.corrects_id IS NULL AND g.most = 1)
                OR (b.corrects_id IS NOT NULL AND (
                    g.least = 0 OR c.corrects_id IS NOT NULL OR c.agreement_id <> b.agreement_id
                ))
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL OR new_lines <> (
            SELECT count(*) FROM contributions_billline WHERE bill_id = ANY (bills)
        ) THEN
            RAISE EXCEPTION 'the lines of bill % are not those that it was issued with',
                coalesce(fault, array_to_string(bills, ', '))
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_bill_is_issued_whole';
        END IF;

        EXECUTE 'SELECT l.person_id || '' '' || to_char(l.month, ''YYYY-MM'')
            FROM added l
            JOIN contributions_bill b ON b.id = l.bill_id
            LEFT JOIN enrolment_enrolment e ON e.id = l.enrolment_id
                AND e.person_id = l.person_id AND e.agreement_id = b.agreement_id
                AND e.starts_on < (l.month + interval ''1 month'')::date AND e.ends_on > l.month
                AND NOT e.void
            WHERE l.sequence % 2 = 0 AND e.id IS NULL
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'no enrolment under this agreement promises the month of person %', fault
                USING ERRCODE = 'foreign_key_violation',
                    CONSTRAINT = 'a_line_charges_a_promised_month';
        END IF;

        EXECUTE 'SELECT l.person_id || '' '' || to_char(l.month, ''YYYY-MM'')
            FROM added l
            LEFT JOIN contributions_bill b ON b.id = l.bill_id
            LEFT JOIN contributions_billline o
                ON (o.person_id, o.month, o.sequence) = (l.person_id, l.month, l.sequence - 1)
            WHERE l.sequence > 0 AND (
                o.person_id IS NULL
                OR (l.sequence % 2 = 1 AND (
                    o.enrolment_id <> l.enrolment_id OR o.bill_id <> b.corrects_id
                    OR (o.jkk, o.jkm, o.jht) <> (-l.jkk, -l.jkm, -l.jht)
                ))
            )
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'person %: only what was charged is taken back, and only what was taken back is charged anew', fault
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'a_line_takes_back_what_was_charged';
        END IF;

        EXECUTE 'SELECT b.number
            FROM contributions_bill b
            LEFT JOIN (
                SELECT l.bill_id, -sum(l.rupiah) AS rupiah
                FROM added l
                JOIN contributions_paidmonth p ON (p.person_id, p.month, p.sequence)
                    = (l.person_id, l.month, l.sequence - 1)
                WHERE l.sequence % 2 = 1
                GROUP BY l.bill_id
            ) r ON r.bill_id = b.id
            WHERE b.id = ANY ($1) AND b.refund_rupiah <> coalesce(r.rupiah, 0)
            LIMIT 1' INTO fault USING bills;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'bill % does not refund what was paid of its lines', fault
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'a_correction_refunds_what_was_paid';
        END IF;

        PERFORM contributions_spend(bills);
        RETURN NULL;
    END $$;

    CREATE TRIGGER contributions_judge_lines AFTER INSERT ON contributions_billline
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION contributions_judge_lines();
    ALTER TABLE contributions_billline ENABLE ALWAYS TRIGGER contributions_judge_lines;

    CREATE FUNCTION contributions_bill_has_lines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM contributions_billline WHERE bill_id = NEW.id) THEN
            RAISE EXCEPTION 'bill % has no lines', NEW.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_bill_is_issued_whole';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER contributions_bill_has_lines AFTER INSERT ON contributions_bill
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION contributions_bill_has_lines();
    ALTER TABLE contributions_bill ENABLE ALWAYS TRIGGER contributions_bill_has_lines;
"""
LINES_REVERSE = """
    DROP TRIGGER contributions_bill_has_lines ON contributions_bill;
    DROP FUNCTION contributions_bill_has_lines();
    DROP TRIGGER contributions_judge_lines ON contributions_billline;
    DROP FUNCTION contributions_judge_lines();
"""

BUDGET = """
    CREATE FUNCTION contributions_refuse_overspent(agreements bigint[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE over record;
    BEGIN
        SELECT a.number, a.budget_rupiah, s.billed_rupiah INTO over
            FROM contributions_spending s JOIN sponsors_agreement a ON a.id = s.agreement_id
            WHERE s.agreement_id = ANY (agreements) AND s.billed_rupiah > a.budget_rupiah
            ORDER BY a.id LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'agreement % has a budget of % rupiah, and % would be billed',
                over.number, over.budget_rupiah, over.billed_rupiah
                USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_never_overspent';
        END IF;
    END $$;
    REVOKE ALL ON FUNCTION contributions_refuse_overspent(bigint[]) FROM PUBLIC;

    CREATE FUNCTION contributions_spend(bills bigint[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO contributions_spending AS kept (agreement_id, billed_rupiah)
            SELECT agreement_id, sum(total_rupiah) FROM contributions_bill
            WHERE id = ANY (bills) GROUP BY agreement_id ORDER BY agreement_id
            ON CONFLICT (agreement_id)
            DO UPDATE SET billed_rupiah = kept.billed_rupiah + excluded.billed_rupiah;
        PERFORM contributions_refuse_overspent(ARRAY(
            SELECT agreement_id FROM contributions_bill WHERE id = ANY (bills)
        ));
    END $$;
    REVOKE ALL ON FUNCTION contributions_spend(bigint[]) FROM PUBLIC;

    CREATE FUNCTION contributions_budget_lowered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        PERFORM contributions_refuse_overspent(ARRAY[NEW.id]);
        RETURN NULL;
    END $$;
    CREATE TRIGGER contributions_budget_lowered AFTER UPDATE ON sponsors_agreement
        FOR EACH ROW WHEN (NEW.budget_rupiah < OLD.budget_rupiah)
        EXECUTE FUNCTION contributions_budget_lowered();
    ALTER TABLE sponsors_agreement ENABLE ALWAYS TRIGGER contributions_budget_lowered;
"""
BUDGET_REVERSE = """
    DROP TRIGGER contributions_budget_lowered ON sponsors_agreement;
    DROP FUNCTION contributions_budget_lowered();
    DROP FUNCTION contributions_spend(bigint[]);
    DROP FUNCTION contributions_refuse_overspent(bigint[]);
"""

BILLED_STAYS = """
    CREATE FUNCTION contributions_billed_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE billed bigint;
    BEGIN
        PERFORM FROM sponsors_agreement WHERE id IN (SELECT agreement_id FROM removed)
            ORDER BY id FOR NO KEY UPDATE;
        EXECUTE 'SELECT r.id FROM removed r JOIN contributions_billline l
            ON l.person_id = r.person_id AND l.enrolment_id = r.id LIMIT 1' INTO billed;
        IF billed IS NOT NULL THEN
            RAISE EXCEPTION 'enrolment % was billed and stays', billed
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'a_billed_enrolment_stays';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER contributions_billed_stays AFTER DELETE ON enrolment_enrolment
        REFERENCING OLD TABLE AS removed
        FOR EACH STATEMENT EXECUTE FUNCTION contributions_billed_stays();
    ALTER TABLE enrolment_enrolment ENABLE ALWAYS TRIGGER contributions_billed_stays;
"""
BILLED_STAYS_REVERSE = """
    DROP TRIGGER contributions_billed_stays ON enrolment_enrolment;
    DROP FUNCTION contributions_billed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]

    operations = [
        migrations.RunSQL(HOLDING, HOLDING_REVERSE),
        migrations.RunSQL(BUDGET, BUDGET_REVERSE),
        migrations.RunSQL(LINES, LINES_REVERSE),
        migrations.RunSQL(BILLED_STAYS, BILLED_STAYS_REVERSE),
        *(
            migrations.RunSQL(append_only_sql(table), append_only_reverse_sql(table))
            for table in ("contributions_bill", "contributions_billline")
        ),
    ]
