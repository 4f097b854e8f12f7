"""Membership cards as they are printed: who is covered, by whom, through which day."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.contributions.card_tokens import token_of
from sertakan.contributions.of_sponsors import covers_now
from sertakan.documents.card_token import address
from sertakan.documents.cards import Card
from sertakan.documents.wording import Language
from sertakan.enrolment.models import Enrolment
from sertakan.people.queries import masked_nik
from sertakan.sponsors.models import SponsorKind
from sertakan.web.place_names import place_name


def holders(enrolments: QuerySet[Enrolment], *, on: date) -> QuerySet[Enrolment]:
    """Those of `enrolments` for whom a card can be printed on a day, by name: they run, or will.

    Whether their months are paid is asked by `cards_of`.
    """
    running = enrolments.filter(void=False, ends_on__gt=on, person__died_on=None)
    return running.select_related("person", "agreement__sponsor").order_by("person__name", "pk")


def cards_of(
    enrolments: Sequence[Enrolment],
    *,
    on: date,
    language: Language,
    base: str,
    private_named: bool = False,
) -> list[Card]:
    """The cards of those of `holders` who are covered on a day, or will be without paying more.

    `base` is where the pages are served: the code on a card opens it. A private sponsor is named
    only on cards that they print themselves (`private_named`).
    """
    covers = covers_now({each.person_id for each in enrolments}, on=on)
    papers = []
    with translation.override(language):
        for each in enrolments:
            now = covers.get(each.person_id)
            if now is None or now.through is None or now.through < on or each.ends_on is None:
                continue
            through = min(now.through, each.ends_on - timedelta(days=1))
            papers.append(_card(each, through, on=on, base=base, private_named=private_named))
    return papers


def _card(one: Enrolment, through: date, *, on: date, base: str, private_named: bool) -> Card:
    sponsor = one.agreement.sponsor
    unnamed = sponsor.kind == SponsorKind.PERSON and not private_named
    first = max(one.starts_on, one.accepted_on)
    return Card(
        number=f"{one.person_id:010}",
        name=one.person.name,
        nik=masked_nik(one.person),
        programmes=tuple(one.agreement.programmes),
        sponsor=_("A private sponsor") if unnamed else place_name(sponsor.name),
        cover=f"{date_format(first, 'j M Y')} – {date_format(through, 'j M Y')}",
        address=address(base, token_of(one.person, issued_on=on, valid_through=through)),
    )
