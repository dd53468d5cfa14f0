"""The reference against worked cases, in the order of the articles, and against brute force."""

import csv
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from . import brute, place
from .contest import QUOTAS, Row, read_contest
from .grades import assess, exam_grades, tenths
from .markets import COLUMNS, random_contest, write_contest
from .placement import candidate_optimal, choose, literal, literal_deadlocked
from .quotas import Market, assess_all, build_market, quota_sizes

Tables = dict[str, list[Row]]
Changes = dict[str, dict[str, object]]  # programme or candidate to changed columns


# --- building small contests -------------------------------------------------------------------


def programme(code: str, **changes: object) -> Row:
    """One seat, half secondary and half exam, nothing else asked."""
    row: Row = {"programme": code, "seats": 1, "w_secondary": Decimal(50)}
    row |= {"w_prerequisite": Decimal(0), "min_exam": Decimal(0), "min_grade": Decimal(0)}
    row |= {"prerequisite": None, "prerequisite_kind": None, "sport": False}
    row |= {"island_university": None, "regional_share": Decimal(0)}
    return row | {"vocational_share": Decimal(0)} | changes


def candidate(code: str, **changes: object) -> Row:
    """Secondary grade 100, final grade, no special quota."""
    row: Row = {"candidate": code, "secondary": Decimal(100), "has_final_grade": True}
    return row | changes


def contest(
    lists: dict[str, str],
    forms: dict[str, str],
    programmes: Changes | None = None,
    people: Changes | None = None,
) -> Tables:
    """A contest from words: `lists` ranks the candidates of each programme ("A B=C": B and C
    tied; who is not listed did not take its exam), `forms` has each candidate's options."""
    tables: Tables = {name: [] for name in COLUMNS}
    for code, listed in lists.items():
        tables["programmes"].append(programme(code, **(programmes or {}).get(code, {})))
        key = {"programme": code, "set": 1, "exam": f"exam-{code}"}
        tables["exam_sets"].append({**key, "weight": Decimal(50)})
        for position, tied in enumerate(listed.split()):
            for who in tied.split("="):
                grade = {"programme": None, "grade": 200 - 10 * position}
                tables["exams"].append({"candidate": who, "exam": f"exam-{code}", **grade})
    for who, form in forms.items():
        tables["candidates"].append(candidate(who, **(people or {}).get(who, {})))
        for order, code in enumerate(form.split(), start=1):
            tables["options"].append({"candidate": who, "order": order, "programme": code})
    return tables


def placed(tables: Tables, **policy: str) -> dict[str, str]:
    """Candidate to "programme quota", of those placed."""
    rows = place(tables, policy)["placements"]
    return {
        r["candidate"]: f"{r['programme']} {r['quota']}" for r in rows if r["result"] == "placed"
    }


def seats_of(tables: Tables, code: str) -> Row:
    return next(row for row in place(tables)["seats"] if row["programme"] == code)


def assessed(person: Row, at: Row, sets: list[str], **more: list[Row]) -> Any:
    """Assess one candidate at one programme; `sets` like "1 math 50"."""
    tables: Tables = {"programmes": [at], "candidates": [person], **more}
    tables["exam_sets"] = [
        {"programme": at["programme"], "set": int(n), "exam": exam, "weight": Decimal(weight)}
        for n, exam, weight in (line.split() for line in sets)
    ]
    read = read_contest(tables)
    return assess(read.candidates["A"], read.programmes["x"])


def exams(**grades: int) -> list[Row]:
    return [{"candidate": "A", "exam": e, "programme": None, "grade": g} for e, g in grades.items()]


# --- arts. 7, 8: conditions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "taken", "passed", "valid", "grade"),
    [
        ({}, 100, None, True, 100),
        ({"min_exam": Decimal(95)}, 95, None, True, Fraction(195, 2)),
        ({"min_exam": Decimal(95)}, 94, None, False, None),
        ({"min_grade": Decimal(110)}, 100, None, False, 100),
        ({"prerequisite": "G", "prerequisite_kind": "selection"}, 100, None, False, 100),
        ({"prerequisite": "G", "prerequisite_kind": "selection"}, 100, False, False, 100),
        ({"prerequisite": "G", "prerequisite_kind": "selection"}, 100, True, True, 100),
        ({"prerequisite": "G", "prerequisite_kind": "documentary"}, 100, None, True, 100),
    ],
)
def test_conditions_to_apply(
    at: Row, taken: int, passed: bool | None, valid: bool, grade: Fraction | None
) -> None:
    held: list[Row] = [{"candidate": "A", "group": "G", "passed": passed, "grade": None}]
    got = assessed(
        candidate("A"),
        programme("x", **at),
        ["1 math 50"],
        exams=exams(math=taken),
        prerequisites=held if passed is not None else [],
    )
    assert got.valid is valid
    assert (got.score.grade if got.score else None) == grade


def test_an_exam_not_taken_leaves_no_grade() -> None:
    got = assessed(candidate("A"), programme("x"), ["1 math 25", "1 art 25"], exams=exams(math=99))
    assert not got.valid
    assert got.score is None


def test_a_foreign_exam_counts_at_its_programme_only_and_replaces_the_national_one() -> None:
    rows = [*exams(math=150, art=140), *exams(math=120)]
    rows[-1]["programme"] = "x"
    read = read_contest(
        {
            "programmes": [programme("x"), programme("y")],
            "candidates": [candidate("A")],
            "exams": rows,
        }
    )
    at = {p: exam_grades(read.candidates["A"], read.programmes[p]) for p in "xy"}
    assert at == {"x": {"math": 120, "art": 140}, "y": {"math": 150, "art": 140}}


# --- arts. 33 to 35: grade and ranking ---------------------------------------------------------


def test_the_grade_is_rounded_once_with_half_a_tenth_up() -> None:
    exact = [Fraction("149.95"), Fraction("149.9499999"), Fraction("150.04999"), Fraction(150)]
    assert [tenths(x) for x in exact] == [150, Fraction("149.9"), 150, 150]


def test_weights_with_decimals_and_a_prerequisite_that_counts() -> None:
    at = programme("x", w_secondary=Decimal("47.25"), w_prerequisite=Decimal("10.5"))
    at |= {"prerequisite": "G", "prerequisite_kind": "ranking"}
    r: list[Row] = [{"candidate": "A", "group": "G", "passed": True, "grade": Decimal(180)}]
    person = candidate("A", secondary=Decimal("133.33333"))
    got = assessed(person, at, ["1 math 42.25"], exams=exams(math=151), prerequisites=r)
    # 62.99999843 + 63.7975 + 18.9
    assert got.score.grade == Fraction("145.7")
    assert got.score.exam_part == Fraction("63.7975")  # R is not in the tie-break
    r[0]["grade"] = None
    without = assessed(person, at, ["1 math 42.25"], exams=exams(math=151), prerequisites=r)
    assert (without.score, without.valid) == (None, False)


def test_two_cycles_15_and_16_give_154() -> None:
    person = candidate("A", two_cycle_a=Decimal(15), two_cycle_b=Decimal(16))
    at = programme("x", w_secondary=Decimal(100))
    got = assessed(person, at, ["1 math 0"], exams=exams(math=100))
    assert got.score.key == (154, 0, 160, 150)  # grade, exams, Sb, Sa


def test_sport_programmes_take_the_grade_with_physical_education() -> None:
    person = candidate("A", secondary_with_pe=Decimal(140))
    two_cycles = {"two_cycle_a": Decimal(15), "two_cycle_b": Decimal(16)}
    sets, taken = ["1 math 50"], exams(math=100)
    sport = assessed(person, programme("x", sport=True), sets, exams=taken)
    other = assessed(person, programme("x"), sets, exams=taken)
    both = assessed(person | two_cycles, programme("x", sport=True), sets, exams=taken)
    assert [s.score.tie_1 for s in (sport, other, both)] == [140, 100, 140]
    person["secondary_with_pe"] = None
    assert assessed(person, programme("x", sport=True), sets, exams=taken).score.tie_1 == 100


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        ({"math": 150, "art": 120, "law": 120}, 1),  # 150 beats the mean 120
        ({"math": 110, "art": 120, "law": 120}, 2),
        ({"math": 120, "art": 120, "law": 120}, 1),  # equal keys: the lowest number
        ({"art": 130, "law": 96}, 2),  # math not taken
        ({"math": 100, "art": 200, "law": 90}, 1),  # law below the minimum
    ],
)
def test_the_best_exam_set_counts(taken: dict[str, int], number: int) -> None:
    at = programme("x", min_exam=Decimal(95))
    sets = ["2 art 25", "2 law 25", "1 math 50"]
    assert assessed(candidate("A"), at, sets, exams=exams(**taken)).score.exam_set == number


def test_equal_grades_are_split_by_exams_and_full_ties_share_a_rank() -> None:
    tables = contest({"x": "C A=B D"}, dict.fromkeys("ABCD", "x"))
    ranks = [(r["rank"], r["candidate"]) for r in place(tables)["rankings"]]
    assert ranks == [(1, "C"), (2, "A"), (2, "B"), (4, "D")]
    # D: 90 from secondary and 10 less from the exam; the same grade, the smaller exam part.
    tables["candidates"][3]["secondary"] = Decimal(110)
    rows = place(tables)["rankings"]
    assert [(r["rank"], r["candidate"], r["grade"]) for r in rows][1:] == [
        (2, "A", 145),
        (2, "B", 145),
        (4, "D", 145),
    ]


# --- art. 10: sizes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("v", "disability", "azores", "emigrant", "military", "general"),
    [
        (1, 2, 1, 1, 1, 0),  # nominal sizes may total more than V
        (10, 2, 1, 1, 1, 4),
        (42, 2, 1, 3, 1, 34),  # 1.47, 2.94, 1.05
        (43, 2, 2, 3, 1, 33),  # 1.505, 3.01, 1.075
        (50, 2, 2, 4, 1, 39),  # 1.75, 3.5, 1.25
        (100, 2, 4, 7, 3, 80),  # 3.5, 7, 2.5
        (124, 2, 4, 9, 3, 102),  # 2.48, 4.34, 8.68, 3.1
        (125, 3, 4, 9, 3, 102),  # 2.5, 4.375, 8.75, 3.125
    ],
)
def test_special_quotas(
    v: int, disability: int, azores: int, emigrant: int, military: int, general: int
) -> None:
    tables: Tables = {"programmes": [programme("x", seats=v)]}
    row = place(tables)["seats"][0]
    assert row["seats"] == v
    assert row["disability"] == disability
    assert row["azores"] == row["madeira"] == azores
    assert (row["emigrant"], row["military"], row["general"]) == (emigrant, military, general)
    assert (row["azores_preference"], row["madeira_preference"]) == (0, 0)


def test_an_island_university_has_its_preference_instead_of_its_quota() -> None:
    tables: Tables = {"programmes": [programme("x", seats=11, island_university="madeira")]}
    row = place(tables)["seats"][0]
    assert (row["madeira_preference"], row["madeira"], row["azores"]) == (5, 0, 1)
    assert row["general"] == 11 - 2 - 1 - 1 - 1


def test_preferences_are_floored_unless_read_otherwise() -> None:
    at = programme("x", seats=5, regional_share=Decimal(50), vocational_share=Decimal("12.5"))
    read = read_contest({"programmes": [at | {"island_university": "azores"}]}).programmes["x"]
    names = ("azores_preference", "regional", "vocational")
    assert [quota_sizes(read, "floor")[n] for n in names] == [2, 2, 0]
    assert [quota_sizes(read, "half_up")[n] for n in names] == [3, 3, 1]


# --- arts. 11 to 19: who is heard where --------------------------------------------------------


@pytest.mark.parametrize("flag", ["disability", "emigrant", "military"])
def test_special_quotas_hear_a_candidate_at_any_programme(flag: str) -> None:
    tables = contest({"x": "B A"}, {"A": "x", "B": "x"}, people={"A": {flag: True}})
    assert placed(tables) == {"A": f"x {flag}"}


def test_art_11_1_goes_before_a_better_grade_of_art_11_2() -> None:
    people: Changes = {"A": {"azores": "art11.1"}, "B": {"azores": "art11.2"}}
    tables = contest({"x": "B A"}, {"A": "x", "B": "x"}, people=people)
    assert placed(tables) == {"A": "x azores"}
    at_home: Changes = {"x": {"island_university": "azores", "seats": 2}}
    tables = contest({"x": "C B A"}, dict.fromkeys("ABC", "x"), at_home, people)
    assert placed(tables) == {"A": "x azores_preference", "C": "x general"}


CONGENER: Changes = {
    "z": {"island_university": "azores", "prerequisite": "G", "prerequisite_kind": "selection"},
    "w": {"island_university": "azores"},
}


@pytest.mark.parametrize(
    ("form", "at_z", "passed", "form_order", "heard"),
    [
        ("m", "Z A", True, "as_written", False),  # reaches z and did not write it
        ("z m", "Z A", True, "as_written", True),
        ("m z", "Z A", True, "as_written", False),  # not before
        ("m", "Z", True, "as_written", True),  # exam of z not taken: not demanded
        ("m", "Z A", False, "as_written", False),  # a failed prerequisite alone does not exempt
        ("z m", "Z A", False, "as_written", True),
        ("z m", "Z A", False, "valid_only", False),  # z counts as not written
    ],
)
def test_a_congener_must_stand_before(
    form: str, at_z: str, passed: bool, form_order: str, heard: bool
) -> None:
    lists = {"m": "B A", "z": at_z, "w": "Z"}
    tables = contest(lists, {"A": form, "B": "m", "Z": "z"}, CONGENER, {"A": {"azores": "art11.1"}})
    tables["congeners"] = [{"programme": "m", "congener": "z"}]
    tables["prerequisites"] = [
        {"candidate": "A", "group": "G", "passed": passed, "grade": None},
        {"candidate": "Z", "group": "G", "passed": True, "grade": None},
    ]
    expected = {"A": "m azores"} if heard else {"B": "m general"}
    assert placed(tables, form_order=form_order) == {"Z": "z general"} | expected


def test_each_of_two_congeners_must_stand_before_and_only_of_the_same_island() -> None:
    lists = {"m": "B A", "z": "Z A", "w": "Z A"}
    at: Changes = {"z": {"island_university": "azores"}, "w": {"island_university": "azores"}}
    tables = contest(lists, {"A": "z m", "B": "m", "Z": "z"}, at, {"A": {"azores": "art11.2"}})
    tables["congeners"] = [{"programme": "m", "congener": c} for c in "zw"]
    assert placed(tables)["B"] == "m general"
    tables["programmes"][2]["island_university"] = "madeira"
    assert placed(tables)["A"] == "m azores"


@pytest.mark.parametrize(
    ("form", "form_order", "heard"),
    [
        ("z", "as_written", True),
        ("w z", "as_written", True),  # w is of the same university
        ("m z", "as_written", False),
        ("n z", "as_written", False),  # n is invalid but keeps its place
        ("n z", "valid_only", True),
    ],
)
def test_island_preference_wants_its_university_first(
    form: str, form_order: str, heard: bool
) -> None:
    at: Changes = {
        "z": {"island_university": "madeira", "seats": 2},
        "w": {"island_university": "madeira"},
    }
    # W and M hold w and m, so that A comes down to z.
    lists = {"z": "B C A", "w": "W A", "m": "M A", "n": "B"}
    forms = {"A": form, "B": "z", "C": "z", "M": "m", "W": "w"}
    people: Changes = {"A": {"madeira": "art11.1"}, "M": {"madeira": "art11.1"}}
    tables = contest(lists, forms, at, people)
    got = placed(tables, form_order=form_order).get("A")
    assert got == ("z madeira_preference" if heard else None)


@pytest.mark.parametrize(
    ("person", "form", "heard"),
    [
        ({"area": "faro", "claims_regional": True}, "x", True),
        ({"area": "faro", "claims_regional": False}, "x", False),
        ({"area": "braga", "claims_regional": True}, "x", False),
        ({"area": None, "claims_regional": True}, "x", False),
        ({"area": "faro", "area_year11": "braga", "claims_regional": True}, "x", False),
        ({"area": "faro", "area_year11": "beja", "claims_regional": True}, "x", True),
        ({"area": "braga", "area_recognised": "faro", "claims_regional": True}, "x", True),
        ({"area": "faro", "claims_regional": True}, "n x", False),  # n has no share
        ({"area": "faro", "claims_regional": True}, "y x", True),
        ({"area": "beja", "claims_regional": True}, "y x", False),  # not in the areas of y
    ],
)
def test_regional_preference(person: dict[str, object], form: str, heard: bool) -> None:
    share: dict[str, object] = {"regional_share": Decimal(50), "seats": 2}
    lists = {"x": "B C A", "y": "B", "n": "B"}
    at: Changes = {"x": share, "y": {"regional_share": Decimal(10)}}
    tables = contest(lists, {"A": form, "B": "x", "C": "x"}, at, {"A": person})
    areas = [("x", "faro"), ("x", "beja"), ("y", "faro")]
    tables["regional_areas"] = [{"programme": p, "area": a} for p, a in areas]
    assert placed(tables).get("A") == ("x regional" if heard else None)


def test_regional_preference_under_the_two_readings_of_the_form() -> None:
    at: Changes = {"x": {"regional_share": Decimal(50), "seats": 2}}
    person: dict[str, object] = {"area": "faro", "claims_regional": True}
    forms = {"A": "n x", "B": "x", "C": "x"}
    tables = contest({"x": "B C A", "n": "B"}, forms, at, {"A": person})
    tables["regional_areas"] = [{"programme": "x", "area": "faro"}]
    assert "A" not in placed(tables, form_order="as_written")
    assert placed(tables, form_order="valid_only")["A"] == "x regional"


def test_vocational_preference_needs_no_claim_and_no_order() -> None:
    at: Changes = {"x": {"vocational_share": Decimal(30), "seats": 4}}
    forms = {"A": "n x"} | dict.fromkeys("BCDE", "x")
    person: dict[str, object] = {"secondary_course": "design"}
    tables = contest({"x": "B C D E A", "n": "B"}, forms, at, {"A": person})
    tables["vocational_courses"] = [{"programme": "x", "secondary_course": "design"}]
    assert placed(tables)["A"] == "x vocational"


# --- arts. 36 and 37: placement ----------------------------------------------------------------


def test_unused_special_seats_go_to_the_general_quota() -> None:
    at: Changes = {"x": {"seats": 3}}
    tables = contest({"x": "A B C D"}, dict.fromkeys("ABCD", "x"), at)
    assert placed(tables) == dict.fromkeys("ABC", "x general")


def test_special_stages_take_at_most_what_is_left() -> None:
    people: Changes = {c: {"disability": True} for c in "DE"}
    people["F"] = {"emigrant": True}
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "A F D E"}, dict.fromkeys("ADEF", "x"), at, people)
    assert placed(tables) == {"D": "x disability", "E": "x disability"}


def test_who_gets_no_special_seat_competes_for_the_later_ones() -> None:
    people: Changes = {c: {"emigrant": True} for c in "AB"}
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "A B C"}, dict.fromkeys("ABC", "x"), at, people)
    assert placed(tables) == {"A": "x emigrant", "B": "x general"}


DEADLOCK = contest({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})


def test_both_get_their_first_option_where_the_literal_text_deadlocks() -> None:
    assert placed(DEADLOCK) == {"A": "x general", "B": "y general"}
    stuck = place(DEADLOCK, {"placement": "literal"})
    assert stuck["deadlocked"] == ["A", "B"]
    assert [r["result"] for r in stuck["placements"]] == ["not_placed", "not_placed"]
    for reading in ("stages-r1", "stages-r2"):
        assert placed(DEADLOCK, placement=reading) == placed(DEADLOCK)


def test_the_stages_never_promote_in_the_worked_case() -> None:
    # x has one general seat left after S and T; y has one seat, which A alone can have as special.
    people: Changes = {c: {"disability": True} for c in "AST"}
    lists = {"x": "S T B A", "y": "A B"}
    forms = {"A": "x y", "B": "y x", "S": "x", "T": "x"}
    tables = contest(lists, forms, {"x": {"seats": 3}}, people)
    special = {"S": "x disability", "T": "x disability"}
    assert placed(tables) == special | {"A": "x general", "B": "y general"}
    for reading in ("stages-r1", "stages-r2"):
        got = placed(tables, placement=reading)
        assert got == special | {"A": "y disability", "B": "x general"}


def test_a_promoted_candidate_keeps_her_seat_under_r1_and_is_heard_again_under_r2() -> None:
    # w and q: one emigrant seat and one general one; p: one seat. E and C are first heard as
    # emigrants, both are promoted in the general stage, and the emigrant seat of q falls free.
    people: Changes = {c: {"emigrant": True} for c in "HECF"}
    at: Changes = {"w": {"seats": 2}, "q": {"seats": 2}}
    lists = {"w": "H E", "q": "E C G F", "p": "C"}
    forms = {"H": "w", "E": "w q", "C": "q p", "F": "q", "G": "q"}
    tables = contest(lists, forms, at, people)
    both = {"H": "w emigrant", "E": "w general"}
    r2 = both | {"C": "q emigrant", "G": "q general"}
    assert placed(tables) == placed(tables, placement="stages-r2") == r2
    r1 = both | {"C": "q general", "F": "q emigrant"}
    assert placed(tables, placement="stages-r1") == r1


def test_a_tie_for_the_last_seat_opens_a_seat() -> None:
    tables = contest({"x": "A=B C"}, dict.fromkeys("ABC", "x"))
    assert placed(tables) == {"A": "x general", "B": "x general"}
    row = seats_of(tables, "x")
    assert (row["placed"], row["tie_extra"], row["leftover"]) == (2, 1, 0)


def test_a_tied_candidate_placed_better_opens_nothing() -> None:
    tables = contest({"x": "A=B C", "y": "A"}, {"A": "y x", "B": "x", "C": "x"})
    assert placed(tables) == {"A": "y general", "B": "x general"}
    assert seats_of(tables, "x")["tie_extra"] == 0


def test_a_tie_in_a_special_quota_takes_nothing_from_the_later_stages() -> None:
    people: Changes = {c: {"emigrant": True} for c in "EF"}
    at: Changes = {"x": {"seats": 3}}
    tables = contest({"x": "A B C E=F"}, dict.fromkeys("ABCEF", "x"), at, people)
    assert placed(tables) == {
        "A": "x general",
        "B": "x general",
        "E": "x emigrant",
        "F": "x emigrant",
    }
    assert seats_of(tables, "x")["tie_extra"] == 1


# --- art. 9/2: further seats -------------------------------------------------------------------


def without(*codes: str) -> Changes:
    return {code: {"has_final_grade": False} for code in codes}


def test_a_full_programme_opens_one_seat_for_each_placed_without_final_grade() -> None:
    tables = contest({"x": "N M A B"}, dict.fromkeys("NMAB", "x"), people=without("N", "M"))
    assert placed(tables) == {"N": "x general", "A": "x additional"}
    row = seats_of(tables, "x")
    assert (row["placed"], row["additional"], row["tie_extra"], row["leftover"]) == (2, 1, 0, 0)
    assert place(tables)["additional_rounds"] == [{}, {"x": 1}]


def test_a_programme_with_a_seat_left_opens_none() -> None:
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "N"}, {"N": "x"}, at, without("N"))
    assert place(tables)["additional_rounds"] == [{}]
    assert seats_of(tables, "x")["leftover"] == 1


def test_ties_open_further_seats_too() -> None:
    tables = contest({"x": "N A=B C"}, dict.fromkeys("NABC", "x"), people=without("N"))
    assert placed(tables) == {"N": "x general", "A": "x additional", "B": "x additional"}
    row = seats_of(tables, "x")
    assert (row["additional"], row["tie_extra"]) == (2, 0)


def test_a_further_seat_frees_a_seat_elsewhere() -> None:
    # First N is in x and C in y. The further seat of x draws C away, and A comes up to y.
    tables = contest(
        {"x": "N C", "y": "C A", "z": "A"}, {"N": "x", "C": "x y", "A": "y z"}, people=without("N")
    )
    assert placed(tables) == {"N": "x general", "C": "x additional", "A": "y general"}


def test_where_no_count_fits_one_programme_keeps_a_seat_too_many() -> None:
    lists, forms = {"x": "a b", "y": "b c a"}, {"a": "y x", "b": "x y", "c": "y"}
    result = place(contest(lists, forms, people=without("b")))
    assert result["additional_rounds"] == [{}, {"y": 1}, {"x": 1}, {"x": 1, "y": 1}]
    assert result["seat_too_many"] == ["y"]
    assert [(r["programme"], r["quota"]) for r in result["placements"]] == [
        ("y", "additional"),
        ("x", "general"),
        ("y", "general"),
    ]


# --- the tables --------------------------------------------------------------------------------


def test_every_option_has_an_outcome_and_the_excluded_are_in_no_ranking() -> None:
    lists = {"x": "E B A", "y": "A", "z": "A", "n": "B"}
    people: Changes = {"E": {"excluded": "56/1/a"}}
    forms = {"A": "n x y z", "B": "x", "E": "x", "O": ""}
    result = place(contest(lists, forms, people=people))
    outcome = [
        (r["candidate"], r["order"], r["rank"], r["outcome"]) for r in result["options_outcome"]
    ]
    assert outcome == [
        ("A", 1, None, "ineligible"),
        ("A", 2, 2, "outranked"),
        ("A", 3, 1, "placed"),
        ("A", 4, 1, "better_placed"),
        ("B", 1, 1, "placed"),
        ("E", 1, None, "ineligible"),
    ]
    assert result["options_outcome"][0]["grade"] is None
    assert result["options_outcome"][5]["grade"] == 150
    assert [(r["candidate"], r["result"], r["option"]) for r in result["placements"]] == [
        ("A", "placed", 3),
        ("B", "placed", 1),
        ("E", "excluded", None),
        ("O", "not_placed", None),
    ]
    assert "E" not in {r["candidate"] for r in result["rankings"]}


def test_last_placed_of_each_quota_in_the_order_of_the_stages() -> None:
    people: Changes = {"E": {"emigrant": True}, "F": {"azores": "art11.1"}}
    at: Changes = {"x": {"seats": 4}}
    tables = contest({"x": "A B C E F"}, dict.fromkeys("ABCEF", "x"), at, people)
    rows = [(r["quota"], r["grade"]) for r in place(tables)["last_placed"]]
    assert rows == [("azores", 130), ("emigrant", 135), ("general", 145)]


@pytest.mark.parametrize(
    "policy",
    [{"placement": "boston"}, {"form_order": "x"}, {"preference_rounding": "x"}, {"x": "x"}],
)
def test_an_unknown_reading_is_refused(policy: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"must be|unknown"):
        place({"programmes": [programme("x")]}, policy)


# --- random contests ---------------------------------------------------------------------------


def market_of(tables: Tables) -> Market:
    read = read_contest(tables)
    return build_market(read, assess_all(read), {})


@pytest.mark.parametrize("quotas", [True, False])
@pytest.mark.parametrize("ties", ["many", "few"])
def test_brute_force_on_tiny_contests(quotas: bool, ties: str) -> None:
    for seed in range(300):
        brute.check(random_contest(Random(seed), 4, 3, quotas=quotas, ties=ties))
    for seed in range(60):
        brute.check(random_contest(Random(seed), 6, 2, quotas=quotas, ties=ties))


def test_the_choice_is_the_stated_one_and_never_takes_back_a_refusal() -> None:
    for seed in range(150):
        rng = Random(seed)
        market = market_of(random_contest(rng, 12, 1, quotas=True))
        for programme_code, heard in market.heard.items():
            many = {c for c in heard if rng.random() < 0.8}
            few = {c for c in many if rng.random() < 0.7}
            further = rng.choice([0, 0, 1, 2])
            of_many = set(choose(market, programme_code, many, further))
            assert of_many == brute.wanted(market, programme_code, many, further)
            assert of_many & few <= set(choose(market, programme_code, few, further))


def test_the_literal_text_gives_the_default_wherever_it_finishes() -> None:
    finished = 0
    for seed in range(150):
        market = market_of(random_contest(Random(seed), 20, 5, quotas=True))
        if not literal_deadlocked(market, {}):
            finished += 1
            assert literal(market, {}) == candidate_optimal(market, {})
    assert finished > 20


@pytest.mark.parametrize("placement", ["candidate-optimal", "literal", "stages-r1", "stages-r2"])
def test_seats_are_conserved_and_rows_in_any_order_give_the_same(placement: str) -> None:
    for seed in range(12):
        rng = Random(seed)
        tables = random_contest(rng, 60, 6, quotas=True, ties="many" if seed % 2 else "few")
        result = place(tables, {"placement": placement})
        for row in result["seats"]:
            extra = row["tie_extra"] + row["additional"]
            assert row["placed"] == row["seats"] - row["leftover"] + extra
        shuffled = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
        assert place(shuffled, {"placement": placement}) == result


def test_the_tied_share_their_fate() -> None:
    """Equal rank and heard alike: where one is placed, the other is there or better off."""
    tied = 0
    for seed in range(60):
        tables = random_contest(Random(seed), 40, 4, quotas=True)
        market, result = market_of(tables), place(tables)
        holds = {r["candidate"]: r["programme"] for r in result["placements"]}
        for p, heard in market.heard.items():
            for a in (c for c in heard if holds[c] == p):
                for b in (c for c in heard if c != a and heard[c] == heard[a]):
                    tied += 1
                    assert not brute.prefers(market, b, p, holds)
    assert tied > 100


# --- the generator -----------------------------------------------------------------------------


@pytest.mark.parametrize("quotas", [True, False])
def test_random_contests_are_valid_and_repeatable(quotas: bool) -> None:
    for seed in range(30):
        tables = random_contest(Random(seed), 30, 8, quotas=quotas)
        assert tables == random_contest(Random(seed), 30, 8, quotas=quotas)
        read = read_contest(tables)
        for p in read.programmes.values():
            assert p.exam_sets
            for weights in p.exam_sets.values():
                assert all(w > 0 and w * 100 == int(w * 100) for w in weights.values())
                assert p.w_secondary + p.w_prerequisite + sum(weights.values()) == 100
            assert 0 <= p.regional_share <= 50
            assert 0 <= p.vocational_share <= 30
            assert bool(p.areas) == (p.regional_share > 0)
            assert len(set(p.congeners)) == len(p.congeners)
            assert all(read.programmes[c].island_university for c in p.congeners)
        for c in read.candidates.values():
            assert sorted(c.options) == list(range(1, len(c.options) + 1))
            assert len(set(c.form)) == len(c.form) <= 6
        keys = [(r["candidate"], r["exam"], r.get("programme")) for r in tables["exams"]]
        assert len(keys) == len(set(keys))


def test_random_contests_cover_every_quota_and_outcome() -> None:
    quotas: set[str] = set()
    outcomes: set[str] = set()
    repeated = extra = 0
    for seed in range(30):
        result = place(random_contest(Random(seed), 80, 8, quotas=True))
        quotas |= {r["quota"] for r in result["last_placed"]}
        outcomes |= {r["outcome"] for r in result["options_outcome"]}
        repeated += len(result["additional_rounds"]) > 2
        extra += sum(r["tie_extra"] for r in result["seats"])
    assert quotas == set(QUOTAS)
    assert outcomes == {"placed", "outranked", "better_placed", "ineligible"}
    assert repeated > 0
    assert extra > 0


def test_a_contest_is_written_as_a_folder(tmp_path: Path) -> None:
    tables = random_contest(Random(1), 20, 4, quotas=False)
    write_contest(tables, tmp_path / "contest", policy={"form_order": "valid_only"})
    settings = tomllib.loads((tmp_path / "contest" / "contest.toml").read_text(encoding="utf-8"))
    assert settings["edition"] == "pt-national-2017"
    assert settings["phase"] == 1
    assert settings["policy"] == {"form_order": "valid_only"}
    for name, rows in tables.items():
        with (tmp_path / "contest" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        assert len(read) == len(rows)
    assert read[0] == {name: str(value) for name, value in tables["options"][0].items()}
