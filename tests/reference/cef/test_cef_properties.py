"""What holds for every class: order, exact numbers, and that missing more never gives more."""

import csv
import tomllib
from contextlib import suppress
from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from . import READINGS, BadCourse, Evaluation, evaluate
from .certification import OUTCOMES
from .folder import write
from .model import COMPONENTS
from .practice import weighed
from .random_courses import random_course, random_day
from .random_faults import FAULTS, fault_of
from .remarks import CODES

Row = dict[str, Any]

SEEDS = range(120)
TABLES = ("students", "subjects", "units", "unit_grades", "absences", "internship", "paf")
OPTIONAL = ("recoveries", "exclusions")


def tables_in(tables: Row) -> list[str]:
    return [name for name in (*TABLES, *OPTIONAL) if name in tables]


def result(seed: int, **policy: str) -> Evaluation:
    tables = random_course(seed)
    tables["course"]["policy"] = policy
    return evaluate(tables, random_day(seed))


def by_key(rows: list[Row]) -> dict[tuple[str, str], Row]:
    return {(row["student"], row.get("subject") or row.get("component") or ""): row for row in rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_is_irrelevant(seed: int) -> None:
    tables = random_course(seed)
    other = deepcopy(tables)
    for name in tables_in(other):
        Random(seed).shuffle(other[name])
    untouched = deepcopy(tables)
    first, second = (evaluate(given, random_day(seed)) for given in (tables, other))
    assert tables == untouched
    assert (first.tables, first.warnings) == (second.tables, second.warnings)


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_exact(seed: int) -> None:
    found = result(seed)
    assert not any(
        isinstance(v, float) for t in found.tables.values() for r in t for v in r.values()
    )
    subjects = {subject.subject: subject for subject in found.course.subjects}
    for row in found.tables["attendance"]:
        assert isinstance(row["attendance"], Fraction)
        total = subjects[row["subject"]].total
        assert row["attendance"] * total == total - row["absent_minutes"]
        assert row["meets_90"] == (10 * row["absent_minutes"] <= total)
    for table in ("subject_grades", "component_grades"):
        for row in found.tables[table]:
            assert (row["exact"] is None) == (row["level"] is None)
            if row["exact"] is not None:
                assert 1 <= row["exact"] <= 5
                assert -1 < 2 * (row["exact"] - row["level"]) < 1 or (
                    row["level"] - row["exact"] == Fraction(1, 2)
                )


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_are_whole(seed: int) -> None:
    found = result(seed)
    students = [s.student for s in found.course.students]
    subjects = [s.subject for s in found.course.subjects]
    got = [(row["student"], row["subject"]) for row in found.tables["attendance"]]
    assert got == [(student, subject) for student in students for subject in subjects]
    got = [(row["student"], row["component"]) for row in found.tables["component_grades"]]
    assert got == [(student, component) for student in students for component in COMPONENTS]
    assert [row["student"] for row in found.tables["certification"]] == students


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_absence_never_gives_more(seed: int, justified: bool) -> None:
    tables, rng, on = random_course(seed), Random(seed), random_day(seed)
    more = deepcopy(tables)
    subject, student = rng.choice(tables["subjects"]), rng.choice(tables["students"])
    day = rng.choice((date(2024, 9, 13), date(2025, 2, 3), date(2025, 9, 1), date(2026, 7, 24)))
    key = {"student": student["student"], "subject": subject["subject"]}
    row = {**key, "date": str(day), "minutes": "45", "cause": "ordinary"}
    more["absences"].append({**row, "justified": str(justified).lower()})
    before, after = evaluate(tables, on), evaluate(more, on)
    old, new = (by_key(found.tables["attendance"]) for found in (before, after))
    for name, was in old.items():
        now = new[name]
        assert now["attendance"] <= was["attendance"]
        assert now["unjustified_minutes"] >= was["unjustified_minutes"]
        assert was["recovery"] == "none" or now["recovery"] != "none"
        if justified or day > on or name != tuple(key.values()):
            assert now["unjustified_minutes"] == was["unjustified_minutes"]
    if justified or day > on:
        assert all(new[n]["recovery"] == old[n]["recovery"] for n in old)
    worse(before, after)


def worse(before: Evaluation, after: Evaluation) -> None:
    """No student has a better outcome, or a component more."""
    pairs = zip(before.tables["certification"], after.tables["certification"], strict=True)
    for was, now in pairs:
        assert OUTCOMES.index(now["outcome"]) >= OUTCOMES.index(was["outcome"])
        assert set(now["components"].split(";")) <= {*was["components"].split(";"), ""}
        assert was["finals"] >= now["finals"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_better_grade_never_gives_less(seed: int) -> None:
    """A level more in one unit, in the internship or in the PAF."""
    tables, rng, on = random_course(seed), Random(seed), random_day(seed)
    better = deepcopy(tables)
    for table in ("unit_grades", "internship", "paf"):
        rows = [row for row in better[table] if row["level"] in tuple("1234")]
        for row in rng.sample(rows, min(2, len(rows))):
            row["level"] = str(int(row["level"]) + 1)
    before, after = evaluate(tables, on), evaluate(better, on)
    worse(after, before)
    old, new = (by_key(found.tables["component_grades"]) for found in (before, after))
    assert all(
        old[name]["exact"] is None or new[name]["exact"] >= old[name]["exact"] for name in old
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_later_absences_are_ignored(seed: int) -> None:
    tables, on = random_course(seed), random_day(seed)
    known = deepcopy(tables)
    known["absences"] = [row for row in tables["absences"] if row["date"] <= str(on)]
    first, second = evaluate(tables, on), evaluate(known, on)
    assert (first.tables, first.warnings) == (second.tables, second.warnings)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_exclusion_less_never_gives_less(seed: int) -> None:
    tables, on = random_course(seed), random_day(seed)
    fewer = deepcopy(tables)
    rows = fewer.get("exclusions", [])
    fewer["exclusions"] = Random(seed).sample(rows, len(rows) // 2)
    worse(evaluate(fewer, on), evaluate(tables, on))


@pytest.mark.parametrize("recovered", ["absent", "attended"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_measure_never_gives_less(seed: int, recovered: str) -> None:
    """As absent it changes nothing but its own table; as attended only attendance rises."""
    tables, on = random_course(seed), random_day(seed)
    tables["course"]["policy"] = {"recovered": recovered}
    without = {name: rows for name, rows in tables.items() if name != "recoveries"}
    before, after = evaluate(without, on), evaluate(tables, on)
    worse(after, before)
    if recovered == "absent":
        assert before.tables == {n: t for n, t in after.tables.items() if n != "recoveries"}
        return
    for was, now in zip(before.tables["attendance"], after.tables["attendance"], strict=True):
        assert was["attendance"] <= now["attendance"] <= 1
        assert was["absent_minutes"] == now["absent_minutes"]


@pytest.mark.parametrize("seed", SEEDS)
def test_students_do_not_touch_each_other(seed: int) -> None:
    tables, on = random_course(seed), random_day(seed)
    whole, one = evaluate(tables, on), tables["students"][0]["student"]
    for table in set(tables_in(tables)) - {"subjects", "units"}:
        tables[table] = [row for row in tables[table] if row["student"] == one]
    for table, rows in evaluate(tables, on).tables.items():
        assert rows == [row for row in whole.tables[table] if row["student"] == one]


def test_practice_never_ties() -> None:
    """19: with levels of 1 to 5 the mean never lies half way, so no rounding is in doubt."""
    levels = [Fraction(level) for level in range(1, 6)]
    assert all((2 * weighed(a, b)) % 2 != 1 for a in levels for b in levels)


@pytest.mark.parametrize("seed", range(4 * len(FAULTS)))
def test_a_faulty_class_is_refused_with_its_fault(seed: int) -> None:
    with pytest.raises(BadCourse) as refused:
        evaluate(random_course(seed, faulty=True), random_day(seed))
    assert {fault.code for fault in refused.value.faults} == {fault_of(seed)}


@pytest.mark.parametrize("seed", range(12))
def test_any_broken_cell_is_a_fault_and_no_crash(seed: int) -> None:
    """One cell after the other is made into something else."""
    rng, tables, on = Random(seed), random_course(seed), random_day(seed)
    rows = [
        tables["course"],
        *(rng.choice(tables[name]) for name in tables_in(tables) if tables[name]),
    ]
    for row in rows:
        for column, kept in list(row.items()):
            for broken in (None, [], {}, 1.5, "x;", "-1", [[]], True, "9" * 40):
                row[column] = broken
                with suppress(BadCourse):
                    evaluate(tables, on)
            row[column] = kept


@pytest.mark.parametrize("seed", range(5))
def test_a_folder_says_the_same(seed: int, tmp_path: Path) -> None:
    tables = random_course(seed)
    write(tables, tmp_path)
    back: Row = {"course": tomllib.loads((tmp_path / "course.toml").read_text(encoding="utf-8"))}
    for name in tables_in(tables):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            back[name] = list(csv.DictReader(file))
        assert back[name] == tables[name]
    first, second = (evaluate(given, random_day(seed)) for given in (tables, back))
    assert first.tables == second.tables


def test_the_generator_reaches_everything() -> None:
    """Else the comparison with another engine would prove less than it says."""
    seen: dict[str, set[Any]] = {"recovery": set(), "outcome": set(), "paf": set(), "finals": set()}
    reasons: set[str] = set()
    warned: set[str] = set()
    for seed in range(300):
        found = result(seed)
        for rows in found.tables.values():
            for row in rows:
                for name in seen:
                    seen[name] |= {row[name]} if name in row else set()
        reasons |= {row["reason"] for row in found.tables["certification"]}
        warned |= {row["code"] for row in found.warnings}
    assert seen["recovery"] == {"none", "not_owed", "due", "council"}
    assert seen["outcome"] == set(OUTCOMES)
    assert seen["paf"] == {"admitted", "not_admitted"}
    assert seen["finals"] == {True, False}
    assert reasons == {*COMPONENTS, "concluded", "attendance", "exclusion", "internship_attendance"}
    assert warned == set(CODES)


@pytest.mark.parametrize("name", [name for name, reading in READINGS.items() if reading.course])
def test_every_reading_changes_some_class(name: str) -> None:
    for choice in READINGS[name].choices[1:]:
        assert any(result(s).answer() != result(s, **{name: choice}).answer() for s in range(300))
