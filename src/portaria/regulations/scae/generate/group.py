"""Enrolments that are made together, what will become of each, and the log they write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from portaria.regulations.scae.generate.calendar import DAY
from portaria.regulations.scae.generate.courses import BRANCHES, CONTINUING
from portaria.regulations.scae.generate.sources import Bools, Ints, Rng, network, weighted
from portaria.regulations.scae.generate.world import CODE, NONE, SITUATION, World

FATES = (
    *("result", "left", "vanished", "transferred", "transferred_within", "reclassified", "died"),
    *("suspended", "cancelled_before", "cancelled_after", "denied", "unconfirmed", "dependency"),
    *("corrected", "reopened", "pending", "left_with_result", "unmapped"),
)
"""What becomes of an enrolment; the shares of all but `result` stand in network.toml."""

FOLLOWED = ("transferred_within", "reclassified")
"""Fates after which the same student has another enrolment."""

NOT_AGAIN = (*FOLLOWED, "cancelled_before")
"""Fates that such another enrolment has not: it begins when the class is under way."""

BASIC_CODES = {
    **{"active": "2", "left": "6", "vanished": "7", "transferred": "3"},
    **{"transferred_within": "30", "reclassified": "32", "died": "45", "suspended": "5"},
    **{"moved": "31", "cancelled_after": "CANC", "left_with_result": "6"},
}
CONTINUING_CODES = {
    **{"active": "39", "left": "41", "vanished": "67", "transferred": "68"},
    **{"transferred_within": "69", "died": "73", "moved": "46", "cancelled_after": "CANC"},
}


@dataclass
class Group:
    """Enrolments of one branch, one entry each.

    `rows`: their numbers in `world.enrolments`; `class_`: the first class; `day`: when enrolled;
    `fate`: place in FATES; `recognised`: begins as Reconhecimento de Saberes. What the steps fill
    in: `ready`, the day of the last step of the admission; `last`, the day of the last movement;
    `now`, the class at the end; `closed_by`, `closed_at`: the exit, 0 where there is none;
    `result` and its day `done`, NONE where none was typed.
    """

    world: World
    branch: int
    rows: Ints
    student: Ints
    class_: Ints
    day: Ints
    fate: Ints
    recognised: Bools

    def __post_init__(self) -> None:
        count = len(self.rows)
        self.ready, self.last, self.now = self.day.copy(), self.day.copy(), self.class_.copy()
        self.closed_by, self.closed_at = np.zeros((2, count), np.int64)
        self.admitted_at = np.zeros(count, np.int64)
        self.result, self.done = np.full((2, count), NONE, np.int64)
        self.back = np.zeros(count, np.bool_)

    @property
    def rng(self) -> Rng:
        return self.world.rng

    @property
    def habits(self) -> dict[str, Any]:
        """The shares of the branch."""
        shares: dict[str, Any] = network()[BRANCHES[self.branch]]
        return shares

    @cached_property
    def start(self) -> Ints:
        """The first day of the first class."""
        return self.world.classes["start"][self.class_]

    @cached_property
    def end(self) -> Ints:
        """The last day of the first class."""
        return self.world.classes["end"][self.class_]

    @property
    def entry(self) -> Ints:
        """The first day in class."""
        return np.maximum(self.ready, self.start)

    def code(self, name: str) -> int:
        """The number of the code by which the branch says it."""
        codes = CONTINUING_CODES if self.branch == CONTINUING else BASIC_CODES
        return CODE[codes[name]]

    def of(self, *fates: str) -> Ints:
        """Who has one of the fates."""
        return np.flatnonzero(np.isin(self.fate, [FATES.index(fate) for fate in fates]))

    def log(
        self,
        who: Ints,
        at: Ints,
        to: Ints | int,
        column: Ints | int = SITUATION,
        before: Ints | int = 0,
    ) -> None:
        """Movements of the enrolments `who`, in the class in which each now is."""
        self.world.events.add(
            enrolment=self.rows[who], at=at, column=column, before=before, to=to,
            class_=self.now[who],
        )  # fmt: skip
        self.last[who] = np.maximum(self.last[who], at // DAY)


def new_group(
    world: World,
    branch: int,
    student: Ints,
    class_: Ints,
    day: Ints,
    fate: Ints,
    recognised: Bools | None = None,
) -> Group:
    """A group of new enrolments, numbered after those there are."""
    rows = world.enrolments.next(len(student))
    none = np.zeros(len(student), np.bool_)
    recognised = none if recognised is None else recognised
    return Group(world, branch, rows, student, class_, day.copy(), fate, recognised)


def draw_fates(branch: int, count: int, rng: Rng, again: bool = False) -> Ints:
    """A fate for each of `count` enrolments; `again`: after another one, without NOT_AGAIN."""
    shares = network()[BRANCHES[branch]]
    kept = [0 if again and fate in NOT_AGAIN else shares[fate] for fate in FATES[1:]]
    return weighted([1 - sum(kept), *kept], count, rng)
