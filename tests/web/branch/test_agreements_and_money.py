"""At the branch: an agreement approved or sent back, money received, matched and opened."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.access.operations import appoint, end_appointment
from sertakan.contributions.models import Payment
from sertakan.enrolment.models import Enrolment
from sertakan.messages.models import Message
from sertakan.regions.models import Region
from sertakan.sponsors.models import Agreement, StandingApproval
from sertakan.sponsors.operations import change_places_and_budget
from sertakan.web.branch.agreement_marks import cost_of, marks_of
from tests.contributions.making import billed, paid
from tests.enrolment.making import a_sponsor, an_agreement, an_officer, enrolled, some_people
from tests.web.branch.making import (
    a_branch,
    an_approver_of,
    an_officer_of,
    as_seen_on,
    get,
    its_agreement,
    post,
    text_of,
)
from tests.web.people import NOW, an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
TODAY = date(2026, 11, 23)
NEXT_YEAR = {"starts_on": date(2027, 1, 1), "ends_on": date(2028, 1, 1)}


def a_draft(**fields):
    told = {**NEXT_YEAR, "state": "draft", "places": 10, "budget_rupiah": 2_016_000, **fields}
    return its_agreement(number="PKS/2027", **told)


def watis_bill(agreement):
    """Wati is enrolled, and billed."""
    (wati,) = some_people("Wati")
    enrolled(wati, agreement)
    return billed(agreement)


def test_an_approver_approves_a_draft_once(client):
    draft = a_draft()
    client.force_login(an_approver_of())

    first = post(client, "branch-agreement-approve", pk=draft.pk)
    second = post(client, "branch-agreement-approve", pk=draft.pk)

    draft.refresh_from_db()
    assert (draft.state, draft.approved_by.name) == ("approved", "Ratna")
    assert (first.status_code, second.status_code) == (302, 409)


def test_an_officer_does_not_approve_and_is_not_offered_to(client):
    draft = a_draft()
    client.force_login(an_officer_of())

    assert "Sahkan" not in text_of(get(client, "branch-agreement", pk=draft.pk))
    assert post(client, "branch-agreement-approve", pk=draft.pk).status_code == 403


def test_a_draft_is_sent_back_with_a_reason_and_the_sponsor_is_told(client):
    draft = a_draft()
    draft.sponsor.email = "kota@example.org"
    draft.sponsor.save()
    client.force_login(an_officer_of())

    empty = post(client, "branch-agreement-return", {"note": " "}, pk=draft.pk)
    post(client, "branch-agreement-return", {"note": "Anggaran kurang."}, pk=draft.pk)

    assert empty.status_code == 422
    assert "Anggaran kurang." in text_of(get(client, "branch-agreement", pk=draft.pk))
    assert Message.objects.filter(kind="agreement_news").count() == 1


def test_a_budget_that_suffices_to_the_rupiah_is_not_unusual():
    draft = a_draft()

    cost = cost_of(draft)

    assert [(each.months, each.price.total) for each in cost.stretches] == [(12, 16_800)]
    assert (cost.a_place, cost.left) == (201_600, 0)
    assert marks_of(draft, cost, today=TODAY) == []


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"budget_rupiah": 2_015_999}, "Rp1 short: it pays for 9 of 10 places"),
        ({"budget_rupiah": 5_000_000}, "more than twice"),
        ({"starts_on": date(2026, 6, 1), "ends_on": date(2027, 4, 1)}, "starts in the past"),
        ({"ends_on": date(2028, 6, 1), "budget_rupiah": 4_000_000}, "runs for 17 months"),
    ],
)
def test_what_is_unusual_is_marked(fields, mark):
    draft = a_draft(**fields)

    assert mark in " ".join(marks_of(draft, cost_of(draft), today=TODAY))


def test_where_nothing_is_billed_nothing_is_called_paid(client):
    agreement = its_agreement()
    client.force_login(an_officer_of())

    before = text_of(get(client, "branch-agreement", pk=agreement.pk))
    bill = watis_bill(agreement)
    paid(bill.total_rupiah, code=bill.payment_code)
    after = text_of(get(client, "branch-agreement", pk=agreement.pk))

    assert "semua tagihan lunas" not in before
    assert "semua tagihan lunas" in after


def test_an_enrolment_that_promises_no_day_is_listed_without_one(client):
    agreement = its_agreement()
    (wati,) = some_people("Wati")
    stopped = {"void": True, "end_reason": "asked", "ended_at": NOW, "ended_by": an_officer()}
    void = enrolled(wati, agreement)
    Enrolment.objects.filter(pk=void.pk).update(ends_on=None, **stopped)
    client.force_login(an_officer_of())

    page = text_of(get(client, "branch-agreement-people", pk=agreement.pk))

    assert "Batal: tidak mencakup satu hari pun" in page
    assert "1 Jan 2026 –" not in page


def test_places_and_budget_change_but_not_below_what_is_taken(client):
    agreement = its_agreement(places=3)
    for person in some_people("Wati", "Budi"):
        enrolled(person, agreement)
    client.force_login(an_approver_of())
    told = {"budget_rupiah": "Rp9.000.000"}

    fewer = post(client, "branch-agreement-change", {**told, "places": 1}, pk=agreement.pk)
    more = post(client, "branch-agreement-change", {**told, "places": 2}, pk=agreement.pk)

    assert (fewer.status_code, more.status_code) == (422, 302)
    agreement.refresh_from_db()
    assert (agreement.places, agreement.budget_rupiah) == (2, 9_000_000)


def test_a_standing_approval_is_given_and_ended(client):
    client.force_login(an_approver_of())

    none = post(client, "branch-standing-give", {"most_places": 0})
    post(client, "branch-standing-give", {"most_places": 5})
    given = StandingApproval.objects.get()
    assert "sampai 5 tempat" in text_of(get(client, "branch-standing"))
    post(client, "branch-standing-end", pk=given.pk)
    again = post(client, "branch-standing-end", pk=given.pk)

    assert (none.status_code, again.status_code) == (422, 422)
    given.refresh_from_db()
    assert given.ended_by.name == "Ratna"


def test_the_annex_and_the_list_of_people_mask_their_niks(client):
    agreement = its_agreement()
    (wati,) = some_people("Wati")
    enrolled(wati, agreement)
    client.force_login(an_officer_of())

    page = text_of(get(client, "branch-agreement-people", pk=agreement.pk))
    annex = get(client, "branch-agreement-annex", pk=agreement.pk)

    assert "Wati 357701********" in page
    assert annex.content.startswith(b"%PDF")


MONEY = {"bank": "BNI", "bank_reference": "T1", "received_on": "2026-11-20", "rupiah": "150.000"}


def money_for(client, bill):
    """As much as the bill asks for, typed in by the branch's officer without saying whose it is."""
    client.force_login(an_officer_of())
    post(client, "branch-payment-receive", {**MONEY, "rupiah": str(bill.total_rupiah)})
    return Payment.objects.get()


def test_a_payment_is_received_once_however_often_it_is_typed(client):
    client.force_login(an_officer_of())

    for _time in range(2):
        answer = post(client, "branch-payment-receive", MONEY)
        assert answer.status_code == 302

    assert Payment.objects.get().rupiah == 150_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"rupiah": "0"},
        {"rupiah": "-5"},
        {"rupiah": "banyak"},
        {"received_on": "2026-11-24"},
        {"received_on": "2026-02-30"},
        {"bank_reference": ""},
    ],
)
def test_what_is_no_payment_is_refused(client, wrong):
    client.force_login(an_officer_of())

    assert post(client, "branch-payment-receive", {**MONEY, **wrong}).status_code == 422
    assert not Payment.objects.exists()


def test_the_same_reference_with_another_amount_is_told(client):
    client.force_login(an_officer_of())
    post(client, "branch-payment-receive", MONEY)

    page = post(client, "branch-payment-receive", {**MONEY, "rupiah": "150.001"})

    assert page.status_code == 422
    assert "T1" in text_of(page)


def test_a_statement_is_answered_line_by_line(client):
    agreement = its_agreement()
    bill = watis_bill(agreement)
    client.force_login(an_officer_of())
    text = (
        "bank,referensi,tanggal,jumlah,kode\n"
        f"BNI,T1,2026-11-20,{bill.total_rupiah},{bill.payment_code}\n"
        "BNI,T2,2026-11-20,5000,\n"
        "BNI,T3,2026-11-20,lima ribu,\n"
    )

    for _time in range(2):
        file = SimpleUploadedFile("koran.csv", text.encode())
        post(client, "branch-payment-file", {"file": file})
    page = text_of(get(client, "branch-payment-file"))

    assert "sudah diketahui, tidak diproses lagi 2" in page
    assert "“lima ribu” bukan jumlah rupiah" in page
    assert Payment.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n\0", b'bank,referensi,tanggal,jumlah\nBNI,"T1' + b"x" * 200_000],
    ids=["a PDF", "a quote that never closes"],
)
def test_a_file_that_is_no_statement_says_so(client, content):
    client.force_login(an_officer_of())
    file = SimpleUploadedFile("surat.pdf", content)

    page = post(client, "branch-payment-file", {"file": file})

    assert page.status_code == 422
    assert "Berkas ini bukan berkas CSV." in text_of(page)


def test_unmatched_money_is_matched_with_the_suggested_bill(client):
    agreement = its_agreement()
    bill = watis_bill(agreement)
    payment = money_for(client, bill)
    home = text_of(get(client, "branch-home"))

    suggested = text_of(get(client, "branch-payment-match", pk=payment.pk))
    nobody = post(client, "branch-payment-match", {"sponsor": "Entah"}, pk=payment.pk)
    post(client, "branch-payment-match", {"bill": bill.number}, pk=payment.pk)
    again = post(client, "branch-payment-match", {"bill": bill.number}, pk=payment.pk)

    assert "belum diketahui pengirimnya 1" in home
    assert "jumlahnya sama dengan yang belum dibayar" in suggested
    assert (nobody.status_code, again.status_code) == (422, 422)
    page = text_of(get(client, "branch-payment", pk=payment.pk))
    assert "Wati" in page
    assert bill.number in page


def test_a_part_of_a_name_offers_the_sponsors_found(client):
    its_agreement(number="PKS/L", sponsor=a_sponsor("PT Lestari Jaya", "company"))
    its_agreement(number="PKS/M", sponsor=a_sponsor("UD Lestari Makmur", "company"))
    its_agreement(a_branch("Kediri"), "PKS/K", sponsor=a_sponsor("CV Lestari Kediri", "company"))
    client.force_login(an_officer_of())
    post(client, "branch-payment-receive", MONEY)
    payment = Payment.objects.get()

    answer = post(client, "branch-payment-match", {"sponsor": "lestari"}, pk=payment.pk)
    offered = answer.context["offered"]
    post(client, "branch-payment-match", {"chosen": offered[1].pk}, pk=payment.pk)

    assert [each.name for each in offered] == ["PT Lestari Jaya", "UD Lestari Makmur"]
    assert "PT Lestari Jaya" in text_of(answer)
    assert payment.matching.sponsor.name == "UD Lestari Makmur"


def test_money_is_not_matched_with_nobody_or_with_whom_the_branch_does_not_know(client):
    foreign = its_agreement(a_branch("Kediri"), number="PKS/K").sponsor
    client.force_login(an_officer_of())
    post(client, "branch-payment-receive", MONEY)
    payment = Payment.objects.get()

    empty = post(client, "branch-payment-match", {"bill": " ", "sponsor": ""}, pk=payment.pk)
    unknown = post(client, "branch-payment-match", {"chosen": foreign.pk}, pk=payment.pk)

    assert empty.status_code == 422
    assert list(empty.context["form"].errors) == ["bill"]
    assert "–" not in text_of(empty)
    assert unknown.status_code == 422


@pytest.mark.parametrize("target", ["bill", "sponsor"])
def test_an_auditor_of_the_region_sees_money_once_it_is_matched(client, target):
    agreement = its_agreement()
    bill = watis_bill(agreement)
    payment = money_for(client, bill)
    auditor = an_appointed("auditor", over=agreement.region, name="Wahyu")
    other = an_appointed("auditor", over=Region.objects.get(pk="35.79"), name="Agus")

    def seen_by(user):
        client.force_login(user)
        events = client.get("/audit/jejak?kind=payment").context["rows"]
        status = get(client, "branch-payment", pk=payment.pk).status_code
        return status, {told.event.verb for told in events}

    assert seen_by(auditor) == (404, set())
    client.force_login(an_officer_of())
    named = {"bill": bill.number, "sponsor": agreement.sponsor.name}[target]
    post(client, "branch-payment-match", {target: named}, pk=payment.pk)

    assert seen_by(auditor) == (200, {"received", "matched"})
    assert seen_by(other) == (404, set())


def test_money_matched_to_a_bill_is_not_seen_from_another_city_of_the_sponsor(client):
    agreement = its_agreement()
    elsewhere = Region.objects.get(pk="35.79")
    an_agreement("PKS/2", sponsor=agreement.sponsor, region=elsewhere)
    bill = watis_bill(agreement)
    payment = money_for(client, bill)
    post(client, "branch-payment-match", {"bill": bill.number}, pk=payment.pk)

    client.force_login(an_appointed("auditor", over=elsewhere))

    assert get(client, "branch-payment", pk=payment.pk).status_code == 404


def test_a_bill_of_another_branch_is_not_matched(client):
    foreign = its_agreement(a_branch("Kediri"), number="PKS/K")
    (wati,) = some_people("Wati")
    enrolled(wati, foreign)
    bill = billed(foreign)
    client.force_login(an_officer_of())
    post(client, "branch-payment-receive", MONEY)

    answer = post(
        client, "branch-payment-match", {"bill": bill.number}, pk=Payment.objects.get().pk
    )

    assert answer.status_code == 422


def test_who_records_money_for_another_branch_does_not_see_whom_it_pays(client):
    foreign = its_agreement(a_branch("Kediri"), number="PKS/K")
    (wati,) = some_people("Wati")
    enrolled(wati, foreign)
    bill = billed(foreign)
    client.force_login(an_officer_of())

    told = {**MONEY, "rupiah": str(bill.total_rupiah), "payment_code": bill.payment_code}
    answer = post(client, "branch-payment-receive", told, follow=True)
    payment = Payment.objects.get()

    assert answer.redirect_chain[-1][0] == "/cabang/pembayaran"
    assert get(client, "branch-payment", pk=payment.pk).status_code == 404
    assert get(client, "branch-payment-receipt", pk=payment.pk).status_code == 404
    client.force_login(an_officer_of(a_branch("Kediri"), name="Joko"))
    assert "Wati" in text_of(get(client, "branch-payment", pk=payment.pk))


def test_unmatched_money_is_not_taken_along_to_another_branch(client):
    bagus = an_officer_of()
    client.force_login(bagus)
    post(client, "branch-payment-receive", MONEY)
    payment = Payment.objects.get()
    later = NOW + timedelta(days=400)
    end_appointment(appointment=bagus.appointments.get(), by=bagus, now=later)
    appoint(user=bagus, role="branch_officer", over=a_branch("Kediri"), by=None, now=later)

    assert get(client, "branch-payment", pk=payment.pk).status_code == 404
    client.force_login(an_officer_of(name="Gita"))
    assert get(client, "branch-payment", pk=payment.pk).status_code == 200


def test_bills_and_receipts_are_pdfs(client):
    agreement = its_agreement()
    (wati,) = some_people("Wati")
    enrolled(wati, agreement)
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    client.force_login(an_officer_of())

    papers = [
        get(client, "branch-bill-pdf", pk=bill.pk),
        get(client, "branch-payment-receipt", pk=bill.payments.get().pk),
    ]

    assert [paper.content[:4] for paper in papers] == [b"%PDF", b"%PDF"]


def test_bills_are_told_apart_by_what_is_owed(client):
    agreement = its_agreement()
    (wati,) = some_people("Wati")
    enrolled(wati, agreement)
    first, second = billed(agreement, "2026-01"), billed(agreement, "2026-02")
    paid(first.total_rupiah, code=first.payment_code)
    client.force_login(an_officer_of())

    def listed(kind):
        page = text_of(get(client, "branch-bills", {"only": kind}))
        return [bill.number for bill in (first, second) if bill.number in page]

    assert [listed(kind) for kind in ("paid", "open", "overdue", "corrections")] == [
        [first.number], [second.number], [second.number], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page", ["branch-agreements", "branch-payments", "branch-bills", "branch-home"]
)
def test_lists_ask_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, page):
    def one_more(number):
        agreement = its_agreement(number=f"PKS/{number}")
        (person,) = some_people(f"Wati {number}")
        enrolled(person, agreement)
        bill = billed(agreement)
        paid(bill.total_rupiah - 1, code=bill.payment_code)

    one_more(1)
    client.force_login(an_officer_of())
    get(client, page)
    with CaptureQueriesContext(connection) as one:
        get(client, page)
    one_more(2)
    one_more(3)

    with django_assert_num_queries(len(one)):
        get(client, page)

    assert Agreement.objects.count() == 3


@pytest.mark.parametrize("page", ["branch-agreement-approve", "branch-agreement-change"])
def test_what_changed_since_it_was_looked_at_is_neither_approved_nor_overwritten(client, page):
    draft = a_draft()
    ratna = an_approver_of()
    client.force_login(ratna)
    told = {"places": 10, "budget_rupiah": 2_016_000}
    seen = as_seen_on(get(client, page, pk=draft.pk))

    change_places_and_budget(agreement=draft, places=900, by=ratna, now=NOW)
    late = post(client, page, {**told, "as_seen": seen}, pk=draft.pk)

    assert late.status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.places) == ("draft", 900)
    seen = as_seen_on(get(client, page, pk=draft.pk))
    assert post(client, page, {**told, "as_seen": seen}, pk=draft.pk).status_code == 302
