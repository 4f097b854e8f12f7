"""How figures refuse."""

from sertakan.audit.errors import Refused


class NotAFigure(Refused):
    """A denominator without what makes it one."""
