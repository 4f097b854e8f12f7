"""A session that ends in the middle of a form loses nothing.

What was sent is kept, encrypted, in the visitor's new session; after signing in it is shown as a
form that one click sends again. Files cannot be kept: they are to be chosen anew, and the page
says so.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sertakan.people.encryption import decrypt, encrypt

KEPT = "kept_form"
PURPOSE = "kept_form"
LONGEST = 100_000  # characters; a form of people is shorter
NOT_KEPT = ("csrfmiddlewaretoken",)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and from there back to where the visitor wanted to be."""
    wanted = request.get_full_path()
    if request.method == "POST":
        keep(request)
        wanted = reverse("resume")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def keep(request: HttpRequest) -> None:
    """Keep what was sent, in the session."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    told = json.dumps(
        {
            "path": request.get_full_path(),
            "fields": [pair for pair in fields if pair[0] not in NOT_KEPT],
            "files": sorted(request.FILES),
        }
    )
    if len(told) <= LONGEST:
        sealed = encrypt(told, PURPOSE)
        request.session[KEPT] = sealed.hex()


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept: `path`, `fields` (pairs of name and value) and names of `files`; or None."""
    sealed = request.session.get(KEPT)
    return json.loads(decrypt(bytes.fromhex(sealed), PURPOSE)) if sealed else None


def forget(request: HttpRequest) -> None:
    """It was sent again, or is not wanted any more."""
    request.session.pop(KEPT, None)
