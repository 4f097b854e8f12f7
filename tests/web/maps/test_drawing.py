"""A map of places: borders where all are known, else tiles; colours that one can read."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import sertakan.web
from sertakan.web.maps.classes import classes, shade_of
from sertakan.web.maps.drawing import Place, drawn
from sertakan.web.maps.names import short_name
from sertakan.web.maps.reading import map_of
from tests.regions.geojson import a_border, a_file, square
from tests.regions.test_boundaries import loaded

KARTOHARJO, TAMAN = "Kartoharjo", "Taman"
SQUARE = [[[11150000, -765000, 11151000, -765000, 11151000, -764000, 11150000, -764000]]]
BESIDE = [[[11151000, -765000, 11152000, -765000, 11152000, -764000, 11151000, -764000]]]


def a_place(code, name="Sukosari", within=KARTOHARJO, value=90):
    return Place(code, name, within, value, f"{value}%", f"/orang/{code}/")


def a_map(places, outlines=()):
    return drawn(places, dict(outlines), title="Covered", write=lambda edge: f"{edge}%")


def words(values):
    return [each.words for each in classes(values, str)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], []),
        ([None], []),
        ([7, 7], ["7"]),
        ([61, 99, None], ["60–70", "70–80", "80–90", "90–100"]),
        ([0, 1], ["0–1"]),
        ([0, 3], ["0–1", "1–2", "2–3"]),
        ([3, 1204], ["0–500", "500–1000", "1000–1500"]),
        ([0, 1_000_000], ["0–200000", "200000–400000", "400000–600000", "600000–800000",
                          "800000–1000000"]),
        ([Fraction(1, 10), Fraction(3, 10)], ["0.1–0.15", "0.15–0.2", "0.2–0.25", "0.25–0.3"]),
    ],
)  # fmt: skip
def test_the_classes_are_at_most_five_with_edges_that_one_can_read(values, said):
    assert words(values) == said


def test_a_value_on_an_edge_is_in_the_class_above_and_the_highest_in_the_last():
    found = classes([60, 100], str)

    assert [shade_of(value, found) for value in (60, 70, 100, None)] == [
        found[0].css, found[1].css, found[-1].css, "map-0",
    ]  # fmt: skip


def test_places_with_borders_are_drawn_north_up_and_meet():
    west, east = a_place("35.77.01.1001"), a_place("35.77.01.1002", value=60)

    shown = a_map([east, west], {west.code: SQUARE, east.code: BESIDE})

    assert (shown.frame.width, shown.blocks) == (640, [])
    assert [shape.place for shape in shown.shapes] == [west, east]
    first, second = (re.findall(r"[\d.]+ [\d.]+", shape.path) for shape in shown.shapes)
    assert (first[1], first[2]) == (second[0], second[3])
    assert float(first[0].split()[1]) > float(first[3].split()[1])  # its south is lower down
    assert [shape.short for shape in shown.shapes if shape.spot] == ["Sukosari", "Sukosari"]


def test_where_one_border_is_missing_all_places_are_tiles_by_district():
    places = [
        a_place("35.77.01.1002"),
        a_place("35.77.03.1001", "Nambangan Kidul Selatan", TAMAN, value=None),
        a_place("35.77.01.1001", "Oro-oro Ombo"),
    ]

    shown = a_map(places, {"35.77.01.1001": SQUARE, "35.77.01.1002": BESIDE})

    assert (shown.frame, shown.shapes, shown.unknown) == (None, [], True)
    assert [(name, [tile.short for tile in tiles]) for name, tiles in shown.blocks] == [
        (KARTOHARJO, ["Oro-oro Ombo", "Sukosari"]),
        (TAMAN, ["Nambangan Kidul Sel"]),
    ]


def test_a_name_has_no_place_where_it_has_no_room():
    narrow = [[[11150000, -765000, 11150010, -765000, 11150010, -764000, 11150000, -764000]]]
    wide, slim = a_place("35.77.01.1001"), a_place("35.77.01.1002")

    shown = a_map([wide, slim], {wide.code: SQUARE, slim.code: narrow})

    assert [shape.spot is None for shape in shown.shapes] == [False, True]


@pytest.mark.parametrize(
    ("name", "most", "short"),
    [
        ("Taman", 10, "Taman"),
        ("Madiun Lor Utara", 14, "Madiun Lor Utr"),
        ("Sumber Agung Barat", 12, "S. Agung Bar"),
        ("Timur", 5, "Timur"),
        ("Pangongangan", 8, "Pangong…"),
    ],
)
def test_a_long_name_is_shortened_from_its_front(name, most, short):
    assert short_name(name, most) == short


@pytest.mark.parametrize(
    ("borders", "said"),
    [
        ({}, "&lt;Sukosari&gt; 90%, Kartoharjo"),
        ({"35.77.01.1001": SQUARE}, "&lt;Sukosari&gt;, Kartoharjo: 90%"),
    ],
)
def test_every_shape_is_a_link_that_says_its_place_and_figure(borders, said):
    page = render_to_string(
        "web/_map.html", {"map": a_map([a_place("35.77.01.1001", "<Sukosari>")], borders)}
    )

    assert re.findall(r'href="(.*?)" aria-label="(.*?)"', page) == [("/orang/35.77.01.1001/", said)]


@pytest.mark.django_db
def test_the_map_of_a_city_asks_three_questions(django_assert_num_queries):
    loaded(a_file(a_border("35.77.01.1001"), a_border("35.77.01.1002", square(1))))

    with django_assert_num_queries(3):
        shown = map_of(
            "35.77", {"35.77.01.1001": 90}, title="Covered", write=str, said=str, url=str
        )

    assert [(name, len(tiles)) for name, tiles in shown.blocks] == [
        ("Kartoharjo", 9), ("Manguharjo", 9), ("Taman", 9),
    ]  # fmt: skip
    assert shown.blocks[0][1][0].place.value == 90


def luminance(colour):
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_written_on_a_shade_can_be_read_on_it_light_and_dark():
    styles = (Path(sertakan.web.__file__).parent / "static/staff.css").read_text()
    shades = re.findall(r"--map-(\d): (#[0-9a-f]{6});", styles)
    inks = re.findall(r"--map-on-(\d): (#[0-9a-f]{6});", styles)

    assert [number for number, _ in shades] == [number for number, _ in inks] == [*"012345012345"]
    for (number, shade), (_, ink) in zip(shades, inks, strict=True):
        dark, light = sorted((luminance(shade), luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (number, shade, ink)
