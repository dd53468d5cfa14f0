"""The generator: programmes, people, exams and forms in turn, from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.generate.candidates import candidate_rows
from portaria.regulations.access.generate.exams import (
    Marks,
    draw_exams,
    exam_rows,
    prerequisite_rows,
)
from portaria.regulations.access.generate.names import MOST_CANDIDATES
from portaria.regulations.access.generate.options import Forms, draw_options
from portaria.regulations.access.generate.people import People, draw_people
from portaria.regulations.access.generate.programmes import Market, draw_market, programme_tables

OUT_OF_RANGE = declare(
    "generate-out-of-range", "{name} is {value}: give a number from {least} to {most}"
)
Progress = Callable[[str, int, int], None]
STAGES = ("programmes", "people", "exams", "options", "candidates", "rows")
MOST_PROGRAMMES = 200_000


@dataclass(frozen=True)
class World:
    """Everything drawn for a contest: programmes and people, their marks and forms, the tables."""

    market: Market
    people: People
    marks: Marks
    forms: Forms
    tables: dict[str, pl.DataFrame]


def generate(
    candidates: int, programmes: int, seed: int, on_progress: Progress | None = None
) -> dict[str, pl.DataFrame]:
    """Every input table of a first phase, with the columns of the contract.

    `candidates` (1 to 9,999,999) people apply to `programmes` (1 to 200,000). The first 1,061
    programmes are those of 2019 with their seats; fewer take an even spread of them, further ones
    are variations. The same arguments give identical frames. `on_progress(stage, done, total)` is
    called as each stage ends and may raise. Decimals come as text with a point; no column is a
    float. Raises UsageError where a number is out of range.
    """
    return draw_world(candidates, programmes, seed, on_progress).tables


def draw_world(
    candidates: int, programmes: int, seed: int, on_progress: Progress | None = None
) -> World:
    """The same as `generate`, with what the tables were made from."""
    _refuse("candidates", candidates, 1, MOST_CANDIDATES)
    _refuse("programmes", programmes, 1, MOST_PROGRAMMES)
    _refuse("seed", seed, 0, 2**63 - 1)
    done = iter(range(1, len(STAGES) + 1))

    def tell(stage: str) -> None:
        if on_progress is not None:
            on_progress(stage, next(done), len(STAGES))

    rng = np.random.Generator(np.random.PCG64(seed))
    market = draw_market(programmes, rng)
    tables = programme_tables(market)
    tell("programmes")
    people = draw_people(candidates, rng)
    tell("people")
    marks = draw_exams(people, rng)
    tell("exams")
    forms = draw_options(market, people, marks, rng)
    tell("options")
    tables["candidates"] = candidate_rows(market, people, marks, forms, rng)
    tell("candidates")
    tables["options"] = forms.rows(market, tables["candidates"]["candidate"])
    tables["exams"] = exam_rows(people, marks, tables)
    tables["prerequisites"] = prerequisite_rows(tables, rng)
    tell("rows")
    return World(market, people, marks, forms, tables)


def _refuse(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        params = {"name": f"--{name}", "value": value, "least": least, "most": most}
        raise UsageError(Message(OUT_OF_RANGE, params))
