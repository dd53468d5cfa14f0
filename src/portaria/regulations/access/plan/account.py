"""What a plan is: dataclasses of codes and exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from portaria.regulations.access.explain.account import Arithmetic

ABOVE, EQUAL, BELOW = "above", "equal", "below"
NO_GRADE, NOBODY, ABSENT = "no_grade", "nobody", "absent"


@dataclass(frozen=True)
class Grades:
    """What a candidate has. Grades 0-200, those of two cycles 0-20.

    exams: grade by code of the entrance exam. prerequisites: the groups passed, with the grade of
    those that rank.
    """

    secondary: Decimal | None
    exams: Mapping[str, int]
    secondary_with_pe: Decimal | None = None
    two_cycle_a: Decimal | None = None
    two_cycle_b: Decimal | None = None
    prerequisites: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class YearStanding:
    """A published year: where the application grade stands against the last placed.

    state: above, equal, below; no_grade (there is a last placed, but the candidate cannot apply),
    nobody (nobody was placed in the general quota), absent (the programme did not exist).
    difference in tenths, the candidate's less the last; leftover: seats nobody took.
    """

    year: int
    state: str
    last_grade: Decimal | None = None
    difference: int | None = None
    leftover: int | None = None


@dataclass(frozen=True)
class Standing:
    """The years together. years: in which the programme existed; leftover: with seats left over.

    reached: above, equal or seats left over. margin: tenths above the last placed (below: negative)
    in the worst of the years without seats left over; None where there is no such year.
    """

    years: int
    above: int
    equal: int
    below: int
    nobody: int
    leftover: int
    reached: int
    margin: int | None


@dataclass(frozen=True)
class Below:
    """An exam below the minimum, and how many points are missing."""

    exam: str
    grade: int
    points: int


@dataclass(frozen=True)
class SetMissing:
    """What is missing to an exam set."""

    number: int
    not_taken: tuple[str, ...]
    below: tuple[Below, ...]


@dataclass(frozen=True)
class Missing:
    """Everything that is missing to apply.

    nearest: the exam sets with fewest exams not taken, and then fewest below the minimum, each lack
    once; none where the exams suffice. prerequisite: the group not met, and whether its grade
    counts. tenths: missing to the minimum application grade, where there is a grade.
    """

    nearest: tuple[SetMissing, ...]
    prerequisite: str | None = None
    prerequisite_ranks: bool = False
    tenths: int | None = None


@dataclass(frozen=True)
class Target:
    """The latest year to measure by. last_grade: None where seats were left over: to be able to
    apply was enough."""

    year: int
    last_grade: Decimal | None


@dataclass(frozen=True)
class Way:
    """One exam that alone would have reached the target: the least whole grade in it.

    now: the grade the candidate has, None where the exam was not taken.
    """

    exam: str
    grade: int
    now: int | None
    exam_set: int


@dataclass(frozen=True)
class Choice:
    """A programme for this candidate.

    reason and clause: why she cannot apply, as the engine says; None where she can. standing: None
    where she cannot. target and ways: where the target is not reached; no way means that no exam
    alone reaches it.
    """

    programme: str
    course: str
    institution: str
    district: str
    eligible: bool
    reason: str | None
    clause: str | None
    grade: Decimal | None
    exam_set: int | None
    arithmetic: Arithmetic | None
    min_exam: Decimal
    min_grade: Decimal
    years: tuple[YearStanding, ...]
    standing: Standing | None
    missing: Missing | None
    target: Target | None
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Added:
    """An entrance exam that the same national exam gives."""

    exam: str
    by: str
    grade: int


@dataclass(frozen=True)
class Plan:
    """The programmes, those within reach first.

    requirements_year: of the published requirements; None where they are a contest's own. years:
    those compared with. left_out: programmes of the latest year without published requirements.
    unused: prerequisites given that no programme asks for. found: eligible and not, before a limit.
    """

    edition: str
    edition_title: str
    language: str
    requirements_year: int | None
    years: tuple[int, ...]
    grades: Grades
    added: tuple[Added, ...]
    unused: tuple[str, ...]
    left_out: int
    eligible_found: int
    others_found: int
    exam_names: Mapping[str, str]
    programmes: tuple[Choice, ...]


def as_json(plan: Plan) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, so that none is lost."""
    return asdict(plan, dict_factory=_json_values)


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: _json_value(value) for name, value in pairs}


def _json_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _json_value(each) for key, each in value.items()}
    return value
