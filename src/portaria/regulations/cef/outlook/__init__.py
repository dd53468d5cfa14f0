"""What still fits: how much may be missed, by when recovery is told, which PAF grade is enough.

It decides nothing: it asks the rules of an evaluated day what one thing more would change. Minutes
and lessons are whole numbers; null where what they count towards is lost already.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.outlook.students import student_outlook
from portaria.regulations.cef.outlook.subjects import NEAR, subject_outlook

OUTLOOK_RULES = {
    "attendance": "school-attendance",
    "limit": "recovery-due",
    "inform_by": "recovery-notice",
    "define_by": "recovery-definition",
    "paf_to_pass": "practical-grade",
    "paf_to_certify": "course-certificate",
    "internship": "internship-attendance",
}
"""The rule behind each part, for its clause."""


@dataclass(frozen=True)
class Outlook:
    """`subjects`: one row a student and subject; `students`: one row a student."""

    subjects: pl.DataFrame
    students: pl.DataFrame


def outlook(evaluation: Evaluation, near: int = NEAR) -> Outlook:
    """The forward look of a day; near: so many lessons left, or fewer, count as near a limit.

    The frames are those of `subject_outlook` and `student_outlook`. UsageError where a recovery is
    due outside the known years of the calendar.
    """
    return Outlook(subject_outlook(evaluation, near), student_outlook(evaluation))


__all__ = ["NEAR", "OUTLOOK_RULES", "Outlook", "outlook", "student_outlook", "subject_outlook"]
