"""What a person must look at: nothing here changes a result."""

from collections.abc import Iterator
from datetime import date

from .absences import absences_of
from .exclusions import not_open
from .follow_up import not_recorded
from .model import Course
from .practice import internship_below_three, is_admitted, practical_passed
from .recovery import recoveries
from .tables import Row

CODES = {
    "never-justified": "a sent-out or suspension absence marked justified: it is not",
    "more-than-year": "more minutes absent in a course year than were planned for it",
    "recovery-literal": "12/2: due or to the council, but the literal reading ends the duty",
    "recovery-discipline": "12/2: no duty; the council decides what follows, the text says nothing",
    "unit-not-done": "a grade of a unit that is not done: it does not count",
    "paf-not-admitted": "a PAF grade of a student who was not admitted: it does not count",
    "paf-unjustified": "a PAF grade beside an unjustified absence: it does not count",
    "paf-not-absent": "a PAF absence justified that did not take place",
    "recovery-not-recorded": "12/7: recovery is due this course year, and no measure is recorded",
    "recovery-not-due": "12/1: a measure recorded this course year where no recovery is due",
    "exclusion-not-open": "12/19 does not open this exclusion; the council's decision counts",
    "internship-below-3": "25/7: the PAF lifts a failed internship; a person confirms",
}


def warnings_of(course: Course, on: date) -> list[Row]:
    """Rows of `code`, `student` and `where` (a subject, a unit, `practical`, or ""), sorted."""
    found = {row for student in course.students for row in _of(course, student.student, on)}
    return [{"code": code, "student": who, "where": where} for code, who, where in sorted(found)]


def _of(course: Course, student: str, on: date) -> Iterator[tuple[str, str, str]]:
    for subject in course.subjects:
        absences = absences_of(course, student, subject.subject, on)
        if any(a.justified and a.cause != "ordinary" for a in absences):
            yield "never-justified", student, subject.subject
        for year, planned in enumerate(subject.planned, 1):
            in_year = [a for a in absences if course.settings.year_of(a.date) == year]
            if sum(a.minutes for a in in_year) > planned:
                yield "more-than-year", student, subject.subject
    for name, recovery in recoveries(course, student, on).items():
        mixed = recovery.count.unjustified != recovery.count.ordinary
        if mixed and recovery.outcome in ("due", "council"):
            yield "recovery-literal", student, name
        if recovery.outcome == "not_owed":
            yield "recovery-discipline", student, name
    for unit in course.units:
        grade = course.grades.get((student, unit.unit))
        if grade is not None and grade.given and not unit.done:
            yield "unit-not-done", student, unit.unit
    for code, subject_name in not_recorded(course, student, on):
        yield code, student, subject_name
    for where in not_open(course, student):
        yield "exclusion-not-open", student, where
    yield from _practice(course, student)


def _practice(course: Course, student: str) -> Iterator[tuple[str, str, str]]:
    paf = course.pafs.get(student)
    if paf is not None:
        if paf.grade.given and not is_admitted(course, student):
            yield "paf-not-admitted", student, ""
        if paf.grade.given and paf.absent and not paf.justified:
            yield "paf-unjustified", student, ""
        if paf.justified and not paf.absent:
            yield "paf-not-absent", student, ""
    if internship_below_three(course, student) and practical_passed(course, student):
        yield "internship-below-3", student, ""
