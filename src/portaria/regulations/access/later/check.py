"""What an institution may open in phase 3: bound by the terms of the phase before (47/1)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access.check import TOO_MANY_OPENED, Finding
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.later.holders import former_seats
from portaria.regulations.access.later.terms import seat_terms


@rule("opened-seats")
def opened_within_limit(contest: Contest, opened: pl.DataFrame) -> Iterator[Finding]:
    """At most the seats left over and not enrolled in the phase before, less those of ties.

    `opened`: the table with its source rows.
    """
    limit = (pl.col("vs1") + pl.col("vsm") - pl.col("ve")).clip(lower_bound=0)
    terms = seat_terms(contest, former_seats(contest)).select("programme", limit=limit)
    above = opened.join(terms, on="programme", maintain_order="left").filter(
        pl.col("seats") > pl.col("limit")
    )
    yield Finding("opened", above, "seats", TOO_MANY_OPENED, "opened-seats")
