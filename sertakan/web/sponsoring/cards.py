"""Membership cards to print and hand over, for those whose months are paid."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from sertakan.contributions.card_tokens import token_of
from sertakan.contributions.of_sponsors import covers_now, from_the_line
from sertakan.documents.card_token import address
from sertakan.documents.cards import Card, Contact, Help, card_sheet
from sertakan.documents.cards import cards as one_after_another
from sertakan.enrolment.models import Enrolment
from sertakan.people.encryption import decrypt
from sertakan.regions.models import Branch
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.guard import found, seen
from sertakan.web.sponsoring.bills import paper_language, pdf_answer

AT_ONCE = 200
CALL_CENTRE = Contact("BPJS Ketenagakerjaan", "175")


@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets of ten for an agreement; `part` for those after the first two hundred."""
    agreement = found(request, Agreement.objects.select_related("branch", "sponsor"), pk=pk)
    written = request.GET.get("part", "1")
    part = int(written) if written.isdecimal() and len(written) < 5 else 1
    own = _nameable(Enrolment.objects.filter(agreement=agreement))
    enrolments = list(own.order_by("pk")[(part - 1) * AT_ONCE : part * AT_ONCE])
    papers = _papers(request, enrolments)
    if not papers:
        raise Http404
    sheet = card_sheet(
        papers, help=_help(request, agreement.branch), on=clock.today(), language=paper_language()
    )
    return pdf_answer(sheet, f"kartu-{agreement.number.replace('/', '-')}-{part}.pdf")


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
    return pdf_answer(content, f"kartu-{papers[0].number}.pdf")


def _nameable(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those that run and whose names the sponsor may know."""
    running = enrolments.filter(void=False, ends_on__gt=clock.today())
    return running.exclude(from_the_line()).select_related(
        "person", "agreement__sponsor", "agreement__branch"
    )


def _papers(request: HttpRequest, enrolments: list[Enrolment]) -> list[Card]:
    """The cards of those who are covered today, or will be without paying more."""
    today = clock.today()
    covers = covers_now([each.person_id for each in enrolments], on=today)
    base = request.build_absolute_uri("/").rstrip("/")
    papers = []
    for each in enrolments:
        now = covers.get(each.person_id)
        if now is None or now.through is None or now.through < today or each.ends_on is None:
            continue
        through = min(now.through, each.ends_on - timedelta(days=1))
        token = token_of(each.person, issued_on=today, valid_through=through)
        nik = decrypt(bytes(each.person.nik_encrypted), "nik")
        papers.append(
            Card(
                number=f"{each.person_id:010}",
                name=each.person.name,
                nik=f"{nik[:6]}********{nik[-2:]}",
                programmes=tuple(each.agreement.programmes),
                sponsor=each.agreement.sponsor.name,
                cover=f"{date_format(max(each.starts_on, each.accepted_on), 'j M Y')} – "
                f"{date_format(through, 'j M Y')}",
                address=address(base, token),
            )
        )
    return papers


def _help(request: HttpRequest, branch: Branch | None) -> Help:
    """Whom to call: the branch where it can be reached, and the insurer's call centre."""
    reached = [Contact(branch.name, branch.phone)] if branch and branch.phone else []
    return Help((*reached, CALL_CENTRE), f"{request.get_host()}/cek")
