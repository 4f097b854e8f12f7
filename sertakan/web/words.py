"""The programme's words as the pages show them, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sertakan.analytics.models import CoverStatus
from sertakan.enrolment.models import EndReason
from sertakan.sponsors.models import (
    AgreementState,
    Category,
    Fund,
    Programme,
    Sector,
    Segment,
    SponsorKind,
)
from sertakan.web import claim_words

CATEGORIES: dict[str, Promise] = {
    Category.NON_ASN: _("Contract staff of the government (non-ASN)"),
    Category.RT_RW: _("Heads of neighbourhoods (RT/RW)"),
    Category.SOCIAL_WORKER: _("Social workers"),
    Category.LINMAS: _("Civil guards (linmas)"),
    Category.HEALTH_CADRE: _("Health cadres"),
    Category.GRAVE_KEEPER: _("Grave keepers"),
    Category.WORSHIP_KEEPER: _("Keepers of houses of worship"),
    Category.FARMER: _("Farmers"),
    Category.MSME: _("Small traders and businesses"),
    Category.OTHER_INFORMAL: _("Other informal workers"),
}

PROGRAMMES: dict[str, Promise] = {
    Programme.JKK: _("Work accident insurance (JKK)"),
    Programme.JKM: _("Death insurance (JKM)"),
    Programme.JHT: _("Old-age savings (JHT)"),
}

SPONSOR_KINDS: dict[str, Promise] = {
    SponsorKind.PERSON: _("Person"),
    SponsorKind.COMPANY: _("Company"),
    SponsorKind.STATE_ENTERPRISE: _("State or regional enterprise"),
    SponsorKind.GOVERNMENT: _("Government"),
    SponsorKind.VILLAGE: _("Village"),
    SponsorKind.COMMUNITY: _("Community"),
}

FUNDS: dict[str, Promise] = {
    Fund.OWN: _("Own money"),
    Fund.COMPANY: _("A company’s money"),
    Fund.STATE_ENTERPRISE: _("A state or regional enterprise’s money"),
    Fund.APBN: _("State budget (APBN)"),
    Fund.APBD: _("Regional budget (APBD)"),
    Fund.DBHCHT: _("Share of the tobacco excise (DBHCHT)"),
    Fund.VILLAGE: _("Village budget"),
}

SEGMENTS: dict[str, Promise] = {
    Segment.BPU: _("Works on their own account (BPU)"),
    Segment.PU: _("Is paid a wage (PU)"),
}

SECTORS: dict[str, Promise] = {
    Sector.TRANSPORT: _("Transport"),
    Sector.OTHER: _("Other work"),
}

AGREEMENT_STATES: dict[str, Promise] = {
    AgreementState.DRAFT: _("Draft"),
    AgreementState.APPROVED: _("In force"),
    AgreementState.CLOSED: _("Closed"),
}

END_REASONS: dict[str, Promise] = {
    EndReason.DEATH: _("Died"),
    EndReason.AGE: _("Too old or too young"),
    EndReason.MOVED: _("Moved away"),
    EndReason.OTHER_INSURANCE: _("Insured elsewhere"),
    EndReason.DUPLICATE: _("Recorded twice"),
    EndReason.ASKED: _("Asked to end it"),
}

COVER_STATUSES: dict[str, Promise] = {
    CoverStatus.COVERED: _("Covered"),
    CoverStatus.GRACE: _("In grace"),
    CoverStatus.UNCOVERED: _("Not covered"),
}

MESSAGE_STATES: dict[str, Promise] = {
    "waiting": _("Waiting"),
    "failed": _("Failed, tried again"),
    "sent": _("Sent"),
    "kept": _("Kept here: no way to send it"),
    "given_up": _("Given up"),
}

JOB_STATES: dict[str, Promise] = {
    "waiting": _("Waiting"),
    "running": _("Running"),
    "done": _("Done"),
    "failed": _("Failed"),
}

JOB_KINDS: dict[str, Promise] = {
    "agreement_paper": _("Preparing a paper of an agreement"),
    "check_everything": _("Checking ledger, cover and audit trail"),
    "make_totals": _("Counting the coverage of a month"),
    "roster_check": _("Checking a roster"),
    "roster_take_in": _("Taking a roster in"),
}

CHANNELS: dict[str, str | Promise] = {
    "email": _("E-mail"),
    "sms": "SMS",
    "whatsapp": "WhatsApp",
    "nobody": _("sent to nobody"),
}

MESSAGE_KINDS: dict[str, Promise] = {
    "account": _("About an account"),
    "agreement_news": _("News of an agreement"),
    "claim_news": _("News of a claim"),
    "code": _("Code"),
    "reminder": _("Reminder"),
}

# Every table of words by the name that the filter `word` takes.
TABLES: Mapping[str, Mapping[str, str | Promise]] = {
    "category": CATEGORIES,
    "programme": PROGRAMMES,
    "sponsor_kind": SPONSOR_KINDS,
    "fund": FUNDS,
    "segment": SEGMENTS,
    "sector": SECTORS,
    "agreement_state": AGREEMENT_STATES,
    "end_reason": END_REASONS,
    "cover_status": COVER_STATUSES,
    "message_state": MESSAGE_STATES,
    "message_kind": MESSAGE_KINDS,
    "channel": CHANNELS,
    "job_state": JOB_STATES,
    "job_kind": JOB_KINDS,
    **claim_words.TABLES,
}
