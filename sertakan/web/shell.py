"""The frame of the pages: who is signed in, as what, and the menu of what they may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from sertakan.access.queries import appointments_of, may_open
from sertakan.web.guard import acting


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: a page that needs no object, and the icon beside it."""

    page: str
    label: str | Promise
    icon: str


# In the order of the menu. Who sees which is asked of the table in `access`. Further pages of the
# same part of the work begin with the same word in their address and light up the same line.
MENU: Sequence[Item] = (
    Item("sponsor-home", _("My workers"), icon="home"),
    Item("city-home", _("Today"), icon="home"),
    Item("branch-home", _("Today"), icon="home"),
    Item("audit-home", _("Overview"), icon="home"),
    Item("audit-trail", _("What was done"), icon="list-check"),
    Item("audit-looks", _("Who looked at whose data"), icon="user-search"),
    Item("audit-ledger", _("Ledger"), icon="receipt"),
    Item("audit-checks", _("Checks"), icon="shield-check"),
    Item("manage-home", _("Overview"), icon="home"),
    Item("manage-users", _("Users"), icon="users"),
    Item("manage-invitations", _("Invitations"), icon="user"),
    Item("manage-outbox", _("Messages"), icon="file-text"),
    Item("manage-jobs", _("Background work"), icon="list-check"),
    Item("sponsor-bills", _("Bills and payments"), icon="receipt"),
    Item("sponsor-money", _("What my money did"), icon="plant-2"),
    Item("sponsor-users", _("Users"), icon="user"),
    Item("sponsor-details", _("My details"), icon="file-text"),
    Item("city-rosters", _("Rosters"), icon="file-spreadsheet"),
    Item("city-rows", _("Open rows"), icon="list-check"),
    Item("city-people", _("People"), icon="users"),
    Item("city-agreements", _("Agreements"), icon="file-text"),
    Item("city-bills", _("Bills"), icon="receipt"),
    Item("city-coverage", _("Coverage"), icon="map-2"),
    Item("city-screenings", _("Screening"), icon="user-search"),
    Item("branch-claims", _("Claims"), icon="heart-handshake"),
    Item("branch-agreements", _("Agreements"), icon="file-text"),
    Item("branch-payments", _("Payments"), icon="receipt"),
    Item("branch-bills", _("Bills"), icon="file-search"),
    Item("branch-standing", _("Standing approval"), icon="shield-check"),
    Item("branch-accident", _("Work accident"), icon="calculator"),
    Item("manage-branches", _("Branches"), icon="building"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `appointment`, `roles` (all that the user holds), `menu`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"appointment": None}
    return {
        "appointment": acting(request),
        "roles": SimpleLazyObject(lambda: list(appointments_of(user))),
        "menu": SimpleLazyObject(lambda: menu(request)),
    }


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The lines of the menu that the reader may open; `here` marks the one the page belongs to."""
    appointment = acting(request)
    # An auditor may open the city's pages and the branch's; of two called alike, one is enough.
    opened = {str(item.label): item for item in reversed(MENU) if may_open(appointment, item.page)}
    lines: list[dict[str, Any]] = [
        {"url": reverse(item.page), "label": item.label, "icon": item.icon}
        for item in MENU
        if opened.get(str(item.label)) is item
    ]
    under = [line for line in lines if request.path.startswith(line["url"])]
    here = max(under, key=lambda line: len(line["url"]), default=None)
    for line in lines:
        line["here"] = line is here
    return lines
