"""What the pages load: all of it ours or vendored with its licence, nothing unused, light."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import sertakan.web
from tests.config.test_settings import GIVEN
from tests.web.making import a_total, a_workforce, many_places, sponsored

WEB = Path(sertakan.web.__file__).parent
TEMPLATES = sorted(WEB.rglob("templates/**/*.html")) + sorted(WEB.rglob("templates/**/*.svg"))
TAGS = sorted(WEB.rglob("templatetags/*.py"))
CLASS = re.compile(r'class="([^"]*)"')
TEMPLATE_TAG = re.compile(r"\{[%{#].*?[%}#]\}")
# A script from a file of ours and data that a script reads are none of its own.
OF_ITS_OWN = (
    r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))|<style\b|\sstyle=|\son\w+=|javascript:"
)
LIMIT = 100 * 1024


def classes():
    """Every class of our templates, and where it stands."""
    return {
        (name, file.name)
        for file in [*TEMPLATES, *TAGS]
        for value in CLASS.findall(TEMPLATE_TAG.sub(" ", file.read_text()))
        for name in value.split()
    }


def has_style(name, styled):
    """A name that a template goes on with (month-{{ state }}) begins the name of a style."""
    if name.endswith("-"):
        return any(each.startswith(name) for each in styled)
    return name in styled


def test_every_class_in_a_template_has_a_style():
    styles = "".join(file.read_text() for file in (WEB / "static").rglob("*.css"))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))

    unstyled = {(name, file) for name, file in classes() if not has_style(name, styled)}

    assert classes()
    assert not unstyled, "make assets brings the styles of new classes"


def test_no_style_draws_with_a_picture_that_the_policy_refuses():
    styles = list((WEB / "static").rglob("*.css"))

    assert len(styles) > 3
    assert [
        file.name for file in styles if "url(data:" in re.sub("[\"']", "", file.read_text())
    ] == []


def test_every_icon_in_a_template_is_there_and_no_other():
    named = {
        name
        for file in [*TEMPLATES, *WEB.rglob("*.py")]
        for name in re.findall(r'(?:\{%\s*icon\s+|\bicon=)"([a-z0-9-]+)"', file.read_text())
    }

    assert named == {file.stem for file in (WEB / "icons").glob("*.svg")}


def test_what_others_made_stands_beside_its_licence():
    vendor = WEB / "static/vendor"
    notice = (vendor / "THIRD_PARTY.txt").read_text()

    for licence in re.findall(r"LICENSE-[\w-]+\.txt", notice):
        assert (vendor / licence).read_text()
    for file in vendor.iterdir():
        assert file.name in notice or file.name == "THIRD_PARTY.txt"


def test_in_production_every_file_is_found_under_a_name_that_lasts(tmp_path):
    environment = {**os.environ, **GIVEN, "SERTAKAN_ENV": "production"}

    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        env={**environment, "SERTAKAN_VAR": str(tmp_path)},
        cwd=WEB.parents[1],
        check=True,
    )

    names = json.loads((tmp_path / "static/staticfiles.json").read_text())["paths"]
    assert {"theme.css", "vendor/tabler.css", "sertakan.svg"} < set(names)
    theme = (tmp_path / "static" / names["theme.css"]).read_text()
    assert names["vendor/plus-jakarta-sans.woff2"] in theme


def test_no_template_holds_a_script_or_a_style_of_its_own():
    for file in TEMPLATES:
        text = file.read_text()
        assert not re.search(OF_ITS_OWN, text), file.name


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_november")
def test_the_first_page_weighs_at_most_100_kilobytes_with_its_typeface(client):
    city = sponsored("Pemerintah Kota Contoh", 6)
    for code in many_places(60):
        a_total(city, code, 1009)
    for number in range(20):
        sponsored(f"Perusahaan Contoh {number}", 5, kind="company")
    a_workforce()

    page = client.get("/").content
    loaded = re.findall(
        r'<link rel="(?:preload|stylesheet|icon)" href="/static/([^"]+)"', page.decode()
    )

    assert len(loaded) == 4
    weights = {"page": len(gzip.compress(page))} | {
        name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in loaded
    }
    assert sum(weights.values()) <= LIMIT, weights
