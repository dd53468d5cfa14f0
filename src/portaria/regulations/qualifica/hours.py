"""Annexes I and II: the weekly hours of a school that promotes a centre or is a partner of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica.figures import measured_on
from portaria.regulations.qualifica.model import (
    BOTH,
    NO_PROPORTION,
    PARTNER,
    PROMOTER,
    ZERO,
    Cut,
    Hours,
    Need,
    School,
)
from portaria.regulations.qualifica.new_centres import flat, last_flat_day
from portaria.regulations.qualifica.roles import rule_of
from portaria.regulations.qualifica.steps import need_bonus, performance_cut, to_the_hour

NEEDED = declare(
    "qualifica-figures-needed",
    "the points above the nation and the performance are needed; only a new centre has none",
)
BEFORE = declare(
    "qualifica-before", "Despacho 6261-B/2017 is in force from {first}; {day} is before"
)
PROMOTERS_NONE = declare("qualifica-promoters-none", "a proportion is a partner's only")
NO_SHARE = declare("qualifica-no-share", "a proportion is from 0 to 1, not {value}")


def hours(school: School, on: date | None, rules: RuleSet) -> Hours:
    """The hours of a school, on a day where one matters; UsageError where something is missing,
    impossible or out of force."""
    role, both = rule_of(school.role), school.role == BOTH
    check_day(on, rules)
    _check_proportion(role, school.proportion)
    last = last_flat_day(role, school.authorised_on, on, rules)
    if school.did_not_apply:
        return none_at_all(role, both, rules)
    if last is not None and on is not None and on <= last:
        return flat(last, both, rules)
    if school.points_above is None or school.performance is None:
        raise UsageError(Message(NEEDED))
    need = need_bonus(school.points_above, rules)
    cut = performance_cut(school.performance, rules)
    if role == PARTNER:
        found = partner(need, cut, school.proportion, rules)
    else:
        found = promoter(need, cut, both, rules)
    return replace(found, measured_on=measured_on(on, rules) if on else None)


def faults(school: School, on: date | None, rules: RuleSet) -> Iterator[Message]:
    """Everything that is wrong with what is told of a school, whatever its hours hang on.

    What is missing is no fault here: `hours` refuses it where it is needed.
    """
    checks: list[Callable[[], object]] = [
        partial(rule_of, school.role),
        partial(check_day, on, rules),
        partial(_check_proportion, school.role, school.proportion),
        partial(last_flat_day, school.role, school.authorised_on, on, rules),
    ]
    if school.points_above is not None:
        checks.append(partial(need_bonus, school.points_above, rules))
    if school.performance is not None:
        checks.append(partial(performance_cut, school.performance, rules))
    for check in checks:
        try:
            check()
        except UsageError as error:
            if isinstance(error.message, Message):
                yield error.message


@rule("qualifica-start")
def check_day(on: date | None, rules: RuleSet) -> None:
    """UsageError for a day before the order, art. 10."""
    first = rules.edition.value("first_day")
    if on is not None and on < first:
        raise UsageError(Message(BEFORE, {"first": first, "day": on}))


def none_at_all(role: str, both: bool, rules: RuleSet) -> Hours:
    """An excluded school has no hours, art. 2/2."""
    clauses = (rules.clause("qualifica-excluded"),)
    return Hours(role, 0, ZERO, ZERO, clauses, rules.readings, excluded=True, both=both)


@rule("qualifica-promoter")
def promoter(need: Need, cut: Cut, both: bool, rules: RuleSet) -> Hours:
    """88 hours, the bonus, the cut, rounded once."""
    base = Fraction(rules.number("promoter_base"))
    exact = base + need.hours - cut.hours
    hours, rounding = to_the_hour(exact, rules)
    named = (rules.clause("qualifica-promoter"), need.clause, cut.clause, rounding)
    clauses = (rules.clause("qualifica-both-roles"), *named) if both else named
    return Hours(
        PROMOTER, hours, exact, base, clauses, rules.readings, need, cut, rounded=hours, both=both
    )


@rule("qualifica-partner", "qualifica-partner-most")
def partner(need: Need, cut: Cut, proportion: Fraction | None, rules: RuleSet) -> Hours:
    """44 hours, the same bonus and cut, the proportion of the circular, rounded, 44 at most."""
    base, most = Fraction(rules.number("partner_base")), rules.number("partner_most")
    whole = base + need.hours - cut.hours
    if rules.takes("partner_most", "before_proportion"):
        whole = min(whole, Fraction(most))
    exact = whole if proportion is None else whole * proportion
    rounded, rounding = to_the_hour(exact, rules)
    named = (rules.clause("qualifica-partner"), need.clause, cut.clause, rounding)
    return Hours(
        role=PARTNER,
        hours=min(rounded, most),
        exact=exact,
        base=base,
        clauses=(*named, rules.clause("qualifica-partner-most")),
        readings=rules.readings,
        need=need,
        cut=cut,
        proportion=proportion,
        before_proportion=whole,
        rounded=rounded,
        most=most,
        warnings=(NO_PROPORTION,) if proportion is None else (),
    )


def _check_proportion(role: str, proportion: Fraction | None) -> None:
    if proportion is None:
        return
    if role in (PROMOTER, BOTH):
        raise UsageError(Message(PROMOTERS_NONE))
    if not 0 <= proportion <= 1:
        raise UsageError(Message(NO_SHARE, {"value": proportion}))
