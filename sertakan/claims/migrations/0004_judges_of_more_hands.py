"""What was sent back is not approved, what is withdrawn does not move, and a paid claim stands.

Of a paid claim only the encryption of the reporter's phone and e-mail may still be renewed.
"""

from django.db import migrations

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

APPROVALS = """
    CREATE OR REPLACE FUNCTION claims_judge_approval() RETURNS trigger
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
            {more}
        THEN
            RAISE EXCEPTION 'decision % is not the last word that can be approved', NEW.decision_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'the_last_decision_is_approved';
        END IF;
        RETURN NEW;
    END $$;
"""
NOT_SENT_BACK = "OR EXISTS (SELECT FROM claims_sentback WHERE decision_id = decision.id)"

SENT_BACK = """
    CREATE FUNCTION claims_judge_sent_back() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE decision claims_decision;
    BEGIN
        SELECT * INTO decision FROM claims_decision WHERE id = NEW.decision_id;
        PERFORM FROM claims_claim WHERE id = decision.claim_id FOR UPDATE;
        IF NEW.sent_back_by_id = decision.decided_by_id
            OR EXISTS (SELECT FROM claims_approval WHERE decision_id = decision.id)
            OR EXISTS (
                SELECT FROM claims_decision
                WHERE claim_id = decision.claim_id AND number > decision.number
            )
        THEN
            RAISE EXCEPTION 'decision % is not one to send back', NEW.decision_id
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'a_second_person_sends_back_what_is_not_approved';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_sent_back BEFORE INSERT ON claims_sentback
        FOR EACH ROW EXECUTE FUNCTION claims_judge_sent_back();
    ALTER TABLE claims_sentback ENABLE ALWAYS TRIGGER claims_judge_sent_back;
"""
SENT_BACK_REVERSE = """
    DROP TRIGGER claims_judge_sent_back ON claims_sentback;
    DROP FUNCTION claims_judge_sent_back();
"""

WITHDRAWALS = """
    CREATE FUNCTION claims_judge_withdrawal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        PERFORM FROM claims_claim WHERE id = NEW.claim_id FOR UPDATE;
        IF TG_OP = 'INSERT' AND claims_state(NEW.claim_id) NOT IN ('reported', 'decided') THEN
            RAISE EXCEPTION 'claim % is not one to withdraw', NEW.claim_id
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'only_an_open_claim_is_withdrawn';
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.resumed_at IS NOT NULL THEN
            RAISE EXCEPTION 'claim % was taken up again before', NEW.claim_id
                USING ERRCODE = 'restrict_violation',
                    CONSTRAINT = 'a_withdrawal_ends_once';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER claims_judge_withdrawal BEFORE INSERT OR UPDATE ON claims_withdrawal
        FOR EACH ROW EXECUTE FUNCTION claims_judge_withdrawal();
    ALTER TABLE claims_withdrawal ENABLE ALWAYS TRIGGER claims_judge_withdrawal;
    CREATE TRIGGER claims_withdrawal_stays BEFORE DELETE OR TRUNCATE ON claims_withdrawal
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    ALTER TABLE claims_withdrawal ENABLE ALWAYS TRIGGER claims_withdrawal_stays;
    CREATE TRIGGER claims_heiraccount_stays BEFORE DELETE OR TRUNCATE ON claims_heiraccount
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    ALTER TABLE claims_heiraccount ENABLE ALWAYS TRIGGER claims_heiraccount_stays;
"""
WITHDRAWALS_REVERSE = """
    DROP TRIGGER claims_heiraccount_stays ON claims_heiraccount;
    DROP TRIGGER claims_withdrawal_stays ON claims_withdrawal;
    DROP TRIGGER claims_judge_withdrawal ON claims_withdrawal;
    DROP FUNCTION claims_judge_withdrawal();
"""

STATE = """
    CREATE OR REPLACE FUNCTION claims_state(claim bigint) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
        SELECT coalesce(
            (SELECT 'paid' FROM claims_payout WHERE claim_id = claim),
            {more}
            (
                SELECT CASE WHEN a.id IS NULL THEN 'decided' WHEN d.outcome = 'payable'
                    THEN 'approved' ELSE 'refused' END
                FROM claims_decision d LEFT JOIN claims_approval a ON a.decision_id = d.id
                WHERE d.claim_id = claim ORDER BY d.number DESC LIMIT 1
            ),
            'reported'
        )
    $$;
"""
WITHDRAWN = """
            (
                SELECT 'withdrawn' FROM claims_withdrawal
                WHERE claim_id = claim AND resumed_at IS NULL
            ),
"""

CLAIMS = """
    CREATE OR REPLACE FUNCTION claims_judge_claim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF OLD.state = 'paid' {unless} THEN
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
"""
UNLESS_RENEWED = """
        AND to_jsonb(NEW) - ARRAY['reporter_phone_encrypted', 'reporter_email_encrypted']
            <> to_jsonb(OLD) - ARRAY['reporter_phone_encrypted', 'reporter_email_encrypted']
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_more_hands_on_a_claim")]

    operations = [
        migrations.RunSQL(
            append_only_sql("claims_sentback"), append_only_reverse_sql("claims_sentback")
        ),
        migrations.RunSQL(APPROVALS.format(more=NOT_SENT_BACK), APPROVALS.format(more="")),
        migrations.RunSQL(STATE.format(more=WITHDRAWN), STATE.format(more="")),
        migrations.RunSQL(CLAIMS.format(unless=UNLESS_RENEWED), CLAIMS.format(unless="")),
        migrations.RunSQL(SENT_BACK, SENT_BACK_REVERSE),
        migrations.RunSQL(WITHDRAWALS, WITHDRAWALS_REVERSE),
    ]
