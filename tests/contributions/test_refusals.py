"""What the database refuses, whoever writes and however it is written."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.contributions.models import Allocation, Bill, BillLine, Matching, PaidMonth, Payment
from sertakan.contributions.operations import take_back
from sertakan.sponsors.models import Agreement
from tests.contributions.making import billed, ended, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, a_sponsor, an_agreement, an_officer

pytestmark = pytest.mark.django_db

TABLES = ("bill", "billline", "payment", "matching", "allocation", "paidmonth")
JANUARY = date(2026, 1, 1)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def judge():
    """What commit would do."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


def refused(constraint):
    """The database refuses what is in the block, by that rule."""
    return pytest.raises(IntegrityError, check=lambda e: named(e) == constraint)


def named(error):
    return error.__cause__.diag.constraint_name


@pytest.fixture
def city(db):
    """Three people, January billed and paid, February billed."""
    agreement, people, enrolments = three_covered_by_the_city(budget_rupiah=1_000_000)
    january, february = billed(agreement), billed(agreement, "2026-02")
    paid(50_400, code=january.payment_code)
    paid(9_000, code="unknown")
    judge()
    return agreement, people, enrolments, january, february


def write_bill(agreement, lines, **told):
    """A bill with lines as given: (person, month, sequence, enrolment, jkk, jkm or nothing)."""
    bill = Bill.objects.create(
        **{
            "number": "X", "payment_code": "X", "agreement": agreement,
            "first_month": JANUARY, "last_month": date(2026, 12, 1),
            "people": len({line[0] for line in lines}), "line_count": len(lines),
            "total_rupiah": sum(sum(line[4:]) for line in lines), "issued_on": JANUARY,
            "due_on": JANUARY, "issued_at": NOW, "issued_by": an_officer(), **told,
        }
    )  # fmt: skip
    write_lines(bill, lines)
    judge()
    return bill


def write_lines(bill, lines):
    BillLine.objects.bulk_create(
        BillLine(
            person_id=person, month=month, sequence=sequence, enrolment_id=enrolment, bill=bill,
            jkk=jkk, jkm=sum(jkm), jht=0,
        )
        for person, month, sequence, enrolment, jkk, *jkm in lines
    )  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {column} = {column}",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {} CASCADE",
        "CREATE TRIGGER x BEFORE INSERT ON {} EXECUTE FUNCTION refuse_change()",
    ],
)
def test_the_run_time_role_changes_nothing(city, table, statement):
    column = {"billline": "jkk", "paidmonth": "paid_on"}.get(table, "id")
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement.format(f"contributions_{table}", column=column))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {c} = {c}", "DELETE FROM {}", "TRUNCATE {}"])
def test_nor_does_the_owner(run_as_owner, table, statement):
    column = {"billline": "jkk", "paidmonth": "paid_on"}.get(table, "id")
    with pytest.raises(IntegrityError, match="append-only"):
        run_as_owner(statement.format(f"contributions_{table}", c=column) + (
            " CASCADE" if statement.startswith("TRUNCATE") else ""
        ))  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO contributions_spending VALUES (1, 0)",
        "UPDATE contributions_spending SET billed_rupiah = 0",
        "DELETE FROM contributions_spending",
        "SELECT contributions_spend(ARRAY[1])",
        "SELECT contributions_refuse_overspent(ARRAY[1])",
    ],
)
def test_nobody_writes_what_was_spent(city, statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)


def test_a_month_is_not_charged_twice(city):
    agreement, (budi, *_), (enrolment, *_), *_ = city
    with pytest.raises(IntegrityError, match="duplicate key"):
        write_bill(agreement, [(budi, JANUARY, 0, enrolment.pk, 5)])


def test_a_month_is_charged_anew_only_after_it_was_taken_back(city):
    agreement, (budi, *_), (enrolment, *_), *_ = city
    with refused("a_line_takes_back_what_was_charged"):
        write_bill(agreement, [(budi, JANUARY, 2, enrolment.pk, 5)])


def test_no_line_is_added_to_an_issued_bill(city):
    _, (budi, *_), (enrolment, *_), january, _ = city
    with refused("a_bill_is_issued_whole"):
        write_lines(january, [(budi, date(2026, 3, 1), 0, enrolment.pk, 5)])


def test_nor_another_set_of_lines_that_looks_like_the_first(city):
    agreement, people, enrolments, _, _ = city
    bill = write_bill(
        agreement, [(people[0], date(2026, 5, 1), 0, enrolments[0].pk, 5)], number="Y"
    )
    with refused("a_bill_is_issued_whole"):
        write_lines(bill, [(people[1], date(2026, 5, 1), 0, enrolments[1].pk, 5)])


@pytest.mark.parametrize(
    "wrong", [{"total_rupiah": 6}, {"people": 2}, {"line_count": 2}, {"last_month": JANUARY}]
)
def test_a_bill_is_the_sum_of_its_lines(city, wrong):
    agreement, (budi, *_), (enrolment, *_), *_ = city
    with refused("a_bill_is_issued_whole"):
        write_bill(agreement, [(budi, date(2026, 3, 1), 0, enrolment.pk, 5)], **wrong)


def test_no_bill_is_without_lines(city):
    agreement, *_ = city
    with refused("a_bill_is_issued_whole"):
        write_bill(agreement, [], people=1, line_count=1, total_rupiah=5)


def test_lines_of_no_bill_are_refused(city):
    _, (budi, *_), (enrolment, *_), *_ = city
    with refused("a_bill_is_issued_whole"):
        write_lines(Bill(pk=999), [(budi, date(2026, 3, 1), 0, enrolment.pk, 5)])


def test_only_what_an_enrolment_promises_is_charged(city):
    agreement, (budi, wati, *_), (of_budi, of_wati, _), *_ = city
    other = an_agreement("PKS/9", sponsor=a_sponsor("PT Contoh", "company"))
    ended(of_budi, date(2026, 3, 1))
    march = date(2026, 3, 1)
    for bill_of, line in (
        (agreement, (budi, march, 0, of_budi.pk, 5)),
        (agreement, (budi, march, 0, of_wati.pk, 5)),
        (agreement, (wati, march, 0, 999, 5)),
        (agreement, (999, march, 0, of_wati.pk, 5)),
        (other, (wati, march, 0, of_wati.pk, 5)),
    ):
        with refused("a_line_charges_a_promised_month"), transaction.atomic():
            write_bill(bill_of, [line])


def correction(city, lines, **told):
    agreement, *_, january, _ = city
    return write_bill(agreement, lines, corrects=january, payment_code=None, **told)


def test_a_correction_takes_back_exactly_what_was_charged(city):
    _, (budi, wati, _), (of_budi, of_wati, _), *_ = city
    for line in (
        (budi, JANUARY, 1, of_budi.pk, -16_800),  # it was jkk and jkm
        (budi, JANUARY, 1, of_budi.pk, -10_000),
        (budi, JANUARY, 1, of_wati.pk, -10_000),
        (budi, date(2026, 2, 1), 1, of_budi.pk, -10_000),  # of another bill
        (wati, date(2026, 3, 1), 1, of_wati.pk, -10_000),  # never charged
    ):
        with refused("a_line_takes_back_what_was_charged"), transaction.atomic():
            correction(city, [line])


def test_a_correction_charges_nothing_and_a_bill_takes_nothing_back(city):
    agreement, (budi, *_), (enrolment, *_), *_ = city
    with pytest.raises(IntegrityError), transaction.atomic():
        correction(city, [(budi, date(2026, 3, 1), 0, enrolment.pk, 5)])
    with pytest.raises(IntegrityError), transaction.atomic():
        write_bill(agreement, [(budi, JANUARY, 1, enrolment.pk, -5)])


@pytest.mark.parametrize(("month", "refund"), [(1, 0), (1, 16_799), (2, 1), (2, 16_800)])
def test_a_correction_refunds_what_was_paid_no_more_and_no_less(city, month, refund):
    agreement, (budi, *_), (of_budi, *_), january, february = city
    line = (budi, date(2026, month, 1), 1, of_budi.pk, -10_000, -6_800)
    with refused("a_correction_refunds_what_was_paid"):
        write_bill(
            agreement, [line], corrects=january if month == 1 else february, payment_code=None,
            refund_rupiah=refund,
        )  # fmt: skip


def test_the_budget_is_never_overspent(city):
    agreement, (budi, *_), (enrolment, *_), *_ = city
    with refused("budget_never_overspent"):
        write_bill(agreement, [(budi, date(2026, 3, 1), 0, enrolment.pk, 1_000_000)])


def test_the_budget_is_not_lowered_below_what_was_billed(city):
    agreement, *_ = city
    Agreement.objects.filter(pk=agreement.pk).update(budget_rupiah=100_800)
    with refused("budget_never_overspent"):
        Agreement.objects.filter(pk=agreement.pk).update(budget_rupiah=100_799)


def test_a_billed_enrolment_is_not_deleted(city):
    _, _, (enrolment, *_), *_ = city
    with refused("a_billed_enrolment_stays"):
        run(f"DELETE FROM enrolment_enrolment WHERE id = {enrolment.pk}")


def test_a_payment_is_received_once(city):
    payment = Payment.objects.first()
    with refused("a_payment_is_received_once"):
        Payment.objects.create(
            bank=payment.bank, bank_reference=payment.bank_reference, rupiah=1,
            received_on=JANUARY, recorded_at=NOW,
        )  # fmt: skip


def test_a_payment_of_a_bill_is_of_its_sponsor(city):
    *_, february = city
    with refused("a_payment_of_a_bill_is_its_sponsors"):
        Payment.objects.create(
            sponsor=a_sponsor("PT Contoh", "company"), bill=february, bank="B",
            bank_reference="1", rupiah=1, received_on=JANUARY, recorded_at=NOW,
        )  # fmt: skip


def test_matched_money_is_not_matched_again(city):
    agreement, *_ = city
    matched = Payment.objects.get(sponsor__isnull=False)
    with refused("unmatched_money_is_matched_once"):
        Matching.objects.create(
            payment=matched, sponsor=agreement.sponsor, matched_on=JANUARY, matched_at=NOW,
            matched_by=an_officer(),
        )  # fmt: skip


def allocate(bill, rupiah, *, payment=None, from_credit=0, lines=1):
    return Allocation.objects.create(
        bill=bill, payment=payment, on=JANUARY, rupiah=rupiah, line_count=lines,
        from_credit=from_credit if payment else rupiah,
    )  # fmt: skip


def test_money_is_used_once(city):
    *_, february = city
    used_up = Payment.objects.get(sponsor__isnull=False)
    for told in ({"payment": used_up}, {"payment": used_up, "from_credit": 16_800}, {}):
        with refused("money_is_used_once"), transaction.atomic():
            allocate(february, 16_800, **told)


def test_unmatched_money_and_other_sponsors_money_pay_nothing_of_this_one(city):
    *_, february = city
    unmatched = Payment.objects.get(sponsor=None)
    with refused("a_sponsors_money_pays_the_sponsors_bills"):
        allocate(february, 5_000, payment=unmatched)


def pay(allocation, *months, on=JANUARY, sequence=0):
    PaidMonth.objects.bulk_create(
        PaidMonth(
            person_id=person, month=month, sequence=sequence, paid_on=on, allocation=allocation
        )
        for person, month in months
    )
    judge()


def test_a_month_is_not_paid_twice(city):
    _, (budi, *_), _, january, _ = city
    with pytest.raises(IntegrityError, match="duplicate key"):
        pay(january.allocations.get(), (budi, JANUARY))


def test_an_allocation_pays_whole_lines_of_its_bill(city):
    agreement, (budi, wati, _), _, _, february = city
    march = billed(agreement, "2026-03")
    paid(100, code=march.payment_code)
    rest = date(2026, 2, 1)
    for bill, rupiah, lines, months, told in (
        (february, 100, 1, [(budi, rest)], {}),  # less than the line
        (february, 100, 2, [(budi, rest), (wati, rest)], {}),
        (february, 100, 1, [(budi, date(2026, 3, 1))], {}),  # of another bill
        (february, 100, 1, [(budi, date(2026, 7, 1))], {}),  # never charged
        (february, 100, 1, [(budi, rest)], {"sequence": 1}),
        (february, 100, 1, [(budi, rest)], {"on": date(2026, 1, 9)}),
        (february, 100, 1, [], {}),
    ):
        with refused("an_allocation_pays_whole_lines"), transaction.atomic():
            pay(allocate(bill, rupiah, lines=lines), *months, **told)


def test_no_month_is_added_to_an_allocation(city):
    _, (budi, *_), _, january, _ = city
    with refused("an_allocation_pays_whole_lines"):
        pay(january.allocations.get(), (budi, date(2026, 2, 1)))


def test_paid_months_of_no_allocation_are_refused(city):
    _, (budi, *_), *_ = city
    with refused("an_allocation_pays_whole_lines"):
        pay(Allocation(pk=999), (budi, date(2026, 2, 1)))


def test_what_is_taken_back_is_not_paid(city):
    agreement, (budi, *_), (of_budi, *_), _, february = city
    ended(of_budi, date(2026, 1, 20))
    take_back(on=JANUARY, by=an_officer(), now=NOW)
    money = Payment.objects.create(
        sponsor=agreement.sponsor, bank="B", bank_reference="9", rupiah=16_800,
        received_on=JANUARY, recorded_at=NOW,
    )  # fmt: skip
    with refused("what_is_taken_back_is_not_paid"):
        pay(allocate(february, 16_800, payment=money), (budi, date(2026, 2, 1)))


@pytest.mark.django_db(transaction=True)
def test_money_is_counted_under_read_committed():
    agreement, *_ = three_covered_by_the_city()
    with transaction.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with refused("money_is_counted_once"):
            billed(agreement)
