"""Articles 15/3, 16/2, 20/3, 25/6 and 29/3: the grade sheets and lists, as data."""

from datetime import date, datetime
from typing import Any

from .certification import OUTCOMES, certification, certified_units, subject_level
from .grades import component_exact, domains, publish
from .model import GENERAL, Course
from .practice import is_admitted, paf_level, practical_level
from .tables import Row


def period_sheet(course: Course) -> list[Row]:
    """16/1, 15/2-3: each sociocultural and scientific subject; then each technological domain, or
    the technological component where it has only units. Level None: nothing assessed yet."""
    rows = []
    for student in course.students:
        name = student.student
        entries: dict[str, int | None] = {
            subject.subject: subject_level(course, name, subject.subject)
            for subject in course.subjects
            if subject.component in GENERAL
        }
        entries |= technological(course, name)
        rows += [{"student": name, "entry": entry, "level": entries[entry]} for entry in entries]
    return rows


def technological(course: Course, student: str) -> dict[str, int | None]:
    found: dict[str, Any] = {"technological": component_exact(course, student, "technological")}
    if course.settings.by_domains:
        found = domains(course, student)
    readings = course.settings.readings
    return {n: None if exact is None else publish(exact, readings) for n, exact in found.items()}


def internship_sheet(course: Course) -> list[Row]:
    """16/2, 25/6: one row for each student with an internship."""
    return [
        {"student": s.student, "level": course.internships[s.student].level}
        for s in course.students
        if s.student in course.internships
    ]


def paf_sheet(course: Course) -> list[Row]:
    """16/2: the PAF's level, and the practical component's (33/2), of those admitted."""
    return [
        {
            "student": s.student,
            "level": paf_level(course, s.student),
            "practical": practical_level(course, s.student),
        }
        for s in course.students
        if is_admitted(course, s.student)
    ]


def paf_list(course: Course, place: str, at: datetime) -> dict[str, Any]:
    """29/3: who is admitted, where, on which day and at what hour."""
    admitted = [s.student for s in course.students if is_admitted(course, s.student)]
    return {"students": admitted, "place": place, "day": at.date(), "hour": f"{at:%H:%M}"}


def certificate(course: Course, student: str, on: date) -> dict[str, Any]:
    """20/1-5: the outcome, the components, and the units that the certificate lists in the
    technological one (20/3): where that is certified, or year 9 is."""
    whole = next(s for s in course.students if s.student == student)
    found = certification(course, whole, on)
    units = [f"{unit}:{level}" for unit, level in certified_units(course, student)]
    listed = "technological" in found.components or found.outcome in OUTCOMES[:2]
    return {
        "outcome": found.outcome,
        "components": list(found.components),
        "units": units if listed else [],
        "clause": found.clause,
    }
