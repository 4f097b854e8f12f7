"""What an operation on jobs says when it will not be done."""

from sertakan.audit.errors import Refused


class RunsAlready(Refused):
    """The same work waits or runs already for the same scope."""


class CannotRetry(Refused):
    """Only what failed is begun anew, and once."""


class Stopping(BaseException):
    """The worker is asked to end: what runs is given back, and is done later.

    No Exception, so that no work takes it for a fault of its own.
    """
