"""The tables enrolments and movements: the log, and what stands on the screen after it."""

from __future__ import annotations

import numpy as np
import polars as pl

from portaria.regulations.scae.generate.calendar import DAY
from portaria.regulations.scae.generate.courses import courses
from portaria.regulations.scae.generate.faults import Faults
from portaria.regulations.scae.generate.keys import codes, dates, gather, moments
from portaria.regulations.scae.generate.log import Log
from portaria.regulations.scae.generate.names import Names
from portaria.regulations.scae.generate.people import complements, homes
from portaria.regulations.scae.generate.world import NONE, RESULT, SITUATION, World


def enrolments(world: World, names: Names, faults: Faults, log: Log, until: int) -> pl.DataFrame:
    """The enrolments with a movement; situation, result and class are those of the last ones."""
    rows, known, count = world.enrolments, courses(), len(world.enrolments)
    class_ = log.last(log.class_, count)
    there = pl.Series(class_ != NONE)
    shown = np.maximum(class_, 0)
    reference = rows["reference"].copy()
    reference[faults.no_reference] = NONE
    day = until // DAY
    # Before the admission was typed, the day on the screen was the one of the pre-enrolment.
    enrolled = np.where(rows["enrolled"] < day, rows["enrolled"], log.last(log.at, count) // DAY)
    override = np.where(rows["override_at"] < until, rows["override"], NONE)
    series = pl.Series(world.classes["series"][shown]).cast(pl.String)
    return pl.DataFrame(
        {
            "enrolment": names.enrolment,
            "student": gather(names.student, rows["student"]),
            "class": gather(names.class_, shown),
            "course": gather(pl.Series(known.code), world.classes["course"][shown]),
            "series": series,
            "enrolled_on": dates(enrolled),
            "situation": codes(log.last(log.to, count, log.column == SITUATION)),
            "result": codes(log.last(log.to, count, log.column == RESULT)),
            "reference": gather(names.enrolment, reference),
            "mobility_override": dates(override),
            "municipality": homes(world, faults),
            "complements": complements(world, faults),
        }
    ).filter(there)


def movement_rows(names: Names, log: Log) -> pl.DataFrame:
    """The table movements, in the order of (enrolment, seq)."""
    return pl.DataFrame(
        {
            "enrolment": gather(names.enrolment, log.owner),
            "seq": log.seq,
            "at": moments(log.at),
            "column": gather(pl.Series(["situation", "result"]), log.column),
            "from": codes(log.from_),
            "to": codes(log.to),
            "class": gather(names.class_, log.class_),
        }
    )
