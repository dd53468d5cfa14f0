"""The nine tables of a source, each in the order of its keys, out of a world."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from portaria.regulations.scae.generate import discipline_tables, enrolment_tables
from portaria.regulations.scae.generate.classes import periods
from portaria.regulations.scae.generate.courses import CONTINUING, courses
from portaria.regulations.scae.generate.disciplines import (
    attendance,
    isolated_log,
    offers,
)
from portaria.regulations.scae.generate.faults import Faults, draw_faults
from portaria.regulations.scae.generate.keys import dates, gather
from portaria.regulations.scae.generate.lessons import lessons
from portaria.regulations.scae.generate.log import movements
from portaria.regulations.scae.generate.names import Names
from portaria.regulations.scae.generate.people import municipalities
from portaria.regulations.scae.generate.sources import Ints
from portaria.regulations.scae.generate.world import NONE, World

TABLES = (
    *("classes", "enrolments", "movements", "class_disciplines", "discipline_enrolments"),
    *("discipline_movements", "lessons", "course_series", "municipalities"),
)
"""The order in which tables are made."""


def tables(world: World, until: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every table by its name, as it stood at a moment (seconds), in the order of TABLES."""
    offered = offers(world)
    faults = draw_faults(world, offered)
    names = Names(world, offered)
    yield "classes", _classes(world, names, faults)
    log = movements(world, until)
    yield "enrolments", enrolment_tables.enrolments(world, names, faults, log, until)
    yield "movements", enrolment_tables.movement_rows(names, log)
    del log
    yield "class_disciplines", discipline_tables.class_disciplines(world, names, offered, faults)
    attended = attendance(world, offered, until)
    alone = isolated_log(world, until)
    names.attendance(len(attended.stay), len(world.isolated))
    parts = (
        discipline_tables.attendance_rows(world, names, offered, attended, until),
        discipline_tables.isolated_rows(world, names, offered, alone, until),
    )
    yield "discipline_enrolments", pl.concat(parts)
    del parts
    yield "discipline_movements", discipline_tables.movement_rows(names, attended.log, alone)
    del attended
    dated = lessons(world, offered, faults.no_lessons, world.rng)
    yield (
        "lessons",
        pl.DataFrame(
            {
                "class_discipline": gather(names.offer, dated.offer),
                "date": dates(dated.day),
                "minutes": dated.minutes,
            }
        ),
    )
    yield "course_series", _course_series()
    known = municipalities(world.students)
    yield "municipalities", pl.DataFrame({"municipality": known, "scae_code": "SP" + known})


def _classes(world: World, names: Names, faults: Faults) -> pl.DataFrame:
    rows, known = world.classes, courses()
    start = rows["start"].copy()
    start[faults.no_start] = NONE
    course = gather(pl.Series(known.code), rows["course"])
    series = pl.Series(rows["series"]).cast(pl.String)
    short = pl.Series(rows["branch"] == CONTINUING)
    letter = gather(pl.Series([*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), rows["section"] % 26)
    frame = pl.DataFrame({"class": names.class_, "course": course, "series": series})
    return frame.select(
        "class",
        gather(names.unit, rows["unit"]).alias("unit"),
        gather(pl.Series(periods()), rows["period"]).alias("period"),
        pl.when(short).then(course + "-" + letter).otherwise(series + letter).alias("code"),
        pl.when(short).then(pl.lit("continuing")).otherwise(pl.lit("basic")).alias("level"),
        "course",
        gather(pl.Series(known.modality), rows["course"]).alias("modality"),
        "series",
        pl.lit("SP").alias("state"),
        dates(start).alias("start"),
        dates(rows["end"]).alias("end"),
    )


def _course_series() -> pl.DataFrame:
    """The series of every course, in their order."""
    known = courses()
    course = np.repeat(np.arange(len(known.code)), known.series)
    order: Ints = np.arange(len(course)) - known.matrix[course] + 1
    frame = pl.DataFrame(
        {
            "course": gather(pl.Series(known.code), course),
            "series": pl.Series(order).cast(pl.String),
            "order": order,
        }
    )
    return frame.sort("course", "series")
