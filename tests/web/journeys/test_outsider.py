"""An outsider tries everything in a browser, and gets nothing."""

import pytest
from django.test import Client

from sertakan.access.table import ANYONE, TABLE
from sertakan.audit.models import Event
from tests.web.chromium import PHONE
from tests.web.people import a_user, an_appointed
from tests.web.world import a_world, addresses

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
]
OWN = ("account_", "mfa_")  # one's own account is open to whoever has signed in
NAMES = ("setempat", "qadarsih", "xylomadu")  # stands in every name of the world's two sides


def closed_addresses(side):
    """Every page that is not for anyone, on one record of a side."""
    return [
        next(addresses(row, side))[1]
        for row in TABLE.values()
        if row.roles is not ANYONE and not row.page.startswith(OWN)
    ]


def tries(chromium, live_server, paths, *, user=None, shown=()):
    """What stands on the pages that somebody gets, by path; `shown` are words that may stand."""
    session = None
    if user:
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value

    def look(page):
        if session:
            page.context.add_cookies(
                [{"name": "sessionid", "value": session, "url": live_server.url}]
            )
        page.route("**/static/**", lambda route: route.abort())  # only what is told counts
        seen = {}
        for path in paths:
            answer = page.goto(live_server.url + path, wait_until="domcontentloaded")
            words = page.locator("main").inner_text().lower()
            told = [name for name in NAMES if name in words and name not in shown]
            seen[path] = (answer.status, page.url.removeprefix(live_server.url), told)
        return seen

    return chromium.show(look, size=PHONE)


def test_a_visitor_is_led_to_the_sign_in_whatever_she_asks_for(chromium, live_server):
    paths = closed_addresses(a_world().ours)
    events = Event.objects.count()

    seen = tries(chromium, live_server, paths)

    assert len(seen) > 100
    others = {
        path: found
        for path, found in seen.items()
        if not (found[0] == 200 and found[1].startswith("/masuk?next=") and not found[2])
    }
    assert others == {}
    assert Event.objects.count() == events


def test_somebody_without_a_role_gets_no_page_but_her_own(chromium, live_server):
    paths = closed_addresses(a_world().foreign)

    seen = tries(chromium, live_server, paths, user=a_user("Yanti"))

    opened = {path for path, (status, _url, _told) in seen.items() if status == 200}
    assert {told for _s, _u, names in seen.values() for told in names} == set()
    assert opened <= {"/beranda", "/lanjutkan", "/sponsor/mulai"}


def test_a_sponsor_sees_nothing_of_another_sponsor_and_no_desk(chromium, live_server):
    world = a_world()
    joko = an_appointed("sponsor", over=world.ours.sponsor, name="Joko")
    foreign = [
        next(addresses(row, world.foreign))[1]
        for row in TABLE.values()
        if row.on and row.roles is not ANYONE and not row.page.startswith(OWN)
    ]
    desks = ["/kota/", "/cabang/", "/audit/", "/kelola/", "/kota/orang", "/cabang/klaim"]

    seen = tries(chromium, live_server, foreign + desks, user=joko, shown=("setempat",))

    assert {status for status, _url, _told in seen.values()} <= {403, 404, 405}
    assert {told for _s, _u, names in seen.values() for told in names} == set()
