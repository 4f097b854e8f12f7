"""May this be done, by whom, to what? Asked by pages, menus and API alike."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from sertakan.access.models import Appointment
from sertakan.access.reaches import REACHES, Reach
from sertakan.access.roles import Role
from sertakan.access.table import ANYONE, SIGNED_IN, TABLE, Row
from sertakan.accounts.models import User

Record = TypeVar("Record", bound=Model)


def row_of(page: str) -> Row | None:
    """The row of a page; what has none is open to nobody."""
    return TABLE.get(page)


def may_open(appointment: Appointment | None, page: str, *, signed_in: bool = True) -> bool:
    """Whether this role has to do with the page at all, whatever object it names."""
    row = row_of(page)
    if row is None:
        return False
    if row.roles is ANYONE:
        return True
    if row.roles is SIGNED_IN:
        return signed_in
    return appointment is not None and appointment.role in row.roles


def may(appointment: Appointment | None, page: str, record: Model | None = None) -> bool:
    """Whether it may be done to `record`, which lies in the scope, in the state it is in."""
    return may_open(appointment, page) and (record is None or in_state(page, record))


def in_state(page: str, record: Model) -> bool:
    """Whether the record is in a state in which the page's deed may be done."""
    row = row_of(page)
    return row is not None and (not row.states or getattr(record, "state", None) in row.states)


def visible(records: QuerySet[Record], appointment: Appointment | None) -> QuerySet[Record]:
    """Those of `records` that lie in the scope of an appointment; none without one."""
    if appointment is None:
        return records.none()
    reach = REACHES.get(records.model._meta.label)
    if reach is None:
        raise LookupError(f"{records.model._meta.label} is in no scope (access.reaches).")
    narrowed = _within(reach, appointment)
    if narrowed is None:
        return records
    if not narrowed:
        return records.none()
    return records.filter(_any(narrowed, reach, records))


def _within(reach: Reach, appointment: Appointment) -> list[Q] | None:
    """One condition for each path; None where the scope is everything."""
    if appointment.region_id:
        return [
            *(
                reach.where.get(path, Q()) & under(path, appointment.region_id)
                for path in reach.region
            ),
            *(Q(**{path: appointment.user_id}) for path in _own(reach, appointment)),
        ]
    if appointment.sponsor_id:
        return [Q(**{path: appointment.sponsor_id}) for path in reach.sponsor]
    if appointment.branch_id:
        return [
            Q(reach.where.get(path, Q()), **{path: appointment.branch_id}) for path in reach.branch
        ]
    return None


def _own(reach: Reach, appointment: Appointment) -> Iterable[str]:
    return reach.own if appointment.role == Role.KELURAHAN_OPERATOR else ()


def under(path: str, region: str) -> Q:
    """The region itself and everything in it, by its code."""
    return Q(**{path: region}) | Q(**{f"{path}__code__startswith": f"{region}."})


def _any(conditions: list[Q], reach: Reach, records: QuerySet[Record]) -> Q | Exists:
    together = Q()
    for condition in conditions:
        together |= condition
    if not reach.many:
        return together
    same: QuerySet[Any] = records.model._base_manager.filter(pk=OuterRef("pk"))
    return Exists(same.filter(together))


def appointments_of(user: User) -> QuerySet[Appointment]:
    """The roles that a user holds now, the oldest first."""
    held = Appointment.objects.filter(user=user, ended_at=None)
    return held.select_related("region", "sponsor", "branch").order_by("pk")
