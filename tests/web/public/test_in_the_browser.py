"""The pages for anyone in Chromium: axe, no sideways scrolling, nothing that the policy refuses."""

import pytest

from tests.claims.making import approved, decided, reported, with_papers
from tests.web.chromium import DESK, PHONE, width_of
from tests.web.making import a_city
from tests.web.public.making import BORN, a_worker, code_sent, nik_of
from tests.web.public.test_card import token
from tests.web.test_in_the_browser import judge, violations

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]


@pytest.mark.parametrize(
    "path", ["/hitung", "/cek", "/klaim", "/kunci-kartu", "/terbuka", "/demo/pesan"]
)
def test_every_page_can_be_used_by_everyone(chromium, live_server, path):
    a_city()

    judge(chromium, live_server.url + "{language}" + path)


def test_a_card_can_be_read_by_everyone(chromium, live_server):
    wati = a_worker()

    judge(chromium, live_server.url + "{language}/k/" + token(wati))


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_wati_finds_her_cover_without_a_script(chromium, live_server, size, scheme):
    wati = a_worker("Wati Susanti")

    def look(page):
        page.goto(f"{live_server.url}/cek")
        page.fill("[name=nik]", nik_of(wati))
        page.fill("[name=birth_date]", BORN.isoformat())
        page.click("main button")
        return page.inner_text("h1"), page.context.storage_state()

    heading, state = chromium.show(look, size=size, scheme=scheme, script=False)
    code, _channel, _recipient = code_sent()

    def look_on(page):
        page.context.add_cookies(state["cookies"])
        page.goto(f"{live_server.url}/cek/kode")
        page.fill("[name=code]", code)
        page.click("main button")
        return page.inner_text("h1"), page.inner_text(".verdict h2"), violations(page)

    assert heading == "Masukkan kode"
    assert chromium.show(look_on, size=size, scheme=scheme) == (
        "Perlindungan saya",
        "Terlindungi",
        [],
    )


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_a_family_follows_its_claim(chromium, live_server, size, scheme):
    claim = with_papers(reported(a_worker().pk, BORN.replace(2026, 6, 10)))
    decided(claim)
    approved(claim)

    def look(page):
        page.goto(f"{live_server.url}/klaim")
        page.fill("[name=reference]", claim.reference)
        page.fill("[name=birth_date]", BORN.isoformat())
        page.click("main button")
        width = width_of(page)
        return page.inner_text(".verdict h2"), width, violations(page)

    assert chromium.show(look, size=size, scheme=scheme) == (
        "Disetujui, akan dibayar",
        size["width"],
        [],
    )
