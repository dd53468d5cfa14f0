"""The effects of a change by programme and by group.

A group of candidates (area, secondary course, with or without a final grade) counts its own. A
group of seats (a programme, its subsystem or district, a quota) counts those better off where their
new seat is and those worse off where their former one was, so that the groups of a kind add to the
totals.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.published import districts

GAINING, LOSING = ("seat_gained", "earlier_option"), ("later_option", "seat_lost")
KINDS = (*GAINING, "other_quota", *LOSING)
"""How a result can differ: for the better, by the quota alone, for the worse."""
SEAT_GROUPS = ("subsystem", "district", "quota")
PEOPLE_GROUPS = ("area", "secondary_course", "has_final_grade")


def group_counts(fates: pl.DataFrame, contest: Contest) -> pl.DataFrame:
    """One row a group, `group` empty where the tables do not say.

    Columns kind, group, candidates (null for groups of seats), placed_before, placed_after,
    entered and left (in the group after and not before, or the reverse; null for groups of
    people), and one column for each way a result differs.
    """
    seats = _seat_facts(contest)
    people = contest.tables["candidates"].select("candidate", *PEOPLE_GROUPS)
    own = fates.join(people, on="candidate", how="left", maintain_order="left")
    for when in ("before", "after"):
        facts = seats.rename({name: f"{name}_{when}" for name in seats.columns})
        own = own.join(facts, on=f"programme_{when}", how="left", maintain_order="left")
    tables = [_of_seats(own, name) for name in SEAT_GROUPS]
    tables += [_of_people(own, name) for name in PEOPLE_GROUPS]
    return pl.concat(tables)


def programme_counts(
    fates: pl.DataFrame,
    before: Mapping[str, pl.DataFrame],
    after: Mapping[str, pl.DataFrame],
    contest: Contest,
) -> pl.DataFrame:
    """One row a programme: seats, placed, leftover and the last grade of the general quota.

    Each before and after; then entered, left and one column for each way a result differs.
    """
    names = contest.tables["programmes"].select("programme", "institution_name", "course_name")
    rows = names
    for tables, when in ((before, "before"), (after, "after")):
        last = tables["last_placed"].filter(pl.col("quota") == "general")
        seats = (
            tables["seats"]
            .select("programme", "seats", "placed", "leftover")
            .join(last.select("programme", last_grade="grade"), on="programme", how="left")
        )
        told = {name: f"{name}_{when}" for name in seats.columns if name != "programme"}
        rows = rows.join(seats.rename(told), on="programme", how="left")
    figures = ("seats", "placed", "leftover", "last_grade")
    counts = _of_seats(fates, "programme").drop("kind", "candidates", "^placed_.*$")
    columns = [f"{name}_{when}" for name in figures for when in ("before", "after")]
    return (
        rows.select(*names.columns, *columns)
        .join(counts.rename({"group": "programme"}), on="programme", how="left")
        .with_columns(pl.col("entered", "left", *KINDS).fill_null(0))
        .sort("programme")
    )


def _seat_facts(contest: Contest) -> pl.DataFrame:
    """programme, subsystem and district, as the report of a contest knows them."""
    programmes = contest.tables["programmes"].select(
        "programme", "subsystem", "institution", written="district"
    )
    return programmes.join(districts(), on="institution", how="left").select(
        "programme", "subsystem", pl.coalesce("written", "district").alias("district")
    )


def _of_seats(fates: pl.DataFrame, name: str) -> pl.DataFrame:
    """Counts by a fact of the seat, which is `name` before and after."""
    ends = {when: _text(f"{name}_{when}") for when in ("before", "after")}
    had, has = (pl.col(f"result_{when}") == "placed" for when in ends)
    stays = had & has & (ends["before"] == ends["after"])
    loses = pl.col("kind").is_in(LOSING)
    before = fates.filter(had).group_by(group=ends["before"]).agg(
        placed_before=pl.len(), left=(~stays).sum(), **_kinds(loses)
    )  # fmt: skip
    after = fates.filter(has).group_by(group=ends["after"]).agg(
        placed_after=pl.len(), entered=(~stays).sum(), **_kinds(~loses)
    )  # fmt: skip
    joined = before.join(after, on="group", how="full", coalesce=True, suffix="_of_after")
    return _ordered(
        joined.with_columns(
            *(pl.sum_horizontal(kind, f"{kind}_of_after").alias(kind) for kind in KINDS),
            kind=pl.lit(name),
            candidates=pl.lit(None, pl.Int64),
        )
    )


def _of_people(fates: pl.DataFrame, name: str) -> pl.DataFrame:
    """Counts by a fact of the candidate."""
    counted = fates.group_by(group=_text(name)).agg(
        candidates=pl.len(),
        **{
            f"placed_{when}": (pl.col(f"result_{when}") == "placed").sum()
            for when in ("before", "after")
        },
        **_kinds(pl.lit(True)),
    )
    nothing = pl.lit(None, pl.Int64)
    return _ordered(counted.with_columns(kind=pl.lit(name), entered=nothing, left=nothing))


def _kinds(where: pl.Expr) -> dict[str, pl.Expr]:
    return {kind: ((pl.col("kind") == kind) & where).fill_null(False).sum() for kind in KINDS}


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("")


def _ordered(table: pl.DataFrame) -> pl.DataFrame:
    """The columns of `group_counts`, rows by group; a seat group that nobody is in counts 0."""
    seats = table["candidates"].null_count() == table.height
    counts = ("placed_before", "placed_after", *(("entered", "left") if seats else ()), *KINDS)
    columns = ("candidates", "placed_before", "placed_after", "entered", "left", *KINDS)
    told = table.select("kind", "group", pl.col(*columns).cast(pl.Int64))
    return told.with_columns(pl.col(*counts).fill_null(0)).sort("group")
