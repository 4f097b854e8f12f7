"""How far a scope reaches: by which path each kind of record hangs on a region, sponsor, branch.

Several paths of one kind mean that one of them is enough. A record without a path for a kind of
scope is out of its reach.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The paths from a record to what a scope names; `own` leads to the user whose record it is.

    `many` says that a path passes through many records, so that it must be asked as a subquery.
    `where` says of a path what must hold besides, of the same records that it passes through.
    """

    region: Paths = ()
    sponsor: Paths = ()
    branch: Paths = ()
    own: Paths = ()
    many: bool = False
    where: Mapping[str, Q] = field(default_factory=dict)


_AGREEMENT = Reach(
    region=("agreement__region",), sponsor=("agreement__sponsor",), branch=("agreement__branch",)
)

# Money of which nobody is known belongs to the branch for which an officer recorded it.
_RECORDED = "recorded_by__appointments__branch"
_NOBODYS_YET = Q(
    Q(recorded_by__appointments__ended_at=None)
    | Q(recorded_by__appointments__ended_at__gt=F("recorded_at")),
    sponsor=None,
    matching=None,
    recorded_by__appointments__since__lte=F("recorded_at"),
)

# Money matched to a sponsor and to no bill is of all its agreements.
_MATCHED = "matching__sponsor__agreements__region"

REACHES: Mapping[str, Reach] = {
    "regions.Branch": Reach(region=("region",), branch=("pk",)),
    "sponsors.Agreement": Reach(region=("region",), sponsor=("sponsor",), branch=("branch",)),
    "sponsors.StandingApproval": Reach(branch=("branch",)),
    "sponsors.Sponsor": Reach(
        region=("region", "agreements__region"),
        sponsor=("pk",),
        branch=("agreements__branch",),
        many=True,
    ),
    "enrolment.RosterImport": Reach(
        region=("agreement__region",),
        sponsor=("agreement__sponsor",),
        branch=("agreement__branch",),
        own=("imported_by",),
    ),
    "enrolment.RosterUpload": Reach(region=("region",), own=("uploaded_by",)),
    "enrolment.RosterRow": Reach(
        region=("roster_import__agreement__region", "region"),
        sponsor=("roster_import__agreement__sponsor",),
        branch=("roster_import__agreement__branch",),
        own=("roster_import__imported_by",),
    ),
    "enrolment.Enrolment": Reach(
        region=("agreement__region", "region"),
        sponsor=("agreement__sponsor",),
        branch=("agreement__branch",),
    ),
    "enrolment.Waiting": Reach(
        region=("agreement__region", "region"), branch=("agreement__branch",)
    ),
    "enrolment.Finding": Reach(
        region=("enrolment__agreement__region",), branch=("enrolment__agreement__branch",)
    ),
    "people.Person": Reach(
        region=("region", "enrolments__agreement__region", "waiting__agreement__region"),
        sponsor=("enrolments__agreement__sponsor",),
        branch=("enrolments__agreement__branch", "waiting__agreement__branch"),
        many=True,
    ),
    "contributions.Bill": _AGREEMENT,
    "contributions.Payment": Reach(
        region=(
            "bill__agreement__region",
            "sponsor__region",
            "matching__bill__agreement__region",
            "matching__sponsor__region",
            _MATCHED,
        ),
        sponsor=("sponsor", "matching__sponsor"),
        branch=(
            "bill__agreement__branch",
            "sponsor__agreements__branch",
            "matching__sponsor__agreements__branch",
            _RECORDED,
        ),
        where={_RECORDED: _NOBODYS_YET, _MATCHED: Q(matching__bill=None)},
        many=True,
    ),
    "claims.Claim": Reach(
        region=("person__region", "person__enrolments__agreement__region"),
        branch=("person__enrolments__agreement__branch",),
        many=True,
    ),
    "analytics.MonthlyTotal": Reach(
        region=("agreement__region", "region"),
        sponsor=("agreement__sponsor",),
        branch=("agreement__branch",),
    ),
    "analytics.CoverEnd": Reach(
        region=("agreement__region", "region"),
        sponsor=("agreement__sponsor",),
        branch=("agreement__branch",),
    ),
    "analytics.PersonMonth": Reach(
        region=("agreement__region", "region"),
        sponsor=("agreement__sponsor",),
        branch=("agreement__branch",),
    ),
    "access.Appointment": Reach(sponsor=("sponsor",)),
    "access.Invitation": Reach(sponsor=("sponsor",)),
    # Reached by whoever works for everything, and by nobody else.
    "accounts.User": Reach(),
    "outbox.Message": Reach(),
    "work.Job": Reach(),
    "ledger.Account": Reach(),
    "ledger.Entry": Reach(),
}
