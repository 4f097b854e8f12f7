"""Whole rupiah: how they are written and how a share of them is rounded. Integers only."""

from __future__ import annotations

from fractions import Fraction


def rupiah(amount: int) -> str:
    """As Indonesians write it: `Rp42.000.000`, and `-Rp1.500` below zero."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"rupiah are whole numbers, not {amount!r}")
    grouped = f"{abs(amount):,}".replace(",", ".")
    return f"{'-' if amount < 0 else ''}Rp{grouped}"


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` in whole rupiah; half a rupiah rounds up."""
    if denominator <= 0:
        raise ValueError("a denominator is above zero")
    return (2 * numerator + denominator) // (2 * denominator)


def share(amount: int, rate: Fraction) -> int:
    """`rate` of `amount` in whole rupiah; half a rupiah rounds up."""
    return half_up(amount * rate.numerator, rate.denominator)
