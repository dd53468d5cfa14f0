"""Who has a seat from the phases before, and where she has it now (arts. 42, 45, 52/6, 54, 57)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access.reasons import ADDITIONAL, GENERAL, QUOTAS

if TYPE_CHECKING:  # a contest is checked by these as it is read
    from portaria.regulations.access.contest import Contest

GENERAL_QUOTA, ADDITIONAL_QUOTA = QUOTAS[GENERAL], QUOTAS[ADDITIONAL]


def former_seats(contest: Contest) -> pl.DataFrame:
    """Every seat won before this phase and where it is now: the columns of `seats_now`."""
    tables = contest.tables
    return seats_now(won(tables), tables["enrolments"], contest.phase - 1)


def won(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """candidate, programme, phase, quota: the table of holders of the phase before.

    Where there is none, after phase 1, the placements say the same.
    """
    quota = pl.col("quota").cast(pl.String)
    holders = tables["previous_holders"]
    if holders.height:
        return holders.select("candidate", "programme", "phase", quota)
    placed = tables["previous_placements"].filter(pl.col("result") == "placed")
    return placed.select("candidate", "programme", pl.lit(1, pl.Int64).alias("phase"), quota)


@rule("enrolment-lapses")
def seats_now(won: pl.DataFrame, enrolments: pl.DataFrame, phase: int) -> pl.DataFrame:
    """The seats `won` by the end of `phase`, as `enrolments` leave them: one row a person.

    Columns candidate, programme (where she is now, after an exchange or a rectification), phase
    and quota in which the seat was won, enrolled, cancelled, and stands: without enrolment, or
    with it cancelled, nothing is held (52/6). Somebody whom a rectification placed without a
    seat before has it in the general quota of `phase`.
    """
    rows = enrolments.select("candidate", "enrolled", "cancelled", moved_to="programme")
    rectified = rows.join(won, on="candidate", how="anti").drop_nulls("moved_to").select(
        "candidate", "enrolled", "cancelled", programme="moved_to",
        phase=pl.lit(phase, pl.Int64), quota=pl.lit(GENERAL_QUOTA),
    )  # fmt: skip
    seats = won.join(rows, on="candidate", how="left").with_columns(
        pl.col("enrolled", "cancelled").fill_null(False),
        moved=pl.col("moved_to").fill_null(pl.col("programme")) != pl.col("programme"),
    )
    seats = seats.join(_exchanged(seats.filter("moved")), on="candidate", how="left")
    theirs = pl.col("theirs").fill_null(GENERAL_QUOTA)
    seats = seats.select(
        "candidate",
        pl.coalesce("moved_to", "programme").alias("programme"),
        "phase",
        pl.when("moved").then(theirs).otherwise("quota").alias("quota"),
        "enrolled", "cancelled",
    )  # fmt: skip
    return (
        pl.concat([seats, rectified.select(seats.columns)])
        .with_columns(stands=pl.col("enrolled") & ~pl.col("cancelled"))
        .sort("candidate")
    )


def _exchanged(moved: pl.DataFrame) -> pl.DataFrame:
    """candidate, theirs: of those who came each other's way, the quota the other's seat was won in.

    An exchange swaps the seats themselves (54), so a seat of art. 9/2 stays one under its new
    holder, even if the enrolment of one of them is annulled later. Several between the same two
    programmes pair in the order of their codes.
    """
    way = ["programme", "moved_to"]
    turn = moved.sort("candidate").with_columns(turn=pl.int_range(pl.len()).over(way))
    back = turn.select(programme="moved_to", moved_to="programme", turn="turn", theirs="quota")
    return turn.join(back, on=[*way, "turn"]).select("candidate", "theirs")


def guaranteed(contest: Contest, seats: pl.DataFrame) -> pl.DataFrame:
    """The seats of this phase's applicants that stand: candidate, programme, phase, quota, frees.

    `frees`: whether she frees a seat by leaving it, which a further seat of art. 9/2 does not.
    Whoever is excluded takes no part, and what she holds is for the institution to annul (56/3).
    None where the text guarantees no seat (211-B).
    """
    if not contest.edition.has("placed-again"):
        seats = seats.clear()
    applicants = contest.tables["candidates"].filter(pl.col("excluded").is_null())
    standing = seats.filter("stands").join(applicants.select("candidate"), "candidate", "semi")
    return standing.select(
        "candidate", "programme", "phase", "quota", frees=pl.col("quota") != ADDITIONAL_QUOTA
    ).sort("candidate")
