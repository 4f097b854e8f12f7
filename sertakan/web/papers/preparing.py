"""Long papers: set in the background, kept sealed for a day for whoever asked, then deleted.

files/papers/<job>   the PDF, or a ZIP of several

What was asked for is the job itself: `args` holds the agreement, the kind of paper, the day, where
the pages are served, and whose pages it was asked on. A user has one of each at a time.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.errors import Refused
from sertakan.contributions.of_sponsors import from_the_line
from sertakan.documents import agreement_annex, card_sheet
from sertakan.documents.wording import Language
from sertakan.encryption.files import read_sealed, write_sealed
from sertakan.enrolment.models import Enrolment
from sertakan.sponsors.models import Agreement
from sertakan.web.papers.annexes import annex_paper
from sertakan.web.papers.answers import PDF, ZIP, paper_name
from sertakan.web.papers.cards import cards_of, holders
from sertakan.web.papers.offices import help_of
from sertakan.work.models import Job, State
from sertakan.work.operations import start
from sertakan.work.progress import Progress
from sertakan.work.queries import of_scope

KIND, FIELD = "agreement_paper", "paper"
ANNEX, CARDS = "annex", "cards"
AT_ONCE = 200  # people; a paper of more is set in the background
CARDS_A_FILE = 1_000
KEPT = timedelta(days=1)


class NobodyToPrint(Refused):
    """There is nobody under the agreement of whom this paper could speak."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of an agreement: `paper` is ANNEX or CARDS; `base` is where the pages are served.

    `by_sponsor`: asked for by the sponsor itself, who is named on its cards, and who is not told
    whom it has chosen from others' waiting lists.
    """

    paper: str
    on: date
    base: str
    language: Language
    by_sponsor: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file to be handed out."""

    name: str
    kind: str
    content: bytes


def people_of(agreement: Agreement, wanted: Wanted) -> QuerySet[Enrolment]:
    """The enrolments that the paper speaks of, as far as the records tell without the law."""
    enrolments = Enrolment.objects.filter(agreement=agreement, void=False)
    if wanted.paper == ANNEX:
        return enrolments
    if wanted.by_sponsor:
        enrolments = enrolments.exclude(from_the_line())
    return holders(enrolments, on=wanted.on)


def is_long(agreement: Agreement, wanted: Wanted) -> bool:
    """Whether it speaks of more people than are answered at once."""
    people = people_of(agreement, wanted).order_by()  # counting needs no order
    return people[: AT_ONCE + 1].count() > AT_ONCE


def set_paper(
    agreement: Agreement, wanted: Wanted, *, progress: Progress | None = None
) -> Prepared:
    """Set the paper now. Raises NobodyToPrint."""
    if wanted.paper == ANNEX:
        return _annex(agreement, wanted)
    return _cards(agreement, wanted, progress)


def prepare(agreement: Agreement, wanted: Wanted, *, by: User, now: datetime) -> Job:
    """Let the worker set it. Raises RunsAlready."""
    args = {
        "agreement": agreement.pk,
        "paper": wanted.paper,
        "on": wanted.on,
        "base": wanted.base,
        "language": wanted.language,
        "by_sponsor": wanted.by_sponsor,
    }
    scope = _scope(agreement, wanted.paper, by)
    return start(KIND, args=args, scope=scope, alone=True, by=by, now=now)


def do(job: Job, *, progress: Progress) -> dict[str, Any]:
    """Set what the job asks for and keep it; name and kind of the file."""
    told = job.args
    agreement = Agreement.objects.select_related("sponsor", "branch").get(pk=told["agreement"])
    wanted = Wanted(
        paper=told["paper"],
        on=date.fromisoformat(told["on"]),
        base=told["base"],
        language=told["language"],
        by_sponsor=told["by_sponsor"],
    )
    done = set_paper(agreement, wanted, progress=progress)
    write_sealed(_file(job.pk), done.content, FIELD)
    return {"name": done.name, "kind": done.kind, "bytes": len(done.content)}


def latest(agreement: Agreement, paper: str, user: User) -> Job | None:
    """The last of these papers that the user has asked for, unless its file is gone."""
    job = of_scope(_scope(agreement, paper, user), kind=KIND).filter(started_by=user).first()
    if job is None or job.state != State.DONE:
        return job
    return job if _file(job.pk).exists() else None


def handed_out(job: Job) -> Prepared | None:
    """The file of a job; None where it is not done, or deleted meanwhile."""
    if job.state != State.DONE or job.result is None:
        return None
    try:
        content = read_sealed(_file(job.pk), FIELD)
    except FileNotFoundError:
        return None
    return Prepared(job.result["name"], job.result["kind"], content)


def forget(*, now: datetime) -> None:
    """Delete the files a day after they were set, and any that no job stands for."""
    there = set(_files())
    young = Job.objects.filter(pk__in=there, kind=KIND).exclude(finished_at__lt=now - KEPT)
    for number in there - set(young.values_list("pk", flat=True)):
        _file(number).unlink(missing_ok=True)


def _annex(agreement: Agreement, wanted: Wanted) -> Prepared:
    paper, people = annex_paper(agreement, on=wanted.on)
    if not people:
        raise NobodyToPrint(_("Nobody is enrolled under this agreement."))
    content = agreement_annex(paper, people, language=wanted.language)
    return Prepared(f"{paper_name('lampiran', agreement.number)}.pdf", PDF, content)


def _cards(agreement: Agreement, wanted: Wanted, progress: Progress | None) -> Prepared:
    """One PDF, or for more than a thousand people a ZIP of several."""
    enrolments = list(people_of(agreement, wanted))
    cards = cards_of(
        enrolments,
        on=wanted.on,
        language=wanted.language,
        base=wanted.base,
        private_named=wanted.by_sponsor,
    )
    if not cards:
        raise NobodyToPrint(_("Nobody under this agreement is covered, so there is no card."))
    help = help_of(agreement.branch, host=wanted.base.partition("://")[2].rstrip("/"))
    name = paper_name("kartu", agreement.number)
    files: list[bytes] = []
    for portion in _portions(cards, CARDS_A_FILE):
        if progress is not None:
            done = len(files) * CARDS_A_FILE
            progress(done=done, total=len(cards), what=_("cards are ready"))
        files.append(card_sheet(portion, help=help, on=wanted.on, language=wanted.language))
    if len(files) == 1:
        return Prepared(f"{name}.pdf", PDF, files[0])
    return Prepared(f"{name}.zip", ZIP, _bundle(name, files))


def _portions(everyone: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for first in range(0, len(everyone), size):
        yield everyone[first : first + size]


def _bundle(name: str, files: Sequence[bytes]) -> bytes:
    """A ZIP of PDFs, which are compressed already."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_STORED) as bundle:
        for number, content in enumerate(files, 1):
            bundle.writestr(f"{name}-{number:02}.pdf", content)
    return told.getvalue()


def _scope(agreement: Agreement, paper: str, user: User) -> str:
    return f"{paper}:{agreement.pk}:{user.pk}"


def _file(job: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / str(job)


def _files() -> Iterator[int]:
    for path in (Path(settings.MEDIA_ROOT) / "papers").glob("*"):
        if path.name.isdigit():
            yield int(path.name)
