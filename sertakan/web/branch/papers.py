"""The papers of a claim as PDF: decision letter, hand-over minutes. Others are in `web.papers`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.claims.models import Claim, Decision, Outcome
from sertakan.claims.queries import last_decision
from sertakan.documents import handovers, letters
from sertakan.enrolment.models import Enrolment
from sertakan.people.queries import masked_nik
from sertakan.regions.models import Branch
from sertakan.web import clock
from sertakan.web.branch.claims import with_person
from sertakan.web.branch.decision_told import PARTS, language
from sertakan.web.guard import found, user_of
from sertakan.web.papers.answers import paper_name, pdf_answer
from sertakan.web.papers.offices import issuer_of, office
from sertakan.web.place_names import place_name


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
        issuer=issuer_of(_branch_of(one)),
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
    return pdf_answer(
        letters.decision_letter(paper, language=language()), paper_name("surat", one.reference)
    )


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
        giver=handovers.Giver(user_of(request).name, office(branch)),
        receiver=heirs[0] if heirs else letters.Heir(one.reporter_name, one.reporter_relation),
        amounts=tuple(
            handovers.Amount(
                line["benefit"],
                line["amount"],
                "; ".join(dict.fromkeys(sources[name] for name in line["provisions"])),
            )
            for line in last.lines
        ),
        issuer=issuer_of(branch),
        paid_on=payout.paid_on if payout else None,
        bank_reference=payout.bank_reference if payout else "",
    )
    return pdf_answer(
        handovers.handover_minutes(paper, language=language()),
        paper_name("berita-acara", one.reference),
    )
