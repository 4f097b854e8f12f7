"""The annex and the cards of an agreement: small ones at once, long ones from the background.

The same pages stand in several areas; `area` in the table of addresses says in which.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.guard import found, user_of
from sertakan.web.papers.answers import file_answer, paper_language
from sertakan.web.papers.preparing import (
    ANNEX,
    CARDS,
    Wanted,
    handed_out,
    is_long,
    latest,
    prepare,
    set_paper,
)

TITLES = {ANNEX: gettext_lazy("Annex to the agreement"), CARDS: gettext_lazy("Membership cards")}


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int, area: str, paper: str) -> HttpResponse:
    """The paper itself; where it is long, how far it is, and the file once it is ready."""
    agreement = found(request, Agreement.objects.select_related("sponsor", "branch"), pk=pk)
    wanted = Wanted(
        paper=paper,
        on=clock.today(),
        base=request.build_absolute_uri("/").rstrip("/"),
        language=paper_language(),
        by_sponsor=area == "sponsor",
    )
    if not is_long(agreement, wanted):
        return _at_once(request, agreement, wanted, area)
    if request.method == "POST":
        return _begun(request, agreement, wanted)
    return _page(request, agreement, wanted, area)


@require_safe
def file(request: HttpRequest, pk: int, area: str, paper: str) -> HttpResponse:
    """The file that the worker has set for whoever asks; where it is gone, the page to ask anew."""
    agreement = found(request, Agreement.objects.all(), pk=pk)
    job = latest(agreement, paper, user_of(request))
    ready = handed_out(job) if job else None
    if ready is None:
        messages.info(request, _("There is no such file of yours, or it was deleted after a day."))
        return redirect(f"{area}-agreement-{paper}", pk=pk)
    return file_answer(ready.content, ready.name, kind=ready.kind, to_be_saved=True)


def _at_once(request: HttpRequest, agreement: Agreement, wanted: Wanted, area: str) -> HttpResponse:
    if request.method == "POST":  # the list became shorter since the form was drawn
        return redirect(request.path)
    try:
        ready = set_paper(agreement, wanted)
    except Refused as refusal:
        return _page(request, agreement, wanted, area, nobody=str(refusal))
    return file_answer(ready.content, ready.name, kind=ready.kind)


def _begun(request: HttpRequest, agreement: Agreement, wanted: Wanted) -> HttpResponse:
    try:
        prepare(agreement, wanted, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect(request.path)


def _page(
    request: HttpRequest, agreement: Agreement, wanted: Wanted, area: str, *, nobody: str = ""
) -> HttpResponse:
    job = None if nobody else latest(agreement, wanted.paper, user_of(request))
    back, label = _back(agreement, area)
    told = {
        "title": TITLES[wanted.paper],
        "agreement": agreement,
        "paper": wanted.paper,
        "nobody": nobody,
        "job": job,
        "runs": job is not None and not job.has_ended,
        "file": reverse(f"{area}-agreement-{wanted.paper}-file", args=[agreement.pk]),
        "back": back,
        "back_label": label,
    }
    response = render(request, "web/papers/agreement_paper.html", told)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _back(agreement: Agreement, area: str) -> tuple[str, str]:
    """The page above it, and what that is called. A sponsor has no page of an agreement."""
    if area == "sponsor":
        return reverse("sponsor-home"), _("My workers")
    return reverse(f"{area}-agreement", args=[agreement.pk]), agreement.number
