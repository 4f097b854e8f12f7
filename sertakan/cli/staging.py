"""A fresh database in a folder of its own, before Django has read its settings.

For the demo and the benchmark: neither may touch what people have recorded.
"""

import os
import shutil
from datetime import date
from pathlib import Path

MARK = "may-be-thrown-away"


class CannotStage(Exception):
    """The stage would be built over what is not its own; the message is one sentence."""


def set_up(folder: Path, *, day: date | None = None) -> None:
    """Make `folder` the program's own (SERTAKAN_VAR) and its database new.

    With a `day`, the pages play on that day (SERTAKAN_DEMO_DAY), unless another one is set.
    Where DATABASE_URL names a server, its database is used and must hold no sponsor yet.
    Raises CannotStage when the folder, or that database, holds what is not ours to throw away.
    """
    folder = folder.absolute()
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise CannotStage(
            f"{folder} holds files that this command did not make; please name another folder."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.touch()
    os.environ["SERTAKAN_VAR"] = str(folder)
    if day is not None:
        os.environ.setdefault("SERTAKAN_DEMO_DAY", day.isoformat())

    import django

    django.setup()
    _discard_embedded()
    _migrate()
    _refuse_records()


def _discard_embedded() -> None:
    from django.conf import settings

    server = settings.DATABASES["default"]["EMBEDDED"]
    if server is not None:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _refuse_records() -> None:
    from sertakan.sponsors.models import Sponsor

    if Sponsor.objects.exists():
        raise CannotStage(
            "The database that DATABASE_URL names holds records; an empty one is needed."
        )
