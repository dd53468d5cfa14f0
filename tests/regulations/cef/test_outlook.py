"""The forward look, against a reference that is asked again with one thing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from reference.cef import evaluate as plainly
from reference.cef.attendance import LEAST, all_meet, attendance, meets_90
from reference.cef.certification import OUTCOMES, certification, general_grades, reaches
from reference.cef.exclusions import excludes, is_excluded
from reference.cef.folder import write
from reference.cef.grades import (
    component_complete,
    is_complete,
    reaches_three,
    subject_exact,
    subject_units,
)
from reference.cef.model import COMPONENTS, GENERAL, SCHOOL, Absence, Grade, Internship, Paf
from reference.cef.practice import attended, fails_attendance, paf_level, practical_passed
from reference.cef.random_courses import random_course, random_day
from reference.cef.readings import READINGS
from reference.cef.recovery import count
from reference.cef.situations import ON, tables_of

from portaria.regulations.cef.evaluate import evaluate
from portaria.regulations.cef.outlook import outlook
from portaria.regulations.cef.read import read_course

CLASS_READINGS = {name: r for name, r in READINGS.items() if r.course}


def looked(seed, folder, policy):
    """The outlook of a random class, and the reference's answer of the same."""
    tables, on = random_course(seed), random_day(seed)
    tables["course"]["policy"] = policy
    tables["course"]["municipal_holidays"] = [date(2025, 8, 20), date(2024, 11, 4)]
    write(tables, folder)
    course, _ = read_course(folder)
    return outlook(evaluate(course, on)), plainly(tables, on)


def lessons_until(course, student, subject, on, fails):
    """How many unjustified lessons may be added before it fails; None where it fails already."""
    lesson = Absence(student, subject.subject, on, subject.lesson_minutes, False, "ordinary")
    for number in range(500):
        absences = (*course.absences, *[lesson] * number)
        if fails(replace(course, absences=tuple(sorted(absences, key=lambda a: a.date)))):
            return number - 1 if number else None
    raise AssertionError("no limit")


def minutes_until(course, student, subject, on, fails, left):
    """Whether it still holds with so many minutes more, and no longer with another."""

    def failed(minutes):
        more = Absence(student, subject.subject, on, minutes, False, "ordinary")
        absences = (*course.absences, more) if minutes else course.absences
        return fails(replace(course, absences=tuple(sorted(absences, key=lambda a: a.date))))

    return failed(0) if left is None else not failed(left) and failed(left + 1)


def share(course, student, subject, on):
    return attendance(course, student, subject, on)[1]


def check_subjects(found, expected, near):
    course, on = expected.course, expected.on
    rows = {(r["student"], r["subject"]): r for r in found.subjects.iter_rows(named=True)}
    due = {(d["student"], d["subject"]): d for d in expected.duties()}
    for student in course.students:
        for subject in course.subjects:
            name = student.student
            row = rows[name, subject.subject]

            bare = share(replace(course, measures=None), name, subject, on)
            regained = share(course, name, subject, on) - bare

            def below(changed, name=name, subject=subject, regained=regained):
                unhelped = share(replace(changed, measures=None), name, subject, on)
                return unhelped + regained < LEAST

            def passed(changed, name=name, subject=subject):
                return count(changed, name, subject, on).passed_on is not None

            both = []
            for part, fails in (("attendance", below), ("limit", passed)):
                lessons = lessons_until(course, name, subject, on, fails)
                assert row[f"{part}_lessons_left"] == lessons
                left = row[f"{part}_minutes_left"]
                assert minutes_until(course, name, subject, on, fails, left)
                both += [] if lessons is None else [lessons]
            assert row["near"] == (min(both) if both and min(both) <= near else None)
            duty = due.get((name, subject.subject), {})
            assert row["passed_on"] == duty.get("passed_on")
            measure = of_measure(expected, name, subject.subject)
            open_days = duty if measure is None else measure if duty else {}
            for day in ("inform_by", "define_by"):
                assert row[day] == open_days.get(day)


def of_measure(expected, student, subject):
    """What is still to do of the last measure of this course year; None where none is recorded."""
    year_of = expected.course.settings.year_of
    own = [
        measure
        for measure in expected.course.measures or ()
        if (measure.student, measure.subject) == (student, subject)
        and year_of(measure.recorded_on) == year_of(expected.on)
    ]
    if not own:
        return None
    last = max(own, key=lambda measure: measure.recorded_on)
    (row,) = (
        row
        for row in expected.tables["recoveries"]
        if (row["student"], row["subject"], row["recorded_on"])
        == (student, subject, last.recorded_on)
    )
    return {
        "inform_by": row["tell_by"] if last.told_on is None and last.result is None else None,
        "define_by": row["define_by"] if last.result is None else None,
    }


def check_students(found, expected):
    course, on = expected.course, expected.on
    rows = {r["student"]: r for r in found.students.iter_rows(named=True)}
    for student in course.students:
        row, name = rows[student.student], student.student
        old = course.pafs.get(name, Paf(Grade(None, None), False, False))
        trials = {
            level: replace(
                course, pafs={**course.pafs, name: replace(old, grade=Grade(level, None))}
            )
            for level in range(1, 6)
        }
        passing = [n for n, trial in trials.items() if practical_passed(trial, name)]
        best = [
            n for n, t in trials.items() if certification(t, student, on).outcome == OUTCOMES[0]
        ]
        assert row["paf_to_pass"] == min(passing, default=None)
        assert row["paf_to_certify"] == min(best, default=None)
        outcome = certification(course, student, on).outcome
        place = OUTCOMES.index(outcome)
        assert row["outcome"] == outcome
        assert row["next_outcome"] == (OUTCOMES[place - 1] if place else None)
        wanted = lacking(course, student, on, row["next_outcome"]) if place else []
        assert row["missing"] == ";".join(wanted)
        assert bool(wanted) == (place > 0)
        check_internship(course, name, row["internship_minutes_left"])


def check_internship(course, name, left):
    found = course.internships.get(name, Internship(0, 0, 0, None))
    minutes, readings = course.settings.internship_minutes, course.settings.readings

    def holds(more):
        return attended(replace(found, absent=found.absent + more), minutes, readings)

    if left is None:
        assert not holds(0)
    else:
        assert holds(left)
        assert not holds(left + 1)


def lacking(course, student, on, outcome):
    """What the next outcome asks for and the student lacks, question by question."""
    name = student.student
    if outcome == "professional_and_school":
        return [lack for c in COMPONENTS for lack in of_component(course, name, c, on)]
    if outcome == "school":
        return for_school(course, name, on)
    if outcome == "components":
        return min((of_component(course, name, c, on) for c in COMPONENTS), key=len)
    readings = course.settings.readings
    found = []
    for subject in course.subjects:
        if subject.component in GENERAL:
            complete = is_complete(course, name, subject_units(course, subject.subject))
            three = reaches_three(subject_exact(course, name, subject.subject), readings)
            met = meets_90(course, name, subject, on)
            out = is_excluded(course, name, subject.subject)
            found.append(school_lacks(subject.subject, complete, three, met, out))
    return min(found, key=len, default=[])


def school_lacks(what, complete, three, met, excluded):
    return [
        *([] if complete else [f"{what}:units"]),
        *([] if three or not complete else [f"{what}:grade"]),
        *([f"{what}:exclusion"] if excluded else []),
        *([] if met else [f"{what}:attendance"]),
    ]


def of_component(course, name, component, on):
    if component in SCHOOL:
        complete = component_complete(course, name, component)
        met = all_meet(course, name, component, on)
        out = excludes(course, name, component)
        return school_lacks(component, complete, reaches(course, name, component), met, out)
    internship, paf = course.internships.get(name), course.pafs.get(name)
    lost = paf is not None and paf.absent and not paf.justified
    graded = internship is not None and internship.level is not None
    level = paf_level(course, name)
    if excludes(course, name, component):
        return ["practical:exclusion"]
    return [
        *(["practical:internship"] if internship is None else []),
        *(["practical:internship_attendance"] if internship and fails_attendance(course, name)
          else []),
        *(["practical:internship_grade"] if internship and not graded else []),
        *(["practical:paf_lost"] if lost else []),
        *(["practical:paf"] if level is None and not lost else []),
        *(["practical:grade"] if graded and level and not practical_passed(course, name) else []),
    ]  # fmt: skip


def for_school(course, name, on):
    joint = course.settings.readings["compensation"] == "joint"
    whole = {c: component_complete(course, name, c) for c in GENERAL}
    found = []
    for component in SCHOOL:
        met = all_meet(course, name, component, on)
        three = component not in GENERAL or joint or reaches(course, name, component)
        out = excludes(course, name, component)
        found += school_lacks(component, whole.get(component, True), three, met, out)
    if joint and all(whole.values()) and not general_grades(course, name):
        found.append("general:grade")
    return found


LONG_SUBJECT = {"planned_minutes_1": "5760", "planned_minutes_2": "5760", "lesson_minutes": "50"}
GENERAL_SUBJECTS = [
    {"subject": "POR", "component": "sociocultural", **LONG_SUBJECT},
    {"subject": "MAT", "component": "scientific"},
    {"subject": "TEC", "component": "technological"},
]


def missed(lessons, **more):
    """So many whole lessons of Portuguese, one on each day from 1 October 2025."""
    first = date(2025, 10, 1)
    return [
        {
            **{"student": "ana", "subject": "POR", "minutes": "50", "justified": "false"},
            **{"date": str(first + timedelta(days=n)), "cause": "ordinary", **more},
        }
        for n in range(lessons)
    ]


def of_ana(case, folder, near=5):
    """Her row of Portuguese and her own."""
    write(tables_of({"subjects": GENERAL_SUBJECTS, **case}), folder)
    course, problems = read_course(folder)
    assert not problems
    found = outlook(evaluate(course, ON), near)
    subjects = {row["subject"]: row for row in found.subjects.iter_rows(named=True)}
    return subjects["POR"], found.students.row(0, named=True)


# --- 192 hours in lessons of 50 minutes: a tenth is 23.04 lessons, of a year 11.52 ---------------


@pytest.mark.parametrize(
    ("lessons", "minutes", "whole", "of_year", "near"),
    [
        (0, 1152, 23, 11, None),
        (6, 852, 17, 5, 5),
        (11, 602, 12, 0, 0),
        (12, 552, 11, None, None),
        (19, 202, 4, None, 4),
        (23, 2, 0, None, 0),
        (24, None, None, None, None),
    ],
)
def test_lessons_that_may_still_be_missed(lessons, minutes, whole, of_year, near, tmp_path):
    subject, _ = of_ana({"absences": missed(lessons)}, tmp_path)
    assert (subject["attendance_minutes_left"], subject["attendance_lessons_left"]) == (
        minutes,
        whole,
    )
    assert (subject["limit_lessons_left"], subject["near"]) == (of_year, near)


def test_how_near_is_near_can_be_said(tmp_path):
    subject, _ = of_ana({"absences": missed(6)}, tmp_path, near=4)
    assert subject["near"] is None


def test_the_days_of_a_recovery(tmp_path):
    """The twelfth lesson passes the limit on Sunday 12 October 2025."""
    subject, _ = of_ana({"absences": missed(12)}, tmp_path)
    days = [subject[name] for name in ("passed_on", "inform_by", "define_by")]
    assert days == [date(2025, 10, 12), date(2025, 10, 17), date(2025, 10, 24)]


@pytest.mark.parametrize(
    ("case", "lowest", "certifies", "lacks"),
    [
        ({"paf": []}, 2, 2, "practical:paf"),
        ({"internship": [{"level": "2"}], "paf": []}, 4, 4, "practical:paf"),
        ({"internship": [{"level": "1"}], "paf": []}, None, None, "practical:paf"),
        ({"paf": [{"absent": "true", "level": ""}]}, None, None, "practical:paf_lost"),
        ({"internship": [{"absent_minutes": "631"}]}, None, None,
         "practical:internship_attendance;practical:paf"),
        ({"internship": [], "paf": []}, None, None, "practical:internship;practical:paf"),
        ({}, 2, 2, ""),
        ({"absences": missed(24, justified="true")}, 2, None, "sociocultural:attendance"),
    ],
)  # fmt: skip
def test_what_the_paf_and_the_certificate_still_need(case, lowest, certifies, lacks, tmp_path):
    _, student = of_ana(case, tmp_path)
    assert (student["paf_to_pass"], student["paf_to_certify"]) == (lowest, certifies)
    assert student["missing"] == lacks


@pytest.mark.parametrize(
    ("internship", "left"),
    [
        ([], 630),
        ([{"absent_minutes": "0"}], 630),
        ([{"absent_minutes": "600"}], 30),
        ([{"absent_minutes": "630"}], 0),
        ([{"absent_minutes": "631"}], None),
        ([{"absent_minutes": "700", "justified_minutes": "700", "made_up_minutes": "700"}], 630),
    ],
)
def test_minutes_of_the_internship_that_may_still_be_missed(internship, left, tmp_path):
    _, student = of_ana({"internship": internship, "paf": []}, tmp_path)
    assert student["internship_minutes_left"] == left


# --- random classes ------------------------------------------------------------------------------


@pytest.mark.rules(
    "school-attendance", "recovery-due", "recovery-notice", "recovery-definition",
    "practical-grade", "course-certificate", "internship-attendance", "internship-made-up",
)  # fmt: skip
@pytest.mark.parametrize("seed", range(24))
def test_random_classes(seed, tmp_path):
    rng = Random(seed)
    policy = {n: rng.choice(r.choices) for n, r in CLASS_READINGS.items() if rng.random() < 0.3}
    found, expected = looked(seed, tmp_path, policy if seed % 2 else {})
    check_subjects(found, expected, 5)
    check_students(found, expected)


@pytest.mark.parametrize(
    ("reading", "choice"),
    [(name, choice) for name, r in CLASS_READINGS.items() for choice in r.choices[1:]],
)
def test_every_reading(reading, choice, tmp_path):
    for seed in range(100, 103):
        found, expected = looked(seed, tmp_path / str(seed), {reading: choice})
        check_subjects(found, expected, 5)
        check_students(found, expected)


@pytest.mark.long
def test_hundreds_of_random_classes(tmp_path):
    for seed in range(5000, 5300):
        rng = Random(seed)
        policy = {n: rng.choice(r.choices) for n, r in CLASS_READINGS.items() if rng.random() < 0.3}
        found, expected = looked(seed, tmp_path / str(seed), policy)
        check_subjects(found, expected, 5)
        check_students(found, expected)
