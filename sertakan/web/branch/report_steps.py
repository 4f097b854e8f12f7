"""The steps of reporting a death, in their order, and the two that ask for many rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sertakan.web.branch.report_forms import (
    NONE,
    SOME,
    UNKNOWN,
    ChildForm,
    DeathForm,
    FuneralForm,
    PapersForm,
    ReporterForm,
    StepForm,
    SurvivorForm,
    Told,
    WillForm,
    WorkForm,
)
from sertakan.web.forms import Form, dress

ROWS_MOST = 20
ADD = "add"  # the button that asks for another row


class RowsForm(StepForm):
    """Nobody, somebody, or not known; and a row for each. Rows left empty are left out."""

    fact = ""
    row: type[ChildForm] | type[SurvivorForm]
    rows: list[Any]

    known = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, shown: int = 1, **kwargs: Any) -> None:
        self.told_before = kwargs.pop("told_before", [])
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.rows = [self._row(number, data=self.data) for number in range(shown)]
        else:
            self.rows = [
                self._row(number, initial=self.row.initial_of(each))
                for number, each in enumerate(self.told_before)
            ] or [self._row(0)]

    def _row(self, number: int, **told: Any) -> Any:
        row = self.row(
            prefix=f"row{number}", empty_permitted=True, use_required_attribute=False, **told
        )
        for field in row.fields.values():
            if isinstance(field, forms.ChoiceField) and not field.initial:
                field.choices = [("", "–"), *field.widget.choices]
                dress(field.widget)
        return row

    def clean(self) -> dict[str, Any]:
        answer: dict[str, Any] = super().clean() or {}
        if answer.get("known") != SOME:
            return answer
        filled = [row for row in self.rows if row.has_changed()]
        if not filled:
            self.add_error("known", _("Fill in at least one row, or choose another answer."))
        complete = [row.is_valid() for row in filled]  # each of them, so that each tells its faults
        if not all(complete):
            self.add_error(None, _("A row is not complete; what is missing is told beside it."))
        self.filled = filled
        return answer

    def told(self) -> Told:
        known = self.cleaned_data["known"]
        rows: dict[str, list[Told] | None] = {UNKNOWN: None, NONE: []}
        found = [row.told() for row in self.filled] if known == SOME else rows[known]
        return {"statements": {self.fact: found}}

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        statements = told.get("statements", {})
        if cls.fact not in statements:
            return {}
        rows = statements[cls.fact]
        return {"known": UNKNOWN if rows is None else SOME if rows else NONE}


class SurvivorsForm(RowsForm):
    """Who survives."""

    fact, row = "survivors", SurvivorForm
    known = forms.ChoiceField(
        label=_("Who of the family is alive?"),
        help_text=_("Husband or wife and children first; else parents, and so on. All of them."),
        choices=(
            (SOME, _("These people")),
            (NONE, _("Nobody")),
            (UNKNOWN, _("Not known yet")),
        ),
        widget=forms.RadioSelect,
    )


class ChildrenForm(RowsForm):
    """Children who may get a scholarship."""

    fact, row = "children", ChildForm
    known = forms.ChoiceField(
        label=_("Are there children of school age?"),
        help_text=_("For the scholarship: below 23, not married, not working."),
        choices=((SOME, _("These children")), (NONE, _("No")), (UNKNOWN, _("Not known yet"))),
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the report: its word in the address, what it asks, and by which form."""

    word: str
    title: Promise | str
    form: type[StepForm]

    @property
    def many(self) -> bool:
        """Whether it has rows to be added."""
        return issubclass(self.form, RowsForm)

    def begun(self, told: Mapping[str, Any]) -> StepForm:
        """The form with what was told before."""
        more: dict[str, Any] = {}
        if issubclass(self.form, RowsForm):
            more["told_before"] = told.get("statements", {}).get(self.form.fact) or []
        return self.form(initial=self.form.initial_of(told), **more)

    def sent(self, request: HttpRequest) -> StepForm:
        """The form as it was sent."""
        if not issubclass(self.form, RowsForm):
            return self.form(data=request.POST)
        form = self.form(data=request.POST, shown=rows_shown(request.POST))
        if ADD in request.POST:  # another row is wanted; nothing is judged yet
            for each in (form, *form.rows):
                each._errors = ErrorDict()
        return form


def rows_shown(data: QueryDict) -> int:
    """How many rows the page showed, and one more where that was asked for."""
    written = data.get("shown", "1")
    shown = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 1
    return min(max(shown, 1) + (ADD in data), ROWS_MOST)


STEPS = (
    Step("kematian", _("The death"), DeathForm),
    Step("pelapor", _("Who reports it"), ReporterForm),
    Step("pekerjaan", _("Work"), WorkForm),
    Step("keluarga", _("Family"), SurvivorsForm),
    Step("anak", _("Children"), ChildrenForm),
    Step("wasiat", _("Will"), WillForm),
    Step("pemakaman", _("Funeral"), FuneralForm),
    Step("berkas", _("Papers"), PapersForm),
)
BY_WORD = {step.word: step for step in STEPS}
STATED_LATER = ("kematian", "pekerjaan", "keluarga", "anak", "wasiat", "pemakaman")


def after(step: Step) -> Step | None:
    """The step that follows; None after the last."""
    place = STEPS.index(step)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None


def merged(told: Told, more: Told) -> Told:
    """What is told, with an answer added."""
    statements = {**told.get("statements", {}), **more.get("statements", {})}
    return {**told, **more, "statements": statements}


def row_forms(form: StepForm) -> list[Form]:
    """The rows of a form that has them."""
    return list(getattr(form, "rows", []))
