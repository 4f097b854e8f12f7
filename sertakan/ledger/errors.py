"""What the ledger will not write."""

from sertakan.audit.errors import Refused


class CannotPost(Refused):
    """The entry does not balance, has no lines, or names an account of no known kind."""


class PostedOtherwise(CannotPost):
    """The reference stands already, with another day or other lines."""
