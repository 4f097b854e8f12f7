"""The ministry's codes: every place lies in another, and is found by its code."""

import pytest

from sertakan.vocabulary.regions import Region, all_regions, dotted, regions_within


def test_every_region_lies_in_one_that_is_there() -> None:
    codes = {region.code for region in all_regions()}

    assert len(codes) == len(all_regions())
    assert all(region.parent in codes for region in all_regions() if region.level != "province")


def test_a_city_holds_its_districts_and_villages() -> None:
    madiun = regions_within("35.77")

    assert madiun[0] == Region("35.77", "KOTA MADIUN")
    assert [
        sum(region.level == level for region in madiun) for level in ("district", "village")
    ] == [3, 27]
    assert {region.code[:5] for region in madiun} == {"35.77"}


def test_one_village_is_a_region_too() -> None:
    assert regions_within("35.77.01.1001") == (Region("35.77.01.1001", "Oro-oro Ombo"),)


@pytest.mark.parametrize("code", ["99", "35.7", "35.77.01.9999"])
def test_a_code_that_is_not_has_nothing_in_it(code: str) -> None:
    assert regions_within(code) == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3577", "35.77"),
        ("35.77", "35.77"),
        ("3577011001", "35.77.01.1001"),
        (" 35 ", "35"),
        ("", ""),
    ],
)
def test_a_code_may_be_written_without_dots(written: str, code: str) -> None:
    assert dotted(written) == code
