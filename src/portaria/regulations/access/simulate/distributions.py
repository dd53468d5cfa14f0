"""What replications say: means and exact order statistics of whole numbers.

The 5 %, 50 % and 95 % are the least value that so many percent of the replications do not exceed,
so each is a value that some replication gave. Means have two decimals, a half up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from portaria.core.rounding import divide_ceiling, divide_half_up
from portaria.regulations.access.simulate.replications import NOBODY, Moves, Runs
from portaria.tables.canonical import fixed_point

PERCENTS = (5, 50, 95)
SHARE_PLACES = 3


@dataclass(frozen=True)
class Side:
    """The replications of a contest, with its seats by programme."""

    runs: Runs
    seats: np.ndarray

    @property
    def ordinary(self) -> np.ndarray:
        """Placed in the seats put up, by replication and programme."""
        ordinary: np.ndarray = self.runs.placed - self.runs.additional
        return ordinary


def programme_distributions(programmes: pl.Series, sides: list[Side]) -> pl.DataFrame:
    """One row a programme and side: before and, where there is a change, after and difference.

    Columns programme, side; placed_mean, placed_5, placed_50, placed_95; with_last (replications
    with somebody in the general quota), last_mean and so on (points, over those replications);
    filled (replications that fill the seats) and filled_share of all replications. A difference
    is after less before, replication by replication, over those where both have a last grade.
    """
    tables = []
    for side, placed, last, present, filled in _compared(sides):
        columns = {
            **_statistics("placed", placed, np.ones_like(placed, bool), 0),
            "with_last": pl.Series(present.sum(axis=0)),
            **_statistics("last", last, present, 1),
            "filled": pl.Series(filled.sum(axis=0)),
            "filled_share": _ratio(filled.sum(axis=0), np.full(filled.shape[1], len(filled))),
        }
        number = np.arange(programmes.len())
        tables.append(
            pl.DataFrame({"programme": programmes, "side": [side] * len(number), **columns})
        )
    order = {side: place for place, side in enumerate(("before", "after", "difference"))}
    ranked = pl.col("side").replace_strict(order, return_dtype=pl.Int8)
    return pl.concat(tables).sort("programme", ranked)


Measured = tuple[str, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _compared(sides: list[Side]) -> Iterator[Measured]:
    """side, placed, last grade, whether there is one, filled (1, 0; a difference also -1)."""
    measured = [
        (
            side.runs.placed,
            side.runs.last.astype(np.int32),
            side.runs.last != NOBODY,
            (side.ordinary >= side.seats).astype(np.int32),
        )
        for side in sides
    ]
    for name, each in zip(("before", "after"), measured, strict=False):
        yield (name, *each)
    if len(measured) == 2:
        (placed, last, present, filled), (placed_2, last_2, present_2, filled_2) = measured
        both = present & present_2
        yield "difference", placed_2 - placed, last_2 - last, both, filled_2 - filled


def total_distributions(sides: list[Side], moves: Moves | None) -> pl.DataFrame:
    """One row a figure and side: figure, side, mean, p5, p50, p95, of whole numbers.

    Figures: placed, option_1 and so on, leftover, tie_extra, additional, full (programmes that
    fill), better and worse (candidates whom the change serves better or worse).
    """
    figures = [_figures(side) for side in sides]
    rows = []
    for name in figures[0]:
        values = [("before", figures[0][name])]
        if len(figures) == 2:
            before, after = figures[0][name], figures[1][name]
            values += [("after", after), ("difference", after - before)]
        rows += [(name, side, array) for side, array in values]
    if moves is not None:
        rows += [("better", "difference", moves.better), ("worse", "difference", moves.worse)]
    stacked = np.stack([array for _, _, array in rows], axis=1).astype(np.int64)
    columns = _statistics("", stacked, np.ones_like(stacked, bool), 0)
    return pl.DataFrame(
        {
            "figure": [name for name, _, _ in rows],
            "side": [side for _, side, _ in rows],
            **{name.removeprefix("_"): column for name, column in columns.items()},
        }
    ).rename({str(percent): f"p{percent}" for percent in PERCENTS})


def _figures(side: Side) -> dict[str, np.ndarray]:
    """By name, a figure of each replication."""
    beyond = side.ordinary - side.seats
    options = range(1, side.runs.by_option.shape[1])
    return {
        "placed": side.runs.placed.sum(axis=1),
        **{f"option_{order}": side.runs.by_option[:, order] for order in options},
        "leftover": np.maximum(-beyond, 0).sum(axis=1),
        "tie_extra": np.maximum(beyond, 0).sum(axis=1),
        "additional": side.runs.additional.sum(axis=1),
        "full": (beyond >= 0).sum(axis=1),
    }


def _statistics(
    name: str, values: np.ndarray, present: np.ndarray, places: int
) -> dict[str, pl.Series]:
    """Mean and order statistics by column, over the rows present; null where there are none.

    `values` are whole units of 10**-places.
    """
    count = present.sum(axis=0)
    total = np.where(present, values, 0).sum(axis=0, dtype=np.int64)
    lowest = np.iinfo(values.dtype).min
    ordered = np.sort(np.where(present, values, lowest), axis=0)
    columns = {f"{name}_mean": _ratio(total, count * 10**places, 2)}
    for percent in PERCENTS:
        # Those not present stand first.
        row = len(values) - count + np.maximum(divide_ceiling(count * percent, 100), 1) - 1
        found = ordered[np.minimum(row, len(values) - 1), np.arange(values.shape[1])]
        shown = pl.Series(found.astype(np.int64)).to_frame("v")
        text = _signed(shown, places) if places else shown["v"]
        columns[f"{name}_{percent}"] = text.set(pl.Series(count == 0), None)
    return columns


def _ratio(total: np.ndarray, count: np.ndarray, places: int = SHARE_PLACES) -> pl.Series:
    """total / count with so many decimals, a half away from zero; null where count is 0."""
    scaled = np.abs(total.astype(np.int64)) * 10**places
    units = np.sign(total) * divide_half_up(scaled, np.maximum(count, 1).astype(np.int64))
    return _signed(pl.Series(units).to_frame("v"), places).set(pl.Series(count == 0), None)


def _signed(units: pl.DataFrame, places: int) -> pl.Series:
    """Whole units of 10**-places of the column `v` as text, with its sign."""
    text = fixed_point(pl.col("v").abs(), places)
    return units.select(
        pl.when(pl.col("v") < 0).then(pl.concat_str(pl.lit("-"), text)).otherwise(text)
    ).to_series()
