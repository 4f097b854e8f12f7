"""A demonstration with made-up people: whether this is one, and the password of its users.

The users of `sertakan demo` live in a database of their own that is thrown away. In production
there is no demonstration, whatever else is set.
"""

from django.conf import settings

PASSWORD = "pekerja-sekitar-kita"


def demonstrating() -> bool:
    """Whether the pages play a demonstration (SERTAKAN_DEMO_DAY)."""
    return settings.DEMO_DAY is not None and not settings.PRODUCTION
