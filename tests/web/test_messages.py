"""Indonesian is complete: what the program says in English it says in Indonesian too."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import polib
import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "messages.py"


@pytest.fixture(scope="module")
def tool():
    described = importlib.util.spec_from_file_location("messages_tool", TOOL)
    module = importlib.util.module_from_spec(described)
    sys.modules[described.name] = module
    described.loader.exec_module(module)
    yield module
    del sys.modules[described.name]


def test_no_message_is_missing_in_indonesian():
    checked = subprocess.run(
        [sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, "make messages; then translate\n" + checked.stderr


def messages(tool, source):
    return {message.key: message for message in tool.in_python(source)}


def test_messages_are_found_in_modules(tool):
    source = """
from django.utils.translation import gettext_lazy as _, ngettext
EMPTY = _("Nothing here")
def told(n):
    return ngettext("%(n)s bill", "%(n)s bills", n) + _("joined " "text") + other("no message")
"""

    assert [(m.text, m.plural) for m in tool.in_python(source)] == [
        ("Nothing here", None),
        ("%(n)s bill", "%(n)s bills"),
        ("joined text", None),
    ]


def test_messages_are_found_in_templates(tool):
    source = """{% load i18n %}{% translate "Nothing here" %} words
{% blocktranslate with day=today %}Since {{ day }}{% endblocktranslate %}
{% blocktranslate count n=number %}{{ n }} bill{% plural %}{{ n }} bills{% endblocktranslate %}"""

    assert [(m.text, m.plural) for m in tool.in_template(source)] == [
        ("Nothing here", None),
        ("Since %(day)s", None),
        ("%(n)s bill", "%(n)s bills"),
    ]


def test_a_missing_message_is_named(tool):
    found = messages(tool, '_("Here"); _("There")')
    known = polib.POFile()
    known.append(polib.POEntry(msgid="Here", msgstr="Di sini"))

    assert list(tool.problems(found, known)) == ["not in Indonesian: 'There' ()"]


def test_a_translation_keeps_the_placeholders(tool):
    found = messages(tool, '_("There is no sponsor %s.")')
    known = polib.POFile()
    known.append(polib.POEntry(msgid="There is no sponsor %s.", msgstr="Sponsor tidak ada."))

    assert [sentence.split(":")[0] for sentence in tool.problems(found, known)] == [
        "other placeholders in Indonesian"
    ]


def test_a_message_that_is_said_nowhere_any_more_is_named(tool):
    known = polib.POFile()
    known.append(polib.POEntry(msgid="Gone", msgstr="Sudah tidak ada"))

    assert list(tool.problems({}, known)) == ["said nowhere any more: 'Gone'"]
    assert list(tool.updated({}, known)) == []
