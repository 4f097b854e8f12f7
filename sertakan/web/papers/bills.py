"""A bill, or a correction, as its paper says it."""

from django.db.models import Count, Sum

from sertakan.contributions.models import Bill, BillLine
from sertakan.contributions.queries import outstanding
from sertakan.documents import bills as papers
from sertakan.documents.papers import Cited
from sertakan.law.contributions import SECTORS, tariff
from sertakan.people.models import Person
from sertakan.people.queries import masked_nik
from sertakan.sponsors.models import Segment
from sertakan.vocabulary import Month
from sertakan.web.bill_figures import months_of
from sertakan.web.papers.offices import issuer_of
from sertakan.web.place_names import place_name


def bill_paper(one: Bill, *, listed: bool) -> papers.Bill:
    """The paper of a bill whose agreement, sponsor and branch are at hand.

    `listed`: with everyone it charges for, by name; else only how many they are.
    """
    return papers.Bill(
        number=one.number,
        sponsor=place_name(one.agreement.sponsor.name),
        agreement=one.agreement.number,
        issued_on=one.issued_on,
        due_on=one.due_on,
        people=one.people,
        charged=tuple(
            papers.MonthCharged(
                Month.of(row["month"]), row["people"], row["jkk"], row["jkm"], row["jht"]
            )
            for row in months_of(one)
        ),
        provisions=_cited(one),
        issuer=issuer_of(one.agreement.branch),
        payment_code=one.payment_code,
        outstanding=outstanding(one) if one.payment_code else None,
        corrects=one.corrects.number if one.corrects else None,
        refund=one.refund_rupiah,
        corrections=tuple(
            papers.Correction(each.number, each.issued_on, each.total_rupiah)
            for each in one.corrections.order_by("pk")
        ),
        listed=tuple(_listed(one)) if listed else (),
    )


def _listed(one: Bill) -> list[papers.Billed]:
    """Everyone on the bill, by name."""
    charged = {
        row["person_id"]: row
        for row in BillLine.objects.filter(bill=one)
        .values("person_id")
        .annotate(months=Count("month"), total=Sum("rupiah"))
    }
    people = Person.objects.filter(pk__in=list(charged)).only("name", "nik_encrypted")
    return [
        papers.Billed(
            each.name, masked_nik(each), charged[each.pk]["months"], charged[each.pk]["total"]
        )
        for each in people.order_by("name", "pk")
    ]


def _cited(one: Bill) -> tuple[Cited, ...]:
    """What the tariffs of its months and sectors rest on, each provision once."""
    agreement = one.agreement
    charged = BillLine.objects.filter(bill=one).values_list("month", "enrolment__sector")
    cited: dict[Cited, None] = {}
    for month, sector in charged.order_by("month", "enrolment__sector").distinct():
        rates = tariff(
            segment="PU" if agreement.segment == Segment.PU else "BPU",
            month=Month.of(month),
            sector=sector if sector in SECTORS else "other",
            fund=agreement.fund,
            risk_class=agreement.risk_class or 1,
        )
        cited |= {Cited(each.name, each.since, each.source): None for each in rates.provisions}
    return tuple(cited)
