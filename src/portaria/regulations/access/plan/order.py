"""In which order programmes are told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portaria.regulations.access.plan.account import Choice
from portaria.regulations.access.plan.search import folded


def safest_first(choice: Choice) -> tuple[Any, ...]:
    """Of those within reach: most of the years reached, then the worst of the contested years.

    A programme with seats left over in every year stands before all, one without any year to
    compare with after all. Then by name.
    """
    told = choice.standing
    if told is None:
        raise ValueError(f"{choice.programme} is not within reach")
    share = Fraction(told.reached, told.years) if told.years else Fraction(0)
    uncontested = told.years > 0 and told.margin is None
    order = (-share, -told.reached, told.years == 0, not uncontested, -(told.margin or 0))
    return *order, *_name(choice)


def nearest_first(choice: Choice) -> tuple[Any, ...]:
    """Of the others: fewest exams not taken, fewest below the minimum, fewest points or tenths."""
    lack = choice.missing
    if lack is None:
        raise ValueError(f"{choice.programme} is within reach")
    near = lack.nearest[0] if lack.nearest else None
    return (
        len(near.not_taken) if near else 0,
        len(near.below) if near else 0,
        lack.prerequisite is not None,
        10 * sum(each.points for each in near.below) if near else lack.tenths or 0,
        *_name(choice),
    )


def _name(choice: Choice) -> tuple[str, str, str]:
    return folded(choice.course), folded(choice.institution), choice.programme
