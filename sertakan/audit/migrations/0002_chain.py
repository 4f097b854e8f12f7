"""Events and links are never changed; links are made by a function of the database alone."""

import django.core.serializers.json
from django.db import migrations, models

from sertakan.postgres.grants import append_only_reverse_sql, append_only_sql

# What is hashed is told once more in `audit.queries`, which reads the chain again.
SEALING = """
    CREATE FUNCTION audit_seal_events(sealed_at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        event record;
        link bigint;
        first_link bigint;
        link_hash bytea;
        hash_before bytea;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('audit_seal', 0));
        SELECT s.position, s.hash INTO link, link_hash
            FROM audit_seal s ORDER BY s.position DESC LIMIT 1;
        link := coalesce(link, 0);
        first_link := link;
        link_hash := coalesce(link_hash, decode(repeat('00', 32), 'hex'));
        FOR event IN
            SELECT e.id, e.at AT TIME ZONE 'UTC' AS at, e.actor_id, e.verb, e.subject_type,
                   e.subject_id, e.details
            FROM audit_event e
            WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
            ORDER BY e.id
        LOOP
            link := link + 1;
            hash_before := link_hash;
            link_hash := sha256(hash_before || convert_to(jsonb_build_array(
                link, sealed_at AT TIME ZONE 'UTC', event.id, event.at, event.actor_id,
                event.verb, event.subject_type, event.subject_id, event.details
            )::text, 'UTF8'));
            INSERT INTO audit_seal (position, event_id, previous_hash, hash, sealed_at)
                VALUES (link, event.id, hash_before, link_hash, sealed_at);
        END LOOP;
        RETURN link - first_link;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterField(
            "event",
            "details",
            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.RunSQL(append_only_sql("audit_event"), append_only_reverse_sql("audit_event")),
        migrations.RunSQL(append_only_sql("audit_seal"), append_only_reverse_sql("audit_seal")),
        migrations.RunSQL(SEALING, "DROP FUNCTION audit_seal_events(timestamptz);"),
    ]
