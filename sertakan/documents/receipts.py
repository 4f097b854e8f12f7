"""The receipt: what arrived, when, by which reference, and what it paid."""

from dataclasses import dataclass
from datetime import date

from sertakan.documents.amounts_in_words import in_words
from sertakan.documents.papers import Issuer
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, words
from sertakan.documents.writing import count, day, grouped, months
from sertakan.vocabulary import Month, rupiah


@dataclass(frozen=True, slots=True)
class Allocated:
    """Lines of a bill that were paid: so many person-months, `from_credit` of it old money."""

    bill: str
    first_month: Month
    last_month: Month
    person_months: int
    rupiah: int
    from_credit: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment and what became of it; `credit` is the sponsor's after it, in rupiah."""

    number: str
    sponsor: str
    received_on: date
    rupiah: int
    bank: str
    bank_reference: str
    credit: int
    issuer: Issuer
    bill: str | None = None
    payment_code: str = ""
    allocated: tuple[Allocated, ...] = ()


def receipt(paper: Receipt, *, language: Language = "id") -> bytes:
    """The receipt on A4."""
    told = words("receipt", language)
    return pdf(
        "receipt",
        {
            "issuer": paper.issuer.as_content(),
            "number": paper.number,
            "rupiah": rupiah(paper.rupiah),
            "in_words": in_words(paper.rupiah, language),
            "facts": _facts(paper, language),
            "allocated": [
                [
                    each.bill,
                    months(each.first_month, each.last_month, language),
                    count(each.person_months, language),
                    rupiah(each.from_credit) if each.from_credit else told["none"],
                    rupiah(each.rupiah),
                ]
                for each in paper.allocated
            ],
            "credit": rupiah(paper.credit),
        },
        title=told["title"].format(number=paper.number),
        language=language,
        on=paper.received_on,
    )


def _facts(paper: Receipt, language: Language) -> list[list[str]]:
    told = words("receipt", language)
    return [
        [told["from"], paper.sponsor],
        [told["received_on"], day(paper.received_on, language)],
        [told["bank"], paper.bank],
        [told["reference"], paper.bank_reference],
        *([[told["for_bill"], paper.bill]] if paper.bill else []),
        *([[told["payment_code"], grouped(paper.payment_code)]] if paper.payment_code else []),
    ]
