"""The branch's pages begin here: what needs doing today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs doing today."""
    return render(request, "web/branch/home.html")
