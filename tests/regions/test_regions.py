"""The places of the country, as the ministry numbers them."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.regions.loading import load
from sertakan.regions.models import Level, Region
from sertakan.regions.queries import lying_within, path, within
from sertakan.vocabulary.regions import Region as ListedRegion
from sertakan.vocabulary.regions import all_regions, regions_within


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_every_region_of_the_list_is_there_under_its_parent():
    assert Region.objects.count() == len(all_regions()) > 91_000
    kelurahan = Region.objects.get(code="35.77.02.1001")
    assert [(place.name, place.level) for place in path("35.77.02.1001")] == [
        ("JAWA TIMUR", Level.PROVINCE),
        ("KOTA MADIUN", Level.REGENCY),
        ("Manguharjo", Level.DISTRICT),
        (kelurahan.name, Level.VILLAGE),
    ]
    assert kelurahan.parent_id == "35.77.02"
    assert not Region.objects.filter(parent=None).exclude(level=Level.PROVINCE).exists()


@pytest.mark.django_db
def test_a_region_and_all_that_lies_in_it():
    assert within("35.77").filter(level=Level.VILLAGE).count() == 27
    assert within("35.77").count() == 1 + 3 + 27
    assert within("35.7").count() == 0
    assert within("").count() == Region.objects.count()
    assert Region.objects.filter(lying_within("code", "35.77.01")).count() == 1 + 9
    assert path("99.99") == []


@pytest.mark.django_db(transaction=True)
def test_a_later_list_adds_and_renames_and_takes_nothing_out(run_as_owner, monkeypatch):
    later = [*regions_within("35.77.01"), ListedRegion("35.77.01.1999", "Rejosari")]
    later[0] = ListedRegion("35.77.01", "Kartoharjo Timur")
    monkeypatch.setattr("sertakan.regions.loading.all_regions", lambda: later)
    before = Region.objects.count()

    with connection.as_owner(), transaction.atomic():
        assert load(using=connection.alias) == 2

    assert Region.objects.count() == before + 1
    assert Region.objects.get(code="35.77.01").name == "Kartoharjo Timur"
    assert Region.objects.get(code="35.77.01.1999").parent_id == "35.77.01"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO regions_region VALUES ('35.77.09', 'New', 3, '35.77')",
        "UPDATE regions_region SET name = 'other' WHERE code = '35.77'",
        "DELETE FROM regions_region",
        "TRUNCATE regions_region CASCADE",
        "ALTER TABLE regions_region DISABLE TRIGGER ALL",
    ],
)
def test_the_program_may_not(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        run(statement)


@pytest.mark.django_db(transaction=True)
def test_a_region_stays_also_for_the_owner(run_as_owner):
    for statement in (
        "DELETE FROM regions_region WHERE code = '35.77.01.1001'",
        "TRUNCATE regions_region CASCADE",
        "UPDATE regions_region SET code = '35.77.99' WHERE code = '35.77.01'",
    ):
        with pytest.raises(IntegrityError, match="a region stays"):
            run_as_owner(statement)
