"""The minutes of handing over a benefit (berita acara): who gave what to whom, where and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.documents.amounts_in_words import in_words
from sertakan.documents.letters import Heir
from sertakan.documents.papers import Issuer
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, named, words
from sertakan.documents.writing import capital, day, long_day, masked
from sertakan.law.explanations import words as law_words
from sertakan.vocabulary import rupiah


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands over, and for which office: `("Dewi Lestari", "Kantor Cabang Madiun")`."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A benefit by its name in the law (`death_grant`), rupiah, and the source it rests on."""

    benefit: str
    rupiah: int
    source: str


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over for a death; `bank_reference` and `paid_on` once it is paid."""

    number: str
    on: date
    place: str
    claim: str
    deceased: str
    deceased_nik: str
    died_on: date
    giver: Giver
    receiver: Heir
    amounts: tuple[Amount, ...]
    issuer: Issuer
    witnesses: tuple[str, ...] = ()
    paid_on: date | None = None
    bank_reference: str = ""


def handover_minutes(paper: Handover, *, language: Language = "id") -> bytes:
    """The minutes on A4, with places to sign. Raises ValueError for a NIK not masked."""
    told = words("handover", language)
    total = sum(each.rupiah for each in paper.amounts)
    return pdf(
        "handover",
        {
            "issuer": paper.issuer.as_content(),
            "number": paper.number,
            "opening": told["opening"].format(day=long_day(paper.on, language), place=paper.place),
            "parties": _parties(paper, language),
            "statement": told["statement"].format(
                deceased=paper.deceased,
                nik=masked(paper.deceased_nik),
                died_on=day(paper.died_on, language),
                claim=paper.claim,
            ),
            "amounts": [
                [benefit(each.benefit, language), each.source, rupiah(each.rupiah)]
                for each in paper.amounts
            ],
            "total": rupiah(total),
            "in_words": in_words(total, language),
            "paid": _paid(paper, language),
            "signatures": _signatures(paper, language),
        },
        title=told["title"].format(number=paper.number),
        language=language,
        on=paper.on,
    )


def benefit(name: str, language: Language) -> str:
    """The law's word for a benefit: `Santunan kematian`."""
    return capital(law_words()["benefits"][name][language])


def _parties(paper: Handover, language: Language) -> list[dict[str, Any]]:
    told = words("handover", language)
    heir = paper.receiver
    return [
        {
            "as": told["giver"],
            "facts": [[told["name"], paper.giver.name], [told["office"], paper.giver.office]],
        },
        {
            "as": told["receiver"],
            "facts": [
                [told["name"], heir.name],
                *([[told["nik"], masked(heir.nik)]] if heir.nik else []),
                [told["relation"], capital(named("relations", heir.relation, language))],
                *([[told["address"], heir.address]] if heir.address else []),
            ],
        },
    ]


def _paid(paper: Handover, language: Language) -> str:
    if paper.paid_on is None:
        return ""
    told = words("handover", language)
    on = day(paper.paid_on, language)
    return str(told["paid"].format(on=on, reference=paper.bank_reference))


def _signatures(paper: Handover, language: Language) -> list[list[dict[str, Any]]]:
    told = words("handover", language)
    parties = [
        {"as": told["giver_as"], "name": paper.giver.name, "lines": [paper.giver.office]},
        {"as": told["receiver_as"], "name": paper.receiver.name, "lines": []},
    ]
    witnesses = [{"as": told["witness_as"], "name": name, "lines": []} for name in paper.witnesses]
    return [parties, witnesses] if witnesses else [parties]
