"""The number of a bill, and the code to pay it by: digits with a check digit.

The check digit (Luhn, ISO/IEC 7812-1) finds every single wrong digit and nearly every swap
of two neighbours, so that money does not go to another bill by a slip of the hand.
"""

from datetime import date

PREFIX = "77"


def payment_code(bill_id: int) -> str:
    """13 digits: the prefix, the bill, the check digit."""
    digits = f"{PREFIX}{bill_id:010d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The digit that makes `digits` and itself pass Luhn's test."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def bill_number(bill_id: int, issued_on: date, *, correction: bool = False) -> str:
    """`TAG-202611-0000012` (tagihan, a bill), or `KOR-…` for a correction (koreksi)."""
    kind = "KOR" if correction else "TAG"
    return f"{kind}-{issued_on:%Y%m}-{bill_id:07d}"
