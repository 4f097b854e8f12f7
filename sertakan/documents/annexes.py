"""The annex to an agreement (lampiran PKS): its terms, and everyone in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sertakan.documents.papers import Issuer
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, named, words
from sertakan.documents.writing import capital, count, day, days, masked
from sertakan.vocabulary import rupiah


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person in the list: masked NIK, work (`Category` or words), place, first and last day."""

    name: str
    nik: str
    category: str
    region: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Annex:
    """An agreement's terms on a day; `fund` and `programmes` by their values in the records."""

    agreement: str
    sponsor: str
    first_day: date
    last_day: date
    places: int
    budget: int
    fund: str
    programmes: tuple[str, ...]
    as_of: date
    issuer: Issuer


def agreement_annex(
    paper: Annex, people: Sequence[Enrolled], *, language: Language = "id"
) -> bytes:
    """The annex on A4, the list in the order given, its head on every page.

    Raises ValueError for a NIK that is not masked.
    """
    told = words("annex", language)
    return pdf(
        "annex",
        {
            "issuer": paper.issuer.as_content(),
            "number": paper.agreement,
            "facts": _facts(paper, len(people), language),
            "people": [
                [
                    count(place, language),
                    each.name,
                    masked(each.nik),
                    named("categories", each.category, language),
                    each.region,
                    f"{each.first_day:%d/%m/%Y} – {each.last_day:%d/%m/%Y}",
                ]
                for place, each in enumerate(people, 1)
            ],
        },
        title=told["title"].format(number=paper.agreement),
        language=language,
        on=paper.as_of,
        rows=len(people),
    )


def _facts(paper: Annex, people: int, language: Language) -> list[list[str]]:
    told = words("annex", language)
    programmes = ", ".join(named("programmes", each, language) for each in paper.programmes)
    return [
        [told["sponsor"], paper.sponsor],
        [told["period"], days(paper.first_day, paper.last_day, language)],
        [told["places"], told["people"].format(count=count(paper.places, language))],
        [told["enrolled"], told["people"].format(count=count(people, language))],
        [told["fund"], capital(named("funds", paper.fund, language))],
        [told["budget"], rupiah(paper.budget)],
        [told["programmes_of"], programmes],
        [told["as_of"], day(paper.as_of, language)],
    ]
