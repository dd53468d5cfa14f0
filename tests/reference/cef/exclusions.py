"""Article 12/19-21: decisions to exclude, whether the text opens them, and what they lead to.

The decision of the class council counts even where 12/19 does not open it: a person is told.
Every function asks a class as it is `seen` on the day.
"""

from collections.abc import Iterator

from .measures import exclusion_lacks, must_attend_until
from .model import Course, Exclusion
from .tables import Row

PRACTICAL = "practical"


def excluded_from(exclusion: Exclusion) -> str:
    """A subject, or the whole practical component."""
    return exclusion.subject or PRACTICAL


def is_excluded(course: Course, student: str, subject: str) -> bool:
    """`subject`: "" for the practical component."""
    return any((e.student, e.subject) == (student, subject) for e in course.exclusions or ())


def excludes(course: Course, student: str, component: str) -> bool:
    """Whether a component lacks one of its subjects, or the practical one was decided on."""
    if component == PRACTICAL:
        return is_excluded(course, student, "")
    return any(is_excluded(course, student, subject.subject) for subject in course.of(component))


def lacks(course: Course, exclusion: Exclusion) -> list[str]:
    """12/19: what it would need; the 31 January is that of the school year of the decision."""
    settings, worked = course.settings, exclusion.recovery_worked
    return exclusion_lacks(
        path_possible=exclusion.other_path != "impossible",
        redirected_on=exclusion.redirected_on,
        school_year_start=settings.first_day(settings.year_of(exclusion.decided_on)),
        complied=worked,
        effective=worked,
        fault_of_school=exclusion.school_fault,
        readings=settings.readings,
    )


def exclusion_rows(course: Course) -> list[Row]:
    """One row a decision: 12/20 and 17/1 retain in its course year, 12/21 says until when the
    student goes to school all the same; [] without the table."""
    born = {student.student: student.birth_date for student in course.students}
    rows = []
    for exclusion in course.exclusions or ():
        year = course.settings.year_of(exclusion.decided_on)
        end, missing = course.settings.last_day(year), lacks(course, exclusion)
        until = must_attend_until(end, born[exclusion.student], exclusion.redirected_on)
        rows.append(
            {
                **{"student": exclusion.student, "excluded_from": excluded_from(exclusion)},
                **{"decided_on": exclusion.decided_on, "open": not missing},
                **{"lacks": ";".join(missing), "retained_year": year},
                **{"attend_until": until, "clause": "12/19"},
            }
        )
    return sorted(rows, key=lambda row: (row["student"], row["excluded_from"]))


def not_open(course: Course, student: str) -> Iterator[str]:
    """Where a student was excluded from although 12/19 lacks something."""
    for exclusion in course.exclusions or ():
        if exclusion.student == student and lacks(course, exclusion):
            yield excluded_from(exclusion)
