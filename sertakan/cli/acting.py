"""Who acts, and on which day: what a door adds to an operation."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sertakan.accounts.models import User


def day(written: str) -> date:
    """A day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written} is not a day; write it as 2026-11-30.") from None


By = Annotated[str, typer.Option("--by", metavar="EMAIL", help="The user who does this.")]
On = Annotated[
    date | None,
    typer.Option("--on", parser=day, metavar="YYYY-MM-DD", help="The day (default: today)."),
]
Json = Annotated[bool, typer.Option("--json", help="JSON, for other programs.")]


def acting_user(email: str) -> "User":
    """The active user with this e-mail address. Raises Refused."""
    from sertakan.accounts.models import User
    from sertakan.audit.errors import Refused

    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise Refused(f"There is no active user with the e-mail address {email}.")
    return user


def now() -> datetime:
    """The clock: read here, at the door, and nowhere below."""
    from django.utils import timezone

    return timezone.now()


def today() -> date:
    """Today, where the office is."""
    from django.utils import timezone

    return timezone.localdate()
