"""Small private sponsorships are approved beforehand, and no larger ones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sertakan.access.beginning import begin_as_sponsor
from sertakan.access.errors import CannotAppoint
from sertakan.accounts.models import User
from sertakan.audit.models import Event
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.drafts import (
    change_draft,
    content_of,
    forget_drafts,
    let_wait,
    open_draft,
    take_draft,
)
from sertakan.sponsors.errors import CannotApprove, DraftGone, SponsorExists
from sertakan.sponsors.models import Agreement, Draft, Sponsor, StandingApproval
from sertakan.sponsors.operations import make_agreement, register_sponsor
from sertakan.sponsors.queries import branch_for
from sertakan.sponsors.standing import (
    approve_by_standing,
    end_standing_approval,
    give_standing_approval,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def people():
    """Lestari the sponsor's user, and Tomo who approves for the branch."""
    create = User.objects.create_user
    return create("lestari@example.org", name="Lestari"), create("tomo@example.org", name="Tomo")


@pytest.fixture
def branch():
    return Branch.objects.create(
        code="MDN", name="Cabang Madiun", region=Region.objects.get(code="35.77")
    )


def a_draft(branch, by, number="SP-1", places=2, fund="own", kind="person", **days):
    sponsor = Sponsor.objects.filter(kind=kind).first() or register_sponsor(
        name="Lestari", kind=kind, region="35.77.01.1003", by=by, now=NOW
    )
    days = {"starts_on": date(2026, 11, 23), "ends_on": date(2027, 1, 1)} | days
    return make_agreement(
        number=number, sponsor=sponsor, fund=fund, places=places, budget_rupiah=100_000,
        branch=branch, by=by, now=NOW, **days,
    )  # fmt: skip


def test_a_small_private_agreement_is_approved_in_the_givers_name(branch, people):
    lestari, tomo = people
    approval = give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)

    approved = approve_by_standing(agreement=a_draft(branch, lestari), by=lestari, now=NOW)

    stands = Agreement.objects.get(pk=approved.pk)
    assert (stands.state, stands.approved_by, stands.standing_approval) == (
        "approved", tomo, approval,
    )  # fmt: skip
    event = Event.objects.get(verb="approved_by_standing")
    assert (event.actor, event.details) == (
        lestari, {"standing_approval": approval.pk, "approver": tomo.pk},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"places": 11}, "more than"),
        ({"fund": "apbd", "kind": "government"}, "private money"),
    ],
)
def test_larger_ones_and_public_money_wait_for_the_branch(branch, people, told, why):
    lestari, tomo = people
    give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    draft = a_draft(branch, lestari, **told)

    with pytest.raises(CannotApprove, match=why):
        approve_by_standing(agreement=draft, by=lestari, now=NOW)

    assert Agreement.objects.get(pk=draft.pk).state == "draft"


def test_nobody_passes_the_limit_by_many_small_agreements(branch, people):
    lestari, tomo = people
    give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    approve_by_standing(agreement=a_draft(branch, lestari, places=8), by=lestari, now=NOW)

    with pytest.raises(CannotApprove, match="11 places at a time"):
        approve_by_standing(
            agreement=a_draft(branch, lestari, "SP-2", places=3), by=lestari, now=NOW
        )

    later = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 2, 1)}
    after = a_draft(branch, lestari, "SP-3", places=3, **later)
    assert approve_by_standing(agreement=after, by=lestari, now=NOW).state == "approved"


def test_without_a_standing_approval_or_after_its_end_everything_waits(branch, people):
    lestari, tomo = people
    draft = a_draft(branch, lestari)
    with pytest.raises(CannotApprove):
        approve_by_standing(agreement=draft, by=lestari, now=NOW)

    approval = give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    end_standing_approval(approval=approval, by=tomo, now=NOW)

    with pytest.raises(CannotApprove):
        approve_by_standing(agreement=draft, by=lestari, now=NOW)
    with pytest.raises(CannotApprove, match="ended before"):
        end_standing_approval(approval=approval, by=tomo, now=NOW)


def test_a_new_standing_approval_takes_the_place_of_the_old(branch, people):
    _lestari, tomo = people
    old = give_standing_approval(branch=branch, most_places=5, by=tomo, now=NOW)

    new = give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)

    assert list(StandingApproval.objects.filter(ended_at=None)) == [new]
    assert StandingApproval.objects.get(pk=old.pk).ended_by == tomo
    with pytest.raises(CannotApprove):
        give_standing_approval(branch=branch, most_places=0, by=tomo, now=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"places": 11},
        {"fund": "apbd"},
        {"state": "draft", "approved_at": None, "approved_by": None},
        {"branch": None},
        {"approved_at": NOW - timedelta(days=1)},
    ],
)
def test_the_database_refuses_what_the_approval_does_not_reach(branch, people, changed):
    lestari, tomo = people
    approval = give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    draft = a_draft(branch, lestari)
    written = {"state": "approved", "approved_at": NOW, "approved_by": tomo} | changed

    with pytest.raises(IntegrityError, match="does not reach"), transaction.atomic():
        Agreement.objects.filter(pk=draft.pk).update(standing_approval=approval, **written)


def test_places_do_not_grow_beyond_it_afterwards(branch, people):
    lestari, tomo = people
    give_standing_approval(branch=branch, most_places=10, by=tomo, now=NOW)
    approved = approve_by_standing(agreement=a_draft(branch, lestari), by=lestari, now=NOW)

    with pytest.raises(IntegrityError, match="does not reach"), transaction.atomic():
        Agreement.objects.filter(pk=approved.pk).update(places=11)


def test_a_place_belongs_to_the_nearest_branch_up_the_tree(branch):
    province = Branch.objects.create(
        code="JTM", name="Wilayah", region=Region.objects.get(code="35")
    )

    assert branch_for(Region.objects.get(code="35.77.01.1003")) == branch
    assert branch_for(Region.objects.get(code="35.78")) == province
    assert branch_for(None) is None


def test_two_neighbours_may_have_one_name_and_two_companies_not(people):
    lestari, _tomo = people
    for _each in range(2):
        register_sponsor(name="Siti Aminah", kind="person", by=lestari, now=NOW)
    register_sponsor(name="PT Contoh", kind="company", by=lestari, now=NOW)

    with pytest.raises(SponsorExists):
        register_sponsor(name="pt contoh", kind="company", by=lestari, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sponsor.objects.create(name="PT Contoh", kind="company")
    assert Sponsor.objects.filter(name="Siti Aminah").count() == 2


def test_a_new_account_becomes_a_sponsor_once(people):
    lestari, _tomo = people
    told = {"user": lestari, "region": Region.objects.get(code="35.77.01.1003"), "now": NOW}

    appointment = begin_as_sponsor(kind="person", name="Lestari", **told)

    assert (appointment.role, appointment.sponsor.name) == ("sponsor", "Lestari")
    assert appointment.sponsor.email == "lestari@example.org"
    with pytest.raises(CannotAppoint, match="already"):
        begin_as_sponsor(kind="company", name="PT Contoh", **told)


def test_nobody_begins_as_a_government(people):
    lestari, _tomo = people

    with pytest.raises(CannotAppoint):
        begin_as_sponsor(
            user=lestari, kind="government", name="Kota", now=NOW,
            region=Region.objects.get(code="35.77"),
        )  # fmt: skip

    assert Sponsor.objects.count() == 0


def test_a_draft_is_kept_encrypted_and_gone_on_with(branch, people):
    lestari, _tomo = people
    sponsor = a_draft(branch, lestari).sponsor
    worker = {"key": 1, "nik": "3577011205800001", "name": "Budi"}

    change_draft(sponsor=sponsor, change=lambda c: c.update(workers=[worker]), by=lestari, now=NOW)
    change_draft(sponsor=sponsor, change=lambda c: c.update(last="2027-01"), by=lestari, now=NOW)

    draft = open_draft(sponsor)
    assert content_of(draft) == {"workers": [worker], "last": "2027-01"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT content_encrypted FROM sponsors_draft")
        assert b"Budi" not in bytes(cursor.fetchone()[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(
            sponsor=sponsor, content_encrypted=b"x", updated_at=NOW, updated_by=lestari
        )
    assert take_draft(sponsor=sponsor)["last"] == "2027-01"
    with pytest.raises(DraftGone):
        take_draft(sponsor=sponsor)


def test_drafts_are_forgotten_after_thirty_days(branch, people):
    lestari, _tomo = people
    agreement = a_draft(branch, lestari)
    told = {"sponsor": agreement.sponsor, "by": lestari}
    change_draft(change=lambda c: c.update(last="2027-01"), now=NOW, **told)
    let_wait(agreement=agreement, now=NOW, **told)
    change_draft(change=lambda c: c.update(last="2027-02"), now=NOW, **told)

    assert forget_drafts(now=NOW + timedelta(days=30)) == 0
    assert forget_drafts(now=NOW + timedelta(days=30, seconds=1)) == 1

    assert [draft.agreement for draft in Draft.objects.all()] == [agreement]
