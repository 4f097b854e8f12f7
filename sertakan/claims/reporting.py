"""Reporting a death, and what people say and bring afterwards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.errors import CannotMove, CannotReport
from sertakan.claims.gathering import STATED
from sertakan.claims.models import Claim, Document, State
from sertakan.claims.states import held
from sertakan.claims.telling import EMAIL, PHONE, tell_reporter
from sertakan.encryption.at_rest import encrypt
from sertakan.law import death_claims
from sertakan.law import facts as law_facts
from sertakan.law.facts import FactError
from sertakan.people.models import Person
from sertakan.people.queries import kept


@transaction.atomic
def report(
    *,
    person: Person,
    died_on: date,
    cause: str,
    statements: Mapping[str, Any],
    reporter_name: str,
    reporter_relation: str,
    reported_on: date,
    reporter_phone: str = "",
    reporter_email: str = "",
    by: User,
    now: datetime,
) -> Claim:
    """Report a death. `statements` are facts of `STATED` in the form of contracts, where known.

    News of the claim goes to the reporter's phone (as it is dialled, +62…) and e-mail.

    Raises CannotReport for statements that do not fit, a death after its report, or a second
    claim for the same person.
    """
    person = kept(person)
    told = dict(statements)
    _check_statements(told, cause=cause, died_on=died_on)
    if not reporter_name.strip():
        raise CannotReport(_("Please say who reports the death."))
    _check_day(person, died_on, reported_on)
    Person.objects.select_for_update().get(pk=person.pk)
    if earlier := Claim.objects.filter(person=person).first():
        raise CannotReport(_("This death was reported before: claim %s.") % earlier.reference)
    claim_id = _next_claim_id()
    claim = Claim.objects.create(
        id=claim_id,
        reference=f"KLM-{reported_on:%Y}-{claim_id:06d}",
        person=person,
        died_on=died_on,
        cause=cause,
        statements=told,
        reporter_name=reporter_name.strip(),
        reporter_relation=reporter_relation,
        reporter_phone_encrypted=encrypt(reporter_phone, PHONE) if reporter_phone else None,
        reporter_email_encrypted=encrypt(reporter_email, EMAIL) if reporter_email else None,
        reported_on=reported_on,
        reported_by=by,
    )
    record(verb="reported", subject_type="claim", subject_id=claim.pk, by=by, at=now)
    tell_reporter(claim, "reported", now=now)
    return claim


def _check_statements(statements: Mapping[str, Any], *, cause: str, died_on: date) -> None:
    try:
        law_facts.read(statements, {name: death_claims.FACTS[name] for name in STATED})
        law_facts.read({"cause": cause, "died_on": died_on}, death_claims.FACTS)
    except FactError as refusal:
        raise CannotReport(refusal.message) from None


def _check_day(person: Person, died_on: date, reported_on: date) -> None:
    if reported_on < died_on:
        raise CannotReport(_("A death is reported on its day or after it."))
    if person.birth_date and died_on < person.birth_date:
        raise CannotReport(_("Nobody dies before they are born."))


def _next_claim_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_claim', 'id'))")
        return int(cursor.fetchone()[0])


@transaction.atomic
def state_facts(*, claim: Claim, statements: Mapping[str, Any], by: User, now: datetime) -> Claim:
    """Add to what people say, or correct it; decisions made before keep what they were told.

    Raises CannotReport for what does not fit, CannotMove once the claim is paid.
    """
    claim = held(claim)
    if claim.state == State.PAID:
        raise CannotMove(claim, State.DECIDED)
    told = {**claim.statements, **statements}
    _check_statements(told, cause=claim.cause, died_on=claim.died_on)
    claim.statements = told
    claim.save(update_fields=["statements"])
    record(
        verb="stated", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        facts=sorted(statements),
    )  # fmt: skip
    return claim


@transaction.atomic
def correct_report(*, claim: Claim, died_on: date, cause: str, by: User, now: datetime) -> Claim:
    """Correct the day or the cause of a death; decisions made before keep what they were told.

    Raises CannotReport, and CannotMove once the claim is paid.
    """
    claim = held(claim)
    if claim.state == State.PAID:
        raise CannotMove(claim, State.DECIDED)
    _check_statements(claim.statements, cause=cause, died_on=died_on)
    _check_day(claim.person, died_on, claim.reported_on)
    before = {"died_on": claim.died_on.isoformat(), "cause": claim.cause}
    claim.died_on, claim.cause = died_on, cause
    claim.save(update_fields=["died_on", "cause"])
    record(
        verb="corrected", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        before=before, died_on=died_on.isoformat(), cause=cause,
    )  # fmt: skip
    return claim


@transaction.atomic
def receive_document(
    *, claim: Claim, kind: str, received_on: date, by: User, now: datetime
) -> Document:
    """Note that a paper was received. A second of the kind changes nothing."""
    document, new = Document.objects.get_or_create(
        claim=claim, kind=kind, defaults={"received_on": received_on}
    )
    if new:
        record(
            verb="document_received", subject_type="claim", subject_id=claim.pk, by=by, at=now,
            kind=kind,
        )  # fmt: skip
    return document
