from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.vocabulary import half_up, rupiah, share


@pytest.mark.parametrize(
    ("amount", "written"),
    [(42_000_000, "Rp42.000.000"), (0, "Rp0"), (999, "Rp999"), (-1_500, "-Rp1.500")],
)
def test_rupiah_are_written_with_dots(amount, written):
    assert rupiah(amount) == written


@pytest.mark.parametrize("amount", [1.5, 42_000_000.0, True, "42"])
def test_only_whole_numbers_are_rupiah(amount):
    with pytest.raises(TypeError, match="whole numbers"):
        rupiah(amount)


def test_half_a_rupiah_rounds_up():
    assert [half_up(n, 4) for n in range(9)] == [0, 0, 1, 1, 1, 1, 2, 2, 2]


@given(st.integers(0, 10**15), st.fractions(0, 2, max_denominator=10**6))
def test_a_share_is_never_more_than_half_a_rupiah_off(amount, rate):
    assert Fraction(-1, 2) < share(amount, rate) - amount * rate <= Fraction(1, 2)
