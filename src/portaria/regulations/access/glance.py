"""A contest at a glance: totals, options, quotas, seats, the hardest programmes. Data, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.reasons import HELD, QUOTAS
from portaria.tables.canonical import units


@dataclass(frozen=True)
class Hard:
    """A programme with the grade of the last one placed in its general quota."""

    programme: str
    course: str
    institution: str
    last_grade: Decimal


@dataclass(frozen=True)
class Glance:
    """What one wants to know first of a placed contest; counts of candidates and of seats.

    additional: None where the text has no further seats of art. 9/2.
    """

    title: str
    phase: int
    candidates: int
    placed: int
    not_placed: int
    excluded: int
    kept: int
    freed: int
    by_option: Mapping[int, int]
    by_quota: Mapping[str, int]
    seats: int
    leftover: int
    tie_extra: int
    additional: int | None
    hardest: tuple[Hard, ...]


def glance(tables: Mapping[str, pl.DataFrame], contest: Contest, hardest: int = 5) -> Glance:
    """The figures of result tables (`results.result_tables`); `hardest`: how many programmes."""
    placements, seats = tables["placements"], tables["seats"]
    results = dict(placements.group_by("result").len().iter_rows())
    placed = placements.filter(pl.col("result") == "placed")
    quotas = dict(placed.group_by("quota").len().iter_rows())
    further = contest.edition.has("further-seats")
    return Glance(
        title=contest.edition.title,
        phase=contest.phase,
        candidates=placements.height,
        placed=results.get("placed", 0),
        not_placed=results.get("not_placed", 0),
        excluded=results.get("excluded", 0),
        kept=int((placements["quota"] == HELD).sum()),
        freed=int(seats["vl"].sum()) if "vl" in seats.columns else 0,
        by_option=dict(placed.group_by("option").len().sort("option").iter_rows()),
        by_quota={quota: quotas[quota] for quota in QUOTAS if quota in quotas},
        seats=int(seats["seats"].sum()),
        leftover=int(seats["leftover"].sum()),
        tie_extra=int(seats["tie_extra"].sum()),
        additional=int(seats["additional"].sum()) if further else None,
        hardest=_hardest(tables["last_placed"], contest, hardest),
    )


def _hardest(last_placed: pl.DataFrame, contest: Contest, count: int) -> tuple[Hard, ...]:
    names = contest.tables["programmes"].select("programme", "course_name", "institution_name")
    rows = (
        last_placed.filter(pl.col("quota") == "general")
        .with_columns(tenths=units(pl.col("grade"), 1))
        .sort("tenths", "programme", descending=[True, False])
        .head(count)
        .join(names, on="programme", how="left", maintain_order="left")
    )
    return tuple(
        Hard(
            row["programme"],
            row["course_name"] or "",
            row["institution_name"] or "",
            Decimal(row["grade"]),
        )
        for row in rows.iter_rows(named=True)
    )
