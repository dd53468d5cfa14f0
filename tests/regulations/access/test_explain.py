"""Explanations: every number is that of the result tables, every sum can be done again by hand."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from made import option, results, told
from reference.markets import random_contest
from reference.words import Changes, contest

from portaria.core.errors import InputError
from portaria.regulations.access.explain import Explanation, OptionExplained, as_json
from portaria.regulations.access.folder import Results

Rows = list[dict[str, str]]


def rows_of(result: Results, table: str) -> Rows:
    with (result.folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def text(value: object) -> str:
    """A value as the tables write it."""
    return "" if value is None else str(value)


# --- the tables and the explanation --------------------------------------------------------------


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A contest with every quota, ties and invalid options."""
    tables = random_contest(Random(1), 60, 8, quotas=True)
    return results(tables, tmp_path_factory.mktemp("explained"))


@pytest.fixture(scope="module")
def explained(placed: Results) -> dict[str, Explanation]:
    return {
        row["candidate"]: told(placed, row["candidate"]) for row in rows_of(placed, "placements")
    }


def every_option(explained: dict[str, Explanation]) -> list[tuple[str, OptionExplained]]:
    return [(who, each) for who, told in explained.items() for each in told.options]


def test_the_contest_shows_every_outcome_and_most_quotas(explained):
    """What the tests below say of every option is said of all kinds."""
    options = [each for _who, each in every_option(explained)]
    assert {each.outcome for each in options} == {
        "placed", "outranked", "better_placed", "ineligible",
    }  # fmt: skip
    assert {told.result for told in explained.values()} == {"placed", "not_placed", "excluded"}
    assert len({h.quota for each in options for h in each.hearings}) >= 8
    assert any(each.missing_tenths for each in options)
    assert {each.lost.part for each in options if each.lost} >= {"grade"}
    assert any(each.outcome == "outranked" and each.lost is None for each in options)


def test_the_result_is_the_row_of_placements(placed, explained):
    for row in rows_of(placed, "placements"):
        mine = explained[row["candidate"]]
        assert {name: text(getattr(mine, name)) for name in row} == row


def test_options_are_the_rows_of_options_outcome(placed, explained):
    options = {(who, str(each.order)): each for who, each in every_option(explained)}
    rows = rows_of(placed, "options_outcome")
    assert options.keys() == {(row["candidate"], row["order"]) for row in rows}
    for row in rows:
        mine = options[row.pop("candidate"), row["order"]]
        assert {name: text(getattr(mine, name)) for name in row} == row


def test_seats_rank_and_ties_are_those_of_the_tables(placed, explained):
    seats = {row["programme"]: row for row in rows_of(placed, "seats")}
    rankings = rows_of(placed, "rankings")
    for who, mine in every_option(explained):
        row = seats[mine.programme]
        for name in ("seats", "placed", "tie_extra", "additional", "leftover"):
            assert text(getattr(mine, name)) == row[name]
        listed = {r["candidate"]: r["rank"] for r in rankings if r["programme"] == mine.programme}
        assert mine.ranked == len(listed)
        assert text(mine.rank) == listed.get(who, "")
        assert mine.tied == (list(listed.values()).count(listed[who]) if who in listed else 0)


@pytest.mark.rules("application-grade", "secondary-grade", "ranking")
def test_the_arithmetic_gives_the_grade(explained):
    """Every term times its percentage, added, over 100; rounded to tenths with a half up."""
    for _who, mine in every_option(explained):
        sums = mine.arithmetic
        assert (sums is None) == (mine.grade is None)
        if sums is None:
            continue
        exams = sum(Fraction(exam.grade) * Fraction(exam.weight) for exam in sums.exams)
        total = Fraction(sums.secondary.value) * Fraction(sums.w_secondary) + exams
        total += Fraction(sums.prerequisite or 0) * Fraction(sums.w_prerequisite)
        weights = sum(exam.weight for exam in sums.exams) + sums.w_secondary + sums.w_prerequisite
        assert weights == 100
        assert Fraction(sums.total) == total / 100
        assert Fraction(mine.grade) == Fraction(floor(total / 10 + Fraction(1, 2)), 10)
        assert Fraction(mine.exam_part) == exams / 100
        two = sums.secondary
        if two.kind == "two_cycles":
            assert two.value == (two.w_a * two.a + two.w_b * two.b) * 10
            assert (two.w_a, two.w_b) == (Decimal("0.6"), Decimal("0.4"))


@pytest.mark.rules("last-placed", "tie-break")
def test_the_last_placed_and_what_was_missing(placed, explained):
    lines = {(row["programme"], row["quota"]): row for row in rows_of(placed, "last_placed")}
    ranked = {(row["programme"], row["candidate"]): row for row in rows_of(placed, "rankings")}
    for who, mine in every_option(explained):
        last = mine.last_placed
        if last is not None:
            row = lines[mine.programme, last.quota]
            told_of = {
                name: str(getattr(last, name)) for name in ("grade", "exam_part", "tie_1", "tie_2")
            }
            assert told_of == {name: row[name] for name in told_of}
        if mine.outcome == "placed":
            assert last is not None
            assert last.quota == explained[who].quota
        if mine.outcome == "outranked" and last is not None:
            assert last.quota in ("general", "additional")
            key = ranked[mine.programme, who]
            pairs = [
                (name, Decimal(row[name]) - Decimal(key[name]))
                for name in ("grade", "exam_part", "tie_1", "tie_2")
            ]
            part, gap = next((name, gap) for name, gap in pairs if gap)
            assert gap > 0
            # A quota that heard her may have been nearer than the general list.
            assert mine.missing_tenths == mine.lost.tenths <= pairs[0][1] * 10
            if mine.lost.quota == last.quota:
                assert (mine.lost.part, mine.lost.tenths) == (part, pairs[0][1] * 10)
            else:
                ways = [h.distance for h in mine.hearings if h.distance]
                assert mine.lost in ways
        if mine.outcome == "better_placed":
            assert mine.missing_tenths is None


def test_hearings_are_the_lists_of_the_quotas(placed, explained):
    lists: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows_of(placed, "quota_lists"):
        lists.setdefault((row["programme"], row["quota"]), {})[row["candidate"]] = row["rank"]
    seats = {row["programme"]: row for row in rows_of(placed, "seats")}
    for who, mine in every_option(explained):
        heard = {h.quota: h for h in mine.hearings if not h.why_not}
        if mine.outcome != "ineligible":
            asked = {
                q for (p, q), members in lists.items() if p == mine.programme and who in members
            }
            assert heard.keys() == asked - {"general"}
        for hearing in mine.hearings:
            assert text(hearing.seats) == seats[mine.programme][hearing.quota]
            members = lists.get((mine.programme, hearing.quota), {})
            if hearing.why_not:
                assert who not in members
                assert (hearing.rank, hearing.of) == (None, None)
            else:
                assert (text(hearing.rank), hearing.of) == (members[who], len(members))


def test_whoever_is_not_in_the_results_is_an_input_error(placed):
    with pytest.raises(InputError, match="nobody"):
        told(placed, "nobody")


# --- JSON ----------------------------------------------------------------------------------------


def same(value: Any, plain: Any) -> bool:
    """Whether a JSON value says all that a value of an explanation says."""
    if is_dataclass(value):
        names = {field.name for field in fields(value)}
        return names == plain.keys() and all(same(getattr(value, n), plain[n]) for n in names)
    if isinstance(value, dict):
        return value.keys() == plain.keys() and all(same(value[n], plain[n]) for n in value)
    if isinstance(value, tuple):
        return len(value) == len(plain) and all(map(same, value, plain))
    if isinstance(value, Decimal):
        return isinstance(plain, str) and Decimal(plain).as_tuple() == value.as_tuple()
    return bool(type(value) is type(plain) and value == plain)


def test_json_loses_nothing(explained):
    for mine in explained.values():
        plain = json.loads(json.dumps(as_json(mine), ensure_ascii=False))
        assert same(mine, plain)


def test_json_holds_no_float(explained):
    def no_float(_digits: str) -> None:
        raise AssertionError("an exact number became a float")

    for mine in explained.values():
        json.loads(json.dumps(as_json(mine)), parse_float=no_float)


# --- grades, on worked cases ---------------------------------------------------------------------

RANKS = {"prerequisite": "G", "prerequisite_kind": "ranking", "w_prerequisite": Decimal(20)}
SELECTS = {"prerequisite": "G", "prerequisite_kind": "selection"}
PAPERS = {"prerequisite": "G", "prerequisite_kind": "documentary"}
CYCLES = {"secondary": None, "two_cycle_a": Decimal(15), "two_cycle_b": Decimal(16)}


def graded(
    folder: Path,
    at: dict[str, object],
    person: dict[str, object],
    sets: list[tuple[int, str, str]],
    exams: dict[str, int | tuple[int, str]],
    prerequisite: tuple[bool, str | None] | None = None,
) -> OptionExplained:
    """A alone at x: sets as (number, exam, weight), exams as grade or (grade, programme)."""
    tables = contest({"x": "", "y": ""}, {"A": "x"}, {"x": at}, {"A": person})
    tables["exam_sets"] = [
        {"programme": "x", "set": number, "exam": exam, "weight": Decimal(weight)}
        for number, exam, weight in sets
    ] + tables["exam_sets"][1:]
    for exam, grade in exams.items():
        value, where = grade if isinstance(grade, tuple) else (grade, None)
        row = {"candidate": "A", "exam": exam.rstrip("*"), "programme": where, "grade": value}
        tables["exams"].append(row)
    if prerequisite:
        passed, r = prerequisite
        grade = Decimal(r) if r else None
        row = {"candidate": "A", "group": "G", "passed": passed, "grade": grade}
        tables["prerequisites"].append(row)
    return option(results(tables, folder), "A")


HALF = [(1, "19", "50")]
THIRD = [(1, "19", "30")]
SPORT = {"sport": True}
WITH_PE = {"secondary_with_pe": Decimal(110)}


@pytest.mark.rules(
    "exams-taken", "exam-minimum", "prerequisite", "grade-minimum", "foreign-exam",
    "documentary-prerequisite", "secondary-grade", "secondary-grade-sport",
    "secondary-grade-two-cycles", "application-grade", "application-grade-with-prerequisite",
)  # fmt: skip
@pytest.mark.parametrize(
    ("at", "person", "sets", "exams", "prerequisite", "reason", "grade"),
    [
        # 7/1/a and b: the exams of one set, each of them sufficient; 33/1: 0.05 is a tenth
        ({}, {}, HALF, {"19": 151}, None, "", "125.5"),
        ({}, {}, HALF, {}, None, "exam-not-taken", None),
        ({}, {}, HALF, {"02": 200}, None, "exam-not-taken", None),
        ({"min_exam": Decimal(95)}, {}, HALF, {"19": 95}, None, "", "97.5"),
        ({"min_exam": Decimal("95.5")}, {}, HALF, {"19": 96}, None, "", "98.0"),
        ({"min_exam": Decimal("95.5")}, {}, HALF, {"19": 95}, None, "exam-below-minimum", None),
        ({}, {"secondary": Decimal("100.9")}, HALF, {"19": 100}, None, "", "100.5"),
        ({}, {"secondary": Decimal("100.8999")}, HALF, {"19": 100}, None, "", "100.4"),
        ({}, {}, [(1, "19", "25"), (1, "02", "25")], {"19": 200}, None, "exam-not-taken", None),
        # several sets: the valid one with the best key
        ({}, {}, [*HALF, (2, "02", "50")], {"19": 120, "02": 140}, None, "", "120.0"),
        (
            {"min_exam": Decimal(95)}, {}, [*HALF, (2, "02", "25"), (2, "07", "25")],
            {"19": 120, "02": 200, "07": 94}, None, "", "110.0",
        ),
        # 8/4: an exam from abroad counts in place of the national one, at its programme only
        ({}, {}, HALF, {"19": (160, "x")}, None, "", "130.0"),
        ({}, {}, HALF, {"19": 120, "19*": (160, "x")}, None, "", "130.0"),
        ({}, {}, HALF, {"19": 160, "19*": (120, "x")}, None, "", "110.0"),
        ({}, {}, HALF, {"19": (160, "y")}, None, "exam-not-taken", None),
        # 7/1/c and 25/7
        (SELECTS, {}, HALF, {"19": 160}, (True, None), "", "130.0"),
        (SELECTS, {}, HALF, {"19": 160}, (False, None), "prerequisite-not-met", "130.0"),
        (SELECTS, {}, HALF, {"19": 160}, None, "prerequisite-not-met", "130.0"),
        (PAPERS, {}, HALF, {"19": 160}, None, "", "130.0"),
        (PAPERS, {}, HALF, {"19": 160}, (False, None), "", "130.0"),
        # 33/2: with R
        (RANKS, {}, THIRD, {"19": 160}, (True, "150.5"), "", "128.1"),
        (RANKS, {}, THIRD, {"19": 160}, (False, "150.5"), "prerequisite-not-met", "128.1"),
        (RANKS, {}, THIRD, {"19": 160}, (True, None), "prerequisite-not-met", None),
        # 7/1/d
        ({"min_grade": Decimal(130)}, {}, HALF, {"19": 160}, None, "", "130.0"),
        (
            {"min_grade": Decimal("130.1")}, {}, HALF, {"19": 160}, None,
            "grade-below-minimum", "130.0",
        ),
        # the grade as rounded is what reaches the minimum: 129.95
        (
            {"min_grade": Decimal(130)}, {"secondary": Decimal("99.9")}, HALF, {"19": 160}, None,
            "", "130.0",
        ),
        # 34/3 and 34/5
        (SPORT, WITH_PE, HALF, {"19": 160}, None, "", "135.0"),
        (SPORT, {}, HALF, {"19": 160}, None, "", "130.0"),
        ({}, WITH_PE, HALF, {"19": 160}, None, "", "130.0"),
        ({}, CYCLES, HALF, {"19": 160}, None, "", "157.0"),
    ],
)  # fmt: skip
def test_the_grade_of_an_option(tmp_path, at, person, sets, exams, prerequisite, reason, grade):
    found = graded(tmp_path, at, person, sets, exams, prerequisite)
    assert (found.reason if found.outcome == "ineligible" else "") == reason
    assert text(found.grade) == text(grade)


# --- hearings, on worked cases -------------------------------------------------------------------

SHARES: dict[str, object] = {
    "seats": 10, "regional_share": Decimal(50), "vocational_share": Decimal(30),
}  # fmt: skip


@pytest.mark.rules(
    "omitted-means-none", "stage-disability", "stage-azores-preference", "stage-azores",
    "stage-madeira-preference", "stage-madeira", "stage-emigrant", "stage-military",
    "stage-regional", "stage-vocational", "regional-area", "regional-without-interruption",
    "azores-university-first", "madeira-university-first", "azores-congeners", "madeira-congeners",
)  # fmt: skip
@pytest.mark.parametrize(
    ("person", "form", "asked"),
    [
        ({}, "x", {}),
        ({"disability": True}, "x", {"disability": ""}),
        ({"emigrant": True, "military": True}, "x", {"emigrant": "", "military": ""}),
        # islands: the quota elsewhere, the preference at home
        ({"azores": "art11.1"}, "x", {"azores": "congener_missing"}),
        ({"azores": "art11.1"}, "a x", {"azores": ""}),
        ({"azores": "art11.2"}, "u x", {"azores": "congener_missing"}),
        ({"azores": "art11.2"}, "u", {"azores": ""}),  # without congeners
        ({"azores": "art11.1"}, "a", {"azores_preference": ""}),
        ({"azores": "art11.1"}, "b a", {"azores_preference": ""}),
        ({"azores": "art11.1"}, "u a", {"azores_preference": "form_order"}),
        ({"azores": "art11.1"}, "m", {"azores": ""}),  # Azorean in Madeira
        ({"madeira": "art11.1"}, "x", {"madeira": ""}),  # the congener of x is Azorean
        ({"madeira": "art11.1"}, "m", {"madeira_preference": ""}),
        ({"madeira": "art11.1"}, "x m", {"madeira_preference": "form_order"}),
        # regional: claimed, in the area, and so from the first option on
        ({"area": "faro", "claims_regional": True}, "x", {"regional": ""}),
        ({"area": "faro", "claims_regional": False}, "x", {}),
        ({"area": "faro"}, "x", {}),
        ({"area": "braga", "claims_regional": True}, "x", {"regional": "not_in_area"}),
        (
            {"area": "faro", "area_year11": "braga", "claims_regional": True},
            "x",
            {"regional": "not_in_area"},
        ),
        (
            {"area": "braga", "area_recognised": "faro", "claims_regional": True},
            "x",
            {"regional": ""},
        ),
        ({"area": "faro", "claims_regional": True}, "u x", {"regional": "form_order"}),
        ({"area": "faro", "claims_regional": True}, "u", {}),  # no share, nothing to ask for
        # vocational: the course alone
        ({"secondary_course": "design"}, "u x", {"vocational": ""}),
        ({"secondary_course": "music"}, "x", {}),
        (
            {"disability": True, "area": "faro", "claims_regional": True, "azores": "art11.1"},
            "a x",
            {"disability": "", "azores": "", "regional": "form_order"},
        ),
    ],
)
def test_what_is_asked_and_heard_at_the_last_option(tmp_path, person, form, asked):
    at: Changes = {
        "x": SHARES,
        "a": {"island_university": "azores"},
        "b": {"island_university": "azores"},
        "m": {"island_university": "madeira"},
    }
    tables = contest(dict.fromkeys("xabmu", "A"), {"A": form}, at, {"A": person})
    tables["congeners"] = [{"programme": "x", "congener": "a"}]
    tables["regional_areas"] = [{"programme": "x", "area": "faro"}]
    tables["vocational_courses"] = [{"programme": "x", "secondary_course": "design"}]
    found = option(results(tables, tmp_path), "A", order=len(form.split()))
    assert {hearing.quota: hearing.why_not for hearing in found.hearings} == asked


@pytest.mark.rules("regional-without-interruption", "azores-university-first", "azores-congeners")
@pytest.mark.parametrize(
    ("person", "form", "form_order", "because"),
    [
        # the first option that breaks the sequence; n is invalid
        ({"area": "faro", "claims_regional": True}, "u x", "as_written", ("1",)),
        ({"area": "faro", "claims_regional": True}, "y u n x", "as_written", ("2",)),
        ({"area": "faro", "claims_regional": True}, "n u x", "as_written", ("1",)),
        ({"area": "faro", "claims_regional": True}, "n u x", "valid_only", ("2",)),
        ({"azores": "art11.1"}, "b u a", "as_written", ("2",)),
        ({"azores": "art11.1"}, "n b u a", "valid_only", ("3",)),
        # the congeners that should stand before; c is one where she has no exam
        ({"azores": "art11.1"}, "x", "as_written", ("a", "b")),
        ({"azores": "art11.1"}, "a x b", "as_written", ("b",)),
        ({"azores": "art11.1"}, "c b x", "as_written", ("a",)),
    ],
)
def test_why_a_quota_does_not_hear_names_what_stands_in_the_way(
    tmp_path, person, form, form_order, because
):
    at: Changes = {"x": SHARES, "y": SHARES} | {p: {"island_university": "azores"} for p in "abc"}
    lists = dict.fromkeys("xyabu", "A") | {"c": "", "n": ""}
    tables = contest(lists, {"A": form}, at, {"A": person})
    tables["congeners"] = [{"programme": "x", "congener": c} for c in "abc"]
    tables["regional_areas"] = [{"programme": p, "area": "faro"} for p in "xy"]
    result = results(tables, tmp_path, policy={"form_order": form_order})
    where = form.split().index("x" if "x" in form else "a") + 1
    (hearing,) = option(result, "A", order=where).hearings
    assert hearing.why_not
    assert hearing.because == because


def test_an_option_that_counts_as_not_written_is_heard_nowhere(tmp_path):
    tables = contest({"x": ""}, {"A": "x"}, people={"A": {"disability": True}})
    assert option(results(tables, tmp_path), "A").hearings == ()


# --- readings ------------------------------------------------------------------------------------


@pytest.mark.rules("literal-iterations")
def test_in_deadlock_no_seat_is_said_to_be_gone(tmp_path):
    """Read to the letter art. 37 never answers A and B; nobody took the seats of x and y."""
    tables = contest({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})
    result = results(tables, tmp_path, policy={"placement": "literal"})
    mine = told(result, "A")
    assert (mine.result, mine.reason) == ("not_placed", "deadlocked")
    for each in mine.options:
        assert (each.seats, each.placed, each.leftover) == (1, 0, 1)
        assert (each.reason, each.lost, each.missing_tenths) == ("deadlocked", None, None)


@pytest.mark.rules("literal-iterations")
def test_in_deadlock_nobody_lacks_fewer_than_no_tenths(tmp_path):
    """A is the best in y, where C is placed; the letter of art. 37 leaves her unanswered."""
    lists, forms = {"x": "C B A", "y": "A C B"}, {"A": "x y", "B": "y x", "C": "y"}
    tables = contest(lists, forms, {"y": {"seats": 2}})
    result = results(tables, tmp_path, policy={"placement": "literal"})
    assert told(result, "C").result == "placed"
    at_y = option(result, "A", order=2)
    assert at_y.last_placed is None or at_y.last_placed.grade < at_y.grade
    assert at_y.missing_tenths is None or at_y.missing_tenths > 0
