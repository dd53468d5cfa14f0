"""The forms: which programmes people write, and in which order.

People of one stream, with the same exams passed, home and grade see the same weights; each draws
her options from them one after another, without repeats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas
from portaria.regulations.access.generate.congeners import congeners
from portaria.regulations.access.generate.exams import Marks
from portaria.regulations.access.generate.people import People, weighted
from portaria.regulations.access.generate.programmes import Market
from portaria.regulations.access.generate.sources import assumptions

MOST_OPTIONS = 6
DRAWS = 16  # enough that repeats seldom leave a form shorter than wished
NOTHING = -1
Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


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


def draw_options(market: Market, people: People, marks: Marks, rng: np.random.Generator) -> Forms:
    """The form of each person."""
    a = assumptions()["options"]
    wished = weighted(np.array(a["lengths"]), len(people), rng) + 1
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
    if chosen.shape[1] < MOST_OPTIONS:
        missing = ((0, 0), (0, MOST_OPTIONS - chosen.shape[1]))
        chosen = np.pad(chosen, missing, constant_values=NOTHING)
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
    cells = _Cells(market, people, marks, order)
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


class _Cells:
    """People who see the same weights, and those weights (programmes in the given order)."""

    def __init__(self, market: Market, people: People, marks: Marks, order: Numbers) -> None:
        a = assumptions()["options"]
        self.market, self.order = market, order
        self.floor = a["ineligible"]
        grade = 0.55 * people.secondary + 0.45 * marks.best_two()
        edges = np.linspace(95, 200, a["buckets"] + 1)
        bucket = np.clip(np.searchsorted(edges, grade, "right") - 1, 0, a["buckets"] - 1)
        steps = ((edges[:-1] + edges[1:]) / 2 - a["middle"]) / a["step"]
        appeal = market.attractiveness[order]
        # Wanted programmes draw the best people and put off those who know they will not get in.
        wanted = np.maximum(appeal - a["wanted"], 0)
        self.by_bucket = np.exp(appeal + a["slope"] * steps[:, None] * wanted)
        self.by_home = areas.pull_of_home()[:, market.district[order]] * market.seats[order]
        self.by_stream = _tastes(market)[:, market.field[order]]
        self.keys = np.stack([people.stream, marks.passed(), people.home, bucket])

    def __iter__(self):  # type: ignore[no-untyped-def]
        ranked = np.lexsort(self.keys[::-1])
        keys = self.keys[:, ranked]
        starts = np.flatnonzero(np.r_[True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)])
        ends = np.r_[starts[1:], len(ranked)]
        before = (-1, -1)
        for start, end in zip(starts, ends, strict=True):
            stream, passed, home, bucket = (int(k) for k in keys[:, start])
            if (stream, passed) != before:
                open_to_her = self.by_stream[stream] * self._eligible(passed)
                before = (stream, passed)
            yield ranked[start:end], open_to_her * self.by_home[home] * self.by_bucket[bucket]

    def _eligible(self, passed: int) -> Weights:
        """1 where one exam set lies within the exams passed, else nearly nothing."""
        missing = (self.market.set_mask & ~passed) == 0
        has_one = np.logical_or.reduceat(missing, self.market.set_start)
        return np.where(has_one, 1.0, self.floor)[self.order]


def _tastes(market: Market) -> Weights:
    """How much each stream likes each field, shape (streams, fields); 1 unless it avoids it."""
    streams = assumptions()["streams"].values()
    return np.array([[s["avoids"].get(field, 1.0) for field in market.fields] for s in streams])


def _congeners_first(
    market: Market,
    people: People,
    drawn: NDArray[np.int32],
    chosen: NDArray[np.int32],
    wished: Numbers,
    rng: np.random.Generator,
) -> None:
    """Most island people write the course of their own university before the same elsewhere."""
    programmes = market.frame["programme"]
    for university, area in (("azores", "Açores"), ("madeira", "Madeira")):
        own = market.frame.filter(pl.col("island_university") == university).select("programme")
        if own.is_empty():
            continue
        twins = congeners(market.frame).join(
            own, left_on="congener", right_on="programme", how="semi", maintain_order="left"
        )
        twins = twins.unique("programme", keep="first", maintain_order=True)
        rows = pl.DataFrame({"programme": programmes}).with_row_index("row")
        twin_of = np.full(programmes.len(), NOTHING, np.int32)
        at = twins.join(rows, on="programme", maintain_order="left")["row"].to_numpy()
        twin = twins.join(rows, left_on="congener", right_on="programme", maintain_order="left")
        twin_of[at] = twin["row"].to_numpy()
        at_home = people.home == areas.names().index(area)
        carefully = rng.random(len(people)) < assumptions()["options"]["congener_first"]
        who = np.flatnonzero(at_home & carefully)
        written = np.concatenate([twin_of[chosen[who]], drawn[who]], axis=1)
        written[:, :MOST_OPTIONS][chosen[who] == NOTHING] = NOTHING
        chosen[who] = first_different(written, wished[who])
