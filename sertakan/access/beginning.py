"""A new account becomes a sponsor: recorded as one, and holding the role over it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.access.errors import CannotAppoint
from sertakan.access.models import Appointment
from sertakan.access.operations import appoint
from sertakan.access.roles import Role
from sertakan.accounts.models import User
from sertakan.regions.models import Region
from sertakan.sponsors.models import SponsorKind
from sertakan.sponsors.operations import register_sponsor

# Governments and villages are recorded by the insurer, under whose name nobody else begins.
MAY_BEGIN = (
    SponsorKind.PERSON,
    SponsorKind.COMPANY,
    SponsorKind.STATE_ENTERPRISE,
    SponsorKind.COMMUNITY,
)


@transaction.atomic
def begin_as_sponsor(
    *, user: User, kind: str, name: str, region: Region, now: datetime
) -> Appointment:
    """Record the user, or the organisation they speak for, as a sponsor, and appoint them.

    Raises SponsorExists for an organisation that stands already (its users invite), CannotAppoint
    for a kind that is not begun so and for who is a sponsor already, NotAnAgreement for no name.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if kind not in MAY_BEGIN:
        raise CannotAppoint(_("Governments and villages are recorded by the insurer's branch."))
    if Appointment.objects.filter(user=user, role=Role.SPONSOR, ended_at=None).exists():
        raise CannotAppoint(_("You are a sponsor already."))
    sponsor = register_sponsor(
        name=name, kind=kind, region=region, email=user.email, by=user, now=now
    )
    return appoint(user=user, role=Role.SPONSOR, over=sponsor, by=user, now=now)
