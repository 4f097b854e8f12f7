"""What the pages of a demonstration show beside the real ones."""

from dataclasses import dataclass

from django import template

from sertakan.access.models import Appointment
from sertakan.access.roles import Role
from sertakan.accounts.demonstration import PASSWORD, demonstrating

register = template.Library()


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who may be tried out: `role` in the reader's language."""

    email: str
    role: str
    password: str


@register.simple_tag
def demo_sign_ins() -> list[SignIn]:
    """Who holds a role, in the order of the roles; nobody outside a demonstration.

    Whoever was given a role by a user has come later, with a password of their own.
    """
    if not demonstrating():
        return []
    held = Appointment.objects.filter(ended_at=None, appointed_by=None)
    order = list(Role)
    return [
        SignIn(each.user.email, str(Role(each.role).label), PASSWORD)
        for each in sorted(
            held.select_related("user").order_by("pk"),
            key=lambda each: order.index(Role(each.role)),
        )
    ]
