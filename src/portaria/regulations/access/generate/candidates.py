"""The table candidates: grades, places, courses and the facts proven about people."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas, names
from portaria.regulations.access.generate.exams import Marks
from portaria.regulations.access.generate.options import Forms
from portaria.regulations.access.generate.people import LOWEST_SECONDARY, People, streams, weighted
from portaria.regulations.access.generate.programmes import Market
from portaria.regulations.access.generate.sources import assumptions, table

EXCLUSION = "56/1/c"  # did not complete the application in time


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
    grounds = []
    for region, area in areas.REGIONS.items():
        at_home = people.home == areas.names().index(area)
        chance = rng.random(count)
        ground = _nothing(region, count)
        ground = ground.set(pl.Series(at_home & (chance < a["island_art11_1"])), "art11.1")
        ground = ground.set(pl.Series(~at_home & (chance < a["island_art11_2"])), "art11.2")
        grounds.append(ground)
    emigrant = (rng.random(count) < a["emigrant"]) | (people.foreign & (rng.random(count) < 0.5))
    out = pl.Series(rng.random(count) < a["excluded"])
    return [
        *grounds,
        pl.Series("emigrant", emigrant),
        pl.Series("military", rng.random(count) < a["military"]),
        pl.Series("disability", rng.random(count) < a["disability"]),
        _nothing("excluded", count).set(out, EXCLUSION),
    ]


def _nothing(name: str, count: int) -> pl.Series:
    return pl.Series(name, [None], pl.String).new_from_index(0, count)
