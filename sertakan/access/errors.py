"""What access will not do."""

from sertakan.audit.errors import Refused


class CannotAppoint(Refused):
    """The role does not fit the scope, or is held already."""


class CannotInvite(Refused):
    """Nobody can be invited so."""


class InvitationOver(Refused):
    """The invitation was used, taken back, or is too old."""


class CannotOpenAccount(Refused):
    """No account comes into being so."""


class CannotSwitch(Refused):
    """The account stays as it is."""
