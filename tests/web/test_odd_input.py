"""Whatever stands in an address or a field, no page breaks: each word that a page asks for is
answered with what nobody would write."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from sertakan.access.table import ANYONE, SIGNED_IN, TABLE, Row
from sertakan.accounts.models import User
from sertakan.regions.models import Region
from tests.web.people import an_appointed
from tests.web.test_access_matrix import Visitor
from tests.web.world import Side, a_world, addresses, held

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

ODD = ("a\0b", "²", "0", "9" * 18, "9" * 5000, "0001-01-01", "9999-12-31")


@pytest.fixture(autouse=True)
def _without_a_word_for_each_refusal(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def asked(monkeypatch) -> set[str]:
    """The words that pages have looked for in what was sent."""
    words: set[str] = set()

    def noting(read: Any) -> Any:
        def noted(sent: QueryDict, word: str, *more: Any) -> Any:
            words.add(word)
            return read(sent, word, *more)

        return noted

    for name in ("get", "getlist", "__contains__", "__getitem__"):
        monkeypatch.setattr(QueryDict, name, noting(getattr(QueryDict, name)))
    return words


def somebody_for(row: Row, side: Side, everywhere: dict[str, User]) -> User | None:
    if row.roles is ANYONE:
        return None
    users = [*side.users.values(), *everywhere.values()]
    return next(user for user in users if row.roles is SIGNED_IN or held(user).role in row.roles)


def odd(words: set[str]) -> Iterator[dict[str, str]]:
    for word in sorted(words):
        for value in ODD:
            yield {word: value}


def test_no_page_breaks_at_odd_words_in_its_address(asked):
    world = a_world()
    for row in TABLE.values():
        visitor = Visitor(somebody_for(row, world.ours, world.everywhere))
        for _, path, _ in list(addresses(row, world.ours))[:1]:
            asked.clear()
            visitor.asks("get", path)
            for told in odd(set(asked)):
                visitor.client.get(path, told)  # the client raises what a page does not catch


@pytest.fixture
def sari(client):
    client.force_login(an_appointed("city_officer", over=Region.objects.get(pk="35.77")))
    return client


@pytest.mark.parametrize("sent", [{"q": "a\0b"}, {"a\0b": "q"}])
def test_a_nul_is_not_understood(sari, sent):
    assert sari.get("/kota/orang", sent).status_code == 400
    assert sari.post("/kota/orang", sent).status_code == 400


def test_a_nul_in_the_address_or_in_a_cookie_is_not_understood(sari):
    assert sari.get("/kota/cakupan/wilayah/a%00b").status_code == 400
    sari.cookies["sessionid"] = "\0" * 32
    assert sari.get("/kota/orang").status_code == 400


@pytest.mark.parametrize("number", ["²", "9" * 5000, ""])
def test_a_role_that_is_no_number_is_not_taken(sari, number):
    assert sari.post("/beranda/sebagai", {"appointment": number}).url == "/beranda"
    assert Client().get("/beranda").status_code == 302
