"""Money is used once: what is allocated was received, and what is paid is whole lines.

`contributions_outstanding` is what is left to pay of a bill, `contributions_credit` the money of
a sponsor that is not used. Both are sums of facts; nothing of them is stored. As with bills,
whoever moves a sponsor's money holds the sponsor's row.
"""

from django.db import migrations

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

SUMS = """
    CREATE VIEW contributions_outstanding AS
        SELECT b.id AS bill_id, b.agreement_id, a.sponsor_id,
            b.total_rupiah
                + coalesce(c.rupiah, 0)  -- taken back before it was paid
                - coalesce(p.rupiah, 0) AS rupiah
        FROM contributions_bill b
        JOIN sponsors_agreement a ON a.id = b.agreement_id
        LEFT JOIN LATERAL (
            SELECT sum(total_rupiah + refund_rupiah)::bigint AS rupiah
            FROM contributions_bill WHERE corrects_id = b.id
        ) c ON true
        LEFT JOIN LATERAL (
            SELECT sum(rupiah)::bigint AS rupiah FROM contributions_allocation
            WHERE bill_id = b.id
        ) p ON true
        WHERE b.corrects_id IS NULL;

    CREATE VIEW contributions_owner AS
        SELECT p.id AS payment_id, p.rupiah, coalesce(p.sponsor_id, m.sponsor_id) AS sponsor_id
        FROM contributions_payment p LEFT JOIN contributions_matching m ON m.payment_id = p.id;

    CREATE VIEW contributions_credit AS
        SELECT s.id AS sponsor_id,
            (coalesce(p.rupiah, 0) + coalesce(m.rupiah, 0) + coalesce(b.refunded, 0)
                - coalesce(b.allocated, 0))::bigint AS rupiah
        FROM sponsors_sponsor s
        LEFT JOIN LATERAL (
            SELECT sum(rupiah) AS rupiah FROM contributions_payment WHERE sponsor_id = s.id
        ) p ON true
        LEFT JOIN LATERAL (
            SELECT sum(y.rupiah) AS rupiah FROM contributions_matching x
            JOIN contributions_payment y ON y.id = x.payment_id WHERE x.sponsor_id = s.id
        ) m ON true
        LEFT JOIN LATERAL (
            SELECT sum(x.refund_rupiah) AS refunded, sum(y.rupiah) AS allocated
            FROM sponsors_agreement a
            JOIN contributions_bill x ON x.agreement_id = a.id
            LEFT JOIN LATERAL (
                SELECT sum(rupiah) AS rupiah FROM contributions_allocation WHERE bill_id = x.id
            ) y ON true
            WHERE a.sponsor_id = s.id
        ) b ON true;
"""
SUMS_REVERSE = """
    DROP VIEW contributions_credit;
    DROP VIEW contributions_owner;
    DROP VIEW contributions_outstanding;
"""

ALLOCATIONS = """
    CREATE FUNCTION contributions_judge_allocations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        fault text;
        sponsors bigint[];
    BEGIN
        EXECUTE 'SELECT array_agg(DISTINCT o.sponsor_id) FROM added n
            JOIN contributions_outstanding o ON o.bill_id = n.bill_id' INTO sponsors;
        PERFORM contributions_hold_sponsors(sponsors);

        EXECUTE 'SELECT n.bill_id FROM added n
            LEFT JOIN contributions_outstanding o ON o.bill_id = n.bill_id
            LEFT JOIN contributions_owner w ON w.payment_id = n.payment_id
            WHERE o.bill_id IS NULL
                OR (n.payment_id IS NOT NULL AND w.sponsor_id IS DISTINCT FROM o.sponsor_id)
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'bill % is not one that this money can pay', fault
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'a_sponsors_money_pays_the_sponsors_bills';
        END IF;

        EXECUTE 'SELECT p.id FROM contributions_payment p JOIN LATERAL (
                SELECT sum(rupiah - from_credit) AS rupiah FROM contributions_allocation
                WHERE payment_id = p.id
            ) used ON used.rupiah > p.rupiah
            WHERE p.id IN (SELECT payment_id FROM added)
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'more of payment % is used than was received', fault
                USING ERRCODE = 'check_violation', CONSTRAINT = 'money_is_used_once';
        END IF;

        SELECT sponsor_id INTO fault FROM contributions_credit
            WHERE sponsor_id = ANY (sponsors) AND rupiah < 0 LIMIT 1;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'more money of sponsor % is used than there is', fault
                USING ERRCODE = 'check_violation', CONSTRAINT = 'money_is_used_once';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER contributions_judge_allocations AFTER INSERT ON contributions_allocation
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION contributions_judge_allocations();
    ALTER TABLE contributions_allocation ENABLE ALWAYS TRIGGER contributions_judge_allocations;

    CREATE FUNCTION contributions_allocation_pays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM contributions_paidmonth WHERE allocation_id = NEW.id) THEN
            RAISE EXCEPTION 'allocation % pays nothing', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_allocation_pays_whole_lines';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER contributions_allocation_pays AFTER INSERT
        ON contributions_allocation DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION contributions_allocation_pays();
    ALTER TABLE contributions_allocation ENABLE ALWAYS TRIGGER contributions_allocation_pays;
"""
ALLOCATIONS_REVERSE = """
    DROP TRIGGER contributions_allocation_pays ON contributions_allocation;
    DROP FUNCTION contributions_allocation_pays();
    DROP TRIGGER contributions_judge_allocations ON contributions_allocation;
    DROP FUNCTION contributions_judge_allocations();
"""

PAID_MONTHS = """
    CREATE FUNCTION contributions_judge_paid_months() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '128MB' AS $$
    DECLARE
        allocations bigint[];
        new_months bigint;
        fault text;
    BEGIN
        EXECUTE 'SELECT array_agg(allocation_id), sum(n) FROM (
                SELECT allocation_id, count(*) AS n FROM added GROUP BY allocation_id
            ) a' INTO allocations, new_months;
        IF allocations IS NULL THEN
            RETURN NULL;
        END IF;
        PERFORM contributions_hold_sponsors(ARRAY(
            SELECT o.sponsor_id FROM contributions_allocation a
            JOIN contributions_outstanding o ON o.bill_id = a.bill_id
            WHERE a.id = ANY (allocations)
        ));

        EXECUTE 'SELECT g.allocation_id
            FROM (
                SELECT n.allocation_id, count(*) AS months, sum(l.rupiah) AS rupiah,
                    bool_and(coalesce(
                        l.bill_id = a.bill_id AND n.paid_on = a."on" AND n.sequence % 2 = 0, false
                    )) AS fits
                FROM added n
                LEFT JOIN contributions_allocation a ON a.id = n.allocation_id
                LEFT JOIN contributions_billline l ON (l.person_id, l.month, l.sequence)
                    = (n.person_id, n.month, n.sequence)
                GROUP BY n.allocation_id
            ) g
            LEFT JOIN contributions_allocation a ON a.id = g.allocation_id
            WHERE a.id IS NULL OR NOT g.fits
                OR (g.months, g.rupiah) IS DISTINCT FROM (a.line_count, a.rupiah)
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL OR new_months <> (
            SELECT count(*) FROM contributions_paidmonth WHERE allocation_id = ANY (allocations)
        ) THEN
            RAISE EXCEPTION 'the months paid by allocation % are not those of its bill and rupiah',
                coalesce(fault, array_to_string(allocations, ', '))
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_allocation_pays_whole_lines';
        END IF;

        EXECUTE 'SELECT n.person_id || '' '' || to_char(n.month, ''YYYY-MM'')
            FROM added n JOIN contributions_billline t
                ON t.sequence IN (1, 3, 5, 7)
                AND (t.person_id, t.month, t.sequence) = (n.person_id, n.month, n.sequence + 1)
            LIMIT 1' INTO fault;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION 'the month of person % was taken back and cannot be paid', fault
                USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_taken_back_is_not_paid';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER contributions_judge_paid_months AFTER INSERT ON contributions_paidmonth
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION contributions_judge_paid_months();
    ALTER TABLE contributions_paidmonth ENABLE ALWAYS TRIGGER contributions_judge_paid_months;
"""
PAID_MONTHS_REVERSE = """
    DROP TRIGGER contributions_judge_paid_months ON contributions_paidmonth;
    DROP FUNCTION contributions_judge_paid_months();
"""

PAYMENTS = """
    CREATE FUNCTION contributions_payment_fits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF NEW.bill_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM contributions_outstanding
            WHERE bill_id = NEW.bill_id AND sponsor_id = NEW.sponsor_id
        ) THEN
            RAISE EXCEPTION 'bill % is not one that sponsor % pays', NEW.bill_id, NEW.sponsor_id
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'a_payment_of_a_bill_is_its_sponsors';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER contributions_payment_fits BEFORE INSERT ON contributions_payment
        FOR EACH ROW WHEN (NEW.bill_id IS NOT NULL)
        EXECUTE FUNCTION contributions_payment_fits();
    ALTER TABLE contributions_payment ENABLE ALWAYS TRIGGER contributions_payment_fits;

    CREATE FUNCTION contributions_matching_fits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM contributions_payment
            WHERE id = NEW.payment_id AND sponsor_id IS NOT NULL
        ) OR (NEW.bill_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM contributions_outstanding
            WHERE bill_id = NEW.bill_id AND sponsor_id = NEW.sponsor_id
        )) THEN
            RAISE EXCEPTION 'payment % is not unmatched money of sponsor %',
                NEW.payment_id, NEW.sponsor_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'unmatched_money_is_matched_once';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER contributions_matching_fits BEFORE INSERT ON contributions_matching
        FOR EACH ROW EXECUTE FUNCTION contributions_matching_fits();
    ALTER TABLE contributions_matching ENABLE ALWAYS TRIGGER contributions_matching_fits;
"""
PAYMENTS_REVERSE = """
    DROP TRIGGER contributions_matching_fits ON contributions_matching;
    DROP FUNCTION contributions_matching_fits();
    DROP TRIGGER contributions_payment_fits ON contributions_payment;
    DROP FUNCTION contributions_payment_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0002_bills_are_issued_whole")]

    operations = [
        migrations.RunSQL(SUMS, SUMS_REVERSE),
        migrations.RunSQL(PAYMENTS, PAYMENTS_REVERSE),
        migrations.RunSQL(ALLOCATIONS, ALLOCATIONS_REVERSE),
        migrations.RunSQL(PAID_MONTHS, PAID_MONTHS_REVERSE),
        *(
            migrations.RunSQL(append_only_sql(table), append_only_reverse_sql(table))
            for table in (
                "contributions_payment",
                "contributions_matching",
                "contributions_allocation",
                "contributions_paidmonth",
            )
        ),
    ]
