"""The draft behind the three steps: who (typed, uploaded, chosen), how long, check and pay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from sertakan.enrolment.newcomers import findings
from sertakan.regions.models import Region
from sertakan.sponsors.drafts import Content, change_draft, content_of, open_draft
from sertakan.sponsors.models import Sponsor
from sertakan.vocabulary import Month, add_months
from sertakan.web import clock
from sertakan.web.guard import acting, user_of
from sertakan.web.sponsoring.sentences import sentence_of

MOST_WORKERS = 2_000


def sponsor_of(request: HttpRequest) -> Sponsor:
    """The sponsor that the reader acts for. Raises Http404 for none."""
    appointment = acting(request)
    if appointment is None or appointment.sponsor is None:
        raise Http404
    return appointment.sponsor


def chosen_so_far(request: HttpRequest) -> Content:
    """What the draft holds; empty where there is none."""
    return content_of(open_draft(sponsor_of(request)))


def change(request: HttpRequest, alter: Callable[[Content], None]) -> Content:
    """Alter the draft."""
    return change_draft(
        sponsor=sponsor_of(request), change=alter, by=user_of(request), now=clock.now()
    )


def days_of(content: Content) -> tuple[date, date]:
    """For which days: from today to the month chosen, else for a year."""
    today = clock.today()
    if content.get("last"):
        return today, (Month.parse(content["last"]) + 1).first_day
    return today, add_months(today, 12)


def worker_in(content: Content, key: int) -> dict[str, Any]:
    """The worker of this key. Raises Http404."""
    for worker in content.get("workers", []):
        if worker["key"] == key:
            return dict(worker)
    raise Http404


def put_worker(content: Content, told: Mapping[str, Any]) -> int:
    """Put a worker into the draft, or what is now told of one with a `key`; the key."""
    workers = content.setdefault("workers", [])
    for worker in workers:
        if worker["key"] == told.get("key"):
            worker.update(told)
            return int(worker["key"])
    key = content["last_key"] = content.get("last_key", 0) + 1
    workers.append({**told, "key": key})
    return int(key)


@dataclass(frozen=True, slots=True)
class Line:
    """A worker of the draft as the pages show them; `faults`: word, sentence, page that mends."""

    worker: Mapping[str, Any]
    place: str
    faults: Sequence[tuple[str, str]]


def lines_of(content: Content, sponsor: Sponsor, *, others: bool = False) -> list[Line]:
    """The workers of the draft with what speaks against each."""
    workers = content.get("workers", [])
    starts_on, ends_on = days_of(content)
    found = findings(
        workers, sponsor=sponsor.pk, starts_on=starts_on, ends_on=ends_on, others=others
    )
    names = names_of({worker.get("region") or "" for worker in workers})
    return [
        Line(
            worker,
            names.get(worker.get("region") or "", ""),
            [(str(sentence_of(fault)), mends(fault, worker["key"])) for fault in faults],
        )
        for worker, faults in zip(workers, found, strict=True)
    ]


MENDED_ON = {
    "job_missing": "sponsor-worker-job",
    "income_missing": "sponsor-worker-job",
    "place_missing": "sponsor-worker-place",
    "consent_missing": "sponsor-worker-consent",
}


def mends(fault: str, key: int) -> str:
    """The address of the page on which a fault can be mended."""
    return reverse(MENDED_ON.get(fault, "sponsor-worker"), kwargs={"key": key})


def next_page(worker: Mapping[str, Any]) -> str:
    """Where to go on with a worker: the first page that is still empty, else back to the list."""
    kwargs = {"key": worker["key"]}
    if not worker.get("category") or worker.get("income") is None:
        return reverse("sponsor-worker-job", kwargs=kwargs)
    if not worker.get("region"):
        return reverse("sponsor-worker-place", kwargs=kwargs)
    if not worker.get("consent"):
        return reverse("sponsor-worker-consent", kwargs=kwargs)
    return reverse("sponsor-people")


def names_of(codes: set[str]) -> dict[str, str]:
    """The names of places by their codes."""
    return dict(Region.objects.filter(pk__in=codes - {""}).values_list("code", "name"))
