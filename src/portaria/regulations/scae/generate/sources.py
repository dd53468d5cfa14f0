"""The packaged assumptions of the generator, read once, and how they are drawn from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Rng = np.random.Generator


@cache
def network() -> dict[str, Any]:
    """What the generator assumes of a regional department: data/network.toml."""
    text = (files(__package__) / "data" / "network.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def weighted(weights: Iterable[float], count: int, rng: Rng) -> Ints:
    """`count` indices, each in proportion to its weight."""
    limits = np.cumsum(list(weights))
    drawn = np.searchsorted(limits, rng.random(count) * limits[-1], "right")
    found: Ints = np.minimum(drawn, len(limits) - 1).astype(np.int64)
    return found


def chance(share: float, count: int, rng: Rng) -> Bools:
    """Which of `count` it happens to."""
    return np.asarray(rng.random(count) < share)


def between(first: Ints, last: Ints, rng: Rng) -> Ints:
    """A whole number of each range, both ends included; `first` where the range is empty."""
    width = np.maximum(last - first + 1, 1)
    drawn: Ints = first + (rng.random(len(first)) * width).astype(np.int64)
    return drawn


def some(share: float, count: int, rng: Rng) -> Ints:
    """That share of the indices below `count`, at least one where there are any, in order."""
    many = min(count, max(1, round(share * count)))
    return np.sort(rng.choice(count, many, replace=False)) if count else np.zeros(0, np.int64)
