"""The roles, the kind of scope that each one has, and which of them are staff."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CITY_OFFICER = "city_officer", _("City officer")
    KELURAHAN_OPERATOR = "kelurahan_operator", _("Kelurahan operator")
    SPONSOR = "sponsor", _("Sponsor")
    BRANCH_OFFICER = "branch_officer", _("Branch officer")
    BRANCH_APPROVER = "branch_approver", _("Branch approver")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# What a role is held over. "" stands for everything in this deployment.
SCOPES: Mapping[str, frozenset[str]] = {
    Role.CITY_OFFICER: frozenset({"region"}),
    Role.KELURAHAN_OPERATOR: frozenset({"region"}),
    Role.SPONSOR: frozenset({"sponsor"}),
    Role.BRANCH_OFFICER: frozenset({"branch"}),
    Role.BRANCH_APPROVER: frozenset({"branch"}),
    Role.AUDITOR: frozenset({"region", "branch", ""}),
    Role.ADMINISTRATOR: frozenset({""}),
}
# Staff signs in with a second factor. A sponsor may.
STAFF = frozenset(set(Role) - {Role.SPONSOR})
