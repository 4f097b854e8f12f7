"""Membership cards, as large as a bank card: one after another, or ten on a sheet to cut.

The front says who is insured for what and by whom, with a QR that can be checked offline
(`card_token`); the back says what to do on the day on which the card is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.documents import qr
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, words
from sertakan.documents.writing import count, masked

PER_SHEET = 10


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card. `nik` is masked, `cover` the days as they shall be read.

    `address` is what the QR holds: `card_token.address(base, card_token.sign(…))`.
    """

    number: str
    name: str
    nik: str
    programmes: tuple[str, ...]
    sponsor: str
    cover: str
    address: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call, and at what number or address: `("Kantor Cabang Madiun", "(0351) 000 000")`."""

    name: str
    reached_at: str


@dataclass(frozen=True, slots=True)
class Help:
    """The back of the cards: one to three contacts, and where a card can be checked."""

    contacts: tuple[Contact, ...]
    verify_at: str


def cards(cards: Sequence[Card], *, help: Help, on: date, language: Language = "id") -> bytes:
    """Front and back of each card as pages of 85.6 x 54 mm, for a card printer.

    A thousand take some seconds. Raises ValueError for no card or a NIK that is not masked.
    """
    return _set(cards, help=help, on=on, language=language, sheet=False)


def card_sheet(cards: Sequence[Card], *, help: Help, on: date, language: Language = "id") -> bytes:
    """Ten cards on A4 with marks to cut by: a page of fronts, then their backs.

    The backs lie behind their fronts when printed on both sides, turned over the long edge.
    Raises ValueError for no card or a NIK that is not masked.
    """
    return _set(cards, help=help, on=on, language=language, sheet=True)


def _set(cards: Sequence[Card], *, help: Help, on: date, language: Language, sheet: bool) -> bytes:
    if not cards:
        raise ValueError("there is no card to print")
    return pdf(
        "card",
        {
            "sheet": sheet,
            "cards": [_card(card) for card in cards],
            "contacts": [[each.name, each.reached_at] for each in help.contacts],
            "verify_at": help.verify_at,
        },
        title=_title(cards, language),
        language=language,
        on=on,
        rows=2 * len(cards),
    )


def _title(cards: Sequence[Card], language: Language) -> str:
    told = words("card", language)
    if len(cards) == 1:
        return str(told["title_of"].format(name=cards[0].name))
    return str(told["title_sheet"].format(count=count(len(cards), language)))


def _card(card: Card) -> dict[str, Any]:
    return {
        "number": card.number,
        "name": card.name,
        "nik": masked(card.nik),
        "programmes": list(card.programmes),
        "sponsor": card.sponsor,
        "cover": card.cover,
        "qr": qr.svg(card.address),
    }
