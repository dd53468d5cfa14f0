"""Who gains and who loses by a change: two placements of the same people, compared.

A candidate is better off who was not placed and would be, or who would get an option she wrote
earlier; worse off the other way round. The same option by another quota is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.glance import Glance, glance
from portaria.regulations.access.placement import Progress, place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.simulate.groups import (
    GAINING,
    KINDS,
    LOSING,
    group_counts,
    programme_counts,
)

FATE = ("result", "programme", "option", "quota", "grade")


@dataclass(frozen=True)
class Total:
    """A figure of the whole contest, as it is and as it would be."""

    figure: str
    before: int
    after: int


@dataclass(frozen=True)
class Effects:
    """What a change does.

    kinds: candidates by how their result differs, every one of `KINDS`. changes: one row a
    candidate whose result differs (candidate, kind, and `FATE` before and after). programmes: one
    row a programme. groups: one row a group of candidates or of programmes; see `groups`.
    """

    totals: tuple[Total, ...]
    kinds: Mapping[str, int]
    changes: pl.DataFrame
    programmes: pl.DataFrame
    groups: pl.DataFrame

    @property
    def better(self) -> int:
        """Candidates better off."""
        return sum(self.kinds[kind] for kind in GAINING)

    @property
    def worse(self) -> int:
        """Candidates worse off."""
        return sum(self.kinds[kind] for kind in LOSING)


def effects(contest: Contest, changed: Contest, on_progress: Progress | None = None) -> Effects:
    """Place `contest` and `changed`, which has the same candidates and options, and compare."""
    report = on_progress or (lambda stage, done, total: None)
    report("placement", 0, 2)
    before = result_tables(place(contest))
    report("placement", 1, 2)
    after = result_tables(place(changed))
    report("placement", 2, 2)
    differences = fates(before["placements"], after["placements"])
    differ = differences.filter(pl.col("kind").is_not_null())
    found = dict(differ.group_by("kind").len().iter_rows())
    return Effects(
        totals=_totals(glance(before, contest), glance(after, changed)),
        kinds={kind: int(found.get(kind, 0)) for kind in KINDS},
        changes=differ.select("candidate", "kind", pl.selectors.ends_with("_before", "_after")),
        programmes=programme_counts(differences, before, after, contest),
        groups=group_counts(differences, contest),
    )


def fates(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Every candidate of two tables `placements` with her results, and `kind`, one of `KINDS`; null
    where neither a seat, its option nor its quota differs."""
    both = [
        table.select("candidate", *(pl.col(name).alias(f"{name}_{when}") for name in FATE))
        for table, when in ((before, "before"), (after, "after"))
    ]
    had, has = (pl.col(f"result_{when}") == "placed" for when in ("before", "after"))
    sooner = pl.col("option_after") - pl.col("option_before")
    other = pl.col("quota_before") != pl.col("quota_after")
    kind = (
        pl.when(~had & has).then(pl.lit("seat_gained"))
        .when(had & ~has).then(pl.lit("seat_lost"))
        .when(had & has & (sooner < 0)).then(pl.lit("earlier_option"))
        .when(had & has & (sooner > 0)).then(pl.lit("later_option"))
        .when(had & has & other).then(pl.lit("other_quota"))
    )  # fmt: skip
    return both[0].join(both[1], on="candidate").with_columns(kind=kind).sort("candidate")


def _totals(before: Glance, after: Glance) -> tuple[Total, ...]:
    """The figures in the order in which people read them."""
    orders = sorted({*before.by_option, *after.by_option})
    totals = [
        Total("candidates", before.candidates, after.candidates),
        Total("placed", before.placed, after.placed),
        *(
            Total(f"option_{order}", before.by_option.get(order, 0), after.by_option.get(order, 0))
            for order in orders
        ),
    ]
    rest = ("not_placed", "excluded", "seats", "leftover", "tie_extra", "additional")
    return (*totals, *(Total(name, getattr(before, name), getattr(after, name)) for name in rest))
