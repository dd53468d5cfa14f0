"""Recovery written a second time: the year lived day by day, for random classes."""

from datetime import date, timedelta

import pytest

from portaria.core.deadline import ServiceCalendar, is_open, working_days_between

from . import Evaluation, evaluate
from .deadlines import calendar_of
from .random_courses import random_course, random_day

SEEDS = range(120)


@pytest.mark.parametrize("seed", SEEDS)
def test_recovery_day_by_day(seed: int) -> None:
    found = evaluate(random_course(seed), random_day(seed))
    settings = found.course.settings
    first = settings.school_year_start
    if found.year == 2:
        first = date(first.year + 1, first.month, first.day)
    for student in found.course.students:
        expected = lived(found, student.student, first)
        for row in found.tables["attendance"]:
            if row["student"] == student.student:
                assert (row["recovery"], row["recovery_lessons"]) == expected[row["subject"]]


def lived(found: Evaluation, student: str, first: date) -> dict[str, tuple[str, int]]:
    ordinary = {subject.subject: 0 for subject in found.course.subjects}
    discipline, owed = dict(ordinary), {}
    day = first
    while day <= found.on:
        for absence in found.course.absences:
            if absence.student == student and absence.date == day:
                if absence.cause != "ordinary":
                    discipline[absence.subject] += absence.minutes
                elif not absence.justified:
                    ordinary[absence.subject] += absence.minutes
        for subject in found.course.subjects:
            limit = subject.planned[found.year - 1]
            if 10 * ordinary[subject.subject] > limit and subject.subject not in owed:
                owed[subject.subject] = day
        day += timedelta(days=1)
    state = {}
    for subject in found.course.subjects:
        name, limit = subject.subject, subject.planned[found.year - 1]
        if name in owed and owed[name] == min(owed.values()):
            minutes, lessons = 10 * ordinary[name] - limit, 0
            while 10 * lessons * subject.lesson_minutes < minutes:
                lessons += 1
            state[name] = ("due", lessons)
        elif name in owed:
            state[name] = ("council", 0)
        else:
            passed = 10 * (ordinary[name] + discipline[name]) > limit
            state[name] = ("not_owed" if passed else "none", 0)
    return state


@pytest.mark.parametrize("seed", SEEDS)
def test_recovery_is_told_and_defined_in_time(seed: int) -> None:
    found = evaluate(random_course(seed), random_day(seed))
    settings = found.course.settings
    calendar = calendar_of(
        settings.municipal, settings.closures, settings.readings["municipal_day"]
    )
    due = [row for row in found.tables["attendance"] if row["recovery"] == "due"]
    duties = found.duties()
    assert len(duties) == len(due)
    for row, duty in zip(due, duties, strict=True):
        assert (row["student"], row["subject"]) == (duty["student"], duty["subject"])
        for start, last in (("passed_on", "inform_by"), ("inform_by", "define_by")):
            assert is_last_of_five(duty[start], duty[last], calendar)


def is_last_of_five(start: date, last: date, calendar: ServiceCalendar) -> bool:
    """The school is open on it, and on no day from the fifth working day up to it."""
    fifth = next(
        day
        for day in (start + timedelta(days=n) for n in range(5, 40))
        if working_days_between(start, day, calendar) == 5
    )
    days = [fifth + timedelta(days=n) for n in range((last - fifth).days + 1)]
    return [day for day in days if is_open(day, calendar)] == [last]
