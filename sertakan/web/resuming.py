"""A session that ends in the middle of a form loses nothing.

What was sent is kept, encrypted, in the visitor's new session; after signing in it is shown as a
form that one click sends again, to nobody but the one whose form it was: a browser may be shared.
Files cannot be kept: they are to be chosen anew, and the page says so.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sertakan.accounts.models import User
from sertakan.people.encryption import decrypt, encrypt

KEPT = "kept_form"
PURPOSE = "kept_form"
LONGEST = 100_000  # characters; a form of people is shorter
WHOSE = "whose"  # the field that tells whose form it is
NOT_KEPT = ("csrfmiddlewaretoken", WHOSE)
MARK = Signer(salt="sertakan.web.resuming")


def mark_of(user: User) -> str:
    """What a form carries so that it is kept for this user alone."""
    return MARK.sign(str(user.pk))


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
            "user": _user(request.POST.get(WHOSE, "")),
            "fields": [pair for pair in fields if pair[0] not in NOT_KEPT],
            "files": sorted(request.FILES),
        }
    )
    if len(told) <= LONGEST:
        sealed = encrypt(told, PURPOSE)
        request.session[KEPT] = sealed.hex()


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept: `path`, `fields` (pairs of name and value) and names of `files`; or None.

    None also where it was another user's form.
    """
    sealed = request.session.get(KEPT)
    told = json.loads(decrypt(bytes.fromhex(sealed), PURPOSE)) if sealed else None
    return told if told and told["user"] == str(request.user.pk) else None


def _user(mark: str) -> str:
    try:
        return MARK.unsign(mark)
    except BadSignature:
        return ""


def forget(request: HttpRequest) -> None:
    """It was sent again, or is not wanted any more."""
    request.session.pop(KEPT, None)
