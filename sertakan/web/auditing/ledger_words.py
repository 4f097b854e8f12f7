"""The ledger in words: what an account holds, and what an entry was made for."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sertakan.claims.models import Claim, Decision
from sertakan.contributions.models import Allocation
from sertakan.ledger.models import Entry
from sertakan.sponsors.models import Sponsor
from sertakan.web.place_names import place_name

ACCOUNTS: Mapping[str, Promise] = {
    "bank": _("Money in the bank"),
    "receivable": _("Owed by sponsors"),
    "credit": _("Credit of sponsors"),
    "unmatched": _("Received from unknown senders"),
    "payable": _("Approved for families, not yet paid"),
    "contributions": _("Contributions"),
    "benefits": _("Benefits"),
    "penalties": _("Penalties for late payment"),
}
ENTRIES: Mapping[tuple[str, str], Promise] = {
    ("payment", ""): _("Payment received"),
    ("payment", "matched"): _("Sender of a payment found"),
    ("allocation", ""): _("Money used for a bill"),
    ("bill", "issued"): _("Bill issued"),
    ("decision", "approved"): _("Claim approved"),
    ("decision", "withdrawn"): _("Approval of a claim taken back"),
    ("claim", "paid"): _("Claim paid"),
}
OWNER = re.compile(r"^[a-z]+/((?:sponsor|claim)/[0-9]+)$")


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of an entry, in whole rupiah: a debit above zero, a credit below."""

    account: int
    name: str
    rupiah: int

    @property
    def credit(self) -> int:
        """What is credited, from zero up."""
        return max(-self.rupiah, 0)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words; `kind` and `number` name the record whose trail tells the rest."""

    entry: Entry
    what: str
    about: str
    kind: str
    number: str
    lines: list[Moved]


def named(codes: Collection[str]) -> dict[str, str]:
    """The words of accounts, with the sponsor's name or the claim's number where one owns it."""
    owners = {match[1] for code in codes if (match := OWNER.match(code))}
    names = _owners_named(owners)
    return {code: _account(code, names) for code in codes}


def _owners_named(owners: Collection[str]) -> dict[str, str]:
    """`sponsor/3` and `claim/5` as they are called."""
    numbers: dict[str, set[int]] = {"sponsor": set(), "claim": set()}
    for owner in owners:
        kind, number = owner.split("/")
        numbers[kind].add(int(number))
    names: dict[str, str] = {}
    if numbers["sponsor"]:
        sponsors = Sponsor.objects.filter(pk__in=numbers["sponsor"]).values_list("pk", "name")
        names |= {f"sponsor/{pk}": place_name(name) for pk, name in sponsors}
    if numbers["claim"]:
        claims = Claim.objects.filter(pk__in=numbers["claim"]).values_list("pk", "reference")
        names |= {f"claim/{pk}": reference for pk, reference in claims}
    return names


def _account(code: str, names: Mapping[str, str]) -> str:
    head, _slash, rest = code.partition("/")
    words = str(ACCOUNTS.get(head, head))
    return f"{words}: {names.get(rest, rest.upper())}" if rest else words


def told_of(entries: Iterable[Entry]) -> list[Told]:
    """The entries in words; their lines and accounts are read already."""
    entries = list(entries)
    names = named({line.account.code for entry in entries for line in entry.lines.all()})
    causes = _causes(entries)
    return [_told(entry, names, causes) for entry in entries]


def _told(
    entry: Entry, names: Mapping[str, str], causes: Mapping[tuple[str, int], tuple[str, str, str]]
) -> Told:
    head, number, step = [*entry.reference.split("/"), ""][:3]
    kind, number, about = causes.get((head, int(number)), (head, number, entry.memo))
    return Told(
        entry=entry,
        what=str(ENTRIES.get((head, step), entry.reference)),
        about=about,
        kind=kind,
        number=number,
        lines=[
            Moved(line.account_id, names[line.account.code], line.rupiah)
            for line in entry.lines.all()
        ],
    )


def _causes(entries: Iterable[Entry]) -> dict[tuple[str, int], tuple[str, str, str]]:
    """Of what is told under another record: its kind and number, and what it is called."""
    wanted: dict[str, list[int]] = {"allocation": [], "decision": []}
    for entry in entries:
        head, number, *_step = entry.reference.split("/")
        if head in wanted:
            wanted[head].append(int(number))
    causes: dict[tuple[str, int], tuple[str, str, str]] = {}
    if wanted["allocation"]:
        used = Allocation.objects.filter(pk__in=wanted["allocation"])
        for pk, bill, number in used.values_list("pk", "bill_id", "bill__number"):
            causes["allocation", pk] = ("bill", str(bill), number)
    if wanted["decision"]:
        decided = Decision.objects.filter(pk__in=wanted["decision"])
        for pk, claim, reference in decided.values_list("pk", "claim_id", "claim__reference"):
            causes["decision", pk] = ("claim", str(claim), reference)
    return causes
