"""How an application grade stands against the last placed of the published years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from portaria.regulations.access.plan.account import (
    ABOVE,
    ABSENT,
    BELOW,
    EQUAL,
    NO_GRADE,
    NOBODY,
    Standing,
    Target,
    YearStanding,
)
from portaria.regulations.access.published import published, published_years

Row = dict[str, Any]


def published_rows() -> dict[int, dict[str, Row]]:
    """By year and programme: last_grade (tenths or None) and leftover seats."""
    return {
        year: {
            row["programme"]: row
            for row in published(year)
            .select("programme", "last_grade", "leftover")
            .iter_rows(named=True)
        }
        for year in published_years()
    }


def year_standing(year: int, row: Row | None, grade: int | None) -> YearStanding:
    """The standing in one year; `row`: as published, `grade`: in tenths, if she can apply."""
    if row is None:
        return YearStanding(year, ABSENT)
    last, leftover = row["last_grade"], row["leftover"]
    if last is None:
        return YearStanding(year, NOBODY, leftover=leftover)
    if grade is None:
        return YearStanding(year, NO_GRADE, points(last), leftover=leftover)
    difference = grade - last
    state = ABOVE if difference > 0 else BELOW if difference else EQUAL
    return YearStanding(year, state, points(last), difference, leftover)


def standing(years: Sequence[YearStanding]) -> Standing:
    """The years together, for a candidate who can apply."""
    known = [each for each in years if each.state != ABSENT]
    states = [each.state for each in known]
    contested = [
        each.difference for each in known if not each.leftover and each.difference is not None
    ]
    return Standing(
        years=len(known),
        above=states.count(ABOVE),
        equal=states.count(EQUAL),
        below=states.count(BELOW),
        nobody=states.count(NOBODY),
        leftover=sum(bool(each.leftover) for each in known),
        reached=sum(_reached(each) for each in known),
        margin=min(contested, default=None),
    )


def _reached(year: YearStanding) -> bool:
    """Where seats were left over nobody who could apply was left out, whatever the last grade."""
    return bool(year.leftover) or year.state in (ABOVE, EQUAL)


def target(years: Sequence[YearStanding]) -> Target | None:
    """The latest year that says what was enough; None where no year does."""
    for each in reversed(years):
        if each.leftover:
            return Target(each.year, None)
        if each.last_grade is not None:
            return Target(each.year, each.last_grade)
    return None


def points(tenths: int) -> Decimal:
    """Tenths as a grade with one decimal."""
    return Decimal(tenths).scaleb(-1)


def tenths(grade: Decimal) -> int:
    """A grade with one decimal as tenths."""
    return int(grade.scaleb(1))
