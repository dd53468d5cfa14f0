"""Isolated enrolments: who finished comes back to the same course in the same period (R16)."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.calendar import GAP, typed, working
from portaria.regulations.scae.generate.courses import CONTINUING
from portaria.regulations.scae.generate.group import FATES, Group, new_group
from portaria.regulations.scae.generate.lives import live
from portaria.regulations.scae.generate.sources import (
    Ints,
    between,
    chance,
    network,
    some,
    weighted,
)
from portaria.regulations.scae.generate.world import CODE, NONE, World

OUTCOMES = {"42": 0.84, "67": 0.05, "41": 0.04, "": 0.07}
FAR = 1 << 20


def come_back(group: Group) -> None:
    """Isolated enrolments of some who finished, in a later class of the same course."""
    world, rng = group.world, group.rng
    finished = np.flatnonzero(group.result == CODE["42"])
    classes, share = world.classes, network()["continuing"]["isolated"]
    short = np.flatnonzero(classes["branch"] == CONTINUING)  # in the order of course and start
    key = classes["course"][short] * FAR + classes["start"][short]
    wanted = classes["course"][group.now[finished]] * FAR + group.done[finished] + GAP + 3
    found = np.searchsorted(key, wanted)
    same = found < len(key)
    same[same] &= key[found[same]] // FAR == wanted[same] // FAR
    who, class_ = finished[same], short[found[same]]
    kept = some(share, len(who), rng)
    who, class_ = who[kept], class_[kept]
    day = between(group.done[who] + GAP, classes["start"][class_] + 1, rng)
    _enrol(world, group.student[who], class_, working(day))
    _second_parents(group, who, class_)


def _enrol(world: World, student: Ints, class_: Ints, day: Ints) -> None:
    """The isolated enrolments with their history and, for some, a date of change (R23)."""
    rng, count = world.rng, len(student)
    codes = np.array([CODE[code] for code in OUTCOMES])
    outcome = codes[weighted(OUTCOMES.values(), count, rng)]
    start, end, closes = (world.classes[name][class_] for name in ("start", "end", "closes"))
    entry = np.maximum(day, start) + GAP
    leaves = between(entry, end - 1, rng)
    closed = typed(np.where(outcome == CODE["42"], np.maximum(closes, entry), leaves), rng)
    changed = day + rng.integers(0, 5, count)
    world.isolated.add(
        student=student,
        class_=class_,
        enrolled=day,
        changed=np.where(chance(0.3, count, rng), changed, NONE),
        at=typed(day, rng),
        closed_by=outcome,
        closed_at=np.where(outcome == 0, 0, closed),
    )


def _second_parents(group: Group, who: Ints, class_: Ints) -> None:
    """A fault: some were enrolled in the period as well, so that two period enrolments match."""
    picked = some(network()["faults"]["two_parents"], len(who), group.rng)
    who, class_ = who[picked], class_[picked]
    day = working(group.world.classes["start"][class_] - 5)
    fate = np.full(len(who), FATES.index("result"))
    live(new_group(group.world, CONTINUING, group.student[who], class_, day, fate))
