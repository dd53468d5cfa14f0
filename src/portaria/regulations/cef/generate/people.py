"""Students who do not exist: names, ages, what they are able to do and whether they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from portaria.regulations.cef.generate.plan import school_days
from portaria.regulations.cef.generate.sources import (
    Bools,
    Ints,
    Numbers,
    Rng,
    chance,
    data,
    weighted,
)


@dataclass(frozen=True)
class People:
    """`class_`: the place of the class of each; `ability`: 0 in the middle, deviations of 1.

    `leaves_1`, `leaves_2`: the place of the school day of each year from which a student stays
    away, behind the last for who stays.
    """

    class_: Ints
    ability: Numbers
    truant: Bools
    dropout: Bools
    leaves_1: Ints
    leaves_2: Ints

    def __len__(self) -> int:
        return len(self.class_)

    def leaves(self, year: int) -> Ints:
        """Of year 1 or 2."""
        return self.leaves_1 if year == 1 else self.leaves_2


def draw_people(students: int, classes: int, rng: Rng) -> People:
    """`students` in each class."""
    count, kinds = students * classes, data("behaviour")["people"]["kinds"]
    drawn = rng.random(count)
    dropout = drawn < kinds["dropout"]
    days = [len(school_days(year)) for year in (1, 2)]
    left = rng.integers(days[0] // 4, sum(days), count)
    left[~dropout] = sum(days)
    return People(
        class_=np.repeat(np.arange(classes), students),
        ability=rng.standard_normal(count),
        truant=~dropout & (drawn < kinds["dropout"] + kinds["truant"]),
        dropout=dropout,
        leaves_1=np.minimum(left, days[0]),
        leaves_2=np.maximum(left - days[0], 0),
    )


def student_rows(people: People, rng: Rng) -> pl.DataFrame:
    """student, name, birth_date, next_path; `student` counts through all classes."""
    count, a = len(people), data("behaviour")["people"]
    start: date = data("plan")["calendar"]["school_year_start"]
    days = (a["oldest_years"] - a["youngest_years"]) * 365
    oldest = np.datetime64(start.replace(year=start.year - a["oldest_years"]), "D")
    born = oldest + rng.integers(1, days, count).astype("timedelta64[D]")
    paths = pl.Series(list(a["next_path"]))
    return pl.DataFrame(
        {
            "student": keys("A", count),
            "name": _names(count, rng),
            "birth_date": pl.Series(born).cast(pl.Date),
            "next_path": paths.gather(pl.Series(weighted(a["next_path"].values(), count, rng))),
        }
    )


def keys(letter: str, count: int) -> pl.Series:
    """A0001, A0002, ...: as many digits as the last needs, four at least."""
    width = max(4, len(str(count)))
    return pl.select(
        pl.lit(letter) + pl.int_range(1, count + 1).cast(pl.String).str.zfill(width)
    ).to_series()


def _names(count: int, rng: Rng) -> pl.Series:
    """One or two first names and two surnames, at random."""
    a, names = data("behaviour")["people"], data("names")
    feminine = chance(a["feminine"], count, rng)
    first, second = (
        pl.select(
            pl.when(pl.Series(feminine))
            .then(_some(names["feminine"], count, rng))
            .otherwise(_some(names["masculine"], count, rng))
        ).to_series()
        for _ in range(2)
    )
    single = pl.Series(chance(a["one_first_name"], count, rng)) | (first == second)
    third, fourth = (_some(names["surnames"], count, rng) for _ in range(2))
    long = first + " " + second
    both = pl.select(pl.when(single).then(first).otherwise(long)).to_series()
    return both + " " + third + " " + fourth


def _some(values: list[str], count: int, rng: Rng) -> pl.Series:
    return pl.Series(values).gather(pl.Series(rng.integers(0, len(values), count)))
