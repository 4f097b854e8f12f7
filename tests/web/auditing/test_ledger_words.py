"""The ledger as auditors read it: what each entry was for, and whose each account is."""

import pytest
from django.utils import translation

from sertakan.claims.models import Claim
from sertakan.ledger.models import Entry
from sertakan.web.auditing.ledger_words import ENTRIES, named, told_of
from tests.claims.making import approved, decided, reported, with_papers
from tests.web.public.making import BORN, a_worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def entries():
    return told_of(Entry.objects.prefetch_related("lines__account"))


@pytest.fixture
def a_claim():
    """Approved, of a worker whose months were billed and paid."""
    claim = with_papers(reported(a_worker().pk, BORN.replace(2026, 6, 10)))
    decided(claim)
    approved(claim)
    return Claim.objects.get(pk=claim.pk)


def test_each_entry_leads_to_the_record_that_caused_it(a_claim):
    told = {(one.what, one.kind, one.about) for one in entries()}

    assert ("Claim approved", "claim", a_claim.reference) in told
    assert {what for what, _kind, _about in told} <= set(map(str, ENTRIES.values()))
    used = next(one for one in entries() if one.entry.reference.startswith("allocation/"))
    assert (used.kind, used.about[:4]) == ("bill", "TAG-")


def test_each_account_is_told_with_whose_it_is(a_claim):
    names = {line.name for one in entries() for line in one.lines}

    assert f"Approved for families, not yet paid: {a_claim.reference}" in names
    assert "Contributions: JKK" in names
    assert named(["bank", "receivable"]) == {
        "bank": "Money in the bank",
        "receivable": "Owed by sponsors",
    }


def test_naming_asks_the_same_however_many_entries(a_claim, django_assert_num_queries):
    two = Entry.objects.prefetch_related("lines__account")[:2]
    few, every = list(two), list(Entry.objects.prefetch_related("lines__account"))

    assert len(few) < len(every)
    with django_assert_num_queries(4):
        told_of(every)
