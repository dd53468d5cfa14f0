"""What an institution reports of each candidate (39/3), and all that can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web.access.holders import students
from portaria.web.access.models import Contest
from portaria.web.days import today

NOT_PLACED_HERE = declare(
    "enrolment-not-placed-here",
    "candidate {candidate} has no seat of this contest in this institution: correct the code, or "
    "take the row out",
)
TWICE = declare("enrolment-twice", "candidate {candidate} stands more than once: keep one row")
NOT_ENROLLED = declare(
    "enrolment-of-not-enrolled",
    "only who enrolled has a day of enrolment, or cancelled it: write that she enrolled, or leave "
    "this empty",
)
IN_FUTURE = declare(
    "enrolment-in-future",
    "the day of enrolment is still to come: write the day on which she enrolled, or leave this "
    "empty",
)
FILE = "enrolments"


@dataclass(frozen=True)
class Reported:
    """What is reported of one candidate; row: where it stands in what was sent."""

    candidate: str
    enrolled: bool
    enrolled_on: date | None = None
    cancelled: bool = False
    row: int | None = None

    @property
    def values(self) -> tuple[bool, date | None, bool]:
        """What is kept of it."""
        return self.enrolled, self.enrolled_on, self.cancelled


def problems_of(
    contest: Contest, institution: str, rows: Iterable[Reported], file: str = FILE
) -> list[Problem]:
    """Everything wrong with a report, by row and column."""
    known = students(contest, institution)
    seen: set[str] = set()
    found = []
    for row in rows:
        who = {"candidate": row.candidate}
        wrong: list[tuple[str, Message, object]] = []
        if row.candidate not in known:
            wrong.append(("candidate", Message(NOT_PLACED_HERE, who), row.candidate))
        if row.candidate in seen:
            wrong.append(("candidate", Message(TWICE, who), row.candidate))
        if row.enrolled_on and not row.enrolled:
            wrong.append(("enrolled_on", Message(NOT_ENROLLED), row.enrolled_on))
        elif row.enrolled_on and row.enrolled_on > today():
            wrong.append(("enrolled_on", Message(IN_FUTURE), row.enrolled_on))
        if row.cancelled and not row.enrolled:
            wrong.append(("cancelled", Message(NOT_ENROLLED), "true"))
        seen.add(row.candidate)
        found += [
            Problem(file, message, row=row.row, column=column, value=str(value))
            for column, message, value in wrong
        ]
    return found
