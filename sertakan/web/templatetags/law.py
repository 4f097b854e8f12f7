"""The law's own words in our templates."""

from datetime import date

from django import template
from django.utils.translation import get_language

from sertakan.law.explanations import words
from sertakan.vocabulary import Month

register = template.Library()


@register.filter
def benefit(name: str) -> str:
    """The name of a benefit: Death grant."""
    told: str = words()["benefits"][name]["en" if get_language() == "en" else "id"]
    return told[0].upper() + told[1:]


@register.filter
def first_day(month: Month) -> date:
    """A month as a day that the filter `date` writes."""
    return month.first_day
