"""What is missing to apply: exams, points, tenths, a prerequisite."""

from __future__ import annotations

from typing import Any

from portaria.core.rounding import Rounding, round_to
from portaria.regulations.access.explain.account import ExamSet
from portaria.regulations.access.plan.account import Below, Missing, SetMissing
from portaria.regulations.access.reasons import GRADE_BELOW_MINIMUM

Row = dict[str, Any]
RANKING = ("ranking", "both")


def missing(row: Row, programme: Row, sets: tuple[ExamSet, ...]) -> Missing:
    """All that an option lacks; `row` as `graded_pairs` gives it."""
    unmet = not row["prerequisite_met"]
    short = row["min_tenths"] - row["tenths"] if row["reason"] == GRADE_BELOW_MINIMUM else None
    return Missing(
        nearest=nearest_sets(sets, least_exam(programme)),
        prerequisite=programme["prerequisite"] if unmet else None,
        prerequisite_ranks=unmet and programme["prerequisite_kind"] in RANKING,
        tenths=short,
    )


def least_exam(programme: Row) -> int:
    """The least whole exam grade that reaches the minimum."""
    return round_to(programme["min_exam"], 1, Rounding.CEILING)


def nearest_sets(sets: tuple[ExamSet, ...], least: int) -> tuple[SetMissing, ...]:
    """The sets with fewest exams not taken, then fewest below the minimum; by points missing.

    None where a set has everything; sets that lack the same stand once.
    """
    tried = [_set_missing(each, least) for each in sets]
    fewest = min((_count(each) for each in tried), default=(0, 0))
    if fewest == (0, 0):
        return ()
    nearest = {
        (each.not_taken, each.below): each for each in reversed(tried) if _count(each) == fewest
    }
    return tuple(sorted(nearest.values(), key=lambda each: (_points(each), each.number)))


def _set_missing(tried: ExamSet, least: int) -> SetMissing:
    not_taken = tuple(exam.exam for exam in tried.exams if exam.grade is None)
    below = tuple(
        Below(exam.exam, exam.grade, least - exam.grade)
        for exam in tried.exams
        if exam.grade is not None and exam.grade < least
    )
    return SetMissing(tried.number, not_taken, below)


def _count(tried: SetMissing) -> tuple[int, int]:
    return len(tried.not_taken), len(tried.below)


def _points(tried: SetMissing) -> int:
    return sum(exam.points for exam in tried.below)
