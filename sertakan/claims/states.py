"""The life of a claim, as a table. Nothing else decides whether a claim may move."""

from sertakan.claims.errors import CannotMove
from sertakan.claims.models import Claim, State

MAY_BECOME: dict[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.DECIDED, State.WITHDRAWN}),
    State.DECIDED: frozenset({State.DECIDED, State.APPROVED, State.REFUSED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.PAID, State.DECIDED}),  # found wrong before it was paid
    State.REFUSED: frozenset({State.DECIDED}),  # an appeal, or new facts
    State.PAID: frozenset(),
    State.WITHDRAWN: frozenset(),  # until it is taken up again, where it stood
}


def check_may_become(claim: Claim, state: State) -> None:
    """Raises CannotMove."""
    if state not in MAY_BECOME[State(claim.state)]:
        raise CannotMove(claim, state)


def move(claim: Claim, state: State) -> None:
    """Write where the claim stands now; the database knows whether it is so."""
    claim.state = state
    claim.save(update_fields=["state"])


def held(claim: Claim) -> Claim:
    """The claim as it stands, held until the transaction ends."""
    return Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
