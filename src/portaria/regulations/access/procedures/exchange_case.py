"""The facts that decide an exchange, before any reading: both candidates at both programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from portaria.core.deadline import NATIONAL, ServiceCalendar
from portaria.core.edition import Edition
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.procedures.merits import Merits, merits
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.seats import Seat, leftover
from portaria.regulations.access.procedures.tables import is_enrolled

Sets = frozenset[frozenset[str]]
"""The alternative sets of a programme, each a set of exams."""


@dataclass(frozen=True)
class Request:
    """Two candidates, the day each enrolled and the day of the request; None: not given."""

    first: str
    second: str
    enrolled_first: date | None = None
    enrolled_second: date | None = None
    on: date | None = None
    calendar: ServiceCalendar = NATIONAL


@dataclass(frozen=True)
class Bar:
    """The last grade at a programme, in the phase of whoever frees the seat.

    by_quota: the last grade in each of its quotas. leftover: seats that nobody took there.
    """

    phase: int
    by_quota: Mapping[str, Decimal]
    leftover: int

    def last(self, quotas: tuple[str, ...]) -> tuple[str, Decimal] | None:
        """The lowest last grade among `quotas` and its quota; None where none placed anybody."""
        found = [(grade, quota) for quota, grade in self.by_quota.items() if quota in quotas]
        return (min(found)[1], min(found)[0]) if found else None


@dataclass(frozen=True)
class Case:
    """Everything that decides an exchange, before any reading. enrolled: what the table says of
    each, None where none was given. sets: of the two programmes; wanted: each candidate at the
    other's programme, with the bar there."""

    edition: Edition
    request: Request
    seats: tuple[Seat | None, Seat | None]
    enrolled: tuple[bool | None, bool | None]
    sets: tuple[Sets, Sets] = (frozenset(), frozenset())
    wanted: tuple[tuple[Merits, Bar], ...] = ()


def gather(phases: Phases, request: Request, edition: Edition) -> Case:
    """The facts of both; where one of them holds no seat there is nothing more to look at."""
    people = (request.first, request.second)
    for candidate in people:
        phases.standing(candidate)  # somebody whom no results name is a slip of the pen
    first, second = (phases.seat(candidate) for candidate in people)
    enrolled = (
        is_enrolled(phases.enrolments, request.first),
        is_enrolled(phases.enrolments, request.second),
    )
    if first is None or second is None:
        return Case(edition, request, (first, second), enrolled)
    return Case(
        edition,
        request,
        (first, second),
        enrolled,
        (_sets(phases.contest(first), first), _sets(phases.contest(second), second)),
        tuple(
            (
                merits(phases.person(mine), phases.contest(theirs), theirs.programme),
                bar(phases, theirs),
            )
            for mine, theirs in ((first, second), (second, first))
        ),
    )


def _sets(contest: Contest, seat: Seat) -> Sets:
    """The alternative sets of exams at the programme of a seat, whatever their weights."""
    rows = contest.tables["exam_sets"].filter(pl.col("programme") == seat.programme)
    sets = rows.group_by("set").agg("exam")["exam"]
    return frozenset(frozenset(exams) for exams in sets)


def bar(phases: Phases, freed: Seat) -> Bar:
    """The last placed at a freed seat's programme, in the phase its holder was placed (54/5)."""
    results = phases.results(freed)
    rows = results.table("last_placed", pl.col("programme") == freed.programme)
    grades = dict(zip(rows["quota"], map(Decimal, rows["grade"]), strict=True))
    return Bar(freed.phase, grades, leftover(results, freed.programme))
