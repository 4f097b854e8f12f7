"""A person's page: who, covered or not, by whom, which months are paid, and what happened."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sertakan.contributions.cover import PersonCover, covers_of
from sertakan.contributions.person_months import Charge, charges_of
from sertakan.documents.cards import cards
from sertakan.enrolment.models import Enrolment
from sertakan.law.book import NotInForce
from sertakan.people.models import Person
from sertakan.people.queries import masked_nik
from sertakan.regions.queries import path
from sertakan.web import clock
from sertakan.web.city.person_story import END_REASONS, enrolments_of, records_of, story, year_grid
from sertakan.web.forms import DayField, Form
from sertakan.web.guard import found
from sertakan.web.masking import HIDDEN
from sertakan.web.papers.answers import paper_language, pdf_answer
from sertakan.web.papers.cards import cards_of, holders
from sertakan.web.papers.offices import help_of
from sertakan.web.place_names import place_name

STATUSES = {
    "covered": (gettext_lazy("Covered"), "state-good"),
    "grace": (gettext_lazy("In grace: contributions are late"), "state-wait"),
    "not_yet": (gettext_lazy("Not covered yet"), "state-wait"),
    "lapsed": (gettext_lazy("Cover has lapsed"), "state-bad"),
}


class DaysForm(Form):
    """Cover on which day, as known on which day?"""

    on = DayField(label=gettext_lazy("Cover on"), required=False)
    known_on = DayField(
        label=gettext_lazy("As known on"),
        required=False,
        help_text=gettext_lazy("Payments that came later are left out."),
    )


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one person. A record that was merged leads to the one kept."""
    one = found(request, Person.objects.select_related("region"), pk=pk)
    if one.merged_into_id:
        return redirect("city-person", pk=one.merged_into_id)
    today = clock.today()
    form = DaysForm(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on, known_on = asked.get("on") or today, asked.get("known_on")
    records = records_of(one)
    enrolments, charges = enrolments_of(records), charges_of(records)
    covers = covers_of(one.pk, on=today)
    try:
        then = covers_of(one.pk, on=on, known_on=known_on) if asked else covers
    except NotInForce:
        form.add_error("on", _("The law of these months is not known."))
        asked, then = {}, covers
    told: dict[str, Any] = {
        "person": one,
        "nik": masked_nik(one).replace("*", HIDDEN),
        "places": [place_name(each.name) for each in reversed(path(one.region_id or ""))],
        "records": records[1:],
        "today": today,
        "cover": _cover(covers, today, one.died_on),
        "then": _cover(then, on, one.died_on) if asked else None,
        "has_card": one.died_on is None and _has_card(covers, enrolments, today),
        "days_form": form if form.is_bound else DaysForm(initial={"on": today}),
        "enrolments": [_enrolment(each, today) for each in enrolments],
        "years": year_grid(charges, enrolments, covers, on=today),
        "bills": _bills(charges),
        "story": story(one, records, enrolments, charges),
    }
    return render(request, "web/city/person.html", told)


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The membership card, to be printed; only for who is covered today under an enrolment."""
    one = found(request, Person.objects.all(), pk=pk)
    today, language = clock.today(), paper_language()
    running = holders(Enrolment.objects.filter(person=one, starts_on__lte=today), on=today)
    chosen = list(running.select_related("person", "agreement__sponsor", "agreement__branch")[:1])
    base = request.build_absolute_uri("/").rstrip("/")
    papers = cards_of(chosen, on=today, language=language, base=base)
    if not papers:
        raise Http404
    back = help_of(chosen[0].agreement.branch, host=request.get_host())
    return pdf_answer(cards(papers, help=back, on=today, language=language), f"kartu-{one.pk}")


def _has_card(covers: list[PersonCover], enrolments: list[Enrolment], on: date) -> bool:
    """Whether there is a card to print: covered or in grace, under an enrolment that runs."""
    covered = bool(covers) and covers[0].cover.status in ("covered", "grace")
    return covered and any(
        each.starts_on <= on <= (each.last_day or date.min) for each in enrolments
    )


def _cover(covers: list[PersonCover], on: date, died_on: date | None) -> dict[str, Any]:
    """The best cover in words for the page; after a death there is none."""
    if died_on is not None and died_on < on:
        died = _("Died on %(day)s") % {"day": date_format(died_on, "j F Y")}
        return {"on": on, "word": died, "shape": "", "told": ""}
    if not covers:
        return {"on": on, "word": _("Never enrolled"), "shape": "", "told": ""}
    best = covers[0]
    word, shape = STATUSES[best.cover.status]
    last = best.end.grace_through if best.cover.status == "grace" else best.end.covered_through
    told = ""
    if best.cover.status == "covered" and last:
        told = _("If nothing more is paid, until %s") % date_format(last, "j F Y")
    elif best.cover.status == "grace" and last:
        told = _("Arrears can be made up until %s") % date_format(last, "j F Y")
    elif best.cover.paid_through:
        told = _("Paid up to %s") % date_format(best.cover.paid_through.first_day, "F Y")
    return {"on": on, "word": word, "shape": shape, "told": told, "best": best}


def _enrolment(each: Enrolment, today: date) -> dict[str, Any]:
    runs = not each.void and each.ends_on is not None and each.ends_on > today
    return {
        "enrolment": each,
        "last_day": each.last_day,
        "runs": runs,
        "reason": END_REASONS.get(each.end_reason, ""),
    }


def _bills(charges: list[Charge]) -> list[dict[str, Any]]:
    """Bill by bill: months, rupiah, and how many months are paid."""
    bills: dict[int, dict[str, Any]] = {}
    for charge in charges:
        bill = bills.setdefault(
            charge.bill,
            {
                "pk": charge.bill,
                "number": charge.number,
                "first": charge.month.first_day,
                "months": 0,
                "paid": 0,
                "rupiah": 0,
            },
        )
        bill["months"] += 1
        bill["paid"] += charge.paid_on is not None
        bill["rupiah"] += charge.rupiah
        bill["last"] = charge.month.first_day
    return list(reversed(bills.values()))
