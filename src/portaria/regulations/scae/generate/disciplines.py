"""Disciplines offered in classes, who attends them, and how each one ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from portaria.regulations.scae.generate.calendar import DAY, GAP, number, typed
from portaria.regulations.scae.generate.courses import CONTINUING, courses
from portaria.regulations.scae.generate.log import Log, ordered
from portaria.regulations.scae.generate.sources import Bools, Ints, between, network
from portaria.regulations.scae.generate.world import CODE, World

BLANK_EVERY, BLANK_AT = 9, 4  # of the lines of all matrices, those without SCAE code since 2024
SINCE = number(date(2024, 1, 1))
SOON = 30  # seconds from a movement of the enrolment to that of its disciplines


@dataclass(frozen=True)
class Offers:
    """Class disciplines, in the order of classes. `line`: place in the arrays of courses();
    `first`, `count`: those of each class; `coded`: has an SCAE code in its matrix (R44)."""

    class_: Ints
    line: Ints
    first: Ints
    count: Ints
    coded: Bools


def offers(world: World) -> Offers:
    """Every discipline of the matrix of every class."""
    classes, known = world.classes, courses()
    matrix = known.matrix[classes["course"]] + classes["series"] - 1
    count = known.count[matrix]
    first = np.cumsum(count) - count
    class_ = np.repeat(np.arange(len(classes)), count)
    line = known.first[matrix][class_] + np.arange(len(class_)) - first[class_]
    coded = known.competences[classes["course"]][class_]
    recent = classes["start"][class_] >= SINCE
    coded &= ~(recent & (line % BLANK_EVERY == BLANK_AT))
    return Offers(class_, line, first, count, coded)


@dataclass(frozen=True)
class Attendance:
    """Discipline enrolments, in the order of stays: the stay, the offer, the situation at first."""

    stay: Ints
    offer: Ints
    initial: Ints
    log: Log


def attendance(world: World, offered: Offers, until: int) -> Attendance:
    """A discipline enrolment for each discipline of each stay, with the log up to a moment.

    Disciplines of modalities 7 and 8 are closed one by one (R36); the others only follow an
    enrolment that ended early, within the minute.
    """
    stays = world.stays
    count = np.minimum(offered.count[stays["class_"]], stays["most"])
    stay = np.repeat(np.arange(len(stays)), count)
    place = np.arange(len(stay)) - np.repeat(np.cumsum(count) - count, count)
    course = world.classes["course"][stays["class_"]]
    short = courses().branch[course] == CONTINUING
    active = np.where(short, CODE["39"], CODE["2"])
    single = courses().competences[course]
    rows = np.flatnonzero(single[stay])
    pieces = [*_competences(world, rows, stay[rows]), _followers(world, stay, active, single)]
    owner, at, before, to = (np.concatenate(column) for column in zip(*pieces, strict=True))
    nothing = np.zeros_like(owner)
    log = ordered(owner, at, before, to, nothing, nothing, until)
    offer = offered.first[stays["class_"]][stay] + place
    return Attendance(stay, offer, active[stay], log)


Piece = tuple[Ints, Ints, Ints, Ints]
"""Movements: owner, moment, code before the first of them, code."""


def _piece(owner: Ints, at: Ints, to: Ints, before: Ints | int = 0) -> Piece:
    return owner, at, np.broadcast_to(np.asarray(before, np.int64), owner.shape), to


def _followers(world: World, stay: Ints, active: Ints, single: Bools) -> Piece:
    """Disciplines that leave with the enrolment. A competence is cancelled where its student
    changed class, because the new class has it again; otherwise it stands as it was."""
    closed = world.stays["closed_by"][stay]
    moved = closed == CODE["31"]
    rows = np.flatnonzero((closed != 0) & (~single[stay] | moved))
    owner = stay[rows]
    to = np.where(single[owner], CODE["CANC"], closed[rows])
    return _piece(rows, world.stays["closed_at"][owner] + SOON, to, active[owner])


def _competences(world: World, rows: Ints, stay: Ints) -> list[Piece]:
    """Matriculado, and then Dispensado, Competência Certificada or Aprovado for most."""
    stays, rng, habits = world.stays, world.rng, network()["competences"]
    class_, day = stays["class_"][stay], stays["day"][stay]
    start, end = (world.classes[name][class_] for name in ("start", "end"))
    entry = np.maximum(start, day)
    left = stays["closed_at"][stay] // DAY
    leave = np.where(left > 0, left - GAP, end - 16)
    certified = np.where(stays["recognised"][stay] == 1, habits["certified_recognised"],
                         habits["certified"])  # fmt: skip
    drawn, luck = rng.random((2, len(rows)))
    dismissed = drawn < habits["dismissed"]
    certifies = ~dismissed & (drawn < habits["dismissed"] + certified)
    passes = (stays["passed"][stay] == 1) | (luck < habits["passed_without_result"])
    to = np.where(dismissed, CODE["14"], np.where(certifies, CODE["72"], CODE["9"]))
    when = np.where(dismissed, between(entry + GAP, np.minimum(entry + 25, leave), rng),
                    between(entry + 10, leave, rng))  # fmt: skip
    at = typed(when, rng)
    changes = (dismissed | certifies | passes) & (at // DAY <= leave)
    begin = _piece(rows, stays["at"][stay] + SOON, np.full(len(rows), CODE["2"]))
    return [begin, _piece(rows[changes], at[changes], to[changes])]


def isolated_log(world: World, until: int) -> Log:
    """The histories of the isolated enrolments (R32)."""
    rows = world.isolated
    number_of = np.arange(len(rows))
    closed = np.flatnonzero(rows["closed_by"])
    owner = np.concatenate([number_of, number_of[closed]])
    at = np.concatenate([rows["at"], rows["closed_at"][closed]])
    to = np.concatenate([np.full(len(rows), CODE["39"]), rows["closed_by"][closed]])
    nothing = np.zeros_like(owner)
    return ordered(owner, at, nothing, to, nothing, nothing, until)
