"""The questions of a report of a death, a form each; and what they put into what is told.

`told` is what is known so far: died_on, cause, reporter_name, reporter_relation,
reporter_phone, reporter_email, papers (kinds), papers_on, and `statements` in the words of the
law's facts (`claims.gathering.STATED`). Days are written as JSON has them.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sertakan.web.claim_words import CAUSES, LEVELS, PAPERS, RELATIONS, REPORTERS
from sertakan.web.forms import DayField, Form

Told = dict[str, Any]
UNKNOWN, NONE, SOME, YES, NO = "unknown", "none", "some", "yes", "no"
YES_NO = ((YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("Not known")))
HELD = {YES: True, NO: False, UNKNOWN: None}
SAID = {True: YES, False: NO, None: UNKNOWN}


class StepForm(Form):
    """One question. A subclass says what it tells, and what it shows of what was told."""

    def told(self) -> Told:
        """What the answer adds to what is told."""
        raise NotImplementedError

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        """What the form begins with."""
        return {name: told.get(name) for name in cls.base_fields}


class DeathForm(StepForm):
    """When and of what."""

    died_on = DayField(label=_("Day of death"))
    cause = forms.ChoiceField(
        label=_("Cause of death"), choices=list(CAUSES.items()), widget=forms.RadioSelect
    )

    def told(self) -> Told:
        return {
            "died_on": self.cleaned_data["died_on"].isoformat(),
            "cause": self.cleaned_data["cause"],
        }


class ReporterForm(StepForm):
    """Who reports it, and where news of the claim goes."""

    reporter_name = forms.CharField(label=_("Name of whoever reports the death"), max_length=200)
    reporter_relation = forms.ChoiceField(
        label=_("Relation to the person who died"), choices=list(REPORTERS.items())
    )
    reporter_phone = forms.RegexField(
        regex=r"^(\+62|62|0)8[0-9]{7,12}$",
        label=_("Phone (WhatsApp)"),
        help_text=_("News of the claim is sent there."),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a mobile number, for example 0812 3456 7890.")},
    )
    reporter_email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict):
            written = self.data.get("reporter_phone", "")
            self.data = self.data.copy()
            self.data["reporter_phone"] = "".join(mark for mark in written if mark not in " .-()")

    def clean_reporter_phone(self) -> str:
        """As it is dialled: +62…"""
        digits = str(self.cleaned_data["reporter_phone"]).lstrip("+").removeprefix("62")
        return f"+62{digits.lstrip('0')}" if digits else ""

    def told(self) -> Told:
        return dict(self.cleaned_data)


class WorkForm(StepForm):
    """Whether the person worked."""

    working_when_accepted = forms.ChoiceField(
        label=_("Did the person work when registered?"),
        help_text=_("For example as a trader, farmer, driver, keeper of a grave or of a mosque."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )

    def told(self) -> Told:
        held = HELD[self.cleaned_data["working_when_accepted"]]
        return {"statements": {"working_when_accepted": held}}

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        statements = told.get("statements", {})
        if "working_when_accepted" not in statements:
            return {}
        return {"working_when_accepted": SAID[statements["working_when_accepted"]]}


class SurvivorForm(Form):
    """One who survives."""

    id = forms.CharField(label=_("Name"), max_length=120)
    relation = forms.ChoiceField(
        label=_("Relation to the person who died"), choices=list(RELATIONS.items())
    )

    def told(self) -> Told:
        """As the law's fact."""
        return dict(self.cleaned_data)

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        """What the row begins with."""
        return dict(told)


class ChildForm(Form):
    """One child of the deceased, for the scholarship."""

    born_on = DayField(label=_("Date of birth"))
    level = forms.ChoiceField(label=_("School"), choices=list(LEVELS.items()))
    years_left_at_level = forms.IntegerField(
        label=_("Years left at this school"),
        min_value=0,
        max_value=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    married = forms.ChoiceField(label=_("Married?"), choices=YES_NO, initial=NO)
    working = forms.ChoiceField(label=_("Working?"), choices=YES_NO, initial=NO)

    def told(self) -> Told:
        """As the law's fact."""
        answer = self.cleaned_data
        return {
            "born_on": answer["born_on"].isoformat(),
            "level": answer["level"],
            "years_left_at_level": answer["years_left_at_level"],
            "married": HELD[answer["married"]],
            "working": HELD[answer["working"]],
        }

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        """What the row begins with."""
        return {
            **told,
            "married": SAID[told.get("married")],
            "working": SAID[told.get("working")],
        }


class WillForm(StepForm):
    """Whether there is a will."""

    will = forms.ChoiceField(
        label=_("Is there a will?"),
        help_text=_("It matters only where there is no wife, husband, child or other heir."),
        choices=((NONE, _("No")), (SOME, _("Yes")), (UNKNOWN, _("Not known"))),
        widget=forms.RadioSelect,
    )
    names = forms.CharField(
        label=_("Whom it names, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notarial = forms.ChoiceField(
        label=_("Is it a notarial deed?"), choices=YES_NO, required=False, initial=UNKNOWN
    )

    def clean(self) -> dict[str, Any]:
        answer: dict[str, Any] = super().clean() or {}
        answer["names"] = [
            line.strip() for line in answer.get("names", "").splitlines() if line.strip()
        ]
        if answer.get("will") == SOME and not answer["names"]:
            self.add_error("names", _("Write whom the will names."))
        return answer

    def told(self) -> Told:
        answer = self.cleaned_data
        if answer["will"] == UNKNOWN:
            return {}
        will = None
        if answer["will"] == SOME:
            will = {"names": answer["names"], "notarial": HELD.get(answer["notarial"])}
        return {"statements": {"will": will}}

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        statements = told.get("statements", {})
        if "will" not in statements:
            return {}
        will = statements["will"]
        if will is None:
            return {"will": NONE}
        return {
            "will": SOME,
            "names": "\n".join(will["names"]),
            "notarial": SAID[will.get("notarial")],
        }


class FuneralForm(StepForm):
    """Who arranged the funeral: they are paid for it where nobody survives."""

    funeral_arranged_by = forms.CharField(
        label=_("Who arranged the funeral?"),
        help_text=_("Name and address. Needed only where there is no heir."),
        max_length=200,
        required=False,
    )

    def told(self) -> Told:
        arranged = self.cleaned_data["funeral_arranged_by"].strip()
        return {"statements": {"funeral_arranged_by": arranged or None}}

    @classmethod
    def initial_of(cls, told: Mapping[str, Any]) -> Told:
        return {"funeral_arranged_by": told.get("statements", {}).get("funeral_arranged_by")}


class PapersForm(StepForm):
    """Which papers were brought, and when."""

    papers = forms.MultipleChoiceField(
        label=_("Papers received"),
        help_text=_("The first two must be there before the claim can be approved."),
        choices=list(PAPERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    papers_on = DayField(label=_("Received on"), required=False)

    def clean(self) -> dict[str, Any]:
        answer: dict[str, Any] = super().clean() or {}
        if answer.get("papers") and not answer.get("papers_on"):
            self.add_error("papers_on", _("Say on which day the papers were received."))
        return answer

    def told(self) -> Told:
        on = self.cleaned_data["papers_on"]
        return {"papers": self.cleaned_data["papers"], "papers_on": on.isoformat() if on else ""}
