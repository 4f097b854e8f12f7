"""Whose paper it is, and whom to call: the insurer's branch as it is recorded."""

from django.conf import settings

from sertakan.documents.cards import Contact, Help
from sertakan.documents.papers import Issuer
from sertakan.regions.models import Branch

INSURER = "BPJS Ketenagakerjaan"


def office(branch: Branch | None) -> str:
    """The name of a branch as the insurer's; without one, the insurer's own."""
    return f"{INSURER} {branch.name}" if branch else INSURER


def issuer_of(branch: Branch | None) -> Issuer:
    """The head of a paper: the office, its address, and how it is reached."""
    if branch is None:
        return Issuer(INSURER)
    reached = " · ".join(filter(None, (branch.phone, branch.email)))
    return Issuer(office(branch), tuple(filter(None, (branch.address, reached))))


def help_of(branch: Branch | None, *, host: str) -> Help:
    """The back of a card: the branch where its telephone is known, the insurer, and where a card
    is checked."""
    insurer = Contact(INSURER, settings.HELP_PHONE)
    near = (Contact(branch.name, branch.phone),) if branch and branch.phone else ()
    return Help((*near, insurer), f"{host}/cek")
