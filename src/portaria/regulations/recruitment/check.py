"""What no single cell shows: repeated keys, links to nothing, exclusions without a reason, days
that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rounding import without_zeros
from portaria.regulations.recruitment.model import EVALUATION, Notice
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.recruitment.schemas import KEYS, LINKS
from portaria.regulations.recruitment.settings import known_year, unknown_year
from portaria.tables.folder import Folder
from portaria.tables.parse import ABOVE, REPEATED_KEY
from portaria.tables.schema import SOURCE_ROW

UNKNOWN = declare("recruitment-unknown-name", "no row of {table} has this {column}")
NO_REASON = declare(
    "recruitment-no-reason", "an exclusion says why: give its reason and its clause"
)
NOT_A_WHOLE = declare(
    "recruitment-weights", "the weights come to {sum}: they are percents and must come to 100"
)
BEFORE_NOTICE = declare("recruitment-day-before-notice", "the notice is of {published}")
BEFORE_LIST = declare("recruitment-before-list", "the list was published on {published}")
DECIDED_BEFORE = declare("recruitment-decided-before", "the answer came on {received_on}")
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

Row = dict[str, Any]


class Check:
    """The typed rows of a folder; what could not be read is None and told already."""

    def __init__(self, tables: Folder, notice: Notice | None) -> None:
        self.tables, self.notice = tables, notice
        self.rows: dict[str, list[Row]] = {
            name: frame.to_dicts() for name, frame in tables.frames.items()
        }
        self.unread = {(each.file, each.row, each.column) for each in tables.problems}

    def problems(self) -> Iterator[Problem]:
        """Every problem between rows and tables."""
        yield from self._keys()
        yield from self._links()
        yield from self._exclusions()
        yield from self._numbers()
        yield from self._days()
        yield from self._answers()

    def _told(self, table: str, row: Row, column: str, message: Message) -> Problem:
        value = row[column]
        text = without_zeros(value) if isinstance(value, Decimal) else value
        shown = None if value is None else str(text)
        return Problem(
            self.tables.file(table), message, row=row[SOURCE_ROW], column=column, value=shown
        )

    def _is_unread(self, table: str, row: Row, *columns: str) -> bool:
        """Whether a cell has a fault already, by itself or because its column is missing."""
        file = self.tables.file(table)
        return any(
            (file, at, column) in self.unread for at in (1, row[SOURCE_ROW]) for column in columns
        )

    def _keys(self) -> Iterator[Problem]:
        """Every row after the first of a key."""
        for table, columns in KEYS.items():
            seen = set()
            for row in self.rows[table] if table in self.tables.readable else ():
                key = tuple(row[column] for column in columns)
                if None not in key and key in seen:
                    named = Message(REPEATED_KEY, {"key": ", ".join(key)})
                    yield self._told(table, row, columns[-1], named)
                seen.add(key)

    def _links(self) -> Iterator[Problem]:
        for table, column, other in LINKS:
            if not {table, other} <= self.tables.readable:
                continue
            known = {row[column] for row in self.rows[other]}
            for row in self.rows[table]:
                if row[column] is not None and row[column] not in known:
                    named = Message(UNKNOWN, {"table": other, "column": column})
                    yield self._told(table, row, column, named)

    def _exclusions(self) -> Iterator[Problem]:
        """REC-03: every exclusion has a reason and its clause."""
        clause = RECRUITMENT.edition.clause("admission-list")
        for row in self.rows["decisions"]:
            for column in ("reason", "clause"):
                silent = row["result"] == "excluded" and row[column] is None
                if silent and not self._is_unread("decisions", row, column):
                    yield Problem(
                        self.tables.file("decisions"), Message(NO_REASON),
                        row=row[SOURCE_ROW], column=column, clause=clause,
                    )  # fmt: skip

    def _numbers(self) -> Iterator[Problem]:
        """Weights of one whole, no grade above the scale."""
        weights = [row["weight"] for row in self.rows["criteria"]]
        total = Fraction(0) if None in weights else sum(map(Fraction, weights), Fraction(0))
        if weights and None not in weights and total != 100:
            message = Message(NOT_A_WHOLE, {"sum": total})
            yield Problem(self.tables.file("criteria"), message, column="weight")
        if self.notice is None:
            return
        above = Message(ABOVE, {"limit": self.notice.scale})
        for table, column in (("criteria", "minimum"), ("scores", "score"), ("answers", "score")):
            for row in self.rows[table]:
                if row[column] is not None and row[column] > self.notice.scale:
                    yield self._told(table, row, column, above)

    def _days(self) -> Iterator[Problem]:
        """Nothing is before the notice, no answer before its list, no decision before either."""
        for table, column in (("candidates", "applied_on"), ("lists", "published")):
            for row in self.rows[table]:
                yield from self._after_notice(table, row, column)
        published = {row["list"]: row["published"] for row in self.rows["lists"]}
        for row in self.rows["answers"]:
            received, decided = row["received_on"], row["decided_on"]
            listed = published.get(row["list"])
            if received and listed and received < listed:
                early = Message(BEFORE_LIST, {"published": listed})
                yield self._told("answers", row, "received_on", early)
            if received and decided and decided < received:
                early = Message(DECIDED_BEFORE, {"received_on": received})
                yield self._told("answers", row, "decided_on", early)

    def _after_notice(self, table: str, row: Row, column: str) -> Iterator[Problem]:
        day: date | None = row[column]
        if day is None or self.notice is None:
            return
        if day < self.notice.published:
            early = Message(BEFORE_NOTICE, {"published": self.notice.published})
            yield self._told(table, row, column, early)
        elif table == "lists" and not known_year(day):
            yield self._told(table, row, column, unknown_year())

    def _answers(self) -> Iterator[Problem]:
        """A decision has its day; a new score belongs to what was accepted on the evaluation."""
        for row in self.rows["answers"]:
            if self._is_unread("answers", row, *DECISION):
                continue
            if (row["outcome"] is None) != (row["decided_on"] is None):
                yield self._told("answers", row, "decided_on", Message(HALF_DECIDED))
            new = row["list"] == EVALUATION and row["outcome"] == "accepted"
            for column in ("criterion", "score"):
                if new != (row[column] is not None):
                    code = NO_NEW_SCORE if new else SCORE_NOT_ASKED
                    yield self._told("answers", row, column, Message(code))
