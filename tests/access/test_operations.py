from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from sertakan.access.errors import (
    CannotAppoint,
    CannotInvite,
    CannotOpenAccount,
    CannotSwitch,
    InvitationOver,
)
from sertakan.access.limits import forget, within_limit
from sertakan.access.newcomers import accept_as_new, reset_second_factor, switch
from sertakan.access.operations import (
    accept,
    appoint,
    end_appointment,
    invite,
    open_invitation,
    withdraw,
)
from sertakan.audit.models import Event
from sertakan.regions.models import Region
from tests.web.people import NOW, PASSWORD, a_user

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def sari():
    return a_user("Sari")


@pytest.fixture
def madiun():
    return Region.objects.get(pk="35.77")


def invited(by, over, email="wati@example.org", role="city_officer"):
    return invite(email=email, name="Wati", role=role, over=over, by=by, now=NOW)


def test_a_role_is_held_over_what_it_is_meant_for(sari, madiun):
    with pytest.raises(CannotAppoint, match="not held over that"):
        appoint(user=sari, role="administrator", over=madiun, by=None, now=NOW)


def test_a_role_is_held_once(sari, madiun):
    appoint(user=sari, role="city_officer", over=madiun, by=None, now=NOW)

    with pytest.raises(CannotAppoint, match="holds this role already"):
        appoint(user=sari, role="city_officer", over=madiun, by=None, now=NOW)


def test_a_role_ends_once(sari, madiun):
    held = appoint(user=sari, role="city_officer", over=madiun, by=None, now=NOW)
    end_appointment(appointment=held, by=sari, now=NOW)

    with pytest.raises(CannotAppoint, match="ended before"):
        end_appointment(appointment=held, by=sari, now=NOW)


def test_nobody_is_invited_twice_at_a_time(sari, madiun):
    invited(sari, madiun)

    with pytest.raises(CannotInvite, match="open invitation"):
        invited(sari, madiun, email="WATI@example.org")


def test_wati_opens_an_account_by_her_invitation(sari, madiun):
    invitation, secret = invited(sari, madiun)

    wati = accept_as_new(secret=secret, name="Wati", password=PASSWORD, now=NOW)

    invitation.refresh_from_db()
    assert invitation.appointment.user == wati
    assert EmailAddress.objects.get(user=wati).verified
    assert [event.verb for event in Event.objects.order_by("pk")] == ["invited", "appointed"]


@pytest.mark.parametrize("late", [WEEK, 2 * WEEK])
def test_an_invitation_ends_after_a_week(sari, madiun, late):
    _, secret = invited(sari, madiun)

    with pytest.raises(InvitationOver, match="too old"):
        open_invitation(secret, now=NOW + late)


def test_an_invitation_is_taken_once(sari, madiun):
    _, secret = invited(sari, madiun)
    wati = accept_as_new(secret=secret, name="Wati", password=PASSWORD, now=NOW)

    with pytest.raises(InvitationOver):
        accept(secret=secret, user=wati, now=NOW)


def test_an_invitation_is_taken_by_whom_it_is_for(sari, madiun):
    _, secret = invited(sari, madiun)

    with pytest.raises(InvitationOver, match="another e-mail address"):
        accept(secret=secret, user=a_user("Budi"), now=NOW)


def test_what_was_taken_back_opens_nothing_and_is_not_taken_back_again(sari, madiun):
    invitation, secret = invited(sari, madiun)
    withdraw(invitation=invitation, by=sari, now=NOW)

    with pytest.raises(InvitationOver):
        open_invitation(secret, now=NOW)
    with pytest.raises(InvitationOver, match="taken back before"):
        withdraw(invitation=invitation, by=sari, now=NOW)


def test_a_weak_password_opens_no_account_and_leaves_the_invitation(sari, madiun):
    _, secret = invited(sari, madiun)

    with pytest.raises(CannotOpenAccount):
        accept_as_new(secret=secret, name="Wati", password="123", now=NOW)

    assert open_invitation(secret, now=NOW).email == "wati@example.org"


def test_who_has_an_account_opens_no_second_one(sari, madiun):
    a_user("Wati")
    _, secret = invited(sari, madiun)

    with pytest.raises(CannotOpenAccount, match="already"):
        accept_as_new(secret=secret, name="Wati", password=PASSWORD, now=NOW)


def test_an_account_is_switched_off_by_somebody_else_and_once(sari):
    wati = a_user("Wati")
    switch(user=wati, on=False, by=sari, now=NOW)

    with pytest.raises(CannotSwitch, match="already"):
        switch(user=wati, on=False, by=sari, now=NOW)
    with pytest.raises(CannotSwitch, match="their own"):
        switch(user=sari, on=False, by=sari, now=NOW)


def test_a_lost_second_factor_is_taken_away_with_a_reason(sari):
    wati = a_user("Wati", second_factor=True)

    with pytest.raises(CannotSwitch, match="say why"):
        reset_second_factor(user=wati, reason=" ", by=sari, now=NOW)
    reset_second_factor(user=wati, reason="Phone lost", by=sari, now=NOW)

    assert not Authenticator.objects.filter(user=wati).exists()
    assert Event.objects.get(verb="reset_second_factor").details == {"reason": "Phone lost"}


def test_attempts_are_counted_by_stretches_and_forgotten():
    def tries(now):
        return within_limit("matter", "wati", most=2, seconds=900, now=now)

    assert [tries(NOW), tries(NOW), tries(NOW)] == [True, True, False]
    assert tries(NOW + timedelta(minutes=15))
    assert forget(now=NOW + timedelta(days=3)) == 2
