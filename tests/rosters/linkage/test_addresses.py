"""One door as two offices write it."""

import pytest

from sertakan.rosters.linkage.addresses import same_address


@pytest.mark.parametrize(
    "other",
    [
        "JL. SETIA BUDI NO 1 RT 033 RW 010",
        "Jln. Setiabudi 1 RT.33/RW.10",
        "Setia Budi no.1, RT/RW 033/010, Kel. Kejuron",
        "Jalan Setya Budi No. 1 33/10",
        "Jl. Setia Budi No. 1",
        "Setia Budi RT 33 RW 10",
    ],
)
def test_the_same_door_is_written_in_many_ways(other):
    assert same_address("Jl. Setia Budi No. 1 RT 33 RW 10", other) is True


@pytest.mark.parametrize(
    "other",
    [
        "Jl. Setia Budi No. 12 RT 33 RW 10",
        "Jl. Melati No. 4 RT 1 RW 2",
        "Gg. Buntu No. 1 RT 2 RW 3",
    ],
)
def test_another_door_is_another(other):
    assert same_address("Jl. Setia Budi No. 1 RT 33 RW 10", other) is False


@pytest.mark.parametrize("other", [None, "", "-", "RT 33 RW 10", "Kel. Kejuron", "Jl. Setia Budi"])
def test_too_little_is_told(other):
    assert same_address("Jl. Setia Budi No. 1 RT 33 RW 10", other) is None


def test_one_wrong_number_among_many_right_ones_decides_nothing():
    assert same_address("Jl. Mawar No. 5 RT 3 RW 1", "Jl. Mawar No. 5 RT 8 RW 1") is None
