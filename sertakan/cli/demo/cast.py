"""Who appears in the demo: users, sponsors, and the neighbour's two workers. All made up."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sertakan.accounts.models import User
from sertakan.law.contributions import price
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.models import Agreement, Fund, Segment, Sponsor, SponsorKind
from sertakan.sponsors.operations import approve_agreement, make_agreement, register_sponsor
from sertakan.vocabulary import Month

YEAR = 2026
LOWEST_INCOME = 1_000_000  # rupiah a month, band 1: what is assumed of those who declare none
MINIMUM_WAGE = 2_185_000  # rupiah a month; 0.54 % of it is the Rp11.800 that Madiun reports
LOW_RISK = 1


@dataclass(frozen=True, slots=True)
class Cast:
    """The users, by what they do."""

    officer: User  # the city's
    utility: User
    company: User
    neighbour: User
    branch_officer: User
    branch_approver: User


USERS = {
    "officer": ("sari@kota.contoh.id", "Sari Wulandari (petugas kota)"),
    "utility": ("joko@air.contoh.id", "Joko Prasetyo (perumda air minum)"),
    "company": ("lina@sumberrejeki.contoh.id", "Lina Hartati (PT Sumber Rejeki)"),
    "neighbour": ("bu.lestari@contoh.id", "Lestari Handayani (tetangga)"),
    "branch_officer": ("bagus@cabang.contoh.id", "Bagus Santoso (petugas cabang)"),
    "branch_approver": ("ratna@cabang.contoh.id", "Ratna Dewi (penyetuju cabang)"),
}

# No area code begins with 00: nobody can be reached there.
BRANCH_REACHED = {
    "address": "Jalan Contoh Nomor 1",
    "phone": "(0000) 000 000",
    "email": "cabang@contoh.id",
}

# Published denominators, by region: all members of the real city, not of this made-up one.
PUBLISHED: dict[str, dict[str, Any]] = {
    "35.77": {
        "on": date(2025, 12, 29),
        "working_population": 96_093,
        "active_members": 51_404,
        "published_percent": Decimal("53.49"),
        "source": "disnaker.madiunkota.go.id",
    }
}

# The two workers around the neighbour's house: typed in, not from a roster.
NEIGHBOURS_WORKERS = [
    {
        "serial": "9871",
        "name": "Parmin Sudarmo",
        "birth_date": date(1979, 5, 17),
        "sex": "L",
        "sector": "transport",  # drives an ojek
    },
    {
        "serial": "9872",
        "name": "Wagiyem Astuti",
        "birth_date": date(1971, 9, 3),
        "sex": "P",
        "sector": "other",  # helps in the house
    },
]


def make_users() -> Cast:
    """The users of the story; `sign_ins.let_in` gives them roles and passwords at its end."""
    return Cast(
        **{
            role: User.objects.create_user(email, name=name, is_staff=role.startswith("branch"))
            for role, (email, name) in USERS.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements of the year, approved by the branch."""

    vulnerable: Agreement  # the city, for vulnerable workers (BPU)
    non_asn: Agreement  # the city, for its own non-ASN staff (PU)
    utility: Agreement
    company: Agreement
    neighbour: Agreement


def make_agreements(
    cast: Cast,
    region: Region,
    *,
    vulnerable: int,
    non_asn: int,
    waiting: int,
    income: int,
    now: datetime,
) -> Agreements:
    """Agreements for the whole year with so many places for the city's two groups.

    Of those who will be left `waiting` the utility takes nearly half, the company a quarter. The
    budget is enough for a whole year without relief for people of that `income` (rupiah a month).
    """
    place = region.name.title()
    branch = Branch.objects.create(
        code="CONTOH", name=f"Cabang {place}", region=region, **BRANCH_REACHED
    )
    full = price(segment="BPU", month=Month(YEAR, 1), income=income, fund="apbd").total
    maker = _Maker(region, branch, cast, now, yearly=full * 12)
    city = maker.sponsor(f"Pemerintah {place}", SponsorKind.GOVERNMENT, cast.officer)
    own_staff = maker.agreement(
        "PKS-01",
        city,
        Fund.APBD,
        non_asn,
        segment=Segment.PU,
        wage=MINIMUM_WAGE,
        risk_class=LOW_RISK,
        categories=["non_asn"],
    )
    others = sorted(
        {"rt_rw", "social_worker", "linmas", "health_cadre", "grave_keeper", "worship_keeper"}
        | {"farmer", "msme", "other_informal"}
    )
    utility = maker.sponsor(
        f"Perumda Air Minum {place}", SponsorKind.STATE_ENTERPRISE, cast.utility
    )
    company = maker.sponsor("PT Sumber Rejeki Contoh", SponsorKind.COMPANY, cast.company)
    neighbour = maker.sponsor("Lestari Handayani", SponsorKind.PERSON, cast.neighbour)
    return Agreements(
        vulnerable=maker.agreement("PKS-02", city, Fund.APBD, vulnerable, categories=others),
        non_asn=own_staff,
        utility=maker.agreement(
            "PKS-03", utility, Fund.STATE_ENTERPRISE, max(waiting * 9 // 20, 1)
        ),
        company=maker.agreement("PKS-04", company, Fund.COMPANY, max(waiting // 4, 1)),
        neighbour=maker.agreement("PKS-05", neighbour, Fund.OWN, 2),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    region: Region
    branch: Branch
    cast: Cast
    now: datetime
    yearly: int  # rupiah for one place

    def sponsor(self, name: str, kind: str, by: User) -> Sponsor:
        return register_sponsor(
            name=name, kind=kind, region=self.region, email=by.email, by=by, now=self.now
        )

    def agreement(
        self, number: str, sponsor: Sponsor, fund: str, places: int, **terms: Any
    ) -> Agreement:
        if terms.get("segment") != Segment.PU:
            terms["assumed_income"] = LOWEST_INCOME
        draft = make_agreement(
            number=f"{number}/{self.region.code}/{YEAR}",
            sponsor=sponsor,
            fund=fund,
            places=places,
            budget_rupiah=places * self.yearly,
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR + 1, 1, 1),
            region=self.region,
            branch=self.branch,
            by=self.cast.officer,
            now=self.now,
            **terms,
        )
        return approve_agreement(agreement=draft, by=self.cast.branch_approver, now=self.now)
