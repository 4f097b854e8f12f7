"""The branch's papers as PDF: annex, bill, receipt, decision letter, hand-over minutes."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.claims.models import Claim, Decision, Outcome
from sertakan.claims.queries import last_decision
from sertakan.contributions.models import Bill, BillLine, PaidMonth
from sertakan.contributions.queries import credit, outstanding
from sertakan.documents import annexes, handovers, letters, receipts
from sertakan.documents import bills as bill_papers
from sertakan.documents.papers import Cited, Issuer
from sertakan.enrolment.models import Enrolment
from sertakan.law.contributions import tariff
from sertakan.people.models import Person
from sertakan.people.queries import masked_nik
from sertakan.regions.models import Branch
from sertakan.sponsors.models import Segment
from sertakan.vocabulary import Month
from sertakan.web import clock
from sertakan.web.bill_figures import months_of
from sertakan.web.branch.agreements import with_names as agreements_with_names
from sertakan.web.branch.bills import with_agreement
from sertakan.web.branch.claims import with_person
from sertakan.web.branch.decision_told import PARTS, language
from sertakan.web.branch.payments import with_names as payments_with_names
from sertakan.web.guard import found, user_of
from sertakan.web.place_names import place_name
from sertakan.web.words import CATEGORIES

INSURER = "BPJS Ketenagakerjaan"


def shown(content: bytes, name: str) -> HttpResponse:
    """A PDF, opened in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name.replace("/", "-")}.pdf"'
    return response


def issuer(branch: Branch | None) -> Issuer:
    """The office whose paper it is."""
    return Issuer(f"{INSURER} {branch.name}" if branch else INSURER)


@require_safe
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """The annex of an agreement, with everyone in it."""
    one = found(request, agreements_with_names(), pk=pk)
    enrolled = (
        Enrolment.objects.filter(agreement=one, void=False)
        .select_related("person", "region")
        .order_by("pk")
    )
    paper = annexes.Annex(
        agreement=one.number,
        sponsor=place_name(one.sponsor.name),
        first_day=one.starts_on,
        last_day=one.ends_on - timedelta(days=1),
        places=one.places,
        budget=one.budget_rupiah,
        fund=one.fund,
        programmes=tuple(one.programmes),
        as_of=clock.today(),
        issuer=issuer(one.branch),
    )
    people = [
        annexes.Enrolled(
            name=each.person.name,
            nik=masked_nik(each.person),
            category=str(CATEGORIES.get(each.category, each.category)),
            region=place_name(each.region.name) if each.region else "–",
            first_day=each.starts_on,
            last_day=each.last_day or each.starts_on,
        )
        for each in enrolled.iterator(chunk_size=2_000)
    ]
    return shown(
        annexes.agreement_annex(paper, people, language=language()), f"lampiran-{one.number}"
    )


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """A bill, or a correction."""
    one = found(request, with_agreement().select_related("agreement__branch"), pk=pk)
    charged = tuple(
        bill_papers.MonthCharged(
            Month.of(row["month"]), row["people"], row["jkk"], row["jkm"], row["jht"]
        )
        for row in months_of(one)
    )
    paper = bill_papers.Bill(
        number=one.number,
        sponsor=place_name(one.agreement.sponsor.name),
        agreement=one.agreement.number,
        issued_on=one.issued_on,
        due_on=one.due_on,
        people=one.people,
        charged=charged,
        provisions=_cited(one),
        issuer=issuer(one.agreement.branch),
        payment_code=one.payment_code,
        outstanding=outstanding(one) if one.payment_code else None,
        corrects=one.corrects.number if one.corrects else None,
        refund=one.refund_rupiah,
        corrections=tuple(
            bill_papers.Correction(each.number, each.issued_on, each.total_rupiah)
            for each in one.corrections.order_by("pk")
        ),
        listed=tuple(_listed(one)),
    )
    return shown(bill_papers.bill(paper, language=language()), one.number)


LISTED_AT_MOST = 20_000


def _listed(one: Bill) -> list[bill_papers.Billed]:
    rows = list(
        BillLine.objects.filter(bill=one)
        .values("person_id")
        .annotate(months=Count("month"), total=Sum("rupiah"))
        .order_by("person_id")[:LISTED_AT_MOST]
    )
    people = Person.objects.in_bulk([row["person_id"] for row in rows])
    return [
        bill_papers.Billed(
            people[row["person_id"]].name,
            masked_nik(people[row["person_id"]]),
            row["months"],
            row["total"],
        )
        for row in rows
    ]


def _cited(one: Bill) -> tuple[Cited, ...]:
    """The provisions of the tariffs of its months, each once."""
    agreement, cited = one.agreement, {}
    for month in Month.of(one.first_month).through(Month.of(one.last_month)):
        rates = tariff(
            segment="PU" if agreement.segment == Segment.PU else "BPU",
            month=month,
            fund=agreement.fund,
            risk_class=agreement.risk_class or 1,
        )
        for each in rates.provisions:
            cited[each.name, each.since] = Cited(each.name, each.since, each.source)
    return tuple(cited.values())


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a payment whose sponsor is known."""
    one = found(request, payments_with_names(), pk=pk)
    matching = getattr(one, "matching", None)
    sponsor = one.sponsor or (matching.sponsor if matching else None)
    if sponsor is None:
        messages.info(request, _("A receipt names a sponsor; say first who sent the money."))
        return redirect("branch-payment", pk=one.pk)
    target = one.bill or (matching.bill if matching else None)
    paid = (
        PaidMonth.objects.filter(allocation__payment=one)
        .values(
            bill=F("allocation__bill__number"),
            rupiah=F("allocation__rupiah"),
            from_credit=F("allocation__from_credit"),
            lines=F("allocation__line_count"),
            first=F("allocation__bill__first_month"),
            last=F("allocation__bill__last_month"),
        )
        .distinct()
    )
    paper = receipts.Receipt(
        number=f"KWT-{one.received_on:%Y%m}-{one.pk:07d}",
        sponsor=place_name(sponsor.name),
        received_on=one.received_on,
        rupiah=one.rupiah,
        bank=one.bank,
        bank_reference=one.bank_reference,
        credit=credit(sponsor),
        issuer=issuer(None),
        bill=target.number if target else None,
        payment_code=one.payment_code if target else "",
        allocated=tuple(
            receipts.Allocated(
                bill=row["bill"],
                first_month=Month.of(row["first"]),
                last_month=Month.of(row["last"]),
                person_months=row["lines"],
                rupiah=row["rupiah"],
                from_credit=row["from_credit"],
            )
            for row in paid
        ),
    )
    return shown(receipts.receipt(paper, language=language()), paper.number)


def _branch_of(one: Claim) -> Branch | None:
    enrolled = Enrolment.objects.filter(person=one.person_id, agreement__branch__isnull=False)
    last = enrolled.select_related("agreement__branch").order_by("-starts_on").first()
    return last.agreement.branch if last else None


def _heirs(decision: Decision) -> tuple[letters.Heir, ...]:
    """Who the law says is paid: the survivors stated, named by `payable_to`."""
    heirs = decision.answer.get("heirs") or {}
    related = {
        each["id"]: each.get("relation") or "" for each in decision.facts.get("survivors") or []
    }
    return tuple(letters.Heir(name, related.get(name, "")) for name in heirs.get("payable_to", []))


@require_safe
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter of the last decision; a draft until a second person has approved it."""
    one = found(request, with_person(), reference=reference)
    last = last_decision(one)
    if last is None:
        messages.info(request, _("Nothing is decided yet, so there is no letter."))
        return redirect("branch-claim", reference=one.reference)
    approval = getattr(last, "approval", None)
    paper = letters.Letter(
        number=f"{one.reference}/{last.number}",
        claim=one.reference,
        addressee=one.reporter_name,
        addressee_relation=one.reporter_relation,
        deceased=one.person.name,
        deceased_nik=masked_nik(one.person),
        died_on=one.died_on,
        cause=one.cause,
        outcome=last.outcome,
        kept={part: getattr(last, part) for part in PARTS},
        decided_on=last.decided_on,
        decided_by=last.decided_by.name,
        issuer=issuer(_branch_of(one)),
        approved_by=approval.approved_by.name if approval else None,
        approved_on=timezone.localdate(approval.approved_at) if approval else None,
        heirs=_heirs(last),
        confirmed=tuple(
            letters.Confirmed(
                each.matter,
                each.note,
                each.confirmed_by.name,
                timezone.localdate(each.confirmed_at),
            )
            for each in one.confirmations.select_related("confirmed_by").order_by("pk")
        ),
    )
    return shown(letters.decision_letter(paper, language=language()), f"surat-{one.reference}")


@require_safe
def minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes of handing over, for signing; only for what is approved to be paid."""
    one = found(request, with_person(), reference=reference)
    last = last_decision(one)
    if last is None or last.outcome != Outcome.PAYABLE or not hasattr(last, "approval"):
        messages.info(
            request, _("Nothing is approved to be paid, so there is nothing to hand over.")
        )
        return redirect("branch-claim", reference=one.reference)
    sources = {each["name"]: each["source"] for each in last.provisions}
    payout = getattr(one, "payout", None)
    heirs = _heirs(last)
    branch = _branch_of(one)
    paper = handovers.Handover(
        number=f"BA-{one.reference}",
        on=payout.paid_on if payout else clock.today(),
        place=place_name(branch.region.name) if branch and branch.region else "…",
        claim=one.reference,
        deceased=one.person.name,
        deceased_nik=masked_nik(one.person),
        died_on=one.died_on,
        giver=handovers.Giver(user_of(request).name, issuer(branch).name),
        receiver=heirs[0] if heirs else letters.Heir(one.reporter_name, one.reporter_relation),
        amounts=tuple(
            handovers.Amount(
                line["benefit"],
                line["amount"],
                "; ".join(dict.fromkeys(sources[name] for name in line["provisions"])),
            )
            for line in last.lines
        ),
        issuer=issuer(branch),
        paid_on=payout.paid_on if payout else None,
        bank_reference=payout.bank_reference if payout else "",
    )
    return shown(
        handovers.handover_minutes(paper, language=language()), f"berita-acara-{one.reference}"
    )
