"""Units and classes: two sections of every year, poles of EJA, short classes through the year."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.calendar import middle_of_next_month, number, working
from portaria.regulations.scae.generate.courses import BASIC, CONTINUING, EJA, courses
from portaria.regulations.scae.generate.sources import Ints, Rng, between, chance, network
from portaria.regulations.scae.generate.world import NONE, World

YEARS = 12
SPREAD = 5  # prime to YEARS, so that a network of few classes has years of every stage
PERIODS = tuple(semester["period"] for semester in network()["semesters"])


def periods() -> list[str]:
    """The academic periods; the number of the year comes after those of the semesters."""
    return [*PERIODS, network()["year"]["period"]]


YEAR = len(PERIODS)


def spread(students: int, branch: str, rng: Rng) -> tuple[int, Ints]:
    """How many classes those students need, and the class (from 0) of each, in order."""
    count = -(-students // network()["sizes"]["class"][branch])
    member = np.arange(students) * count // max(students, 1)
    moved = chance(0.1, students, rng)  # classes are not all of one size
    return count, np.sort(np.where(moved, np.minimum(member + 1, count - 1), member))


def closing_days(start: Ints | int, end: Ints, rng: Rng) -> Ints:
    """The day on which the results of each class are typed: around its end, or late, or early."""
    habits = network()["results"]
    drawn = rng.random(len(end))
    days = end + between(np.full(len(end), -4), np.full(len(end), 4), rng)
    late = middle_of_next_month(end) + between(np.zeros_like(end), np.full(len(end), 14), rng)
    days = np.where(drawn < habits["late"], late, days)
    early = np.maximum(end - 15, (start + end) // 2)
    return working(np.where(drawn > 1 - habits["early"], early, days))


def basic_classes(world: World, count: int) -> Ints:
    """Classes of the year: pairs of sections A and B of one unit and year of school."""
    rng, year = world.rng, network()["year"]
    rows = world.classes.next(count)
    cell = np.arange(count) // 2
    unit = cell // YEARS
    grade = cell * SPREAD % YEARS
    primary, secondary = courses().of(BASIC)
    first_years = courses().series[primary]
    calendar = rng.integers(0, len(year["starts"]), int(unit.max(initial=0)) + 1)[unit]
    start, end = (
        np.array([number(day) for day in year[name]])[calendar] for name in ("starts", "ends")
    )
    mate = np.arange(count) ^ 1
    world.classes.add(
        branch=BASIC,
        unit=unit,
        period=YEAR,
        course=np.where(grade < first_years, primary, secondary),
        series=np.where(grade < first_years, grade, grade - first_years) + 1,
        section=np.arange(count) % 2,
        start=start,
        end=end,
        closes=closing_days(start, end, rng),
        sibling=np.where(mate < count, len(world.classes) + mate, NONE),
    )
    world.units = max(world.units, int(unit.max(initial=0)) + 1)
    return rows


def eja_classes(world: World, semester: int, course: Ints, series: Ints, pole: Ints) -> Ints:
    """The class of each EJA student of a semester: those of one course, series and pole together,
    in sections of the usual size. Returns rows of `world.classes`, one a student."""
    dates, size = network()["semesters"][semester], network()["sizes"]["class"]["eja"]
    key = (course * 16 + series) * (1 << 20) + pole
    groups, group, members = np.unique(key, return_inverse=True, return_counts=True)
    order = np.argsort(group, kind="stable")
    place = np.empty(len(key), np.int64)
    place[order] = np.arange(len(key)) - np.repeat(np.cumsum(members) - members, members)
    sections = -(-members // size)
    section = place * sections[group] // members[group]
    first = np.cumsum(sections) - sections
    rows = world.classes.next(int(sections.sum()))
    of = np.repeat(np.arange(len(groups)), sections)
    numbered = np.arange(len(of)) - first[of]
    following = first[of] + (numbered + 1) % sections[of]
    end = np.full(len(of), number(dates["end"]))
    world.classes.add(
        branch=EJA,
        unit=groups[of] % (1 << 20),
        period=semester,
        course=groups[of] >> 24,
        series=(groups[of] >> 20) % 16,
        section=numbered,
        start=number(dates["start"]),
        end=end,
        closes=closing_days(number(dates["start"]), end, world.rng),
        sibling=np.where(sections[of] > 1, len(world.classes) + following, NONE),
    )
    return rows[first[group] + section] if len(rows) else rows


def short_classes(world: World, count: int) -> Ints:
    """Classes of continuing education, in the order of course and first day."""
    rng, year = world.rng, network()["year"]
    rows, known = world.classes.next(count), courses().of(CONTINUING)
    course = np.sort(known[np.arange(count) % max(1, min(len(known), count // 4))])
    first, last = (number(year[name]) for name in ("first_short_class", "last_short_class"))
    start = working(between(np.full(count, first), np.full(count, last), rng))
    start = start[np.lexsort((start, course))]
    length = np.where(chance(0.2, count, rng), 75, 30)
    end = working(start + between(np.full(count, 9), length, rng))
    following = np.append(start[1:], 0)
    near = (np.append(course[1:], NONE) == course) & (following - start <= 40)
    world.classes.add(
        branch=CONTINUING,
        unit=rng.integers(0, max(world.units, 1), count),
        period=YEAR,
        course=course,
        series=1,
        section=np.arange(count) % 26,
        start=start,
        end=end,
        closes=closing_days(start, end, rng),
        sibling=np.where(near & (following > start), rows + 1, NONE),
    )
    world.units = max(world.units, 1)
    return rows
