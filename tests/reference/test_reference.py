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
from .markets import random_contest, write_contest
from .placement import candidate_optimal, choose, literal, literal_deadlocked
from .quotas import Market, assess_all, build_market, quota_sizes
from .words import Tables, candidate, contest, programme


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


def test_preferences_are_floored_unless_read_otherwise() -> None:
    at = programme("x", seats=5, regional_share=Decimal(50), vocational_share=Decimal("12.5"))
    read = read_contest({"programmes": [at | {"island_university": "azores"}]}).programmes["x"]
    names = ("azores_preference", "regional", "vocational")
    assert [quota_sizes(read, "floor")[n] for n in names] == [2, 2, 0]
    assert [quota_sizes(read, "half_up")[n] for n in names] == [3, 3, 1]


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
