"""What our templates say in one word: icons, bars, numbers, the other language."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.db.models import Model
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sertakan.access.queries import may as may_do
from sertakan.web import event_words, numbers, resuming, words
from sertakan.web import once as submissions
from sertakan.web.city.row_words import OUTCOME_SHAPES, OUTCOMES, REASONS
from sertakan.web.guard import acting
from sertakan.web.masking import masked
from sertakan.web.place_names import place_name, place_with_kind

ICONS = Path(__file__).resolve().parents[1] / "icons"
BAR_WIDTH = 1000

register = template.Library()
register.filter("whole", numbers.whole)
register.filter("people", numbers.people)
register.filter("rupiah", numbers.rupiah)
register.filter("short_rupiah", numbers.short_rupiah)
register.filter("percent", numbers.percent)
register.filter("place_name", place_name)
register.filter("place_with_kind", place_with_kind)
register.filter("event_kind", event_words.kind)
register.filter("masked_nik", masked)


@register.filter
def categories(members: tuple[str, ...]) -> str:
    """The names of categories of work, joined."""
    return ", ".join(str(words.CATEGORIES.get(member, member)) for member in members)


@register.filter
def programme(code: str) -> str:
    """The name of a programme."""
    return str(words.PROGRAMMES.get(code, code))


@register.filter
def last_day(record: Any) -> date:
    """The last day of days written [starts_on, ends_on)."""
    day: date = record.ends_on - timedelta(days=1)
    return day


@register.filter
def grouped(code: str) -> str:
    """A long code in groups of four, as people read it out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.filter
def word(code: str, table: str) -> str:
    """What a code of one of the tables of words is called: {{ agreement.fund|word:"fund" }}."""
    return str(words.TABLES[table].get(code, code))


@register.filter
def outcome_word(outcome: str) -> str:
    """What became of a row of a roster."""
    return str(OUTCOMES.get(outcome, outcome))


@register.filter
def outcome_shape(outcome: str) -> str:
    """The class of its state."""
    return OUTCOME_SHAPES.get(outcome, "")


@register.filter
def reason_word(reason: str) -> str:
    """What is wrong with a row, in few words."""
    return str(REASONS.get(reason, reason))


@cache
def _shapes(name: str) -> SafeString:
    return mark_safe((ICONS / f"{name}.svg").read_text().strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Tabler icon drawn into the page. It adorns; the words beside it say what is meant."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        _shapes(name),
    )


@register.simple_tag
def bar(part: int, of: int) -> SafeString:
    """How much of the whole, as a bar. The number stands beside it, so it is hidden to readers."""
    width = min(max(BAR_WIDTH * part // of, 0), BAR_WIDTH) if of > 0 else 0
    return format_html(
        '<svg class="share-bar" viewBox="0 0 {} 10" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        '<rect class="share-bar-whole" width="100%" height="10"/>'
        '<rect class="share-bar-part" width="{}" height="10"/></svg>',
        str(BAR_WIDTH),
        str(width),
    )


@register.simple_tag(takes_context=True)
def once(context: dict[str, Any]) -> SafeString:
    """The token by which a form counts once, and whose form it is; in every form that writes."""
    fields = [(submissions.FIELD, submissions.token())]
    request = context.get("request")
    if request is not None and request.user.is_authenticated:
        fields.append((resuming.WHOSE, resuming.mark_of(request.user)))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], page: str, record: Model | None = None) -> bool:
    """Whether the reader may do what the page is for, to this record in the state it is in."""
    return may_do(acting(context["request"]), page, record)


@register.simple_tag
def kind_of(field: forms.BoundField) -> str:
    """How a field is drawn: group (of choices), check (one box), or a line."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


@register.simple_tag(takes_context=True)
def other_language(context: dict[str, Any]) -> dict[str, str]:
    """The language that this page is not in: `code`, `name` in itself, and this page's `url`."""
    code, name = ("en", "English") if get_language() == "id" else ("id", "Bahasa Indonesia")
    home = "/en/" if code == "en" else "/"
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {"code": code, "name": name, "url": home}
    url = translate_url(request.path, code)
    return {"code": code, "name": name, "url": url if url != request.path else home}
