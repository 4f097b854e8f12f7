"""A bad variable is one sentence that names it."""

import base64

import pytest

from sertakan.config import environment, keys
from sertakan.config.environment import BadEnvironment

KEY = base64.b64encode(bytes(range(32))).decode()


def test_an_empty_variable_counts_as_one_that_is_not_set(monkeypatch):
    monkeypatch.setenv("PLACE", "  ")

    assert environment.text("PLACE", "Madiun") == "Madiun"
    with pytest.raises(BadEnvironment, match=r"^PLACE must be set\.$"):
        environment.text("PLACE")


@pytest.mark.parametrize(("written", "read"), [("yes", True), ("ON", True), ("0", False)])
def test_boolean(monkeypatch, written, read):
    monkeypatch.setenv("HTTPS", written)

    assert environment.boolean("HTTPS", default=not read) is read


@pytest.mark.parametrize(
    ("read", "written", "sentence"),
    [
        (lambda: environment.boolean("X", default=True), "perhaps", "X must be yes or no"),
        (lambda: environment.integer("X", 1, least=1, most=9), "10", "whole number from 1 to 9"),
        (lambda: environment.integer("X", 1, least=1, most=9), "-1", "whole number from 1 to 9"),
        (lambda: environment.integer("X", 1, least=1, most=9), "²", "whole number from 1 to 9"),
        (lambda: environment.choice("X", "a", ("a", "b")), "c", "X must be one of a, b"),
        (lambda: environment.postgres_url("X"), "mysql://a/b", "X must begin with postgresql://"),
        (lambda: environment.postgres_url("X"), "postgresql://a", "X must name a database"),
        (lambda: environment.postgres_url("X"), "postgresql://a:b:c@/d?e=f", "not a URL"),
    ],
)
def test_nonsense_is_refused_by_name(monkeypatch, read, written, sentence):
    monkeypatch.setenv("X", written)

    with pytest.raises(BadEnvironment, match=sentence):
        read()


def test_the_password_in_a_bad_url_is_not_repeated(monkeypatch):
    monkeypatch.setenv("X", "postgresql://sari:rahasia@/sertakan?nonsense=1")

    with pytest.raises(BadEnvironment) as refusal:
        environment.postgres_url("X")

    assert "rahasia" not in str(refusal.value)


def test_a_url_is_read_as_postgres_reads_it(monkeypatch):
    monkeypatch.setenv("X", "postgresql://sari:ra%40hasia@db.example.org:5433/kota?sslmode=require")

    assert environment.postgres_url("X") == {
        "user": "sari",
        "password": "ra@hasia",
        "host": "db.example.org",
        "port": "5433",
        "dbname": "kota",
        "sslmode": "require",
    }


def test_a_secret_is_made_once_and_kept(tmp_path):
    first = keys.nik_index_key(tmp_path / "secrets", made_up=True)

    assert len(first) == 32
    assert keys.nik_index_key(tmp_path / "secrets", made_up=True) == first
    assert keys.nik_index_key(tmp_path / "other", made_up=True) != first


def test_a_key_ring_keeps_its_order(monkeypatch, tmp_path):
    other = base64.b64encode(bytes(32)).decode()
    monkeypatch.setenv("SERTAKAN_KEYS", f"2027:{other}, 2026:{KEY}")

    ring = keys.data_keys(tmp_path, made_up=False)

    assert list(ring.items()) == [("2027", bytes(32)), ("2026", bytes(range(32)))]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "written", [KEY, f"a:{KEY},a:{KEY}", "a:c2hvcnQ=", f"A b:{KEY}", f"a:{KEY},"]
)
def test_a_key_ring_that_makes_no_sense_is_refused(monkeypatch, tmp_path, written):
    monkeypatch.setenv("SERTAKAN_KEYS", written)

    with pytest.raises(BadEnvironment, match="SERTAKAN_KEYS must be"):
        keys.data_keys(tmp_path, made_up=True)


def test_no_key_of_a_refusal_is_repeated(monkeypatch, tmp_path):
    monkeypatch.setenv("SERTAKAN_KEYS", f"a:{KEY}xx")

    with pytest.raises(BadEnvironment) as refusal:
        keys.data_keys(tmp_path, made_up=True)

    assert KEY not in str(refusal.value)
