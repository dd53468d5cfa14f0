"""Which units count: credits stand once, with the whole or with its parts, and all else is told."""

from __future__ import annotations

import pytest

from .made import Made, as_json, elmo, europass_3

TWO = (Made("P", "Primeira", "4"), Made("S", "Segunda", "2"))


@pytest.mark.parametrize(
    ("situation", "unit", "counted", "told"),
    [
        ("a module without credits", Made("M", credits=None, type="Module", parts=TWO),
         ["P", "S"], None),
        ("a module whose parts make it up", Made("M", credits="6", type="Module", parts=TWO),
         ["P", "S"], "transcript-parts-count"),
        ("a module with more than its parts", Made("M", credits="9", type="Module", parts=TWO),
         ["M"], "transcript-whole-counts"),
        ("a module with less than its parts", Made("M", credits="5", type="Module", parts=TWO),
         ["M"], "transcript-whole-counts"),
        ("a module with a grade that its parts lack",
         Made("M", credits="6", type="Module", parts=(Made("P", credits="6", grade=None),)),
         ["M"], "transcript-whole-counts"),
        ("a course with classes", Made("M", credits="6", parts=(Made("P", credits=None,
         type="Class"),)), ["M"], None),
        ("a course with classes that bear credits too", Made("M", credits="6", parts=TWO),
         ["M"], "transcript-whole-counts"),
        ("a degree with more than its parts",
         Made("M", credits="180", type="Degree Programme", parts=TWO),
         ["P", "S"], "transcript-parts-count"),
        ("more than a year's work, without a type", Made("M", credits="61", type="", parts=TWO),
         ["P", "S"], "transcript-parts-count"),
        ("a degree alone", Made("M", credits="180", type="Degree Programme"),
         ["M"], "transcript-whole-programme"),
        ("a failed module with a passed course",
         Made("M", credits="6", type="Module", status="failed", parts=TWO[:1]),
         ["P"], "transcript-failed"),
        ("no status: passed", Made("M", status=None), ["M"], None),
    ],
)  # fmt: skip
def test_credits_count_once(read, situation, unit, counted, told):
    found = read(elmo((unit,)))
    assert [each.id for each in found.whole.units] == counted, situation
    warned = set(found.codes) - {"transcript-not-verified", "transcript-origin"}
    assert warned == ({told} if told else set()), situation


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (Made("A", status="failed"), "transcript-failed"),
        (Made("A", status="in-progress"), "transcript-unfinished"),
        (Made("A", credits=None), "transcript-no-credits"),
        (Made("A", credits="0"), "transcript-no-credits"),
        (Made("A", credits=None, hours="45"), "transcript-contact-only"),
        (Made("A", scheme="US"), "transcript-other-scheme"),
        (Made("A", credits=None, parts=(Made("C", credits=None, type="Class"),)),
         "transcript-no-credits"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told_once(read, unit, told):
    found = read(elmo((unit, Made("B"))))
    assert [each.id for each in found.whole.units] == ["B"]
    assert found.codes.count(told) == 1
    assert [code for code in found.codes if code.startswith("transcript-") and code not in (
        told, "transcript-not-verified", "transcript-origin")] == []  # fmt: skip


def test_without_a_unit_that_counts_there_is_no_transcript(read):
    found = read(elmo((Made("A", status="failed"),)))
    assert found.transcript is None
    assert found.errors == ["transcript-no-units"]


@pytest.mark.parametrize(
    ("duration", "hours"), [("PT81H", "81"), ("P1DT6H", "30"), ("PT90M", "3/2"), ("PT0H", None)]
)
def test_hours_of_work_stand_in_for_credits(read, duration, hours):
    found = read(as_json(europass_3((Made("A", credits=None, hours=duration), Made("B")))))
    kept = {unit.id: unit for unit in found.whole.units}
    assert (str(kept["A"].hours) if "A" in kept else None) == hours


@pytest.mark.parametrize("duration", ["P2M", "P1Y", "P", "PT", "two months"])
def test_months_of_work_are_no_hours(read, duration):
    found = read(as_json(europass_3((Made("A", credits=None, hours=duration), Made("B")))))
    assert [unit.id for unit in found.whole.units] == ["B"]


def test_parts_with_credits_come_before_the_hours_of_the_whole(read):
    whole = Made("M", credits=None, hours="PT200H", parts=TWO)
    assert [unit.id for unit in read(as_json(europass_3((whole,)))).whole.units] == ["P", "S"]
