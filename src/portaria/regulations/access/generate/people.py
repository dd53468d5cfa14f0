"""The people: ability, home, course, secondary grade and the facts proven about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas
from portaria.regulations.access.generate.sources import assumptions

Flags = NDArray[np.bool_]
LOWEST_SECONDARY = 95


@dataclass(frozen=True)
class People:
    """One entry a person. `stream` and `home` number the streams and areas in packaged order;
    `secondary` is on the 0-200 scale; the flags say who has an unusual secondary grade."""

    ability: NDArray[np.float64]
    stream: NDArray[np.int64]
    home: NDArray[np.int64]
    secondary: NDArray[np.int64]
    two_cycle: Flags
    foreign: Flags
    old_diploma: Flags
    no_final_grade: Flags

    def __len__(self) -> int:
        return len(self.ability)


def streams() -> list[str]:
    """The streams of secondary education, in packaged order."""
    return list(assumptions()["streams"])


def draw_people(count: int, rng: np.random.Generator) -> People:
    """`count` people; abilities are standard normal around the mean of their stream."""
    of_stream = list(assumptions()["streams"].values())
    stream = weighted(np.array([s["share"] for s in of_stream]), count, rng)
    ability = rng.normal(0.0, 1.0, count) + np.array([s["ability"] for s in of_stream])[stream]
    kinds = assumptions()["people"]
    unusual = rng.random(count)
    limits = np.cumsum(
        [kinds[k] for k in ("two_cycle", "foreign", "old_diploma", "no_final_grade")]
    )
    kind = np.searchsorted(limits, unusual, "right")
    return People(
        ability=ability,
        stream=stream,
        home=areas.draw_homes(count, rng),
        secondary=_secondary(ability, rng),
        two_cycle=kind == 0,
        foreign=kind == 1,
        old_diploma=kind == 2,
        no_final_grade=kind == 3,
    )


def weighted(
    weights: NDArray[np.float64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """`count` indices, each in proportion to its weight."""
    limits = np.cumsum(weights)
    drawn: NDArray[np.int64] = np.searchsorted(limits, rng.random(count) * limits[-1], "right")
    last: NDArray[np.int64] = np.minimum(drawn, len(weights) - 1)
    return last


def _secondary(ability: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Final grades, 95 to 200: a three-year grade has no decimals on this scale."""
    a = assumptions()["ability"]
    loading = a["secondary_loading"]
    noise = rng.normal(0.0, 1.0, len(ability))
    score = loading * ability + np.sqrt(1 - loading**2) * noise
    grade = np.rint(a["secondary_mean"] + a["secondary_sd"] * score)
    clipped: NDArray[np.int64] = np.clip(grade, LOWEST_SECONDARY, 200).astype(np.int64)
    return clipped
