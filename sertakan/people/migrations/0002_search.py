"""Names are searched by their words; regions are judged once a statement; a NIK index has 32 bytes."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import sertakan.people.models
from sertakan.regions.known import known_region_reverse_sql, known_region_sql

# An index needs functions that never change their mind, which unaccent does not promise by itself.
# Most names are plain letters: only the others go the slow way. (STRICT would keep the second
# function from being put in place where it is called, at four times the cost.)
NAME_WORDS = r"""
    CREATE FUNCTION people_plain_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(regexp_replace(
        regexp_replace(unaccent('unaccent', name), '[''`\u2018\u2019]', '', 'g'),
        '[^[:alnum:]]+', ' ', 'g'));

    CREATE FUNCTION people_name_words(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(string_to_array(lower(
        CASE WHEN name ~ '[^A-Za-z ]' THEN people_plain_name(name) ELSE name END COLLATE "C"
    ), ' '), '');
"""
NAME_WORDS_REVERSE = """
    DROP FUNCTION people_name_words(text);
    DROP FUNCTION people_plain_name(text);
"""
NIK_INDEX = """
    ALTER TABLE people_person
        ADD CONSTRAINT nik_index_has_32_bytes CHECK (octet_length(nik_index) = 32);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("regions", "0003_regions_stay"),
    ]

    operations = [
        migrations.RunSQL(NAME_WORDS, NAME_WORDS_REVERSE),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("word", models.CharField(max_length=200, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["word"], name="name_word_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RemoveIndex(model_name="person", name="person_name_trigrams"),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                sertakan.people.models.NameWords("name"), name="person_name_words"
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
        migrations.RunSQL(
            known_region_sql("people_person"), known_region_reverse_sql("people_person")
        ),
        migrations.RunSQL(
            NIK_INDEX, "ALTER TABLE people_person DROP CONSTRAINT nik_index_has_32_bytes;"
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                name="nobody_dies_before_birth",
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                name="merge_undone_by_someone_at_some_time",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ),
    ]
