"""What was told of a death, in words: a line for each fact, with where it is changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sertakan.web.claim_words import CAUSES, LEVELS, PAPERS, RELATIONS, REPORTERS


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A fact as it was told; `step` is the word of the page that asks for it."""

    label: str
    answers: list[str]
    step: str


def report_lines(told: Mapping[str, Any]) -> list[ToldLine]:
    """Everything of a report, in the order in which it was asked."""
    return [
        *_death(told),
        ToldLine(_("Reported by"), _reporter(told), "pelapor"),
        *statement_lines(told.get("statements", {})),
        ToldLine(_("Papers received"), _papers(told), "berkas"),
    ]


def statement_lines(statements: Mapping[str, Any]) -> list[ToldLine]:
    """What only people can say."""
    return [
        ToldLine(
            _("Worked when registered"), [_held(statements, "working_when_accepted")], "pekerjaan"
        ),
        ToldLine(_("Family alive"), _rows(statements, "survivors", _survivor), "keluarga"),
        ToldLine(_("Children of school age"), _rows(statements, "children", _child), "anak"),
        ToldLine(_("Will"), [_will(statements)], "wasiat"),
        ToldLine(
            _("Funeral arranged by"),
            [statements.get("funeral_arranged_by") or _("not said")],
            "pemakaman",
        ),
    ]


def _death(told: Mapping[str, Any]) -> Iterator[ToldLine]:
    yield ToldLine(_("Day of death"), [_day(told.get("died_on"))], "kematian")
    yield ToldLine(_("Cause of death"), [_word(CAUSES, told.get("cause"))], "kematian")


def _reporter(told: Mapping[str, Any]) -> list[str]:
    name, relation = told.get("reporter_name"), told.get("reporter_relation")
    if not name:
        return [_("not said")]
    contact = [told.get("reporter_phone"), told.get("reporter_email")]
    return [f"{name} ({_word(REPORTERS, relation)})", *(each for each in contact if each)]


def _papers(told: Mapping[str, Any]) -> list[str]:
    papers = [_word(PAPERS, kind) for kind in told.get("papers", [])]
    return papers or [_("none yet")]


def _rows(statements: Mapping[str, Any], fact: str, describe: Any) -> list[str]:
    rows = statements.get(fact)
    if rows is None:
        return [_("not said")]
    return [describe(each) for each in rows] or [_("nobody")]


def _survivor(told: Mapping[str, Any]) -> str:
    return f"{told['id']} ({_word(RELATIONS, told.get('relation'))})"


def _child(told: Mapping[str, Any]) -> str:
    return _("born on %(day)s, %(school)s") % {
        "day": _day(told.get("born_on")),
        "school": _word(LEVELS, told.get("level")),
    }


def _will(statements: Mapping[str, Any]) -> str:
    if "will" not in statements:
        return _("not said")
    will = statements["will"]
    return _("there is none") if will is None else ", ".join(will["names"])


def _held(statements: Mapping[str, Any], fact: str) -> str:
    held = statements.get(fact)
    return _("not said") if held is None else _("yes") if held else _("no")


def _day(written: str | None) -> str:
    return date_format(date.fromisoformat(written), "j F Y") if written else _("not said")


def _word(table: Mapping[str, Promise], code: str | None) -> str:
    return str(table.get(code, code)) if code else _("not said")
