"""How an enrolment is left, interrupted, or moved to another class."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.calendar import DAY, GAP, typed
from portaria.regulations.scae.generate.group import Group
from portaria.regulations.scae.generate.sources import Ints, between, chance
from portaria.regulations.scae.generate.world import CODE, NONE

LEAVING = (
    *("left", "transferred", "transferred_within", "reclassified", "died", "cancelled_after"),
    "left_with_result",
)
CLOSING = 8  # the days around the end of a class in which who vanished is declared


def depart(group: Group) -> None:
    """Log every exit; `closed_by` and `closed_at` say which and when."""
    for fate in LEAVING:
        who = group.of(fate)
        if len(who):
            _close(group, who, _some_day(group, who), group.code(fate))
    who = group.of("vanished")
    late = chance(0.5, len(who), group.rng)
    closing = group.end[who] - between(np.zeros_like(who), np.full_like(who, CLOSING), group.rng)
    day = np.where(late, np.maximum(closing, group.entry[who] + GAP), _some_day(group, who))
    _close(group, who, day, group.code("vanished"))
    who = group.of("cancelled_before")
    day = between(group.ready[who] + GAP, group.start[who] - GAP, group.rng)
    _close(group, who, day, CODE["CANC"])


def interrupt(group: Group) -> None:
    """Log what was taken back: a slip of the same day, a return, a suspension."""
    rng = group.rng
    who = group.of("corrected")
    at = typed(_some_day(group, who), rng)
    group.log(who, at, group.code("left"))
    group.log(who, at + rng.integers(600, 7200, len(who)), group.code("active"))
    _away(group, group.of("reopened"), "vanished", 15, 45)
    who = group.of("suspended")
    if len(who):
        comes_back = chance(0.6, len(who), rng)
        _away(group, who[comes_back], "suspended", 20, 60)
        group.log(who[~comes_back], typed(_some_day(group, who[~comes_back]), rng),
                  group.code("suspended"))  # fmt: skip


def move(group: Group) -> None:
    """Some change to the sibling class: the log tells the old class, then the new one (R12).

    Ends the stay in the old class, with `closed_by`; the stay in the new one is added here.
    """
    rng, classes = group.rng, group.world.classes
    who = group.of("result")
    sibling = classes["sibling"][group.class_[who]]
    moves = chance(group.habits["moves"], len(who), rng) & (sibling != NONE)
    who, sibling = who[moves], sibling[moves]
    day = _some_day(group, who)
    in_time = (day < group.end[who] - 3) & (day < classes["end"][sibling] - 5)
    who, sibling, day = who[in_time], sibling[in_time], day[in_time]
    at = typed(day, rng)
    _closed(group, who, at, group.code("moved"))
    add_stays(group, who)
    group.now[who] = sibling
    at = at + rng.integers(60, 600, len(who))
    group.log(who, at, group.code("active"))
    group.admitted_at[who] = at
    group.closed_by[who] = group.closed_at[who] = 0


def add_stays(group: Group, who: Ints) -> None:
    """The stay of each in the class in which it now is, ended by what closed it."""
    group.world.stays.add(
        enrolment=group.rows[who],
        class_=group.now[who],
        day=np.maximum(group.day[who], group.admitted_at[who] // DAY),
        at=group.admitted_at[who],
        closed_by=group.closed_by[who],
        closed_at=group.closed_at[who],
        passed=group.result[who] == CODE["9"],
        recognised=group.recognised[who],
        most=np.where(np.isin(who, group.of("dependency")), 2, 99),
    )


def _some_day(group: Group, who: Ints) -> Ints:
    """A day in class of each, GAP days after the last step at the least."""
    first = np.maximum(group.entry, group.last)[who] + GAP
    return between(first, group.end[who] - 3, group.rng)


def _away(group: Group, who: Ints, gone: str, least: int, most: int) -> None:
    """Gone for some weeks, and back to Matriculado."""
    group.log(who, typed(_some_day(group, who), group.rng), group.code(gone))
    days = group.last[who] + between(np.full_like(who, least), np.full_like(who, most), group.rng)
    group.log(who, typed(days, group.rng), group.code("active"))
    group.back[who] = True


def _close(group: Group, who: Ints, day: Ints, code: int) -> None:
    _closed(group, who, typed(day, group.rng), code)


def _closed(group: Group, who: Ints, at: Ints, code: int) -> None:
    group.log(who, at, code)
    group.closed_by[who] = code
    group.closed_at[who] = at
