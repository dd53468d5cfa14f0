"""A contest graded and ranked once, as the arrays that replications draw from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from portaria.regulations.access import grades, placement
from portaria.regulations.access.contest import Contest

HIGHEST = 2000
"""The top of the scale of application grades, in tenths."""

FROM_POSITIONS = ("candidate", "programme", "heard", "later")


class Ranked(NamedTuple):
    """Arrays alone, so that they can be shared between processes.

    By position, in the order of the ranking of each programme, programmes in order: candidate,
    programme, heard, later, as in the kernel; wish (place among the valid options of her form, 0
    the most wanted), option (order in the form), group (of full ties), tenths (application grade),
    least (the minimum grade, in tenths), rest (place by the rest of the key in the programme, 0
    the best). By candidate: first_wish (one more at the end), no_final. By programme: seats,
    stages (STAGE by programme and stage).
    """

    candidate: np.ndarray
    programme: np.ndarray
    heard: np.ndarray
    later: np.ndarray
    wish: np.ndarray
    option: np.ndarray
    group: np.ndarray
    tenths: np.ndarray
    least: np.ndarray
    rest: np.ndarray
    first_wish: np.ndarray
    no_final: np.ndarray
    seats: np.ndarray
    stages: np.ndarray


def ranked(contest: Contest) -> Ranked:
    """The valid options of a first phase, ranked, as `placement.place_first` ranks them."""
    _options, sizes, rows = placement.rank_first(contest, lambda stage, done, total: None)
    market = placement.build_market(contest, rows, sizes)
    wish = np.empty(rows.height, np.int32)
    position, by_form = market.wishes["position"], np.arange(rows.height)
    wish[position] = by_form - market.first_wish[market.positions["candidate"][position]]
    by_position = {name: np.ascontiguousarray(market.positions[name]) for name in FROM_POSITIONS}
    return Ranked(
        **by_position,
        wish=wish,
        option=rows["order"].to_numpy().astype(np.int16),
        group=_groups(rows.select("programme_index", *grades.KEY)),
        tenths=rows["tenths"].to_numpy().astype(np.int32),
        least=rows["min_tenths"].to_numpy().astype(np.int32),
        rest=_rest(rows),
        first_wish=market.first_wish,
        no_final=placement.without_final_grade(contest),
        seats=sizes["seats"].to_numpy().copy(),
        stages=market.stages,
    )


def _groups(rows: pl.DataFrame) -> np.ndarray:
    """A number for each run of equal rows."""
    changes = rows.select(
        pl.any_horizontal((pl.all() != pl.all().shift()).fill_null(False)).cum_sum()
    )
    return changes.to_series().to_numpy().astype(np.int32)


def _rest(rows: pl.DataFrame) -> np.ndarray:
    """By position: its place in the programme by the key without the grade, equal keys equal."""
    key = ["programme_index", *grades.KEY[1:]]
    ordered = rows.select("position", *key).sort(key, descending=[False, True, True, True])
    group = _groups(ordered.select(key))
    programme = ordered["programme_index"].to_numpy()
    rest = np.empty(rows.height, np.int32)
    first = np.searchsorted(programme, programme)
    rest[ordered["position"].to_numpy()] = group - group[first]
    return rest


def write(arrays: Ranked, folder: Path) -> None:
    """One .npy file an array."""
    folder.mkdir()
    for name, array in arrays._asdict().items():
        np.save(folder / f"{name}.npy", array)


def open_shared(folder: Path) -> Ranked:
    """The arrays of `write`, mapped: every process that opens them shares their memory."""
    # Copy-on-write instead of read-only: compiled code takes the two for different types.
    mapped = (np.load(folder / f"{name}.npy", mmap_mode="c") for name in Ranked._fields)
    return Ranked(*map(np.asarray, mapped))
