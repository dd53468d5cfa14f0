"""The generator: students and what happens to them, then the tables, from one seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.scae.generate.branches import basic, continuing
from portaria.regulations.scae.generate.calendar import DAY, first_of_month
from portaria.regulations.scae.generate.eja import eja
from portaria.regulations.scae.generate.sources import network
from portaria.regulations.scae.generate.tables import TABLES, tables
from portaria.regulations.scae.generate.world import World
from portaria.tables.canonical import write_csv

OUT_OF_RANGE = declare(
    "scae-generate-out-of-range", "{name} is {value}: give a number from {least} to {most}"
)
WRONG_MONTH = declare(
    "scae-generate-wrong-month",
    "a network is known up to a month from {first} to {last}, such as 2024-06; {value} was given",
)
FIRST_MONTH, LAST_MONTH = "2023-01", "2025-06"
USUAL_MONTH = "2025-01"
MOST_STUDENTS = 5_000_000

Progress = Callable[[str, int, int], None]
Form = Literal["csv", "parquet"]
PEOPLE, WRITE = "people", "write"
"""The stages of the progress: first the students, then table after table."""

SETTINGS = """\
# Written by portaria scae generate: an invented network of invented people.
state = "SP"
mapping_version = "1"

[codes]
pre_enrolled = "PRE"
online_pre_enrolled = "PREO"
pre_registered = "PREI"
denied = "NEG"
dependency = "DEP"
cancelled = "CANC"

[required]
basic = ["categoria"]
continuing = ["categoria"]

[readings]

[situation_names]
30 = "Transferência Interna"
32 = "Reclassificado"
45 = "Falecido"
"""


def is_generated(folder: Path) -> bool:
    """Whether a folder is a network that this generator wrote."""
    try:
        return (folder / "scae.toml").read_text(encoding="utf-8") == SETTINGS
    except (OSError, UnicodeDecodeError):
        return False


def generate(
    students: int, seed: int, last: str = USUAL_MONTH, progress: Progress | None = None
) -> Iterator[tuple[str, pl.DataFrame]]:
    """The nine tables of a source, one after another, each in the order of its keys.

    `students` (1 to 5,000,000) have about 1.15 enrolments each; a million enrolments come with
    about 3 million movements, 6 million discipline enrolments and 10 million lessons. The tables
    are those of a source at the end of the month `last` (2023-01 to 2025-06): what was typed later
    is not there yet, and nothing else changes with it. The same arguments give the same frames.
    Columns as in schemas.py: text, Date, Datetime("us") of local time, Int64, Boolean; no floats.
    Raises UsageError where an argument is out of range.
    """
    _refuse("students", students, 1, MOST_STUDENTS)
    _refuse("seed", seed, 0, 2**63 - 1)
    until = _end_of(last) * DAY
    world = draw_world(students, seed, progress)
    yield from tables(world, until)


def write_source(
    folder: Path,
    students: int,
    seed: int,
    form: Form = "csv",
    last: str = USUAL_MONTH,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Fill a folder, there already and empty, with the tables of `generate` and scae.toml.

    The same arguments give the same bytes. Returns the rows of each table. Errors as `generate`.
    """
    counts = {}
    for done, (name, frame) in enumerate(generate(students, seed, last, progress), 1):
        if form == "parquet":
            frame.write_parquet(folder / f"{name}.parquet")
        else:
            moments = pl.selectors.datetime().dt.strftime("%Y-%m-%dT%H:%M:%S")
            write_csv(frame.with_columns(moments), folder / f"{name}.csv")
        counts[name] = frame.height
        _tell(progress, WRITE, done, len(TABLES))
    (folder / "scae.toml").write_text(SETTINGS, encoding="utf-8")
    return counts


def draw_world(students: int, seed: int, progress: Progress | None = None) -> World:
    """Everything that ever happens in a network, up to the middle of 2025."""
    world = World(np.random.Generator(np.random.PCG64(seed)))
    shares = network()["shares"]
    first, second = round(students * shares["basic"]), round(students * shares["eja"])
    for done, (draw, many) in enumerate(
        ((basic, first), (eja, second), (continuing, students - first - second)), 1
    ):
        draw(world, many)
        _tell(progress, PEOPLE, done, len(shares))
    return world


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)


def _refuse(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        params = {"name": f"--{name}", "value": value, "least": least, "most": most}
        raise UsageError(Message(OUT_OF_RANGE, params))


def _end_of(month: str) -> int:
    """The day after a month; UsageError where it is none, or outside the network."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) or not FIRST_MONTH <= month <= LAST_MONTH:
        params = {"value": month, "first": FIRST_MONTH, "last": LAST_MONTH}
        raise UsageError(Message(WRONG_MONTH, params))
    return first_of_month(int(month[:4]), int(month[5:]) + 1)
