"""Units as items of a request."""

from __future__ import annotations

import pytest

from portaria.regulations.credit.transcripts import items_of

from .made import Made, as_json, elmo, europass_3


def test_an_item_has_what_the_request_needs_and_nothing_invented(read):
    (item,) = items_of(read(elmo((Made("A", "Ficções", "7.5", grade="14"),))).whole)
    assert item == {
        "id": "A",
        "origin": "degree",
        "credits": "7.5",
        "hours": None,
        "target": None,
        "grade": {"value": "14", "scale": "pt", "min_pass": None, "max": None},
        "recognised_institution": None,
        "country": "PT",
        "documents": ["transcript"],
        "name": "Ficções",
        "institution": "Universidade Fictícia",
    }


@pytest.mark.parametrize(
    ("grade", "country", "value", "scale"),
    [
        ("14,5", "PT", "14.5", "pt"),
        ("B", "ES", "B", "foreign"),
        ("6,85", "ES", "6.85", "foreign"),
        ("27/30", "IT", "27/30", "foreign"),
        ("Apto", "PT", "Apto", "pt"),
        (None, "ES", None, None),
    ],
)
def test_a_grade_stays_as_printed(read, grade, country, value, scale):
    (item,) = items_of(read(elmo((Made("A", grade=grade),), country=country)).whole)
    given = item["grade"] or {"value": None, "scale": None}
    assert (given["value"], given["scale"]) == (value, scale)


def test_the_origin_is_chosen_by_a_person(read):
    (item,) = items_of(read(elmo((Made("A"),))).whole, origin="non_degree")
    assert item["origin"] == "non_degree"


def test_an_unknown_country_is_left_open_never_taken_as_portugal(read):
    found = read(elmo((Made("A"),), country=None))
    assert "transcript-no-country" in found.codes
    (item,) = items_of(found.whole)
    assert item["country"] is None
    assert item["grade"]["scale"] == "foreign"


def test_hours_only_where_there_are_no_credits(read):
    units = (Made("A", credits=None, hours="PT81H"), Made("B", credits="3", hours="PT81H"))
    first, second = items_of(read(as_json(europass_3(units))).whole)
    assert (first["credits"], first["hours"]) == (None, "81")
    assert (second["credits"], second["hours"]) == ("3", None)
