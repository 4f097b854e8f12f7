"""Who may sign in to the demonstration, and what anyone may try on the pages for anyone.

One user for each role, with a verified e-mail address, the one password of the demonstration
and, for staff, a second factor. Made up like everything there, and refused in production.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from rich.console import Console

from sertakan.access.operations import Scope, appoint
from sertakan.access.roles import STAFF, Role
from sertakan.accounts.demonstration import PASSWORD
from sertakan.accounts.models import User
from sertakan.claims.models import Claim
from sertakan.cli.demo.cast import Agreements, Cast
from sertakan.contributions.card_tokens import token_of
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from sertakan.regions.models import Level, Region

MORE = {
    Role.KELURAHAN_OPERATOR: (
        "operator@kelurahan.contoh.id",
        "Endang Lestari (operator kelurahan)",
    ),
    Role.AUDITOR: ("auditor@inspektorat.contoh.id", "Wahyu Nugroho (auditor)"),
    Role.ADMINISTRATOR: ("admin@sertakan.contoh.id", "Dian Permata (administrator)"),
}
CARD_THROUGH = date(2026, 12, 31)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a user of the demonstration signs in with; a `secret` for the second factor of staff."""

    role: Role
    email: str
    secret: str


def let_in(*, cast: Cast, agreements: Agreements, region: Region, now: datetime) -> list[SignIn]:
    """Give the users of the story, and three more, their roles, and say what each signs in with."""
    if settings.PRODUCTION:
        return []
    more = {
        role: User.objects.create_user(email, name=name) for role, (email, name) in MORE.items()
    }
    branch = agreements.vulnerable.branch
    held: list[tuple[User, Role, Scope]] = [
        (cast.officer, Role.CITY_OFFICER, region),
        (more[Role.KELURAHAN_OPERATOR], Role.KELURAHAN_OPERATOR, a_village(region)),
        (cast.neighbour, Role.SPONSOR, agreements.neighbour.sponsor),
        (cast.company, Role.SPONSOR, agreements.company.sponsor),
        (cast.utility, Role.SPONSOR, agreements.utility.sponsor),
        (cast.branch_officer, Role.BRANCH_OFFICER, branch),
        (cast.branch_approver, Role.BRANCH_APPROVER, branch),
        (more[Role.AUDITOR], Role.AUDITOR, region),
        (more[Role.ADMINISTRATOR], Role.ADMINISTRATOR, None),
    ]
    password = make_password(PASSWORD)  # once: it takes its time on purpose
    return [_opened(user, role, over, password, now) for user, role, over in held]


def a_village(region: Region) -> Region:
    """The kelurahan of the operator: the first of the city; the city where none is known."""
    villages = Region.objects.filter(code__startswith=f"{region.code}.", level=Level.VILLAGE)
    return villages.order_by("code").first() or region


def _opened(user: User, role: Role, over: Scope, password: str, now: datetime) -> SignIn:
    user.password = password
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    appoint(user=user, role=role, over=over, by=None, now=now)
    if role not in STAFF:
        return SignIn(role, user.email, "")
    secret: str = generate_totp_secret()
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, secret)
    return SignIn(role, user.email, secret)


def tell(sign_ins: list[SignIn], console: Console, *, on: date, address: str) -> None:
    """Who can be tried out, and what on the pages for anyone."""
    if not sign_ins:
        return
    console.print(f"\nSign in at {address}/masuk with the password {PASSWORD}")
    for each in sign_ins:
        factor = f"  second factor {each.secret}" if each.secret else ""
        console.print(f"  {each.role.value:<19} {each.email:<29}{factor}", soft_wrap=True)
    console.print(f"Messages, and the codes of the second factors: {address}/demo/pesan")
    for line in to_try(on=on, address=address):
        console.print(line, soft_wrap=True)


def to_try(*, on: date, address: str) -> Iterator[str]:
    """A worker, a card and a claim of the demonstration for the pages for anyone."""
    workers = Person.objects.filter(
        enrolments__void=False, died_on=None, birth_date__isnull=False, claim=None
    )
    worker = workers.filter(phone_encrypted__isnull=False).order_by("pk").first()
    if worker:
        nik = decrypt(worker.nik_encrypted, "nik")
        yield f"Check a cover: {address}/cek with NIK {nik}, born {worker.birth_date:%d-%m-%Y}"
    someone = worker or workers.order_by("pk").first()
    if someone:
        token = token_of(someone, issued_on=min(on, CARD_THROUGH), valid_through=CARD_THROUGH)
        yield f"Scan a card: {address}/k/{token}"
    claim = Claim.objects.select_related("person").order_by("pk").first()
    if claim and claim.person.birth_date:
        yield (
            f"Follow a claim: {address}/klaim with {claim.reference}, "
            f"born {claim.person.birth_date:%d-%m-%Y}"
        )
