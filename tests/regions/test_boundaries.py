"""Borders come from a file, all of it or nothing, and take the place of those before."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from sertakan.audit.models import Event
from sertakan.regions.errors import NotBoundaries
from sertakan.regions.models import Boundary
from sertakan.regions.operations import load_boundaries
from sertakan.regions.outlines import MOST_POINTS, outlines, points
from sertakan.regions.queries import borders, sources_of_borders
from tests.enrolment.making import an_officer
from tests.regions.geojson import a_border, a_file, square

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
OLD, NEW = "35.77.01.1001", "35.77.01.1002"


def loaded(content, source="Dinas Contoh"):
    return load_boundaries(content, source=source, by=an_officer(), now=NOW)


def feature_with(geometry):
    return a_file({"type": "Feature", "properties": {"code": OLD}, "geometry": geometry})


@pytest.mark.django_db
def test_borders_are_kept_with_whose_they_are_and_one_event():
    kept = loaded(a_file(a_border(OLD), a_border(NEW, square(1))))

    assert kept == 2
    assert borders([OLD, NEW, "35.77.01.1003"]) == {
        OLD: [[[11150000, -765000, 11151000, -765000, 11151000, -764000, 11150000, -764000]]],
        NEW: [[[11151000, -765000, 11152000, -765000, 11152000, -764000, 11151000, -764000]]],
    }
    assert sources_of_borders([OLD, NEW]) == ["Dinas Contoh"]
    (event,) = Event.objects.filter(subject_type="boundaries")
    assert (event.verb, event.actor.name, event.details["regions"]) == ("loaded", "Sari", 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "code"),
    [("code", OLD), ("KODE", "3577011001"), ("Kode_Wilayah", OLD), ("KDEPUM", 3577011001)],
)
def test_a_code_is_found_under_the_names_that_offices_give_it(name, code):
    loaded(a_file(a_border(code, name=name)))

    assert list(borders([OLD])) == [OLD]


@pytest.mark.django_db
def test_islands_and_holes_are_kept_and_later_borders_replace_earlier_ones():
    loaded(a_file(a_border(OLD), a_border(NEW, square(1))))

    loaded(a_file(a_border(OLD, square(0), square(4), kind="MultiPolygon")), source="BIG 2027")
    loaded(a_file(a_border(NEW, square(1), square(1, size=0.002))), source="BIG 2027")

    assert [len(borders([OLD])[OLD]), len(borders([NEW])[NEW][0])] == [2, 2]
    assert sources_of_borders([OLD, NEW]) == ["BIG 2027"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "The file is not JSON."),
        (b"[" * 100_000, "The file is not JSON."),
        (b"[1, 2]", "The file is not GeoJSON with a FeatureCollection."),
        (b'{"type": "Topology", "features": [{}]}', "The file is not GeoJSON with a Feature"),
        (b'{"type": "FeatureCollection", "features": [1]}', "The file is not GeoJSON with a F"),
        (a_file(), "There is no border in the file."),
        (b" " * 20_000_001, "The file is larger than 20 MB; please simplify its borders first."),
        (a_file(a_border("Madiun")), "Border 1 has no code of the Ministry of Home Affairs"),
        (a_file(a_border(OLD, name="village")), "Border 1 has no code of the Ministry"),
        (a_file(a_border(OLD), a_border("35.77.99.1001")), "No region has the code 35.77.99.1001"),
        (a_file(a_border(OLD), a_border(OLD, square(1))), "stands in the file twice, with diff"),
        (a_file(a_border(OLD, [[8, 51], [9, 51], [9, 52], [8, 51]])), "lies outside Indonesia"),
        (
            a_file(a_border(OLD, [[-7.6, 111.5], [-7.6, 111.6], [-7.5, 111.6], [-7.6, 111.5]])),
            "has latitude before longitude",
        ),
        (
            a_file(
                a_border(OLD, [[556000, 9156000], [557000, 9156000], [1, 1], [556000, 9156000]])
            ),
            "is not in degrees; please convert the file to WGS 84",
        ),
        (a_file(a_border(OLD, square()[:-1])), "is not a closed ring"),
        (a_file(a_border(OLD, [[111.5, "x"]] * 4)), "is not a closed ring"),
        (a_file(a_border(OLD, [[111.5, -7.6]] * 4)), "has no area"),
        (feature_with(None), "is neither a Polygon nor a MultiPolygon"),
        (feature_with({"type": "Point", "coordinates": [111, -7]}), "is neither a Polygon nor"),
        (feature_with({"type": "Polygon", "coordinates": []}), "is not a closed ring"),
    ],
)
def test_what_is_no_file_of_borders_is_refused_whole(content, said):
    with pytest.raises(NotBoundaries) as refusal:
        loaded(content)

    assert said in str(refusal.value)
    assert not Boundary.objects.exists()
    assert not Event.objects.filter(subject_type="boundaries").exists()


@pytest.mark.django_db
def test_a_file_with_a_number_that_is_none_is_refused():
    content = a_file(a_border(OLD)).replace(b"111.5,", b"NaN,")

    with pytest.raises(NotBoundaries, match="is not a closed ring"):
        loaded(content)


@pytest.mark.django_db
def test_the_same_border_told_twice_is_told_once():
    assert loaded(a_file(a_border(OLD), a_border("3577011001"))) == 1


@pytest.mark.django_db
def test_borders_without_a_source_are_refused():
    with pytest.raises(NotBoundaries, match="name their source"):
        loaded(a_file(a_border(OLD)), source=" ")


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"outline": []}, {"source": ""}])
def test_the_database_keeps_no_border_without_points_or_source(fields):
    described = {"outline": [[[0, 0, 1, 0, 1, 1]]], "source": "Dinas Contoh", **fields}

    with pytest.raises(IntegrityError):
        Boundary.objects.create(region_id=OLD, loaded_at=NOW, loaded_by=an_officer(), **described)


def test_a_long_coast_is_drawn_on_a_coarser_grid_and_neighbours_still_meet():
    coast = [(111.5 + step / 10_000, -7.5 + step % 2 / 10_000) for step in range(2_000)]
    sea = [[*coast, (111.7, -7.4), (111.5, -7.4)]]
    land = [[*reversed(coast), (111.5, -7.6), (111.7, -7.6)]]

    drawn = outlines({"sea": [sea], "land": [land]})

    assert [points(outline) <= MOST_POINTS for outline in drawn.values()] == [True, True]
    corners = {
        code: set(zip(ring[::2], ring[1::2], strict=True)) for code, [[ring]] in drawn.items()
    }
    shared = corners["sea"] & corners["land"]
    assert {corner for corner in corners["sea"] if corner[1] < -740_000} == shared
