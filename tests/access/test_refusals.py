"""What the database refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from sertakan.access.models import Appointment, Invitation
from sertakan.regions.models import Branch, Region
from tests.web.people import NOW, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari():
    return a_user("Sari")


@pytest.fixture
def madiun():
    return Region.objects.get(pk="35.77")


def refused(constraint, make, **fields):
    with pytest.raises(IntegrityError, match=constraint):
        make(**fields)


@pytest.mark.parametrize("role", ["sponsor", "branch_officer", "administrator", "mayor"])
def test_a_role_over_what_is_not_its_scope(sari, madiun, role):
    refused(
        "appointment_has_the_scope_of_its_role", Appointment.objects.create,
        user=sari, role=role, region=madiun, since=NOW,
    )  # fmt: skip


def test_a_role_over_two_things(sari, madiun):
    branch = Branch.objects.create(code="MDN", name="Cabang Madiun")
    refused(
        "appointment_has_the_scope_of_its_role", Appointment.objects.create,
        user=sari, role="auditor", region=madiun, branch=branch, since=NOW,
    )  # fmt: skip


def test_a_role_held_twice(sari):
    Appointment.objects.create(user=sari, role="administrator", since=NOW)
    refused(
        "a_role_is_held_once", Appointment.objects.create,
        user=sari, role="administrator", since=NOW,
    )  # fmt: skip


def test_an_end_by_nobody(sari):
    refused(
        "appointment_ended_by_someone_at_some_time", Appointment.objects.create,
        user=sari, role="administrator", since=NOW, ended_at=NOW,
    )  # fmt: skip


def test_an_end_before_the_beginning(sari):
    refused(
        "appointment_ends_after_it_began", Appointment.objects.create,
        user=sari, role="administrator", since=NOW, ended_by=sari,
        ended_at=NOW - timedelta(days=1),
    )  # fmt: skip


def an_invitation(sari, **fields):
    return Invitation.objects.create(
        email="wati@example.org", invited_at=NOW, invited_by=sari, secret_hash=b"1" * 32,
        expires_at=NOW + timedelta(days=7), **{"role": "administrator", **fields},
    )  # fmt: skip


def test_an_invitation_to_a_role_over_what_is_not_its_scope(sari):
    refused("invitation_has_the_scope_of_its_role", an_invitation, sari=sari, role="sponsor")


def test_an_invitation_both_taken_and_taken_back(sari):
    held = Appointment.objects.create(user=sari, role="administrator", since=NOW)
    refused(
        "an_invitation_withdrawn_was_not_taken", an_invitation,
        sari=sari, appointment=held, withdrawn_at=NOW,
    )  # fmt: skip


def test_two_invitations_with_one_secret(sari):
    an_invitation(sari)
    refused("secret_hash", an_invitation, sari=sari)
