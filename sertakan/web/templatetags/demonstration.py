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
    """One user for each role, in the order of the roles; nobody outside a demonstration."""
    if not demonstrating():
        return []
    held = Appointment.objects.filter(ended_at=None).select_related("user").order_by("-pk")
    first = {each.role: each.user.email for each in held}
    return [SignIn(first[role], str(role.label), PASSWORD) for role in Role if role in first]
