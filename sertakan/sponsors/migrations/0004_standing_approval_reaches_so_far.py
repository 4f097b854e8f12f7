"""What was approved beforehand lies within what the approver has said, whoever writes it."""

from django.db import migrations

REACHES_SO_FAR = """
    CREATE FUNCTION sponsors_standing_approval_reaches_so_far() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM sponsors_standingapproval s
            WHERE s.id = NEW.standing_approval_id
                AND s.branch_id = NEW.branch_id
                AND s.given_by_id = NEW.approved_by_id
                AND s.given_at <= NEW.approved_at
                AND (s.ended_at IS NULL OR NEW.approved_at <= s.ended_at)
                AND NEW.places <= s.most_places
        )
            AND NEW.state <> 'draft'
            AND NEW.segment = 'BPU'
            AND NEW.fund IN ('own', 'company', 'state_enterprise')
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'standing approval % does not reach agreement %',
            NEW.standing_approval_id, NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standing_approval_reaches_so_far';
    END $$;
    CREATE TRIGGER sponsors_standing_approval_reaches_so_far BEFORE INSERT OR UPDATE
        ON sponsors_agreement FOR EACH ROW WHEN (NEW.standing_approval_id IS NOT NULL)
        EXECUTE FUNCTION sponsors_standing_approval_reaches_so_far();
    ALTER TABLE sponsors_agreement
        ENABLE ALWAYS TRIGGER sponsors_standing_approval_reaches_so_far;
"""
REACHES_SO_FAR_REVERSE = """
    DROP TRIGGER sponsors_standing_approval_reaches_so_far ON sponsors_agreement;
    DROP FUNCTION sponsors_standing_approval_reaches_so_far();
"""


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0003_people_share_names_standing_approvals_drafts")]

    operations = [migrations.RunSQL(REACHES_SO_FAR, REACHES_SO_FAR_REVERSE)]
