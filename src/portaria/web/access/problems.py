"""Problems of input as rows that are kept with a job, and back into sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, in_reading_order
from portaria.web.kept_messages import packed as packed
from portaria.web.kept_messages import unpacked as unpacked

MORE = declare(
    "problems-left-out",
    "one problem more is not shown: mend these first",
    "{count} problems more are not shown: mend these first",
)
MOST = 2000
"""More than these of one job are counted and not kept: nobody mends them one by one."""


def kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems in reading order, as JSON keeps them."""
    ordered = in_reading_order(problems)
    rows = [_row(problem) for problem in ordered[:MOST]]
    if (left_out := len(ordered) - MOST) > 0:
        rows.append(_row(Problem("", Message(MORE, {"count": left_out}))))
    return rows


def _row(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": packed(problem.message),
        "clause": problem.clause,
        "severity": problem.severity,
    }
