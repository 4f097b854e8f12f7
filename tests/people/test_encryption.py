"""What is at rest cannot be read, moved or changed; a NIK is found all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.people import encryption
from sertakan.people.encryption import (
    decrypt,
    decrypt_many,
    encrypt,
    encrypt_many,
    key_id_of,
    nik_index,
    nik_index_many,
)
from sertakan.people.errors import CannotDecrypt

NIK = "3577010203900001"


@given(text=st.text(), field=st.sampled_from(["nik", "phone", "mother_name"]))
def test_what_was_encrypted_is_read_again(text, field):
    assert decrypt(encrypt(text, field), field) == text


@given(texts=st.lists(st.none() | st.text(max_size=20), max_size=5))
def test_many_are_as_one_after_another(texts):
    assert decrypt_many(encrypt_many(texts, "phone"), "phone") == texts


def test_the_same_text_never_looks_the_same():
    assert len({encrypt(NIK, "nik") for _ in range(100)}) == 100
    assert NIK.encode() not in encrypt(NIK, "nik")


def test_a_value_moved_to_another_field_is_refused():
    with pytest.raises(CannotDecrypt, match="moved from its field"):
        decrypt(encrypt("081234567", "phone"), "bank_account")


@pytest.mark.parametrize("place", [-1, 20, 5])
def test_a_changed_byte_is_refused(place):
    blob = bytearray(encrypt(NIK, "nik"))
    blob[place] ^= 1

    with pytest.raises(CannotDecrypt):
        decrypt(bytes(blob), "nik")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02\x02k1" + bytes(40), bytes(3), b"\x01\xffk1"])
def test_what_was_never_encrypted_is_refused(blob):
    with pytest.raises(CannotDecrypt):
        decrypt(blob, "nik")


def test_a_new_key_comes_first_and_old_values_can_still_be_read(settings):
    old = encrypt(NIK, "nik")
    settings.DATA_KEYS = {"k2": bytes(range(32)), **settings.DATA_KEYS}
    settings.DATA_KEY_CURRENT = "k2"

    assert key_id_of(encrypt(NIK, "nik")) == "k2"
    assert decrypt(encrypt(NIK, "nik"), "nik") == decrypt(old, "nik") == NIK


def test_a_value_under_a_key_that_was_lost_says_which(settings):
    old = encrypt(NIK, "nik")
    name = settings.DATA_KEY_CURRENT
    settings.DATA_KEYS = {"k2": bytes(range(32))}
    settings.DATA_KEY_CURRENT = "k2"

    with pytest.raises(CannotDecrypt, match=f"key {name} "):
        decrypt(old, "nik")


def test_the_index_of_a_nik_is_a_keyed_hash(settings):
    index = nik_index(NIK)
    settings.DATA_KEYS = {"k2": bytes(range(32))}
    settings.DATA_KEY_CURRENT = "k2"

    assert (len(index), nik_index(NIK)) == (32, index)
    assert nik_index_many([NIK, NIK[::-1]]) == [index, nik_index(NIK[::-1])]
    settings.NIK_INDEX_KEY = bytes(32)
    # RFC 2104 over SHA-256, worked with another program
    assert nik_index("").hex() == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    assert nik_index(NIK) != index


def test_a_nonce_is_never_used_twice_in_a_list():
    nonces = [blob[4 : 4 + encryption.NONCE_BYTES] for blob in encrypt_many(["x"] * 500, "nik")]

    assert len(set(nonces)) == 500
