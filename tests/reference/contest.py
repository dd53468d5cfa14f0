"""The contest as plain objects: tables of rows become dataclasses with exact numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

Row = dict[str, object]
Tables = Mapping[str, list[Row]]

SPECIAL = ("disability", "azores", "madeira", "emigrant", "military")
ADDITIONAL = "additional"
GENERAL = "general"
# Art. 36/1: the order in which the quotas of a programme are filled; art. 9/2 comes last.
STAGES = (
    "disability",
    "azores_preference",
    "azores",
    "madeira_preference",
    "madeira",
    "emigrant",
    "military",
    "regional",
    "vocational",
    GENERAL,
)
QUOTAS = (*STAGES, ADDITIONAL)


@dataclass(frozen=True)
class Programme:
    """One institution and course: seats, weights in percent, minima on 0-200, shares in percent."""

    code: str
    seats: int
    w_secondary: Fraction
    w_prerequisite: Fraction
    min_exam: Fraction
    min_grade: Fraction
    prerequisite: str | None
    prerequisite_kind: str | None
    sport: bool
    island_university: str | None
    regional_share: Fraction
    vocational_share: Fraction
    exam_sets: dict[int, dict[str, Fraction]] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    vocational_courses: set[str] = field(default_factory=set)
    congeners: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """One candidate; `exams` by (exam, programme or None), `prerequisites` by group."""

    code: str
    secondary: Fraction | None
    secondary_with_pe: Fraction | None
    two_cycle_a: Fraction | None
    two_cycle_b: Fraction | None
    has_final_grade: bool
    area: str | None
    area_year11: str | None
    area_recognised: str | None
    secondary_course: str | None
    claims_regional: bool
    island: dict[str, str | None]
    emigrant: bool
    military: bool
    disability: bool
    excluded: str | None
    exams: dict[tuple[str, str | None], Fraction] = field(default_factory=dict)
    prerequisites: dict[str, tuple[bool, Fraction | None]] = field(default_factory=dict)
    options: dict[int, str] = field(default_factory=dict)

    @property
    def form(self) -> list[str]:
        """Art. 21/4: the programmes as written, the most wanted first."""
        return [self.options[order] for order in sorted(self.options)]


@dataclass(frozen=True)
class Contest:
    """Everything the reference reads, by code."""

    programmes: dict[str, Programme]
    candidates: dict[str, Candidate]


def read_contest(tables: Tables) -> Contest:
    """Turn the contract's tables (lists of rows; absent tables are empty) into a Contest."""
    programmes = {p.code: p for p in map(_programme, tables.get("programmes", []))}
    for row in tables.get("exam_sets", []):
        sets = programmes[code(row, "programme")].exam_sets
        sets.setdefault(whole(row, "set"), {})[code(row, "exam")] = share(row, "weight")
    for row in tables.get("regional_areas", []):
        programmes[code(row, "programme")].areas.add(code(row, "area"))
    for row in tables.get("vocational_courses", []):
        courses = programmes[code(row, "programme")].vocational_courses
        courses.add(code(row, "secondary_course"))
    for row in tables.get("congeners", []):
        programmes[code(row, "programme")].congeners.append(code(row, "congener"))
    candidates = {c.code: c for c in map(_candidate, tables.get("candidates", []))}
    for row in tables.get("exams", []):
        exams = candidates[code(row, "candidate")].exams
        exams[code(row, "exam"), text(row, "programme")] = share(row, "grade")
    for row in tables.get("prerequisites", []):
        held = candidates[code(row, "candidate")].prerequisites
        held[code(row, "group")] = (flag(row, "passed"), number(row, "grade"))
    for row in tables.get("options", []):
        options = candidates[code(row, "candidate")].options
        options[whole(row, "order")] = code(row, "programme")
    return Contest(programmes, candidates)


def _programme(row: Row) -> Programme:
    return Programme(
        code=code(row, "programme"),
        seats=whole(row, "seats"),
        w_secondary=share(row, "w_secondary"),
        w_prerequisite=share(row, "w_prerequisite"),
        min_exam=share(row, "min_exam"),
        min_grade=share(row, "min_grade"),
        prerequisite=text(row, "prerequisite"),
        prerequisite_kind=text(row, "prerequisite_kind"),
        sport=flag(row, "sport"),
        island_university=text(row, "island_university"),
        regional_share=share(row, "regional_share"),
        vocational_share=share(row, "vocational_share"),
    )


def _candidate(row: Row) -> Candidate:
    return Candidate(
        code=code(row, "candidate"),
        secondary=number(row, "secondary"),
        secondary_with_pe=number(row, "secondary_with_pe"),
        two_cycle_a=number(row, "two_cycle_a"),
        two_cycle_b=number(row, "two_cycle_b"),
        has_final_grade=flag(row, "has_final_grade"),
        area=text(row, "area"),
        area_year11=text(row, "area_year11"),
        area_recognised=text(row, "area_recognised"),
        secondary_course=text(row, "secondary_course"),
        claims_regional=flag(row, "claims_regional"),
        island={island: text(row, island) for island in ("azores", "madeira")},
        emigrant=flag(row, "emigrant"),
        military=flag(row, "military"),
        disability=flag(row, "disability"),
        excluded=text(row, "excluded"),
    )


def text(row: Row, column: str) -> str | None:
    """A text cell; an absent column or an empty cell is None."""
    value = row.get(column)
    return None if value is None or value == "" else str(value)


def code(row: Row, column: str) -> str:
    """A text cell that must be filled."""
    value = text(row, column)
    if value is None:
        raise ValueError(f"{column} is empty in {row}")
    return value


def number(row: Row, column: str) -> Fraction | None:
    """An exact number, or None; floats are refused, they are not exact."""
    value = row.get(column)
    if value is None:
        return None
    if not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"{column} must be an int, Decimal or Fraction, not {value!r}")
    return Fraction(value)


def share(row: Row, column: str) -> Fraction:
    """An exact number; an empty cell is 0."""
    return number(row, column) or Fraction(0)


def whole(row: Row, column: str) -> int:
    """An integer cell."""
    value = row[column]
    if not isinstance(value, int):
        raise TypeError(f"{column} must be an int, not {value!r}")
    return value


def flag(row: Row, column: str) -> bool:
    """A boolean cell; an empty one is false."""
    value = row.get(column)
    if not isinstance(value, bool | None):
        raise TypeError(f"{column} must be a bool, not {value!r}")
    return bool(value)
