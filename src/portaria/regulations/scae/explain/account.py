"""What an explanation is: dataclasses of codes, dates and exact numbers, no sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Case:
    """Which case of a rule it was, and the clause of that case (empty where the text has none)."""

    code: str
    clause: str


@dataclass(frozen=True)
class ClassTold:
    """The class that is sent, as the source describes it; `found`: whether the source has it."""

    name: str
    found: bool
    unit: str | None = None
    period: str | None = None
    level: str | None = None
    course: str | None = None
    modality: str | None = None
    series: str | None = None
    start: date | None = None
    end: date | None = None
    row: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where the enrolment stood on the last day of the month.

    code: SGE situation; scae: its SCAE situation, None where it has none. source: `movement` (the
    last one by then: at, column, row), `before` (the log begins later; what its first movement
    left), `snapshot` (no log: the row of today), `arrived` (the log tells of the class before, and
    this one is that of the row of today). series_only: EJA, a series approved and the course
    goes on. enrolment: whose situation it is. symbol: the name in scae.toml of a code that the text
    does not give (`cancelled`), empty for others.
    """

    code: str
    scae: int | None
    enrolment: str
    source: str
    clause: str
    at: datetime | None = None
    column: str = ""
    row: int | None = None
    series_only: bool = False
    symbol: str = ""


@dataclass(frozen=True)
class DateTold:
    """A date of the record and the case that gave it; `value` is None where none is told.

    against: the day it was weighed against: the other of class start and enrolment (or change) for
    an effective date, the day of the log for a mobility date.
    """

    value: date | None
    case: Case
    against: date | None = None


@dataclass(frozen=True)
class Member:
    """An enrolment of an EJA course as of the month.

    code: SGE situation, symbol: as of `Standing`; at, row: of its last movement. counts: neither
    hidden nor cancelled. role: reference, acting, both, or empty.
    """

    enrolment: str
    class_: str
    series: str | None
    enrolled_on: date | None
    start: date | None
    end: date | None
    reference: str | None
    code: str
    at: datetime | None
    row: int | None
    counts: bool
    role: str
    symbol: str = ""


@dataclass(frozen=True)
class Course:
    """The EJA course that a record stands for (R14).

    reference, acting: enrolments, the first of the course and the one whose situation counts;
    complete: every series approved, in the month `complete_since`. series: those of the matrix in
    their order, each with whether an enrolment has it and whether it is approved.
    """

    course: str | None
    reference: str
    acting: str
    acting_class: str
    complete_since: date | None
    complete: bool
    series: tuple[tuple[str, bool, bool], ...]
    members: tuple[Member, ...]
    clause: str


@dataclass(frozen=True)
class HoursLine:
    """The disciplines of one enrolment in one class: how many, how many enrolled in, of those with
    a type, of those with lessons planned; minutes of the month; `outside`: minutes taken off."""

    holder: str
    class_: str
    disciplines: int
    enrolled: int
    typed: int
    planned: int
    minutes: int
    outside: int = 0


@dataclass(frozen=True)
class Hours:
    """Student-hours. state: whole, zero, partial, blank; why: no_discipline, not_taken, no_type,
    no_lesson, one_untyped, suspended, gap, off (a reading), or empty; unit: minutes of an hour."""

    value: Decimal | None
    partial: bool
    state: str
    why: str
    unit: int
    minutes: int
    lines: tuple[HoursLine, ...]
    untyped: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class DisciplineLine:
    """A discipline that is sent; evaluation_type is None where the text gives none."""

    scae_discipline: str
    discipline: str
    code: str
    situation: int
    evaluation_type: int | None
    reached: bool


@dataclass(frozen=True)
class Disciplines:
    """case: `moved` (all go), `reached` (those that ended in the month), `none`."""

    case: Case
    lines: tuple[DisciplineLine, ...]


@dataclass(frozen=True)
class Finding:
    """A finding of the record, with what its sentence needs; `withholds`: the record for it."""

    severity: str
    code: str
    table: str
    row: int | None
    field: str
    value: str
    withholds: bool


@dataclass(frozen=True)
class Before:
    """What the ledger had last: the month, operation, situation and hours; open: SCAE still holds
    the record as inside; last_month: it was the month just before."""

    month: str
    operation: str
    situation: int | None
    hours: Decimal | None
    open: bool
    last_month: bool


@dataclass(frozen=True)
class Explanation:
    """One record considered in a month.

    outcome: upsert, delete, nothing, error (withheld), absent (sent before, and not even considered
    now). reason, clause: as the load decided; cause: the finer case. codes: the errors that
    withhold it. before: None where no load had it; ledger: whether what was sent before was known;
    change: what reconciliation.csv says of it, or `new`, or empty.
    """

    record: str
    month: str
    status: str
    state: str
    filters: Mapping[str, str]
    edition: str
    edition_title: str
    language: str
    kind: str
    source: str
    student: str | None
    outcome: str
    reason: str
    clause: str
    cause: Case
    codes: tuple[str, ...]
    class_: ClassTold
    enrolled_on: date | None
    since: date | None
    standing: Standing | None
    effective: DateTold | None
    mobility: DateTold | None
    movement: datetime | None
    course: Course | None
    parents: tuple[str, ...]
    hours: Hours | None
    disciplines: Disciplines | None
    findings: tuple[Finding, ...]
    before: Before | None
    ledger: bool
    change: str
    readings: Mapping[str, str]


def as_json(explanations: Sequence[Explanation]) -> list[dict[str, Any]]:
    """The same objects as plain JSON values; dates ISO, exact numbers as text."""
    return [asdict(each, dict_factory=_json_values) for each in explanations]


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name.removesuffix("_"): _plain(value) for name, value in pairs}


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
