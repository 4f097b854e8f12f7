"""Ratna covers two neighbours and gets their cards: on a phone, by keyboard alone, and without
JavaScript."""

from datetime import date

import pytest

from sertakan.contributions.models import Bill, PaidMonth
from sertakan.enrolment.models import Enrolment
from tests.web.chromium import DESK, PHONE, width_of
from tests.web.people import a_user
from tests.web.sponsoring.making import a_branch
from tests.web.test_in_the_browser import violations

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

NEIGHBOURS = (
    ("Budi Santoso", "3577011205800001", "05121980"),
    ("Wati Lestari", "3577015205820002", "05121982"),
)
FOCUSED = "document.activeElement.matches(%r)"


class Mouse:
    """Clicks and fills in."""

    def __init__(self, page):
        self.page = page

    def write(self, selector, text):
        field = self.page.locator(selector)
        if field.get_attribute("type") == "date":
            text = f"{text[4:]}-{text[:2]}-{text[2:4]}"
        field.fill(text)

    def choose(self, selector):
        self.page.check(selector)

    def press(self, selector):
        self.page.click(selector)


class Keyboard:
    """Goes from one thing to the next with Tab, and never touches a pointer."""

    def __init__(self, page):
        self.page = page

    def write(self, selector, text):
        self._to(selector)
        self.page.keyboard.type(text)

    def choose(self, selector):
        name = self.page.locator(selector).get_attribute("name")
        self._to(f"[name='{name}']")
        while not self.page.evaluate(FOCUSED % selector):
            self.page.keyboard.press("ArrowDown")
        if not self.page.locator(selector).is_checked():
            self.page.keyboard.press("Space")

    def press(self, selector):
        self._to(selector)
        self.page.keyboard.press("Enter")

    def _to(self, selector):
        for _each in range(120):
            if self.page.evaluate(FOCUSED % selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector} on {self.page.url}")


@pytest.fixture
def ratna(client, settings):
    """Ratna has just signed up; the branch of her city approves small sponsorships beforehand."""
    settings.DEMO_DAY = date(2026, 11, 23)
    a_branch()
    client.force_login(a_user("Ratna"))
    return client.cookies["sessionid"].value


def journey(page, hands, start, looked_at):
    """From an account without a role to two cards; what axe says of each page on the way."""
    faults = []

    def look(path):
        page.wait_for_url(f"**{path}")
        if looked_at:
            faults.extend((page.url, *each) for each in violations(page))
            width = width_of(page)
            faults.extend([(page.url, width)] if width > page.viewport_size["width"] else [])

    page.goto(f"{start}/beranda")
    hands.press("main a[href='/sponsor/mulai']")
    look("/sponsor/mulai")
    hands.choose("[name=kind][value=person]")
    hands.write("[name=place]", "Klegen, Madiun")
    hands.press("main form .btn-primary")
    look("/sponsor/")
    hands.press("main a[href='/sponsor/baru']")
    for name, nik, born in NEIGHBOURS:
        look("/sponsor/baru")
        hands.press("main a[href='/sponsor/baru/pekerja']")
        look("/sponsor/baru/pekerja")
        hands.write("[name=name]", name)
        hands.write("[name=nik]", nik)
        hands.write("[name=birth_date]", born)
        hands.press("main form .btn-primary")
        look("/pekerjaan")
        hands.choose("[name=category][value=msme]")
        hands.choose("[name=sector][value=other]")
        hands.press("main form .btn-primary")
        look("/tempat")
        hands.press("main form[method=post] .btn-primary")  # Klegen, where Ratna lives
        look("/persetujuan")
        hands.choose("[name=agreed]")
        hands.press("main form .btn-primary")
    look("/sponsor/baru")
    hands.press("main a[href='/sponsor/baru/lama']")
    look("/lama")
    hands.press("main form .btn-primary")  # three months
    look("/periksa")
    hands.press("main form .btn-primary")
    look("/sponsor/tagihan/*")
    hands.press("form[action$='/simulasi'] button")
    page.get_by_text("Lunas.", exact=False).first.wait_for()
    look("/sponsor/tagihan/*")
    cards = page.locator("main a[href$='/kartu']").get_attribute("href")
    hands.press("main a[href='/sponsor/']")
    look("/sponsor/")
    hands.press("main a[href*='/sponsor/pekerja/']")
    look("/sponsor/pekerja/*")
    return cards, faults


@pytest.mark.parametrize(
    ("hands", "shown"),
    [
        (Mouse, {"size": PHONE}),
        (Keyboard, {"size": PHONE}),
        (Mouse, {"size": DESK, "scheme": "dark"}),
        (Mouse, {"size": PHONE, "script": False}),
    ],
    ids=["phone", "keyboard", "desk in the dark", "without script"],
)
def test_two_neighbours_are_covered_and_get_cards(
    client, live_server, chromium, ratna, hands, shown
):
    def look(page):
        session = {"name": "sessionid", "value": ratna, "url": live_server.url}
        page.context.add_cookies([session])
        return journey(page, hands(page), live_server.url, shown.get("script", True))

    cards, faults = chromium.show(look, **shown)

    assert faults == []
    assert client.get(cards).content[:5] == b"%PDF-"
    assert Bill.objects.get().total_rupiah == 2 * (8_400 + 8_400 + 16_800)
    assert PaidMonth.objects.count() == 6
    names = Enrolment.objects.order_by("pk").values_list("person__name", flat=True)
    assert list(names) == ["Budi Santoso", "Wati Lestari"]
