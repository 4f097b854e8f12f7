"""What the QR of a membership card holds: who issued it, which card, from when and through when.

A token is 17 bytes and their Ed25519 signature, as 108 letters of base64url. Whoever has the
published key (`card_keys`) can check it without asking anyone. It holds no name and no NIK: the
number of the card means nothing to who does not have our records. Byte by byte it stands in
docs/reference/card.md. Whether contributions are paid today no card can say.
"""

import base64
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sertakan.documents.card_keys import KEY_ID_BYTES, key_id

VERSION = 1
DAY_ZERO = date(2000, 1, 1)
LAST_DAY = DAY_ZERO + timedelta(days=0xFFFF)
LAYOUT = struct.Struct(f">B{KEY_ID_BYTES}sQHH")  # version, key, number, issued on, valid through
SIGNATURE_BYTES = 64
# 81 bytes are 108 letters to the last bit: no second text stands for the same bytes.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{108}")

Why = Literal["malformed", "version", "unknown_key", "signature", "days"]


class BadToken(ValueError):
    """A text that is no token of ours; `why` says what is wrong with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its number (0 to 2^64 - 1), the day of issue, and the last day it is good for.

    Raises ValueError for a number or a day that a token cannot hold.
    """

    number: int
    issued_on: date
    valid_through: date

    def __post_init__(self) -> None:
        if not 0 <= self.number < 1 << 64:
            raise ValueError(f"the number of a card has 64 bits, unlike {self.number}")
        if not DAY_ZERO <= self.issued_on <= self.valid_through <= LAST_DAY:
            raise ValueError(
                f"a card is issued ({self.issued_on}) before its last day ({self.valid_through}), "
                f"from {DAY_ZERO} to {LAST_DAY}"
            )

    def is_good_on(self, day: date) -> bool:
        """Whether the card itself is good on a day; not whether contributions were paid."""
        return self.issued_on <= day <= self.valid_through


def sign(card: Card, key: Ed25519PrivateKey) -> str:
    """The token of a card: 108 letters. The same card and key give the same token."""
    payload = LAYOUT.pack(
        VERSION,
        bytes.fromhex(key_id(key.public_key())),
        card.number,
        (card.issued_on - DAY_ZERO).days,
        (card.valid_through - DAY_ZERO).days,
    )
    return base64.urlsafe_b64encode(payload + key.sign(payload)).decode("ascii")


def read(token: str, public_keys: Mapping[str, Ed25519PublicKey]) -> Card:
    """The card of a token signed with one of the keys, given by key id.

    Raises BadToken, which says why: nothing of a token is believed before its signature.
    """
    if not _TOKEN.fullmatch(token):
        raise BadToken("malformed")
    signed = base64.urlsafe_b64decode(token)
    payload, signature = signed[:-SIGNATURE_BYTES], signed[-SIGNATURE_BYTES:]
    version, key, number, issued, through = LAYOUT.unpack(payload)
    if version != VERSION:
        raise BadToken("version")
    public_key = public_keys.get(key.hex())
    if public_key is None:
        raise BadToken("unknown_key")
    try:
        public_key.verify(signature, payload)
    except InvalidSignature:
        raise BadToken("signature") from None
    if through < issued:
        raise BadToken("days")
    return Card(number, DAY_ZERO + timedelta(issued), DAY_ZERO + timedelta(through))


def address(base: str, token: str) -> str:
    """What the QR holds, for the camera of a phone: `https://…/k/<token>`."""
    return f"{base.rstrip('/')}/k/{token}"
