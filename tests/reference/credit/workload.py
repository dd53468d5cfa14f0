"""Article 10: hours to credits, and periods before Bologna or without ECTS."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .exact import HALF, floor, half_up
from .model import Item

HOURS_OF_A_CREDIT = 27
HOURS_OF_A_YEAR, WEEKS_OF_A_YEAR, CREDITS_OF_A_YEAR = 1620, 40, 60
PERIODS = {"year": 60, "semester": 30, "term": 20}


def stepped(credits: Fraction, readings: Mapping[str, str]) -> Fraction:
    """The text divides and does not say what becomes of a rest."""
    match readings["credit_step"]:
        case "half_down":
            return floor(credits, HALF)
        case "half_near":
            return half_up(credits, HALF)
        case _:
            return credits


def hours_to_credits(hours: Fraction, readings: Mapping[str, str]) -> Fraction:
    """10/1-2: every kind of work of the student counts, contact and own."""
    return stepped(hours / HOURS_OF_A_CREDIT, readings)


def item_credits(item: Item, readings: Mapping[str, str]) -> Fraction:
    """Credits that are already ECTS stay as they are, whatever hours stand behind them."""
    if item.credits is not None:
        return item.credits
    assert item.hours is not None
    return hours_to_credits(item.hours, readings)


class Periods(NamedTuple):
    """`exact`: the sum; `credits`: rounded once, None where a person decides; `flags`:
    contact-hours, all-passed."""

    exact: Fraction
    credits: Fraction | None
    flags: tuple[str, ...]


def periods(given: Sequence[Mapping[str, Any]], readings: Mapping[str, str]) -> Periods:
    """10/4. A period: `kind`, and `complete`, or `subjects` of `hours` and `passed`; `contact`
    where the hours are contact hours only. Every subject passed makes a period complete."""
    exact, flags = Fraction(0), set()
    for period in given:
        whole, subjects = PERIODS[period["kind"]], period.get("subjects", [])
        if period.get("complete") or (subjects and all(s["passed"] for s in subjects)):
            exact += whole
            flags |= set() if period.get("complete") else {"all-passed"}
            continue
        planned = sum((Fraction(s["hours"]) for s in subjects), Fraction(0))
        done = sum((Fraction(s["hours"]) for s in subjects if s["passed"]), Fraction(0))
        if done:
            exact += whole * done / planned
            flags |= {"contact-hours"} if period.get("contact") else set()
    undecided = "contact-hours" in flags and readings["contact_hours"] == "human"
    return Periods(exact, None if undecided else stepped(exact, readings), tuple(sorted(flags)))
