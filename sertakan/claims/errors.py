"""What is not done with a claim."""

from django.utils.translation import gettext as _

from sertakan.audit.errors import Refused
from sertakan.claims.models import Claim, State


class CannotReport(Refused):
    """The death cannot be reported so."""


class CannotMove(Refused):
    """The claim stands where this is not done."""

    def __init__(self, claim: Claim, state: State) -> None:
        super().__init__(
            _("Claim %(reference)s is %(state)s and cannot become %(wanted)s.")
            % {
                "reference": claim.reference,
                "state": State(claim.state).label,
                "wanted": state.label,
            }
        )


class CannotDecide(Refused):
    """Whoever reported a claim does not decide it; or its facts do not fit the law."""


class CannotConfirm(Refused):
    """The matter is not one that the law leaves to an officer."""


class CannotApprove(Refused):
    """The decision is not approved by this person, or not yet."""


class CannotPay(Refused):
    """The claim is not approved, or the money went already."""


class CannotWithdraw(Refused):
    """The claim is not taken back, or not taken up again, so."""


class CannotNoteAccount(Refused):
    """What is told is no bank account to pay to."""
