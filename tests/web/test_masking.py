"""Two NIKs are told apart without showing who their people are."""

import pytest

from sertakan.web.masking import told_apart

BUDI = "3577011205800001"


def written(stretches):
    return "".join(text for text, _differs in stretches)


def test_a_slip_shows_the_digits_that_differ():
    assert told_apart(BUDI, "3577011205800091") == [
        ("357701••••••••", False), ("0", True), ("•", False),
    ]  # fmt: skip


@pytest.mark.parametrize("other", ["3519025511935678", "3577015306911224", ""])
def test_a_nik_beside_that_of_another_human_stays_masked(other):
    assert written(told_apart(BUDI, other)) == "357701••••••••01"


def test_nobody_is_unmasked_by_being_held_against_one_after_the_other():
    others = [f"{BUDI[:6]}{digit * 10}" for digit in "23456789"]
    shown = {written(told_apart(BUDI, other)) for other in others}

    assert shown == {"357701••••••••01"}
