"""What the QR of a card opens, and the published keys by which a card is checked without us."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sertakan.contributions.card_tokens import published_keys, scan
from sertakan.documents.card_token import BadToken
from sertakan.web import clock


@never_cache
@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Whether the card is ours, whose it is as far as a stranger may know, and today's cover."""
    try:
        scanned = scan(token, on=clock.today())
    except BadToken as bad:
        return render(request, "web/public/card.html", {"why": bad.why}, status=404)
    good = scanned.card.is_good_on(clock.today())
    return render(request, "web/public/card.html", {"scanned": scanned, "good": good})


@require_safe
def card_keys(request: HttpRequest) -> HttpResponse:
    """The keys for people, with how a card is checked."""
    return render(request, "web/public/card_keys.html", {"lines": _lines()})


@require_safe
def card_keys_text(request: HttpRequest) -> HttpResponse:
    """The keys for programs, a line for each."""
    return HttpResponse(published_keys(), content_type="text/plain; charset=utf-8")


@require_safe
def card_keys_json(request: HttpRequest) -> HttpResponse:
    """The keys for programs, as JSON."""
    fields = ("algorithm", "id", "public_key")
    return JsonResponse({"keys": [dict(zip(fields, line, strict=True)) for line in _lines()]})


def _lines() -> list[list[str]]:
    return [line.split() for line in published_keys().splitlines()]
