"""What must hold across the cells of a row of the table of schools."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica.figures import nuts_fault
from portaria.regulations.qualifica.hours import PROMOTERS_NONE
from portaria.regulations.qualifica.model import PROMOTER
from portaria.regulations.qualifica.new_centres import last_flat_day
from portaria.regulations.qualifica.roles import excluded, rule_of

TWICE = declare(
    "qualifica-told-twice", "{column} and {others} say the same: give one of them, not both"
)
LACKS = declare("qualifica-lacks", "{column} is needed beside {other}")
NO_FIGURE = declare(
    "qualifica-no-figure",
    "{column} is needed, or {others}: only a new or an excluded centre has none",
)

FIGURES = {
    "points_above": ("region_percent", "nation_percent"),
    "performance": ("registered", "expected"),
}
"""A figure, and the pair that it may be made of."""

SPARING = {"authorised_on", "could_apply", "applied"}
"""Columns that may spare a school its figures."""

Row = Mapping[str, Any]
Fault = tuple[str, Message]
"""Column and message."""


def faults(row: Row, unknown: Collection[str], on: date | None, rules: RuleSet) -> Iterator[Fault]:
    """Every fault across the cells of a row; `unknown`: columns whose cell could not be read."""
    for column, message in _faults(row, unknown, on, rules):
        if column not in unknown:
            yield column, message


def _faults(row: Row, unknown: Collection[str], on: date | None, rules: RuleSet) -> Iterator[Fault]:
    if row["could_apply"] and row["applied"] is None:
        yield "applied", Message(LACKS, {"column": "applied", "other": "could_apply"})
    yield from _pairs(row)
    if row["role"] is None:
        return
    role = rule_of(row["role"])
    if role == PROMOTER and row["proportion"] is not None:
        yield "proportion", Message(PROMOTERS_NONE)
    try:
        last = last_flat_day(role, row["authorised_on"], on, rules)
    except UsageError as error:
        if isinstance(error.message, Message):
            yield "authorised_on", error.message
        return
    flat = last is not None and on is not None and on <= last
    spared = flat or excluded(bool(row["could_apply"]), bool(row["applied"]))
    if not spared and not SPARING & set(unknown):
        yield from _figures(row, unknown)


def _pairs(row: Row) -> Iterator[Fault]:
    """A figure is told in one way, and a pair has both halves."""
    for name, (one, other) in FIGURES.items():
        given = [each for each in (one, other) if row[each] is not None]
        if given and row[name] is not None:
            yield name, Message(TWICE, {"column": name, "others": ", ".join(given)})
        if len(given) == 1:
            lacking = other if given == [one] else one
            yield lacking, Message(LACKS, {"column": lacking, "other": given[0]})
    version = nuts_fault(row["nuts"])
    if row["region_percent"] is not None and version is not None:
        yield "nuts", version


def _figures(row: Row, unknown: Collection[str]) -> Iterator[Fault]:
    """Who is neither new nor excluded has both figures."""
    for name, pair in FIGURES.items():
        ways = (name, *pair)
        if all(row[each] is None and each not in unknown for each in ways):
            yield name, Message(NO_FIGURE, {"column": name, "others": ", ".join(pair)})
