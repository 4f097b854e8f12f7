"""Every page of the table in Chromium: both languages, light and dark, a phone and a desk.

axe-core judges each page whole in the light and its contrasts in the dark; made as narrow as a
phone it does not scroll sideways, and nothing hangs over its card. What a page writes is not
tried here: that does the walk of `test_access_matrix`.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings as program
from django.test import Client
from django.urls import translate_url

from sertakan.access.queries import visible
from sertakan.access.table import ANYONE, SIGNED_IN, TABLE
from tests.web.chromium import DESK, PHONE, width_of
from tests.web.test_in_the_browser import RULES
from tests.web.world import World, a_world, addresses, held

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]
WHOLE = {"type": "tag", "values": RULES}
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OVERHANGS = """() => [...document.querySelectorAll('main .card *')]
    .filter(part => !part.closest('.scroll-x, svg') && part.getBoundingClientRect().right
        > part.closest('.card').getBoundingClientRect().right + 1)
    .map(part => part.outerHTML.slice(0, 80))"""
JUDGE = "what => axe.run({runOnly: what, resultTypes: ['violations']})"
LEAVES = {"account_logout"}  # ends the session of the one who looks


def users_of(world: World) -> dict[str, object]:
    """Everyone who may open something, by a word."""
    users = {**world.ours.users, **{f"{name} of all": u for name, u in world.everywhere.items()}}
    return {"": None, "nobody": world.without_a_role, **users}


def opened(world: World) -> dict[str, list[tuple[str, str]]]:
    """By user: (page, path) of each page that answers them with HTML; each page once a state."""
    paths: dict[str, list[tuple[str, str]]] = {}
    done: set[str] = set()
    for who, user in users_of(world).items():
        client = Client()
        if user:
            client.force_login(user)
        for page, path in _may_open(world, user):
            if path in done or page in LEAVES:
                continue
            answer = client.get(path)
            if answer.status_code == 200 and answer.content.startswith(b"<!doctype html>"):
                done.add(path)
                paths.setdefault(who, []).append((page, path))
    return paths


def _may_open(world: World, user) -> Iterator[tuple[str, str]]:
    for page, row in TABLE.items():
        for _state, path, record in addresses(row, world.ours):
            if user is None:
                may = row.roles is ANYONE
            elif row.roles is ANYONE or row.roles is SIGNED_IN:
                may = row.roles is SIGNED_IN
            else:
                appointment = held(user)
                may = appointment is not None and appointment.role in row.roles
                if may and record is not None:
                    records = visible(type(record)._default_manager.all(), appointment)
                    may = records.filter(pk=record.pk).exists()
            if may:
                yield page, path


def cookie_of(user, address):
    client = Client()
    client.force_login(user)
    value = client.cookies[program.SESSION_COOKIE_NAME].value
    return {"name": program.SESSION_COOKIE_NAME, "value": value, "url": address}


def violations(page, what):
    found = page.evaluate(JUDGE, what)["violations"]
    return [(each["id"], node["html"]) for each in found for node in each["nodes"]]


def seen_by(address, cookie, paths, language):
    """What is wrong with the pages, as one browser sees them."""

    def look(page):
        if cookie:
            page.context.add_cookies([cookie])
        wrong, said = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for name, path in paths:
            said.clear()
            page.set_viewport_size(DESK)
            page.emulate_media(color_scheme="light")
            answer = page.goto(address + translate_url(path, language))
            found = [answer.status] if answer.status != 200 else []
            found += violations(page, WHOLE)
            page.emulate_media(color_scheme="dark")
            found += violations(page, CONTRAST)
            page.set_viewport_size(PHONE)
            width = width_of(page)
            found += [f"{width} pixels wide"] if width != PHONE["width"] else []
            found += [f"hangs over its card: {part}" for part in page.evaluate(OVERHANGS)[:3]]
            wrong += [(language, name, path, each) for each in [*found, *said]]
        return wrong

    return look


def test_every_page_breaks_no_rule_and_scrolls_nowhere(live_server, chromium):
    world = a_world()
    users = users_of(world)
    wrong = []

    for who, paths in opened(world).items():
        cookie = cookie_of(users[who], live_server.url) if users[who] else None
        for language in ("id", "en"):
            wrong += chromium.show(seen_by(live_server.url, cookie, paths, language))

    assert wrong == []


def test_every_page_that_answers_anyone_with_html_is_looked_at(world_paths):
    looked_at = {page for paths in world_paths.values() for page, _ in paths}

    assert {"start", "account_login", "manage-home", "audit-home", "city-home"} <= looked_at


@pytest.fixture
def world_paths():
    return opened(a_world())
