"""Money comes in from the water utility, is earned by bills, and always adds up."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sertakan.ledger.errors import CannotPost, PostedOtherwise
from sertakan.ledger.models import Account, Entry, Line
from sertakan.ledger.operations import Posting, post, post_many
from sertakan.ledger.queries import balance, check, entries, trial_balance

NOW = datetime(2026, 11, 23, tzinfo=UTC)
JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)


def judge():
    """What commit would do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def bill(number=1, on=JANUARY, rupiah=16_800):
    return Posting(
        on,
        f"bill/{number}",
        "January",
        {"receivable/sponsor/3": rupiah, "contributions/jkm": -rupiah},
    )


def post_one(posting):
    return post(
        on=posting.on,
        reference=posting.reference,
        memo=posting.memo,
        lines=posting.lines,
        now=NOW,
    )


@pytest.mark.django_db
def test_an_entry_moves_money_between_accounts_of_the_right_kind():
    entry = post(
        on=JANUARY,
        reference="payment/77",
        memo="Tirta",
        lines={"bank": 20_000, "receivable/sponsor/3": -16_800, "credit/sponsor/3": -3_200},
        now=NOW,
    )
    judge()

    assert (entry.on, entry.reference, entry.memo) == (
        JANUARY,
        "payment/77",
        "Tirta",
    )
    assert dict(entry.lines.values_list("account__code", "rupiah")) == {
        "bank": 20_000,
        "receivable/sponsor/3": -16_800,
        "credit/sponsor/3": -3_200,
    }
    assert dict(Account.objects.values_list("code", "kind")) == {
        "bank": "asset",
        "receivable/sponsor/3": "asset",
        "credit/sponsor/3": "liability",
    }


@pytest.mark.django_db
def test_the_same_thing_happens_once_however_often_it_is_told():
    first = post_one(bill())
    again = post_one(bill())

    assert again == first
    assert (Entry.objects.count(), Line.objects.count()) == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        bill(rupiah=16_801),
        bill(on=FEBRUARY),
        Posting(JANUARY, "bill/1", "", {"receivable/sponsor/4": 9, "contributions/jkm": -9}),
        Posting(JANUARY, "bill/1", "", {**bill().lines, "bank": 5, "unmatched": -5}),
    ],
    ids=["another amount", "another day", "another account", "more lines"],
)  # fmt: skip
def test_the_same_reference_never_means_two_things(other):
    post_one(bill())

    with pytest.raises(PostedOtherwise, match="bill/1"):
        post_one(other)

    assert balance("receivable") == 16_800


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lines",
    [{}, {"bank": 0}, {"bank": 5, "unmatched": -4}, {"bank": 5, "unmatched": -5, "penalties": 0}],
)
def test_lines_that_do_not_balance_are_not_posted(lines):
    with pytest.raises(CannotPost):
        post(on=JANUARY, reference="x", memo="", lines=lines, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["kas", "bank account", "BANK", "bank/", "bank/" + "1" * 90, ""])
def test_an_account_of_no_known_kind_is_not_opened(code):
    with pytest.raises(CannotPost):
        post(on=JANUARY, reference="x", memo="", lines={code: 5, "bank/2": -5}, now=NOW)


@pytest.mark.django_db
def test_rupiah_are_whole():
    with pytest.raises(TypeError):
        post(on=JANUARY, reference="x", memo="", lines={"bank": 0.5, "unmatched": -0.5}, now=NOW)


@pytest.mark.django_db
def test_many_entries_are_posted_at_once_or_not_at_all(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        written = post_many(postings=[bill(number) for number in range(300)], now=NOW)
    judge()

    assert (written, Entry.objects.count(), balance("contributions")) == (300, 300, -300 * 16_800)
    assert post_many(postings=[bill(number) for number in range(298, 302)], now=NOW) == 2
    with pytest.raises(PostedOtherwise):
        post_many(postings=[bill(400), bill(1, rupiah=1)], now=NOW)
    with pytest.raises(CannotPost, match="same reference"):
        post_many(postings=[bill(500), bill(500)], now=NOW)
    assert Entry.objects.count() == 302
    assert post_many(postings=[], now=NOW) == 0


@pytest.mark.django_db
def test_a_balance_is_of_an_account_and_those_below_it_on_a_day():
    post_one(bill(1, JANUARY, 100))
    post_one(bill(2, FEBRUARY, 30))
    post(
        on=FEBRUARY, reference="r", memo="",
        lines={"receivable/sponsor/31": 7, "unmatched": -7}, now=NOW,
    )  # fmt: skip

    assert balance("receivable/sponsor/3") == 130
    assert balance("receivable") == 137
    assert balance("receivable/sponsor/3", on=JANUARY) == 100
    assert balance("receivable/sponsor/3", on=date(2025, 12, 31)) == 0
    assert balance("credit/sponsor/3") == 0
    assert [(each.code, each.rupiah) for each in trial_balance(on=JANUARY)] == [
        ("contributions/jkm", -100),
        ("receivable/sponsor/3", 100),
    ]
    assert sum(each.rupiah for each in trial_balance()) == 0
    assert [entry.reference for entry in entries("receivable/sponsor/3")] == ["bill/2", "bill/1"]
    assert [entry.reference for entry in entries()] == ["r", "bill/2", "bill/1"]


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amounts=st.lists(
        st.tuples(st.sampled_from(["bank", "unmatched", "penalties"]), st.integers(-9, 9)),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_whatever_is_posted_the_ledger_adds_up(amounts):
    with transaction.atomic():
        for number, (code, rupiah) in enumerate(amounts):
            lines = {code: rupiah, "credit/sponsor/1": -rupiah}
            try:
                post(on=JANUARY, reference=f"h/{number}", memo="", lines=lines, now=NOW)
            except CannotPost:
                assert rupiah == 0
        judge()

        assert sum(each.rupiah for each in trial_balance()) == 0
        assert balance("credit") == -sum(rupiah for _, rupiah in amounts)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_post_the_same_payment_and_it_stands_once():
    statement = (
        'INSERT INTO ledger_entry ("on", reference, memo, posted_at)'
        " VALUES ('2026-01-31', 'bill/1', 'other', now())"
    )
    with connection.second_connection() as other, other.cursor() as cursor:
        post_one(bill())
        with pytest.raises(IntegrityError, match="ledger_entry_reference"):
            cursor.execute(statement)

    assert Entry.objects.get().memo == "January"


@pytest.mark.django_db(transaction=True)
def test_the_check_finds_what_an_owner_did_behind_the_rules(run_as_owner):
    post_one(bill(1))
    post_one(bill(2))
    post_one(bill(3))
    assert check() == []

    for table in ("ledger_account", "ledger_entry", "ledger_line"):
        run_as_owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run_as_owner(
        "UPDATE ledger_line SET rupiah = rupiah + 5 WHERE rupiah > 0 AND entry_id ="
        " (SELECT id FROM ledger_entry WHERE reference = 'bill/1')"
    )
    run_as_owner(
        "DELETE FROM ledger_line WHERE entry_id ="
        " (SELECT id FROM ledger_entry WHERE reference = 'bill/2')"
    )
    run_as_owner("UPDATE ledger_account SET kind = 'income' WHERE code = 'receivable/sponsor/3'")

    assert [str(difference) for difference in check()] == [
        "bill/1: the entry is out of balance (5 rupiah)",
        "bill/2: the entry has no lines (0 rupiah)",
        "receivable/sponsor/3: the account is of kind income (33,605 rupiah)",
    ]
