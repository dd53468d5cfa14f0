"""What replications say, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from portaria.core.messages import Message, declare, show
from portaria.documents.access_report.speech import NONE
from portaria.documents.access_simulation.told import SHOWN, TOTALS, Section, Told
from portaria.regulations.access.simulate.distributions import PERCENTS
from portaria.regulations.access.simulate.simulation import Replicated, Simulation

REPLICATIONS = declare(
    "simulate-replications",
    "{count} replication, seed {seed}: {resample}; {noise}.",
    "{count} replications, seed {seed}: {resample}; {noise}.",
)
RESAMPLED = declare("simulate-resampled", "candidates drawn again with replacement")
NOT_RESAMPLED = declare("simulate-not-resampled", "the same candidates")
NOISE = declare("simulate-noise", "grades moved by a standard deviation of {noise} points")
NO_NOISE = declare("simulate-no-noise", "the same grades")
RANGES = declare(
    "simulate-ranges",
    "The median, and in brackets the 5th and the 95th percentile of the replications.",
)
RANGE = declare("simulate-range", "{median} ({low} to {high})")
VARYING = declare("simulate-varying", "Over the replications")
HARDEST = declare("simulate-hardest", "The programmes with the highest last grades")
MOST_CHANGED = declare("simulate-most-changed", "The programmes whose placed change most")


class Varied(Told):
    """The sections of the replications."""

    def replicated(self, found: Replicated, simulation: Simulation) -> Iterator[Section]:
        demand = found.demand
        resample = Message(RESAMPLED if demand.resample else NOT_RESAMPLED)
        noise = Message(NOISE, {"noise": demand.noise}) if demand.noise else Message(NO_NOISE)
        params = {"seed": str(found.seed), "resample": resample, "noise": noise}
        yield Section(
            self.say(VARYING),
            (self.say(REPLICATIONS, count=found.replications, **params), self.say(RANGES)),
        )
        sides = found.totals["side"].unique(maintain_order=True).to_list()
        by_figure: dict[str, dict[str, str]] = {}
        for row in found.totals.iter_rows(named=True):
            by_figure.setdefault(row["figure"], {})[row["side"]] = self.range(row, "p")
        rows = [
            (self.figure(name), *(cells.get(side, "") for side in sides))
            for name, cells in by_figure.items()
        ]
        heads = {"before": "now", "after": "changed", "difference": "difference"}
        yield self.section(TOTALS, ("", *(heads[side] for side in sides)), rows, len(rows))
        names = simulation.contest.tables["programmes"].select(
            "programme", "course_name", "institution_name"
        )
        named = found.programmes.join(names, on="programme", how="left", maintain_order="left")
        yield self.varying(named, len(sides) > 1)

    def varying(self, table: pl.DataFrame, changed: bool) -> Section:
        """The programmes that change most, or the hardest where there is no change."""
        by = pl.col("placed_mean" if changed else "last_50").cast(pl.Decimal(12, 2)).abs()
        side = "difference" if changed else "before"
        rows = table.filter(pl.col("side") == side).sort(
            by, "programme", descending=[True, False], nulls_last=True
        )
        kept = table.filter(pl.col("side") != "difference")
        shares = dict(
            kept.group_by("programme", maintain_order=True).agg("filled_share").iter_rows()
        )
        told = [
            (self.named(row), self.range(row, "placed_"),
             self.range(row, "last_"), self.fills(shares[row["programme"]]))
            for row in rows.head(SHOWN).iter_rows(named=True)
        ]  # fmt: skip
        heading = MOST_CHANGED if changed else HARDEST
        return self.section(heading, ("programme", "placed", "last", "fills"), told)

    def range(self, row: Mapping[str, Any], prefix: str) -> str:
        low, median, high = (row[f"{prefix}{percent}"] for percent in PERCENTS)
        if median is None:
            return NONE
        ends = {"low": self.cell(low), "median": self.cell(median), "high": self.cell(high)}
        return self.say(RANGE, **ends)

    def fills(self, shares: Sequence[str]) -> str:
        """Shares with three decimals, before and after, as percentages with one."""
        told = [f"{show(Decimal(share).scaleb(2), self.lang)}\u00a0%" for share in shares]
        return " → ".join(dict.fromkeys(told))
