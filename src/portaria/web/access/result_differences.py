"""Who fares otherwise in one result than in another: a what-if against the official one."""

from __future__ import annotations

import polars as pl

from portaria.regulations.access.simulate.effects import FATE, fates
from portaria.web.access.kept_results import whole_table
from portaria.web.access.models import Run

OTHER = "other"


def between(base: Run, other: Run) -> pl.DataFrame:
    """One row a candidate who is placed otherwise, by key: her fate in `base` with the ending
    `_before`, in `other` with `_after`, and `kind` as the engine tells it.

    The engine compares results of the same forms. Where a table was corrected between the two,
    there is OTHER as well: another programme in the same place, or excluded instead of not placed.
    """
    both = fates(*(_placements(run) for run in (base, other)))
    differs = (
        pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))
        for name in FATE
        if name != "grade"
    )
    moved = pl.col("programme_before") != pl.col("programme_after")
    kind = pl.when(moved & (pl.col("kind") == "other_quota")).then(None).otherwise("kind")
    found = both.filter(pl.any_horizontal(*differs))
    return found.with_columns(kind=kind.fill_null(OTHER))


def _placements(run: Run) -> pl.DataFrame:
    return whole_table(run, "placements").with_columns(pl.col("option").cast(pl.Int64))


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
