"""Articles 6/23 and 12/1-9: when unjustified absences pass the limit, and what is then due.

Per student and subject: `none`, `not_owed` (passed only with sent-out or suspension, 12/2),
`due` (the first subjects of the year, 12/5), `council` (later ones, by analogy with 12/16).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from . import deadlines
from .absences import absences_of, is_ordinary, is_unjustified
from .exact import up
from .model import Absence, Course, Subject

CLAUSES = {"none": "12/1", "not_owed": "12/2", "due": "12/1", "council": "12/16"}


@dataclass(frozen=True)
class Count:
    """`limit`: a tenth of the minutes. `passed_on`, `owed_on`: the first day on which all
    unjustified absences, and ordinary ones alone, are more than the limit; None for never."""

    limit: Fraction
    unjustified: int
    ordinary: int
    passed_on: date | None
    owed_on: date | None


@dataclass(frozen=True)
class Recovery:
    """`lessons`: of the recovery activities, 0 unless due."""

    outcome: str
    lessons: int
    count: Count

    @property
    def clause(self) -> str:
        return CLAUSES[self.outcome]


def unjustified_this_year(course: Course, student: str, subject: str, on: date) -> int:
    """Minutes of the course year of `on`."""
    year = course.settings.year_of(on)
    absences = absences_of(course, student, subject, on)
    in_year = [a for a in absences if course.settings.year_of(a.date) == year]
    return sum(absence.minutes for absence in in_year if is_unjustified(absence))


def count(course: Course, student: str, subject: Subject, on: date) -> Count:
    """6/23: more than a tenth of the hours; of the course year (reading `recovery_base`)."""
    absences = absences_of(course, student, subject.subject, on)
    planned = subject.total
    if course.settings.readings["recovery_base"] == "year":
        year = course.settings.year_of(on)
        planned = subject.planned[year - 1]
        absences = [a for a in absences if course.settings.year_of(a.date) == year]
    limit = Fraction(planned, 10)
    unjustified = [absence for absence in absences if is_unjustified(absence)]
    ordinary = [absence for absence in absences if is_ordinary(absence)]
    return Count(
        limit,
        sum(absence.minutes for absence in unjustified),
        sum(absence.minutes for absence in ordinary),
        first_day_above(unjustified, limit),
        first_day_above(ordinary, limit),
    )


def first_day_above(absences: list[Absence], limit: Fraction) -> date | None:
    """The absences are in the order of their days; one day counts as a whole."""
    minutes = 0
    for absence in absences:
        minutes += absence.minutes
        if minutes > limit:
            return absence.date
    return None


def is_owed(found: Count, reading: str) -> bool:
    """12/2, for a limit that was passed: the duty ends when sent-out or suspension had a part in
    the count; a part that was needed to pass it (reading `not_owed`)."""
    if reading == "any":
        return found.unjustified == found.ordinary
    return found.owed_on is not None


def recoveries(course: Course, student: str, on: date) -> dict[str, Recovery]:
    """12/5: once a school year, for the first subjects; by subject."""
    readings, year_of = course.settings.readings, course.settings.year_of
    counts = {s.subject: count(course, student, s, on) for s in course.subjects}
    passed = {name: found for name, found in counts.items() if found.passed_on is not None}
    owed = {n: found for n, found in passed.items() if is_owed(found, readings["not_owed"])}
    if readings["occasion"] == "owed":
        days = {name: found.owed_on for name, found in owed.items()}
    else:
        days = {name: found.passed_on for name, found in passed.items()}
    result = {}
    for subject in course.subjects:
        name, found = subject.subject, counts[subject.subject]
        if name not in passed:
            result[name] = Recovery("none", 0, found)
        elif name not in owed:
            result[name] = Recovery("not_owed", 0, found)
        elif days[name] == min(d for d in days.values() if year_of(d) == year_of(days[name])):
            result[name] = Recovery("due", lessons(course, subject, found), found)
        else:
            result[name] = Recovery("council", 0, found)
    return result


def lessons(course: Course, subject: Subject, found: Count) -> int:
    """12/6, 12/9: as many lessons as those whose absence made the excess, up to a whole one."""
    return up(excess(course, found) / subject.lesson_minutes)


def excess(course: Course, found: Count) -> Fraction:
    """The minutes whose absence made the excess."""
    readings = course.settings.readings
    minutes = found.ordinary if readings["recovery_count"] == "ordinary" else found.unjustified
    return minutes - (found.limit if readings["recovery_size"] == "beyond" else Fraction(0))


def duties(course: Course, on: date) -> list[dict[str, object]]:
    """What is due by when (12/7-8), where the excess was recorded on the day of the absence and
    everybody was told on the last day for it. UsageError outside the years of the calendar."""
    settings, found = course.settings, []
    calendar = deadlines.calendar_of(
        settings.municipal, settings.closures, settings.readings["municipal_day"]
    )
    for student in course.students:
        for subject, recovery in recoveries(course, student.student, on).items():
            if recovery.outcome != "due":
                continue
            passed = recovery.count.owed_on
            inform = deadlines.within(passed, 5, calendar)
            found.append(
                {
                    **{"student": student.student, "subject": subject, "passed_on": passed},
                    **{"inform_by": inform, "define_by": deadlines.within(inform, 5, calendar)},
                    "lessons": recovery.lessons,
                }
            )
    return found
