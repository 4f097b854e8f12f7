"""A second person's no, a claim that rests, an account, news, deadlines, and what to look at."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from sertakan.claims import operations
from sertakan.claims.accounts import account_of, masked
from sertakan.claims.deadlines import deadlines, working_days_between
from sertakan.claims.errors import (
    CannotApprove,
    CannotMove,
    CannotNoteAccount,
    CannotWithdraw,
)
from sertakan.claims.models import Claim, HeirAccount, SentBack, Withdrawal
from sertakan.claims.queries import claims, last_decision
from sertakan.claims.signals import signals
from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.people.models import Person
from tests.claims.making import approved, decided, paid_out, reported, with_papers
from tests.contributions.making import billed, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, an_officer

pytestmark = pytest.mark.django_db
DIED_ON = date(2026, 6, 10)


@pytest.fixture
def wati():
    agreement, people, _enrolments = three_covered_by_the_city(("Wati", "Budi"))
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    return people[0]


def sent_back(claim, by="Eko", note="Periksa lagi akta kematian."):
    return operations.send_back(claim=claim, note=note, by=an_officer(by), now=NOW)


def test_what_is_sent_back_is_decided_again_before_it_is_approved(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)

    sent_back(claim)

    with pytest.raises(CannotApprove, match="sent back"):
        approved(claim)
    decided(claim)
    assert approved(claim).decision.number == 2


def test_nobody_sends_back_their_own_decision_twice_or_without_a_word(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim, by="Dewi")

    with pytest.raises(CannotApprove, match="own decision"):
        sent_back(claim, by="Dewi")
    with pytest.raises(CannotApprove, match="Please say"):
        sent_back(claim, note="  ")
    sent_back(claim)
    with pytest.raises(CannotApprove, match="before"):
        sent_back(claim)


def test_the_database_refuses_the_same(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decision = decided(claim, by="Dewi")

    with pytest.raises(IntegrityError, match="is not one to send back"), transaction.atomic():
        SentBack.objects.create(
            decision=decision, note="x", sent_back_at=NOW, sent_back_by=an_officer("Dewi")
        )


def test_an_approved_claim_is_not_sent_back(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    approved(claim)

    with pytest.raises(CannotMove):
        sent_back(claim, by="Fajar")


def test_a_claim_rests_and_is_taken_up_where_it_stood(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)

    operations.withdraw(claim=claim, reason="Salah orang.", by=an_officer(), now=NOW)
    with pytest.raises(CannotMove):
        decided(claim)
    operations.resume(claim=claim, by=an_officer(), now=NOW)

    claim.refresh_from_db()
    assert claim.state == "decided"
    with pytest.raises(CannotWithdraw):
        operations.resume(claim=claim, by=an_officer(), now=NOW)


def test_what_is_approved_is_not_withdrawn_by_anybody(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    approved(claim)

    with pytest.raises(CannotMove):
        operations.withdraw(claim=claim, reason="Keliru.", by=an_officer(), now=NOW)
    with pytest.raises(IntegrityError, match="is not one to withdraw"), transaction.atomic():
        Withdrawal.objects.create(
            claim=claim, reason="x", withdrawn_at=NOW, withdrawn_by=an_officer()
        )


def noted(claim, number="1234567890", holder="Siti", bank="Bank Contoh"):
    return operations.note_account(
        claim=claim, holder=holder, bank=bank, number=number, by=an_officer(), now=NOW
    )


def test_an_account_is_encrypted_and_shown_by_its_end(wati):
    claim = reported(wati, DIED_ON)

    account = noted(claim, "1234 5678 90")

    assert b"1234567890" not in bytes(account.heir_account_encrypted)
    assert masked(account) == "••••••7890"
    assert account_of(claim) == account
    whole = operations.unmask_account(account=account, purpose="transfer", by=an_officer(), now=NOW)
    assert whole == "1234567890"


@pytest.mark.parametrize(
    "told", [{"number": "12"}, {"number": "seribu"}, {"holder": " "}, {"bank": ""}]
)
def test_what_is_no_account_is_refused(wati, told):
    with pytest.raises(CannotNoteAccount):
        noted(reported(wati, DIED_ON), **told)


def test_accounts_stay(wati):
    noted(reported(wati, DIED_ON))

    with pytest.raises(Exception, match="claims_heiraccount"), transaction.atomic():
        HeirAccount.objects.all().delete()


def test_the_reporter_hears_each_step_by_phone_and_e_mail(wati):
    claim = operations.report(
        person=Person.objects.get(pk=wati), died_on=DIED_ON, cause="ordinary",
        statements={"working_when_accepted": True, "children": []}, reporter_name="Siti",
        reporter_relation="spouse", reported_on=DIED_ON, reporter_phone="+6281234567890",
        reporter_email="siti@example.org", by=an_officer("Rini"), now=NOW,
    )  # fmt: skip
    decided(with_papers(claim))
    approved(claim)
    paid_out(claim)

    told = [(each.channel, contents(each).recipient) for each in Message.objects.order_by("pk")]
    assert told == 3 * [("whatsapp", "+6281234567890"), ("email", "siti@example.org")]
    assert all(claim.reference in contents(each).body for each in Message.objects.all())
    assert "Wati" not in "".join(contents(each).body for each in Message.objects.all())


def test_the_encryption_of_a_paid_claim_may_be_renewed_and_nothing_else(wati):
    claim = with_papers(reported(wati, DIED_ON))
    decided(claim)
    approved(claim)
    paid_out(claim)

    Claim.objects.update(reporter_phone_encrypted=b"\x01\x02")

    with pytest.raises(IntegrityError, match="is paid"), transaction.atomic():
        Claim.objects.update(reporter_name="Lain")


def test_three_working_days_begin_when_the_papers_are_there(wati):
    claim = reported(wati, DIED_ON)
    assert deadlines([claim], on=date(2026, 12, 1))[claim.pk].due_on is None

    with_papers(claim, on=date(2026, 12, 1))
    decided(claim)

    left = deadlines([claims().get()], on=date(2026, 12, 2))[claim.pk]
    assert (left.due_on, left.working_days, left.penalty) == (date(2026, 12, 4), 2, 0)
    late = deadlines([claims().get()], on=date(2026, 12, 6))[claim.pk]
    assert (late.days_late, late.penalty) == (2, last_decision(claim).cash_rupiah * 2 // 100)


def test_working_days_are_counted_both_ways():
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)

    assert working_days_between(friday, monday) == 1
    assert working_days_between(monday, friday) == -1
    assert working_days_between(monday, monday) == 0


def names(claim):
    return [each.name for each in signals(claim)]


def test_an_ordinary_claim_asks_nothing(wati):
    assert names(reported(wati, DIED_ON)) == []


def test_a_death_soon_after_the_first_day_is_to_be_looked_at(wati):
    assert names(reported(wati, date(2026, 3, 20))) == ["died_soon"]


def test_one_account_in_two_claims_is_to_be_looked_at(wati):
    budi = Person.objects.get(name="Budi")
    first, second = reported(wati, DIED_ON), reported(budi.pk, DIED_ON)
    noted(first)

    noted(second, holder="Joko", bank="bank contoh")

    [found] = signals(second)
    assert (found.name, found.told) == ("account_of_others", {"claims": first.reference})


def test_a_death_noted_for_another_day_and_another_birth_are_to_be_looked_at(wati):
    claim = reported(wati, DIED_ON)
    Person.objects.filter(pk=wati).update(died_on=date(2026, 6, 9), birth_date=date(1979, 1, 1))

    claim = Claim.objects.get(pk=claim.pk)

    assert names(claim) == ["death_noted_otherwise", "birth_differs_from_nik"]


def test_signals_ask_as_many_queries_however_many_claims_there_are(
    wati, django_assert_max_num_queries
):
    claim = Claim.objects.select_related("person").get(pk=reported(wati, DIED_ON).pk)
    assert connection.vendor == "postgresql"

    with django_assert_max_num_queries(6):
        signals(claim)
