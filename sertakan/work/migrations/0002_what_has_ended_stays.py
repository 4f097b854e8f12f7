"""A job that has ended never changes, and none is deleted."""

from django.db import migrations

ENDED = """
    CREATE FUNCTION work_refuse_change_of_ended() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'job % is not deleted', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_job_stays';
        END IF;
        IF OLD.state IN ('done', 'failed') THEN
            RAISE EXCEPTION 'job % has ended (%)', OLD.id, OLD.state
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_job_ends_once';
        END IF;
        IF OLD.state = 'waiting' AND NEW.state IN ('done', 'failed') THEN
            RAISE EXCEPTION 'job % has not begun', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_job_begins_before_it_ends';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER work_refuse_change_of_ended BEFORE UPDATE OR DELETE ON work_job
        FOR EACH ROW EXECUTE FUNCTION work_refuse_change_of_ended();
"""
ENDED_REVERSE = """
    DROP TRIGGER work_refuse_change_of_ended ON work_job;
    DROP FUNCTION work_refuse_change_of_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [migrations.RunSQL(ENDED, ENDED_REVERSE)]
