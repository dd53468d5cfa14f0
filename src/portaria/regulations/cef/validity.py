"""Articles 35 and 37: which version is in force on a day, and what answers where it is silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Version:
    """`approved_on`: the day of the pedagogical council, None before the first; `general_council`:
    always unknown, its days are not published. `at_hand`: whether it is the version whose rules
    this program has."""

    approved_on: date | None
    general_council: str
    at_hand: bool
    clause: str


@dataclass(frozen=True)
class Silence:
    """What answers, first to last."""

    order: tuple[str, ...]
    clause: str


@rule("version-in-force")
def version(on: date, rules: RuleSet) -> Version:
    """37/1: in force once both councils approve. Only the days of the pedagogical one are known, so
    the version is the last that it approved by then, and that day with it."""
    approvals = rules.edition.parameters["approvals"]
    last = max((day for day in approvals.value if day <= on), default=None)
    at_hand = last == approvals.valid_from
    return Version(last, UNKNOWN, at_hand, rules.clause("version-in-force"))


@rule("silent-cases")
def silence(rules: RuleSet) -> Silence:
    """35/1: what is not ruled here goes to the internal regulation, then to the law."""
    return Silence(("internal-regulation", "law"), rules.clause("silent-cases"))
