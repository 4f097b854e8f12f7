"""A small world in two scopes, ours and a foreign one, for the tests that hold for all pages.

Each side has a city, a branch, a sponsor, and a record of each kind that a URL can name, in each
state in which it can stand. Whoever adds a row to the table of access adds here what its test
needs:

* a kind of record, named by `Row.on`: a function that makes it on a side, in its states:

      @kind("claims.Claim")
      def claims(side: Side) -> dict[str, Model]:   # "" where the kind has no states
          return {"reported": reported(side.person("Siti"), …), …}

* words of a URL other than `pk` and `reference`: a line in WORDS;
* whatever else should stand in lists: a function under `@also`.

On the foreign side every name of a person holds FOREIGN_NAME, every name of an organisation and
every number FOREIGN_OFFICE; `side.named("Budi")` adds it. The walk then sees to it that these
words stand in no answer to those who have no business with them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from sertakan.access.models import Appointment
from sertakan.access.operations import appoint, invite
from sertakan.access.roles import SCOPES, Role
from sertakan.access.table import Row
from sertakan.accounts.models import User
from sertakan.contributions.card_tokens import token_of
from sertakan.enrolment.models import (
    Finding,
    RosterImport,
    RosterRow,
    RosterUpload,
    Screening,
    Waiting,
)
from sertakan.ledger.models import Account, Entry
from sertakan.messages.models import Channel, Message
from sertakan.messages.operations import Letter, post
from sertakan.people.models import Person
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.drafts import change_draft
from sertakan.sponsors.models import Agreement, Sponsor, StandingApproval
from sertakan.work.models import Job
from tests.claims import making as claims_making
from tests.contributions.making import billed, paid
from tests.enrolment.making import NOW, an_agreement, enrolled, some_people
from tests.web.making import a_total
from tests.web.people import a_user, an_appointed

FOREIGN_NAME, FOREIGN_OFFICE = "Qadarsih", "Xylomadu"
TODAY = date(2026, 11, 23)
Records = Mapping[str, Model]


@dataclass
class Side:
    """One of the two scopes, and everything in it."""

    name: str  # "ours" or "foreign"
    region: Region
    village: Region
    branch: Branch
    sponsor: Sponsor
    agreement: Agreement | None = None
    records: dict[str, Records] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        return self.name == "foreign"

    def named(self, person: str) -> str:
        """A person's name on this side."""
        return f"{person} {FOREIGN_NAME}" if self.is_foreign else f"{person} Setempat"

    def office(self, name: str) -> str:
        """The name of an organisation, or a number, on this side."""
        return f"{name} {FOREIGN_OFFICE}" if self.is_foreign else f"{name} Setempat"

    def person(self, name: str) -> int:
        """The id of a new person of this side, enrolled for the year."""
        (person,) = some_people(self.named(name), region=[self.village.pk])
        enrolled(person, self.agreement, region=self.village)
        return person

    def user(self, name: str = "Rini") -> User:
        """Somebody of this side, by whom something was done."""
        return a_user(self.named(name))


@dataclass(frozen=True)
class World:
    """Both sides, and who has no side: users of everything, and one without a role."""

    ours: Side
    foreign: Side
    everywhere: dict[str, User]
    without_a_role: User


def _screening(side: "Side") -> int:
    return side.records["enrolment.Finding"]["open"].screening_id


KINDS: dict[str, Callable[[Side], Records]] = {}
ALSO: list[Callable[[Side], None]] = []
# Other words of URLs, by page. A page of ANYONE that names nothing real may stand here too.
WORDS: dict[str, Callable[[Side], dict[str, Any]]] = {
    "city-region": lambda side: {"code": side.village.pk},
    "card": lambda side: {"token": token_of(Person(pk=0), issued_on=TODAY, valid_through=TODAY)},
    "account_reset_password_from_key": lambda side: {"uidb36": "1", "key": "set-password"},
    "branch-claim-report": lambda side: {"step": "kematian"},
    "branch-claim-state": lambda side: {"step": "keluarga"},
    "city-screening": lambda side: {"pk": _screening(side)},
    "city-screening-apply": lambda side: {"pk": _screening(side)},
    "invitation": lambda side: {"secret": "not-one-that-was-told"},
    "mfa_remove_webauthn": lambda side: {"pk": 1},  # without a recent sign-in it is nobody's
    "mfa_edit_webauthn": lambda side: {"pk": 1},
    "sponsor-worker": lambda side: {"key": 1},
    "sponsor-worker-job": lambda side: {"key": 1},
    "sponsor-worker-place": lambda side: {"key": 1},
    "sponsor-worker-consent": lambda side: {"key": 1},
    "sponsor-worker-drop": lambda side: {"key": 1},
    "sponsor-choice-drop": lambda side: {"number": 0},
}


def kind(label: str) -> Callable[[Callable[[Side], Records]], Callable[[Side], Records]]:
    """The decorated function makes the records of this kind."""

    def register(function: Callable[[Side], Records]) -> Callable[[Side], Records]:
        KINDS[label] = function
        return function

    return register


def also(function: Callable[[Side], None]) -> Callable[[Side], None]:
    """The decorated function makes what else should stand in lists."""
    ALSO.append(function)
    return function


@kind("sponsors.Sponsor")
def sponsors(side: Side) -> Records:
    return {"": side.sponsor}


@kind("regions.Branch")
def branches(side: Side) -> Records:
    return {"": side.branch}


@kind("sponsors.Agreement")
def agreements(side: Side) -> Records:
    fields = {"sponsor": side.sponsor, "region": side.region, "branch": side.branch}
    side.agreement = an_agreement(side.office("PKS/1"), places=40, **fields)
    return {
        "approved": side.agreement,
        "draft": an_agreement(side.office("PKS/2"), state="draft", **fields),
        "closed": an_agreement(side.office("PKS/3"), state="closed", **fields),
    }


@kind("enrolment.RosterImport")
def imports(side: Side) -> Records:
    roster = RosterImport.objects.create(
        agreement=side.agreement,
        fingerprint=side.name.encode().ljust(32, b"-"),
        files=[{"file": f"{side.office('daftar')}.xlsx", "sha256": "", "rows": 6, "notes": []}],
        checked_on=TODAY, rows=6, accepted=3, rejected=1, duplicate=1, review=1,
        imported_at=NOW, imported_by=side.users[Role.KELURAHAN_OPERATOR],
    )  # fmt: skip
    return {"": roster}


@kind("enrolment.RosterUpload")
def uploads(side: Side) -> Records:
    def upload(state: str) -> RosterUpload:
        file = {
            "name": f"{side.office('usulan')}.xlsx", "bytes": 9_000, "sha256": "", "rows": 1,
            "refused": "", "notes": [], "twice": "", "imports": [], "errors": "",
        }  # fmt: skip
        return RosterUpload.objects.create(
            region=side.region, checked_on=TODAY, state=state, files=[file], rows=1, review=1,
            summary=[[0, "review", "nik_sex_mismatch", 1]], uploaded_at=NOW,
            uploaded_by=side.users[Role.KELURAHAN_OPERATOR],
        )  # fmt: skip

    return {state: upload(state) for state in ("checking", "checked", "discarded")}


@kind("enrolment.RosterRow")
def roster_rows(side: Side) -> Records:
    def row(number: int, state: str, outcome: str) -> RosterRow:
        decided = {} if state == "open" else {"decided_at": NOW, "decided_by": side.user()}
        return RosterRow.objects.create(
            roster_import=side.records["enrolment.RosterImport"][""],
            file=f"{side.office('daftar')}.xlsx", sheet="Sheet1", row=number, outcome=outcome,
            reasons=["nik_missing"], fixes=[], name=side.named("Tarno"),
            birth_date=date(1980, 5, 12), category="rt_rw", region=side.village,
            state=state, **decided,
        )  # fmt: skip

    return {
        "open": row(2, "open", "review"),
        "admitted": row(3, "admitted", "review"),
        "dismissed": row(4, "dismissed", "rejected"),
    }


@kind("people.Person")
def people(side: Side) -> Records:
    (person,) = some_people(side.named("Budi"), region=[side.village.pk])
    side.records["enrolment.Enrolment"] = {
        "": enrolled(person, side.agreement, region=side.village)
    }
    return {"": side.records["enrolment.Enrolment"][""].person}


@kind("enrolment.Enrolment")
def enrolments(side: Side) -> Records:
    return side.records["enrolment.Enrolment"]


@kind("enrolment.Waiting")
def waiting(side: Side) -> Records:
    (person,) = some_people(side.named("Wati"), region=[side.village.pk])
    return {
        "waiting": Waiting.objects.create(
            agreement=side.agreement, person_id=person, accepted_on=TODAY, category="rt_rw",
            region=side.village,
        )
    }  # fmt: skip


@kind("enrolment.Finding")
def findings(side: Side) -> Records:
    screening = Screening.objects.create(
        screened_on=TODAY, enrolled=1, screened_at=NOW, screened_by=side.user()
    )
    enrolment = side.records["enrolment.Enrolment"][""]
    return {
        "open": Finding.objects.create(
            screening=screening, enrolment=enrolment, reason="death", since=date(2026, 11, 1)
        )
    }


@kind("contributions.Bill")
def bills(side: Side) -> Records:
    side.person("Agus")
    return {"": billed(side.agreement, "2026-01", "2026-12")}


@kind("contributions.Payment")
def payments(side: Side) -> Records:
    bill = side.records["contributions.Bill"][""]
    paid(bill.total_rupiah, code=bill.payment_code, bank=side.office("Bank"))
    return {"": bill.payments.get()}


@kind("claims.Claim")
def claims(side: Side) -> Records:
    """Deaths of people who were paid for, one in each state."""
    states = ("reported", "decided", "approved", "paid")
    dead = {state: side.person(f"Almarhum {state}") for state in states}
    bill = billed(side.agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code, bank=side.office("Bank"))
    made = {}
    for state, person in dead.items():
        claim = claims_making.reported(person, date(2026, 6, 10), by=side.named("Rini"))
        claim.reporter_name = side.named("Siti")
        claim.save(update_fields=["reporter_name"])
        made[state] = claim
    for state in states[1:]:
        claims_making.decided(claims_making.with_papers(made[state]))
    for state in states[2:]:
        claims_making.approved(made[state])
    claims_making.paid_out(made["paid"], reference=side.office("OUT"))
    for claim in made.values():
        claim.refresh_from_db()
    return made


@kind("sponsors.StandingApproval")
def standing_approvals(side: Side) -> Records:
    return {
        "": StandingApproval.objects.create(
            branch=side.branch, most_places=5, given_by=side.user(), given_at=NOW
        )
    }


@kind("analytics.MonthlyTotal")
def totals(side: Side) -> Records:
    return {"": a_total(side.agreement, side.village.pk, 40, 38)}


@kind("access.Appointment")
def appointments(side: Side) -> Records:
    user = a_user(side.named("Ratna"))
    return {"": appoint(user=user, role=Role.SPONSOR, over=side.sponsor, by=side.user(), now=NOW)}


@kind("access.Invitation")
def invitations(side: Side) -> Records:
    email = f"diundang@{'qadarsih' if side.is_foreign else 'setempat'}.example"
    invitation, _secret = invite(
        email=email, name=side.named("Undangan"), role=Role.SPONSOR, over=side.sponsor,
        by=side.user(), now=NOW,
    )  # fmt: skip
    return {"": invitation}


@also
def draft_of_the_sponsor(side: Side) -> None:
    """A worker typed in, and two chosen from those who wait."""
    worker = {
        "key": 1, "nik": "3577011205800999", "name": side.named("Darmi"), "phone": "",
        "birth_date": "1980-05-12", "category": "msme", "sector": "other", "income": 0,
        "region": side.village.pk, "sure": True,
        "consent": {"wording": "2026-11", "at": NOW.isoformat(), "by": side.user().pk},
    }  # fmt: skip
    chosen = {"region": side.village.pk, "category": "rt_rw", "count": 1}
    content = {"workers": [worker], "last_key": 1, "chosen": [chosen], "last": "2027-01"}
    change_draft(
        sponsor=side.sponsor, change=lambda draft: draft.update(content), by=side.user(), now=NOW
    )


@kind("accounts.User")
def users(side: Side) -> Records:
    return {"": a_user(side.named("Joko"), second_factor=True)}


@kind("outbox.Message")
def outbox(side: Side) -> Records:
    recipient = f"{side.named('Siti')}@example.org".replace(" ", ".")
    letter = Letter(Channel.EMAIL, recipient, "Kabar", "Isi", kind="news")
    post([letter], now=NOW)
    message = Message.objects.latest("pk")
    Message.objects.filter(pk=message.pk).update(state="given_up", last_error="no such mailbox")
    message.refresh_from_db()
    return {"given_up": message}


@kind("work.Job")
def jobs(side: Side) -> Records:
    job = Job.objects.create(
        kind="make_totals", language="id", started_by=side.user(), created_at=NOW, started_at=NOW,
        finished_at=NOW, state="failed", refusal="Tidak ada data.",
    )  # fmt: skip
    return {"failed": job}


@kind("ledger.Entry")
def entries(side: Side) -> Records:
    bill = side.records["contributions.Bill"][""]
    return {"": Entry.objects.get(reference=f"bill/{bill.pk}/issued")}


@kind("ledger.Account")
def accounts(side: Side) -> Records:
    return {"": Account.objects.get(code=f"receivable/sponsor/{side.sponsor.pk}")}


def a_world() -> World:
    """Both sides, made anew."""
    ours = _a_side("ours", "35.77", "35.77.01.1003")
    foreign = _a_side("foreign", "35.79", "35.79.01.1001")
    return World(
        ours=ours,
        foreign=foreign,
        everywhere={role: an_appointed(role) for role, over in SCOPES.items() if "" in over},
        without_a_role=a_user("Tanpa Peran"),
    )


def _a_side(name: str, region: str, village: str) -> Side:
    office = FOREIGN_OFFICE if name == "foreign" else "Setempat"
    side = Side(
        name=name,
        region=Region.objects.get(pk=region),
        village=Region.objects.get(pk=village),
        branch=Branch.objects.create(code=f"B-{name}", name=f"Cabang {name}"),
        sponsor=Sponsor.objects.create(
            name=f"Pemerintah {office}", kind="government", region_id=region
        ),
    )
    side.users = _users(side)
    for label, make in KINDS.items():
        side.records[label] = make(side)
    for make_more in ALSO:
        make_more(side)
    return side


def _users(side: Side) -> dict[str, User]:
    """One for each role and kind of scope: `city_officer`, `auditor`, `auditor over a branch`."""
    over = {"region": side.region, "branch": side.branch, "sponsor": side.sponsor}
    users = {}
    for role, kinds in SCOPES.items():
        for number, scope in enumerate(sorted(kinds - {""}, reverse=True)):
            held = side.village if role == Role.KELURAHAN_OPERATOR else over[scope]
            label = f"{role} over a {scope}" if number else str(role)
            users[label] = an_appointed(role, over=held, name=side.named(label))
    return users


def addresses(row: Row, side: Side) -> Iterator[tuple[str, str, Model | None]]:
    """(state, path, record) of a page for each record of this side that it can be opened on.

    None where this module does not know how to name one: see `unknown`.
    """
    records = side.records.get(row.on, {}) if row.on else {"": None}
    words = WORDS.get(row.page, lambda side: {})(side)
    for state, record in records.items():
        if path := _path(row.page, record, words):
            yield state, path, record


def unknown(row: Row, side: Side) -> str:
    """What this module does not know about a page; empty where it knows all."""
    if row.on and row.on not in side.records:
        return f"{row.page} is on {row.on}: please add it to tests/web/world.py."
    if not any(addresses(row, side)):
        return f"{row.page} wants more words: please add them to WORDS in tests/web/world.py."
    return ""


def _path(page: str, record: Model | None, words: dict[str, Any]) -> str:
    tries: list[dict[str, Any]] = [words]
    if record is not None:
        tries = [{**words, "pk": record.pk}]
        if hasattr(record, "reference"):
            tries.append({**words, "reference": record.reference})
    for told in tries:
        try:
            with override("id"):
                return reverse(page, kwargs=told)
        except NoReverseMatch:
            continue
    return ""


def held(user: User) -> Appointment | None:
    """The role that a user holds."""
    return user.appointments.first()
