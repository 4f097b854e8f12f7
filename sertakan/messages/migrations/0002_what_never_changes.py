"""A message that is over stays over, and a code that was used stays used."""

from django.db import migrations

MESSAGES = """
    CREATE FUNCTION outbox_refuse_sending_again() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'what was written into the outbox is not deleted'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_message_stays';
        END IF;
        IF OLD.state IN ('sent', 'kept', 'given_up')
            AND (NEW.state, NEW.sent_at, NEW.attempts) IS DISTINCT FROM
                (OLD.state, OLD.sent_at, OLD.attempts)
        THEN
            RAISE EXCEPTION 'message % is over (%)', OLD.id, OLD.state
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_message_is_sent_once';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER outbox_refuse_sending_again BEFORE UPDATE OR DELETE ON outbox_message
        FOR EACH ROW EXECUTE FUNCTION outbox_refuse_sending_again();
"""
MESSAGES_REVERSE = """
    DROP TRIGGER outbox_refuse_sending_again ON outbox_message;
    DROP FUNCTION outbox_refuse_sending_again();
"""

CODES = """
    CREATE FUNCTION outbox_refuse_using_again() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF OLD.used_at IS NOT NULL THEN
            RAISE EXCEPTION 'code % was used already', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_code_is_used_once';
        END IF;
        IF NEW.attempts_left > OLD.attempts_left
            OR NEW.used_at IS NOT NULL AND OLD.attempts_left = 0
        THEN
            RAISE EXCEPTION 'code % has no more attempts', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'attempts_run_out';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER outbox_refuse_using_again BEFORE UPDATE ON outbox_onetimecode
        FOR EACH ROW EXECUTE FUNCTION outbox_refuse_using_again();
"""
CODES_REVERSE = """
    DROP TRIGGER outbox_refuse_using_again ON outbox_onetimecode;
    DROP FUNCTION outbox_refuse_using_again();
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.RunSQL(MESSAGES, MESSAGES_REVERSE),
        migrations.RunSQL(CODES, CODES_REVERSE),
    ]
