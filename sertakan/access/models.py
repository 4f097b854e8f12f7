"""Who holds which role over what, who was invited to, and which forms were sent already."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sertakan.access.roles import SCOPES, STAFF, Role


def _scope_fits() -> Q:
    """Exactly the scope that a role has, and no second one."""
    fits = Q()
    for role, kinds in SCOPES.items():
        # In an order of our own: a set has another one in each process, and a migration only one.
        for kind in (kind for kind in ("", "region", "sponsor", "branch") if kind in kinds):
            given = {f"{name}__isnull": name != kind for name in ("region", "sponsor", "branch")}
            fits |= Q(role=role, **given)
    return fits


class Scoped(models.Model):
    """A role over a region and all in it, over a sponsor, over a branch, or over everything."""

    role = models.CharField(max_length=18, choices=Role)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", db_index=False
    )
    sponsor = models.ForeignKey("sponsors.Sponsor", models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey(
        "regions.Branch", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    @property
    def scope(self) -> str:
        """The name of what the role is held over; empty: everything."""
        held = self.region or self.sponsor or self.branch
        return held.name if held else ""

    @property
    def is_staff(self) -> bool:
        """Whether this role asks for a second factor."""
        return self.role in STAFF


class Appointment(Scoped):
    """A user holds a role from a moment on, until it is ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    since = models.DateTimeField()
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_has_the_scope_of_its_role", condition=_scope_fits()
            ),
            models.UniqueConstraint(
                name="a_role_is_held_once",
                fields=["user", "role", "region", "sponsor", "branch"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="appointment_ended_by_someone_at_some_time",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(Scoped):
    """An e-mail address is asked to take a role. The link's secret is kept as its hash alone."""

    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_has_the_scope_of_its_role", condition=_scope_fits()
            ),
            models.CheckConstraint(
                name="an_invitation_withdrawn_was_not_taken",
                condition=Q(appointment=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class Submission(models.Model):
    """A form that was sent, by its token: what a second sending of it is answered with."""

    token = models.UUIDField(primary_key=True)
    page = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.token} {self.page}"


class Attempts(models.Model):
    """How often something was tried from one place within a stretch of time."""

    pk = models.CompositePrimaryKey("what", "window")
    what = models.BinaryField(max_length=32)  # keyed hash of the matter and who tries
    window = models.DateTimeField(db_index=True)  # when the stretch began
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.window} {self.count}"
