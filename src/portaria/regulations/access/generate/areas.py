"""Where people live and study: districts, the distances between them, the pull of home."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate.sources import assumptions, table

REGIONS = {"azores": "Açores", "madeira": "Madeira"}
EARTH_RADIUS_KM = 6371.0
# A programme with a regional share also serves the districts whose capital is this near.
NEIGHBOUR_KM = 75.0


def names() -> list[str]:
    """The 18 mainland districts and the two autonomous regions."""
    return table("districts")["area"].to_list()


@cache
def distances() -> NDArray[np.float64]:
    """Kilometres between the capitals of every two areas, shape (areas, areas)."""
    here = np.radians(table("districts").select("latitude", "longitude").to_numpy())
    latitude, longitude = here[:, 0], here[:, 1]
    half = np.sin((latitude[:, None] - latitude) / 2) ** 2
    turn = np.sin((longitude[:, None] - longitude) / 2) ** 2
    chord = half + np.cos(latitude[:, None]) * np.cos(latitude) * turn
    kilometres: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord))
    return kilometres


def pull_of_home() -> NDArray[np.float64]:
    """Weight of a programme in area j for a person of area i: near is dear, far never nil."""
    options = assumptions()["options"]
    pull: NDArray[np.float64] = np.exp(-distances() / options["near_km"]) + options["far"]
    return pull


def draw_homes(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The area of each of `count` people, in proportion to the residents."""
    residents = table("districts")["residents_thousands"].to_numpy().astype(float)
    limits = np.cumsum(residents)
    drawn: NDArray[np.int64] = np.searchsorted(limits, rng.random(count) * limits[-1], "right")
    return drawn


def served(programmes: pl.DataFrame) -> pl.DataFrame:
    """(programme, area): the areas of each programme with a regional share."""
    near = distances() <= NEIGHBOUR_KM
    area = names()
    pairs = pl.DataFrame(
        [(area[i], area[j]) for i in range(len(area)) for j in np.flatnonzero(near[i])],
        schema={"district": pl.String, "area": pl.String},
        orient="row",
    )
    with_share = programmes.filter(pl.col("regional_share") > 0).select("programme", "district")
    return with_share.join(pairs, on="district", maintain_order="left_right").drop("district")
