"""The rows of sheets, lists and certificates, against the plain reference."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest
from reference.cef import sheets as plain
from reference.cef.certification import certified_units, passes_subject
from reference.cef.course import read_course, seen
from reference.cef.exclusions import is_excluded
from reference.cef.model import GENERAL, SCHOOL
from reference.cef.practice import is_admitted
from reference.cef.random_courses import random_course, random_day

from documents.cef.classes import ON, course_of, excluded, tables
from portaria.documents.cef import sheets
from portaria.documents.cef.certified import CERTIFICATES, STATEMENT, certified
from portaria.documents.cef.final import days_of
from portaria.documents.cef.lessons import lessons_of
from portaria.documents.cef.paper import Paper
from portaria.regulations.cef.certification import OF_YEAR_9
from portaria.regulations.cef.evaluate import evaluate
from portaria.regulations.cef.regulation import CEF

SEEDS = range(40)


@pytest.fixture(params=SEEDS)
def both(request, tmp_path):
    """A random class evaluated, the same for the reference, and the day."""
    tables, on = random_course(request.param), random_day(request.param)
    return evaluate(course_of(tmp_path, tables), on), seen(read_course(tables), on), on


def test_the_period_sheet(both):
    evaluation, course, _ = both
    entries = sheets.period_sheet(evaluation)
    found = {
        (student, entry.name or "technological"): level
        for entry in entries
        for student, level in entry.levels.items()
    }
    assert found == {(r["student"], r["entry"]): r["level"] for r in plain.period_sheet(course)}
    components = [entry.component for entry in entries]
    assert components == sorted(components, key=SCHOOL.index)


def test_the_sheets_of_internship_and_paf(both):
    evaluation, course, _ = both
    assert sheets.internship_sheet(evaluation) == {
        row["student"]: row["level"] for row in plain.internship_sheet(course)
    }
    assert sheets.paf_sheet(evaluation) == {
        row["student"]: (row["level"], row["practical"]) for row in plain.paf_sheet(course)
    }
    listed = plain.paf_list(course, "Sala 1", datetime(2026, 7, 20, 10))
    assert sheets.paf_list(evaluation) == set(listed["students"])


def test_who_is_excluded_is_marked_on_the_period_sheet(both):
    evaluation, course, _ = both
    for entry in sheets.period_sheet(evaluation):
        subjects = {entry.name}
        if entry.component == sheets.TECHNOLOGICAL:
            taught = {subject.subject for subject in course.of(entry.component)}
            of_domain = {
                u.subject for u in course.units if not entry.name or u.domain == entry.name
            }
            subjects = taught & of_domain if entry.name else taught
        for student in (s.student for s in course.students):
            times = sum(is_excluded(course, student, subject) for subject in subjects)
            whole = bool(entry.name) and is_excluded(course, student, entry.name)
            assert (student in entry.excluded) == (whole or 0 < times == len(subjects))
            assert (student in entry.excluded_partly) == (not whole and 0 < times < len(subjects))


def test_who_is_excluded_from_a_domain_with_its_own_attendance_is_marked(tmp_path):
    given = tables(students=4)
    domains = {s["subject"] for s in given["subjects"] if s["component"] == "technological"}
    given["subjects"].append(given["subjects"][-1] | {"subject": "Tecnologias"})
    for unit in given["units"]:
        if unit["domain"]:
            unit["subject"] = "Tecnologias"
    given["exclusions"] = [excluded("1", "Serviço de Bar"), excluded("2", "Tecnologias")]
    entries = sheets.period_sheet(evaluate(course_of(tmp_path, given), ON))
    found = {e.name: e for e in entries if e.component == sheets.TECHNOLOGICAL}
    assert set(found) == domains
    for name, entry in found.items():
        assert entry.excluded == ({"1", "2"} if name == "Serviço de Bar" else {"2"})
        assert not entry.excluded_partly


@pytest.mark.parametrize(
    ("absent", "justified", "level", "lost"),
    [(True, False, "", True), (True, False, "4", True), (True, True, "", False),
     (True, True, "4", False), (False, False, "", False)],
)  # fmt: skip
def test_a_lost_paf_is_marked(tmp_path, absent, justified, level, lost):
    given = tables(students=2)
    for row in given["internship"]:
        row["absent_minutes"] = "0"
    given["paf"] = [
        {"student": "1", "level": level, "percent": "", "absent": str(absent).lower(),
         "justified": str(justified).lower()},
    ]  # fmt: skip
    evaluation = evaluate(course_of(tmp_path, given), ON)
    assert sheets.paf_marks(evaluation) == ({"1": sheets.LOST} if lost else {})
    paf, practical = sheets.paf_sheet(evaluation)["1"]
    assert (paf, practical is None) == ((None, True) if lost or not level else (4, False))


def test_who_is_excluded_or_failed_is_marked_on_the_internship_sheet(both):
    evaluation, course, _ = both
    marks = sheets.internship_marks(evaluation)
    for student in (s.student for s in course.students if s.student in course.internships):
        mark = sheets.EXCLUDED if is_excluded(course, student, "") else sheets.FAILED
        assert marks.get(student) == (None if is_admitted(course, student) else mark)


def test_units_and_subjects_of_certificates(both):
    evaluation, course, on = both
    for student in (s.student for s in course.students):
        units = [(unit, level) for unit, _, level in sheets.certified_units(evaluation, student)]
        assert units == certified_units(course, student)
        assert sheets.passed_subjects(evaluation, student) == {
            subject.subject
            for component in GENERAL
            for subject in course.of(component)
            if passes_subject(course, student, subject, on)
        }


def test_certificates_say_what_the_reference_says(both):
    evaluation, course, on = both
    paper = Paper(evaluation)
    for student, outcome in evaluation.certification.select("student", "outcome").iter_rows():
        if outcome not in CERTIFICATES:
            continue
        expected = plain.certificate(course, student, on)
        if on < days_of(evaluation).year_9 and (
            outcome in OF_YEAR_9 or "practical" in expected["components"]
        ):
            continue  # what has to wait is tested with the certificates
        found = certified(paper, student)
        assert found.kind == expected["outcome"]
        assert [f"{unit}:{level}" for unit, _, level in found.units] == expected["units"]
        listed = {unit for unit, *_ in found.units}
        assert not any(
            is_excluded(course, student, name)
            for unit in course.units
            if unit.unit in listed
            for name in (unit.subject, unit.domain)
        )
        shown = {name for name, _ in found.components}
        assert shown >= set(expected["components"]) or outcome == STATEMENT
        assert all(level is not None for _, level in found.components)
        assert all(level is not None for *_, level in found.subjects)


def test_the_lessons_left_are_the_last_that_change_nothing(both):
    evaluation, _, _ = both
    for lessons in lessons_of(evaluation):
        own = evaluation.attendance.filter(pl.col("subject") == lessons.subject)
        for row in own.iter_rows(named=True):
            found = lessons.students[row["student"]]
            missed = lessons.planned - row["attended"]
            after = missed + (found.left + 1) * lessons.lesson
            assert 10 * after > lessons.planned
            assert not found.meets or 10 * (after - lessons.lesson) <= lessons.planned


def test_every_student_and_subject_is_on_the_list(both):
    evaluation, course, _ = both
    found = lessons_of(evaluation)
    assert {lessons.subject for lessons in found} == {s.subject for s in course.subjects}
    assert all(len(lessons.students) == len(course.students) for lessons in found)
    for lessons in found:
        for student, row in lessons.students.items():
            assert row.excluded == is_excluded(course, student, lessons.subject)


def test_the_hours_of_the_paf():
    there, last, end = sheets.paf_hours(datetime(2026, 7, 20, 10), CEF.rule_set({}))
    assert [f"{at:%H:%M}" for at in (there, last, end)] == ["09:45", "10:15", "11:30"]
