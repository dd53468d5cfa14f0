"""The faults of one document, collected while it is read."""

from __future__ import annotations

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity

SHOWN = 60

MISSING = declare(
    "transcript-missing",
    "{element} is missing here: {format} asks for it; get the whole file from the issuer again",
)
NOT_A_TEXT = declare(
    "transcript-not-a-text", "a text is meant here, not a list or a group of fields"
)
COMMA = declare(
    "transcript-comma",
    "{value} is written with a comma; {format} writes numbers with a point ({meant}): "
    "the issuer must mend the file",
)
NOT_A_NUMBER = declare(
    "transcript-not-a-number",
    "{value} is no decimal number: {format} has digits with a point here, such as 7.5",
)
NEGATIVE = declare(
    "transcript-negative", "{value} is below zero: no number here can be; ask the issuer"
)
NOT_A_DAY = declare(
    "transcript-not-a-day", "{value} is no day of the calendar: {format} writes 2017-10-10 here"
)
NOT_ALLOWED = declare("transcript-not-allowed", "{value} is not one of: {allowed}")


class Faults:
    """Collects problems; what is read goes on as if the faulty field were not there."""

    def __init__(self, file: str, format: str) -> None:
        self.file, self.format = file, format
        self.problems: list[Problem] = []

    def add(
        self,
        code: str,
        where: str,
        row: int | None = None,
        value: str | None = None,
        severity: Severity = "error",
        **params: object,
    ) -> None:
        """One problem at the path `where`; the sentence may name the value and the format."""
        shown = None if value is None else cut(value)
        message = Message(code, {"format": self.format, "value": shown or "", **params})
        self.problems.append(
            Problem(self.file, message, row=row, column=where, value=shown, severity=severity)
        )

    def warn(self, code: str, where: str, row: int | None = None, **params: object) -> None:
        """One problem that does not stop the work."""
        self.add(code, where, row, None, "warning", **params)


def cut(text: str) -> str:
    """A value as a problem shows it: one line, at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
