"""The result tables of a contest (arts. 35, 38, 40). Columns are a contract.

Reasons are codes; their clauses come from the edition by one join at the end.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.grades import EXAM_PART_PLACES, KEY
from portaria.regulations.access.placement import Placement, stage_sizes
from portaria.regulations.access.reasons import (
    ADDITIONAL,
    BETTER_PLACED,
    DEADLOCKED,
    EXCLUDED,
    GENERAL,
    HELD,
    LATER,
    NO_BETTER_THAN_HELD,
    NO_OPTION,
    NO_VALID_OPTION,
    ORDERED_STAGES,
    OUTRANKED,
    OUTRANKED_EVERYWHERE,
    PLACED,
    QUOTAS,
    REASONS,
    SEAT_KEPT,
    TIED,
    VALID_SET,
)
from portaria.tables.canonical import fixed_point, shortest
from portaria.tables.schema import DECIMAL_PLACES


def result_tables(placement: Placement) -> dict[str, pl.DataFrame]:
    """Every result table by name, rows in their fixed order, exact numbers as Decimal or text."""
    options = _with_reasons(placement)
    later = placement.contest.phase > 1
    tables = {
        "placements": placements(placement, options),
        "options_outcome": options_outcome(options),
        "rankings": rankings(options),
        "seats": later_seats(placement, options) if later else seats(placement, options),
        "last_placed": last_placed(options),
        "quota_lists": quota_lists(options),
        "holders": holders(placement, options),
    }
    for name in ("placements", "options_outcome"):
        tables[name] = _with_clause(tables[name], placement.contest)
    return tables


def _with_reasons(placement: Placement) -> pl.DataFrame:
    """The options with `quota`, `key_in_stage`, `outcome` and their final `reason`."""
    stage = pl.col("stage")
    first = pl.col("order").filter(stage.is_not_null()).first().over("candidate")
    stage_number = pl.col("programme_index") * len(QUOTAS) + stage
    options = placement.options.with_columns(
        overfilled=pl.lit(stages_overfilled(placement)).gather(stage_number),
        got=first,
        quota=stage.replace_strict(range(len(QUOTAS)), QUOTAS, return_dtype=pl.String),
        key_in_stage=pl.col("rank") + (pl.col("later") // 2**stage % 2).cast(pl.Int64) * LATER,
    )
    worst = pl.col("key_in_stage") == pl.col("key_in_stage").max().over("programme_index", "stage")
    placed = (
        pl.when(worst & pl.col("overfilled"))
        .then(pl.lit(TIED))
        .otherwise(pl.col("quota").replace_strict(PLACED, return_dtype=pl.String))
    )
    return options.with_columns(
        outcome=_first_that(
            ("better_placed", pl.col("reason") == NO_BETTER_THAN_HELD),
            ("ineligible", pl.col("reason").is_not_null()),
            ("placed", stage.is_not_null()),
            ("better_placed", pl.col("order") > pl.col("got")),
            ("outranked", pl.lit(True)),
        ),
        reason=pl.coalesce(
            "reason",
            pl.when(stage.is_not_null()).then(placed),
            pl.when(pl.col("order") > pl.col("got")).then(pl.lit(BETTER_PLACED)),
            pl.when(pl.col("candidate_index").is_in(placement.deadlocked)).then(pl.lit(DEADLOCKED)),
            pl.lit(OUTRANKED),
        ),
    )


def _first_that(*cases: tuple[str, pl.Expr]) -> pl.Expr:
    """The word of the first condition that holds."""
    return pl.coalesce(*(pl.when(condition).then(pl.lit(word)) for word, condition in cases))


def stages_overfilled(placement: Placement) -> pl.Series:
    """Whether a tie filled each stage beyond the seats it could use, programme by programme."""
    sizes = stage_sizes(placement.sizes)
    held = np.zeros_like(sizes)
    placed = placement.options.filter(pl.col("stage").is_not_null())
    np.add.at(held, (placed["programme_index"].to_numpy(), placed["stage"].to_numpy()), 1)
    seats = np.zeros_like(sizes)
    left = placement.sizes["seats"].to_numpy().copy()
    for stage in range(ADDITIONAL):
        seats[:, stage] = np.minimum(sizes[:, stage], left)
        left -= np.minimum(held[:, stage], seats[:, stage])
    seats[:, ADDITIONAL] = placement.further[-1]
    return pl.Series((held > seats).ravel())


@rule("result")
def placements(placement: Placement, options: pl.DataFrame) -> pl.DataFrame:
    """One row a candidate: placed, not_placed or excluded (38/1), and why (38/2)."""
    people = placement.contest.tables["candidates"].select(
        "candidate",
        "excluded",
        deadlocked=pl.int_range(pl.len()).is_in(placement.deadlocked),
    )
    placed = options.filter(pl.col("outcome") == "placed").select(
        "candidate", "programme", "quota", "reason", option="order", grade=_grade()
    )
    valid = options.group_by("candidate").agg(valid=(pl.col("outcome") != "ineligible").any())
    kept = kept_seats(placement, options)
    rows = people
    for table in (pl.concat([placed, kept]), valid):
        rows = rows.join(table, on="candidate", how="left")
    why = _first_that(
        (EXCLUDED, pl.col("excluded").is_not_null()),
        (NO_OPTION, pl.col("valid").is_null()),
        (NO_VALID_OPTION, ~pl.col("valid")),
        (DEADLOCKED, pl.col("deadlocked")),
        (OUTRANKED_EVERYWHERE, pl.lit(True)),
    )
    result = _first_that(
        ("excluded", pl.col("excluded").is_not_null()),
        ("placed", pl.col("grade").is_not_null()),
        ("not_placed", pl.lit(True)),
    )
    return rows.select(
        "candidate", result.alias("result"), "programme", "option", "quota", "grade",
        pl.coalesce("reason", why).alias("reason"),
    ).sort("candidate")  # fmt: skip


@rule("placed-again")
def kept_seats(placement: Placement, options: pl.DataFrame) -> pl.DataFrame:
    """The holders who were not placed again: the seat each keeps, where she wrote it (45/1, 50/1).

    The columns are those of the placed; empty in phase 1.
    """
    placed = options.filter(pl.col("outcome") == "placed")
    columns = {
        "candidate": pl.col("candidate"), "programme": pl.col("programme"),
        "quota": pl.lit(HELD), "reason": pl.lit(SEAT_KEPT), "option": pl.col("order"),
        "grade": pl.lit(None, pl.String),
    }  # fmt: skip
    if placement.holders is None or not placement.contest.edition.has("placed-again"):
        return placed.clear().select(**columns)
    people = placement.contest.tables["candidates"]
    return (
        placement.holders.join(people.filter(pl.col("excluded").is_null()), "candidate", "semi")
        .join(placed, on="candidate", how="anti")
        .join(options.select("candidate", "programme", "order"), ["candidate", "programme"], "left")
        .select(**columns)
    )


def options_outcome(options: pl.DataFrame) -> pl.DataFrame:
    """One row an option; an invalid one has no rank, and no grade where none can be computed."""
    graded = (pl.col("state") == VALID_SET) & pl.col("tenths").is_not_null()
    return options.select(
        "candidate", "order", "programme",
        pl.when(graded).then("exam_set").alias("exam_set"),
        pl.when(graded).then(_grade()).alias("grade"),
        pl.when(graded).then(_exam_part()).alias("exam_part"),
        "rank", "outcome", "reason",
    ).sort("candidate", "order")  # fmt: skip


@rule("ranking-lists")
def rankings(options: pl.DataFrame) -> pl.DataFrame:
    """The ordered list of each programme, with everything that ordered it (35/3)."""
    return (
        options.select("position", "programme", "rank", "candidate", *KEY)
        .drop_nulls("position")
        .sort("position")
        .select("programme", "rank", "candidate", *_key_columns())
    )


def seats(placement: Placement, options: pl.DataFrame) -> pl.DataFrame:
    """Seats by programme: nominal quotas, placed, opened by ties and by art. 9/2, left over."""
    counts = (
        options.filter(pl.col("outcome") == "placed")
        .group_by("programme")
        .agg(placed=pl.len(), additional=(pl.col("quota") == "additional").sum())
    )
    joined = placement.sizes.join(counts, on="programme", how="left").with_columns(
        pl.col("placed", "additional").fill_null(0).cast(pl.Int64)
    )
    beyond = pl.col("placed") - pl.col("additional") - pl.col("seats")
    return joined.select(
        "programme", "seats", *ORDERED_STAGES, "placed",
        beyond.clip(lower_bound=0).alias("tie_extra"),
        "additional",
        (-beyond).clip(lower_bound=0).alias("leftover"),
    ).sort("programme")  # fmt: skip


@rule("terms-published")
def later_seats(placement: Placement, options: pl.DataFrame) -> pl.DataFrame:
    """Seats of a later phase with every term of the formula (42/6, 47/4).

    `seats` is max(0, base + vl); `placed` leaves out those who keep a seat they had.
    """
    counted = seats(placement, options).drop(ORDERED_STAGES[:GENERAL])
    terms = placement.sizes.select("programme", "vs1", "vsm", "vl", "vl2", "ve", "vr", "base")
    return counted.join(terms, on="programme", how="left", maintain_order="left")


@rule("last-placed")
def last_placed(options: pl.DataFrame) -> pl.DataFrame:
    """The key of the last one placed in each quota of each programme (40/3/b)."""
    return (
        options.filter(pl.col("outcome") == "placed")
        .sort("programme", "stage", "key_in_stage", "candidate")
        .group_by("programme", "stage", maintain_order=True)
        .last()
        .select("programme", "quota", *_key_columns())
    )


def quota_lists(options: pl.DataFrame) -> pl.DataFrame:
    """Who is heard in each quota and preference of a programme, by rank; the general list apart.

    Columns programme, quota, rank (1, 1, 3), candidate. Those of art. 11/2 come after art. 11/1.
    """
    valid = options.select("programme", "rank", "candidate", "heard", "later").drop_nulls("rank")
    lists = []
    for stage, quota in enumerate(ORDERED_STAGES[:-1]):
        bit = 2**stage
        later = (pl.col("later") // bit % 2).cast(pl.Int64)
        heard = valid.filter(pl.col("heard") // bit % 2 == 1)
        lists.append(
            heard.select(
                "programme",
                pl.lit(quota).alias("quota"),
                pl.lit(stage).alias("stage"),
                (pl.col("rank") + later * LATER).rank("min").over("programme").alias("rank"),
                "candidate",
            )
        )
    together = pl.concat(lists).sort("programme", "stage", "rank", "candidate")
    return together.drop("stage")


def holders(placement: Placement, options: pl.DataFrame) -> pl.DataFrame:
    """Everyone with a seat after this phase; the next phase reads it.

    Whoever keeps a seat from before has it in the phase and quota in which it was won.
    """
    phase = pl.lit(placement.contest.phase, pl.Int64).alias("phase")
    new = options.filter(pl.col("outcome") == "placed").select(
        "candidate", "programme", phase, "quota"
    )
    if placement.holders is not None:
        kept = placement.holders.join(new, on="candidate", how="anti").select(new.columns)
        new = pl.concat([new, kept])
    return new.sort("candidate")


def _key_columns() -> list[pl.Expr]:
    return [
        _grade().alias("grade"),
        _exam_part().alias("exam_part"),
        *(_exact(name, DECIMAL_PLACES) for name in KEY[2:]),
    ]


def _grade() -> pl.Expr:
    """Tenths as points with one decimal."""
    return _told("tenths", lambda tenths: fixed_point(tenths, 1))


def _exam_part() -> pl.Expr:
    """The exact sum of the exams by their weights."""
    return _exact("exam_points", EXAM_PART_PLACES)


def _exact(column: str, places: int) -> pl.Expr:
    """Whole units of 10**-places as the shortest text."""
    return _told(column, lambda units: shortest(fixed_point(units, places)))


def _told(column: str, words: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """A column of numbers in words, each distinct number once: few stand in millions of rows."""
    numbers = pl.col(column).unique(maintain_order=True)
    # Without a default, Polars leaves a column of no rows as it was: numbers.
    unknown = pl.lit(None, pl.String)
    return pl.col(column).replace_strict(numbers, words(numbers), default=unknown)


def _with_clause(table: pl.DataFrame, contest: Contest) -> pl.DataFrame:
    """Add `clause`: what the reason stands on; for an excluded person, what the office wrote."""
    clauses = REASONS.clauses(contest.edition, contest.variant)
    excluded = contest.tables["candidates"].select("candidate", written="excluded")
    cited = pl.col("reason").replace_strict(clauses, return_dtype=pl.String)
    return (
        table.join(excluded, on="candidate", how="left", maintain_order="left")
        .with_columns(clause=pl.when(pl.col("reason") == EXCLUDED).then("written").otherwise(cited))
        .drop("written")
    )
