"""What the report of a contest tells: demand, last grades, quotas, regions. Data, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.folder import Results
from portaria.regulations.access.former import Former, latest_former
from portaria.regulations.access.glance import Glance, glance
from portaria.regulations.access.published import districts
from portaria.regulations.access.reasons import QUOTAS
from portaria.tables.canonical import units


@dataclass(frozen=True)
class QuotaUse:
    """A quota or preference over all programmes: seats kept for it, people heard and placed."""

    quota: str
    seats: int
    heard: int
    placed: int


@dataclass(frozen=True)
class Compared:
    """How the last grades stand against a former contest's.

    programmes: how many have both grades. correlation: Spearman's, None with fewer than three.
    """

    label: str
    programmes: int
    higher: int
    lower: int
    correlation: float | None


@dataclass(frozen=True)
class Report:
    """A placed contest, for people to read.

    programmes: one row a programme, the columns of `_programmes`. districts, subsystems: seats,
    placed, leftover and first options by each, the columns of `_totals`. not_placed: how many by
    reason. additional_clause: empty where the text has no art. 9/2. manifest: what the results say
    of themselves.
    """

    glance: Glance
    programmes: pl.DataFrame
    districts: pl.DataFrame
    subsystems: pl.DataFrame
    quotas: tuple[QuotaUse, ...]
    not_placed: Mapping[str, int]
    compared: Compared | None
    tie_clause: str
    additional_clause: str
    manifest: Mapping[str, Any]


def report(results: Results, former: Former | None = None) -> Report:
    """Read a result folder and tell what it holds, against `former`.

    Without one, phase 1 is compared with the latest published year that knows half of its
    programmes, if any does.
    InputError where the results are damaged.
    """
    contest = results.inputs()
    if former is None and contest.phase == 1:
        former = latest_former(contest.tables["programmes"]["programme"])
    tables = {name: _whole(results, name) for name in ("placements", "seats", "last_placed")}
    tables["quota_lists"] = results.table("quota_lists", pl.lit(True))
    programmes = _programmes(tables, contest, former)
    reasons = tables["placements"].filter(pl.col("result") == "not_placed")
    further = contest.edition.has("further-seats")
    return Report(
        glance=glance(tables, contest),
        programmes=programmes,
        districts=_totals(programmes, "district"),
        subsystems=_totals(programmes, "subsystem"),
        quotas=_quotas(tables),
        not_placed=dict(reasons.group_by("reason").len().sort("len", "reason").reverse().rows()),
        compared=_compared(programmes, former),
        tie_clause=contest.edition.clause("ties-open-seats"),
        additional_clause=contest.edition.clause("further-seats") if further else "",
        manifest=results.manifest,
    )


def _whole(results: Results, name: str) -> pl.DataFrame:
    """A result table with counts as numbers; grades stay text."""
    table = results.table(name, pl.lit(True))
    if name == "seats":
        return table.with_columns(pl.exclude("programme").cast(pl.Int64))
    return table.with_columns(pl.col("option").cast(pl.Int64)) if name == "placements" else table


def _programmes(
    tables: Mapping[str, pl.DataFrame], contest: Contest, former: Former | None
) -> pl.DataFrame:
    """One row a programme: names, district, demand, seats, last grade now and before.

    Columns programme, course, institution, subsystem, district, seats, placed, tie_extra,
    additional, leftover, first (candidates who wrote it first), written (in any option), and in
    tenths last_grade, former_grade and change; null where there is none.
    """
    named = contest.tables["programmes"].select(
        "programme", "subsystem", code="institution", course=pl.col("course_name").fill_null(""),
        institution=pl.col("institution_name").fill_null(""), written_district="district",
    )  # fmt: skip
    known = districts().rename({"institution": "code"})
    wanted = contest.tables["options"].group_by("programme").agg(
        first=(pl.col("order") == 1).sum().cast(pl.Int64), written=pl.len().cast(pl.Int64)
    )  # fmt: skip
    last = tables["last_placed"].filter(pl.col("quota") == "general")
    before = former.grades if former else pl.DataFrame(schema=Former.SCHEMA)
    columns = ("programme", "seats", "placed", "tie_extra", "additional", "leftover")
    return (
        tables["seats"]
        .select(columns)
        .join(named, on="programme", how="left")
        .join(known, on="code", how="left")
        .join(wanted, on="programme", how="left")
        .join(last.select("programme", last_grade=units(pl.col("grade"), 1)), "programme", "left")
        .join(before, on="programme", how="left")
        .select(
            "programme", "course", "institution", "subsystem",
            pl.coalesce("written_district", "district").alias("district"),
            *columns[1:], pl.col("first", "written").fill_null(0), "last_grade", "former_grade",
            change=pl.col("last_grade") - pl.col("former_grade"),
        )
        .sort("programme")
    )  # fmt: skip


def _totals(programmes: pl.DataFrame, by: str) -> pl.DataFrame:
    """Columns `by`, programmes, empty, seats, placed, leftover, first; rows without it left out."""
    return (
        programmes.drop_nulls(by)
        .group_by(by)
        .agg(
            pl.len().alias("programmes"),
            (pl.col("placed") == 0).sum().alias("empty"),
            pl.col("seats", "placed", "leftover", "first").sum(),
        )
        .sort("seats", by, descending=[True, False])
    )


def _quotas(tables: Mapping[str, pl.DataFrame]) -> tuple[QuotaUse, ...]:
    """The use of each quota that has seats or people, in the order they are heard."""
    placed = tables["placements"].filter(pl.col("result") == "placed")
    placed_in = dict(placed.group_by("quota").len().iter_rows())
    lists = tables["quota_lists"].group_by("quota")
    heard = dict(lists.agg(pl.col("candidate").n_unique()).iter_rows())
    seats = tables["seats"]
    uses = (
        QuotaUse(
            quota,
            int(seats[quota].sum()) if quota in seats.columns else 0,
            heard.get(quota, 0),
            placed_in.get(quota, 0),
        )
        for quota in QUOTAS
    )
    return tuple(use for use in uses if use.seats or use.heard or use.placed)


def _compared(programmes: pl.DataFrame, former: Former | None) -> Compared | None:
    if former is None:
        return None
    both = programmes.drop_nulls("change")
    correlation = None
    if both.height > 2:
        value = both.select(pl.corr("last_grade", "former_grade", method="spearman")).item()
        correlation = value if value == value else None  # NaN: all grades are equal
    return Compared(
        former.label,
        both.height,
        int((both["change"] > 0).sum()),
        int((both["change"] < 0).sum()),
        correlation,
    )
