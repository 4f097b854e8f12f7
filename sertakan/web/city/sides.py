"""Two people side by side: what is told of each, where they differ, and what speaks for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sertakan.enrolment.models import Enrolment, RosterRow, Waiting
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from sertakan.rosters.linkage.records import PersonFacts
from sertakan.rosters.linkage.score_pair import PairScore, score_pair
from sertakan.web.masking import masked, told_apart
from sertakan.web.place_names import place_name

Stretches = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its facts, where it stands, and the person in the records, if it is one."""

    facts: PersonFacts
    where: str
    region: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of both in stretches of text, each with whether it differs."""

    label: str | Promise
    one: Stretches
    other: Stretches

    @property
    def differs(self) -> bool:
        return any(different for _text, different in (*self.one, *self.other))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the comparison found: a word for how likely, and sentences for and against."""

    likely: str | Promise
    speaks_for: Sequence[str]
    speaks_against: Sequence[str]


def side_of_row(row: RosterRow) -> Side:
    """A row of a roster."""
    facts = PersonFacts(
        nik=decrypt(row.nik_encrypted, "nik") if row.nik_encrypted else None,
        name=row.name or None,
        birth_date=row.birth_date,
        sex=row.sex or None,
        address=row.address or None,
        phone=decrypt(row.phone_encrypted, "phone") if row.phone_encrypted else None,
        mother_name=None,
    )
    return Side(facts, where_of(str(row)), place_name(row.region.name) if row.region else "")


def side_of_person(person: Person, where: str = "") -> Side:
    """A person in the records."""
    facts = PersonFacts(
        nik=decrypt(person.nik_encrypted, "nik"),
        name=person.name,
        birth_date=person.birth_date,
        sex=person.sex or None,
        address=person.address or None,
        phone=decrypt(person.phone_encrypted, "phone") if person.phone_encrypted else None,
        mother_name=(
            decrypt(person.mother_name_encrypted, "mother_name")
            if person.mother_name_encrypted
            else None
        ),
    )
    region = place_name(person.region.name) if person.region else ""
    return Side(facts, where, region, person)


def holder_of(row: RosterRow) -> Side | None:
    """Whom a row may double: the person that the other row became, or that row itself."""
    told = {"roster_import": row.roster_import_id, "roster_source": row.duplicate_of}
    for records in (Enrolment.objects, Waiting.objects):
        one = records.filter(**told).select_related("person__region").first()
        if one is not None:
            return side_of_person(one.person, where_of(row.duplicate_of))
    file, _bar, rest = row.duplicate_of.partition("|")
    sheet, _bar, number = rest.rpartition("|")
    same = RosterRow.objects.filter(roster_import=row.roster_import_id, file=file, sheet=sheet)
    other = same.filter(row=number).select_related("region").first() if number.isdigit() else None
    return side_of_row(other) if other else None


def where_of(source: str) -> str:
    """`file|sheet|row` for the eye."""
    return ", ".join(part for part in source.split("|") if part)


def lines(one: Side, other: Side, *, shown: bool) -> list[Line]:
    """Fact by fact. NIKs are hidden where they are the same, unless they are `shown`."""
    a, b = one.facts, other.facts
    nik_a, nik_b = a.nik or "", b.nik or ""
    if shown:
        niks = Line(_("NIK"), _digits(nik_a, nik_b), _digits(nik_b, nik_a))
    else:
        niks = Line(_("NIK"), told_apart(nik_a, nik_b), told_apart(nik_b, nik_a))
    phones = (a.phone or "", b.phone or "")
    return [
        Line(_("Name"), *_letters(a.name or "", b.name or "")),
        niks,
        Line(_("Birth date"), *_whole(_day(a), _day(b))),
        Line(_("Sex"), *_whole(a.sex or "", b.sex or "")),
        Line(_("Address"), *_letters(a.address or "", b.address or "")),
        Line(_("Kelurahan"), *_whole(one.region, other.region)),
        Line(_("Phone"), *(_whole(*phones) if shown else _hidden(*phones))),
    ]


def evidence(one: Side, other: Side) -> Evidence:
    """What the registry's linkage finds in the two, in words."""
    score = score_pair(one.facts, other.facts)
    return Evidence(_likely(score), _said(score, 1), _said(score, -1))


def _said(score: PairScore, sign: int) -> list[str]:
    indonesian = get_language() == "id"
    parts = sorted(
        (part for part in score.parts if part.weight * sign > 0),
        key=lambda part: -part.weight * sign,
    )
    return [part.found_indonesian if indonesian else part.found_english for part in parts]


def _likely(score: PairScore) -> Promise:
    for least, words in (
        (0.99, _("Very likely one person")),
        (0.8, _("Likely one person")),
        (0.2, _("Hard to say")),
        (0.01, _("Likely two people")),
    ):
        if score.match_probability >= least:
            return words
    return _("Very likely two people")


def _letters(one: str, other: str) -> tuple[Stretches, Stretches]:
    """Both with the letters marked that are not the same, capitals aside."""
    compared = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    if len(one.casefold()) != len(one) or len(other.casefold()) != len(other):
        return _whole(one, other)
    a: Stretches = []
    b: Stretches = []
    for word, a1, a2, b1, b2 in compared.get_opcodes():
        different = word != "equal"
        if a2 > a1:
            a.append((one[a1:a2], different))
        if b2 > b1:
            b.append((other[b1:b2], different))
    return a, b


def _digits(one: str, other: str) -> Stretches:
    """Place by place."""
    stretches: Stretches = []
    for place, digit in enumerate(one):
        differs = place >= len(other) or other[place] != digit
        if stretches and stretches[-1][1] == differs:
            stretches[-1] = (stretches[-1][0] + digit, differs)
        else:
            stretches.append((digit, differs))
    return stretches


def _whole(one: str, other: str) -> tuple[Stretches, Stretches]:
    """What is told on one side alone is no difference."""
    different = bool(one and other) and one != other
    return [(one, different)] if one else [], [(other, different)] if other else []


def _hidden(one: str, other: str) -> tuple[Stretches, Stretches]:
    different = bool(one and other) and one != other
    return (
        [(masked(one), different)] if one else [],
        [(masked(other), different)] if other else [],
    )


def _day(facts: PersonFacts) -> str:
    return f"{facts.birth_date:%d-%m-%Y}" if facts.birth_date else ""
