"""Papers of one record, answered at once: a bill, a correction, a receipt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sertakan.contributions.models import Bill, Payment
from sertakan.documents import bill as set_bill
from sertakan.documents import receipt as set_receipt
from sertakan.web.guard import found
from sertakan.web.papers.answers import paper_language, paper_name, pdf_answer
from sertakan.web.papers.bills import bill_paper
from sertakan.web.papers.receipts import NAMED, receipt_paper

LISTED_AT_MOST = 500  # people; of a longer bill the annex to the agreement names them


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """A bill or a correction, with the people on it as far as they are not too many."""
    records = Bill.objects.select_related("agreement__sponsor", "agreement__branch", "corrects")
    one = found(request, records, pk=pk)
    paper = bill_paper(one, listed=one.people <= LISTED_AT_MOST)
    return pdf_answer(set_bill(paper, language=paper_language()), paper_name(one.number))


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a payment; there is none while nobody knows whose money it is."""
    paper = receipt_paper(found(request, Payment.objects.select_related(*NAMED), pk=pk))
    if paper is None:
        raise Http404
    return pdf_answer(set_receipt(paper, language=paper_language()), paper_name(paper.number))
