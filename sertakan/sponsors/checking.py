"""What can be an agreement, told in a sentence before the database would refuse it."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sertakan.sponsors.errors import NotAnAgreement
from sertakan.sponsors.models import Agreement, Category, Fund, Programme, Segment, SponsorKind

# Whose money each kind of sponsor can pay with: the reliefs of the law hang on it.
FUNDS_OF = {
    SponsorKind.PERSON: {Fund.OWN},
    SponsorKind.COMMUNITY: {Fund.OWN},
    SponsorKind.COMPANY: {Fund.COMPANY},
    SponsorKind.STATE_ENTERPRISE: {Fund.STATE_ENTERPRISE},
    SponsorKind.GOVERNMENT: {Fund.APBN, Fund.APBD, Fund.DBHCHT},
    SponsorKind.VILLAGE: {Fund.VILLAGE, Fund.APBD, Fund.DBHCHT},
}


def check_terms(agreement: Agreement) -> None:
    """Raises NotAnAgreement with the first thing that cannot be."""
    for check in (_days, _amounts, _words, _programmes, _fund, _price):
        fault = check(agreement)
        if fault:
            raise NotAnAgreement(fault)


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that the database refused by."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def _days(agreement: Agreement) -> str:
    if agreement.starts_on >= agreement.ends_on:
        return _("An agreement ends after the day on which it starts.")
    return ""


def _amounts(agreement: Agreement) -> str:
    if not agreement.number:
        return _("An agreement has a number.")
    if agreement.places < 1 or agreement.budget_rupiah < 1:
        return _("An agreement has at least one place and one rupiah.")
    return ""


def _words(agreement: Agreement) -> str:
    for told, known in (
        ([agreement.fund], Fund),
        ([agreement.segment], Segment),
        (agreement.programmes, Programme),
        (agreement.categories, Category),
    ):
        unknown = sorted(set(told) - set(known.values))
        if unknown:
            return _("%(told)s is none of: %(known)s.") % {
                "told": unknown[0],
                "known": ", ".join(known.values),
            }
    return ""


def _programmes(agreement: Agreement) -> str:
    if not {Programme.JKK, Programme.JKM} <= set(agreement.programmes):
        return _("JKK and JKM are insured together; JHT may be added.")
    return ""


def _fund(agreement: Agreement) -> str:
    kind = SponsorKind(agreement.sponsor.kind)
    if agreement.fund not in FUNDS_OF[kind]:
        return _("A sponsor of the kind %(kind)s pays from: %(funds)s.") % {
            "kind": kind.value,
            "funds": ", ".join(sorted(FUNDS_OF[kind])),
        }
    return ""


def _price(agreement: Agreement) -> str:
    if agreement.segment == Segment.BPU:
        if agreement.assumed_income is None or agreement.assumed_income < 0:
            return _("A BPU agreement names the monthly income that is assumed, zero or more.")
        return ""
    if not agreement.wage or agreement.wage < 1 or agreement.risk_class not in range(1, 6):
        return _("A PU agreement names a monthly wage and a risk class from 1 to 5.")
    return ""
