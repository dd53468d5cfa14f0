"""The values of a contest while changes move them, and which change touched each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import polars as pl

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.core.rounding import WHOLE, Rounding, round_to, without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.findings import UNKNOWN_PROGRAMME
from portaria.regulations.access.schemas import Programmes
from portaria.regulations.access.simulate import words
from portaria.regulations.access.simulate.change import Step, Target, Weights
from portaria.tables.raw import cut
from portaria.tables.schema import columns_of

Value = int | Decimal
Key = tuple[str, int | None, str]
"""programme, set number or None, and column; the column of an exam set is the exam."""


@dataclass(frozen=True)
class Moved:
    """A value that the changes move; `number`: the exam set, where it is a weight in one."""

    programme: str
    number: int | None
    column: str
    before: Value
    after: Value


@dataclass
class Draft:
    """The seats, minima, shares and weights of a contest, which steps move one after another."""

    contest: Contest
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        programmes, sets = (self.contest.tables[name] for name in ("programmes", "exam_sets"))
        self.institution = dict(programmes.select("programme", "institution").iter_rows())
        self.before: dict[Key, Value] = {
            (programme, None, column): value
            for column in MOVABLE
            for programme, value in programmes.select("programme", column).iter_rows()
        }
        rows = sets.select("programme", "set", "exam", "weight").iter_rows()
        self.before |= {(programme, number, exam): value for programme, number, exam, value in rows}
        self.sets: dict[str, list[tuple[int, str]]] = {}
        for programme, number, exam in sets.select("programme", "set", "exam").iter_rows():
            self.sets.setdefault(programme, []).append((number, exam))
        self.values = dict(self.before)
        self.touched: dict[Key, tuple[str, str]] = {}

    def fault(self, file: str, place: str, code: str, value: object, **params: object) -> None:
        message = Message(code, {"value": value, **params})
        self.problems.append(Problem(file, message, column=place, value=cut(value)))

    def meant(self, file: str, place: str, target: Target) -> list[str]:
        """The programmes of a target; a fault where there are none."""
        if target.institution is not None:
            codes = [c for c, where in self.institution.items() if where == target.institution]
            if not codes:
                there = f"{place}.institution"
                self.fault(file, there, words.UNKNOWN_INSTITUTION, target.institution)
            return codes
        for code in target.programmes:
            if code not in self.institution:
                self.fault(file, f"{place}.programmes", UNKNOWN_PROGRAMME, code)
        known = [code for code in target.programmes if code in self.institution]
        return known if target.programmes else list(self.institution)

    def step(self, file: str, step: Step) -> None:
        for programme in self.meant(file, step.place, step.target):
            key = (programme, None, step.column)
            self.put(key, HOW[step.how](self.values[key], step.value), (file, step.place))

    def weights(self, file: str, weights: Weights) -> None:
        programmes = self.meant(file, weights.place, weights.target)
        found: set[str] = set()
        for programme in programmes:
            if weights.w_secondary is not None:
                key = (programme, None, "w_secondary")
                self.put(key, weights.w_secondary, (file, weights.place))
            sets = [s for s in self.sets.get(programme, []) if weights.number in (None, s[0])]
            if weights.target.programmes:
                self.lacking(file, weights, programme, sets)
            for number, exam in sets:
                if exam in weights.exams:
                    found.add(exam)
                    self.put((programme, number, exam), weights.exams[exam], (file, weights.place))
        for exam in weights.exams:
            if exam not in found and not weights.target.programmes and programmes:
                self.fault(file, f"{weights.place}.exams", words.EXAM_NOWHERE, exam, exam=exam)

    def lacking(
        self, file: str, weights: Weights, programme: str, sets: Iterable[tuple[int, str]]
    ) -> None:
        """Programmes named one by one must have the set and the exams that are named."""
        there, number = {exam for _, exam in sets}, weights.number
        if number is not None and not there:
            where = f"{weights.place}.set"
            self.fault(file, where, words.NO_SUCH_SET, number, programme=programme, set=str(number))
            return
        for exam in weights.exams:
            if exam not in there:
                where = f"{weights.place}.exams"
                self.fault(file, where, words.NO_SUCH_EXAM, exam, programme=programme, exam=exam)

    def put(self, key: Key, value: Value, source: tuple[str, str]) -> None:
        self.values[key], self.touched[key] = value, source

    def check_bounds(self) -> None:
        """No value outside what the tables allow."""
        columns = columns_of(Programmes)
        for (programme, number, column), (file, place) in self.touched.items():
            value = self.values[programme, number, column]
            least, most = 0, 100  # of the weight of an exam
            if number is None:
                least, most = (getattr(columns[column], end) for end in ("min", "max"))
            if not least <= value <= most:
                params = {"programme": programme, "column": column, "least": least, "most": most}
                self.fault(file, place, words.OUT_OF_BOUNDS, _plain(value), **params)

    def tables(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """The tables with the values as they would be."""
        if not tables:
            return {}
        programmes, sets = tables["programmes"], tables["exam_sets"]
        columns = [
            pl.Series(
                column,
                [self.values[code, None, column] for code in programmes["programme"]],
                programmes.schema[column],
            )
            for column in MOVABLE
        ]
        keys = sets.select("programme", "set", "exam").iter_rows()
        weight = pl.Series("weight", [self.values[key] for key in keys], sets.schema["weight"])
        return {
            **tables,
            "programmes": programmes.with_columns(columns),
            "exam_sets": sets.with_columns(weight),
        }

    def moved(self) -> tuple[Moved, ...]:
        """Every value that is another in the end, in the order of the tables."""
        return tuple(
            Moved(*key, self.before[key], self.values[key])
            for key in sorted(self.touched, key=lambda k: (k[0], k[1] or 0, k[2]))
            if self.before[key] != self.values[key]
        )

    def told(self, problems: Iterable[tuple[Problem, str | None]]) -> list[Problem]:
        """Problems of the changed tables, told where a change made them."""
        found = []
        for problem, programme in problems:
            sources = [s for key, s in self.touched.items() if key[0] == programme]
            own = [s for key, s in self.touched.items() if key[::2] == (programme, problem.column)]
            if own or sources:
                file, place = (own or sources)[-1]
                value = f"{programme}: {problem.value}" if problem.value else programme
                problem = replace(problem, file=file, row=None, column=place, value=value)
            found.append(problem)
        return found


MOVABLE = ("seats", "w_secondary", "min_exam", "min_grade", "regional_share", "vocational_share")


def _percent(before: Value, percent: Value) -> int:
    """So many percent more seats, to the nearest whole seat, a half up."""
    return round_to(Fraction(before) * (1 + Fraction(percent) / 100), WHOLE, Rounding.HALF_UP)


HOW: Mapping[str, Callable[[Value, Decimal], Value]] = {
    "set": lambda before, value: type(before)(value),
    "add": lambda before, value: type(before)(before + value),
    "percent": _percent,
}


def _plain(value: Value) -> Value:
    return without_zeros(value) if isinstance(value, Decimal) else value
