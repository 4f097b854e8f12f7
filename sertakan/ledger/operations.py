"""Writing what happened to money: one balanced entry for each thing that happened, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.ledger.accounts import kind_of
from sertakan.ledger.errors import CannotPost, PostedOtherwise
from sertakan.ledger.models import Account, Entry
from sertakan.postgres.bulk import copy_into, temporary_table


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be written: whole rupiah by account code, debit above zero, credit below.

    `on` is the day it happened, `reference` names it for ever (`bill/12/issued`).
    """

    on: date
    reference: str
    memo: str
    lines: Mapping[str, int]


def post(*, on: date, reference: str, memo: str, lines: Mapping[str, int], now: datetime) -> Entry:
    """Write one balanced entry, or find the one written before under this reference.

    Accounts are opened on demand. Raises CannotPost where the lines do not balance and
    PostedOtherwise where the reference stands already with another day or other lines.
    """
    post_many(postings=[Posting(on, reference, memo, lines)], now=now)
    return Entry.objects.get(reference=reference)


@transaction.atomic
def post_many(*, postings: Sequence[Posting], now: datetime) -> int:
    """Write many entries at once; how many of them are new. As `post` for each, or none at all."""
    for posting in postings:
        _check(posting)
    if len({posting.reference for posting in postings}) != len(postings):
        raise CannotPost(_("Two entries of one batch have the same reference."))
    accounts = _accounts({code for posting in postings for code in posting.lines})
    with temporary_table("incoming_entries", INCOMING_ENTRIES), connection.cursor() as cursor:
        copy_into(
            "incoming_entries",
            list(INCOMING_ENTRIES),
            [(each.on, each.reference, each.memo) for each in postings],
        )
        cursor.execute(WRITE_ENTRIES, [now])
        written = dict(cursor.fetchall())
        _write_lines([each for each in postings if each.reference in written], written, accounts)
        _compare([each for each in postings if each.reference not in written])
    return len(written)


INCOMING_ENTRIES = {"on": "date", "reference": "text", "memo": "text"}
WRITE_ENTRIES = """
    INSERT INTO ledger_entry ("on", reference, memo, posted_at)
    SELECT "on", reference, memo, %s FROM incoming_entries ORDER BY reference
    ON CONFLICT (reference) DO NOTHING
    RETURNING reference, id
"""
STANDING = """
    SELECT e.reference, e."on", array_agg(a.code), array_agg(l.rupiah)
    FROM ledger_entry e
    JOIN ledger_line l ON l.entry_id = e.id
    JOIN ledger_account a ON a.id = l.account_id
    WHERE e.reference = ANY(%s)
    GROUP BY e.id
"""
OPEN_ACCOUNTS = """
    INSERT INTO ledger_account (code, kind)
    SELECT * FROM unnest(%s::text[], %s::text[]) ORDER BY 1
    ON CONFLICT (code) DO NOTHING
"""


def _check(posting: Posting) -> None:
    lines = posting.lines
    if not lines or not all(lines.values()):
        raise CannotPost(_("The entry %s has a line without money.") % posting.reference)
    if any(type(rupiah) is not int for rupiah in lines.values()):
        raise TypeError("The ledger takes whole rupiah.")
    if difference := sum(lines.values()):
        raise CannotPost(
            _("The entry %(reference)s is out of balance by %(rupiah)s rupiah.")
            % {"reference": posting.reference, "rupiah": difference}
        )


def _accounts(codes: Iterable[str]) -> dict[str, int]:
    """The ids of the accounts, those that are missing opened."""
    kinds = {code: kind_of(code).value for code in codes}
    found = dict(Account.objects.filter(code__in=kinds).values_list("code", "pk"))
    missing = [code for code in kinds if code not in found]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(OPEN_ACCOUNTS, [missing, [kinds[code] for code in missing]])
        found |= dict(Account.objects.filter(code__in=missing).values_list("code", "pk"))
    return found


def _write_lines(
    postings: list[Posting], written: dict[str, int], accounts: dict[str, int]
) -> None:
    rows = [
        (written[posting.reference], accounts[code], rupiah)
        for posting in postings
        for code, rupiah in posting.lines.items()
    ]
    frame = pl.DataFrame(rows, schema=["entry_id", "account_id", "rupiah"], orient="row")
    if len(frame):
        copy_into("ledger_line", frame.columns, frame)


def _compare(postings: list[Posting]) -> None:
    """Raise PostedOtherwise where an entry that stood before is not what it would be now."""
    if not postings:
        return
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [[posting.reference for posting in postings]])
        standing = {reference: facts for reference, *facts in cursor.fetchall()}
    for posting in postings:
        on, codes, amounts = standing[posting.reference]
        lines = dict(zip(codes, amounts, strict=True))
        if (on, lines) != (posting.on, dict(posting.lines)):
            raise PostedOtherwise(
                _("The entry %s was posted before with another day or other lines.")
                % posting.reference
            )
