"""EJA: cycles of semester classes, each enrolment with the reference to the first (R14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portaria.regulations.scae.generate.admission import enrolment_days
from portaria.regulations.scae.generate.classes import PERIODS, eja_classes
from portaria.regulations.scae.generate.courses import EJA, courses, shares
from portaria.regulations.scae.generate.group import Group, draw_fates, new_group
from portaria.regulations.scae.generate.lives import live
from portaria.regulations.scae.generate.sources import Bools, Ints, chance, network, weighted
from portaria.regulations.scae.generate.world import CODE, NONE, World

SMALLEST = 60  # students for whom a further course is opened


@dataclass
class Cycles:
    """One entry a student: where she stands in her course. `series`: the next one, from 1;
    `root`: number of the reference enrolment, NONE before it; `goes_on`: enrols again."""

    student: Ints
    course: Ints
    pole: Ints
    cohort: Ints
    series: Ints
    root: Ints
    goes_on: Bools


def eja(world: World, students: int) -> None:
    """Semester after semester, those who begin and those who go on, as classes of their own."""
    cycles = _begin(world, students)
    habits, rng = network()["eja"], world.rng
    for semester in range(len(PERIODS)):
        enrols = cycles.goes_on | (cycles.cohort == semester)
        if semester == len(PERIODS) - 1:
            enrols &= chance(habits["enrolled_ahead"], students, rng)
        who = np.flatnonzero(enrols)
        first = cycles.root[who] == NONE
        recognised = first & chance(habits["recognition"], len(who), rng)
        skips = recognised & chance(habits["recognition_skips"], len(who), rng)
        cycles.series[who[skips]] += 1
        _semester(world, cycles, who, semester, recognised)


def _begin(world: World, students: int) -> Cycles:
    """Courses, poles and first semesters of all students."""
    rng, known = world.rng, courses().of(EJA)
    offered = known[: max(3, min(len(known), students // SMALLEST))]
    poles = max(1, round(students / network()["sizes"]["students_of_pole"]))
    world.units = max(world.units, 1)
    units = rng.integers(0, world.units, poles) if poles < world.units else np.arange(poles)
    world.units = max(world.units, int(units.max()) + 1)
    return Cycles(
        student=world.admit(students),
        course=offered[weighted(shares(offered), students, rng)],
        pole=units[rng.integers(0, poles, students)].astype(np.int64),
        cohort=weighted(network()["eja"]["cohorts"], students, rng),
        series=np.ones(students, np.int64),
        root=np.full(students, NONE, np.int64),
        goes_on=np.zeros(students, np.bool_),
    )


def _semester(world: World, cycles: Cycles, who: Ints, semester: int, recognised: Bools) -> None:
    """The enrolments of one semester, and who goes on after it."""
    rng, habits = world.rng, network()["eja"]
    class_ = eja_classes(world, semester, cycles.course[who], cycles.series[who], cycles.pole[who])
    start = world.classes["start"][class_]
    day = enrolment_days(EJA, start, habits["later_entry"], rng)
    fate = draw_fates(EJA, len(who), rng)
    group = new_group(world, EJA, cycles.student[who], class_, day, fate, recognised)
    cycles.root[who] = np.where(cycles.root[who] == NONE, group.rows, cycles.root[who])
    live(group, cycles.root[who])
    _go_on(cycles, who, group)


def _go_on(cycles: Cycles, who: Ints, group: Group) -> None:
    """The approved go to the next series, the others to the same one again, or nobody does."""
    habits, luck = network()["eja"], group.rng.random(len(who))
    passed = group.result == CODE["9"]
    failed = np.isin(group.result, [CODE["10"], CODE["11"]])
    more = cycles.series[who] < courses().series[cycles.course[who]]
    cycles.goes_on[:] = False
    cycles.goes_on[who] = (
        (passed & more & (luck < habits["returns_approved"]))
        | ((group.result == CODE["71"]) & (luck < habits["returns_in_process"]))
        | (failed & (luck < habits["returns_failed"]))
    )
    cycles.series[who] += passed & more
