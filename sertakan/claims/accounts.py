"""Where the money of a claim goes: the heir's bank account, encrypted, shown by its end."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.errors import CannotMove, CannotNoteAccount
from sertakan.claims.models import Claim, HeirAccount, State
from sertakan.claims.states import held
from sertakan.encryption.at_rest import decrypt, encrypt
from sertakan.people.encryption import nik_index

FIELD = "heir_account"
FEWEST_DIGITS, MOST_DIGITS = 6, 20
SHOWN = 4


@transaction.atomic
def note_account(
    *, claim: Claim, holder: str, bank: str, number: str, by: User, now: datetime
) -> HeirAccount:
    """Note the account that is to be paid; it takes the place of the one before.

    Raises CannotNoteAccount, and CannotMove once the claim is paid.
    """
    claim = held(claim)
    if claim.state == State.PAID:
        raise CannotMove(claim, State.APPROVED)
    digits = "".join(mark for mark in number if mark not in " .-")
    if not (digits.isascii() and digits.isdecimal()) or not (
        FEWEST_DIGITS <= len(digits) <= MOST_DIGITS
    ):
        raise CannotNoteAccount(
            _("An account number has %(fewest)s to %(most)s digits.")
            % {"fewest": FEWEST_DIGITS, "most": MOST_DIGITS}
        )
    if not holder.strip() or not bank.strip():
        raise CannotNoteAccount(_("Say whose account it is, and at which bank."))
    account = HeirAccount.objects.create(
        claim=claim,
        holder=" ".join(holder.split()),
        bank=" ".join(bank.split()),
        heir_account_encrypted=encrypt(digits, FIELD),
        account_index=account_index(bank, digits),
        noted_at=now,
        noted_by=by,
    )
    record(verb="account_noted", subject_type="claim", subject_id=claim.pk, by=by, at=now)
    return account


def account_index(bank: str, digits: str) -> bytes:
    """What an account is found by: a keyed hash of the bank's name and the number."""
    return nik_index(f"account {''.join(bank.lower().split())} {digits}")


def account_of(claim: Claim) -> HeirAccount | None:
    """The account that counts: the last that was noted."""
    return claim.accounts.order_by("-pk").first()


def masked(account: HeirAccount) -> str:
    """The number as pages show it: how it ends."""
    number = _number(account)
    return f"{'•' * (len(number) - SHOWN)}{number[-SHOWN:]}"


@transaction.atomic
def unmask_account(*, account: HeirAccount, purpose: str, by: User, now: datetime) -> str:
    """The whole number, for a purpose that is written down. Raises CannotNoteAccount."""
    if not purpose.strip():
        raise CannotNoteAccount(_("Say what it is needed for; it is written down."))
    record(
        verb="unmasked", subject_type="claim", subject_id=account.claim_id, by=by, at=now,
        purpose=purpose.strip(), what="account",
    )  # fmt: skip
    return _number(account)


def _number(account: HeirAccount) -> str:
    return decrypt(account.heir_account_encrypted, FIELD)
