"""Article 11: attendance of a student in one row of subjects, in minutes and exact fractions."""

from datetime import date
from fractions import Fraction

from .model import Absence, Course, Subject

LEAST = Fraction(9, 10)


def absences_of(course: Course, student: str, subject: str, on: date) -> list[Absence]:
    """The absences up to `on` and with it, in the order of their days."""
    return [
        absence
        for absence in course.absences
        if (absence.student, absence.subject) == (student, subject) and absence.date <= on
    ]


def is_ordinary(absence: Absence) -> bool:
    """Unjustified and for no measure of discipline."""
    return absence.cause == "ordinary" and not absence.justified


def is_unjustified(absence: Absence) -> bool:
    """Being sent out of the lesson, or suspended, is never justified."""
    return is_ordinary(absence) or absence.cause != "ordinary"


def attendance(course: Course, student: str, subject: Subject, on: date) -> tuple[int, Fraction]:
    """11/1: the minutes absent, and the part of all planned minutes of both years attended.

    Every absence counts, a justified one too (reading `attendance`).
    """
    absences = absences_of(course, student, subject.subject, on)
    absent = sum(absence.minutes for absence in absences)
    counted = absent
    if course.settings.readings["attendance"] == "unjustified":
        counted = sum(absence.minutes for absence in absences if is_unjustified(absence))
    return absent, share(counted, subject.total)


def share(absent: int, planned: int) -> Fraction:
    return 1 - Fraction(absent, planned)


def meets_90(course: Course, student: str, subject: Subject, on: date) -> bool:
    """11/1: not below 90 %; exactly 90 % is enough."""
    return attendance(course, student, subject, on)[1] >= LEAST


def all_meet(course: Course, student: str, component: str, on: date) -> bool:
    """Every subject, or domain that is a row of its own, of one component."""
    return all(meets_90(course, student, subject, on) for subject in course.of(component))


def lessons_allowed(planned_minutes: int, lesson_minutes: int) -> int:
    """How many whole lessons a student may miss and still have 90 % (11/1)."""
    return (Fraction(planned_minutes, 10) / lesson_minutes).__floor__()
