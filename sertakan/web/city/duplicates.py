"""Rows that may be the person of another row: one person, or two? One pair after the other."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.enrolment.models import RosterRow, RowState
from sertakan.enrolment.review import accept, dismiss
from sertakan.web import clock
from sertakan.web.city.row_words import REASONS, words_of
from sertakan.web.city.rows import is_shown, rows_open
from sertakan.web.city.sides import evidence, holder_of, lines, side_of_row
from sertakan.web.guard import found, user_of

REASON = "possible_duplicate"


def pairs(request: HttpRequest) -> QuerySet[RosterRow]:
    """The rows to be decided, in the order of their lists."""
    return rows_open(request).filter(reasons__contains=[REASON]).order_by("pk")


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """To the first pair; or there is none."""
    first = pairs(request).values_list("pk", flat=True).first()
    if first is None:
        return render(request, "web/city/duplicates_none.html")
    return redirect("city-duplicate", pk=first)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Two rows side by side; the answer, and on to the next."""
    one = _found(request, pk)
    problem = ""
    if request.method == "POST" and one.state == RowState.OPEN:
        problem = _decided(request, one)
        if not problem:
            return _on(request, one)
        one = _found(request, pk)
    status = 200
    if request.method == "POST":
        status = 422 if one.state == RowState.OPEN else 409
    return render(request, "web/city/duplicate.html", _told(request, one, problem), status=status)


def _decided(request: HttpRequest, one: RosterRow) -> str:
    """Decide as was answered; what stands against it, or nothing."""
    answer, now = request.POST.get("answer"), clock.now()
    try:
        if answer == "same":
            note = _("The same person as %s") % one.duplicate_of
            dismiss(rows=[one.pk], note=note, by=user_of(request), now=now)
            messages.success(request, _("One person: the row of %s was dismissed.") % one.name)
        elif answer == "two":
            done = accept(rows=[one.pk], on=clock.today(), by=user_of(request), now=now)
            if done.left_open:
                return words_of(done.left_open.values())[0]
            messages.success(request, _("Two people: %s was admitted.") % one.name)
        else:
            return _("Choose one of the two answers.")
    except Refused as refusal:
        return str(refusal).removeprefix(f"{one}: ")
    return ""


def _on(request: HttpRequest, one: RosterRow) -> HttpResponse:
    following = _next(request, one)
    if following is None:
        return redirect("city-duplicates")
    return redirect("city-duplicate", pk=following)


def _next(request: HttpRequest, one: RosterRow) -> int | None:
    others = pairs(request).exclude(pk=one.pk).values_list("pk", flat=True)
    return others.filter(pk__gt=one.pk).first() or others.first()


def _found(request: HttpRequest, pk: int) -> RosterRow:
    records = RosterRow.objects.select_related("roster_import", "region", "decided_by")
    return found(request, records, pk=pk)


def _told(request: HttpRequest, one: RosterRow, problem: str) -> dict[str, Any]:
    row, holder, shown = side_of_row(one), holder_of(one), is_shown(request, one)
    following = _next(request, one)
    return {
        "row": one,
        "side": row,
        "holder": holder,
        "lines": lines(row, holder, shown=shown) if holder else [],
        "evidence": evidence(row, holder) if holder else None,
        "others": [REASONS.get(each, each) for each in one.reasons if each != REASON],
        "shown": shown,
        "left": pairs(request).count(),
        "next": reverse("city-duplicate", args=[following]) if following else "",
        "problem": problem,
    }
