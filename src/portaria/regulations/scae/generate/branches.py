"""The students of the three branches, and their enrolments."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.admission import enrolment_days
from portaria.regulations.scae.generate.calendar import DAY
from portaria.regulations.scae.generate.classes import basic_classes, short_classes, spread
from portaria.regulations.scae.generate.courses import BASIC, CONTINUING
from portaria.regulations.scae.generate.group import Group, draw_fates, new_group
from portaria.regulations.scae.generate.isolated import come_back
from portaria.regulations.scae.generate.lives import live
from portaria.regulations.scae.generate.sources import between, chance, network
from portaria.regulations.scae.generate.world import CODE, World


def basic(world: World, students: int) -> None:
    """Children and young people, a year long; some go on in another class after they left one."""
    rng = world.rng
    count, member = spread(students, "basic", rng)
    class_ = basic_classes(world, count)[member]
    start = world.classes["start"][class_]
    day = enrolment_days(BASIC, start, network()["basic"]["later_entry"], rng)
    fate = draw_fates(BASIC, students, rng)
    group = new_group(world, BASIC, world.admit(students), class_, day, fate)
    live(group)
    _go_on(group)


def _go_on(group: Group) -> None:
    """A new enrolment after Transferência Interna or Reclassificado, if there is a class."""
    world, rng = group.world, group.world.rng
    classes = world.classes
    within, up = (group.closed_by == CODE[code] for code in ("30", "32"))
    who = np.flatnonzero(within | up)
    grade = classes["course"] * 16 + classes["series"]
    order = np.argsort(grade, kind="stable")
    wanted = grade[group.class_[who]] + up[who]
    first, last = (np.searchsorted(grade[order], wanted, side) for side in ("left", "right"))
    there = last > first
    who, first, last = who[there], first[there], last[there]
    class_ = order[between(first, last - 1, rng)]
    day = group.closed_at[who] // DAY + rng.integers(0, 6, len(who))
    other = classes["unit"][class_] != classes["unit"][group.class_[who]]
    useful = (other | up[who]) & (day < classes["end"][class_] - 10)
    who, class_, day = who[useful], class_[useful], day[useful]
    fate = draw_fates(BASIC, len(who), rng, again=True)
    live(new_group(world, BASIC, group.student[who], class_, day, fate))


def continuing(world: World, students: int) -> None:
    """Adults in short classes; a few take a second class of another course."""
    rng, habits = world.rng, network()["continuing"]
    repeats = np.flatnonzero(chance(habits["again"], students, rng))
    total = students + len(repeats)
    count, member = spread(total, "continuing", rng)
    rows = short_classes(world, count)
    class_ = rng.permutation(rows[member])
    student = world.admit(students)
    student = np.append(student, student[repeats])
    if total:
        course = world.classes["course"][class_]
        same = course[students:] == course[repeats]
        kept = np.append(np.ones(students, np.bool_), ~same)
        student, class_ = student[kept], class_[kept]
    start = world.classes["start"][class_]
    day = enrolment_days(CONTINUING, start, habits["later_entry"], rng)
    fate = draw_fates(CONTINUING, len(student), rng)
    group = new_group(world, CONTINUING, student, class_, day, fate)
    live(group)
    come_back(group)
