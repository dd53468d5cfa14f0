"""The whole life of enrolments: admission, what happens in the year, the result."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.admission import admit
from portaria.regulations.scae.generate.calendar import DAY, GAP, middle_of_next_month, typed
from portaria.regulations.scae.generate.courses import CONTINUING
from portaria.regulations.scae.generate.departures import add_stays, depart, interrupt, move
from portaria.regulations.scae.generate.group import Group
from portaria.regulations.scae.generate.sources import between, chance, network, weighted
from portaria.regulations.scae.generate.world import CODE, NONE, RESULT, SITUATION

OVERRIDDEN = ("left", "vanished", "transferred", "transferred_within")


def live(group: Group, reference: np.ndarray | int = NONE) -> None:
    """Let the enrolments of a group happen: their log, their stays and their own rows.

    `reference`: the number of the reference enrolment of each, NONE where there is none (R14).
    """
    admit(group)
    depart(group)
    interrupt(group)
    move(group)
    _results(group)
    add_stays(group, np.setdiff1d(np.arange(len(group.rows)), group.of("unconfirmed", "denied")))
    override, known_at = _overrides(group)
    group.world.enrolments.add(
        student=group.student,
        class_=group.class_,
        enrolled=group.day,
        reference=reference,
        override=override,
        override_at=known_at,
        elsewhere=chance(network()["home"]["elsewhere"], len(group.rows), group.rng),
    )


def _results(group: Group) -> None:
    """Log the result on the day on which the class gets its results, or later."""
    rng, habits = group.rng, network()["results"]
    known = group.of("result", "corrected", "reopened", "left_with_result", "unmapped")
    who = np.union1d(known, np.flatnonzero(group.back))
    drawn = weighted(group.habits["results"].values(), len(who), rng)
    code = np.array([CODE[name] for name in group.habits["results"]])[drawn]
    code[np.isin(who, group.of("left_with_result"))] = CODE["10"]
    odd = np.isin(who, group.of("unmapped"))
    code[odd] = CODE["9" if group.branch == CONTINUING else "71"]  # unknown at that level (R38)
    closes, end = (group.world.classes[name][group.now[who]] for name in ("closes", "end"))
    late = middle_of_next_month(end) + between(np.zeros_like(end), np.full_like(end, 14), rng)
    alone = chance(habits["late_student"], len(who), rng)
    day = np.maximum(np.where(alone, np.maximum(late, closes), closes), group.last[who] + GAP)
    at = typed(day, rng)
    column = np.where(odd | (group.branch != CONTINUING), RESULT, SITUATION)
    group.log(who, at, code, column)
    group.result[who], group.done[who] = code, at // DAY


def _overrides(group: Group) -> tuple[np.ndarray, np.ndarray]:
    """The corrected date of some exits (R27), and the moment from which it is there."""
    habits, count = network()["override"], len(group.rows)
    override = np.full(count, NONE, np.int64)
    who = group.of(*OVERRIDDEN)
    who = who[chance(habits["share"], len(who), group.rng)]
    back = between(np.ones_like(who), np.full_like(who, habits["most_days"]), group.rng)
    override[who] = np.maximum(group.closed_at[who] // DAY - back, group.entry[who])
    return override, np.where(override == NONE, 0, group.closed_at)
