"""The claims desk: reported by one, decided by another, approved by a third, paid once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.audit.models import Event
from sertakan.claims.models import Claim
from sertakan.messages.models import Message
from tests.claims.making import decided, paid_out, reported, with_papers
from tests.enrolment.making import an_officer
from tests.web.branch.making import (
    DIED_ON,
    a_branch,
    an_approver_of,
    an_officer_of,
    as_seen_on,
    get,
    insured,
    post,
    text_of,
)
from tests.web.people import an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
SURVIVORS = {
    "known": "some", "shown": "2",
    "row0-id": "Siti", "row0-relation": "spouse", "row1-id": "", "row1-relation": "",
}  # fmt: skip
STEPS = (
    ("kematian", {"died_on": DIED_ON.isoformat(), "cause": "ordinary"}),
    (
        "pelapor",
        {
            "reporter_name": "Siti",
            "reporter_relation": "spouse",
            "reporter_phone": "0812 3456 7890",
        },
    ),
    ("pekerjaan", {"working_when_accepted": "yes"}),
    ("keluarga", SURVIVORS),
    ("anak", {"known": "none", "shown": "1"}),
    ("wasiat", {"will": "none"}),
    ("pemakaman", {}),
    ("berkas", {"papers": ["death_certificate", "heir_statement"], "papers_on": "2026-11-20"}),
)


def begun(client, person):
    """The person is found by name and chosen."""
    assert "Wati" in text_of(post(client, "branch-claim-find", {"who": "wati"}))
    return post(client, "branch-claim-find", {"person": person})


def told(client):
    for word, answers in STEPS:
        answer = post(client, "branch-claim-report", answers, step=word)
        assert answer.status_code == 302, (word, text_of(answer))


def test_a_death_is_reported_a_question_a_page(client):
    [wati] = insured("Wati")
    client.force_login(an_officer_of())

    begun(client, wati)
    told(client)
    checked = text_of(get(client, "branch-claim-check"))
    post(client, "branch-claim-check")

    assert "Siti (Suami atau istri) +6281234567890" in checked
    claim = Claim.objects.get(person=wati)
    assert (claim.died_on, claim.reporter_name) == (DIED_ON, "Siti")
    assert claim.statements == {
        "working_when_accepted": True,
        "survivors": [{"id": "Siti", "relation": "spouse"}],
        "children": [],
        "will": None,
    }
    assert claim.documents.count() == 2


def test_a_report_sent_twice_is_one_claim(client):
    [wati] = insured("Wati")
    client.force_login(an_officer_of())
    begun(client, wati)
    told(client)

    first = post(client, "branch-claim-check")
    again = post(client, "branch-claim-check")

    assert first.url == f"/cabang/klaim/{Claim.objects.get().reference}"
    assert again.url == "/cabang/klaim/lapor"


def test_another_row_is_added_without_judging_what_is_typed(client):
    [wati] = insured("Wati")
    client.force_login(an_officer_of())
    begun(client, wati)

    page = post(
        client, "branch-claim-report", {**SURVIVORS, "row0-relation": "", "add": "1"},
        step="keluarga",
    )  # fmt: skip

    assert page.status_code == 200
    assert 'name="row2-id"' in page.content.decode()
    assert "field-problem" not in page.content.decode()


@pytest.mark.parametrize(
    ("word", "answers"),
    [
        ("kematian", {"died_on": "2026-02-30", "cause": "ordinary"}),
        ("kematian", {"died_on": "2026-11-01", "cause": "old age"}),
        ("pelapor", {"reporter_name": "", "reporter_relation": "spouse"}),
        ("pelapor", {"reporter_name": "S", "reporter_relation": "x", "reporter_phone": "abc"}),
        ("keluarga", {"known": "some", "shown": "1"}),
        ("keluarga", {"known": "some", "shown": "1", "row0-id": "Siti"}),
        ("wasiat", {"will": "some", "names": ""}),
        ("berkas", {"papers": ["death_certificate"]}),
    ],
)
def test_what_is_no_answer_is_told_and_nothing_is_lost(client, word, answers):
    [wati] = insured("Wati")
    client.force_login(an_officer_of())
    begun(client, wati)

    page = post(client, "branch-claim-report", answers, step=word)

    assert page.status_code == 422
    assert "problems-title" in page.content.decode()


def test_a_death_before_birth_is_refused_with_a_sentence(client):
    [wati] = insured("Wati")
    client.force_login(an_officer_of())
    begun(client, wati)
    told(client)
    post(
        client,
        "branch-claim-report",
        {"died_on": "1970-01-01", "cause": "ordinary"},
        step="kematian",
    )

    page = post(client, "branch-claim-check")

    assert page.status_code == 422
    assert not Claim.objects.exists()


def test_a_person_of_another_branch_is_not_found(client):
    insured("Wati", branch=a_branch("Kediri"))
    client.force_login(an_officer_of())

    page = text_of(post(client, "branch-claim-find", {"who": "Wati"}))

    assert "Tidak ada peserta dengan nama atau NIK itu di cabang ini." in page


def test_whoever_took_down_the_report_is_told_so_before_deciding(client):
    [wati] = insured("Wati")
    officer = an_officer_of()
    claim = with_papers(reported(wati, DIED_ON))
    client.force_login(officer)
    begun_by_me = with_papers(reported(insured("Tini", number="PKS/2")[0], DIED_ON, by="Bagus"))

    assert begun_by_me.reported_by == officer
    assert "orang lain yang memutuskan" in text_of(
        get(client, "branch-claim", reference=begun_by_me.reference)
    )
    assert post(client, "branch-claim-decide", reference=begun_by_me.reference).status_code == 422
    assert post(client, "branch-claim-decide", reference=claim.reference).status_code == 302


def test_the_decision_is_shown_with_every_rule_and_article(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON, survivors=[{"id": "Siti", "relation": "spouse"}]))
    decided(claim)
    client.force_login(an_officer_of())

    page = text_of(get(client, "branch-claim", reference=claim.reference))

    assert "Rp42.000.000" in page
    assert "Santunan kematian PP 82/2019" in page
    assert "terpenuhi Peserta bekerja" in page
    assert page.count("terpenuhi") >= 5


def test_one_officer_decides_and_an_approver_approves_and_no_other(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON))
    approver = an_approver_of()
    decided(claim, by=approver.name)
    client.force_login(approver)

    page = get(client, "branch-claim-approve", reference=claim.reference)
    answer = post(client, "branch-claim-approve", reference=claim.reference)

    assert "Anda yang memutuskannya" in text_of(page)
    assert "once" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    assert answer.status_code == 422
    client.force_login(an_approver_of(name="Gita"))
    assert post(client, "branch-claim-approve", reference=claim.reference).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "approved"


def test_two_approvers_at_one_claim(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    client.force_login(an_approver_of())

    first = post(client, "branch-claim-approve", reference=claim.reference)
    client.force_login(an_approver_of(name="Gita"))
    second = post(client, "branch-claim-approve", reference=claim.reference)

    assert (first.status_code, second.status_code) == (302, 409)


def test_a_claim_goes_from_sent_back_to_paid(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON, survivors=[{"id": "Siti", "relation": "spouse"}]))
    words = {"reference": claim.reference}
    decided(claim)
    client.force_login(an_approver_of())
    post(client, "branch-claim-send-back", {"note": "Akta kurang jelas."}, **words)

    client.force_login(an_officer_of())
    assert "Akta kurang jelas." in text_of(get(client, "branch-claim", **words))
    post(client, "branch-claim-decide", **words)
    client.force_login(an_approver_of())
    post(client, "branch-claim-approve", **words)
    client.force_login(an_officer_of())
    post(
        client, "branch-claim-account",
        {"holder": "Siti", "bank": "Bank Contoh", "number": "1234567890"}, **words,
    )  # fmt: skip
    paying = text_of(get(client, "branch-claim-pay", **words))
    post(client, "branch-claim-pay", {"bank_reference": "TRF-1"}, **words)

    assert "••••••7890" in paying
    assert "1234567890" not in paying
    claim.refresh_from_db()
    assert (claim.state, claim.payout.rupiah) == ("paid", 42_000_000)
    assert post(client, "branch-claim-pay", {"bank_reference": "TRF-2"}, **words).status_code == 409


def test_a_bank_reference_pays_once(client):
    wati, budi = insured("Wati", "Budi")
    for person in (wati, budi):
        claim = with_papers(reported(person, DIED_ON))
        decided(claim)
        client.force_login(an_approver_of())
        post(client, "branch-claim-approve", reference=claim.reference)
    first, second = Claim.objects.order_by("pk")
    paid_out(first, reference="TRF-1")

    page = post(client, "branch-claim-pay", {"bank_reference": "TRF-1"}, reference=second.reference)

    assert page.status_code == 422
    assert "TRF-1" in text_of(page)


def test_who_looks_at_an_account_is_written_down(client):
    [wati] = insured("Wati")
    claim = reported(wati, DIED_ON)
    client.force_login(an_officer_of())
    words = {"reference": claim.reference}
    told_account = {"holder": "Siti", "bank": "Bank Contoh", "number": "1234567890"}
    post(client, "branch-claim-account", told_account, **words)

    shown = post(client, "branch-claim-account-show", {"note": "Transfer"}, **words)

    assert "1234567890" in text_of(shown)
    event = Event.objects.get(verb="unmasked")
    assert (event.subject_id, event.details["purpose"]) == (str(claim.pk), "Transfer")


def test_a_withdrawn_claim_is_taken_up_again(client):
    [wati] = insured("Wati")
    claim = reported(wati, DIED_ON)
    client.force_login(an_officer_of())

    post(client, "branch-claim-withdraw", {"note": "Salah orang."}, reference=claim.reference)
    assert "Salah orang." in text_of(get(client, "branch-claim", reference=claim.reference))
    post(client, "branch-claim-resume", reference=claim.reference)

    claim.refresh_from_db()
    assert claim.state == "reported"


def test_statements_are_corrected_on_the_claim(client):
    [wati] = insured("Wati")
    claim = reported(wati, DIED_ON)
    client.force_login(an_officer_of())
    words = {"reference": claim.reference, "step": "keluarga"}

    added = post(client, "branch-claim-state", {**SURVIVORS, "add": "1"}, **words)
    post(client, "branch-claim-state", SURVIVORS, **words)

    assert added.status_code == 422
    claim.refresh_from_db()
    assert claim.statements["survivors"] == [{"id": "Siti", "relation": "spouse"}]


def test_letters_and_minutes_are_pdfs(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON, survivors=[{"id": "Siti", "relation": "spouse"}]))
    decided(claim)
    client.force_login(an_approver_of())
    post(client, "branch-claim-approve", reference=claim.reference)

    for page in ("branch-claim-letter", "branch-claim-minutes"):
        answer = get(client, page, reference=claim.reference)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("page", ["branch-claims", "branch-home"])
def test_lists_ask_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, page):
    people = insured("Wati", "Budi", "Agus")
    client.force_login(an_officer_of())
    decided(with_papers(reported(people[0], DIED_ON)))
    get(client, page)
    with CaptureQueriesContext(connection) as one:
        get(client, page)
    for person in people[1:]:
        decided(with_papers(reported(person, DIED_ON)))

    with django_assert_num_queries(len(one)):
        get(client, page)


def test_papers_are_noted_only_where_some_were_chosen(client):
    [wati] = insured("Wati")
    claim = reported(wati, DIED_ON)
    client.force_login(an_officer_of())

    answer = post(
        client, "branch-claim-papers", {"papers_on": "2026-11-20"}, reference=claim.reference
    )

    assert answer.status_code == 422
    assert "Pilih sekurangnya satu dokumen." in text_of(answer)
    assert "Dokumen sudah dicatat" not in text_of(answer)


@pytest.mark.parametrize("phone", ["", "+6281234567890"])
def test_the_family_is_said_to_be_told_only_where_news_was_written(client, phone):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON, phone=phone))
    decided(claim)
    client.force_login(an_approver_of())
    seen = as_seen_on(get(client, "branch-claim-approve", reference=claim.reference))

    approved = post(
        client, "branch-claim-approve", {"as_seen": seen}, follow=True, reference=claim.reference
    )
    paid = post(
        client, "branch-claim-pay", {"bank_reference": "OUT-7"}, follow=True,
        reference=claim.reference,
    )  # fmt: skip

    news = Message.objects.filter(about_type="claim", about_id=claim.pk, kind="claim_news")
    assert news.exists() == bool(phone)
    for page in (approved, paid):
        assert ("Keluarga diberi tahu." in text_of(page)) == bool(phone)
        assert ("Tidak ada yang dapat diberi tahu" in text_of(page)) != bool(phone)


def test_a_claim_is_searched_by_number_name_and_state(client):
    wati, budi = insured("Wati", "Budi")
    first, second = reported(wati, DIED_ON), reported(budi, DIED_ON)
    decided(with_papers(second))
    client.force_login(an_officer_of())

    def listed(**query):
        page = text_of(get(client, "branch-claims", query))
        return [claim.reference for claim in (first, second) if claim.reference in page]

    assert listed() == [first.reference, second.reference]
    assert listed(q="wati") == [first.reference]
    assert listed(q=second.reference) == [second.reference]
    assert listed(state="decided") == [second.reference]


def test_an_auditor_reads_and_is_offered_nothing(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    client.force_login(an_appointed("auditor", over=a_branch(), name="Hana"))

    page = get(client, "branch-claim", reference=claim.reference)

    main = page.content.decode().partition("<main")[2].partition("</main")[0]
    assert page.status_code == 200
    assert "<form" not in main
    assert post(client, "branch-claim-decide", reference=claim.reference).status_code == 403


def test_what_an_accident_gives_is_answered_with_articles(client):
    client.force_login(an_officer_of())

    page = text_of(
        get(
            client, "branch-accident",
            {
                "happened_on": "2026-11-01", "segment": "BPU", "income": "Rp1.000.000",
                "medical_cost": "12.500.000", "months_unable": "2", "disability": "none",
            },
        )
    )  # fmt: skip

    assert "Rp12.500.000" in page
    assert "PP 82/2019" in page
    assert not Claim.objects.exists()


def test_home_tells_what_is_late(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON, on=date(2026, 11, 12)), on=date(2026, 11, 12))
    decided(claim)
    client.force_login(an_approver_of())

    page = text_of(get(client, "branch-home"))

    assert "Klaim yang perlu disahkan 1 1 terlambat" in page
    assert an_officer("Dewi").name not in page


def test_a_decision_made_anew_is_not_approved_unseen(client):
    [wati] = insured("Wati")
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    client.force_login(an_approver_of())
    seen = as_seen_on(get(client, "branch-claim-approve", reference=claim.reference))

    decided(claim)
    late = post(client, "branch-claim-approve", {"as_seen": seen}, reference=claim.reference)

    assert late.status_code == 409
    claim.refresh_from_db()
    assert claim.state == "decided"
    seen = as_seen_on(get(client, "branch-claim-approve", reference=claim.reference))
    answer = post(client, "branch-claim-approve", {"as_seen": seen}, reference=claim.reference)
    assert answer.status_code == 302
