"""Rows that somebody must look at: one after the other, or many with one reason at once."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Func, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sertakan.audit.errors import Refused
from sertakan.audit.operations import record
from sertakan.enrolment.models import RosterImport, RosterRow, RowState
from sertakan.enrolment.review import Accepted, accept, dismiss
from sertakan.regions.queries import lying_within
from sertakan.sponsors.models import Category
from sertakan.web import clock
from sertakan.web.city.imports import narrowed
from sertakan.web.city.row_form import RowForm, places_for
from sertakan.web.city.row_words import FIXES, OF_OUR_RECORDS, OUTCOMES, REASONS, told_of, words_of
from sertakan.web.forms import Form, sent
from sertakan.web.guard import acting, found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.masking import masked
from sertakan.web.numbers import asked_for
from sertakan.web.words import CATEGORIES

# What narrows the rows that are gone through.
QUEUE = ("import", "outcome", "reason", "file", "tempat")
SEEN = "rows_seen"  # in the session: rows whose NIK was asked for
AT_ONCE = 5_000


class BulkForm(Form):
    """What is done with many rows at once."""

    category = forms.ChoiceField(
        label=gettext_lazy("Kind of work"),
        required=False,
        choices=[
            ("", gettext_lazy("Choose")),
            *((key, CATEGORIES[key]) for key in Category.values),
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("Why they are dismissed"), required=False, max_length=300
    )


def rows_open(request: HttpRequest) -> QuerySet[RosterRow]:
    """The open rows in the reader's scope."""
    return seen(request, RosterRow.objects.filter(state=RowState.OPEN))


def queue(request: HttpRequest) -> QuerySet[RosterRow]:
    """Those of them that the address narrows to, in the order of their lists."""
    chosen = _chosen(request)
    rows: QuerySet[RosterRow] = narrowed(_of_import(request), chosen)
    return rows.filter(lying_within("region__code", chosen["tempat"])).order_by("pk")


def _of_import(request: HttpRequest) -> QuerySet[RosterRow]:
    """The open rows of the import that the address names, or of all."""
    number = asked_for(_chosen(request)["import"])
    return rows_open(request).filter(**({} if number is None else {"roster_import": number}))


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The open rows, by reason."""
    return _list(request, BulkForm())


@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """Set the kind of work of the rows chosen and admit them, or dismiss them with a note."""
    form = BulkForm(request.POST)
    chosen = _chosen_rows(request)
    if not chosen:
        form.add_error(None, _("Choose at least one row."))
    elif form.is_valid():
        try:
            _decide(request, chosen, form)
        except Refused as refusal:
            form.refuse(refusal)
        if not form.errors:
            return redirect(f"{reverse('city-rows')}{asked(request)}")
    return _list(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: what was read, why it is here, and the form that mends and admits it."""
    one = _found(request, pk)
    form = _form(request, one)
    status = 200
    if request.method == "POST":
        if one.state == RowState.OPEN and form.is_valid() and _admitted(request, form):
            messages.success(request, _("%s was admitted.") % (form.cleaned_data["name"] or one))
            return _next(request, one)
        one = _found(request, pk)
        status = 422 if one.state == RowState.OPEN else 409
    return render(request, "web/city/row.html", _told(request, one, form), status=status)


@require_POST
def dismiss_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The row is not admitted."""
    one = _found(request, pk)
    try:
        dismiss(
            rows=[one.pk], note=request.POST.get("note", ""), by=user_of(request), now=clock.now()
        )
    except Refused:
        one = _found(request, pk)
        told = _told(request, one, _form(request, one, fresh=True))
        return render(request, "web/city/row.html", told, status=409)
    messages.success(request, _("The row was dismissed."))
    return _next(request, one)


@require_POST
def show_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Show NIK and phone of a row, for as long as the session lasts; it is written down once."""
    one = _found(request, pk)
    looked_at = request.session.get(SEEN, [])
    if one.pk not in looked_at:
        record(
            verb="row_seen", subject_type="roster_row", subject_id=one.pk, by=user_of(request),
            at=clock.now(),
        )  # fmt: skip
        request.session[SEEN] = [*looked_at, one.pk][-500:]
    page = "city-duplicate" if "duplicate" in request.GET else "city-row"
    return redirect(f"{reverse(page, args=[pk])}{asked(request)}")


def is_shown(request: HttpRequest, one: RosterRow) -> bool:
    """Whether its NIK was asked for in this session."""
    return one.pk in request.session.get(SEEN, [])


def asked(request: HttpRequest) -> str:
    """The query string that keeps to the rows gone through, or nothing."""
    kept = {name: value for name, value in _chosen(request).items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _chosen(request: HttpRequest) -> dict[str, str]:
    source: QueryDict = request.GET
    return {name: source.get(name, "") for name in QUEUE}


def _found(request: HttpRequest, pk: int) -> RosterRow:
    records = RosterRow.objects.select_related(
        "roster_import__agreement__sponsor", "region", "decided_by"
    )
    return found(request, records, pk=pk)


def _form(request: HttpRequest, one: RosterRow, *, fresh: bool = False) -> RowForm:
    appointment = acting(request)
    scope = (appointment.region_id if appointment else None) or ""
    return RowForm(
        one,
        places=places_for(one.roster_import.agreement, scope),
        shown=is_shown(request, one),
        **({} if fresh else sent(request)),
    )


def _admitted(request: HttpRequest, form: RowForm) -> bool:
    """Whether the row's person was enrolled or put in line; else the form says why not."""
    one = form.row
    try:
        done = accept(
            rows=[one.pk],
            on=clock.today(),
            corrected={one.pk: form.corrected()},
            by=user_of(request),
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal).removeprefix(f"{one}: "))
        return False
    for reason in done.left_open.values():
        form.refuse_left_open(reason, str(OF_OUR_RECORDS.get(reason, REASONS.get(reason, reason))))
    return not done.left_open


def _next(request: HttpRequest, one: RosterRow) -> HttpResponse:
    following = _beside(request, one)["next"]
    if following is None:
        messages.info(request, _("No row is left here."))
        return redirect(f"{reverse('city-rows')}{asked(request)}")
    return redirect(f"{reverse('city-row', args=[following])}{asked(request)}")


def _beside(request: HttpRequest, one: RosterRow) -> dict[str, int | None]:
    """The rows before and after this one; after the last comes the first."""
    rows = queue(request).exclude(pk=one.pk).values_list("pk", flat=True)
    after = rows.filter(pk__gt=one.pk).first() or rows.first()
    return {"next": after, "previous": rows.filter(pk__lt=one.pk).order_by("-pk").first()}


def _told(request: HttpRequest, one: RosterRow, form: RowForm) -> dict[str, Any]:
    return {
        "row": one,
        "form": form,
        "shown": is_shown(request, one),
        "nik": form.kept_nik if is_shown(request, one) else masked(form.kept_nik),
        "why": list(told_of(one, form.kept_nik)),
        "fixes": [FIXES.get(fix, fix) for fix in one.fixes],
        "asked": asked(request),
        "left": queue(request).count(),
        **_beside(request, one),
    }


def _list(request: HttpRequest, form: BulkForm, status: int = 200) -> HttpResponse:
    rows = queue(request)
    imports = seen(request, RosterImport.objects.filter(undone_at=None)).order_by("-pk")
    told: dict[str, Any] = {
        "form": form,
        "chosen": _chosen(request),
        "asked": asked(request),
        "count": rows.count(),
        "reasons": _reasons(request),
        "outcomes": [(key, word) for key, word in OUTCOMES.items() if key != "accepted"],
        "imports": imports.select_related("agreement")[:100],
        "page": paged(rows, request, newest_first=False),
        "first": rows.values_list("pk", flat=True).first(),
    }
    return render(request, "web/city/rows.html", told, status=status)


def _reasons(request: HttpRequest) -> list[tuple[str, str, int]]:
    """Each reason of an open row of the import, its words, and how many rows it concerns; the
    most first."""
    each = Func(F("reasons"), function="unnest", set_returning=True)
    counted = _of_import(request).values(each=each).annotate(rows=Count("pk")).order_by("-rows")
    return [(line["each"], words_of([line["each"]])[0], line["rows"]) for line in counted]


def _chosen_rows(request: HttpRequest) -> list[int]:
    """The rows ticked, or all that the address narrows to; only those in scope."""
    rows = queue(request)
    if "all" not in request.POST:
        numbers = (asked_for(written) for written in request.POST.getlist("row"))
        rows = rows.filter(pk__in=[pk for pk in numbers if pk is not None])
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _decide(request: HttpRequest, chosen: list[int], form: BulkForm) -> None:
    category, note = form.cleaned_data["category"], form.cleaned_data["note"].strip()
    if "dismiss" in request.POST:
        if not note:
            form.add_error("note", _("Say in a few words why; the offices will ask."))
            return
        count = dismiss(rows=chosen, note=note, by=user_of(request), now=clock.now())
        told = ngettext("%s row was dismissed.", "%s rows were dismissed.", count)
        messages.success(request, told % count)
    elif not category:
        form.add_error("category", _("Choose the kind of work."))
    else:
        done = accept(
            rows=chosen,
            on=clock.today(),
            corrected={pk: {"category": category} for pk in chosen},
            by=user_of(request),
            now=clock.now(),
        )
        _say(request, done)


def _say(request: HttpRequest, done: Accepted) -> None:
    messages.success(
        request,
        _("%(enrolled)s enrolled, %(waiting)s waiting for a place.")
        % {"enrolled": done.enrolled, "waiting": done.waiting},
    )
    for reason, count in Counter(done.left_open.values()).items():
        told = ngettext(
            "%(count)s row stays open: %(why)s.", "%(count)s rows stay open: %(why)s.", count
        )
        messages.warning(request, told % {"count": count, "why": words_of([reason])[0]})
