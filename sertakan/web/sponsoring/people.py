"""Step one: who is to be covered. The list so far, and the three ways to add to it."""

from operator import itemgetter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.queries import open_bills
from sertakan.sponsors.drafts import take_up_again, throw_away
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.guard import found, user_of
from sertakan.web.sponsoring.drafting import chosen_so_far, lines_of, names_of, sponsor_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list so far."""
    content, sponsor = chosen_so_far(request), sponsor_of(request)
    lines = lines_of(content, sponsor)
    chosen = content.get("chosen", [])
    names = names_of({each["region"] for each in chosen})
    unpaid = [] if content else open_bills(on=clock.today(), sponsor=sponsor).rows(named=True)
    choices = [(number, each, names[each["region"]]) for number, each in enumerate(chosen)]
    told = {
        "lines": lines,
        "choices": choices,
        "left": sum(bool(line.faults) for line in lines),
        "begun": bool(content),
        "unpaid": max(unpaid, key=itemgetter("bill"), default=None),
    }
    return render(request, "web/sponsoring/people.html", told)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what waits for the branch; it is sent anew afterwards."""
    agreement = found(request, Agreement.objects.select_related("sponsor"), pk=pk)
    try:
        take_up_again(agreement=agreement, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("sponsor-home")
    return redirect("sponsor-people")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away what was chosen so far."""
    throw_away(sponsor=sponsor_of(request), by=user_of(request), now=clock.now())
    messages.success(request, _("What you had chosen is thrown away."))
    return redirect("sponsor-home")
