"""Forms as every page draws them: label, hint, problem, field; and problems summed up on top.

A form here checks shape: a day that is one, a number that is one. What it means is checked by the
operation that the view calls; its refusal comes back with `refuse`.
"""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sertakan.audit.errors import Refused
from sertakan.vocabulary import nik_fault

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-control"),
)


# Django's own sentences that our catalogue says anew.
OVER_DJANGO = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
)


class Renderer(TemplatesSetting):
    """Our templates for fields and for forms."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class Form(forms.Form):
    """A form of the pages: `{{ form }}` draws its problems and every field."""

    required_css_class = "required"
    error_css_class = "invalid"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field.widget)

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Say what the operation refused, at the field that it concerns or on top."""
        self.add_error(field, str(refusal))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each problem: the id of its field, empty where it concerns the whole, and a sentence."""
        return problems_of(self)


def problems_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Each problem: the id of its field, empty where it concerns the whole, and a sentence.

    What Django says of any field (it has a code) is said with the name of this one.
    """
    return [
        _problem(form, name, error)
        for name, errors in form.errors.items()
        for error in errors.as_data()
    ]


def _problem(form: forms.BaseForm, name: str, error: ValidationError) -> tuple[str, str]:
    (told,) = error.messages
    if name == NON_FIELD_ERRORS:
        return "", told
    label = str(form[name].label)
    said = told if error.code is None or label.lower() in told.lower() else f"{label}: {told}"
    return form[name].id_for_label or form[name].auto_id, said


def dress(widget: forms.Widget) -> None:
    """Give a widget the class that the theme draws it by."""
    name = next(name for kind, name in CLASSES if isinstance(widget, kind))
    if name and "class" not in widget.attrs:
        widget.attrs["class"] = name


class DayField(forms.DateField):
    """A day, by the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)


class MonthField(forms.DateField):
    """A month, as its first day."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2026-11"}, format="%Y-%m")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%m-%Y", "%m/%Y"], **kwargs)


class RupiahField(forms.IntegerField):
    """Whole rupiah, written with or without Rp and dots: Rp1.500.000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        written = str(value if value is not None else "").strip().removeprefix("Rp").strip()
        return super().to_python(written.replace(".", "").replace(",", "").replace(" ", ""))


class NikField(forms.CharField):
    """A NIK of 16 digits, with or without spaces and dots between them."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        digits = "".join(mark for mark in written if mark not in " .-'")
        if digits and nik_fault(digits):
            raise forms.ValidationError(
                _("Write the 16 digits of the NIK as they stand on the KTP.")
            )
        return digits


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files; cleaned: a list of them."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files if file] or [
            super().clean(None, initial)
        ]


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: what was sent by POST, or nothing."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}
