"""The whole story of a person, from every part of the records, in a constant number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.audit.models import Event
from sertakan.claims.models import Claim
from sertakan.contributions.cover import PersonCover
from sertakan.contributions.person_months import Charge, month_states
from sertakan.enrolment.models import EndReason, Enrolment, Waiting
from sertakan.messages.queries import about
from sertakan.people.models import Person
from sertakan.vocabulary import Month
from sertakan.web.city.sides import where_of

END_REASONS: dict[str, Promise] = {
    EndReason.DEATH: gettext_lazy("died"),
    EndReason.AGE: gettext_lazy("reached the age limit"),
    EndReason.MOVED: gettext_lazy("moved away"),
    EndReason.OTHER_INSURANCE: gettext_lazy("insured elsewhere"),
    EndReason.DUPLICATE: gettext_lazy("the same person under another record"),
    EndReason.ASKED: gettext_lazy("asked for it"),
}
FIELDS: dict[str, Promise] = {
    "nik": gettext_lazy("NIK"),
    "name": gettext_lazy("name"),
    "birth_date": gettext_lazy("birth date"),
    "sex": gettext_lazy("sex"),
    "region": gettext_lazy("kelurahan"),
    "address": gettext_lazy("address"),
    "phone": gettext_lazy("phone"),
    "mother_name": gettext_lazy("mother’s name"),
    "bank_account": gettext_lazy("bank account"),
    "died_on": gettext_lazy("day of death"),
}
MESSAGES_AT_MOST, EVENTS_AT_MOST = 50, 100


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on a day: what, by whom, and where to read more."""

    on: date
    told: str
    note: str = ""
    url: str = ""


def records_of(person: Person) -> list[int]:
    """The record kept, and those merged into it."""
    return [person.pk, *person.merged.values_list("pk", flat=True)]


def enrolments_of(records: Sequence[int]) -> list[Enrolment]:
    """Every enrolment, the latest first."""
    found = Enrolment.objects.filter(person__in=records)
    return list(
        found.select_related("agreement__sponsor", "roster_import").order_by("-starts_on", "-pk")
    )


def story(
    person: Person,
    records: Sequence[int],
    enrolments: Sequence[Enrolment],
    charges: Sequence[Charge],
) -> list[Moment]:
    """What happened, the latest first."""
    moments = [
        Moment(timezone.localdate(person.recorded_at), _("Registered in the records")),
        *_of_enrolments(enrolments),
        *_of_waiting(records),
        *_of_bills(charges),
        *_of_claims(records),
        *_of_events(records),
        *_of_messages(person),
    ]
    if person.died_on:
        moments.append(Moment(person.died_on, _("Died")))
    return sorted(moments, key=lambda moment: moment.on, reverse=True)


def year_grid(
    charges: Sequence[Charge],
    enrolments: Sequence[Enrolment],
    covers: Sequence[PersonCover],
    *,
    on: date,
) -> list[dict[str, Any]]:
    """Years, each with twelve months: `month` and `state` (paid, grace, unpaid, none)."""
    states = month_states(charges, covers, on=on)
    years = {month.first_day.year for month in states}
    years |= {
        day.year for each in enrolments for day in (each.starts_on, each.last_day or each.starts_on)
    }
    return [
        {
            "year": year,
            "months": [
                {"month": month.first_day, "state": states.get(month, "none")}
                for month in (Month.of(date(year, number, 1)) for number in range(1, 13))
            ],
        }
        for year in sorted(years, reverse=True)
    ]


def _of_enrolments(enrolments: Sequence[Enrolment]) -> Iterator[Moment]:
    for each in enrolments:
        told = {"agreement": each.agreement.number, "sponsor": each.agreement.sponsor.name}
        source = where_of(each.roster_source) if each.roster_source else ""
        url = reverse("city-import", args=[each.roster_import_id]) if each.roster_import_id else ""
        yield Moment(
            each.starts_on,
            _("Enrolled under %(agreement)s, paid by %(sponsor)s") % told,
            _("from %s") % source if source else "",
            url,
        )
        if each.end_reason:
            yield Moment(
                each.ends_on or each.starts_on,
                _("Enrolment under %(agreement)s ended: %(reason)s")
                % {**told, "reason": END_REASONS.get(each.end_reason, each.end_reason)},
                _("it promises no day") if each.void else "",
            )


def _of_waiting(records: Sequence[int]) -> Iterator[Moment]:
    turns = Waiting.objects.filter(person__in=records).select_related("agreement")
    for each in turns:
        note = {
            "waiting": _("still waiting"),
            "enrolled": _("enrolled since"),
            "left": _("left the line: %s") % END_REASONS.get(each.left_because, ""),
        }[each.state]
        yield Moment(each.accepted_on, _("Put in line for %s") % each.agreement.number, note)


def _of_bills(charges: Sequence[Charge]) -> Iterator[Moment]:
    """A payment is one moment, however many months it paid."""
    paid: dict[tuple[date, str], list[Month]] = {}
    for charge in charges:
        if charge.paid_on is not None:
            paid.setdefault((charge.paid_on, charge.number), []).append(charge.month)
    for (on, number), months in paid.items():
        told = {"first": _month(months[0]), "last": _month(months[-1])}
        yield Moment(
            on,
            _("Contributions paid: %(first)s to %(last)s") % told
            if len(months) > 1
            else _("Contribution paid: %s") % told["first"],
            _("bill %s") % number,
        )


def _of_claims(records: Sequence[int]) -> Iterator[Moment]:
    for claim in Claim.objects.filter(person__in=records).select_related("payout"):
        yield Moment(claim.reported_on, _("Death claim %s reported") % claim.reference)
        payout = getattr(claim, "payout", None)
        if payout is not None:
            yield Moment(payout.paid_on, _("Benefits of claim %s paid") % claim.reference)


def _of_events(records: Sequence[int]) -> Iterator[Moment]:
    events = Event.objects.filter(
        subject_type="person",
        subject_id__in=[str(number) for number in records],
        verb__in=["corrected", "unmasked", "merged", "unmerged"],
    )
    for event in events.select_related("actor").order_by("-pk")[:EVENTS_AT_MOST]:
        by = event.actor.name if event.actor else ""
        yield Moment(_day(event.at), _said(event), by)


def _said(event: Event) -> str:
    told: Any = event.details
    if event.verb == "corrected":
        fields = [str(FIELDS.get(name, name)) for name in told.get("fields", [])]
        return _("Corrected: %s") % ", ".join(fields)
    if event.verb == "unmasked":
        return str(_("Looked at unmasked: “%s”") % told.get("purpose", ""))
    if event.verb == "merged":
        return str(_("Record %s was merged into this one") % told.get("merged", ""))
    return str(_("Record %s was taken out of this one again") % told.get("merged", ""))


def _of_messages(person: Person) -> Iterator[Moment]:
    for message in about("person", person.pk)[:MESSAGES_AT_MOST]:
        yield Moment(_day(message.created_at), _("Message: %s") % message.kind.replace("_", " "))


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _month(month: Month) -> str:
    return date_format(month.first_day, "F Y")
