"""A person as the registry's linkage sees them: taken apart once, compared many times."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

import polars as pl

from sertakan.rosters.linkage.addresses import Address, parse_address
from sertakan.rosters.linkage.known_words import known_folded_words
from sertakan.rosters.linkage.names import fold, name_words

Taken = TypeVar("Taken")
LIST_SEPARATOR = "|"
SLICE = 50_000


class PersonFacts(NamedTuple):
    """What is known of a person; None where it is not. `phone` and `address` as written."""

    nik: str | None
    name: str | None
    birth_date: date | None
    sex: str | None = None
    address: str | None = None
    phone: str | None = None
    mother_name: str | None = None


class Name(NamedTuple):
    """A name taken apart: folded words, initials, the words that are known names, the letters
    with which its words begin, and all its letters in order of the alphabet."""

    words: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    letters: str = ""


class Record(NamedTuple):
    """A person taken apart. Each field is a column of what Splink compares."""

    nik: str | None
    birth_date: date | None
    sex: str | None
    words: tuple[str, ...]
    initials: tuple[str, ...]
    known: tuple[str, ...]
    starts: tuple[str, ...]
    letters: str
    street: str
    house: str
    rt: str
    rw: str
    phone: str | None
    mother: tuple[str, ...]


def take_apart(person: PersonFacts) -> Record:
    """The record of one person."""
    name = take_name_apart(person.name)
    address = parse_address(person.address) if person.address else Address()
    return Record(
        person.nik or None,
        person.birth_date,
        person.sex or None,
        *name,
        *address,
        plain_phone(person.phone),
        take_name_apart(person.mother_name).words,
    )


def take_name_apart(name: str | None) -> Name:
    """Words sorted, each once."""
    if not name:
        return Name()
    written = name_words(name)
    words = tuple(sorted({fold(word) for word in written if len(word) > 1}))
    starts = {word[0] for word in written} | {word[0] for word in words if word}
    return Name(
        words=words,
        initials=tuple(sorted({word for word in written if len(word) == 1})),
        known=tuple(word for word in words if word in known_folded_words()),
        starts=tuple(sorted(starts)),
        letters="".join(sorted("".join(fold(word) for word in written))),
    )


def plain_phone(phone: str | None) -> str | None:
    """Digits without the leading 0 or 62; None for what is too short to be a number."""
    digits = "".join(letter for letter in phone or "" if letter.isdigit())
    digits = digits.removeprefix("62").removeprefix("0")
    return digits if len(digits) >= 7 else None


def blocking_keys(person: PersonFacts) -> list[str]:
    """Under which keys to file a person: whoever shares none with them need not be compared.

    About a dozen. They hold personal data in the clear: store them hashed with a key.
    """
    return record_keys(take_apart(person))


def record_keys(record: Record) -> list[str]:
    """`blocking_keys` of a person taken apart before."""
    return sorted({key for key in _keys(record) if key})


def _keys(record: Record) -> Iterator[str]:
    nik, born = record.nik, record.birth_date
    if nik:
        yield f"nik:{nik}"
    if nik and len(nik) == 16:
        district, day, month, year, serial = nik[:6], nik[6:8], nik[8:10], nik[10:12], nik[12:]
        yield f"not day:{district}{month}{year}{serial}"
        yield f"not month:{district}{day}{year}{serial}"
        yield f"not year:{district}{day}{month}{serial}"
        if born:
            yield f"born in:{born}{district}"
            yield f"born as:{born}{serial}"
    for word in record.words:
        if born:
            yield f"born named:{born}{word}"
        if record.phone:
            yield f"phone named:{record.phone}{word}"
    if record.street and record.house and record.letters:
        yield f"door named:{record.street}{record.house}{record.letters}"


def records_frame(people: pl.DataFrame) -> pl.DataFrame:
    """The records of many people, with `blocking_keys`; a slice at a time, to bound the memory.

    `people` has the columns of `PersonFacts`; its other columns are kept.
    """
    slices = people.iter_slices(SLICE) if people.height else [people]
    return pl.concat([_slice_of_records(each) for each in slices])


def _slice_of_records(people: pl.DataFrame) -> pl.DataFrame:
    names = _by_text(people["name"], take_name_apart)
    mothers = _by_text(people["mother_name"], take_name_apart)
    addresses = _by_text(people["address"], parse_address)
    phones = _by_text(people["phone"], plain_phone)
    facts = people.select(PersonFacts._fields).iter_rows()
    records = [
        Record(
            nik or None,
            birth_date,
            sex or None,
            *names.get(name, Name()),
            *addresses.get(address, Address()),
            phones.get(phone),
            mothers.get(mother, Name()).words,
        )
        for nik, name, birth_date, sex, address, phone, mother in facts
    ]
    others = [column for column in people.columns if column not in PersonFacts._fields]
    return pl.concat([people.select(others), _as_frame(records)], how="horizontal")


def _by_text(texts: pl.Series, take: Callable[[str], Taken]) -> Mapping[str | None, Taken]:
    return {text: take(text) for text in texts.drop_nulls().unique() if text}


def _as_frame(records: list[Record]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "nik": pl.Series([each.nik for each in records], dtype=pl.String),
            "birth_date": pl.Series([each.birth_date for each in records], dtype=pl.Date),
            "sex": pl.Series([each.sex for each in records], dtype=pl.String),
            "words": _lists([each.words for each in records]),
            "initials": _lists([each.initials for each in records]),
            "known": _lists([each.known for each in records]),
            "starts": _lists([each.starts for each in records]),
            "letters": pl.Series([each.letters for each in records], dtype=pl.String),
            "street": pl.Series([each.street for each in records], dtype=pl.String),
            "house": pl.Series([each.house for each in records], dtype=pl.String),
            "rt": pl.Series([each.rt for each in records], dtype=pl.String),
            "rw": pl.Series([each.rw for each in records], dtype=pl.String),
            "phone": pl.Series([each.phone for each in records], dtype=pl.String),
            "mother": _lists([each.mother for each in records]),
            "blocking_keys": _lists([record_keys(each) for each in records]),
        }
    )


def _lists(values: Iterable[Iterable[str]]) -> pl.Series:
    """Joined and split again by Polars, which is quicker than list by list."""
    joined = pl.Series([LIST_SEPARATOR.join(each) for each in values], dtype=pl.String)
    return joined.str.split(LIST_SEPARATOR).list.eval(pl.element().filter(pl.element() != ""))
