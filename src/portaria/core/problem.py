"""A fault in a user's data, as a row: where it is, what was given, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from portaria.core.messages import Message

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One fault. `row` counts as a spreadsheet does: the header is row 1.

    `value` is what was given, as text, cut when it is very long. `clause` names the clause that
    asks for it, where one does (`211-A 21/4`).
    """

    file: str
    message: Message
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None
    clause: str = ""
    severity: Severity = field(default="error")

    @property
    def code(self) -> str:
        """The stable code of the problem, also the code of its message."""
        return self.message.code


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the work."""
    return [problem for problem in problems if problem.severity == "error"]


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted as a person would mend them: by file, row and column, each fault once."""
    return sorted(
        set_of(problems),
        key=lambda p: (p.file, p.sheet, p.row or 0, p.column, p.code, p.value or ""),
    )


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Each distinct fault once (messages hold dictionaries, so no hashing)."""
    seen: dict[tuple[object, ...], Problem] = {}
    for p in problems:
        seen.setdefault((p.file, p.sheet, p.row, p.column, p.value, p.code), p)
    return list(seen.values())
