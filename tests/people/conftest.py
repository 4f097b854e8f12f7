"""Sari, the officer, and a few people who do not exist."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.contrib.auth import get_user_model

from sertakan.people.models import Person
from sertakan.people.operations import register_many

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

PEOPLE = pl.DataFrame(
    [
        ("3577010203900001", "Muhammad Soebandi", date(1990, 3, 2), "L", "35.77.01.1001"),
        ("3577024107850002", "Siti Aminah", date(1985, 7, 1), "P", "35.77.02.1002"),
        ("3577025107850003", "Siti Aminatun", date(1985, 7, 11), "P", "35.77.02.1002"),
        ("3577031512780004", "Budi Santoso", date(1978, 12, 15), "L", None),
        ("3577030506950005", "Nur'aini Dewi", date(1995, 6, 5), "P", "35.77.03.1001"),
    ],
    schema=["nik", "name", "birth_date", "sex", "region"],
    orient="row",
)


@pytest.fixture
def sari(db):
    return get_user_model().objects.create_user("sari@example.org", name="Sari")


@pytest.fixture
def people(sari):
    """By name: those of PEOPLE, registered."""
    register_many(PEOPLE, by=sari, now=NOW)
    return {person.name: person for person in Person.objects.all()}
