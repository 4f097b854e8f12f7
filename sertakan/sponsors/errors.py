"""What an operation on sponsors and agreements says when it will not be done."""

from sertakan.audit.errors import Refused


class SponsorExists(Refused):
    """A sponsor of this kind is recorded under this name already."""


class SponsorNotFound(Refused):
    """No sponsor, or more than one, has this name."""


class NotAnAgreement(Refused):
    """What is told of an agreement cannot be: its days, places, budget, price or words."""


class AgreementNotFound(Refused):
    """No agreement has this number."""


class NotInForce(Refused):
    """The agreement is not in the state that this needs."""


class PlacesTaken(Refused):
    """There would be fewer places than are taken on some day."""


class BudgetSpent(Refused):
    """There would be less money than was billed."""


class CannotApprove(Refused):
    """A standing approval that cannot be given, or does not reach as far as an agreement."""


class DraftGone(Refused):
    """What was chosen is not there any more: it was sent, thrown away, or forgotten."""
