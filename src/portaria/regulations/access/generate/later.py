"""What people do after a result: who enrols, who applies again, and for what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate.contest import World
from portaria.regulations.access.generate.exams import exam_rows, prerequisite_rows
from portaria.regulations.access.generate.options import draw_options
from portaria.regulations.access.generate.sources import assumptions

PEOPLE_TABLES = ("candidates", "exams", "prerequisites", "options")


def of_people(world: World, people: pl.Series) -> dict[str, pl.DataFrame]:
    """The tables about people, of these alone."""
    wanted = people.to_frame("candidate")
    return {
        name: world.tables[name].join(wanted, on="candidate", how="semi", maintain_order="left")
        for name in PEOPLE_TABLES
    }


def enrolments(
    placements: pl.DataFrame, kept: pl.DataFrame, rng: np.random.Generator
) -> pl.DataFrame:
    """The table enrolments after a phase: of those placed, and of those who `kept` a seat.

    `placements`: candidate, result, option. Who is placed in her first option enrols more often;
    who kept a seat stays enrolled. A few enrolments are cancelled.
    """
    a = assumptions()["later"]
    placed = placements.filter(pl.col("result") == "placed").sort("candidate")
    first = (placed["option"].cast(pl.Int64) == 1).to_numpy()
    chance = np.where(first, a["enrols_first"], a["enrols_other"])
    new = placed.select("candidate", enrolled=pl.Series(rng.random(placed.height) < chance))
    old = kept.join(new, on="candidate", how="anti").select("candidate", enrolled=pl.lit(True))
    rows = pl.concat([new, old]).sort("candidate")
    cancelled = pl.Series(rng.random(rows.height) < a["cancels"])
    return rows.with_columns(
        programme=pl.lit(None, pl.String), cancelled=cancelled & rows["enrolled"]
    ).select("candidate", "enrolled", "programme", "cancelled")


def applicants(
    people: pl.DataFrame, newcomers: pl.Series, phase: int, rng: np.random.Generator
) -> pl.Series:
    """Who applies in a later phase.

    `people`: candidate, result, option, enrolled, of everyone who has applied before and is not
    excluded; `option` of the seat she has.
    """
    a = assumptions()["later"]
    chance = {name: a[f"apply_{name}"][phase - 2] for name in ("unplaced", "not_enrolled", "first",
                                                               "other")}  # fmt: skip
    rows = people.sort("candidate")
    likely = rows.select(
        pl.when(pl.col("option").is_null())
        .then(chance["unplaced"])
        .when(~pl.col("enrolled"))
        .then(chance["not_enrolled"])
        .when(pl.col("option") == 1)
        .then(chance["first"])
        .otherwise(chance["other"])
    ).to_series()
    drawn = rows["candidate"].filter(pl.Series(rng.random(rows.height) < likely.to_numpy()))
    return pl.concat([drawn, newcomers]).sort()


def apply_again(
    world: World, who: pl.Series, seats: NDArray[np.float64], rng: np.random.Generator
) -> dict[str, pl.DataFrame]:
    """The tables about the people of a later phase: new forms, drawn to the seats they see.

    `seats`: by programme, those of the formula without VL; exams and tests taken stay.
    """
    a = assumptions()["later"]
    market = replace(
        world.market, seats=a["visible"] * np.maximum(seats, 0) + a["hoped"] * world.market.seats
    )
    forms = draw_options(market, world.people, world.marks, rng, a["lengths"])
    tables = dict(world.tables)
    tables["options"] = forms.rows(market, tables["candidates"]["candidate"])
    tables["exams"] = exam_rows(world.people, world.marks, tables)
    tested = pl.concat([world.tables["prerequisites"], prerequisite_rows(tables, rng)])
    tables["prerequisites"] = tested.unique(
        ["candidate", "group"], keep="first", maintain_order=True
    )
    return of_people(replace(world, tables=tables), who)
