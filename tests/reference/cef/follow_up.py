"""Article 12/7-18: recovery measures recorded, told and done, and what follows from each."""

from datetime import date

from . import deadlines
from .measures import consequences, is_minor
from .model import Course, Measure, Subject
from .recovery import excess, recoveries
from .tables import Row

CLAUSES = {
    "redo": "12/13",
    "excess_recovered": "12/15",
    "council_decides": "12/16",
    "propose_other_path": "12/18",
    "report_to_child_protection": "12/17",
}


def follows(measure: Measure, minor: bool) -> list[str]:
    """12/13, 12/15-18: what has faults is done again, and only then is it done or not; nothing of
    the second kind before it is known whether the student still skips."""
    if measure.result == "nao_satisfaz":
        return ["redo"]
    if measure.result is None or measure.attends is None:
        return []
    done = measure.result == "satisfaz"
    given = (done, measure.attends, minor, measure.effective, measure.possible)
    return consequences(*given)


def measure_rows(course: Course, on: date) -> list[Row]:
    """One row a measure of a class as it is `seen` on that day; [] without the table.

    `tell_by`, `define_by`: five working days each (12/7-8). UsageError outside the years of the
    calendar.
    """
    settings = course.settings
    calendar = deadlines.calendar_of(
        settings.municipal, settings.closures, settings.readings["municipal_day"]
    )
    born = {student.student: student.birth_date for student in course.students}
    rows = []
    for measure in course.measures or ():
        told = measure.told_on
        tell_by = deadlines.within(measure.recorded_on, 5, calendar)
        found = follows(measure, is_minor(born[measure.student], on))
        waiting = "12/7" if told is None else "12/8"
        rows.append(
            {
                **{"student": measure.student, "subject": measure.subject},
                **{"recorded_on": measure.recorded_on, "tell_by": tell_by},
                "define_by": deadlines.within(told or tell_by, 5, calendar),
                "late": (told or on) > tell_by,
                "follows": ";".join(found),
                "clause": ";".join(CLAUSES[name] for name in found) or waiting,
            }
        )
    return rows


def recovered_minutes(course: Course, student: str, subject: Subject, on: date) -> int:
    """12/15, 12/5, 12/9: the lessons that were due, once for each course year with a measure that
    recovered the excess, as they stood at its end; `on` is the last day that is known. No more
    minutes than the excess: nobody gains by a lesson that was only begun.

    Counted over the whole course (reading `recovery_base`) there is one such excess.
    """
    settings = course.settings
    years = {
        settings.year_of(measure.recorded_on)
        for measure in course.measures or ()
        if (measure.student, measure.subject) == (student, subject.subject)
        and "excess_recovered" in follows(measure, minor=False)
    }
    days = [min(on, settings.last_day(year)) for year in sorted(years)]
    if years and settings.readings["recovery_base"] == "course":
        days = [on]
    states = [recoveries(course, student, day)[subject.subject] for day in days]
    due = [state for state in states if state.outcome == "due"]
    lessons = [recovery.lessons * subject.lesson_minutes for recovery in due]
    most = [excess(course, recovery.count).__floor__() for recovery in due]
    return sum(min(pair) for pair in zip(lessons, most, strict=True))


def not_recorded(course: Course, student: str, on: date) -> list[tuple[str, str]]:
    """Warnings, by code and subject: due in this course year and not recorded, or the other way."""
    if course.measures is None:
        return []
    year_of = course.settings.year_of
    recorded = {
        measure.subject
        for measure in course.measures
        if measure.student == student and year_of(measure.recorded_on) == year_of(on)
    }
    states = recoveries(course, student, on)
    due = {name for name, recovery in states.items() if recovery.outcome == "due"}
    return [
        *(("recovery-not-recorded", name) for name in due - recorded),
        *(("recovery-not-due", name) for name in recorded - due),
    ]
