"""Who fares otherwise in one result than in another: a what-if against the official one."""

from __future__ import annotations

import polars as pl

from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import Run

FATE = ("result", "programme", "option", "quota")


def between(base: Run, other: Run) -> pl.DataFrame:
    """One row a candidate whose fate differs, by key.

    Columns candidate, then result, programme, option and quota of `base`, and of `other` with the
    ending `_other`, then `kind`: gained (a seat), lost (it), better, worse (another option), or
    quota (the same seat otherwise).
    """
    mine, theirs = (_fates(run) for run in (base, other))
    both = mine.join(theirs, on="candidate", suffix="_other").filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_other")) for name in FATE)
    )
    placed, placed_other = pl.col("result") == "placed", pl.col("result_other") == "placed"
    kind = (
        pl.when(~placed & placed_other).then(pl.lit("gained"))
        .when(placed & ~placed_other).then(pl.lit("lost"))
        .when(pl.col("option_other") < pl.col("option")).then(pl.lit("better"))
        .when(pl.col("option_other") > pl.col("option")).then(pl.lit("worse"))
        .otherwise(pl.lit("quota"))
    )  # fmt: skip
    return both.with_columns(kind=kind).sort("candidate")


def _fates(run: Run) -> pl.DataFrame:
    rows = pl.read_csv(results_folder(run) / "placements.csv", infer_schema=False)
    return rows.select("candidate", *FATE).with_columns(pl.col("option").cast(pl.Int64))


def counts(differing: pl.DataFrame) -> dict[str, int]:
    """How many there are of each kind."""
    return dict(differing.group_by("kind").len().iter_rows())


def standing(run: Run) -> Run | None:
    """What a run is held against: the result sent or published, or the newest placement."""
    official = run.contest.run
    if official is not None and official.pk != run.pk:
        return official
    others = Run.objects.filter(
        contest=run.contest, kind=Run.Kind.PLACEMENT, state=Run.State.DONE
    ).exclude(pk=run.pk)
    return others.exclude(digest="").first()
