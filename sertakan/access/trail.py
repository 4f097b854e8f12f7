"""Which events an appointment may read: those about what lies in its scope.

An event names its subject by kind and number. What has no scope (users, keys, the system itself)
is read by those alone who work for everything.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    Func,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Cast

from sertakan.access.models import Appointment
from sertakan.access.queries import visible
from sertakan.audit.models import Event
from sertakan.ledger.models import Entry

# By the kind that an event names: the model whose scope decides.
SUBJECTS: Mapping[str, str] = {
    "agreement": "sponsors.Agreement",
    "sponsor": "sponsors.Sponsor",
    "roster_import": "enrolment.RosterImport",
    "roster_upload": "enrolment.RosterUpload",
    "roster_row": "enrolment.RosterRow",
    "enrolment": "enrolment.Enrolment",
    "waiting": "enrolment.Waiting",
    "person": "people.Person",
    "bill": "contributions.Bill",
    "payment": "contributions.Payment",
    "claim": "claims.Claim",
}
NUMBER = r"^[0-9]{1,18}$"


def readable(
    events: QuerySet[Event], appointment: Appointment | None, *, kinds: Iterable[str] = ()
) -> QuerySet[Event]:
    """Those of `events` that may be read; `kinds` narrows what has to be looked for."""
    if appointment is None:
        return events.none()
    if not (appointment.region_id or appointment.branch_id or appointment.sponsor_id):
        return events
    # In the order of CASE, so that no number is read from a subject that has none.
    cases = [
        When(
            Q(subject_type=kind, subject_id__regex=NUMBER),
            then=Exists(
                visible(apps.get_model(SUBJECTS[kind])._default_manager.all(), appointment).filter(
                    pk=Cast(OuterRef("subject_id"), BigIntegerField())
                )
            ),
        )
        for kind in (set(kinds) & set(SUBJECTS) or SUBJECTS)
    ]
    inside = Case(*cases, default=Constant(False), output_field=BooleanField())
    return events.filter(subject_type__in=SUBJECTS).filter(inside)


def readable_entries(entries: QuerySet[Entry], appointment: Appointment | None) -> QuerySet[Entry]:
    """Those entries of the ledger whose cause (`bill/7/issued`) lies in the scope."""
    if appointment is None:
        return entries.none()
    if not (appointment.region_id or appointment.branch_id or appointment.sponsor_id):
        return entries
    number = Cast(
        Func(OuterRef("reference"), Constant("/"), Constant(2), function="split_part"),
        BigIntegerField(),
    )
    cases = [
        When(
            Q(reference__regex=rf"^{kind}/[0-9]{{1,18}}(/|$)"),
            then=Exists(
                visible(apps.get_model(SUBJECTS[kind])._default_manager.all(), appointment).filter(
                    pk=number
                )
            ),
        )
        for kind in ("bill", "payment", "claim", "sponsor")
    ]
    return entries.filter(Case(*cases, default=Constant(False), output_field=BooleanField()))
