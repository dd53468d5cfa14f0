"""Articles 6 and 7 of the law: when it is in force, and by when the rest is regulated."""

from __future__ import annotations

from datetime import date

from portaria.core.deadline import months_later
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

BEFORE = declare(
    "duties-before", "Lei 73/2017 is in force from {first} on; {day} is before, under another text"
)

TOO_LATE = declare("duties-too-late", "nothing can be counted from {day}")


@rule("in-force")
def in_force_from(published: date) -> date:
    """7: the first day of the second month after that of publication."""
    return months_later(published, 2).replace(day=1)


@rule("regulation-due")
def regulation_due(published: date) -> date:
    """6: one month after publication, to the day or the last one of a shorter month."""
    return months_later(published, 1)


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for 29 February (Civil Code 279/c). UsageError
    where the calendar ends."""
    if day.year == date.max.year:
        raise UsageError(Message(TOO_LATE, {"day": day}))
    return months_later(day, 12)


def first_day(rules: RuleSet) -> date:
    """The first day under this law."""
    return in_force_from(published(rules))


def published(rules: RuleSet) -> date:
    """The day on which the law was published."""
    return date.fromisoformat(rules.edition.value("published"))


def checked(day: date, rules: RuleSet) -> date:
    """The day itself; UsageError before the law is in force: the older text says other things."""
    first = first_day(rules)
    if day < first:
        raise UsageError(Message(BEFORE, {"first": first, "day": day}))
    return day
