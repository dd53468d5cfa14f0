"""The rows of a result that pages query, beside its folder: written once, held against it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from portaria.regulations.access.contest import Contest as Inputs
from portaria.web.access.bulk import read_rows, write_frame
from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import OptionResult, PlacementResult, Run, SeatResult
from portaria.web.search import folded


def write_result_rows(run: Run, tables: Mapping[str, pl.DataFrame], contest: Inputs) -> None:
    """The rows that pages query, in the caller's transaction."""
    institution = contest.tables["programmes"].select("programme", "institution")
    names = contest.tables["candidates"].select("candidate", "name")
    placements = (
        tables["placements"]
        .join(institution, on="programme", how="left", maintain_order="left")
        .join(names, on="candidate", how="left", maintain_order="left")
        .with_columns(grade=_decimal("grade"), sort_name=_sort_name("name", "candidate"))
    )
    write_frame(PlacementResult, placements, run_id=run.pk)
    options = tables["options_outcome"].with_columns(
        grade=_decimal("grade"), exam_part=_decimal("exam_part")
    )
    write_frame(OptionResult, options, run_id=run.pk)
    general = tables["last_placed"].filter(pl.col("quota") == "general")
    seats = (
        tables["seats"]
        .join(general.select("programme", last_grade=_decimal("grade")), on="programme", how="left")
        .join(institution, on="programme", how="left")
    )
    write_frame(SeatResult, seats, run_id=run.pk)


def _decimal(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _sort_name(name: str, key: str) -> pl.Expr:
    # As `public_search` looks for it.
    return pl.coalesce(name, key).map_elements(folded, return_dtype=pl.String)


def rows_agree(run: Run) -> bool:
    """Whether the placements that pages show are those of the result folder."""
    columns = ("candidate", "result", "programme", "option", "quota", "grade", "reason", "clause")
    shown = read_rows(PlacementResult, dict.fromkeys(columns, pl.String), {"run": run})
    path = results_folder(run) / "placements.csv"
    if not path.is_file():
        return False
    kept_rows = pl.read_csv(path, infer_schema=False)
    # Those whom rectifications moved stand in the folders of these, not in the placement's.
    moved = (run.answer or {}).get("rectified", []) if run.kind == Run.Kind.RECTIFICATION else []
    others = ~pl.col("candidate").is_in(moved)
    shown, kept_rows = shown.filter(others), kept_rows.select(columns).filter(others)
    return shown.sort("candidate").equals(kept_rows.sort("candidate"))
