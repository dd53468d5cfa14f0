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
OWN_COLUMNS = {
    "warnings": "student where warning clause",
    "recoveries": "student subject recorded_on tell_by define_by late follows clause",
    "exclusions": "student excluded_from decided_on open lacks retained_year attend_until clause",
}
"""Of the tables beside the contract's; the last two only where the folder has theirs."""


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


def test_json_is_what_the_files_hold(portaria, tmp_path):
    folder, out = tmp_path / "class", tmp_path / "results"
    write(random_course(12), folder)
    answer = portaria("cef", "evaluate", folder, *DAY, "--out", out, "--json")
    found = json.loads(answer.out)
    files = {path.stem: path for path in out.glob("*.csv")}
    columns = {name: " ".join(rows(path)[0]) for name, path in files.items()}
    assert columns == COLUMNS | OWN_COLUMNS
    assert set(found) == set(columns)
    for name, path in files.items():
        header, *written = rows(path)
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
    assert portaria("cef", "evaluate", folder, "--on", "25-07-2026").code == 2


def test_a_day_is_written_as_in_the_tables(folder, portaria):
    iso = portaria("cef", "evaluate", folder, "--on", "2026-07-05", "--json")
    assert portaria("cef", "evaluate", folder, "--on", "05/07/2026", "--json") == iso


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


def deadline(portaria, name, start, *more):
    """The answer as data and in English sentences."""
    asked = ("cef", "deadline", name, "--from", start, *more)
    told = portaria(*asked, "--lang", "en").out.splitlines()
    return json.loads(portaria(*asked, "--json").out), told


@pytest.mark.parametrize(
    ("name", "reading"),
    [("meeting-notice", "notice=days"), ("second-meeting", None),
     ("grade-sheets", "grade_sheets=days")],
)  # fmt: skip
def test_without_an_hour_it_is_counted_from_midnight(name, reading, portaria):
    found, told = deadline(portaria, name, "12/01/2024")
    assert found["counted_from_midnight"] is True
    assert told[1] == (
        "Counted from 00:00 of January 12, 2024, since no hour was given; with it, as in --from "
        "2024-01-12T15:00, the answer is exact."
    )
    exact, told = deadline(portaria, name, "12/01/2024T15:00")
    assert exact == deadline(portaria, name, "2024-01-12T15:00")[0]
    assert exact["counted_from_midnight"] is False
    assert not any("00:00 of" in line for line in told)
    if reading:
        by_days, told = deadline(portaria, name, "2024-01-12", "--reading", reading)
        assert by_days["counted_from_midnight"] is False
        assert not any("00:00 of" in line for line in told)


def test_working_days_are_not_counted_from_midnight(portaria):
    assert deadline(portaria, "minutes", "2024-01-12")[0]["counted_from_midnight"] is False


def test_the_other_reading_of_the_municipal_holiday_is_told(portaria):
    days = ("2026-04-17", "--municipal", "2026-04-21")
    found, told = deadline(portaria, "recovery-notice", *days)
    assert found["days"]["by"]["other_municipal_reading"] == "2026-04-24"
    assert found["other_reading"] == {
        "reading": "municipal_day=closes-only", "not_before": None, "by": "2026-04-24",
    }  # fmt: skip
    assert told == [
        "By April 27, 2026 (art. 12, no. 7).",
        "By the other reading of the municipal holiday (municipal_day=closes-only): by April 24, "
        "2026.",
        "Not counted, besides weekends: April 21, 2026 (municipal holiday).",
    ]
    other, told = deadline(
        portaria, "recovery-notice", *days, "--reading", "municipal_day=closes-only"
    )
    assert (other["by"], other["other_reading"]["by"]) == ("2026-04-24", "2026-04-27")
    assert told[2:] == []


def test_a_municipal_holiday_that_only_closes(portaria):
    found, told = deadline(
        portaria, "minutes", "2026-04-17", "--municipal", "2026-04-21",
        "--reading", "municipal_day=closes-only",
    )  # fmt: skip
    assert found["by"] == found["other_reading"]["by"] == "2026-04-22"
    assert told[1:] == ["Closed, so the last day moves: April 21, 2026 (municipal holiday)."]


def test_the_two_days_of_the_law_under_the_other_reading(portaria):
    """The day from which it is safe is counted from the two days of the same reading."""
    found, told = deadline(
        portaria, "meeting-notice", "2024-01-12T15:00", "--municipal", "2024-01-15"
    )
    assert {name: day["other_municipal_reading"] for name, day in found["days"].items()} == {
        "two_days": "2024-01-16", "safe_from": "2024-01-17",
    }  # fmt: skip
    assert told[2].endswith("ends on January 16, 2024; from January 17, 2024 on it is safe.")


def test_a_preference_does_not_move(portaria):
    found, told = deadline(portaria, "module-recovery", "2025-07-25")
    assert (found["by"], found["preference"]) == ("2025-08-09", True)
    assert found["days"]["by"]["last_day"] == "2025-08-09"
    assert told == [
        "Preferably by August 9, 2025 (art. 14, no. 2).",
        "The text prefers it and sets no deadline: the day does not move, and what comes later is "
        "still due.",
    ]
    assert deadline(portaria, "minutes", "2025-07-25")[0]["preference"] is False


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


def test_a_number_out_of_range_is_told_by_its_option(portaria, tmp_path):
    answer = portaria("cef", "generate", tmp_path / "turma", "--students", "0")
    assert answer.code == 2
    assert "--students is 0: give a number from 1 to 100" in answer.err


def test_nobody_is_near_a_limit_before_the_first_day(portaria, tmp_path):
    folder = tmp_path / "turma"
    portaria("cef", "generate", folder, "--students", "5", "--seed", "1", "--quiet")
    answer = portaria("cef", "outlook", folder, "--on", "2024-01-10", "--lang", "en")
    assert answer.out.strip() == "Nobody is near a limit."


def test_only_who_used_a_third_of_a_limit_is_near_it(portaria, tmp_path):
    """JSON says of every pair how many lessons are left; the table shows whom to look at."""
    folder = tmp_path / "turma"
    portaria("cef", "generate", folder, "--students", "22", "--seed", "4", "--quiet")
    asked = ("cef", "outlook", folder, "--on", "10/03/2025")
    found = json.loads(portaria(*asked, "--json").out)["subjects"]
    on = ("--on", "2025-03-10", "--json")
    rows_of = json.loads(portaria("cef", "evaluate", folder, *on).out)["attendance"]
    missed = {(row["student"], row["subject"]): row for row in rows_of}
    plans = {row["subject"]: row for row in dicts(folder, "subjects")}
    near = [row for row in found if row["near"] is not None]
    close = []
    for row in near:
        minutes, plan = missed[row["student"], row["subject"]], plans[row["subject"]]
        first, second = (int(plan[f"planned_minutes_{year}"]) for year in (1, 2))
        limits = (
            (row["limit_lessons_left"], minutes["unjustified_minutes"], first),
            (row["attendance_lessons_left"], minutes["absent_minutes"], first + second),
        )
        # A limit is a tenth; a third of it is a thirtieth.
        if any(left is not None and left <= 5 and 30 * used >= of for left, used, of in limits):
            close.append(row)
    told = portaria(*asked, "--lang", "en").out
    assert f"Near a limit ({len(close)} pairs of student and subject)" in told
    assert 0 < len(close) < len(near)


def test_the_days_of_what_is_due_stand_in_one_line(portaria, tmp_path):
    folder = tmp_path / "turma"
    portaria("cef", "generate", folder, "--students", "22", "--seed", "4", "--quiet")
    asked = ("cef", "outlook", folder, "--on", "2025-06-10")
    due = [r for r in json.loads(portaria(*asked, "--json").out)["subjects"] if r["inform_by"]]
    assert due
    told = portaria(*asked, "--lang", "en").out.splitlines()
    for row in due:
        days = (row["passed_on"], row["inform_by"], row["define_by"])
        assert any(all(part in line for part in (row["student"], *days)) for line in told)
    told = portaria(*asked, "--lang", "pt-PT").out
    year, month, day = due[0]["inform_by"].split("-")
    assert f"{day}/{month}/{year}" in told


def dicts(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- planning -------------------------------------------------------------------------------------


def calendar(portaria, year, *options):
    """The pairs, and the lines in English."""
    asked = ("cef", "calendar", "--year", year, *options)
    told = portaria(*asked, "--lang", "en").out.splitlines()
    return json.loads(portaria(*asked, "--json").out), told


def test_the_dates_of_a_summer_that_fit(portaria):
    found, told = calendar(portaria, 2026)
    fits = {row["internship_from"] for row in found if not row["conflicts"]}
    assert fits == {"2026-06-01", "2026-06-02"}
    assert told[0] == (
        "Internship from June 1, 2026 to July 14, 2026; PAF on any working day from July 15, 2026 "
        "to July 30, 2026 on which the school is open."
    )
    assert calendar(portaria, 2026, "--minutes-a-day", "300")[1] == [
        "No dates of 2026 fit.",
        "The nearest: internship from June 1, 2026 to July 30, 2026, PAF on July 30, 2026.",
        "Against it: the internship ends after 15 July; the PAF is not after the last day of the "
        "internship.",
    ]


def test_two_dates_with_every_conflict(portaria):
    (row,), told = calendar(portaria, 2025, "--internship", "2025-06-09", "--paf", "15/07/2025")
    assert row["internship_to"] == "2025-07-22"
    assert row["matrix_by"] == "2025-06-13"
    assert row["conflicts"] == ["after-15-july", "before-internship-ends"]
    assert told[2].startswith("Against it: the internship ends after 15 July; ")
    days = ("--internship", "2025-06-02", "--paf")
    (row,), told = calendar(portaria, 2025, *days, "2025-07-15")
    assert told[2] == "Against it: the PAF is not after the last day of the internship."
    (row,), told = calendar(portaria, 2025, *days, "2025-07-16")
    assert (row["conflicts"], told[1]) == ([], "Nothing is against it.")


@pytest.mark.parametrize(
    ("first", "last", "why", "code"),
    [
        ("2025-06-09", "July 22", "the internship ends after 15 July", "after-15-july"),
        ("2025-05-12", "June 24", "the internship begins before June", "before-june"),
    ],
)
def test_an_internship_that_does_not_fit(first, last, why, code, portaria):
    found, told = calendar(portaria, 2025, "--internship", first)
    assert told[0].endswith(f"{last}, 2025: it fits with no day of the PAF.")
    assert told[1:] == [f"Against it: {why}."]
    assert all(code in row["conflicts"] for row in found)


def test_an_internship_does_not_begin_on_a_holiday(portaria):
    answer = portaria("cef", "calendar", "--year", "2025", "--internship", "2025-06-10")
    assert answer.code == 2
    assert "is no working day; an internship begins on one" in answer.err


def test_a_day_of_the_paf_that_is_not_the_preferred_one(portaria):
    _, told = calendar(portaria, 2025, "--paf", "2025-07-19")
    assert told[0] == "PAF on July 19, 2025: no internship fits with it."
    assert told[2] == "Against it: the school is closed on the day of the PAF."
    _, told = calendar(portaria, 2025, "--paf", "2025-08-20")
    assert told[1:] == [
        "Matrix of the PAF posted by July 18, 2025.",
        "To note: the PAF is outside the preferred days, 15 to 30 July.",
    ]


def test_no_day_of_the_school_left_for_the_paf(portaria):
    closed = [part for day in range(15, 31) for part in ("--closure", f"2025-07-{day}")]
    assert calendar(portaria, 2025, *closed) == ([], ["No dates of 2025 fit."])


@pytest.mark.parametrize("option", ["--paf", "--internship", "--school-ends"])
def test_a_day_of_another_summer_is_refused(option, portaria):
    answer = portaria("cef", "calendar", "--year", "2025", option, "2024-06-17")
    assert (answer.code, answer.out) == (2, "")
    assert f"{option} 2024-06-17 is not in 2025" in answer.err


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


@pytest.mark.parametrize(
    ("options", "verdict", "more", "lines"),
    [
        ("--born 2010-01-20 --passed 6", "may_enter", [], [
            "Minimum age: reached; 15 years on January 20, 2025 (art. 2, no. 1).",
            "Maximum age: not exceeded; 18 years on January 20, 2028 (art. 2, no. 2).",
            "Schooling: that of a type 2 course (art. 1, no. 1, a)).",
            "Verdict: may enter; whether there is a risk of dropping out is for people to judge "
            "(art. 1, no. 1, a)).",
        ]),
        ("--born 2011-01-20", "may_enter_if", ["request", "leave", "schooling"], [
            "Minimum age: not reached; 15 years on January 20, 2026, younger only by leave of the "
            "schools directorate (art. 2, no. 1).",
            "Request to the directorate: it lacks the guardian's signature (art. 2, no. 1, a)) and "
            "a report (art. 2, no. 1, b)).",
            "Maximum age: not exceeded; 18 years on January 20, 2029 (art. 2, no. 2).",
            "Schooling: not given; say it with --passed and --failed.",
            "Verdict: may enter if the request is completed, the schools directorate gives leave, "
            "and the schooling is that of a type 2 course; whether there is a risk of dropping "
            "out is for people to judge (art. 1, no. 1, a)).",
        ]),
        ("--born 2007-01-20 --passed 8", "may_not_enter", ["age", "schooling"], [
            "Minimum age: reached; 15 years on January 20, 2022 (art. 2, no. 1).",
            "Maximum age: exceeded; 18 years on January 20, 2025, and last year was interrupted or "
            "not passed (art. 2, no. 2).",
            "Schooling: not that of a type 2 course (art. 1, no. 1, a)).",
            "Verdict: may not enter: the maximum age is exceeded and the schooling is not that of "
            "a type 2 course.",
        ]),
    ],
)  # fmt: skip
def test_admission_in_sentences(options, verdict, more, lines, portaria):
    asked = ("cef", "admission", *options.split(), "--start", "12/09/2025",
             "--school-year", "2025-09-01")  # fmt: skip
    found = json.loads(portaria(*asked, "--json").out)
    assert (found["verdict"], found["conditions"] + found["against"]) == (verdict, more)
    assert portaria(*asked, "--lang", "en").out.splitlines() == lines


@pytest.mark.parametrize(
    ("options", "clauses", "told"),
    [
        ("--guardian-signed", ["CEF 2/1/b"], "it lacks a report (art. 2, no. 1, b))."),
        ("--report class_director", ["CEF 2/1/a"],
         "it lacks the guardian's signature (art. 2, no. 1, a))."),
        ("--guardian-signed --report class_director --psychology", ["CEF 2/1/b"],
         "it lacks a report by the psychology service (art. 2, no. 1, b))."),
        ("--guardian-signed --report psychology", ["CEF 2/1/b"],
         "by a support teacher, for want of a psychology service (art. 2, no. 1, b))."),
        ("--guardian-signed --report psychology --psychology", [], "it may be submitted."),
    ],
)  # fmt: skip
def test_what_a_request_lacks_with_its_clause(options, clauses, told, portaria):
    asked = ("cef", "admission", "--born", "2011-01-20", "--start", "2025-09-12",
             "--school-year", "2025-09-01", *options.split())  # fmt: skip
    found = json.loads(portaria(*asked, "--json").out)["minimum_age"]
    assert found["clauses"] == clauses
    assert found["clause"] == (clauses or ["CEF 2/1"])[0]
    assert portaria(*asked, "--lang", "en").out.splitlines()[1].endswith(told)


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
