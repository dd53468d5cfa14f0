"""The forms: which programmes people write, and in which order.

People of one stream, with the same exams passed, home and grade see the same weights; each draws
her options from them one after another, without repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas
from portaria.regulations.access.generate.appeal import Cells, Numbers, Weights
from portaria.regulations.access.generate.congeners import twins
from portaria.regulations.access.generate.exams import Marks
from portaria.regulations.access.generate.people import People, weighted
from portaria.regulations.access.generate.programmes import Market
from portaria.regulations.access.generate.sources import assumptions

MOST_OPTIONS = 6
DRAWS = 16  # enough that repeats seldom leave a form shorter than wished
NOTHING = -1


@dataclass(frozen=True)
class Forms:
    """`chosen[person, place]`: row of the programme written there, or -1."""

    chosen: NDArray[np.int32]

    def rows(self, market: Market, keys: pl.Series) -> pl.DataFrame:
        """The table options."""
        person, place = np.nonzero(self.chosen != NOTHING)
        programme = market.frame["programme"]
        return pl.DataFrame(
            {
                "candidate": keys.gather(pl.Series(person)),
                "order": pl.Series(place + 1, dtype=pl.Int64),
                "programme": programme.gather(pl.Series(self.chosen[person, place])),
            }
        )


def draw_options(
    market: Market,
    people: People,
    marks: Marks,
    rng: np.random.Generator,
    lengths: Sequence[float] = (),
) -> Forms:
    """The form of each person; `lengths`: how often a form has one, two, ... options."""
    lengths = lengths or assumptions()["options"]["lengths"]
    wished = weighted(np.array(lengths), len(people), rng) + 1
    drawn = _draw(market, people, marks, rng)
    chosen = first_different(drawn, wished)
    _dreams_first(market, chosen, rng)
    _congeners_first(market, people, drawn, chosen, wished, rng)
    return Forms(chosen)


def first_different(drawn: NDArray[np.int32], wished: Numbers) -> NDArray[np.int32]:
    """The first `wished` different programmes of each row, six columns, -1 where there are none."""
    again = drawn == NOTHING
    for column in range(1, drawn.shape[1]):
        again[:, column] |= (drawn[:, :column] == drawn[:, column : column + 1]).any(axis=1)
    kept = np.argsort(again, axis=1, kind="stable")[:, :MOST_OPTIONS]
    chosen = np.take_along_axis(drawn, kept, axis=1)
    chosen[np.take_along_axis(again, kept, axis=1)] = NOTHING
    chosen[np.arange(MOST_OPTIONS) >= wished[:, None]] = NOTHING
    return chosen


def _dreams_first(market: Market, chosen: NDArray[np.int32], rng: np.random.Generator) -> None:
    """Some people write what they chose from the most wanted programme to the least."""
    who = np.flatnonzero(rng.random(len(chosen)) < assumptions()["options"]["dreamers"])
    appeal = np.append(market.attractiveness, -np.inf)  # -1 stands for no option
    ranked = np.argsort(-appeal[chosen[who]], axis=1, kind="stable")
    chosen[who] = np.take_along_axis(chosen[who], ranked, axis=1)


def _draw(
    market: Market, people: People, marks: Marks, rng: np.random.Generator
) -> NDArray[np.int32]:
    """`DRAWS` programmes a person, repeats possible, by weight; shape (people, DRAWS)."""
    a = assumptions()["options"]
    order = np.argsort(market.field, kind="stable")
    limits = np.searchsorted(market.field[order], np.arange(len(market.fields) + 1))
    field = market.field[order]
    cells = Cells(market, people, marks, order)
    drawn = np.empty((len(people), DRAWS), np.int32)
    for who, weights in cells:
        reached = np.concatenate([[0.0], np.cumsum(weights)])
        at = rng.random((len(who), DRAWS))
        # The first draw also tells her favourite field, where most of the others stay.
        first = _found(reached, at[:, 0] * reached[-1])
        stays = rng.random((len(who), DRAWS - 1)) < a["taste"]
        low = reached[limits[field[first]]][:, None]
        high = reached[limits[field[first] + 1]][:, None]
        within = low + at[:, 1:] * (high - low)
        others = np.where(stays, within, at[:, 1:] * reached[-1])
        drawn[who, 0] = order[first]
        drawn[who, 1:] = order[_found(reached, others)]
    return drawn


def _found(reached: Weights, at: Weights) -> Numbers:
    found: Numbers = np.searchsorted(reached[1:], at, "right")
    return np.minimum(found, len(reached) - 2)


def _congeners_first(
    market: Market,
    people: People,
    drawn: NDArray[np.int32],
    chosen: NDArray[np.int32],
    wished: Numbers,
    rng: np.random.Generator,
) -> None:
    """Most island people write the course of their own university before the same elsewhere."""
    for university, area in areas.REGIONS.items():
        twin_of = twins(market.frame, university)
        at_home = people.home == areas.names().index(area)
        carefully = rng.random(len(people)) < assumptions()["options"]["congener_first"]
        who = np.flatnonzero(at_home & carefully)
        written = np.concatenate([twin_of[chosen[who]], drawn[who]], axis=1)
        written[:, :MOST_OPTIONS][chosen[who] == NOTHING] = NOTHING
        chosen[who] = first_different(written, wished[who])
