"""Forms of allauth as ours are drawn, with our words at their fields."""

from typing import Any

from django import forms, template

from sertakan.web.forms import dress, problems_of
from sertakan.web.signing_in.words import FIELDS, Words

register = template.Library()


@register.inclusion_tag("web/forms/form.html")
def account_form(form: forms.Form) -> dict[str, Any]:
    """The problems of a form and all its fields."""
    form.label_suffix = ""
    for name, field in form.fields.items():
        if words := _words(form, name):
            field.label, field.help_text = (str(part) for part in words)
            form[name].label, form[name].help_text = field.label, field.help_text  # drawn before
        field.widget.attrs.pop("placeholder", None)
        dress(field.widget)
    vars(form)["problems"] = problems_of(form)
    return {"form": form}


def _words(form: forms.Form, name: str) -> tuple[Words, Words] | None:
    """Those of this form and field, else those of any field of the name."""
    keys = [f"{kind.__name__}.{name}" for kind in type(form).__mro__]
    return next((FIELDS[key] for key in [*keys, name] if key in FIELDS), None)
