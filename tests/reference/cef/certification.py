"""Articles 12/19, 12/23-24, 18, 20 and 24/3: which certificate follows from which records."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .attendance import all_meet, meets_90
from .exclusions import excludes, is_excluded
from .grades import (
    component_complete,
    component_exact,
    is_complete,
    publish,
    reaches_three,
    subject_exact,
    subject_units,
    unit_level,
)
from .model import COMPONENTS, GENERAL, SCHOOL, Course, Student, Subject
from .practice import fails_attendance, is_admitted, practical_passed

CLAUSES = {
    "professional_and_school": "20/1",
    "school": "20/2",
    "components": "20/4",
    "statement": "20/5",
    "none": "20/5",
}
OUTCOMES = tuple(CLAUSES)
"""The best first."""


@dataclass(frozen=True)
class Certification:
    """`components`: those passed, in the order of the course. `reason`: what stands in the way of
    the next better outcome, or `concluded`."""

    outcome: str
    components: tuple[str, ...]
    paf: str
    finals: bool
    reason: str

    @property
    def clause(self) -> str:
        return CLAUSES[self.outcome]


def passes_subject(course: Course, student: str, subject: Subject, on: date) -> bool:
    """Complete, three or more, its own 90 %, and no exclusion."""
    units = subject_units(course, subject.subject)
    return (
        is_complete(course, student, units)
        and reaches_three(subject_exact(course, student, subject.subject), course.settings.readings)
        and meets_90(course, student, subject, on)
        and not is_excluded(course, student, subject.subject)
    )


def reaches(course: Course, student: str, component: str) -> bool:
    """Complete with three or more, attendance aside."""
    exact = component_exact(course, student, component)
    complete = component_complete(course, student, component)
    return complete and reaches_three(exact, course.settings.readings)


def passes(course: Course, student: str, component: str, on: date) -> bool:
    """A component passed, each of its subjects with its own 90 %, none excluded from."""
    if excludes(course, student, component):
        return False
    if component == "practical":
        return practical_passed(course, student)
    return reaches(course, student, component) and all_meet(course, student, component, on)


def general_grades(course: Course, student: str) -> bool:
    """20/2: the final grades of the sociocultural and of the scientific component."""
    if course.settings.readings["compensation"] == "each":
        return all(reaches(course, student, component) for component in GENERAL)
    if not all(component_complete(course, student, component) for component in GENERAL):
        return False
    exact = [component_exact(course, student, component) for component in GENERAL]
    return reaches_three(sum(exact, Fraction(0)) / 2, course.settings.readings)


def certification(course: Course, student: Student, on: date) -> Certification:
    """The table of decision of article 20. Who is excluded from a subject has not kept the rules
    of attendance (20/2)."""
    name = student.student
    passed = tuple(c for c in COMPONENTS if passes(course, name, c, on))
    excluded = any(excludes(course, name, component) for component in SCHOOL)
    attended = all(all_meet(course, name, component, on) for component in SCHOOL)
    subjects = [subject for component in GENERAL for subject in course.of(component)]
    if passed == COMPONENTS:
        outcome = "professional_and_school"
    elif attended and not excluded and general_grades(course, name):
        outcome = "school"
    elif passed:
        outcome = "components"
    elif any(passes_subject(course, name, subject, on) for subject in subjects):
        outcome = "statement"
    else:
        outcome = "none"
    year_9 = outcome in ("professional_and_school", "school")
    return Certification(
        outcome,
        passed,
        "admitted" if is_admitted(course, name) else "not_admitted",
        year_9 and student.next_path == "scientific",
        reason(course, name, outcome, passed, attended),
    )


def reason(
    course: Course, student: str, outcome: str, passed: tuple[str, ...], attended: bool
) -> str:
    """`exclusion`, `internship_attendance`, `attendance`, or the first component not passed."""
    if outcome == "professional_and_school":
        return "concluded"
    if outcome == "school":
        if excludes(course, student, "practical"):
            return "exclusion"
        if fails_attendance(course, student):
            return "internship_attendance"
    elif any(excludes(course, student, component) for component in SCHOOL):
        return "exclusion"
    elif not attended:
        return "attendance"
    return next(component for component in COMPONENTS if component not in passed)


def certified_units(course: Course, student: str) -> list[tuple[str, int]]:
    """20/3: the technological units that a certificate lists: level three or more."""
    units = [(u.unit, unit_level(course, student, u)) for u in course.units_of("technological")]
    return [(unit, level) for unit, level in units if level is not None and level >= 3]


def subject_level(course: Course, student: str, subject: str) -> int | None:
    exact = subject_exact(course, student, subject)
    return None if exact is None else publish(exact, course.settings.readings)
