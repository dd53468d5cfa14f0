"""Which quotas heard an option, at which rank, and how far the last placed stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True)
class Asked:
    """A quota or preference asked for at an option, and the rule that hears it or does not.

    later: it hears those of art. 11/1 first. why_not and because as in `Hearing`.
    """

    quota: str
    rule: str
    later: bool
    why_not: str
    because: tuple[str, ...]


def read_form(contest: Contest) -> Form:
    """The form of the contest's only candidate."""
    return form_of(contest, grades.graded_options(contest))


def form_of(contest: Contest, graded: pl.DataFrame) -> Form:
    """The same from its graded options."""
    options = {row["order"]: row for row in quotas.form(contest, graded).iter_rows(named=True)}
    missing = {island: quotas.missing_congeners(contest, graded, island) for island in ISLANDS}
    return Form(options, missing)


def asked_at(form: Form, order: int, form_order: str) -> Iterator[Asked]:
    """What the candidate asked for at an option, in the order of the stages."""
    option = form.options[order]
    for quota, why_not in quotas.asked(option).items():
        stage = f"stage-{quota.replace('_', '-')}"
        because: tuple[str, ...] = ()
        if why_not == "form_order":
            breaks = (
                each
                for each, row in sorted(form.options.items())
                if quotas.breaks_sequence(quota, row, form_order)
            )
            because = (str(next(breaks)),)
        elif why_not == "congener_missing":
            missing = form.congeners[quota].filter(pl.col("programme") == option["programme"])
            because = tuple(missing["congener"])
        yield Asked(
            quota,
            quotas.CONDITIONS.get((quota, why_not), stage),
            bool(option["later"] >> QUOTAS.index(quota) & 1),
            why_not,
            because,
        )


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
    found = []
    for asked in asked_at(form, int(row["order"]), quotas.form_order_in_force(contest)):
        quota = asked.quota
        members = lists.filter(pl.col("quota") == quota)
        distance = None
        if row["reason"] == OUTRANKED and own and not asked.why_not and quota in last:
            distance = _distance(own, last[quota], asked.later)
        mine = members.filter(pl.col("candidate") == row["candidate"])
        found.append(
            Hearing(
                quota,
                contest.edition.clause(asked.rule),
                int(seats[quota]),
                rank=None if mine.is_empty() else int(mine["rank"][0]),
                of=None if mine.is_empty() else members.height,
                last_placed=last.get(quota),
                distance=distance,
                after_first_ground=asked.later,
                why_not=asked.why_not,
                because=asked.because,
            )
        )
    return tuple(found)


def last_placed(row: Row) -> LastPlaced:
    """A row of the table of that name, exact."""
    numbers = {name: Decimal(row[name]) for name in ("grade", "exam_part", "tie_1", "tie_2")}
    return LastPlaced(quota=row["quota"], **numbers)
