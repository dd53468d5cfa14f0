"""The packaged data behind the generator, read once, and how it is drawn from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Rng = np.random.Generator


@cache
def data(name: str) -> dict[str, Any]:
    """The packaged file `name`.toml: plan, behaviour or names. Origin: data/README.md."""
    text = (files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def weighted(weights: Iterable[float], count: int, rng: Rng) -> Ints:
    """`count` indices, each in proportion to its weight."""
    limits = np.cumsum(list(weights))
    drawn = np.searchsorted(limits, rng.random(count) * limits[-1], "right")
    found: Ints = np.minimum(drawn, len(limits) - 1).astype(np.int64)
    return found


def one_of(values: Sequence[float], count: int, rng: Rng) -> Numbers:
    """`count` of the values, all as likely."""
    return np.asarray(values, np.float64)[rng.integers(0, len(values), count)]


def chance(share: Numbers | float, count: int, rng: Rng) -> Bools:
    """Which of `count` it happens to; share: one for all, or one each."""
    return np.asarray(rng.random(count) < share)


def spread(deviation: float, count: int, rng: Rng) -> Numbers:
    """Factors around 1, of mean 1: few are large."""
    return np.exp(rng.standard_normal(count) * deviation - deviation**2 / 2)
