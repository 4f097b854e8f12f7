"""A sponsor covers people at once, renews, pauses, replaces; nothing is done by half."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction

from sertakan.accounts.models import User
from sertakan.contributions.covering import cover, enrol_and_bill, order_from, price_of
from sertakan.contributions.errors import CannotCover
from sertakan.contributions.going_on import (
    next_months,
    price_of_renewal,
    renew_cover,
    replace,
    stop,
)
from sertakan.contributions.models import PaidMonth
from sertakan.contributions.of_sponsors import (
    chosen_from_the_line,
    covers_now,
    money_of,
    months_of,
)
from sertakan.contributions.queries import credit
from sertakan.contributions.reminding import remind
from sertakan.enrolment.choosing import waiting_in
from sertakan.enrolment.models import Consent, Enrolment, Waiting
from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.people.models import Person
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.models import Agreement
from sertakan.sponsors.operations import approve_agreement, register_sponsor
from sertakan.sponsors.standing import give_standing_approval
from sertakan.vocabulary import Month, rupiah
from tests.contributions.making import paid
from tests.enrolment.making import an_agreement, enrol_them, some_people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
KLEGEN = "35.77.01.1003"
CONSENT = {"wording": "2026-11", "at": NOW.isoformat()}


@pytest.fixture
def lestari():
    return User.objects.create_user("lestari@example.org", name="Lestari")


@pytest.fixture
def sponsor(lestari):
    """Lestari, under a branch that approves ten places beforehand."""
    branch = Branch.objects.create(
        code="MDN", name="Cabang Madiun", region=Region.objects.get(code="35.77")
    )
    tomo = User.objects.create_user("tomo@example.org", name="Tomo")
    give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    return register_sponsor(
        name="Lestari", kind="person", region=KLEGEN, email=lestari.email, by=lestari, now=NOW
    )


def a_worker(by, name="Budi Santoso", nik="3577011205800001", **told):
    born = {"birth_date": "1980-05-12", "category": "msme", "sector": "other"}
    rest = {"income": 0, "region": KLEGEN, "phone": "", "consent": {**CONSENT, "by": by.pk}}
    return {"name": name, "nik": nik, **born, **rest, **told}


def covered(sponsor, by, *workers, chosen=(), last="2027-01", **told):
    order = order_from(
        {"workers": list(workers), "chosen": list(chosen), "last": last, **told}, starts_on=TODAY
    )
    price = price_of(order, sponsor)
    return cover(sponsor=sponsor, order=order, shown_rupiah=price.rupiah, by=by, now=NOW)


def test_agreement_enrolment_consent_and_bill_are_one_deed(sponsor, lestari):
    done = covered(
        sponsor, lestari, a_worker(lestari), a_worker(lestari, "Wati", "3577015205800002")
    )

    # November and December with the relief, January without: PP 50/2025 ends with December 2026.
    assert done.bill.total_rupiah == 2 * (8_400 + 8_400 + 16_800)
    assert done.agreement.budget_rupiah == done.bill.total_rupiah
    assert (done.agreement.state, done.agreement.places) == ("approved", 2)
    spans = Enrolment.objects.values_list("person__name", "starts_on", "ends_on").order_by("pk")
    assert list(spans) == [
        ("Budi Santoso", TODAY, date(2027, 2, 1)),
        ("Wati", TODAY, date(2027, 2, 1)),
    ]
    declared = Consent.objects.order_by("pk").values_list("wording", "declared_by")
    assert list(declared) == [("2026-11", lestari.pk)] * 2


def test_relief_that_ends_is_told(sponsor, lestari):
    order = order_from({"workers": [a_worker(lestari)], "last": "2027-01"}, starts_on=TODAY)

    price = price_of(order, sponsor)

    assert [month.rupiah for month in price.months] == [8_400, 8_400, 16_800]
    assert price.relief_ends == Month(2026, 12)


def test_a_price_that_moved_a_worker_enrolled_meanwhile_and_too_many_months_are_refused(
    sponsor, lestari
):
    order = order_from({"workers": [a_worker(lestari)], "last": "2027-01"}, starts_on=TODAY)
    with pytest.raises(CannotCover, match="price has changed"):
        cover(sponsor=sponsor, order=order, shown_rupiah=1, by=lestari, now=NOW)
    covered(sponsor, lestari, a_worker(lestari))
    with pytest.raises(CannotCover, match="worker 1"):
        covered(sponsor, lestari, a_worker(lestari))
    with pytest.raises(CannotCover, match="24 months"):
        covered(sponsor, lestari, a_worker(lestari), last="2029-01")

    assert Agreement.objects.count() == 1


def test_consents_are_never_changed(sponsor, lestari):
    covered(sponsor, lestari, a_worker(lestari))

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Consent.objects.update(wording="none")


def test_beyond_the_standing_approval_the_agreement_waits_and_goes_on_later(sponsor, lestari):
    workers = [
        a_worker(lestari, f"Pekerja {n}", f"35770112058000{n:02}", sure=True) for n in range(1, 12)
    ]

    waits = covered(sponsor, lestari, *workers)

    assert (waits.agreement.state, waits.bill) == ("draft", None)
    assert Enrolment.objects.count() == 0
    order = order_from({"workers": workers, "last": "2027-01"}, starts_on=TODAY)
    with pytest.raises(CannotCover, match="not approved"):
        enrol_and_bill(agreement=waits.agreement, order=order, by=lestari, now=NOW)

    approved = approve_agreement(agreement=waits.agreement, by=lestari, now=NOW)
    bill = enrol_and_bill(agreement=approved, order=order, by=lestari, now=NOW)

    assert (bill.people, Enrolment.objects.count()) == (11, 11)


@pytest.fixture
def line():
    """Six farmers and a grave keeper of Klegen wait behind one who has the city's only place."""
    city = an_agreement("PKS/KOTA", places=1)
    enrol_them(city, some_people("Pertama"))
    farmers = some_people(*(f"Tani {number}" for number in range(6)))
    enrol_them(city, farmers, category="farmer", region=KLEGEN)
    enrol_them(city, some_people("Jaga"), category="grave_keeper", region=KLEGEN)
    return farmers


def test_the_first_in_line_are_covered_and_leave_it_and_stay_unknown(line, sponsor, lestari):
    choice = {"region": KLEGEN, "category": "farmer", "count": 2}

    done = covered(sponsor, lestari, chosen=[choice])

    taken = Enrolment.objects.filter(agreement=done.agreement).order_by("pk")
    assert list(taken.values_list("person", flat=True)) == line[:2]
    turns = Waiting.objects.filter(person__in=line[:2]).values_list("state", "enrolment")
    assert sorted(turns) == [("enrolled", each.pk) for each in taken]
    assert [each.hidden for each in chosen_from_the_line(taken)] == [True, True]
    days = {"starts_on": TODAY, "ends_on": date(2027, 2, 1), "limits": (18, 65)}
    assert waiting_in("35.77", **days) == {(KLEGEN, "farmer"): 4, (KLEGEN, "grave_keeper"): 1}


def test_nobody_is_covered_where_fewer_wait_than_were_chosen(line, sponsor, lestari):
    choice = {"region": KLEGEN, "category": "farmer", "count": 7}

    with pytest.raises(Exception, match="choose again"):
        covered(sponsor, lestari, chosen=[choice])

    assert Agreement.objects.filter(sponsor=sponsor).count() == 0


def test_cover_goes_on_for_the_same_people_in_one_deed(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari), last="2026-12")
    months = next_months(done.agreement, TODAY)
    price = price_of_renewal(done.agreement, months)

    again = renew_cover(
        agreement=done.agreement, shown_rupiah=price.rupiah, on=TODAY, by=lestari, now=NOW
    )

    assert (months, price.rupiah) == ([Month(2027, 1), Month(2027, 2)], 33_600)
    assert again.bill.total_rupiah == 33_600
    assert Enrolment.objects.filter(agreement=again.agreement).count() == 1
    with pytest.raises(Exception, match="renewed already"):
        renew_cover(
            agreement=done.agreement, shown_rupiah=price.rupiah, on=TODAY, by=lestari, now=NOW
        )


def test_months_of_a_renewal_stand_beside_those_paid_before_it(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari), last="2026-12")
    paid(done.bill.total_rupiah, code=done.bill.payment_code, on=TODAY)
    price = price_of_renewal(done.agreement, next_months(done.agreement, TODAY))
    renew_cover(agreement=done.agreement, shown_rupiah=price.rupiah, on=TODAY, by=lestari, now=NOW)
    newest = Enrolment.objects.latest("pk")

    assert months_of([newest])[newest.pk] == {
        Month(2026, 11): True,
        Month(2026, 12): True,
        Month(2027, 1): False,
        Month(2027, 2): False,
    }


def test_months_that_another_sponsor_pays_are_not_this_sponsors(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari), last="2026-11")
    ratna = register_sponsor(
        name="Ratna", kind="person", region=KLEGEN, email="", by=lestari, now=NOW
    )
    order = order_from(
        {"workers": [a_worker(lestari)], "last": "2026-12"}, starts_on=date(2026, 12, 1)
    )
    shown = price_of(order, ratna).rupiah
    cover(sponsor=ratna, order=order, shown_rupiah=shown, by=lestari, now=NOW)

    hers = Enrolment.objects.get(agreement=done.agreement)
    assert months_of([hers]) == {hers.pk: {Month(2026, 11): False}}


def test_who_stops_gets_later_months_back_as_credit(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari))
    paid(done.bill.total_rupiah, code=done.bill.payment_code, on=TODAY)
    enrolment = Enrolment.objects.get()

    with pytest.raises(CannotCover, match="covered already"):
        stop(enrolment=enrolment, first_month=Month(2026, 11), on=TODAY, by=lestari, now=NOW)
    stop(enrolment=enrolment, first_month=Month(2026, 12), on=TODAY, by=lestari, now=NOW)

    assert credit(sponsor) == 8_400 + 16_800
    enrolment.refresh_from_db()
    assert months_of([enrolment]) == {enrolment.pk: {Month(2026, 11): True}}
    money = money_of(sponsor)
    assert (money.received, money.used, money.months) == (33_600, 8_400, 1)


def test_another_worker_takes_the_place_and_the_money(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari))
    paid(done.bill.total_rupiah, code=done.bill.payment_code, on=TODAY)

    replace(
        enrolment=Enrolment.objects.get(),
        worker=a_worker(lestari, "Wati", "3577015205800002"),
        first_month=Month(2026, 12),
        on=TODAY,
        by=lestari,
        now=NOW,
    )

    wati = Person.objects.get(name="Wati")
    assert PaidMonth.objects.filter(person=wati).count() == 2
    assert credit(sponsor) == 0
    assert covers_now([wati.pk], on=TODAY)[wati.pk].through == date(2027, 1, 31)


def test_a_sponsor_is_reminded_once_for_each_stretch(sponsor, lestari):
    done = covered(sponsor, lestari, a_worker(lestari), last="2026-12")
    paid(done.bill.total_rupiah, code=done.bill.payment_code, on=TODAY)

    days = [date(2026, 12, day) for day in (1, 2, 3, 18, 19, 29, 30)]
    assert [remind(on=day, now=NOW) for day in days] == [0, 1, 0, 1, 0, 1, 0]

    assert set(Message.objects.values_list("channel", "kind")) == {("email", "reminder")}


def test_a_sponsor_is_told_of_an_unpaid_bill_before_and_after_it_is_due(sponsor, lestari):
    bill = covered(sponsor, lestari, a_worker(lestari), last="2027-06").bill
    assert bill.due_on == date(2026, 12, 7)

    days = [date(2026, 12, day) for day in (3, 4, 7, 8, 21, 22)]
    told = [remind(on=day, now=NOW) for day in days]

    assert told == [0, 1, 0, 1, 0, 0]
    soon, late = map(contents, Message.objects.order_by("pk"))
    assert "7 Desember 2026" in soon.body
    assert bill.payment_code in soon.body
    assert rupiah(bill.total_rupiah) in late.body


def test_a_bill_that_is_paid_is_not_told_of(sponsor, lestari):
    bill = covered(sponsor, lestari, a_worker(lestari), last="2027-06").bill
    paid(bill.total_rupiah, code=bill.payment_code, on=TODAY)

    assert remind(on=bill.due_on, now=NOW) == 0
