"""Bills, money and endings to tell stories with. Nobody here exists."""

from datetime import date
from itertools import count

from sertakan.contributions.operations import issue_bill, receive
from sertakan.enrolment.models import Enrolment
from sertakan.ledger.models import Line
from sertakan.vocabulary import Month
from tests.enrolment.making import NOW, an_agreement, an_officer, enrolled, some_people

_references = count(1)


def month(text):
    return Month.parse(text)


def billed(agreement, first="2026-01", last=None, on=date(2026, 1, 2), **told):
    return issue_bill(
        agreement=agreement,
        first_month=month(first),
        last_month=month(last or first),
        on=on,
        by=an_officer(),
        now=NOW,
        **told,
    )


def paid(
    rupiah, *, code=None, sponsor=None, on=date(2026, 1, 3), reference=None, bank="Bank Contoh"
):
    """One payment received; the row of the answer."""
    payment = {
        "bank": bank,
        "bank_reference": reference or f"TRX{next(_references):06}",
        "received_on": on,
        "rupiah": rupiah,
        "payment_code": code,
        "sponsor": sponsor,
    }
    return receive(payments=[payment], by=an_officer(), now=NOW).row(0, named=True)


def three_covered_by_the_city(names=("Budi", "Wati", "Agus"), number="PKS/1", **fields):
    """An agreement, its people's ids, and their enrolments for the year."""
    agreement = an_agreement(number, **fields)
    people = some_people(*names)
    return agreement, people, [enrolled(person, agreement) for person in people]


def ended(enrolment, on, reason="death"):
    """The enrolment ends before `on`."""
    Enrolment.objects.filter(pk=enrolment.pk).update(
        ends_on=on, end_reason=reason, ended_at=NOW, ended_by=an_officer()
    )


def balances():
    """Every account that is not at zero."""
    sums: dict[str, int] = {}
    for code, rupiah in Line.objects.values_list("account__code", "rupiah"):
        sums[code.partition("/sponsor/")[0]] = sums.get(code.partition("/sponsor/")[0], 0) + rupiah
    return {code: rupiah for code, rupiah in sorted(sums.items()) if rupiah}
