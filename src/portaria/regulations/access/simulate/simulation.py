"""A simulation: what a change does, and what replications of the demand say. Data, no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.placement import Progress
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change import Change, demand_of
from portaria.regulations.access.simulate.distributions import (
    Side,
    programme_distributions,
    total_distributions,
)
from portaria.regulations.access.simulate.draft import Moved
from portaria.regulations.access.simulate.draws import Demand
from portaria.regulations.access.simulate.effects import Effects, effects
from portaria.regulations.access.simulate.ranked import ranked
from portaria.regulations.access.simulate.replications import Work
from portaria.regulations.access.simulate.workers import run

ONLY_FIRST_PHASE = declare(
    "simulate-first-phase", "simulate works on a first phase; this contest is phase {phase}"
)


@dataclass(frozen=True)
class Plan:
    """How many replications, from which seed, and who runs them (`workers.run`)."""

    replications: int
    seed: int = 1
    workers: int = 1
    scheduler: str | None = None


@dataclass(frozen=True)
class Replicated:
    """What replications say; the tables are those of `distributions`."""

    replications: int
    seed: int
    demand: Demand
    totals: pl.DataFrame
    programmes: pl.DataFrame


@dataclass(frozen=True)
class Simulation:
    """A contest, the changes and what they do.

    moved: values of the tables. quotas: percents of the edition that change, before and after.
    readings, readings_after: those in force. effects: None without a change file. replicated:
    None without replications.
    """

    contest: Contest
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    quotas: Mapping[str, tuple[Decimal, Decimal]]
    readings_after: Mapping[str, str]
    effects: Effects | None
    replicated: Replicated | None


def simulate(
    contest: Contest,
    changes: Sequence[Change],
    plan: Plan | None = None,
    on_progress: Progress | None = None,
) -> Simulation:
    """What `changes` would do to a first phase, now and over `plan`'s replications.

    UsageError in a later phase; InputError where the changed contest fails the checks.
    """
    if contest.phase != 1:
        raise UsageError(Message(ONLY_FIRST_PHASE, {"phase": contest.phase}))
    changed, moved = apply(contest, changes)
    names = [name for name in contest.edition.parameters if name.startswith("quota_")]
    percents = {
        name: (contest.edition.number(name), changed.edition.number(name)) for name in names
    }
    altered = any(change.alters for change in changes)
    return Simulation(
        contest,
        tuple(changes),
        moved,
        {name: both for name, both in percents.items() if both[0] != both[1]},
        changed.readings,
        effects(contest, changed, on_progress) if changes else None,
        _replicated(
            [contest, changed] if altered else [contest], demand_of(changes), plan, on_progress
        )
        if plan
        else None,
    )


def _replicated(
    contests: Sequence[Contest], demand: Demand, plan: Plan, on_progress: Progress | None
) -> Replicated:
    arrays = [ranked(contest) for contest in contests]
    readings = tuple(contest.readings["placement"] for contest in contests)
    longest = max(int(side.option.max(initial=1)) for side in arrays)
    work = Work(readings, demand, plan.seed, longest)
    runs, moves = run(arrays, work, plan.replications, plan.workers, plan.scheduler, on_progress)
    sides = [Side(each, side.seats) for each, side in zip(runs, arrays, strict=True)]
    return Replicated(
        plan.replications,
        plan.seed,
        demand,
        total_distributions(sides, moves),
        programme_distributions(contests[0].tables["programmes"]["programme"], sides),
    )
