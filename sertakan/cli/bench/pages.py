"""How long the server takes for a page, with so many people on record.

Every page of the table in `access` that can be read here is asked for by somebody of each of its
roles. What is told is the 95th percentile over all pages, and the page with the highest of its own,
each held against a page that asks next to nothing of the database.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sertakan.access.models import Appointment
from sertakan.access.operations import appoint
from sertakan.access.queries import visible
from sertakan.access.roles import SCOPES, Role
from sertakan.access.table import ANYONE, SIGNED_IN, TABLE, Row
from sertakan.accounts.models import User
from sertakan.cli.bench.report import Figure
from sertakan.sponsors.models import Agreement

EACH = 20  # times that a page is asked for
TOLD = 15  # pages named on the terminal, the slowest first
BARE = "health"
NOW = datetime(2026, 1, 2, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as somebody asks for it."""

    page: str
    role: str
    address: str
    client: Client


def page_figures(size: int, agreement: Agreement) -> Iterator[Figure]:
    """The 95th percentile over all pages, and the slowest page; seconds of the server."""
    settings.DEMO_DAY = agreement.starts_on.replace(day=20)
    bare = _percentile(_seconds(Asked(BARE, "", reverse(BARE), Client())))
    taken = {asked: _seconds(asked) for asked in _pages(agreement)}
    if not taken:
        return
    everything = [seconds for times in taken.values() for seconds in times]
    slowest = sorted(taken, key=lambda asked: -_percentile(taken[asked]))
    for asked in slowest[:TOLD]:
        print(
            f"  {asked.page} ({asked.role}): {_percentile(taken[asked]) * 1000:.0f} ms",
            file=sys.stderr,
        )
    for step, seconds in (
        ("any page, 95th percentile", _percentile(everything)),
        ("slowest page, 95th percentile", _percentile(taken[slowest[0]])),
    ):
        yield Figure(size=size, step=step, rows=1, seconds=seconds, with_keys=bare)


def _pages(agreement: Agreement) -> Iterator[Asked]:
    """Every page that can be read, by each of its roles."""
    appointed = {role: _appointed(role, agreement) for role in Role}
    clients = {role: _signed_in(one) for role, one in appointed.items()}
    for row in TABLE.values():
        if row.roles is SIGNED_IN:
            continue
        for role in sorted(Role if row.roles is ANYONE else row.roles):
            address = _address(row, appointed[Role(role)])
            asked = Asked(row.page, role, address or "", clients[Role(role)])
            if address and _is_read(asked):
                yield asked
            if row.roles is ANYONE:
                break


def _appointed(role: Role, agreement: Agreement) -> Appointment:
    scopes: dict[str, Any] = {
        "region": agreement.region,
        "sponsor": agreement.sponsor,
        "branch": agreement.branch,
        "": None,
    }
    kind = sorted(SCOPES[role])[-1]
    user = User.objects.create_user(f"{role}@contoh.id", name=role)
    TOTP.activate(user, generate_totp_secret())
    return appoint(user=user, role=role, over=scopes[kind], by=None, now=NOW)


def _signed_in(appointment: Appointment) -> Client:
    client = Client()
    client.force_login(appointment.user)
    return client


def _address(row: Row, appointment: Appointment) -> str | None:
    """The page's address; where it names an object, the last one in scope. None without any."""
    named: dict[str, Any] = {}
    if row.on:
        model: type[Model] = apps.get_model(row.on)
        record = visible(model._default_manager.all(), appointment).order_by("-pk").first()
        if record is None:
            return None
        named = {"pk": record.pk}
    try:
        return reverse(row.page, kwargs=named)
    except NoReverseMatch:
        return None


def _is_read(asked: Asked) -> bool:
    """Whether it is a page: papers (PDF, CSV) are made of many rows, and are measured apart."""
    answer = asked.client.get(asked.address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def _seconds(asked: Asked) -> list[float]:
    """What the server took, each time; the first time is not counted."""
    taken = []
    for _ in range(EACH + 1):
        begun = time.perf_counter()
        asked.client.get(asked.address)
        taken.append(time.perf_counter() - begun)
    return taken[1:]


def _percentile(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]
