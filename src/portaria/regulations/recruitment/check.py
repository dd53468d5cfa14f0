"""What no single cell shows: repeated keys, links to nothing, weights that are no whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.recruitment.check_days import days
from portaria.regulations.recruitment.check_words import words
from portaria.regulations.recruitment.checked import Checked
from portaria.regulations.recruitment.model import EVALUATION
from portaria.regulations.recruitment.schemas import KEYS, LINKS
from portaria.tables.parse import ABOVE, REPEATED_KEY

UNKNOWN = declare("recruitment-unknown-name", "no row of {table} has this {column}")
NOT_A_WHOLE = declare(
    "recruitment-weights", "the weights come to {sum}: they are percents and must come to 100"
)
HALF_DECIDED = declare(
    "recruitment-half-decided", "give both the outcome and the day it was decided, or neither"
)
NO_NEW_SCORE = declare(
    "recruitment-no-new-score",
    "an answer to the evaluation that is accepted brings a new score: give criterion and score",
)
SCORE_NOT_ASKED = declare(
    "recruitment-score-not-asked",
    "only an accepted answer to the evaluation brings a new score: leave it blank",
)
DECISION = ("outcome", "decided_on", "criterion", "score", "list")


def check(checked: Checked) -> Iterator[Problem]:
    """Every problem between rows and tables."""
    yield from _keys(checked)
    yield from _links(checked)
    yield from words(checked)
    yield from _numbers(checked)
    yield from days(checked)
    yield from _answers(checked)


def _keys(checked: Checked) -> Iterator[Problem]:
    """Every row after the first of a key."""
    for table, columns in KEYS.items():
        seen = set()
        for row in checked.rows[table] if table in checked.tables.readable else ():
            key = tuple(row[column] for column in columns)
            if None not in key and key in seen:
                named = Message(REPEATED_KEY, {"key": ", ".join(key)})
                yield checked.told(table, row, columns[-1], named)
            seen.add(key)


def _links(checked: Checked) -> Iterator[Problem]:
    for table, column, other in LINKS:
        if not {table, other} <= checked.tables.readable:
            continue
        known = {row[column] for row in checked.rows[other]}
        for row in checked.rows[table]:
            if row[column] is not None and row[column] not in known:
                named = Message(UNKNOWN, {"table": other, "column": column})
                yield checked.told(table, row, column, named)


def _numbers(checked: Checked) -> Iterator[Problem]:
    """Weights of one whole, no grade above the scale."""
    weights = [row["weight"] for row in checked.rows["criteria"]]
    total = Fraction(0) if None in weights else sum(map(Fraction, weights), Fraction(0))
    if weights and None not in weights and total != 100:
        message = Message(NOT_A_WHOLE, {"sum": total})
        yield Problem(checked.tables.file("criteria"), message, column="weight")
    if checked.notice is None:
        return
    above = Message(ABOVE, {"limit": checked.notice.scale})
    for table, column in (("criteria", "minimum"), ("scores", "score"), ("answers", "score")):
        for row in checked.rows[table]:
            if row[column] is not None and row[column] > checked.notice.scale:
                yield checked.told(table, row, column, above)


def _answers(checked: Checked) -> Iterator[Problem]:
    """A decision has its day; a new score belongs to what was accepted on the evaluation."""
    for row in checked.rows["answers"]:
        if checked.is_unread("answers", row, *DECISION):
            continue
        if (row["outcome"] is None) != (row["decided_on"] is None):
            yield checked.told("answers", row, "decided_on", Message(HALF_DECIDED))
        new = row["list"] == EVALUATION and row["outcome"] == "accepted"
        for column in ("criterion", "score"):
            if new != (row[column] is not None):
                code = NO_NEW_SCORE if new else SCORE_NOT_ASKED
                yield checked.told("answers", row, column, Message(code))
