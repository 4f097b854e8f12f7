"""The command line: one of the doors.

Every refusal is one sentence on standard error and exit status 2.
"""

import os
import sys


def main() -> None:
    """Run `sertakan`. Settings are read here, so that a bad one is a sentence too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sertakan.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        from sertakan.cli.app import app

        app()
    except (ImproperlyConfigured, OperationalError) as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
