"""One import: what it brought, what is left to decide, and taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.enrolment.models import RosterImport, RosterRow
from sertakan.enrolment.undoing import undo, would_go
from sertakan.web import clock
from sertakan.web.city.row_words import OUTCOMES, REASONS
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged


@require_safe
def roster_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts, files, reasons, and the rows that were not simply enrolled."""
    one = _found(request, pk)
    rows = seen(request, RosterRow.objects.filter(roster_import=one))
    counted = rows.aggregate(
        open=Count("pk", filter=Q(state="open")),
        admitted=Count("pk", filter=Q(state="admitted")),
        dismissed=Count("pk", filter=Q(state="dismissed")),
    )
    chosen = {name: request.GET.get(name, "") for name in ("outcome", "reason", "state", "file")}
    told: dict[str, Any] = {
        "import": one,
        "outcomes": [(key, word, getattr(one, key)) for key, word in OUTCOMES.items()],
        "counted": counted,
        "enrolled": one.enrolments.count(),
        "waiting": one.waiting.filter(state="waiting").count(),
        "reasons": REASONS.items(),
        "chosen": chosen,
        "page": paged(narrowed(rows, chosen), request, newest_first=False),
    }
    return render(request, "web/city/import.html", told)


def narrowed(rows: Any, chosen: dict[str, str]) -> Any:
    """Rows with the outcome, reason, state and file that were chosen; what is unknown is not."""
    if chosen.get("outcome") in OUTCOMES:
        rows = rows.filter(outcome=chosen["outcome"])
    if chosen.get("reason") in REASONS:
        rows = rows.filter(reasons__contains=[chosen["reason"]])
    if chosen.get("state") in ("open", "admitted", "dismissed"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("file"):
        rows = rows.filter(file=chosen["file"])
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go; and upon the word, it goes."""
    one = _found(request, pk)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            undo(roster_import=one, by=user_of(request), now=clock.now())
        except Refused as refusal:
            problems = [("", str(refusal))]
        else:
            messages.success(request, _("Import %s is undone.") % one.pk)
            return redirect("city-import", pk=pk)
    told = {"import": one, "going": would_go(roster_import=one), "problems": problems}
    return render(request, "web/city/import_undo.html", told, status=422 if problems else 200)


def _found(request: HttpRequest, pk: int) -> RosterImport:
    records = RosterImport.objects.select_related(
        "agreement__sponsor", "imported_by", "undone_by", "upload"
    )
    return found(request, records, pk=pk)
