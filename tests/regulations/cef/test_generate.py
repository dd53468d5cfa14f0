"""Generated classes: the same bytes, sound tables, every certificate, the plan's hours."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import polars as pl
import pytest
from reference.cef import evaluate as plainly

from portaria.core.errors import UsageError
from portaria.regulations.cef.certification import OUTCOME_RULES
from portaria.regulations.cef.evaluate import evaluate, result_tables
from portaria.regulations.cef.generate import generate, is_generated, tables
from portaria.regulations.cef.generate.plan import HOUR, lesson_days, school_days, subjects
from portaria.regulations.cef.generate.sources import data
from portaria.regulations.cef.outlook import outlook
from portaria.regulations.cef.read import read_course
from portaria.regulations.cef.schemas import TABLES
from portaria.tables.schema import SOURCE_ROW

END = date(2026, 7, 25)


def generated(folder, *arguments, **more):
    """The course of a generated folder; there is no problem, not even a warning."""
    folder.mkdir()
    generate(folder, *arguments, **more)
    course, problems = read_course(folder)
    assert problems == []
    assert course is not None
    return course


def hashes(folder):
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


# --- folders -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("classes", [1, 3])
def test_the_same_arguments_give_the_same_bytes(tmp_path, form, classes):
    found = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generated(tmp_path / name, 8, seed, classes, form)
        found.append(hashes(tmp_path / name))
        assert is_generated(tmp_path / name)
    assert found[0] == found[1] != found[2]


def test_both_forms_hold_the_same_class(tmp_path):
    first = generated(tmp_path / "csv", 6, 1)
    second = generated(tmp_path / "parquet", 6, 1, form="parquet")
    assert first.classes.equals(second.classes)
    assert all(frame.equals(second.frames[name]) for name, frame in first.frames.items())


def test_many_classes_are_told_apart(tmp_path):
    course = generated(tmp_path / "many", 4, 2, 12)
    assert course.many
    assert course.classes.height == 12
    assert course.students.group_by("class").len()["len"].to_list() == [4] * 12
    assert set(course.classes["technological_by"]) == {"units", "domains"}
    assert not generated(tmp_path / "one", 4, 2).many


def test_a_column_never_holds_a_float():
    for frame in tables(5, 3, 2).values():
        assert not any(kind.is_float() for kind in frame.dtypes)


def test_the_tables_have_the_columns_of_the_contract():
    for name, frame in tables(3, 1, 2).items():
        wanted = set(TABLES[name].schema.column_names()) - {SOURCE_ROW}
        assert set(frame.columns) == wanted, name


@pytest.mark.parametrize(("students", "seed", "classes"), [(0, 0, 1), (101, 0, 1), (5, -1, 1),
                                                           (5, 0, 0), (5, 0, 10_001)])  # fmt: skip
def test_numbers_out_of_range_are_refused(students, seed, classes, tmp_path):
    with pytest.raises(UsageError):
        generate(tmp_path, students, seed, classes)
    assert not any(tmp_path.iterdir())


def test_a_folder_of_somebody_else_is_not_ours(tmp_path):
    assert not is_generated(tmp_path)
    (tmp_path / "course.toml").write_text("start = 2024-09-12\n", encoding="utf-8")
    assert not is_generated(tmp_path)


def test_the_smallest_class(tmp_path):
    for seed in range(30):
        evaluate(generated(tmp_path / str(seed), 1, seed), END)


# --- what is in them -----------------------------------------------------------------------------


def test_the_plan_has_the_hours_of_a_type_2_course():
    hours = dict.fromkeys(("sociocultural", "scientific", "technological"), 0)
    for subject in subjects():
        hours[subject.component] += sum(subject.planned) // HOUR
        assert sum(subject.units) == sum(subject.planned)
    plan = data("plan")
    assert hours == {"sociocultural": 798, "scientific": 333, "technological": 775}
    assert 798 + 333 + 768 + plan["internship_hours"] == plan["published_hours"]


def test_lessons_are_held_on_school_days():
    for year in (1, 2):
        days = school_days(year)
        assert 150 < len(days) < 185
        for number, subject in enumerate(subjects()):
            places = lesson_days(number, year)
            assert len(places) == subject.planned[year - 1] // 50
            assert all((places >= 0) & (places < len(days)))


def test_every_certificate_and_every_kind_of_recovery_appears(tmp_path):
    outcomes, recoveries, reasons = set(), set(), set()
    for seed in range(12):
        found = evaluate(generated(tmp_path / str(seed), seed=seed), END)
        outcomes |= set(found.certification["outcome"])
        reasons |= set(found.certification["reason"])
        recoveries |= set(found.attendance["recovery"])
    assert outcomes == set(OUTCOME_RULES)
    assert recoveries == {"none", "due", "council", "not_owed"}
    assert {"concluded", "attendance", "internship_attendance", "practical"} <= reasons


def test_shares(tmp_path):
    """Most conclude; few students miss most of the lessons; measures of discipline are rare."""
    found = evaluate(generated(tmp_path / "many", 25, 9, 60), END)
    share = (found.certification["outcome"] == "professional_and_school").mean()
    assert 0.5 < share < 0.8
    absences = found.course.absences
    of_each = absences.group_by("class", "student").len()["len"].sort(descending=True)
    assert of_each[: len(of_each) // 5].sum() > of_each.sum() // 2
    causes = dict(absences["cause"].value_counts(normalize=True).iter_rows())
    assert 0.002 < causes["sent_out"] < 0.06
    assert 0.002 < causes["suspension"] < 0.06
    assert 0.1 < absences["justified"].mean() < 0.5


def test_ages_are_those_of_the_course(tmp_path):
    born = generated(tmp_path / "many", 25, 4, 20).students["birth_date"]
    assert born.min() > date(2006, 9, 1)
    assert born.max() <= date(2009, 9, 1)


def test_nobody_misses_a_lesson_twice(tmp_path):
    absences = generated(tmp_path / "one", 22, 7).absences
    of_day = absences.group_by("student", "subject", "date").len()["len"]
    assert of_day.max() <= 3


@pytest.mark.parametrize("seed", [0, 5])
def test_the_reference_reads_and_answers_the_same(seed, tmp_path):
    course = generated(tmp_path / "one", 6, seed)
    tables_of = {"course": tomllib.loads((tmp_path / "one/course.toml").read_text("utf-8"))}
    for path in (tmp_path / "one").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables_of[path.stem] = list(csv.DictReader(file))
    expected = plainly(tables_of, END).tables["certification"]
    found = result_tables(evaluate(course, END))["certification"]
    assert found["outcome"].to_list() == [row["outcome"] for row in expected]
    assert found["reason"].to_list() == [row["reason"] for row in expected]


@pytest.mark.long
def test_a_thousand_classes(tmp_path):
    """Made, read, evaluated and looked ahead within seconds each."""
    folder: Path = tmp_path / "many"
    folder.mkdir()
    start = perf_counter()
    rows = generate(folder, 25, 1, 1000, "parquet")
    assert rows["students"] == 25_000
    assert perf_counter() - start < 15
    course, problems = read_course(folder)
    assert not problems
    assert course is not None
    found = evaluate(course, END)
    start = perf_counter()
    ahead = outlook(found)
    assert perf_counter() - start < 5
    assert ahead.subjects.height == 300_000
    assert ahead.students.select(pl.col("missing").is_not_null().all()).item()
