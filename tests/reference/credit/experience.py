"""Article 12: professional experience, its assessment, and why it has no grade."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from .model import Item

METHODS = ("written", "oral", "project", "observation", "interview", "portfolio")
"""12/4, letters a) to f); 12/4 and g) allow others that fit better."""
NEED_A_RECORD = ("oral", "interview")
PRINCIPLES = ("acceptability", "sufficiency", "authenticity", "currency")


def ground(item: Item) -> str:
    """12/1, 12/3: time served gives nothing without an assessment; of an oral and an interview a
    written record must exist (12/4/b, e)."""
    if item.source != "experience":
        return ""
    if not item.assessment:
        return "no-assessment"
    if all(method in NEED_A_RECORD and record is False for method, record in item.assessment):
        return "written-record-missing"
    return ""


def warnings(item: Item) -> list[str]:
    """What a person must see to in the assessment of an item that stands."""
    found = ["four-principles"]
    if any(m in NEED_A_RECORD and record is None for m, record in item.assessment):
        found.append("record-not-said")
    if any(m not in METHODS for m, _ in item.assessment):
        found.append("other-method")
    return found


class Passed(NamedTuple):
    """A unit of the degree: its credits, its grade, and whether the grade counts."""

    credits: Fraction
    grade: Fraction | None
    counts: bool = True


def average(units: Iterable[Passed]) -> Fraction | None:
    """12/6: a unit without grade is in neither the sum nor the weights; weights are credits."""
    counted = [unit for unit in units if unit.counts and unit.grade is not None]
    weight = sum((unit.credits for unit in counted), Fraction(0))
    if not weight:
        return None
    return sum((unit.credits * (unit.grade or 0) for unit in counted), Fraction(0)) / weight
