"""The steps that both annexes share: need bonus, performance cut, rounding (annex I/2 and I/3)."""

from __future__ import annotations

from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rounding import WHOLE, Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica.model import ZERO, Cut, Need

NO_POINTS = declare(
    "qualifica-no-points", "the points above the nation are from -100 to 100, not {value}"
)
NO_PERFORMANCE = declare("qualifica-no-performance", "a performance is not below zero: {value}")


@rule("qualifica-need")
def need_bonus(above: Fraction, rules: RuleSet) -> Need:
    """An hour a point above the nation; never below zero, seven at most. UsageError beyond 100."""
    if not -100 <= above <= 100:
        raise UsageError(Message(NO_POINTS, {"value": above}))
    whole = rules.takes("need_points", "whole")
    counted = max(Fraction(round_to(above, WHOLE, Rounding.FLOOR)) if whole else above, ZERO)
    most = Fraction(rules.number("need_most"))
    points = counted * rules.number("need_point")
    clause = rules.clause("qualifica-need")
    return Need(above, counted, min(points, most), clause, held=points > most)


@rule("qualifica-cut")
def performance_cut(performance: Fraction, rules: RuleSet) -> Cut:
    """1.1 hours for each five points below the target; above it there is nothing to win.

    UsageError below zero.
    """
    if performance < 0:
        raise UsageError(Message(NO_PERFORMANCE, {"value": performance}))
    below = max(rules.number("target") - performance, ZERO)
    blocks = below / rules.number("cut_points")
    if rules.takes("performance_points", "whole"):
        blocks = Fraction(round_to(blocks, WHOLE, Rounding.FLOOR))
    return Cut(performance, below, blocks, rules.share("cut") * blocks,
               rules.clause("qualifica-cut"))  # fmt: skip


@rule("qualifica-rounding-up", "qualifica-rounding-down")
def to_the_hour(exact: Fraction, rules: RuleSet) -> tuple[int, str]:
    """By the first decimal, five or more upwards, with the clause of the way it goes; of numbers
    not below zero, that is the half upwards."""
    hours = round_to(exact, WHOLE, Rounding.HALF_UP)
    way = "up" if hours > exact else "down"
    return hours, rules.clause(f"qualifica-rounding-{way}")
