"""The closed list of conditions: each code is a rule id, and the edition gives its clause."""

from __future__ import annotations

from collections.abc import Mapping

from portaria.core.deadline import Deadline
from portaria.core.edition import Edition
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.outcome import Condition

NO_SUCH_PROCEDURE = declare(
    "procedure-not-in-edition", "the edition {edition} has no such procedure"
)

CONDITIONS = (
    "exchange-placed",
    "exchange-other-programme",
    "exchange-same-exams",
    "exchange-enrolled",
    "exchange-in-time",
    "exchange-exams-taken",
    "exchange-exam-minimum",
    "exchange-grade-minimum",
    "exchange-prerequisite",
    "exchange-last-placed",
    "relocation-after-last-phase",
    "relocation-fewer-than-six",
    "relocation-everyone",
    "relocation-seats",
    "relocation-exams-taken",
    "relocation-exam-minimum",
    "relocation-grade-minimum",
    "relocation-prerequisite",
    "relocation-student-consents",
    "relocation-institution-consents",
    "relocation-origin-consents",
    "rectification-started-by",
    "rectification-cause",
    "rectification-lapse",
    "exclusion-ground",
    "exclusion-not-yet",
    "complaint-identified",
    "complaint-in-time",
    "changed-grade-in-time",
)


class Checked:
    """Conditions being checked under one edition, in the order of the text."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._found: list[Condition] = []

    def add(
        self,
        code: str,
        met: bool | None,
        params: Mapping[str, object],
        detail: str = "",
        deadline: Deadline | None = None,
    ) -> None:
        """Note one condition with what it rests on."""
        assert code in CONDITIONS, code
        clause = self.edition.clause(code)
        self._found.append(Condition(code, clause, met, detail, dict(params), deadline))

    def all(self) -> tuple[Condition, ...]:
        """Everything noted."""
        return tuple(self._found)


def require(edition: Edition, rule_id: str) -> Edition:
    """The edition itself; UsageError where its text has no such procedure."""
    if not edition.has(rule_id):
        raise UsageError(Message(NO_SUCH_PROCEDURE, {"edition": edition.name}))
    return edition
