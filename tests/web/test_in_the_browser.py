"""The pages as Chromium shows them: on a phone and on a desk, light and dark, both languages."""

from itertools import product

import pytest

from tests.web.chromium import DESK, PHONE, width_of
from tests.web.making import a_city

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = "rules => axe.run({runOnly: {type: 'tag', values: rules}})"

EVERYWHERE = list(product((PHONE, DESK), ("light", "dark"), ("", "/en")))
IN_FOUR_WAYS = [
    (PHONE, "light", ""),
    (DESK, "dark", ""),
    (DESK, "light", "/en"),
    (PHONE, "dark", "/en"),
]

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]


def violations(page):
    page.wait_for_load_state()
    return [
        (found["id"], node["html"])
        for found in page.evaluate(JUDGE, RULES)["violations"]
        for node in found["nodes"]
    ]


def look_at(address):
    """What Chromium finds there: status, width, broken rules, missing files, what it says."""

    def look(page):
        said, missed = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("requestfailed", lambda request: missed.append(request.url))
        answer = page.goto(address)
        width = width_of(page)
        return answer.status, width, violations(page), missed, said

    return look


def judge(chromium, url, ways=IN_FOUR_WAYS, *, status=200):
    """The page breaks no rule of axe, does not scroll sideways, and loads all that it names."""
    for size, scheme, language in ways:
        look = look_at(url.format(language=language))

        answered, width, broken, missed, said = chromium.show(look, size=size, scheme=scheme)

        assert (answered, width) == (status, size["width"])
        assert (broken, missed) == ([], []), (size, scheme, language)
        assert said == [] or status >= 400


def test_the_judge_sees_what_is_wrong(chromium):
    def look(page):
        page.set_content("<p style='color: #ccc; background: #fff'>hardly to be read</p>")
        return {rule for rule, _ in violations(page)}

    assert "color-contrast" in chromium.show(look)


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
    def look(page):
        page.goto(live_server.url)
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert chromium.show(look, scheme="light") == "rgb(255, 255, 255)"
    assert chromium.show(look, scheme="dark") == "rgb(15, 23, 25)"


def test_the_typeface_is_ours_and_its_figures_stand_under_each_other(live_server, chromium):
    def look(page):
        page.goto(live_server.url)
        page.evaluate("document.fonts.ready")
        return page.evaluate(
            """() => [
                document.fonts.check('16px "Plus Jakarta Sans"'),
                [...'0123456789'].map(digit => {
                    const span = document.createElement('span');
                    span.textContent = digit.repeat(20);
                    span.style.position = 'absolute';
                    document.body.append(span);
                    return Math.round(span.getBoundingClientRect().width);
                }),
            ]"""
        )

    loaded, widths = chromium.show(look)

    assert loaded
    assert len(set(widths)) == 1


def test_the_language_is_changed_by_a_link(live_server, chromium):
    def look(page):
        page.goto(live_server.url)
        page.get_by_role("link", name="English").click()
        english = page.url, page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("link", name="Bahasa Indonesia").click()
        return *english, page.url

    assert chromium.show(look) == (
        f"{live_server.url}/en/",
        "Workers around us, covered",
        f"{live_server.url}/",
    )


def test_the_first_key_press_leads_past_the_head(live_server, chromium):
    def look(page):
        page.goto(live_server.url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        return page.evaluate("document.activeElement.id")

    assert chromium.show(look) == "content"


def test_without_script_nothing_is_missing(live_server, chromium):
    a_city()

    def look(page):
        page.goto(live_server.url)
        return page.locator("body").inner_text()

    with_script, without = chromium.show(look), chromium.show(look, script=False)

    assert with_script == without
    assert "Klegen" in without


def test_the_csv_is_one_click_away(live_server, chromium):
    a_city()

    def look(page):
        page.goto(live_server.url)
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV", exact=True).click()
        return download.value.suggested_filename

    assert chromium.show(look) == "cakupan-2026-11.csv"
