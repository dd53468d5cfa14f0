"""Absences of a student in a subject: which there are, and of what kind."""

from datetime import date
from fractions import Fraction

from .model import Absence, Course


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


def share(absent: int, planned: int) -> Fraction:
    return 1 - Fraction(absent, planned)
