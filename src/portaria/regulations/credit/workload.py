"""Articles 10/1-2, 10/4 and 11/3: the credits of an item: ECTS, hours, periods or a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rounding import HALF, Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Agreement, Item, Period

ZERO = Fraction(0)
STEPS = {"half_down": Rounding.FLOOR, "half_near": Rounding.HALF_UP}


@dataclass(frozen=True)
class Workload:
    """The credits of an item, None where a person decides them.

    `exact` before rounding; `basis`: ects, hours, periods or agreement, as they were found;
    `flags`: contact-hours, agreement-part. `partly`: a period was not complete.
    """

    credits: Fraction | None
    exact: Fraction
    basis: str
    flags: tuple[str, ...] = ()
    partly: bool = False


@rule("learning-agreement")
def credits_of(item: Item, rules: RuleSet) -> Workload:
    """The credits that an item asks for. Those that are ECTS already stay as they are, whatever
    hours stand behind them; a learning agreement says what its units are worth here (11/3)."""
    if item.agreement is not None:
        return agreed(item.agreement)
    if item.credits is not None:
        return Workload(item.credits, item.credits, "ects")
    if item.hours is not None:
        return of_hours(item.hours, rules)
    return of_periods(item.periods, rules)


@rule("hours-to-credits")
def of_hours(hours: Fraction, rules: RuleSet) -> Workload:
    """10/1-2: every kind of work of the student counts, contact and own; 27 hours a credit."""
    exact = hours / rules.number("hours_of_a_credit")
    return Workload(stepped(exact, rules), exact, "hours")


@rule("periods-complete", "periods-incomplete")
def of_periods(periods: Sequence[Period], rules: RuleSet) -> Workload:
    """10/4: a complete year, semester or term is 60, 30 or 20 credits; of an incomplete one, each
    subject has its share of the period's hours. The sum is rounded once.

    A period of which every subject was passed is complete, and flagged: a list of the subjects
    passed alone looks the same.
    """
    exact, contact, partly, flags = ZERO, False, False, []
    for period in periods:
        whole = rules.number(f"credits_of_a_{period.kind}")
        done = sum((s.hours for s in period.subjects if s.passed), ZERO)
        planned = sum((s.hours for s in period.subjects), ZERO)
        if period.complete or done == planned:
            exact += whole
            flags += [] if period.complete else ["all-passed"]
            continue
        partly = True
        if done:
            exact += whole * done / planned
            contact = contact or period.contact
    flags += ["contact-hours"] if contact else []
    undecided = contact and rules.takes("contact_hours", "human")
    credits = None if undecided else stepped(exact, rules)
    return Workload(credits, exact, "periods", tuple(sorted(set(flags))), partly)


def agreed(agreement: Agreement) -> Workload:
    """11/3: all host units passed are the home units of the agreement, whatever their own sum is.
    The agreement says nothing about a part of it: that is the commission's."""
    home = sum(agreement.home, ZERO)
    if all(unit.passed for unit in agreement.host):
        return Workload(home, home, "agreement")
    return Workload(None, home, "agreement", ("agreement-part",))


def stepped(credits: Fraction, rules: RuleSet) -> Fraction:
    """The text divides and does not say what becomes of a rest."""
    if rules.takes("credit_step", "exact"):
        return credits
    return round_to(credits, HALF, STEPS[rules.readings["credit_step"]])
