"""Numbers as the reader writes them: 16.002 and Rp42.000.000 in Indonesian, 16,002 in English.

And numbers as an address or a field names them, where anybody may have written anything.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sertakan.web.figures.small_cells import is_small

DIGITS = 18  # fit into a column of the database


def asked_for(written: str) -> int | None:
    """The whole number that an address names; None for what is none (²) or has over 18 digits."""
    fits = written.isascii() and written.isdigit() and len(written) <= DIGITS
    return int(written) if fits else None


def whole(value: int) -> str:
    """A whole number, in groups of three."""
    return number_format(value, 0, use_l10n=True, force_grouping=True)


def people(count: int) -> str:
    """How many people; one to four are not told apart."""
    return _("fewer than 5") if is_small(count) else whole(count)


def rupiah(amount: int) -> str:
    """Whole rupiah with every digit: Rp42.000.000."""
    return f"{'-' if amount < 0 else ''}Rp{whole(abs(amount))}"


def short_rupiah(amount: int) -> str:
    """Rupiah to three digits, for a headline: Rp3,05 miliar. Below a million: every digit."""
    for size, words in (
        (10**12, _("Rp%s trillion")),
        (10**9, _("Rp%s billion")),
        (10**6, _("Rp%s million")),
    ):
        if amount >= size:
            return words % _three_digits(Decimal(amount) / size)
    return rupiah(amount)


def percent(part: int, of: int) -> str:
    """A share with one decimal: 97,5%. A dash where there is nothing to be a share of.

    100,0% means everyone and 0,0% means no one: what lies between is never rounded to either.
    """
    if of <= 0:
        return "–"
    share = (Decimal(100 * part) / of).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < of:
        share = min(max(share, Decimal("0.1")), Decimal("99.9"))
    return f"{number_format(share, 1, use_l10n=True)}%"


def _three_digits(value: Decimal) -> str:
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = number_format(rounded, decimals, use_l10n=True, force_grouping=True)
    return written.rstrip("0").rstrip(",.") if decimals else written
