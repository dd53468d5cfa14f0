"""Articles 3/5 and 12: professional experience is assessed, and has no grade."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from portaria.core.rule import rule
from portaria.regulations.credit.request import Item

METHODS = ("written", "oral", "project", "observation", "interview", "portfolio")
"""12/4/a to f; others that fit better may be used too, alone or together (12/4, g)."""
NEED_A_RECORD = ("oral", "interview")
PRINCIPLES = ("acceptability", "sufficiency", "authenticity", "currency")


class Passed(NamedTuple):
    """A unit of the degree: its credits, and its grade where it has one."""

    credits: Fraction
    grade: Fraction | int | None


@rule("experience-assessed", "experience-record")
def not_assessed(item: Item) -> str:
    """Why experience cannot be credited yet; nothing where an assessment is on file.

    Time served gives nothing (12/1, 12/3). Of an oral and of an interview a written record must
    exist (12/4/b, e): where all that is on file are such, and it is said that they lack it, a
    person sees to it.
    """
    if not item.assessment:
        return "no-assessment"
    if all(m.method in NEED_A_RECORD and m.written_record is False for m in item.assessment):
        return "written-record-missing"
    return ""


@rule("experience-principles")
def warnings(item: Item) -> tuple[str, ...]:
    """What a person looks at in an assessment: the four principles of 12/5, the record of an oral
    and an interview where it is not said whether there is one, and a method not named in 12/4."""
    found = ["four-principles"]
    if any(m.method in NEED_A_RECORD and m.written_record is None for m in item.assessment):
        found.append("record-not-said")
    if any(m.method not in METHODS for m in item.assessment):
        found.append("other-method")
    return tuple(found)


def average(units: Iterable[Passed]) -> Fraction | None:
    """12/6: a unit without grade stands neither in the sum nor in the weights, which are credits;
    None where no unit has one."""
    counted = [(unit.credits, Fraction(unit.grade)) for unit in units if unit.grade is not None]
    weight = sum((credits for credits, _ in counted), Fraction(0))
    return sum(c * g for c, g in counted) / weight if weight else None
