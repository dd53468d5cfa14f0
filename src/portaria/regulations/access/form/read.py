"""One form as the engine reads it: graded, heard, with the seats of its programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from portaria.regulations.access import grades, quotas
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.hearings import Form, form_of
from portaria.regulations.access.form.account import QuotaSize
from portaria.regulations.access.reasons import ORDERED_STAGES, REASONS

Row = dict[str, Any]


@dataclass(frozen=True)
class Read(Form):
    """A form of a contest with one candidate and the programmes it needs.

    graded: the rows of `graded_options`. seats and sizes by programme. held: the programme of the
    seat that she keeps unless placed again. clauses: by reason.
    """

    contest: Contest
    graded: pl.DataFrame
    programmes: Mapping[str, Row]
    seats: Mapping[str, int]
    sizes: Mapping[str, tuple[QuotaSize, ...]]
    held: str | None
    clauses: Mapping[str, str]

    @property
    def places_matter(self) -> bool:
        """Whether an option that counts as not written stands in the order all the same."""
        matters = self.contest.phase == 1 and "form_order" in self.contest.readings
        return matters and quotas.form_order_in_force(self.contest) == "as_written"


def read(contest: Contest) -> Read:
    """The form of the contest's only candidate, whose options all count."""
    graded = grades.graded_options(contest)
    held = None
    if contest.phase == 1:
        form = form_of(contest, graded)
        sizes = quotas.quota_sizes(contest)
    else:
        graded, sizes, held = _later(contest, graded)
        form = Form({row["order"]: row for row in graded.iter_rows(named=True)}, {})
    rows = {row["programme"]: row for row in sizes.iter_rows(named=True)}
    return Read(
        form.options,
        form.congeners,
        contest,
        graded,
        {row["programme"]: row for row in contest.tables["programmes"].iter_rows(named=True)},
        {programme: row["seats"] for programme, row in rows.items()},
        {programme: _sizes(contest, row) for programme, row in rows.items()},
        held,
        REASONS.clauses(contest.edition, contest.variant),
    )


def _later(contest: Contest, graded: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, str | None]:
    """The same in a later phase: what is no better than the seat held, seats without VL."""
    from portaria.regulations.access.later.holders import former_seats, guaranteed
    from portaria.regulations.access.later.placement import without_what_is_no_better
    from portaria.regulations.access.later.terms import seat_terms

    former = former_seats(contest)
    held = guaranteed(contest, former)
    terms = seat_terms(contest, former)
    put_up = pl.when("open").then(pl.col("base").clip(lower_bound=0)).otherwise(0)
    none = {quota: pl.lit(0, pl.Int64) for quota in ORDERED_STAGES}
    sizes = terms.select("programme", seats=put_up).with_columns(**none)
    return (
        without_what_is_no_better(graded, held, terms),
        sizes.with_columns(general="seats"),
        held["programme"][0] if held.height else None,
    )


def _sizes(contest: Contest, row: Row) -> tuple[QuotaSize, ...]:
    """The quotas with nominal seats, the general one in any case."""
    return tuple(
        QuotaSize(quota, row[quota], _sized_by(contest, quota))
        for quota in ORDERED_STAGES
        if row[quota] or quota == "general"
    )


def _sized_by(contest: Contest, quota: str) -> str:
    """The clause that sizes a quota: of the share that the text gives it, or allows it."""
    edition = contest.edition
    if quota == "general":
        several = contest.phase == 1 and edition.has("general-quota")
        return edition.clause("general-quota" if several else "stage-general", contest.variant)
    if quota.endswith("_preference"):
        return edition.parameters[f"preference_{quota.removesuffix('_preference')}"].clause
    name = f"quota_{quota}" if quota in quotas.SPECIAL else f"{quota}_share_limit"
    return edition.parameters[name].clause
