"""Fit the attractiveness of the generator's programmes to the published results of a year.

    .venv/bin/python tools/fit_generator.py 2019 --out demand.csv --rounds 100

Each round generates a contest, places it with the product's own engine, and makes the
programmes whose last grade or filling fell short a little more wanted. The mean of the later
rounds is written; it can replace generate/data/demand.csv, which a separate placement made.
See docs/generated-contests.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.generate import generate, programmes, sources
from portaria.regulations.access.placement import place
from portaria.regulations.access.published import published, published_years
from portaria.regulations.access.results import result_tables

CANDIDATES, PROGRAMMES = 52_434, 1_061
STEP, STEP_GRADE, FARTHEST = 0.3, 20.0, 20.0
STEADY = 25  # rounds at the full step when starting from nothing; it then shrinks
EMPTY_SEATS_WEIGH = 60.0


def score(last: np.ndarray, leftover: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """How wanted a programme is: its last grade where full, else below 90 by its empty share."""
    return np.where(leftover > 0, 90 - EMPTY_SEATS_WEIGH * leftover / seats, last)


def goals(year: int, codes: pl.DataFrame, leftover: float) -> pl.DataFrame:
    """The published rows in the order of `codes`, leftover seats scaled to `leftover` in all."""
    rows = published(year).select("programme", "seats", "leftover", pl.col("last_grade") / 10)
    return codes.join(rows, on="programme", how="left", maintain_order="left").with_columns(
        pl.col("leftover") * leftover / pl.col("leftover").sum()
    )


def placed(seed: int) -> pl.DataFrame:
    """Seats, leftover and last grade in the general quota by programme of a generated contest."""
    tables = generate(CANDIDATES, PROGRAMMES, seed)
    with TemporaryDirectory() as folder:
        for name, table in tables.items():
            table.write_csv(Path(folder) / f"{name}.csv")
        settings = 'edition = "pt-national-2017"\nphase = 1\n'
        (Path(folder) / "contest.toml").write_text(settings)
        contest, problems = read_contest(Path(folder))
    assert isinstance(contest, Contest), problems
    results = result_tables(place(contest))
    general = results["last_placed"].filter(pl.col("quota") == "general")
    return (
        tables["programmes"]
        .select("programme")
        .join(results["seats"], on="programme", maintain_order="left")
        .join(general, on="programme", how="left", maintain_order="left")
        .select("programme", "seats", "leftover", pl.col("grade").cast(pl.Float64))
    )


def fit(real: pl.DataFrame, start: np.ndarray, rounds: int, steady: int) -> np.ndarray:
    """The attractiveness that brings the scores of generated contests to those of `real`."""
    goal = score(*(real[c].to_numpy() for c in ("last_grade", "leftover", "seats")))
    appeal, kept = start.copy(), []
    for number in range(rounds):
        demand = real.select("programme").with_columns(attractiveness=pl.Series(appeal))
        programmes.table = lambda name, d=demand: d if name == "demand" else sources.table(name)
        now = placed(seed=1000 + number)
        last = now["grade"].fill_null(95).to_numpy()
        gap = goal - score(last, now["leftover"].to_numpy(), now["seats"].to_numpy())
        step = STEP * min(1.0, max(0.06, 8 / (1 + max(0, number - steady))))
        appeal = appeal + step * np.clip(gap, -FARTHEST, FARTHEST) / STEP_GRADE
        appeal = np.clip(appeal, -7, 7)
        appeal -= appeal.mean()
        if number >= rounds // 2:
            kept.append(appeal)
        print(f"round {number}: mean gap {np.abs(gap).mean():.2f}", flush=True)
    return np.mean(kept, axis=0)


def main() -> None:
    """Fit from nothing, or from the packaged values with `--warm`."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("year", type=int, choices=published_years())
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--rounds", type=int, default=100)
    asked.add_argument("--leftover", type=float, default=5800.0)
    asked.add_argument("--warm", action="store_true")
    given = asked.parse_args()
    packaged = (
        sources.table("programmes")
        .select("programme")
        .join(sources.table("demand"), on="programme", maintain_order="left")
    )
    real = goals(given.year, packaged.select("programme"), given.leftover)
    start = packaged["attractiveness"].to_numpy() if given.warm else np.zeros(packaged.height)
    fitted = fit(real, start, given.rounds, 0 if given.warm else STEADY)
    packaged.with_columns(attractiveness=pl.Series(fitted).round(3)).write_csv(given.out)


if __name__ == "__main__":
    main()
