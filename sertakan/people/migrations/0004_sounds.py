"""Words of names are found by their sound."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_merges_stay")]

    operations = [
        migrations.RemoveIndex(model_name="nameword", name="name_word_trigrams"),
        migrations.AddField(
            model_name="nameword",
            name="sound",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sound"], name="name_sound_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
