"""The pages as Chromium shows them: on a phone and on a desk, light and dark, both languages."""

from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest

from tests.web.making import a_city

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]
JUDGE = "rules => axe.run({runOnly: {type: 'tag', values: rules}})"
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 800}

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]


@contextmanager
def a_page(chromium, *, size=DESK, scheme="light", script=True):
    """A page of a fresh browser, and what went wrong in it."""
    context = chromium.new_context(
        viewport=size, color_scheme=scheme, java_script_enabled=script, reduced_motion="reduce"
    )
    if script:
        context.add_init_script(path=AXE)
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    yield page, wrong
    context.close()


def violations(page):
    return [
        (found["id"], node["html"])
        for found in page.evaluate(JUDGE, RULES)["violations"]
        for node in found["nodes"]
    ]


EVERYWHERE = list(product((PHONE, DESK), ("light", "dark"), ("", "/en")))
IN_FOUR_WAYS = [
    (PHONE, "light", ""),
    (DESK, "dark", ""),
    (DESK, "light", "/en"),
    (PHONE, "dark", "/en"),
]


def judge(chromium, url, ways=IN_FOUR_WAYS, *, status=200):
    for size, scheme, language in ways:
        with a_page(chromium, size=size, scheme=scheme) as (page, wrong):
            answer = page.goto(url.format(language=language))

            assert answer.status == status
            assert violations(page) == [], (size, scheme, language)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width == size["width"], f"scrolls sideways at {size['width']}"
            assert status >= 400 or wrong == []


def test_the_judge_sees_what_is_wrong(chromium):
    with a_page(chromium) as (page, _):
        page.set_content("<p style='color: #ccc; background: #fff'>hardly to be read</p>")

        assert "color-contrast" in {rule for rule, _ in violations(page)}


def test_the_start_page_is_open_to_everyone(live_server, chromium):
    a_city()

    judge(chromium, live_server.url + "{language}/", EVERYWHERE)


def test_the_start_page_of_an_empty_database_too(live_server, chromium):
    judge(chromium, live_server.url + "{language}/")


def test_a_page_that_is_not_there_too(live_server, chromium):
    judge(chromium, live_server.url + "{language}/tidak-ada", status=404)


def test_the_state_of_the_system_too(live_server, chromium):
    judge(chromium, live_server.url + "{language}/kesehatan")


def test_light_and_dark_follow_the_reader(live_server, chromium):
    shades = {}
    for scheme in ("light", "dark"):
        with a_page(chromium, scheme=scheme) as (page, _):
            page.goto(live_server.url)
            shades[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert shades == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 23, 25)"}


def test_the_typeface_is_ours_and_its_figures_stand_under_each_other(live_server, chromium):
    with a_page(chromium) as (page, _):
        page.goto(live_server.url)
        page.evaluate("document.fonts.ready")

        assert page.evaluate("document.fonts.check('16px \"Plus Jakarta Sans\"')")
        widths = page.evaluate(
            """() => [...'0123456789'].map(digit => {
                const span = document.createElement('span');
                span.textContent = digit.repeat(20);
                span.style.position = 'absolute';
                document.body.append(span);
                return span.getBoundingClientRect().width;
            })"""
        )
        assert len({round(width, 2) for width in widths}) == 1


def test_the_language_is_changed_by_a_link(live_server, chromium):
    with a_page(chromium) as (page, _):
        page.goto(live_server.url)
        page.get_by_role("link", name="English").click()

        assert page.url == f"{live_server.url}/en/"
        assert page.get_by_role("heading", level=1).inner_text() == "Workers around us, covered"

        page.get_by_role("link", name="Bahasa Indonesia").click()
        assert page.url == f"{live_server.url}/"


def test_the_first_key_press_leads_past_the_head(live_server, chromium):
    with a_page(chromium) as (page, _):
        page.goto(live_server.url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "content"


def test_without_script_nothing_is_missing(live_server, chromium):
    a_city()
    read = {}
    for script in (True, False):
        with a_page(chromium, script=script) as (page, _):
            page.goto(live_server.url)
            read[script] = page.locator("body").inner_text()

    assert read[True] == read[False]
    assert "Klegen" in read[False]


def test_the_csv_is_one_click_away(live_server, chromium):
    a_city()
    with a_page(chromium) as (page, _):
        page.goto(live_server.url)
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV", exact=True).click()

        assert download.value.suggested_filename == "cakupan-2026-11.csv"
