"""Follow a claim: its reference and the birth date of the one who died open it for a while."""

from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.access.limits import within_limit
from sertakan.claims.following import follow, story
from sertakan.claims.models import Claim
from sertakan.law.explanations import words as law_words
from sertakan.web import clock
from sertakan.web.addresses import client_address
from sertakan.web.forms import DayField, Form, sent
from sertakan.web.public.check_cover import TOO_MANY

FOLLOWED = "claim_followed"  # in the session
LASTS = timedelta(minutes=30)
HOUR, DAY = 3600, 86_400
MOST_BY_ADDRESS, MOST_BY_REFERENCE = 20, 20


class ClaimForm(Form):
    """Which claim."""

    reference = forms.CharField(
        label=_("Number of the claim"),
        help_text=_("It stands on the receipt of the report, for example KLM-2026-000001."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_date = DayField(
        label=_("Date of birth of the person who died"),
        help_text=_("As it stands on the KTP or the family card."),
    )

    def clean_reference(self) -> str:
        return "".join(str(self.cleaned_data["reference"]).split()).upper()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_claim(request: HttpRequest) -> HttpResponse:
    """Ask for the two things that open a claim."""
    form = ClaimForm(**sent(request))
    status = 200
    if request.method == "POST":
        status = _try(request, form) if form.is_valid() else 422
        if status == 302:
            return redirect("claim-story")
    return render(request, "web/public/follow_claim.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: ClaimForm) -> int:
    now, reference = clock.now(), form.cleaned_data["reference"]
    by_address = within_limit(
        "claim", client_address(request), most=MOST_BY_ADDRESS, seconds=HOUR, now=now
    )
    by_claim = within_limit(
        "claim_reference", reference, most=MOST_BY_REFERENCE, seconds=DAY, now=now
    )
    if not (by_address and by_claim):
        form.add_error(None, TOO_MANY)
        return 429
    claim = follow(reference=reference, birth_date=form.cleaned_data["birth_date"], now=now)
    if claim is None:
        form.add_error(
            None,
            _("No claim has this number together with this date of birth. Please check both."),
        )
        return 422
    request.session[FOLLOWED] = [claim.pk, (now + LASTS).isoformat()]
    return 302


@never_cache
@require_safe
def claim_story(request: HttpRequest) -> HttpResponse:
    """Where the claim stands."""
    kept = request.session.get(FOLLOWED)
    if kept is None or datetime.fromisoformat(kept[1]) < clock.now():
        return redirect("follow-claim")
    claim = Claim.objects.select_related("person", "payout").filter(pk=kept[0]).first()
    if claim is None:
        return redirect("follow-claim")
    told = story(claim)
    return render(
        request,
        "web/public/claim_story.html",
        {"story": told, "reasons": [reason(name) for name in told.reasons]},
    )


def reason(name: str) -> str:
    """Why a claim was refused or waits, in the reader's language."""
    language = "en" if get_language() == "en" else "id"
    if name.startswith("missing:"):
        fact = name.removeprefix("missing:").rpartition(".")[2].partition("[")[0]
        known = law_words()["facts"].get(fact)
        told: str = law_words()["reasons"]["missing"][language]
        return told.format(fact=known[language] if known else fact)
    return str(law_words()["reasons"][name][language])
