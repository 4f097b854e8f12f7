"""The bill: one code to pay by, what each month costs, what the law says of it, who it is for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.documents import qr
from sertakan.documents.papers import Cited, Issuer, provision_rows
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, words
from sertakan.documents.writing import count, day, grouped, masked, month, months
from sertakan.vocabulary import Month, rupiah

PROGRAMMES = ("JKK", "JKM", "JHT")


@dataclass(frozen=True, slots=True)
class MonthCharged:
    """What one month of a bill comes to, in rupiah by programme."""

    month: Month
    people: int
    jkk: int
    jkm: int
    jht: int = 0

    @property
    def rupiah(self) -> int:
        return self.jkk + self.jkm + self.jht

    @property
    def by_programme(self) -> dict[str, int]:
        return {"JKK": self.jkk, "JKM": self.jkm, "JHT": self.jht}


@dataclass(frozen=True, slots=True)
class Correction:
    """A bill that took lines of this one back: `rupiah` is below zero."""

    number: str
    issued_on: date
    rupiah: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Billed:
    """A person on the list of a bill; `nik` is masked, `months` how many are charged."""

    name: str
    nik: str
    months: int
    rupiah: int


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill, or a correction: that one `corrects` another, has no code, and is below zero.

    `outstanding` is what is still to be paid; none: all of it. `refund` of a correction had
    been paid and is the sponsor's credit again. `listed` may be left empty.
    """

    number: str
    sponsor: str
    agreement: str
    issued_on: date
    due_on: date
    people: int
    charged: tuple[MonthCharged, ...]
    provisions: tuple[Cited, ...]
    issuer: Issuer
    payment_code: str | None = None
    outstanding: int | None = None
    corrects: str | None = None
    refund: int = 0
    corrections: tuple[Correction, ...] = ()
    listed: tuple[Billed, ...] = ()

    def __post_init__(self) -> None:
        if not self.charged:
            raise ValueError("a bill has months")
        if (self.payment_code is None) != (self.corrects is not None):
            raise ValueError("a bill has a payment code, and a correction has none")

    @property
    def total(self) -> int:
        return sum(each.rupiah for each in self.charged)

    @property
    def settled(self) -> bool:
        """Whether nothing of it is left to pay, so that its code must not be used again."""
        return self.outstanding == 0 and self.corrects is None


def bill(paper: Bill, *, language: Language = "id") -> bytes:
    """The bill on A4; the list of people, if there is one, from a new page on.

    Raises ValueError for a NIK that is not masked.
    """
    told = words("bill", language)
    kind = "" if paper.corrects is None else "_correction"
    return pdf(
        "bill",
        {
            "issuer": paper.issuer.as_content(),
            "heading": told[f"heading{kind}"],
            "number": paper.number,
            "pay": _pay(paper, language),
            "facts": _facts(paper, language),
            **_months(paper, language),
            "corrections": [
                [each.number, day(each.issued_on, language), each.reason, rupiah(each.rupiah)]
                for each in paper.corrections
            ],
            "provisions": provision_rows(paper.provisions, language),
            "listed": [
                [
                    count(place, language),
                    each.name,
                    masked(each.nik),
                    count(each.months, language),
                    rupiah(each.rupiah),
                ]
                for place, each in enumerate(paper.listed, 1)
            ],
        },
        title=told[f"title{kind}"].format(number=paper.number),
        language=language,
        on=paper.issued_on,
        rows=len(paper.listed),
    )


def _pay(paper: Bill, language: Language) -> dict[str, Any]:
    outstanding = paper.total if paper.outstanding is None else paper.outstanding
    code = None if paper.settled else paper.payment_code
    return {
        "settled": paper.settled,
        "code": code and grouped(code),
        "qr": code and qr.svg(code),
        "rupiah": rupiah(paper.total if paper.settled else outstanding),
        "due": day(paper.due_on, language),
        "refund": rupiah(paper.refund),
    }


def _facts(paper: Bill, language: Language) -> list[list[str]]:
    told, code = words("bill", language), paper.payment_code
    first, last = paper.charged[0].month, paper.charged[-1].month
    return [
        [told["sponsor"], paper.sponsor],
        [told["agreement"], paper.agreement],
        [told["months"], months(first, last, language)],
        [told["people_count"], told["people"].format(count=count(paper.people, language))],
        [told["issued"], day(paper.issued_on, language)],
        *([[told["payment_code"], grouped(code)]] if paper.settled and code else []),
        *([[told["corrects"], paper.corrects]] if paper.corrects else []),
    ]


def _months(paper: Bill, language: Language) -> dict[str, Any]:
    """A row a month with the programmes that cost anything, and the row of totals."""
    told = words("bill", language)
    totals = {name: sum(each.by_programme[name] for each in paper.charged) for name in PROGRAMMES}
    shown = [name for name in PROGRAMMES if totals[name]]
    return {
        "heads": [told["month"], told["people_count"], *shown, told["total"]],
        "months": [
            [
                month(each.month, language),
                count(each.people, language),
                *(rupiah(each.by_programme[name]) for name in shown),
                rupiah(each.rupiah),
            ]
            for each in paper.charged
        ],
        "totals": [told["total"], "", *(rupiah(totals[name]) for name in shown),
                   rupiah(paper.total)],
    }  # fmt: skip
