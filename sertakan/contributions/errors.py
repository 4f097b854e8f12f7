"""What contributions will not do."""

from sertakan.audit.errors import Refused


class NothingToBill(Refused):
    """No month that is promised is not charged yet."""


class BudgetExceeded(Refused):
    """The bill would go beyond the budget of its agreement."""


class NothingToTakeBack(Refused):
    """Every month that is charged is still promised."""


class CannotReceive(Refused):
    """A payment that is not one: no money, no reference, an unknown sponsor."""


class ReceivedOtherwise(CannotReceive):
    """The bank's reference stands already, with other facts."""


class CannotMatch(Refused):
    """The payment is not unmatched, or the bill is not one that can be paid."""


class CannotCover(Refused):
    """What a sponsor wants to cover cannot be covered so: nobody, too long, a price that moved."""
