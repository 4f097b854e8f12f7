"""What stands in the way of reading what was encrypted."""

from sertakan.audit.errors import Refused


class CannotDecrypt(Refused):
    """The key is not in the ring, or the stored bytes are not what was written."""
