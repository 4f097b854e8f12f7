import base64
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.documents.card_keys import BadKey, key_id, published, read_published, signing_key
from sertakan.documents.card_token import LAST_DAY, BadToken, Card, address, read, sign
from tests.documents.making import KEY

PUBLIC = KEY.public_key()
KEYS = {key_id(PUBLIC): PUBLIC}
WATI = Card(7, date(2026, 1, 1), date(2026, 12, 31))
REFERENCE = Path(__file__).parents[2] / "docs/reference/card.md"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
DAYS = st.dates(date(2000, 1, 1), LAST_DAY)


def why(token, keys=KEYS):
    with pytest.raises(BadToken) as refused:
        read(token, keys)
    return refused.value.why


@given(st.integers(0, 2**64 - 1), DAYS, DAYS)
def test_what_was_signed_is_read(number, one, other):
    card = Card(number, min(one, other), max(one, other))

    assert read(sign(card, KEY), KEYS) == card


@given(st.integers(0, 107), st.sampled_from(LETTERS))
def test_any_changed_letter_is_refused(place, letter):
    token = sign(WATI, KEY)
    changed = token[:place] + letter + token[place + 1 :]

    if changed != token:
        assert why(changed) in ("version", "unknown_key", "signature")


@given(st.binary(min_size=81, max_size=81))
def test_no_bytes_that_we_did_not_sign_are_a_card(noise):
    assert why(base64.urlsafe_b64encode(noise).decode()) in ("version", "unknown_key", "signature")


@pytest.mark.parametrize(
    "text", ["", "A", "A" * 107, "A" * 109, "=" * 108, "é" * 108, "A" * 107 + "\n", "A" * 107 + "="]
)
def test_what_is_no_token_is_refused(text):
    assert why(text) == "malformed"


def test_a_key_of_somebody_else_does_not_sign_for_us():
    theirs = signing_key(b"x" * 32)
    token = sign(WATI, theirs)

    assert why(token) == "unknown_key"
    assert why(token, {key_id(theirs.public_key()): PUBLIC}) == "signature"


def test_a_later_version_is_said_to_be_one():
    later = bytearray(base64.urlsafe_b64decode(sign(WATI, KEY)))
    later[0] = 2

    assert why(base64.urlsafe_b64encode(later).decode()) == "version"


@pytest.mark.parametrize(
    ("number", "issued_on", "valid_through"),
    [
        (-1, date(2026, 1, 1), date(2026, 1, 1)),
        (2**64, date(2026, 1, 1), date(2026, 1, 1)),
        (1, date(2026, 1, 2), date(2026, 1, 1)),
        (1, date(1999, 12, 31), date(2026, 1, 1)),
        (1, date(2026, 1, 1), date(2179, 6, 7)),
    ],
)
def test_a_card_that_no_token_can_hold_is_none(number, issued_on, valid_through):
    with pytest.raises(ValueError, match="card"):
        Card(number, issued_on, valid_through)


def test_a_card_is_good_through_its_last_day():
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]

    assert [WATI.is_good_on(day) for day in days] == [False, True, True, False]


def test_published_keys_can_be_read_again():
    older = signing_key(b"o" * 32).public_key()
    text = "# keys of the cards\n\n" + published([PUBLIC, older])

    assert list(read_published(text)) == [key_id(PUBLIC), key_id(older)]
    assert read(sign(WATI, KEY), read_published(text)) == WATI


@pytest.mark.parametrize(
    "line",
    [
        "rsa 00000000 AAAA",
        "ed25519 00000000",
        "ed25519 00000000 AAAA",
        "ed25519 00000000 ???",
        published([PUBLIC]).replace(key_id(PUBLIC), "00000000"),
    ],
)
def test_a_line_with_a_slip_is_no_key(line):
    with pytest.raises(BadKey):
        read_published(line)


def test_the_example_of_the_reference_is_what_the_program_does():
    example = re.findall(r"^    (.+)$", REFERENCE.read_text(), re.MULTILINE)

    assert published([PUBLIC]).strip() in example
    assert base64.urlsafe_b64decode(sign(WATI, KEY))[:17].hex(" ") in example
    assert address("https://sertakan.example/", sign(WATI, KEY)) in example
