"""Logs in their order, numbered, each row with what it changed; and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portaria.regulations.scae.generate.sources import Bools, Ints
from portaria.regulations.scae.generate.world import NONE, RESULT, SITUATION, World

MOMENT_BITS = 32


@dataclass(frozen=True)
class Log:
    """Movements in the order of (owner, seq); `from_`, `to`: codes; `at`: seconds."""

    owner: Ints
    seq: Ints
    at: Ints
    column: Ints
    from_: Ints
    to: Ints
    class_: Ints

    def last(self, values: Ints, count: int, of: Bools | None = None) -> Ints:
        """`values` of the last movement of each of `count` owners, NONE where there is none."""
        found = np.full(count, NONE, np.int64)
        kept = slice(None) if of is None else of
        found[self.owner[kept]] = values[kept]  # of a repeated owner the last one stays
        return found


def ordered(
    owner: Ints, at: Ints, before: Ints, to: Ints, column: Ints, class_: Ints, until: int
) -> Log:
    """The movements earlier than the moment `until`. `from_` is the `to` of the movement before
    in the same column; for the first one it is `before`, what an unlogged step had left."""
    order = np.argsort((owner << MOMENT_BITS) + at, kind="stable")
    order = order[at[order] < until]
    owner, at, before, to = owner[order], at[order], before[order], to[order]
    column, class_ = column[order], class_[order]
    from_ = before.copy()
    for one in (SITUATION, RESULT):
        rows = np.flatnonzero(column == one)
        again = np.flatnonzero(owner[rows[1:]] == owner[rows[:-1]]) + 1
        from_[rows[again]] = to[rows[again - 1]]
    starts = np.flatnonzero(np.diff(owner, prepend=NONE))
    lengths = np.diff(starts, append=len(owner))
    seq = np.arange(len(owner)) - np.repeat(starts, lengths) + 1
    return Log(owner, seq, at, column, from_, to, class_)


def movements(world: World, until: int) -> Log:
    """The log of all period enrolments up to a moment."""
    e = world.events
    return ordered(e["enrolment"], e["at"], e["before"], e["to"], e["column"], e["class_"], until)
