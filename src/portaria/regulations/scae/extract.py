"""One month of a source from beginning to end: facts, rules, results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae import ledger as ledgers
from portaria.regulations.scae.facts import Progress
from portaria.regulations.scae.load import make_load
from portaria.regulations.scae.month import Month, month_of
from portaria.regulations.scae.results import Made, inputs_of
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.settings import FILTERS, Settings
from portaria.regulations.scae.source import Source, question
from portaria.tables.database import Database

FUTURE = declare("scae-future-month", "{month} has not begun: a load is of a month begun already")
SEVERAL_STATES = declare(
    "scae-several-states",
    "the classes are in the states {states}: say with --state which one the load is of",
)
NO_STATE = declare(
    "scae-no-state", "say with --state which state the load is of: it picks the situation table"
)
OTHER_STATE = declare(
    "scae-other-state", "no class is in the state {state}: the classes are in {states}"
)
BAD_STATE = declare("scae-bad-state", "{state} is no state: write two letters, such as SP")
FILTER_TWICE = declare("scae-filter-twice", "the filter {name} is given more than once: keep one")
BAD_FILTER = declare(
    "scae-bad-filter", "{given} is no filter: write NAME=VALUE, NAME one of {known}"
)


@dataclass(frozen=True)
class Request:
    """What is asked of a source: month, state, the day of the run, filters (R01)."""

    month: Month
    state: str
    settings: Settings
    today: date | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


def check_month(month: Month, today: date) -> None:
    """R01: a month that has not begun is refused."""
    if month > month_of(today):
        raise UsageError(Message(FUTURE, {"month": str(month)}))


def parse_filters(given: Sequence[str]) -> dict[str, str]:
    """`unit=U1` as a filter; UsageError where it is none."""
    filters = {}
    for text in given:
        name, mark, value = text.partition("=")
        if not mark or name not in FILTERS:
            params = {"given": text, "known": ", ".join(FILTERS)}
            raise UsageError(Message(BAD_FILTER, params))
        if name in filters:
            raise UsageError(Message(FILTER_TWICE, {"name": name}))
        filters[name] = value
    return filters


def the_state(given: str, settings: Settings, database: Database) -> str:
    """R34: the state that was said, or that of the settings, or the one state of all classes;
    UsageError where nothing tells it."""
    state = (given or settings.state).upper()
    classes = database.tables["classes"]
    found = database.fetch(classes.select("state").distinct(), {"state": pl.String})
    states = sorted(found["state"].drop_nulls().str.to_uppercase().unique())
    if not state:
        if len(states) > 1:
            raise UsageError(Message(SEVERAL_STATES, {"states": ", ".join(states)}))
        if not states:
            raise UsageError(Message(NO_STATE))
        state = states[0]
    if len(state) != 2 or not state.isalpha():
        raise UsageError(Message(BAD_STATE, {"state": state}))
    if states and state not in states:
        params = {"state": state, "states": ", ".join(states)}
        raise UsageError(Message(OTHER_STATE, params))
    return state


def make(
    database: Database,
    source: str,
    request: Request,
    ledger: pl.DataFrame | None,
    lang: str,
    progress: Progress,
) -> tuple[Made | None, list[Problem]]:
    """The load of a month, or the problems of texts that only the rules read.

    ledger: the whole ledger; None where what was sent before is not known.
    """
    reported = None if ledger is None else ledgers.before(ledger, request.month)
    asked = question(request.month, request.state, request.settings, ledgers.held(reported))
    origin = Source(database, asked)
    facts, problems = origin.facts(progress)
    if problems:
        return None, problems
    run = Run(
        request.month, request.state, request.settings, facts, reported, request.today,
        dict(request.filters),
    )  # fmt: skip
    progress("scae-rules", 0, 1)
    load = make_load(run, ledger, origin.keep)
    progress("scae-rules", 1, 1)
    return Made(run, load, ledger, inputs_of(database), source, lang), []
