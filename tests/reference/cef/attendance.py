"""Article 11: attendance of a student in one row of subjects, in minutes and exact fractions."""

from datetime import date
from fractions import Fraction

from .absences import absences_of, is_unjustified
from .follow_up import recovered_minutes
from .measures import attendance_after
from .model import Course, Subject

LEAST = Fraction(9, 10)


def attendance(course: Course, student: str, subject: Subject, on: date) -> tuple[int, Fraction]:
    """11/1: the minutes absent, and the part of all planned minutes of both years attended.

    Every absence counts, a justified one too (reading `attendance`); what was recovered is still
    absent (12/15; reading `recovered`).
    """
    absences = absences_of(course, student, subject.subject, on)
    absent = sum(absence.minutes for absence in absences)
    counted = absent
    if course.settings.readings["attendance"] == "unjustified":
        counted = sum(absence.minutes for absence in absences if is_unjustified(absence))
    recovered = min(recovered_minutes(course, student, subject, on), counted)
    return absent, attendance_after(counted, recovered, subject.total, course.settings.readings)


def meets_90(course: Course, student: str, subject: Subject, on: date) -> bool:
    """11/1: not below 90 %; exactly 90 % is enough."""
    return attendance(course, student, subject, on)[1] >= LEAST


def all_meet(course: Course, student: str, component: str, on: date) -> bool:
    """Every subject, or domain that is a row of its own, of one component."""
    return all(meets_90(course, student, subject, on) for subject in course.of(component))


def lessons_allowed(planned_minutes: int, lesson_minutes: int) -> int:
    """How many whole lessons a student may miss and still have 90 % (11/1)."""
    return (Fraction(planned_minutes, 10) / lesson_minutes).__floor__()
