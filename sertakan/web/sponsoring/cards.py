"""Membership cards to print and hand over, for those whose months are paid."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sertakan.contributions.of_sponsors import from_the_line
from sertakan.documents.cards import Card, Help, card_sheet
from sertakan.documents.cards import cards as one_after_another
from sertakan.enrolment.models import Enrolment
from sertakan.regions.models import Branch
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.guard import found, seen
from sertakan.web.numbers import asked_for
from sertakan.web.papers.answers import paper_language, paper_name, pdf_answer
from sertakan.web.papers.cards import cards_of, holders
from sertakan.web.papers.offices import help_of

AT_ONCE, LAST_PART = 200, 10_000


@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets of ten for an agreement; `part` for those after the first two hundred."""
    agreement = found(request, Agreement.objects.select_related("branch", "sponsor"), pk=pk)
    part = min(asked_for(request.GET.get("part", "")) or 1, LAST_PART)
    own = _nameable(Enrolment.objects.filter(agreement=agreement))
    enrolments = list(own[(part - 1) * AT_ONCE : part * AT_ONCE])
    papers = _papers(request, enrolments)
    if not papers:
        raise Http404
    sheet = card_sheet(
        papers, help=_help(request, agreement.branch), on=clock.today(), language=paper_language()
    )
    return pdf_answer(sheet, paper_name("kartu", agreement.number, str(part)))


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One worker's card, front and back."""
    own = _nameable(seen(request, Enrolment.objects.all()))
    enrolment = get_object_or_404(own, pk=pk)
    papers = _papers(request, [enrolment])
    if not papers:
        raise Http404
    content = one_after_another(
        papers,
        help=_help(request, enrolment.agreement.branch),
        on=clock.today(),
        language=paper_language(),
    )
    return pdf_answer(content, f"kartu-{papers[0].number}")


def _nameable(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those that run and whose names the sponsor may know."""
    running = holders(enrolments, on=clock.today()).exclude(from_the_line())
    return running.select_related("person", "agreement__sponsor", "agreement__branch")


def _papers(request: HttpRequest, enrolments: list[Enrolment]) -> list[Card]:
    return cards_of(
        enrolments,
        on=clock.today(),
        language=paper_language(),
        base=request.build_absolute_uri("/").rstrip("/"),
        private_named=True,
    )


def _help(request: HttpRequest, branch: Branch | None) -> Help:
    return help_of(branch, host=request.get_host())
