"""Charts and maps of coverage as Chromium draws them under our policy, by tiles and by borders."""

from datetime import UTC, datetime

import pytest

from sertakan.analytics.operations import rebuild
from sertakan.regions.models import Boundary, Level, Region
from sertakan.regions.operations import load_boundaries
from sertakan.vocabulary import Month
from tests.contributions.making import billed, paid
from tests.enrolment.making import NOW, an_agreement, an_officer, enrolled, some_people
from tests.regions.geojson import a_border, a_file, square
from tests.web.chromium import DESK, PHONE, width_of
from tests.web.test_in_the_browser import violations

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

LATER = datetime(2026, 11, 22, 19, 17, tzinfo=UTC)
KLEGEN, TAMAN = "35.77.01.1003", "35.77.03.1009"


@pytest.fixture
def city(madiun):
    """Budi of Klegen and Wati of Taman are paid for all year."""
    agreement = an_agreement("PKS/1", region=madiun)
    for person, place in zip(some_people("Budi", "Wati"), (KLEGEN, TAMAN), strict=True):
        enrolled(person, agreement, region_id=place)
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    rebuild(first_month=Month(2026, 1), last_month=Month(2026, 11), now=LATER)


@pytest.fixture
def borders():
    """A square for each kelurahan of the city, in rows of six."""
    villages = Region.objects.filter(code__startswith="35.77.", level=Level.VILLAGE).order_by("pk")
    squares = [
        a_border(village.pk, square(number % 6, number // 6))
        for number, village in enumerate(villages)
    ]
    load_boundaries(a_file(*squares), source="Badan Contoh", by=an_officer(), now=NOW)
    yield
    Boundary.objects.all().delete()


def looked_at(client, live_server, act):
    """What `act` finds on the page of coverage, what the console said, and broken rules."""

    def look(page):
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**session, "url": live_server.url}])
        page.goto(f"{live_server.url}/kota/cakupan")
        found = act(page)
        width = width_of(page)
        return found, width, violations(page), said

    return look


def test_the_chart_is_drawn_and_says_a_month_under_the_pointer(
    client, sari, city, live_server, chromium
):
    def act(page):
        chart = page.locator(".chart-place svg").first
        chart.wait_for()
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        chart.get_by_text("Jun 2026").nth(0).wait_for()
        return chart.locator("text").all_text_contents()

    drawn, width, broken, said = chromium.show(looked_at(client, live_server, act))

    assert drawn.count("Terdaftar") == drawn.count("Terlindungi") == 2  # the legend, the tooltip
    assert (width, broken, said) == (DESK["width"], [], [])


def test_without_borders_the_map_is_tiles_that_open_their_place(
    client, sari, city, live_server, chromium
):
    def act(page):
        tiles = page.locator(".map-tile").count()
        page.locator(f".map-tile[href*='{KLEGEN}']").click()
        page.wait_for_url("**/wilayah/**")
        return tiles, page.url.removeprefix(live_server.url)

    found, width, broken, said = chromium.show(looked_at(client, live_server, act), size=PHONE)

    assert found == (27, f"/kota/cakupan/wilayah/{KLEGEN}?bulan=2026-11")
    assert (width, broken, said) == (PHONE["width"], [], [])


def test_with_borders_it_is_drawn_and_opens_by_keyboard(
    client, sari, city, borders, live_server, chromium
):
    def act(page):
        shapes = page.locator(".map-shape path").count()
        page.get_by_role("link", name="Taman, Taman: 100,0%").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/wilayah/**")
        return shapes, page.url.removeprefix(live_server.url)

    found, _, broken, said = chromium.show(looked_at(client, live_server, act))

    assert found == (27, f"/kota/cakupan/wilayah/{TAMAN}?bulan=2026-11")
    assert (broken, said) == ([], [])


def test_without_script_the_numbers_are_all_there(client, sari, city, live_server, chromium):
    def look(page):
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**session, "url": live_server.url}])
        page.goto(f"{live_server.url}/kota/cakupan")
        return page.locator("#by-month tbody tr").count(), page.locator(".chart").is_visible()

    assert chromium.show(look, script=False) == (11, False)
