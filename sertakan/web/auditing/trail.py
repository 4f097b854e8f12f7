"""The audit trail: by kind, object, person, verb and day; and who looked at whose data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sertakan.access.trail import readable
from sertakan.accounts.models import User
from sertakan.audit.models import Event
from sertakan.audit.queries import events_of
from sertakan.people.models import Person
from sertakan.web import event_details, event_words
from sertakan.web.guard import acting
from sertakan.web.lists import paged

MOST_PEOPLE = 50
# Who did what has no actor, where it is not the program: nobody signs in there.
THROUGH_THE_PUBLIC_PAGES = {
    "followed": gettext_lazy("Somebody with the number of the claim, through the public page,"),
    "looked": gettext_lazy("The person themselves, through the public page,"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words."""

    event: Event
    who: str  # empty: the program by itself
    what: str
    kind: str
    name: str  # of the person whom it is about, where it is about one
    details: list[tuple[str, str]]


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Everything that was done, the latest first."""
    asked = {name: request.GET.get(name, "").strip() for name in FILTERS}
    kinds = [asked["kind"]] if asked["kind"] else []
    events = readable(_narrowed(events_of(), asked), acting(request), kinds=kinds)
    page = paged(events, request)
    told = {
        "page": page,
        "rows": told_of(page.rows),
        "asked": asked,
        "kinds": sorted(
            ((each, event_words.kind(each)) for each in event_words.KINDS), key=_second
        ),
        "verbs": sorted(
            ((each, event_words.verb(each)) for each in event_words.VERBS), key=_second
        ),
    }
    return render(request, "web/auditing/trail.html", told)


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at whose data, and what for."""
    events = events_of().filter(verb__in=event_words.LOOKS)
    page = paged(readable(events, acting(request)), request)
    return render(request, "web/auditing/looks.html", {"page": page, "rows": told_of(page.rows)})


FILTERS = ("kind", "number", "who", "verb", "first", "last")


def _narrowed(events: QuerySet[Event], asked: Mapping[str, str]) -> QuerySet[Event]:
    exact = {"subject_type": asked["kind"], "subject_id": asked["number"], "verb": asked["verb"]}
    events = events.filter(**{name: value for name, value in exact.items() if value})
    if who := asked["who"]:
        people = User.objects.filter(Q(name__icontains=who) | Q(email__icontains=who))
        events = events.filter(actor__in=list(people.values_list("pk", flat=True)[:MOST_PEOPLE]))
    if first := _moment(asked["first"]):
        events = events.filter(at__gte=first)
    if beyond := _moment(asked["last"], later=timedelta(days=1)):
        events = events.filter(at__lt=beyond)
    return events


def _moment(day: str, later: timedelta = timedelta()) -> datetime | None:
    """When a day begins, or some time later; None for what is no day, or beyond the last one."""
    try:
        found = parse_date(day)
        return timezone.make_aware(datetime.combine(found + later, time())) if found else None
    except (ValueError, OverflowError):
        return None


def told_of(events: Iterable[Event]) -> list[Told]:
    """The events in words, with the names of the people whom they are about."""
    events = list(events)
    about = {
        int(event.subject_id)
        for event in events
        if event.subject_type == "person" and event.subject_id.isdigit()
    }
    names = dict(Person.objects.filter(pk__in=about).values_list("pk", "name")) if about else {}
    return [_told(event, names) for event in events]


def _told(event: Event, names: Mapping[int, str]) -> Told:
    person = event.subject_type == "person" and event.subject_id.isdigit()
    return Told(
        event=event,
        who=_who(event),
        what=event_words.verb(event.verb),
        kind=event_words.kind(event.subject_type),
        name=names.get(int(event.subject_id), "") if person else "",
        details=event_details.told(event.details),
    )


def _who(event: Event) -> str:
    if event.actor:
        return event.actor.name or event.actor.email
    return str(THROUGH_THE_PUBLIC_PAGES.get(event.verb, ""))


def _second(pair: tuple[str, str]) -> str:
    return pair[1]
