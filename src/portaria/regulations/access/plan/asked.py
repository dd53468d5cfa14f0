"""What a candidate writes on the command line, checked: grades, exams, prerequisites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rounding import without_zeros
from portaria.regulations.access.plan.account import Grades

NUMBER = re.compile(r"\d{1,3}([.,]\d{1,12})?", re.ASCII)
WHOLE = re.compile(r"\d{1,3}", re.ASCII)
MOST, MOST_OF_CYCLE = 200, 20

BAD_NUMBER = declare(
    "plan-bad-number",
    "{option} {value}: a number from 0 to {most} is meant, such as {example}",
)
LOOKS_LIKE_20 = declare(
    "plan-looks-like-20",
    "{option} {value} looks like a grade from 0 to 20: write it on the scale from 0 to 200, "
    "{meant}",
)
NO_SECONDARY = declare(
    "plan-no-secondary",
    "your secondary grade is missing: give --secondary 165, or --two-cycle 15 16 (the grades of "
    "10th and 11th years and of the 12th)",
)
TWO_SECONDARIES = declare(
    "plan-two-secondaries", "give either --secondary or --two-cycle, not both"
)
NO_EXAM = declare("plan-no-exam", "give at least one exam, with its code and grade: --exam 19=150")
BAD_EXAM = declare("plan-bad-exam", "--exam {value}: write CODE=GRADE, such as --exam 19=150")
BAD_EXAM_GRADE = declare(
    "plan-bad-exam-grade", "--exam {value}: the grade of an exam is a whole number from 0 to 200"
)
EXAM_TWICE = declare("plan-exam-twice", "--exam {exam} is given more than once: keep one")
BAD_PREREQUISITE = declare(
    "plan-bad-prerequisite",
    "--prerequisite {value}: write its group, such as A, or GROUP=GRADE (0 to 200) where it ranks, "
    "such as A=150",
)
PREREQUISITE_TWICE = declare(
    "plan-prerequisite-twice", "--prerequisite {group} is given more than once: keep one"
)
EXAM_LOOKS_LIKE_20 = declare(
    "plan-exam-looks-like-20",
    "Exam {exam}: {grade} of 200 points is very low. If it is a grade from 0 to 20, write {meant}.",
)


def read_grades(
    secondary: str | None = None,
    secondary_with_pe: str | None = None,
    two_cycle: tuple[str, str] | None = None,
    exams: Sequence[str] = (),
    prerequisites: Sequence[str] = (),
) -> Grades:
    """The grades, as text given on the command line; UsageError at the first that cannot be."""
    if secondary is None and two_cycle is None:
        raise UsageError(Message(NO_SECONDARY))
    if secondary is not None and two_cycle is not None:
        raise UsageError(Message(TWO_SECONDARIES))
    cycles = [_cycle(each) for each in two_cycle] if two_cycle else [None, None]
    with_pe = secondary_with_pe
    return Grades(
        secondary=None if secondary is None else _secondary("--secondary", secondary),
        secondary_with_pe=None if with_pe is None else _secondary("--secondary-with-pe", with_pe),
        two_cycle_a=cycles[0],
        two_cycle_b=cycles[1],
        exams=_exams(exams),
        prerequisites=_prerequisites(prerequisites),
    )


def doubts(grades: Grades) -> Iterator[Message]:
    """What can be, but is more likely a slip: exam grades that look like those from 0 to 20."""
    for exam, grade in grades.exams.items():
        if 0 < grade <= MOST_OF_CYCLE:
            params = {"exam": exam, "grade": grade, "meant": grade * 10}
            yield Message(EXAM_LOOKS_LIKE_20, params)


def _number(text: str, most: int) -> Decimal | None:
    if not NUMBER.fullmatch(text.strip()):
        return None
    value = Decimal(text.strip().replace(",", "."))
    return value if value <= most else None


def _secondary(option: str, text: str) -> Decimal:
    value = _number(text, MOST)
    if value is None:
        params = {"option": option, "value": text, "most": MOST, "example": Decimal("165.5")}
        raise UsageError(Message(BAD_NUMBER, params))
    if value <= MOST_OF_CYCLE:
        params = {"option": option, "value": text, "meant": without_zeros(value * 10)}
        raise UsageError(Message(LOOKS_LIKE_20, params))
    return value


def _cycle(text: str) -> Decimal:
    value = _number(text, MOST_OF_CYCLE)
    if value is None:
        example = Decimal("15.5")
        params = {"option": "--two-cycle", "value": text, "most": MOST_OF_CYCLE, "example": example}
        raise UsageError(Message(BAD_NUMBER, params))
    return value


def _exams(given: Sequence[str]) -> dict[str, int]:
    if not given:
        raise UsageError(Message(NO_EXAM))
    exams: dict[str, int] = {}
    for text in given:
        code, sign, grade = (part.strip() for part in text.partition("="))
        if not code or not sign or not grade:
            raise UsageError(Message(BAD_EXAM, {"value": text}))
        if not WHOLE.fullmatch(grade) or int(grade) > MOST:
            raise UsageError(Message(BAD_EXAM_GRADE, {"value": text}))
        if code in exams:
            raise UsageError(Message(EXAM_TWICE, {"exam": code}))
        exams[code] = int(grade)
    return exams


def _prerequisites(given: Sequence[str]) -> dict[str, Decimal | None]:
    passed: dict[str, Decimal | None] = {}
    for text in given:
        group, sign, grade = (part.strip() for part in text.partition("="))
        value = _number(grade, MOST) if sign else None
        if not group or (sign and value is None):
            raise UsageError(Message(BAD_PREREQUISITE, {"value": text}))
        if group in passed:
            raise UsageError(Message(PREREQUISITE_TWICE, {"group": group}))
        passed[group] = value
    return passed
