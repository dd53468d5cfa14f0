"""The dated lessons of every class discipline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portaria.regulations.scae.generate.calendar import school_days
from portaria.regulations.scae.generate.courses import courses
from portaria.regulations.scae.generate.disciplines import Offers
from portaria.regulations.scae.generate.sources import Ints, Rng
from portaria.regulations.scae.generate.world import World

DAY_BITS = 20


@dataclass(frozen=True)
class Lessons:
    """Dated lessons in the order of offers and days; days and minutes."""

    offer: Ints
    day: Ints
    minutes: Ints


def lessons(world: World, offered: Offers, empty: Ints, rng: Rng) -> Lessons:
    """The lessons of every class discipline over the days of its class; `empty` have none."""
    known, classes = courses(), world.classes
    weekly = known.weekly[offered.line].copy()
    weekly[empty] = 0
    monday = rng.integers(0, 5, len(weekly))
    keys = []
    for of_week in range(5):
        days = school_days(of_week)
        # Lessons of a week lie two days apart, so those of one discipline never share a day.
        has = np.flatnonzero(((of_week - monday) * 3 % 5) < weekly)
        class_ = offered.class_[has]
        low = np.searchsorted(days, classes["start"][class_], "left")
        high = np.searchsorted(days, classes["end"][class_], "right")
        many = np.maximum(high - low, 0)
        place = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        keys.append((np.repeat(has, many) << DAY_BITS) + days[np.repeat(low, many) + place])
    key = np.sort(np.concatenate(keys))
    offer = key >> DAY_BITS
    return Lessons(offer, key & ((1 << DAY_BITS) - 1), known.minutes[offered.line][offer])
