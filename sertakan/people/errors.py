"""What an operation on people says when it will not be done."""

from sertakan.audit.errors import Refused


class PersonNotFound(Refused):
    """Nobody stands under this NIK or number."""


class NotAPerson(Refused):
    """What is told of a person cannot be: no NIK of 16 digits, no name, a NIK twice."""


class NikTaken(Refused):
    """The NIK stands for another person."""


class CannotMerge(Refused):
    """The two records cannot be made one, or cannot be taken apart again."""


class CannotDecrypt(Refused):
    """The key is not in the ring, or the stored bytes are not what was written."""
