"""Which quotas heard an option, at which rank, and how far the last placed stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from portaria.regulations.access import grades, quotas
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import Distance, Hearing, LastPlaced
from portaria.regulations.access.reasons import OUTRANKED, QUOTAS
from portaria.regulations.access.schemas import ISLANDS

Row = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """A candidate's form as `quotas.form` reads it, by order, and the congeners that it lacks."""

    options: Mapping[int, Row]
    congeners: Mapping[str, pl.DataFrame]


def read_form(contest: Contest) -> Form:
    """The form of the contest's only candidate."""
    graded = grades.graded_options(contest)
    options = {row["order"]: row for row in quotas.form(contest, graded).iter_rows(named=True)}
    missing = {island: quotas.missing_congeners(contest, graded, island) for island in ISLANDS}
    return Form(options, missing)


def own_key(row: Row, ranking: pl.DataFrame) -> LastPlaced | None:
    """The candidate's own key at a programme, None where she is not ranked."""
    if row["rank"] is None:
        return None
    own = ranking.row(by_predicate=pl.col("candidate") == row["candidate"], named=True)
    return last_placed(own | {"quota": ""})


def _distance(mine: LastPlaced, last: LastPlaced, later: bool) -> Distance:
    """How far `mine` stands behind the last placed of a quota."""
    tenths = int((last.grade - mine.grade) * 10)
    parts = ("exam_part", "tie_1", "tie_2")
    behind = next((p for p in parts if getattr(mine, p) != getattr(last, p)), "")
    if tenths < 0 or (tenths == 0 and behind and getattr(mine, behind) > getattr(last, behind)):
        # Better, and yet behind: only those heard later can be.
        return Distance(last.quota, 0, "ground" if later else "")
    return Distance(
        last.quota, tenths, "grade" if tenths else behind or ("ground" if later else "")
    )


def shortest_way(
    row: Row, mine: LastPlaced | None, general: LastPlaced | None, hearings: tuple[Hearing, ...]
) -> Distance | None:
    """The shortest way missing to a seat at an option that was outranked."""
    if row["reason"] != OUTRANKED or mine is None:
        return None
    ways = [hearing.distance for hearing in hearings if hearing.distance]
    if general is not None:
        ways.append(_distance(mine, general, later=False))
    return min(ways, key=lambda way: way.tenths, default=None)


def hearings(
    row: Row,
    seats: Row,
    last: Mapping[str, LastPlaced],
    lists: pl.DataFrame,
    form: Form,
    contest: Contest,
    own: LastPlaced | None,
) -> tuple[Hearing, ...]:
    """Each quota or preference asked for at an option; none where the option is not valid.

    `row` of options_outcome; `seats`, `last` (by quota) and `lists` (quota_lists) of its programme;
    `own`: the candidate's key there.
    """
    if row["outcome"] == "ineligible" or contest.phase > 1:  # one quota there (44/2, 49/2)
        return ()
    order = int(row["order"])
    found = []
    for quota, why_not in quotas.asked(form.options[order]).items():
        stage = f"stage-{quota.replace('_', '-')}"
        rule = quotas.CONDITIONS.get((quota, why_not), stage)
        members = lists.filter(pl.col("quota") == quota)
        later = bool(form.options[order]["later"] >> QUOTAS.index(quota) & 1)
        distance = None
        if row["reason"] == OUTRANKED and own and not why_not and quota in last:
            distance = _distance(own, last[quota], later)
        mine = members.filter(pl.col("candidate") == row["candidate"])
        found.append(
            Hearing(
                quota,
                contest.edition.clause(rule),
                int(seats[quota]),
                rank=None if mine.is_empty() else int(mine["rank"][0]),
                of=None if mine.is_empty() else members.height,
                last_placed=last.get(quota),
                distance=distance,
                after_first_ground=later,
                why_not=why_not,
                because=_because(quota, why_not, row, form, quotas.form_order_in_force(contest)),
            )
        )
    return tuple(found)


def _because(quota: str, why_not: str, row: Row, form: Form, form_order: str) -> tuple[str, ...]:
    if why_not == "form_order":
        first = next(
            order
            for order, option in sorted(form.options.items())
            if quotas.breaks_sequence(quota, option, form_order)
        )
        return (str(first),)
    if why_not == "congener_missing":
        missing = form.congeners[quota].filter(pl.col("programme") == row["programme"])
        return tuple(missing["congener"])
    return ()


def last_placed(row: Row) -> LastPlaced:
    """A row of the table of that name, exact."""
    numbers = {name: Decimal(row[name]) for name in ("grade", "exam_part", "tie_1", "tie_2")}
    return LastPlaced(quota=row["quota"], **numbers)
