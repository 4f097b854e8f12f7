"""What an operation on people says when it will not be done."""

from django.utils.translation import gettext as _

from sertakan.audit.errors import Refused
from sertakan.encryption.errors import CannotDecrypt

__all__ = [
    "CannotDecrypt",
    "CannotMerge",
    "NikTaken",
    "NotAPerson",
    "PersonNotFound",
    "PurposeMissing",
]


class PersonNotFound(Refused):
    """Nobody stands under what was written: a NIK or a number."""

    def __init__(self, written: str) -> None:
        shown = f"{written[:6]}…" if len(written) > 10 else written
        super().__init__(_("Nobody is known under %s.") % shown)


class NotAPerson(Refused):
    """What is told of a person cannot be: no NIK of 16 digits, no name, a NIK twice."""


class NikTaken(Refused):
    """The NIK stands for another person."""


class CannotMerge(Refused):
    """The two records cannot be made one, or cannot be taken apart again."""


class PurposeMissing(Refused):
    """Nobody looks at personal data without saying what for."""
