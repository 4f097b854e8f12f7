"""Borders from the command line."""

import pytest

from sertakan.regions.models import Boundary
from tests.cli.test_people_and_checks import refusal, sertakan
from tests.enrolment.making import an_officer
from tests.regions.geojson import a_border, a_file

BY = ("--by", "sari@example.org")


@pytest.fixture
def file(tmp_path):
    an_officer()
    path = tmp_path / "kelurahan.geojson"
    path.write_bytes(a_file(a_border("35.77.01.1001")))
    return path


@pytest.mark.django_db
def test_borders_are_loaded_and_named_for_their_file(file):
    answer = sertakan("region", "boundaries", file, *BY)

    assert (answer.exit_code, answer.stdout) == (0, "Borders loaded: 1.\n")
    assert [(each.region_id, each.source) for each in Boundary.objects.all()] == [
        ("35.77.01.1001", "kelurahan.geojson")
    ]


@pytest.mark.django_db
def test_what_cannot_be_loaded_is_one_sentence(file):
    missing = file.with_name("none.geojson")

    assert refusal("region", "boundaries", missing, *BY).endswith("No such file or directory.\n")

    file.write_text("no borders")
    assert refusal("region", "boundaries", file, *BY) == "The file is not JSON.\n"
