"""How much each programme appeals to whom: the weights that options are drawn by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas
from portaria.regulations.access.generate.exams import Marks
from portaria.regulations.access.generate.people import People
from portaria.regulations.access.generate.programmes import Market
from portaria.regulations.access.generate.sources import assumptions

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
# Application grades weigh the secondary grade a little more than the exams.
SECONDARY_WEIGHT, EXAM_WEIGHT = 0.55, 0.45


class Cells:
    """People who see the same weights, and those weights (programmes in the given order)."""

    def __init__(self, market: Market, people: People, marks: Marks, order: Numbers) -> None:
        a = assumptions()["options"]
        self.market, self.order = market, order
        self.floor = a["ineligible"]
        grade = SECONDARY_WEIGHT * people.secondary + EXAM_WEIGHT * marks.best_two()
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

    def __iter__(self) -> Iterator[tuple[Numbers, Weights]]:
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
