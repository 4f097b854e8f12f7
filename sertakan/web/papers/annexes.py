"""The annex to an agreement: its terms, and everyone who is or was in it."""

from datetime import date, timedelta

from sertakan.documents.annexes import Annex, Enrolled
from sertakan.enrolment.models import Enrolment
from sertakan.people.queries import masked_nik
from sertakan.sponsors.models import Agreement
from sertakan.web.papers.offices import issuer_of
from sertakan.web.place_names import place_name


def annex_paper(agreement: Agreement, *, on: date) -> tuple[Annex, list[Enrolled]]:
    """The terms as they stand on a day, and the people by name.

    The agreement's sponsor and branch are at hand.
    """
    last_day = agreement.ends_on - timedelta(days=1)
    enrolled = (
        Enrolment.objects.filter(agreement=agreement, void=False)
        .select_related("person", "region")
        .order_by("person__name", "pk")
    )
    paper = Annex(
        agreement=agreement.number,
        sponsor=place_name(agreement.sponsor.name),
        first_day=agreement.starts_on,
        last_day=last_day,
        places=agreement.places,
        budget=agreement.budget_rupiah,
        fund=agreement.fund,
        programmes=tuple(agreement.programmes),
        as_of=on,
        issuer=issuer_of(agreement.branch),
    )
    people = [
        Enrolled(
            name=each.person.name,
            nik=masked_nik(each.person),
            category=each.category,
            region=place_name(each.region.name) if each.region else "–",
            first_day=each.starts_on,
            last_day=each.last_day or last_day,
        )
        for each in enrolled.iterator(chunk_size=2_000)
    ]
    return paper, people
