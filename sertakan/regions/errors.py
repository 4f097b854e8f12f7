"""How regions refuse."""

from sertakan.audit.errors import Refused


class NotBoundaries(Refused):
    """A file from which no boundaries can be loaded; nothing of it was."""


class NotABranch(Refused):
    """A branch cannot be recorded as it was described."""
