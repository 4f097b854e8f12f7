"""Words with exact edges: a period of days, a month, rupiah, a NIK. Pure Python."""

from sertakan.vocabulary.money import half_up, rupiah, share
from sertakan.vocabulary.months import Month, add_months, age, birthday, elapsed_months
from sertakan.vocabulary.nik import PROVINCES, Nik, NikError, nik_fault
from sertakan.vocabulary.periods import Period

__all__ = [
    "PROVINCES",
    "Month",
    "Nik",
    "NikError",
    "Period",
    "add_months",
    "age",
    "birthday",
    "elapsed_months",
    "half_up",
    "nik_fault",
    "rupiah",
    "share",
]
