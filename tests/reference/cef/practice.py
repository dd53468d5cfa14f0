"""Articles 11/2, 12/25, 19, 21, 24 and 33/2: the internship, access to the PAF, and their grade."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from portaria.core.deadline import is_working_day

from .deadlines import calendar_of
from .exclusions import excludes
from .grades import graded, publish, reaches_three
from .model import Course, Internship

LEAST = Fraction(19, 20)


def internship_attendance(found: Internship, minutes: int) -> Fraction:
    """24/4-5: what was made up counts up to what was justified."""
    return 1 - Fraction(found.absent - min(found.made_up, found.justified), minutes)


def attended(found: Internship, minutes: int, readings: Mapping[str, str]) -> bool:
    """11/2: not below 95 %. Literally 24/5 lets who is below go on only to reach every hour."""
    if readings["made_up"] == "all_hours":
        straight = 1 - Fraction(found.absent, minutes) >= LEAST
        return straight or internship_attendance(found, minutes) == 1
    return internship_attendance(found, minutes) >= LEAST


def is_admitted(course: Course, student: str) -> bool:
    """12/25, 24/6: no PAF for who fails the internship by attendance, or has not done it; nor for
    who was excluded from the practical component (12/19)."""
    return keeps_attendance(course, student) and not excludes(course, student, "practical")


def keeps_attendance(course: Course, student: str) -> bool:
    """Done, and not below 95 %."""
    found = course.internships.get(student)
    settings = course.settings
    return found is not None and attended(found, settings.internship_minutes, settings.readings)


def fails_attendance(course: Course, student: str) -> bool:
    """12/23, 24/3: done, and below 95 %."""
    return student in course.internships and not keeps_attendance(course, student)


def paf_level(course: Course, student: str) -> int | None:
    """34: no grade for who was not admitted, or absent without a justification; with one, the
    grade is that of the second date."""
    found = course.pafs.get(student)
    if found is None or not is_admitted(course, student) or (found.absent and not found.justified):
        return None
    return graded(found.grade, course.settings)


def weighed(internship: Fraction, paf: Fraction) -> Fraction:
    """19, 33/2: 70 % and 30 %."""
    return (7 * internship + 3 * paf) / 10


def practical_exact(course: Course, student: str) -> Fraction | None:
    """Both grades are needed."""
    found, paf = course.internships.get(student), paf_level(course, student)
    if found is None or found.level is None or paf is None:
        return None
    return weighed(Fraction(found.level), Fraction(paf))


def practical_passed(course: Course, student: str) -> bool:
    """Three or more. A failed internship may be lifted by the PAF (reading `internship_failed`)."""
    readings = course.settings.readings
    exact = practical_exact(course, student)
    if not reaches_three(exact, readings):
        return False
    return readings["internship_failed"] == "computed" or not internship_below_three(
        course, student
    )


def internship_below_three(course: Course, student: str) -> bool:
    """25/7 has a way of its own for it: a new protocol."""
    found = course.internships.get(student)
    return found is not None and found.level is not None and found.level < 3


def practical_level(course: Course, student: str) -> int | None:
    exact = practical_exact(course, student)
    return None if exact is None else publish(exact, course.settings.readings)


def internship_calendar(
    first: date, minutes_a_day: int, minutes: int = 12600, municipal: Iterable[date] = ()
) -> tuple[date, bool]:
    """21/1-2: the last day of work, and whether all of it lies from 1 June to 15 July."""
    calendar, day, left = calendar_of(municipal, (), "stops-count"), first, minutes
    while True:
        if is_working_day(day, calendar):
            left -= minutes_a_day
        if left <= 0:
            break
        day += timedelta(days=1)
    return day, date(first.year, 6, 1) <= first and day <= date(first.year, 7, 15)
