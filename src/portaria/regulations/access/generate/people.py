"""The people: ability, home, course, secondary grade and the facts proven about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas, names
from portaria.regulations.access.generate.sources import assumptions, table

if TYPE_CHECKING:
    from portaria.regulations.access.generate.exams import Marks
    from portaria.regulations.access.generate.options import Forms
    from portaria.regulations.access.generate.programmes import Market

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
    return np.minimum(drawn, len(weights) - 1)


def _secondary(ability: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Final grades, 95 to 200: a three-year grade has no decimals on this scale."""
    a = assumptions()["ability"]
    loading = a["secondary_loading"]
    noise = rng.normal(0.0, 1.0, len(ability))
    score = loading * ability + np.sqrt(1 - loading**2) * noise
    grade = np.rint(a["secondary_mean"] + a["secondary_sd"] * score)
    return np.clip(grade, LOWEST_SECONDARY, 200).astype(np.int64)


def candidate_rows(
    market: Market, people: People, marks: Marks, forms: Forms, rng: np.random.Generator
) -> pl.DataFrame:
    """The table candidates."""
    count = len(people)
    frame = pl.DataFrame(
        {
            "candidate": names.keys(count),
            "name": names.full_names(count, rng),
            "civil_id": names.civil_ids(count, int(rng.integers(0, names.CIVIL_IDS))),
        }
    )
    return frame.with_columns(
        *_grades(people, marks, rng),
        *_places(market, people, forms, rng),
        *_quotas(people, rng),
    ).select(
        "candidate", "name", "civil_id", "secondary", "secondary_with_pe", "two_cycle_a",
        "two_cycle_b", "has_final_grade", "area", "area_year11", "area_recognised",
        "secondary_course", "claims_regional", "azores", "madeira", "emigrant", "military",
        "disability", "excluded",
    )  # fmt: skip


def _grades(people: People, marks: Marks, rng: np.random.Generator) -> list[pl.Series]:
    """Secondary grades as text; two-cycle people have both cycles instead."""
    count = len(people)
    secondary = np.where(people.no_final_grade, marks.mean(), people.secondary)
    tenth = np.where(people.foreign | people.old_diploma, rng.integers(0, 10, count), 0)
    tenth[secondary == 200] = 0
    plain = pl.Series(secondary).cast(pl.String)
    decimal = plain + "." + pl.Series(tenth).cast(pl.String)
    written = pl.select(pl.when(pl.Series(tenth) == 0).then(plain).otherwise(decimal)).to_series()
    usual = ~(people.two_cycle | people.foreign | people.old_diploma | people.no_final_grade)
    regular = usual & (people.stream != streams().index("vocational"))
    # Physical education seldom lowers a grade, and never by much.
    with_pe = np.clip(people.secondary + rng.integers(-2, 6, count), LOWEST_SECONDARY, 200)
    cycles = [np.clip(people.secondary + rng.integers(-8, 9, count), 100, 200) for _ in "ab"]
    two = pl.Series(people.two_cycle)
    return [
        written.set(two, None).alias("secondary"),
        pl.Series(with_pe)
        .cast(pl.String)
        .set(~pl.Series(regular), None)
        .alias("secondary_with_pe"),
        *(
            _twentieths(grade).set(~two, None).alias(f"two_cycle_{letter}")
            for letter, grade in zip("ab", cycles, strict=True)
        ),
        pl.Series("has_final_grade", ~people.no_final_grade),
    ]


def _twentieths(grade: NDArray[np.int64]) -> pl.Series:
    """A 0-200 grade on the 0-20 scale, one decimal: 153 is 15.3."""
    return pl.Series(grade // 10).cast(pl.String) + "." + pl.Series(grade % 10).cast(pl.String)


def _places(
    market: Market, people: People, forms: Forms, rng: np.random.Generator
) -> list[pl.Series]:
    """Areas of the schools, the course, and who claims the regional preference."""
    count, a = len(people), assumptions()["people"]
    places = pl.Series(areas.names())
    area = places.gather(pl.Series(people.home))
    elsewhere = places.gather(pl.Series(areas.draw_homes(count, rng)))
    moved = pl.Series(rng.random(count) < a["moved_in_year11"])
    recognised = pl.Series(rng.random(count) < a["recognised_area"])
    first = forms.chosen[:, 0]
    has_share = market.frame["regional_share"].to_numpy()[first] > 0
    useful = has_share & (
        areas.distances()[market.district[first], people.home] <= areas.NEIGHBOUR_KM
    )
    chance = np.where(useful, a["claims_when_useful"], a["claims_otherwise"])
    return [
        area.alias("area"),
        elsewhere.set(~moved, None).alias("area_year11"),
        elsewhere.reverse().set(~recognised, None).alias("area_recognised"),
        _courses(people, rng).alias("secondary_course"),
        pl.Series("claims_regional", rng.random(count) < chance),
    ]


def _courses(people: People, rng: np.random.Generator) -> pl.Series:
    """The secondary course of each person, by the shares of her stream."""
    courses = table("secondary_courses")
    drawn = np.zeros(len(people), np.int64)
    for number, stream in enumerate(streams()):
        of_stream = courses.with_row_index("row").filter(pl.col("stream") == stream)
        who = np.flatnonzero(people.stream == number)
        pick = weighted(of_stream["share"].to_numpy(), len(who), rng)
        drawn[who] = of_stream["row"].to_numpy()[pick]
    return courses["secondary_course"].gather(pl.Series(drawn))


def _quotas(people: People, rng: np.random.Generator) -> list[pl.Series]:
    """Who comes from an autonomous region, is an emigrant, serves, or has a disability."""
    count, a = len(people), assumptions()["people"]
    columns = []
    for region, area in (("azores", "Açores"), ("madeira", "Madeira")):
        at_home = people.home == areas.names().index(area)
        chance = rng.random(count)
        ground = pl.Series(region, [None], pl.String).new_from_index(0, count)
        ground = ground.set(pl.Series(at_home & (chance < a["island_art11_1"])), "art11.1")
        ground = ground.set(pl.Series(~at_home & (chance < a["island_art11_2"])), "art11.2")
        columns.append(ground)
    emigrant = (rng.random(count) < a["emigrant"]) | (people.foreign & (rng.random(count) < 0.5))
    excluded = pl.Series("excluded", [None], pl.String).new_from_index(0, count)
    out = pl.Series(rng.random(count) < a["excluded"])
    return [
        *columns,
        pl.Series("emigrant", emigrant),
        pl.Series("military", rng.random(count) < a["military"]),
        pl.Series("disability", rng.random(count) < a["disability"]),
        excluded.set(out, "56/1/c"),
    ]
