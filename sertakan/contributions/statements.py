"""A bank's statement as a CSV file: every line is read, and every line is answered.

Columns, in Indonesian or English and in any order: bank, reference, day, amount, and where the
bank gives it the payment code. Separated by comma, semicolon or tab.
"""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.contributions.errors import CannotReceive
from sertakan.contributions.models import Payment
from sertakan.contributions.receiving import receive

HEADINGS: Mapping[str, Collection[str]] = {
    "bank": ("bank",),
    "bank_reference": ("bank_reference", "reference", "referensi", "no_referensi", "no_ref"),
    "received_on": ("received_on", "date", "tanggal", "tgl"),
    "rupiah": ("rupiah", "amount", "jumlah", "nominal", "kredit"),
    "payment_code": ("payment_code", "code", "kode", "kode_bayar", "kode_iuran"),
}
NEEDED = ("bank", "bank_reference", "received_on", "rupiah")
LINES_MOST = 5_000
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]00)?")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of the file; `fault` says why it is no payment, and is empty where it is one."""

    number: int
    bank: str = ""
    bank_reference: str = ""
    received_on: date | None = None
    rupiah: int = 0
    payment_code: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a line: received, repeated, different, unmatched, or unreadable."""

    line: StatementLine
    outcome: str
    payment: int | None = None
    months: int = 0


def read_statement(content: bytes) -> list[StatementLine]:
    """The lines of a file. Raises CannotReceive for what is no table of payments at all."""
    text = _text(content)
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:  # a quote that never closes
        raise CannotReceive(_("The file is no CSV file.")) from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise CannotReceive(_("The file is empty."))
    if len(rows) > LINES_MOST:
        raise CannotReceive(_("The file has more than %s lines.") % LINES_MOST)
    places = _places(rows[0])
    return [_line(number, row, places) for number, row in enumerate(rows[1:], 2)]


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise CannotReceive(_("The file is no CSV file."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _places(heading: Sequence[str]) -> dict[str, int]:
    called = [re.sub(r"[\s.]+", "_", cell.strip().lower()).strip("_") for cell in heading]
    places = {
        name: called.index(word)
        for name, words in HEADINGS.items()
        for word in words
        if word in called
    }
    if missing := [name for name in NEEDED if name not in places]:
        raise CannotReceive(
            _("The column %(name)s is missing (or %(others)s).")
            % {"name": missing[0], "others": ", ".join(HEADINGS[missing[0]])}
        )
    return places


def _line(number: int, row: Sequence[str], places: Mapping[str, int]) -> StatementLine:
    told = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
    day, amount = _day(told["received_on"]), _amount(told["rupiah"])
    fault = ""
    if not told["bank"] or not told["bank_reference"]:
        fault = _("It has no bank or no reference.")
    elif day is None:
        fault = _("“%s” is no day.") % told["received_on"]
    elif not amount:
        fault = _("“%s” is no amount above zero in whole rupiah.") % told["rupiah"]
    return StatementLine(
        number=number,
        bank=told["bank"][:40],
        bank_reference=told["bank_reference"][:80],
        received_on=day,
        rupiah=amount or 0,
        payment_code="".join(told.get("payment_code", "").split())[:40],
        fault=fault,
    )


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _amount(written: str) -> int | None:
    found = _AMOUNT.fullmatch(written.removeprefix("Rp").strip())
    return int(re.sub(r"[.,]", "", found[1])) if found and len(found[1]) < 16 else None


@transaction.atomic
def take_in(
    *, lines: Sequence[StatementLine], by: User, now: datetime, today: date
) -> list[Answered]:
    """Receive the payments of a statement, each once; an answer for each line, in order.

    A line whose reference is known with other facts is left out and answered `different`; it
    does not stop the others. Raises what `receive` does.
    """
    known = _known(lines)
    outcomes: dict[int, str] = {}
    for line in lines:
        key = (line.bank, line.bank_reference)
        if line.fault or _in_future(line, today):
            outcomes[line.number] = "unreadable"
        elif known.get(key, _facts(line)) != _facts(line):
            outcomes[line.number] = "different"
        else:
            known[key] = _facts(line)
    payable = [line for line in lines if line.number not in outcomes]
    answers = iter(
        receive(payments=list(map(_told, payable)), by=by, now=now).iter_rows(named=True)
    )
    answered = []
    for line in lines:
        if line.number in outcomes:
            answered.append(Answered(line, outcomes[line.number]))
        else:
            answer = next(answers)
            answered.append(Answered(line, answer["outcome"], answer["payment"], answer["months"]))
    return answered


def _in_future(line: StatementLine, today: date) -> bool:
    return line.received_on is not None and line.received_on > today


def _facts(line: StatementLine) -> tuple[date | None, int, str]:
    return line.received_on, line.rupiah, line.payment_code


def _told(line: StatementLine) -> dict[str, object]:
    return {
        "bank": line.bank,
        "bank_reference": line.bank_reference,
        "received_on": line.received_on,
        "rupiah": line.rupiah,
        "payment_code": line.payment_code,
    }


def _known(
    lines: Sequence[StatementLine],
) -> dict[tuple[str, str], tuple[date | None, int, str]]:
    """The facts of the references of the file that were received before."""
    standing = Payment.objects.filter(
        bank__in={line.bank for line in lines},
        bank_reference__in=[line.bank_reference for line in lines],
    )
    return {
        (each.bank, each.bank_reference): (each.received_on, each.rupiah, each.payment_code)
        for each in standing
    }
