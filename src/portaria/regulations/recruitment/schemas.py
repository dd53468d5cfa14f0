"""The tables of a procedure, as people write them. Columns are a contract: add, never rename."""

from __future__ import annotations

import dataframely as dy

from portaria.regulations.recruitment.model import LISTS
from portaria.tables.folder import TableSpec
from portaria.tables.schema import Table, decimal

DECIDED = ("admitted", "excluded")
TITLES = ("provisional", "definitive")
OUTCOMES = ("accepted", "rejected")
MOST_DAYS = 1000


class Candidates(Table):
    """Everybody who applied."""

    candidate = dy.String()
    name = dy.String()
    applied_on = dy.Date(nullable=True)


class Decisions(Table):
    """What the jury decided on the admission; an exclusion has its reason and clause."""

    candidate = dy.String()
    result = dy.Enum(DECIDED)
    reason = dy.String(nullable=True)
    clause = dy.String(nullable=True)


class Criteria(Table):
    """The methods of selection; the weights are percents and come to 100."""

    criterion = dy.String()
    weight = decimal(min=0)
    minimum = decimal(nullable=True, min=0)
    clause = dy.String()


class Scores(Table):
    """What the jury gave; no row is no grade."""

    candidate = dy.String()
    criterion = dy.String()
    score = decimal(min=0)


class Lists(Table):
    """The lists as they were published. `hearing_days`: blank is that of the notice, 0 is none;
    `title`: what the list calls itself."""

    list = dy.Enum(LISTS)
    published = dy.Date()
    hearing_days = dy.Integer(nullable=True, min=0, max=MOST_DAYS)
    title = dy.Enum(TITLES, nullable=True)


class Answers(Table):
    """What people answered to a list; blank where nobody has decided yet."""

    answer = dy.String()
    list = dy.Enum(LISTS)
    candidate = dy.String()
    received_on = dy.Date()
    decided_on = dy.Date(nullable=True)
    outcome = dy.Enum(OUTCOMES, nullable=True)
    criterion = dy.String(nullable=True)
    score = decimal(nullable=True, min=0)


TABLES: dict[str, TableSpec] = {
    "candidates": TableSpec(Candidates),
    "decisions": TableSpec(Decisions),
    "criteria": TableSpec(Criteria),
    "scores": TableSpec(Scores),
    "lists": TableSpec(Lists),
    "answers": TableSpec(Answers),
}
KEYS: dict[str, tuple[str, ...]] = {
    "candidates": ("candidate",),
    "decisions": ("candidate",),
    "criteria": ("criterion",),
    "scores": ("candidate", "criterion"),
    "lists": ("list",),
    "answers": ("answer",),
}
LINKS = (
    ("decisions", "candidate", "candidates"),
    ("scores", "candidate", "candidates"),
    ("scores", "criterion", "criteria"),
    ("answers", "list", "lists"),
    ("answers", "candidate", "candidates"),
    ("answers", "criterion", "criteria"),
)
"""Table, column, and the table that must have it."""
