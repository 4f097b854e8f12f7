"""Finding a person: by name, birth date or NIK, within the reader's scope."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sertakan.people.encryption import decrypt_many, nik_index
from sertakan.people.models import Person
from sertakan.people.search import search
from sertakan.web.guard import acting, seen
from sertakan.web.lists import paged
from sertakan.web.masking import masked
from sertakan.web.numbers import asked_for

NIK = re.compile(r"\d{16}")
DAY_SHAPES = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
A_PAGE, AT_MOST = 20, 200


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The search. What is typed comes by POST, so that a NIK is never in an address; what is a
    name or a day goes on from there by address, where it can be reloaded and turned page by page.
    """
    if request.method == "POST":
        written = request.POST.get("q", "").strip()[:200]
        digits = re.sub(r"[ .\-']", "", written)
        if NIK.fullmatch(digits):
            return _by_nik(request, digits)
        return redirect(f"{reverse('city-people')}?{urlencode({'q': written})}")
    written = request.GET.get("q", "").strip()[:200]
    if NIK.search(re.sub(r"[ .\-']", "", written)):
        return redirect("city-people")  # somebody wrote it into the address
    told: dict[str, Any] = {"q": written}
    born = _day(written)
    if born:
        page = paged(
            seen(request, Person.objects.filter(birth_date=born, merged_into=None)), request
        )
        told |= {"people": _shown(page.rows), "page": page}
    elif written:
        told |= _by_name(request, written)
    return render(request, "web/city/people.html", told)


def _by_nik(request: HttpRequest, nik: str) -> HttpResponse:
    """To the person with this NIK; the same one question is asked whether there is one or not."""
    record = Person.objects.filter(nik_index=nik_index(nik))
    kept = record.annotate(kept=Coalesce("merged_into_id", "pk")).values("kept")
    one = seen(request, Person.objects.filter(pk__in=kept)).values_list("pk", flat=True).first()
    if one is None:
        told = {"q": "", "nobody": _("Nobody with this NIK is known in your area.")}
        return render(request, "web/city/people.html", told)
    return redirect("city-person", pk=one)


def _by_name(request: HttpRequest, name: str) -> dict[str, Any]:
    """Those who live in the area first, then those of the registry whom an agreement of the area
    insures. The scope is asked of the few found, never of everyone.
    """
    first = min(asked_for(request.GET.get("from", "")) or 0, AT_MOST)
    limit = first + A_PAGE + 1
    appointment = acting(request)
    area = (appointment.region_id if appointment else None) or ""
    likely = {one.pk: one for one in search(name, region=area, limit=limit)}
    if area and len(likely) < limit:
        likely |= {one.pk: one for one in search(name, limit=limit) if one.pk not in likely}
    in_scope = seen(request, Person.objects.filter(pk__in=list(likely)))
    visible = set(in_scope.values_list("pk", flat=True))
    found = [one for pk, one in likely.items() if pk in visible]
    here = found[first : first + A_PAGE]

    def address(start: int) -> str:
        return f"?{urlencode({'q': name, 'from': str(start)})}"

    page = {
        "newer": address(max(first - A_PAGE, 0)) if first else "",
        "older": address(first + A_PAGE) if len(found) > first + A_PAGE else "",
    }
    return {"people": _shown(here), "page": page}


def _shown(found: list[Person]) -> list[dict[str, Any]]:
    """People as the list shows them, with their places by one question."""
    niks = decrypt_many([one.nik_encrypted for one in found], "nik")
    places = dict(
        Person.objects.filter(pk__in=[one.pk for one in found]).values_list("pk", "region__name")
    )
    return [
        {"person": one, "nik": masked(nik), "place": places.get(one.pk) or ""}
        for one, nik in zip(found, niks, strict=True)
    ]


def _day(written: str) -> date | None:
    for shape in DAY_SHAPES:
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
