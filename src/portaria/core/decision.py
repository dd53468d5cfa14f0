"""Decisions are data: a closed list of reasons, each with the rule that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portaria.core.edition import Edition
from portaria.core.errors import ConfigurationError


@dataclass(frozen=True)
class Reason:
    """Why a decision is what it is: a stable code and the rule that gives it."""

    code: str
    rule: str


class Reasons:
    """The closed list of reasons of one regulation."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self._by_code: dict[str, Reason] = {}
        for reason in reasons:
            if reason.code in self._by_code:
                raise ConfigurationError(f"reason {reason.code} stands twice")
            self._by_code[reason.code] = reason

    def __iter__(self) -> Iterator[Reason]:
        return iter(self._by_code.values())

    def __getitem__(self, code: str) -> Reason:
        return self._by_code[code]

    def clauses(self, edition: Edition, variant: str = "") -> dict[str, str]:
        """Reason code to the clause it stands on in `edition`, in a variant of the procedure.

        A reason whose rule the text does not have cannot be given there, and has none.
        """
        return {
            reason.code: edition.clause(reason.rule, variant)
            for reason in self
            if edition.has(reason.rule)
        }
