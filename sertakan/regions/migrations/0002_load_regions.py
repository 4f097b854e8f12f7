"""Every region of the country (about 91,600), from the vendored list, in a second or two."""

from typing import Any

from django.db import migrations

from sertakan.regions.loading import load


def load_regions(apps: Any, schema_editor: Any) -> None:
    load(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [migrations.RunPython(load_regions, migrations.RunPython.noop)]
