"""Every URL × role × scope, in both directions: who may gets an answer, who may not gets none."""

import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from sertakan.access.queries import may_open, visible
from sertakan.access.roles import Role
from sertakan.access.table import ANYONE, SIGNED_IN, TABLE
from sertakan.web import once
from tests.web.world import FOREIGN_NAME, FOREIGN_OFFICE, Side, a_world, addresses, held, unknown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

FOREIGN = (FOREIGN_NAME.lower(), FOREIGN_OFFICE.lower())
# What an allowed page may answer: itself, a way on, "moved on", a problem.
ALLOWED = {200, 204, 302, 303, 409, 422}
PAGES = sorted(TABLE)
# One's own second factors: where there is none to show or to take away, there is no such page.
# And a place is in no scope: its page is there for whom somebody in it is counted.
OWN = {page for page in PAGES if page.startswith("mfa_")} | {"city-region"}
# Shows what a demonstration would have sent, to whoever tries it out; never in production.
DEMONSTRATION = {"demo-messages", "account_login"}


@pytest.fixture(autouse=True)
def _without_a_word_for_each_refusal(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def world():
    return a_world()


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_url_has_a_row_and_every_row_a_url(language):
    with override(language):
        names = [pattern.name for pattern in patterns()]

    assert sorted(names) == PAGES


def test_the_world_has_something_to_open_each_page_on(world):
    missing = [unknown(row, world.ours) for row in TABLE.values() if unknown(row, world.ours)]

    assert missing == []


class Visitor:
    """A browser that forgets, after each request, whatever the request has done."""

    def __init__(self, user: Any = None) -> None:
        self.user = user
        self.client = Client(raise_request_exception=True)
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def asks(self, method: str, path: str) -> Any:
        cache.clear()
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            sent = {once.FIELD: once.token()} if method == "post" else None
            answer = getattr(self.client, method)(path, sent)
            if answer.streaming:
                answer.content = b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer


def verdict(answer: Any) -> str:
    """What an answer means to who asked: allowed, sign in, forbidden, none, moved on, or its
    status where it means nothing that is known."""
    if answer.status_code in (302, 303) and answer.url.split("?")[0] in (
        reverse("account_login"),
        f"/en{reverse('account_login')}",
    ):
        return "sign in"
    named = {403: "forbidden", 404: "none", 405: "not by this method"}
    if answer.status_code in ALLOWED:
        return "allowed"
    return named.get(answer.status_code, str(answer.status_code))


def told_of_foreigners(answer: Any) -> bool:
    """Whether words of the foreign side stand in the answer, or in what it redirects to."""
    words = answer.content.decode("utf-8", errors="ignore").lower()
    words += answer.get("Location", "").lower()
    return any(word in words for word in FOREIGN)


def expected(user: Any, page: str, record: Any) -> str:
    row = TABLE[page]
    if user is None:
        return "sign in"
    appointment = held(user)
    if not may_open(appointment, page):
        return "forbidden"
    if record is None:
        return "allowed"
    reached = visible(type(record)._default_manager.all(), appointment).filter(pk=record.pk)
    return "allowed" if row.roles is SIGNED_IN or reached.exists() else "none"


def disagreements(user: Any, side: Side, *, foreign: bool = False) -> list[str]:
    """Where what a visitor gets is not what the table says; and where they hear of foreigners."""
    visitor, found = Visitor(user), []
    for page, row in TABLE.items():
        if row.roles is ANYONE:
            continue
        seen: list[tuple[str, str, str]] = []
        for state, path, record in addresses(row, side):
            wanted = expected(user, page, record)
            if foreign and record is not None and wanted == "allowed":
                found.append(f"{user} reaches the foreign {record!r} by {page}")
            for method, told in (("get", path), ("post", path), ("get", f"/en{path}")):
                answer = visitor.asks(method, told)
                seen.append((f"{user}: {method} {page} {state}", wanted, verdict(answer)))
                if side.name == "ours" and told_of_foreigners(answer):
                    found.append(f"{user}: {method} {page} {state} tells of the foreign side")
        found += _otherwise(page, seen)
    return found


def _otherwise(page: str, seen: list[tuple[str, str, str]]) -> list[str]:
    """What was got otherwise than wanted. A page may be there in one state and not in another: a
    letter of a decision before there is one; it must be there in one."""
    in_some_state = page in OWN or any(got == "allowed" for _, _, got in seen)
    return [
        f"{what}: {got}, not {wanted}"
        for what, wanted, got in seen
        if got not in (wanted, "not by this method")
        and not (wanted == "allowed" and got == "none" and in_some_state)
    ]


def test_a_visitor_is_sent_to_sign_in_by_all_but_the_open_pages(world):
    assert disagreements(None, world.ours) == []


def test_a_user_without_a_role_is_let_in_nowhere_but_to_their_account(world):
    assert disagreements(world.without_a_role, world.ours) == []


@pytest.mark.parametrize("who", [*Role.values, "auditor over a branch"])
def test_each_role_gets_what_is_theirs_and_hears_of_nothing_else(world, who):
    user = world.ours.users.get(who) or world.everywhere[who]
    wrong = disagreements(user, world.ours)
    if user in world.everywhere.values():
        wrong = [line for line in wrong if "tells of" not in line]

    assert wrong == []


@pytest.mark.parametrize("who", [*(set(Role.values) - {"administrator"}), "auditor over a branch"])
def test_no_role_reaches_what_is_foreign(world, who):
    assert disagreements(world.ours.users[who], world.foreign, foreign=True) == []


def test_who_works_for_everything_reaches_both_sides(world):
    for user in world.everywhere.values():
        for side in (world.ours, world.foreign):
            wrong = [line for line in disagreements(user, side) if "tells of" not in line]

            assert wrong == []


def test_each_page_on_an_object_is_reached_by_each_of_its_roles_in_some_state(world):
    unreached = []
    for page, row in TABLE.items():
        for role in row.roles if row.on else ():
            users = [*world.ours.users.values(), *world.everywhere.values()]
            holders = [user for user in users if held(user).role == role]
            reached = [
                record
                for _, _, record in addresses(row, world.ours)
                for user in holders
                if visible(type(record)._default_manager.all(), held(user))
                .filter(pk=record.pk)
                .exists()
            ]
            if not reached:
                unreached.append((page, role))

    assert unreached == []


def test_what_is_done_in_some_states_is_refused_in_others(world):
    wrong = []
    for page, row in TABLE.items():
        if not row.states:
            continue
        users = [*world.ours.users.values(), *world.everywhere.values()]
        user = next(user for user in users if held(user).role in row.roles)
        for state, path, record in addresses(row, world.ours):
            if state in row.states or expected(user, page, record) != "allowed":
                continue
            status = Visitor(user).asks("post", path).status_code
            if status not in (409, 405):
                wrong.append(f"{page} {state}: {status}")

    assert wrong == []


def test_open_pages_answer_everyone_and_tell_of_no_person(world):
    wrong = []
    users = [None, world.without_a_role, *world.ours.users.values(), *world.everywhere.values()]
    for user in users:
        visitor = Visitor(user)
        for page, row in TABLE.items():
            if row.roles is not ANYONE:
                continue
            for _, path, _ in addresses(row, world.foreign if row.on else world.ours):
                for method, told in (("get", path), ("post", path), ("get", f"/en{path}")):
                    answer = visitor.asks(method, told)
                    broken = answer.status_code >= 500 and page != "health"  # it may say so
                    if answer.status_code == 403 or broken:
                        wrong.append(f"{user}: {method} {page}: {answer.status_code}")
                    if page in DEMONSTRATION:
                        continue
                    if FOREIGN_NAME.lower() in answer.content.decode(errors="ignore").lower():
                        wrong.append(f"{user}: {method} {page} names a foreign person")

    assert wrong == []
