"""The options as they are written, and the contest in which they can be graded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.form.few import narrowed


@dataclass(frozen=True)
class Option:
    """first: the order of the option that it repeats, None where it repeats none."""

    order: int
    programme: str
    known: bool
    first: int | None

    @property
    def counts(self) -> bool:
        """Whether the engine can look at it."""
        return self.known and self.first is None


def written(contest: Contest) -> tuple[Option, ...]:
    """The options of the contest's only candidate, by order; a blank one is none."""
    rows = contest.tables["options"].drop_nulls(["order", "programme"]).sort("order", "programme")
    offered = set(contest.tables["programmes"]["programme"])
    return tuple(_options(rows.select("order", "programme").rows(), offered))


def _options(rows: list[tuple[int, str]], offered: set[str]) -> Iterator[Option]:
    by_programme: dict[str, int] = {}
    orders: set[int] = set()
    for order, programme in rows:
        first = by_programme.get(programme, order if order in orders else None)
        yield Option(order, programme, programme in offered, first)
        by_programme.setdefault(programme, order)
        orders.add(order)


@rule("option-limit")
def most_options(edition: Edition) -> int | None:
    """How many options the text allows (21/4), None for any number."""
    return int(edition.value("most_options")) if edition.has("most_options") else None


def gaps(options: tuple[Option, ...]) -> tuple[int, ...]:
    """The orders before the last that nothing stands at."""
    orders = {option.order for option in options}
    return tuple(order for order in range(1, max(orders, default=0)) if order not in orders)


def gradable(contest: Contest, options: tuple[Option, ...]) -> Contest:
    """The contest with the options that count and their programmes, and those they depend on."""
    counted = [(each.order, each.programme) for each in options if each.counts]
    programmes = {programme for _, programme in counted}
    congeners = contest.tables["congeners"].filter(
        pl.col("programme").is_in(pl.Series(sorted(programmes), dtype=pl.String).implode())
    )
    few = narrowed(contest, programmes.union(congeners["congener"]))
    who = contest.tables["candidates"]["candidate"][0]
    rows = [(who, *each) for each in counted]
    schema = contest.tables["options"].schema
    return replace(few, tables={**few.tables, "options": pl.DataFrame(rows, schema, orient="row")})
