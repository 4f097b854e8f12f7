"""Who may decide, approve and pay, and that what is paid is what was decided.

Each statement about a claim holds the claim's row first, so that two officers see one after the
other. The state of a claim follows from its decisions, approval and payout and cannot say else.
"""

from django.db import migrations

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

DECISIONS = """
    CREATE FUNCTION claims_judge_decision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        reporter bigint;
        law_says text := NEW.answer ->> 'outcome';
    BEGIN
        SELECT reported_by_id INTO reporter FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
        IF NEW.decided_by_id = reporter THEN
            RAISE EXCEPTION 'claim % is not decided by whoever reported it', NEW.claim_id
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'nobody_decides_a_claim_they_reported';
        END IF;
        IF EXISTS (SELECT FROM claims_payout WHERE claim_id = NEW.claim_id) THEN
            RAISE EXCEPTION 'claim % is paid', NEW.claim_id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_paid_claim_stands';
        END IF;
        IF NEW.number <> 1 + (
            SELECT count(*) FROM claims_decision WHERE claim_id = NEW.claim_id
        ) THEN
            RAISE EXCEPTION 'decisions of claim % are numbered in order', NEW.claim_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_of_a_claim_are_numbered';
        END IF;
        IF NEW.cash_rupiah IS DISTINCT FROM (NEW.answer ->> 'cash_total')::bigint
            OR NOT (
                NEW.outcome = law_says
                OR (law_says = 'review' AND NEW.outcome = 'payable' AND NOT EXISTS (
                    SELECT FROM jsonb_array_elements_text(NEW.answer -> 'review_because') reason
                    WHERE NOT EXISTS (
                        SELECT FROM claims_confirmation c
                        WHERE c.claim_id = NEW.claim_id AND c.matter = reason
                    )
                ))
            )
        THEN
            RAISE EXCEPTION 'decision % of claim % is not what the law says', NEW.number, NEW.claim_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_decision_is_what_the_law_says';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_decision BEFORE INSERT ON claims_decision
        FOR EACH ROW EXECUTE FUNCTION claims_judge_decision();
    ALTER TABLE claims_decision ENABLE ALWAYS TRIGGER claims_judge_decision;
"""
DECISIONS_REVERSE = """
    DROP TRIGGER claims_judge_decision ON claims_decision;
    DROP FUNCTION claims_judge_decision();
"""

APPROVALS = """
    CREATE FUNCTION claims_judge_approval() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE decision claims_decision;
    BEGIN
        SELECT * INTO decision FROM claims_decision WHERE id = NEW.decision_id;
        PERFORM FROM claims_claim WHERE id = decision.claim_id FOR UPDATE;
        IF NEW.decided_by_id IS DISTINCT FROM decision.decided_by_id
            OR decision.outcome NOT IN ('payable', 'refused')
            OR EXISTS (
                SELECT FROM claims_decision
                WHERE claim_id = decision.claim_id AND number > decision.number
            )
            OR EXISTS (SELECT FROM claims_payout WHERE claim_id = decision.claim_id)
        THEN
            RAISE EXCEPTION 'decision % is not the last word that can be approved', NEW.decision_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'the_last_decision_is_approved';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_approval BEFORE INSERT ON claims_approval
        FOR EACH ROW EXECUTE FUNCTION claims_judge_approval();
    ALTER TABLE claims_approval ENABLE ALWAYS TRIGGER claims_judge_approval;
"""
APPROVALS_REVERSE = """
    DROP TRIGGER claims_judge_approval ON claims_approval;
    DROP FUNCTION claims_judge_approval();
"""

PAYOUTS = """
    CREATE FUNCTION claims_judge_payout() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE decision claims_decision;
    BEGIN
        PERFORM FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
        SELECT d.* INTO decision
            FROM claims_approval a JOIN claims_decision d ON d.id = a.decision_id
            WHERE a.id = NEW.approval_id;
        IF decision.claim_id IS DISTINCT FROM NEW.claim_id OR decision.outcome <> 'payable'
            OR decision.cash_rupiah <> NEW.rupiah
            OR EXISTS (
                SELECT FROM claims_decision
                WHERE claim_id = NEW.claim_id AND number > decision.number
            )
            OR NOT EXISTS (
                SELECT FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                WHERE l.entry_id = NEW.entry_id AND a.code = 'bank' AND l.rupiah = -NEW.rupiah
            )
        THEN
            RAISE EXCEPTION 'the payout of claim % is not what was decided and approved', NEW.claim_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'what_is_paid_was_decided';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_payout BEFORE INSERT ON claims_payout
        FOR EACH ROW EXECUTE FUNCTION claims_judge_payout();
    ALTER TABLE claims_payout ENABLE ALWAYS TRIGGER claims_judge_payout;
"""
PAYOUTS_REVERSE = """
    DROP TRIGGER claims_judge_payout ON claims_payout;
    DROP FUNCTION claims_judge_payout();
"""

CONFIRMATIONS = """
    CREATE FUNCTION claims_judge_confirmation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        PERFORM FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
        IF NEW.matter LIKE 'missing:%' OR NOT EXISTS (
            SELECT FROM claims_decision
            WHERE claim_id = NEW.claim_id AND answer -> 'review_because' ? NEW.matter
        ) THEN
            RAISE EXCEPTION 'claim %: % is not left to an officer', NEW.claim_id, NEW.matter
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_confirmation_answers_a_review';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_confirmation BEFORE INSERT ON claims_confirmation
        FOR EACH ROW EXECUTE FUNCTION claims_judge_confirmation();
    ALTER TABLE claims_confirmation ENABLE ALWAYS TRIGGER claims_judge_confirmation;
"""
CONFIRMATIONS_REVERSE = """
    DROP TRIGGER claims_judge_confirmation ON claims_confirmation;
    DROP FUNCTION claims_judge_confirmation();
"""

STATES = """
    CREATE FUNCTION claims_state(claim bigint) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
        SELECT coalesce(
            (SELECT 'paid' FROM claims_payout WHERE claim_id = claim),
            (
                SELECT CASE WHEN a.id IS NULL THEN 'decided' WHEN d.outcome = 'payable'
                    THEN 'approved' ELSE 'refused' END
                FROM claims_decision d LEFT JOIN claims_approval a ON a.decision_id = d.id
                WHERE d.claim_id = claim ORDER BY d.number DESC LIMIT 1
            ),
            'reported'
        )
    $$;

    CREATE FUNCTION claims_judge_claim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF OLD.state = 'paid' THEN
            RAISE EXCEPTION 'claim % is paid', OLD.reference
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_paid_claim_stands';
        END IF;
        IF NEW.state <> claims_state(NEW.id) THEN
            RAISE EXCEPTION 'claim % is %, not %', NEW.reference, claims_state(NEW.id), NEW.state
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'the_state_of_a_claim_is_what_was_done';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_claim BEFORE UPDATE ON claims_claim
        FOR EACH ROW EXECUTE FUNCTION claims_judge_claim();
    ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claims_judge_claim;

    CREATE FUNCTION claims_new_claim() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF NEW.state <> 'reported' THEN
            RAISE EXCEPTION 'a claim begins as reported'
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'the_state_of_a_claim_is_what_was_done';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_new_claim BEFORE INSERT ON claims_claim
        FOR EACH ROW EXECUTE FUNCTION claims_new_claim();
    ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claims_new_claim;

    CREATE TRIGGER claims_claim_stays BEFORE DELETE OR TRUNCATE ON claims_claim
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claims_claim_stays;
"""
STATES_REVERSE = """
    DROP TRIGGER claims_claim_stays ON claims_claim;
    DROP TRIGGER claims_new_claim ON claims_claim;
    DROP FUNCTION claims_new_claim();
    DROP TRIGGER claims_judge_claim ON claims_claim;
    DROP FUNCTION claims_judge_claim();
    DROP FUNCTION claims_state(bigint);
"""
APPEND_ONLY = (
    "claims_document", "claims_decision", "claims_confirmation", "claims_approval", "claims_payout",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(append_only_sql(table), append_only_reverse_sql(table))
            for table in APPEND_ONLY
        ),
        migrations.RunSQL(DECISIONS, DECISIONS_REVERSE),
        migrations.RunSQL(APPROVALS, APPROVALS_REVERSE),
        migrations.RunSQL(PAYOUTS, PAYOUTS_REVERSE),
        migrations.RunSQL(CONFIRMATIONS, CONFIRMATIONS_REVERSE),
        migrations.RunSQL(STATES, STATES_REVERSE),
    ]
