"""One run: the month, the state, the settings, the facts, and the findings as they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from portaria.regulations.scae.facts import Facts
from portaria.regulations.scae.findings import Findings
from portaria.regulations.scae.month import Month
from portaria.regulations.scae.settings import Settings


@dataclass
class Run:
    """`reported`: the last ledger row of each record before the month, None without a ledger;
    `today`: the day of the run, None where every month counts as over; `filters`: class column to
    value (R01)."""

    month: Month
    state: str
    settings: Settings
    facts: Facts
    reported: pl.DataFrame | None = None
    today: date | None = None
    filters: dict[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    @property
    def status(self) -> str:
        """R01: `preview` for a month that is not over, else `final`."""
        over = self.today is None or self.today > self.month.last
        return "final" if over else "preview"

    def reading(self, name: str) -> str:
        """The choice in force of a reading."""
        return self.settings.readings[name]

    def known(self, day: pl.Expr) -> pl.Expr:
        """To the month: on or before its last day; false where there is no day."""
        return (day.cast(pl.Date) <= self.month.last).fill_null(False)

    def within(self, day: pl.Expr) -> pl.Expr:
        """In the month; false where there is no day."""
        first = pl.lit(self.month.first)
        return (day.cast(pl.Date) >= first).fill_null(False) & self.known(day)
