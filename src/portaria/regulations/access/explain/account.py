"""What an explanation is: dataclasses of codes and exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from portaria.core.edition import Correction


@dataclass(frozen=True)
class Exam:
    """One exam of a set: what it weighs, and the grade (None: not taken)."""

    exam: str
    weight: Decimal
    grade: int | None
    foreign: bool = False


@dataclass(frozen=True)
class ExamSet:
    """One of the alternative sets of a programme, with the candidate's grades."""

    number: int
    exams: tuple[Exam, ...]


@dataclass(frozen=True)
class SecondaryGrade:
    """S at a programme. kind: one_cycle, two_cycles, with_pe; the rest only for two cycles."""

    kind: str
    value: Decimal
    a: Decimal | None = None
    b: Decimal | None = None
    w_a: Decimal | None = None
    w_b: Decimal | None = None


@dataclass(frozen=True)
class Arithmetic:
    """The terms of an application grade: sum of value times percent, before rounding."""

    secondary: SecondaryGrade
    w_secondary: Decimal
    exams: tuple[Exam, ...]
    prerequisite: Decimal | None
    w_prerequisite: Decimal
    total: Decimal


@dataclass(frozen=True)
class LastPlaced:
    """The key of the last one placed in a quota of a programme."""

    quota: str
    grade: Decimal
    exam_part: Decimal
    tie_1: Decimal
    tie_2: Decimal


@dataclass(frozen=True)
class Distance:
    """How far the last placed in a quota stands from the candidate.

    tenths short of the application grade; 0 where a later part of the key decided, which `part`
    names (exam_part, tie_1, tie_2), or `ground` where art. 11/3 puts her after all of art. 11/1.
    """

    quota: str
    tenths: int
    part: str


@dataclass(frozen=True)
class Hearing:
    """A quota or preference the candidate asked for at an option.

    heard with rank among `of`; or the reason why not: not_in_area, form_order (`because`: the
    order of the first option that breaks the sequence) or congener_missing (`because`: the codes
    of the programmes that should stand before). after_first_ground: heard after those of 11/1.
    """

    quota: str
    clause: str
    seats: int
    rank: int | None = None
    of: int | None = None
    last_placed: LastPlaced | None = None
    distance: Distance | None = None
    after_first_ground: bool = False
    why_not: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The seats of a programme in a later phase, term by term (42/1, 47).

    vs1 left over, vsm not enrolled, vl2 and vr freed and used by rectifications, ve opened by ties,
    all of the phase before; base is what VL is added to; vl freed by holders placed elsewhere.
    decided: the base is what the institution decided (47/1). frees: holders placed elsewhere free
    seats at all, which a college's text does not say.
    """

    vs1: int
    vsm: int
    vl2: int
    ve: int
    vr: int
    base: int
    vl: int
    decided: bool
    frees: bool
    clause: str


@dataclass(frozen=True)
class OptionExplained:
    """One option of the form and everything that decided it.

    without_final_grade: those placed here who have none, whom art. 9/2 matches with further seats.
    last_placed: in the candidate's quota, or in the general list. lost: the shortest way that was
    missing to a seat, in the general list or in a quota; missing_tenths its tenths, or those
    missing to the minimum grade.
    """

    order: int
    programme: str
    institution: str
    course: str
    outcome: str
    quota: str | None
    reason: str
    clause: str
    seats: int
    placed: int
    tie_extra: int
    additional: int
    leftover: int
    min_exam: Decimal
    min_grade: Decimal
    prerequisite: str | None
    prerequisite_kind: str | None
    sets: tuple[ExamSet, ...]
    exam_set: int | None
    arithmetic: Arithmetic | None
    grade: Decimal | None
    exam_part: Decimal | None
    rank: int | None
    ranked: int
    tied: int
    without_final_grade: int
    last_placed: LastPlaced | None
    missing_tenths: int | None
    lost: Distance | None
    hearings: tuple[Hearing, ...]
    terms: Terms | None = None


@dataclass(frozen=True)
class SeatHeld:
    """A seat from a phase before that stands: where, and the phase that gave it."""

    programme: str
    course: str
    institution: str
    phase: int


@dataclass(frozen=True)
class Explanation:
    """A candidate's result and the account of each option.

    single_quota: the contest has one quota, so that "general" tells it from nothing.
    """

    candidate: str
    name: str | None
    edition: str
    edition_title: str
    language: str
    phase: int
    readings: Mapping[str, str]
    result: str
    programme: str | None
    option: int | None
    quota: str | None
    grade: Decimal | None
    reason: str
    clause: str
    options: tuple[OptionExplained, ...]
    corrections: tuple[Correction, ...] = ()
    held: SeatHeld | None = None
    single_quota: bool = False


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, so that none is lost."""
    return asdict(explanation, dict_factory=_json_values)


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in pairs}
