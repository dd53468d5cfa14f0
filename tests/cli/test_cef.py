"""`portaria cef` from the command line: a class on a day, deadlines, quorum."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from reference.cef.folder import write
from reference.cef.random_courses import random_course

DAY = ("--on", "2026-07-25")
ATTENDANCE = (
    "student subject absent_minutes unjustified_minutes attendance meets_90 recovery "
    "recovery_lessons clause"
)
COLUMNS = {
    "attendance": ATTENDANCE,
    "subject_grades": "student subject exact level",
    "component_grades": "student component exact level",
    "certification": "student outcome components paf finals reason clause",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(random_course(1), tmp_path / "class")
    return tmp_path / "class"


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_results_have_the_contracts_columns(folder, portaria, tmp_path):
    out = tmp_path / "results"
    assert portaria("cef", "evaluate", folder, *DAY, "--out", out).code == 0
    for name, columns in COLUMNS.items():
        assert " ".join(rows(out / f"{name}.csv")[0]) == columns
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["on"] == "2026-07-25"
    assert manifest["edition"] == "cef-albufeira-2023"
    first = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    assert portaria("cef", "evaluate", folder, *DAY, "--out", out).code == 2
    assert portaria("cef", "evaluate", folder, *DAY, "--out", out, "--replace", "-q").code == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == first


def test_json_is_what_the_files_hold(folder, portaria, tmp_path):
    out = tmp_path / "results"
    answer = portaria("cef", "evaluate", folder, *DAY, "--out", out, "--json")
    found = json.loads(answer.out)
    for name in COLUMNS:
        header, *written = rows(out / f"{name}.csv")
        told = [[_cell(row[column]) for column in header] for row in found[name]]
        assert told == written


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_many_classes_in_one_folder(portaria, tmp_path):
    """Two classes beside each other fare as each by itself."""
    whole = tmp_path / "school"
    whole.mkdir()
    names = ["students", "subjects", "units", "unit_grades", "absences", "internship", "paf"]
    tables: dict[str, list[list[str]]] = {}
    alone: dict[str, list[list[str]]] = {name: [] for name in COLUMNS}
    for number, seed in enumerate((3, 5), 1):
        course = random_course(seed)
        course["course"] |= {"level_cutoffs": [20, 50, 70, 90], "technological_by": "units"}
        one, out = tmp_path / f"one{number}", tmp_path / f"out{number}"
        write(course, one)
        assert portaria("cef", "evaluate", one, *DAY, "--out", out, "-q").code == 0
        for name in names:
            header, *found = rows(one / f"{name}.csv")
            tables.setdefault(name, [["class", *header]])
            order = [header.index(column) for column in tables[name][0][1:]]
            tables[name] += [[f"T{number}", *(row[n] for n in order)] for row in found]
        for name in COLUMNS:
            alone[name] += [[f"T{number}", *row] for row in rows(out / f"{name}.csv")[1:]]
        (whole / "course.toml").write_bytes((one / "course.toml").read_bytes())
    tables["classes"] = [["class"], ["T1"], ["T2"]]
    for name, found in tables.items():
        with (whole / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(found)
    out = tmp_path / "out"
    answer = portaria("cef", "evaluate", whole, *DAY, "--out", out, "-q")
    assert answer.code == 0, answer.err
    for name in COLUMNS:
        assert rows(out / f"{name}.csv")[1:] == alone[name]


def test_every_problem_is_told_and_nothing_written(folder, portaria, tmp_path):
    path = folder / "absences.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "nobody,POR,2025-01-15,5000,perhaps,ordinary\n", encoding="utf-8")
    (folder / "course.toml").write_text("start = 2024-09-13\nlevel_cutoffs = [50]\n")
    out, problems = tmp_path / "results", tmp_path / "problems.csv"
    answer = portaria(
        "cef", "evaluate", folder, *DAY, "--out", out, "--problems", problems, "--lang", "en"
    )
    assert answer.code == 1
    assert not out.exists()
    told = {(row[1], row[4]) for row in rows(problems)[1:]}
    assert {("course.toml", "level_cutoffs"), ("course.toml", "school_year_start")} <= told
    assert ("absences.csv", "justified") in told
    assert portaria("cef", "check", folder).code == 1


def test_check_of_a_sound_class(folder, portaria):
    assert portaria("cef", "check", folder).code == 0


def test_a_day_is_needed(folder, portaria):
    assert portaria("cef", "evaluate", folder).code == 2
    assert portaria("cef", "evaluate", folder, "--on", "25/07/2026").code == 2


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("deadline minutes --from 2024-02-09 --closure 2024-02-13", {"by": "2024-02-14"}),
        ("deadline test-return --from 2025-11-24 --next-test 2025-12-10", {"by": "2025-12-09"}),
        ("deadline paf-matrix --from 2025-07-15", {"by": "2025-06-13"}),
        ("deadline grade-sheets --from 2025-12-15T09:00",
         {"by": "2025-12-13T09:00", "remind_on": "2025-12-12"}),
        ("deadline meeting-notice --from 2024-01-12T15:00", {"not_before": "2024-01-14T15:00"}),
        ("deadline second-meeting --from 2024-02-15T17:00",
         {"not_before": "2024-02-16T17:00", "by": "2024-02-19"}),
        ("quorum --voting 12 --present 6", {"needed": 7, "quorum": False}),
        ("quorum --voting 12 --present 4 --second-call", {"needed": 4, "quorum": True}),
    ],
)  # fmt: skip
def test_a_question(question, expected, portaria):
    found = json.loads(portaria("cef", *question.split(), "--json").out)
    assert {name: found[name] for name in expected} == expected
    assert portaria("cef", *question.split()).out


@pytest.mark.parametrize(
    "question",
    [
        "deadline nothing --from 2024-02-09",
        "deadline minutes",
        "deadline minutes --from yesterday",
        "deadline minutes --from 2024-02-09 --reading notice=never",
        "deadline minutes --from 2031-02-09",
        "quorum --voting 3 --present 4",
        "quorum --voting 0 --present 0",
    ],
)
def test_a_bad_question(question, portaria):
    answer = portaria("cef", *question.split())
    assert answer.code == 2
    assert answer.out == ""


# --- a generated class ----------------------------------------------------------------------------


def test_a_generated_class_is_sound_and_looked_ahead(portaria, tmp_path):
    folder = tmp_path / "turma"
    assert portaria("cef", "generate", folder, "--students", "12", "--seed", "4").code == 0
    assert portaria("cef", "check", folder).code == 0
    found = json.loads(portaria("cef", "outlook", folder, "--on", "2025-06-10", "--json").out)
    assert {row["student"] for row in found["students"]} == {f"A{n:04}" for n in range(1, 13)}
    assert len(found["subjects"]) == 12 * 12
    due = [row for row in found["subjects"] if row["inform_by"]]
    assert all(row["passed_on"] <= row["inform_by"] <= row["define_by"] for row in due)
    assert portaria("cef", "outlook", folder, "--on", "2025-06-10").out
    assert portaria("cef", "generate", folder, "--seed", "4").code == 2


def test_nobody_is_near_a_limit_before_the_first_day(portaria, tmp_path):
    folder = tmp_path / "turma"
    portaria("cef", "generate", folder, "--students", "5", "--seed", "1", "--quiet")
    answer = portaria("cef", "outlook", folder, "--on", "2024-01-10", "--lang", "en")
    assert answer.out.strip() == "Nobody is near a limit."


# --- planning -------------------------------------------------------------------------------------


def test_the_dates_of_a_summer_that_fit(portaria):
    found = json.loads(portaria("cef", "calendar", "--year", "2026", "--json").out)
    fits = {row["internship_from"] for row in found if not row["conflicts"]}
    assert fits == {"2026-06-01", "2026-06-02"}
    told = portaria("cef", "calendar", "--year", "2026", "--lang", "en").out
    assert "Internship from June 1, 2026 to July 14, 2026; PAF from July 15, 2026" in told
    lost = ("--minutes-a-day", "300", "--lang", "en")
    assert "No dates of 2026 fit" in portaria("cef", "calendar", "--year", "2026", *lost).out


def test_two_dates_with_every_conflict(portaria):
    dates = ("--internship", "2025-06-09", "--paf", "2025-07-15")
    answer = portaria("cef", "calendar", "--year", "2025", *dates, "--json")
    (row,) = json.loads(answer.out)
    assert row["internship_to"] == "2025-07-22"
    assert row["matrix_by"] == "2025-06-13"
    assert row["conflicts"] == ["after-15-july", "before-internship-ends"]
    told = portaria("cef", "calendar", "--year", "2025", *dates, "--lang", "en").out
    assert "the internship ends after 15 July" in told


@pytest.mark.parametrize(
    ("options", "minimum", "maximum", "eligible"),
    [
        ("--born 2010-01-20 --passed 6 --failed 7", "admissible", "admissible", True),
        ("--born 2011-01-20 --guardian-signed --report class_director", "may_be_submitted",
         "admissible", None),
        ("--born 2011-01-20 --guardian-signed", "incomplete", "admissible", None),
        ("--born 2007-09-01 --passed 8", "admissible", "barred", False),
        ("--born 2007-09-01 --last-year-passed", "admissible", "admissible", None),
        ("--born 2007-09-01 --last-year-passed --interrupted", "admissible", "barred", None),
        ("--born 2007-09-10", "admissible", "admissible", None),
    ],
)  # fmt: skip
def test_admission(options, minimum, maximum, eligible, portaria):
    days = ("--start", "2025-09-12", "--school-year", "2025-09-01")
    found = json.loads(portaria("cef", "admission", *options.split(), *days, "--json").out)
    assert found["minimum_age"]["outcome"] == minimum
    assert found["maximum_age"]["outcome"] == maximum
    assert (found["schooling"] or {"eligible": None})["eligible"] == eligible
    assert portaria("cef", "admission", *options.split(), *days).out


# --- what people add to the tables ----------------------------------------------------------------


def test_extra_columns_change_nothing(folder, portaria, tmp_path):
    first = portaria("cef", "evaluate", folder, *DAY, "--json").out
    own = ("component", "level", "base", "anniversary", "year", "start", "planned", "now",
           "lesson_minutes", "internship_minutes", "passed", "notes")  # fmt: skip
    for table in ("students", "subjects", "units", "unit_grades", "absences", "internship", "paf"):
        header, *found = rows(folder / f"{table}.csv")
        more = [name for name in own if name not in header]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            longer = [[*row, *("7" for _ in more)] for row in found]
            csv.writer(file).writerows([[*header, *more], *longer])
    answer = portaria("cef", "evaluate", folder, *DAY, "--json")
    assert answer.out == first


def test_a_column_class_without_a_table_of_classes(folder, portaria):
    first = json.loads(portaria("cef", "evaluate", folder, *DAY, "--json").out)
    for path in folder.glob("*.csv"):
        header, *found = rows(path)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["class", *header], *(["9A", *row] for row in found)])
    found = json.loads(portaria("cef", "evaluate", folder, *DAY, "--json").out)
    assert found == {
        name: [{"class": "9A", **row} for row in listed] for name, listed in first.items()
    }


def test_what_a_person_must_look_at_is_told(portaria, tmp_path):
    """A grade of the PAF of somebody who was not admitted is ignored with a warning."""
    folder = tmp_path / "turma"
    portaria("cef", "generate", folder, "--students", "6", "--seed", "1", "--quiet")
    path = folder / "internship.csv"
    header, *found = rows(path)
    for row in found:
        for name, minutes in (("absent", "631"), ("justified", "0"), ("made_up", "0")):
            row[header.index(f"{name}_minutes")] = minutes
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *found])
    problems = tmp_path / "problems.csv"
    answer = portaria("cef", "evaluate", folder, *DAY, "--problems", problems, "--json")
    assert answer.code == 0
    assert "cef-paf-not-admitted" in [row[6] for row in rows(problems)]
    told = json.loads(answer.out)["certification"]
    assert {row["paf"] for row in told} == {"not_admitted"}
    early = portaria("cef", "evaluate", folder, "--on", "2020-01-01", "--problems", problems)
    assert "cef-before-course" in [row[6] for row in rows(problems)]
    assert early.code == 0


def test_the_help_names_every_deadline():
    from portaria.cli.cef.questions import KNOWN
    from portaria.regulations.cef.deadlines import NAMES

    assert ", ".join(NAMES) == KNOWN


@pytest.mark.parametrize(
    "question",
    [
        "deadline test-return --from 2025-12-10 --next-test 2025-12-10",
        "deadline minutes --from 2025-12-10 --next-test 2025-12-12",
    ],
)
def test_the_next_test(question, portaria):
    assert portaria("cef", *question.split()).code == 2
