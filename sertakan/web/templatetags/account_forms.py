"""Forms of allauth as ours are drawn, with our words at their fields."""

from typing import Any

from django import forms, template

from sertakan.web.forms import dress, problems_of
from sertakan.web.signing_in.words import FIELDS

register = template.Library()


@register.inclusion_tag("web/forms/form.html")
def account_form(form: forms.Form) -> dict[str, Any]:
    """The problems of a form and all its fields."""
    form.label_suffix = ""
    kinds = [kind.__name__ for kind in type(form).__mro__]
    for name, field in form.fields.items():
        words = next(
            (FIELDS[f"{kind}.{name}"] for kind in kinds if f"{kind}.{name}" in FIELDS), None
        )
        field.label, field.help_text = words or FIELDS.get(name, (field.label, field.help_text))
        field.widget.attrs.pop("placeholder", None)
        dress(field.widget)
    form.problems = problems_of(form)
    return {"form": form}
