"""The programmes: those of 2019, an even spread of them, or them and variations of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate import areas
from portaria.regulations.access.generate.congeners import congeners
from portaria.regulations.access.generate.exams import HIGH_BITS
from portaria.regulations.access.generate.requirements import exam_sets, vocational_courses
from portaria.regulations.access.generate.sources import table
from portaria.regulations.access.published import districts

INSTITUTIONS_A_ROUND = 1000
# How much a variation differs from its original: attractiveness (standard deviation) and seats.
VARIATION = 0.15
SEAT_VARIATION = 0.15
FEWEST_SEATS = 10
ORDINARY_MINIMUM = 120
COLUMNS = [
    "programme", "institution", "institution_name", "course_name", "subsystem",
    "island_university", "seats", "w_secondary", "w_prerequisite", "min_exam", "min_grade",
    "prerequisite", "prerequisite_kind", "sport", "regional_share", "vocational_share",
    "district",
]  # fmt: skip


@dataclass(frozen=True)
class Market:
    """The programmes as the options need them; arrays have one entry a programme.

    `field` numbers the fields of study in the order of `fields`; `set_mask` has one entry an exam
    set (bits as in `Marks.passed`), `set_start` the first set of each programme.
    """

    frame: pl.DataFrame
    sets: pl.DataFrame
    attractiveness: NDArray[np.float64]
    seats: NDArray[np.float64]
    district: NDArray[np.int64]
    field: NDArray[np.int64]
    fields: list[str]
    set_mask: NDArray[np.int64]
    set_start: NDArray[np.int64]


def draw_market(count: int, rng: np.random.Generator) -> Market:
    """`count` programmes with the demand for them."""
    real = (
        table("programmes")
        .join(table("demand"), on="programme", maintain_order="left")
        .join(districts(), on="institution", maintain_order="left")
    )
    if count <= real.height:
        spread = (np.arange(count) * real.height + real.height // 2) // count
        frame = real[spread.tolist()]
    else:
        frame = pl.concat([real, _variations(real, count - real.height, rng)])
    fields = sorted(set(table("programmes")["field"]))
    places = areas.names()
    sets = exam_sets(frame)
    starts = sets.select(
        set=pl.struct("programme", "set").rle_id(), programme=pl.col("programme").rle_id()
    ).with_row_index("row")
    of_set = starts.unique("set", keep="first", maintain_order=True)
    asks_high = frame.select(
        "programme", (pl.col("min_exam") > ORDINARY_MINIMUM).cast(pl.Int64) * HIGH_BITS
    )
    shift = sets.join(asks_high, on="programme", maintain_order="left")["min_exam"].to_numpy()
    masks = np.int64(1) << (sets["exam"].cast(pl.Int64).to_numpy() + shift)
    return Market(
        frame=frame,
        sets=sets,
        attractiveness=frame["attractiveness"].to_numpy(),
        seats=frame["seats"].to_numpy().astype(float),
        district=frame["district"].replace_strict(places, range(len(places))).to_numpy(),
        field=frame["field"].replace_strict(fields, range(len(fields))).to_numpy(),
        fields=fields,
        set_mask=np.bitwise_or.reduceat(masks, of_set["row"].to_numpy()),
        set_start=np.flatnonzero(np.diff(of_set["programme"].to_numpy(), prepend=-1)),
    )


def programme_tables(market: Market) -> dict[str, pl.DataFrame]:
    """The tables programmes, exam_sets, regional_areas, vocational_courses and congeners."""
    frame = market.frame
    return {
        "programmes": frame.with_columns(
            pl.col("w_secondary", "w_prerequisite", "regional_share", "vocational_share").cast(
                pl.String
            ),
            sport=pl.col("field") == "sport",
        ).select(COLUMNS),
        "exam_sets": market.sets,
        "regional_areas": areas.served(frame),
        "vocational_courses": vocational_courses(frame),
        "congeners": congeners(frame),
    }


def _variations(real: pl.DataFrame, count: int, rng: np.random.Generator) -> pl.DataFrame:
    """`count` further programmes, round after round of the real ones under new institutions."""
    rows = np.arange(count) % real.height
    rounds = np.arange(count) // real.height + 1
    institutions = real["institution"].unique(maintain_order=True)
    order = real["institution"].replace_strict(institutions, range(len(institutions))).to_numpy()
    numbers = pl.Series((rounds - 1) * INSTITUTIONS_A_ROUND + order[rows] + 1).cast(pl.String)
    code = pl.select(pl.lit("X") + numbers.str.zfill(5)).to_series()
    seats = np.rint(real["seats"].to_numpy()[rows] * rng.normal(1.0, SEAT_VARIATION, count))
    shift = rng.normal(0.0, VARIATION, count)
    copy = real[rows.tolist()]
    course = copy["programme"].str.slice(4)
    return copy.with_columns(
        programme=pl.concat_str(code, course),
        institution=code,
        institution_name=pl.concat_str(
            "institution_name", pl.lit(" ["), pl.Series(rounds + 1).cast(pl.String), pl.lit("]")
        ),
        seats=pl.Series(np.maximum(FEWEST_SEATS, seats).astype(np.int64)),
        attractiveness=copy["attractiveness"] + pl.Series(shift),
        # There is one University of the Azores and one of Madeira.
        island_university=pl.lit(None, pl.String),
    )
