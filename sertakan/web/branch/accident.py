"""What would JKK pay for a work accident? The facts are asked, the law answers, nothing is kept."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sertakan.law import questions
from sertakan.law.facts import FactError
from sertakan.web import clock
from sertakan.web.branch.decision_told import law_told
from sertakan.web.forms import DayField, Form, RupiahField
from sertakan.web.words import SEGMENTS

COSTS = ("medical_cost", "home_care_cost", "glasses_cost", "denture_cost", "hearing_aid_cost")
CARRIED = ("land", "sea", "air")


class AccidentForm(Form):
    """The facts of an accident that the worker survives; what is left empty is not claimed."""

    happened_on = DayField(label=_("Day of the accident"))
    segment = forms.ChoiceField(label=_("Segment"), choices=list(SEGMENTS.items()))
    income = RupiahField(label=_("Income a month (BPU)"), required=False, min_value=0)
    wage = RupiahField(label=_("Wage a month (PU)"), required=False, min_value=0)
    medical_cost = RupiahField(label=_("Treatment and care"), required=False, min_value=0)
    land = RupiahField(label=_("Transport by land"), required=False, min_value=0)
    sea = RupiahField(label=_("Transport by sea"), required=False, min_value=0)
    air = RupiahField(label=_("Transport by air"), required=False, min_value=0)
    months_unable = forms.IntegerField(
        label=_("Months unable to work"),
        required=False,
        min_value=0,
        max_value=1_200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    disability = forms.ChoiceField(
        label=_("Permanent disability"),
        choices=(("none", _("None")), ("partial", _("Partial")), ("total", _("Total"))),
    )
    partial_percent = forms.DecimalField(
        label=_("Per cent of a partial disability"),
        help_text=_("By the table of PP 82/2019, as the doctor states it."),
        required=False,
        min_value=Decimal("0.01"),
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    home_care_cost = RupiahField(label=_("Care at home"), required=False, min_value=0)
    glasses_cost = RupiahField(label=_("Glasses"), required=False, min_value=0)
    denture_cost = RupiahField(label=_("Dentures"), required=False, min_value=0)
    hearing_aid_cost = RupiahField(label=_("Hearing aids"), required=False, min_value=0)

    def facts(self) -> dict[str, Any]:
        """As the law asks for them; what is unknown is left out."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        carried = {name: told.pop(name) for name in CARRIED if name in told}
        told.pop("wage" if told["segment"] == "BPU" else "income", None)
        return {**told, "transport": carried} if carried else told


@require_safe
def accident(request: HttpRequest) -> HttpResponse:
    """Ask, and answer with articles."""
    asked = "happened_on" in request.GET
    form = AccidentForm(data=request.GET if asked else None, initial={"happened_on": clock.today()})
    told = None
    if asked and form.is_valid():
        try:
            told = law_told(questions.decide("accident_benefit", form.facts()))
        except FactError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return render(request, "web/branch/accident.html", {"form": form, "told": told})
