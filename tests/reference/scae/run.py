"""One run: the source, the month, and the list of findings; one candidate record."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .model import Config, Finding, Month, Row, Source
from .situation import Standing


@dataclass
class Candidate:
    """One record that may be sent: the unit that the text counts.

    `klass`: the class sent (EJA: of the reference); `base`: the row that gives the effective
    date; `acting`, `acting_class`: the row and class whose situation counts; `row`: the row of
    the source the key names; `since`: first day the record exists; `true_month`: EJA, the month
    in which every series is approved; `course_open`: EJA, a class of the course goes on or is to
    come. `outcome`: nothing, upsert, delete or error.
    """

    kind: str
    source: str
    student: str
    row: Row
    klass: Row
    base: Row
    acting: Row
    acting_class: Row
    standing: Standing
    since: date | None
    superseded: bool = False
    earlier_classes: frozenset[str] = frozenset()
    members: list[Row] = field(default_factory=list)
    eja: bool = False
    gap: bool = False
    course_open: bool = False
    true_month: Month | None = None
    situation: int | None = None
    group: str = ""
    outcome: str = "nothing"
    reason: str = ""
    blocks: list[str] = field(default_factory=list)

    @property
    def record(self) -> str:
        """The key of the ledger."""
        return f"{self.kind}:{self.source}:{self.klass['class']}"

    def decide(self, outcome: str, reason: str) -> None:
        self.outcome, self.reason = outcome, reason


@dataclass
class Run:
    """`reported`: the last ledger row of each key before the month, None without a ledger."""

    source: Source
    config: Config
    month: Month
    reported: dict[str, Row] | None = None
    findings: list[Finding] = field(default_factory=list)

    def reading(self, name: str) -> str:
        return self.config.readings[name]

    def known(self, at: datetime | date) -> bool:
        """Months are compared, never days: the last minute of the month still belongs to it."""
        return (at.year, at.month) <= self.month

    def in_month(self, at: datetime | date) -> bool:
        return (at.year, at.month) == self.month

    def find(
        self, code: str, cand: Candidate | None, table: str, name: str = "", value: Any = ""
    ) -> None:
        record, enrolment = (cand.record, cand.source) if cand else ("", "")
        self.findings.append(Finding(code, record, enrolment, table, name, str(value)))

    def block(
        self, code: str, cand: Candidate, table: str, name: str = "", value: Any = ""
    ) -> None:
        """A finding that withholds the record."""
        self.find(code, cand, table, name, value)
        cand.blocks.append(code)

    def fault(
        self, code: str, cand: Candidate, table: str, name: str = "", value: Any = ""
    ) -> None:
        """A fault of the source that leaves no record to compute."""
        self.block(code, cand, table, name, value)
        cand.decide("error", "error")
