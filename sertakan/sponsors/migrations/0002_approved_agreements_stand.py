"""Once approved, an agreement stands: only its places and its budget may change, and its closing."""

from django.db import migrations

APPROVED_STANDS = """
    CREATE FUNCTION sponsors_approved_agreement_stands() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE may_change text[] := ARRAY['places', 'budget_rupiah', 'state'];
    BEGIN
        IF TG_OP = 'UPDATE'
            AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
            AND (NEW.state = OLD.state OR NEW.state = 'closed')
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'agreement % is approved: % is refused', OLD.number, TG_OP
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'approved_agreement_stands';
    END $$;
    CREATE TRIGGER sponsors_approved_agreement_stands BEFORE UPDATE OR DELETE
        ON sponsors_agreement FOR EACH ROW WHEN (OLD.state <> 'draft')
        EXECUTE FUNCTION sponsors_approved_agreement_stands();
    ALTER TABLE sponsors_agreement ENABLE ALWAYS TRIGGER sponsors_approved_agreement_stands;
"""
APPROVED_STANDS_REVERSE = """
    DROP TRIGGER sponsors_approved_agreement_stands ON sponsors_agreement;
    DROP FUNCTION sponsors_approved_agreement_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0001_initial")]

    operations = [migrations.RunSQL(APPROVED_STANDS, APPROVED_STANDS_REVERSE)]
