"""The amounts of a death claim in rupiah: JKM, JKK, and the scholarships of the children."""

from __future__ import annotations

from datetime import date
from typing import Any

from sertakan.law import contributions, scholarships
from sertakan.law.cover import Cover
from sertakan.law.decisions import Case
from sertakan.vocabulary import elapsed_months

BENEFITS = ("death_grant", "periodic_grant", "funeral", "short_membership", "scholarship_lump")


def jkm(case: Case, died_on: date, *, short: bool, funeral_only: bool) -> None:
    """PP 44/2015 Pasal 34, PP 82/2019 Pasal 34; after a short membership Permenaker 1/2025."""
    if short:
        case.line("short_membership", case.law("jkm/short_membership_amount", died_on))
        return
    if not funeral_only:
        case.line("death_grant", case.law("jkm/death_grant", died_on))
        case.line("periodic_grant", case.law("jkm/periodic_lump", died_on))
    case.line("funeral", case.law("jkm/funeral", died_on))


def jkk(case: Case, died_on: date, *, funeral_only: bool) -> list[str]:
    """PP 44/2015 and PP 82/2019, Lampiran III. Returns the facts still missing."""
    missing: list[str] = []
    if not funeral_only:
        basis, missing = monthly_basis(case, died_on)
        if basis is None:
            case.find("basis_known", None)
        else:
            _jkk_grant(case, died_on, basis)
        case.line("periodic_grant", case.law("jkk/periodic_lump", died_on))
    case.line("funeral", case.law("jkk/funeral", died_on))
    return missing


def _jkk_grant(case: Case, died_on: date, basis: int) -> None:
    """60 % x 80 = 48 times the monthly basis, and at least what JKM would give."""
    grant: int = case.law("jkk/death_multiple", died_on) * basis
    least: int = case.book.in_force("jkm/death_grant", died_on).value
    if grant < least and case.law("jkk/death_grant/floor", died_on):
        grant = case.law("jkm/death_grant", died_on)
    case.line("death_grant", grant)


def monthly_basis(case: Case, on: date) -> tuple[int | None, list[str]]:
    """The rupiah a month that JKK multiplies: the band's basis for BPU, the wage for PU."""
    segment = case.fact("segment")
    if segment is None:
        return None, ["missing:segment"]
    if segment == "PU":
        wage: int | None = case.fact("wage")
        return wage, ["missing:wage"] if wage is None else []
    income = case.fact("income")
    if income is None:
        return None, ["missing:income"]
    table = case.book.in_force("bpu/wage_bands", on)
    case.cite((table,))
    return contributions.band_in(table, income).basis, []


def short_membership(case: Case, died_on: date, cover: Cover) -> bool | None:
    """Whether the membership was too short for the full JKM (Permenaker 1/2025, BPU)."""
    minimum = case.law("jkm/full_benefit/min_membership_months", died_on)
    if not minimum:
        return False
    since = case.book.in_force("jkm/full_benefit/min_membership_months", died_on).since
    counted_from = _counted_from(case, died_on, cover)
    if counted_from < since and not case.law("jkm/full_benefit/reaches_earlier_members", died_on):
        return False
    if _months(case, died_on, cover, counted_from) >= minimum:
        return False
    segment = case.fact("segment")
    if segment == "PU":
        return bool(case.law("jkm/full_benefit/reaches_pu", died_on))
    return True if segment == "BPU" else None


def _counted_from(case: Case, died_on: date, cover: Cover) -> date:
    assert cover.member_since is not None
    assert cover.first_member_since is not None
    if cover.first_member_since == cover.member_since:
        return cover.member_since
    restarts = case.law("jkm/full_benefit/restarts_after_lapse", died_on)
    return cover.member_since if restarts else cover.first_member_since


def _months(case: Case, died_on: date, cover: Cover, counted_from: date) -> int:
    counted_as = case.law("jkm/full_benefit/counted_as", died_on)
    if counted_as == "thirty_days":
        return (died_on - counted_from).days // 30
    if counted_as == "paid_months":
        return cover.paid_months_ahead
    if counted_from == cover.member_since:
        return cover.continuous_months
    return elapsed_months(counted_from, died_on)


def scholarship(
    case: Case, died_on: date, programme: str, cover: Cover, *, funeral_only: bool
) -> tuple[dict[str, Any] | None, list[str]]:
    """The scholarship as contracts show it (None before the schedule by level, where one lump
    applied) and the facts still missing."""
    by_level = scholarships.by_level(died_on, case.book)
    if programme == "JKM":
        minimum = case.law("jkm/scholarship/min_iuran_months", died_on)
        cite_cover(case)
        if not case.find("paid_long_enough_for_scholarship", cover.paid_months >= minimum):
            return (dict(scholarships.NOBODY) if by_level else None), []
    if by_level:
        return scholarships.plan(case, died_on)
    return None, _lump(case, died_on, funeral_only=funeral_only)


def _lump(case: Case, died_on: date, *, funeral_only: bool) -> list[str]:
    """PP 44/2015: one sum for one child."""
    if funeral_only:
        return []
    found = scholarships.candidates(case, died_on)
    if found is None:
        return ["missing:children"]
    if any(not each.missing for each in found):
        case.fact("children")
        case.line("scholarship_lump", case.law("scholarship/lump", died_on))
        return []
    return [f"missing:children[{each.place}].{name}" for each in found for name in each.missing]


def cite_cover(case: Case) -> None:
    for name in ("accepted_on", "payments"):
        case.fact(name)
