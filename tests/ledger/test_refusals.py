"""What the database refuses, whoever writes and however it is written."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.ledger.models import Account, Entry, Line
from sertakan.ledger.operations import post

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 23)
BALANCED = (("bank", 5), ("unmatched", -5))


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def judge():
    """What commit would do."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def posted(db):
    """An entry that has been judged."""
    entry = post(on=DAY, reference="first", memo="", lines={"bank": 9, "unmatched": -9}, now=NOW)
    judge()
    return entry


def new_entry():
    return Entry.objects.create(on=DAY, reference="second", memo="", posted_at=NOW)


def add_lines(*lines):
    accounts = {account.code: account for account in Account.objects.all()}
    Line.objects.bulk_create(
        Line(entry=entry, account=accounts[code], rupiah=rupiah) for entry, code, rupiah in lines
    )


@transaction.atomic
def write_entry(*amounts):
    """A second entry, with so much on `bank` in each line; judged at the end."""
    entry = new_entry()
    add_lines(*((entry, "bank", rupiah) for rupiah in amounts))
    judge()
    return entry


def test_lines_may_come_one_after_another_before_commit(posted):
    with transaction.atomic():
        entry = new_entry()
        add_lines((entry, "bank", 5))
        with transaction.atomic():
            add_lines((entry, "unmatched", -2))
        add_lines((entry, "unmatched", -3))
    judge()

    assert entry.lines.count() == 3


def test_an_entry_out_of_balance_is_refused(posted):
    with pytest.raises(IntegrityError, match="out of balance by 1 rupiah"):
        write_entry(5, -4)

    assert Entry.objects.count() == 1


def test_an_entry_without_lines_is_refused(posted):
    with pytest.raises(IntegrityError, match="has no lines"):
        write_entry()

    assert Entry.objects.count() == 1


def test_a_line_without_money_is_refused(posted):
    with pytest.raises(IntegrityError, match="a_line_moves_money"):
        write_entry(5, -5, 0)


@pytest.mark.django_db(transaction=True)
def test_commit_is_when_an_entry_is_judged():
    with pytest.raises(IntegrityError, match="has no lines"):
        new_entry()

    assert Entry.objects.count() == 0


@pytest.mark.parametrize("amounts", [[5], [5, -5]], ids=["unbalanced", "balanced"])
def test_nothing_is_added_to_an_entry_of_before(posted, amounts):
    with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
        add_lines(*((posted, "bank", rupiah) for rupiah in amounts))

    assert posted.lines.count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_an_entry_of_another_transaction():
    entry = post(on=DAY, reference="first", memo="", lines={"bank": 9, "unmatched": -9}, now=NOW)

    with pytest.raises(IntegrityError, match="is closed"):
        add_lines((entry, "bank", 5), (entry, "unmatched", -5))

    assert entry.lines.count() == 2


def test_an_entry_judged_early_takes_no_more_lines(posted):
    entry = write_entry(5, -5)

    with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
        add_lines((entry, "bank", 5))

    assert entry.lines.count() == 2


def test_nothing_is_added_to_an_entry_of_before_beside_a_good_one(posted):
    entry = new_entry()
    add_lines(*((entry, code, rupiah) for code, rupiah in BALANCED))

    with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
        add_lines(*((each, code, rupiah) for each in (entry, posted) for code, rupiah in BALANCED))

    assert posted.lines.count() == 2


def test_an_entry_is_judged_however_constraints_are_set(posted):
    run("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="has no lines"), transaction.atomic():
        new_entry()

    run("SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(IntegrityError, match="out of balance"):
        write_entry(5)


def test_an_entry_rolled_back_to_a_savepoint_leaves_nothing(posted):
    with contextlib.suppress(InterruptedError), transaction.atomic():
        new_entry()
        raise InterruptedError
    judge()

    assert list(Entry.objects.all()) == [posted]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_open_entry")
        assert cursor.fetchone() == (0,)


FOR_THE_PROGRAM = [
    *(
        statement.format(table)
        for table in ("ledger_account", "ledger_entry", "ledger_line")
        for statement in (
            "DELETE FROM {}",
            "TRUNCATE {} CASCADE",
            "ALTER TABLE {} DISABLE TRIGGER ALL",
            "ALTER TABLE {} DISABLE TRIGGER USER",
            "DROP TABLE {} CASCADE",
            "MERGE INTO {} USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
        )
    ),
    "UPDATE ledger_line SET rupiah = -rupiah",
    "UPDATE ledger_entry SET memo = 'other'",
    "UPDATE ledger_account SET kind = 'income'",
    "INSERT INTO ledger_open_entry SELECT id FROM ledger_entry",
    "DELETE FROM ledger_open_entry",
    "TRUNCATE ledger_open_entry",
    "ALTER TABLE ledger_open_entry DISABLE TRIGGER ALL",
    "DROP FUNCTION ledger_entry_balances() CASCADE",
    "DROP TRIGGER ledger_open_entries ON ledger_entry",
    "SET session_replication_role = replica",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FOR_THE_PROGRAM)
def test_the_program_may_not(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        run(statement)


@pytest.mark.django_db(transaction=True)
def test_the_owner_may_not_either(run_as_owner):
    post(on=DAY, reference="first", memo="", lines={"bank": 9, "unmatched": -9}, now=NOW)

    for table in ("ledger_account", "ledger_entry", "ledger_line"):
        for verb in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            with pytest.raises(IntegrityError, match="append-only"):
                run_as_owner(verb.format(table))
