"""Which IAS makes the prices of a day, and how long they hold (arts. 2, 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.social.ias import ias_of, table
from portaria.regulations.social.model import Span

BEFORE_THE_LAW = declare(
    "social-before-the-law",
    "Lei 71/2017 is in force from {first}: on {day} other rules held, which are not known here",
)
ONE = timedelta(days=1)


@rule("social-start")
def first_day(rules: RuleSet) -> date:
    """The first day of the law, art. 5."""
    found = rules.edition.value("first_day")
    assert isinstance(found, date)
    return found


@rule("social-update")
def begins(year: int, rules: RuleSet) -> date:
    """From when the IAS of `year` makes the prices: the update of arts. 2 and 3."""
    return rules.day("update" if rules.takes("update", "october") else "academic_year", year)


def price_year(on: date, rules: RuleSet) -> int:
    """The calendar year whose IAS makes the prices of a day; UsageError before the law."""
    first = first_day(rules)
    if on < first:
        raise UsageError(Message(BEFORE_THE_LAW, {"first": first, "day": on}))
    if on < rules.day("update", first.year) and rules.takes("first_month", "ias_2016"):
        return first.year - 1
    return max(on.year if on >= begins(on.year, rules) else on.year - 1, first.year)


def span_of(on: date, rules: RuleSet) -> Span:
    """The prices of a day; UsageError before the law and where their IAS is not known."""
    year = price_year(on, rules)
    first = first_day(rules)
    update = rules.day("update", first.year)
    ias_of(year)
    if year < first.year:
        return Span(year, first, update - ONE)
    start = begins(year, rules)
    if year == first.year:
        start = first if rules.takes("first_month", "ias_2017") else update
    return Span(year, start, begins(year + 1, rules) - ONE)


def spans(rules: RuleSet) -> Iterator[Span]:
    """Every span of prices whose IAS is known, the first of the law first."""
    on = first_day(rules)
    while price_year(on, rules) in table():
        found = span_of(on, rules)
        yield found
        on = found.valid_until + ONE


def academic_year(span: Span) -> str:
    """`2017/18` for prices that begin in September or October 2017."""
    first = span.valid_from.year
    return f"{first}/{(first + 1) % 100:02}"
