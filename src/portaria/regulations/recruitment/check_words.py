"""Texts and exclusions: what a list cannot show, exclusions without a reason, clauses that a
notice does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.recruitment.checked import Checked
from portaria.regulations.recruitment.plain_text import LONGEST, LONGEST_REASON, fault_of
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.recruitment.schemas import TABLES
from portaria.tables.schema import columns_of

NO_REASON = declare(
    "recruitment-no-reason", "an exclusion says why: give its reason and its clause"
)
NO_CLAUSE = declare(
    "recruitment-no-such-clause",
    "Aviso 8072/2017 has no such clause: write 8072 with one of {known}, or cite another text in "
    "your own words",
)
NOTICE = "8072"
OF_THE_NOTICE = re.compile(rf"(Aviso-)?{NOTICE}(?![\w-])\s*(?P<number>.*)")


def words(checked: Checked) -> Iterator[Problem]:
    """Every text that cannot stand, every exclusion that says no reason (REC-03)."""
    for table, spec in TABLES.items():
        texts = [name for name, each in columns_of(spec.schema).items() if each.dtype == pl.String]
        for column in texts:
            yield from _texts(checked, table, column)
    for row in checked.rows["decisions"]:
        for column in ("reason", "clause"):
            silent = row["result"] == "excluded" and row[column] is None
            if silent and not checked.is_unread("decisions", row, column):
                yield checked.told("decisions", row, column, Message(NO_REASON))


def _texts(checked: Checked, table: str, column: str) -> Iterator[Problem]:
    most = LONGEST_REASON if column == "reason" else LONGEST
    for row in checked.rows[table]:
        if row[column] is None:
            continue
        fault = fault_of(row[column], most)
        if fault is None and column == "clause":
            fault = _clause_fault(row[column])
        if fault is not None:
            yield checked.told(table, row, column, fault)


def _clause_fault(clause: str) -> Message | None:
    """A clause that begins as those of the notice do must be one; other words are the office's."""
    found = OF_THE_NOTICE.fullmatch(clause)
    if found is None or found["number"] in _known():
        return None
    return Message(NO_CLAUSE, {"known": ", ".join(_known())})


@cache
def _known() -> dict[str, None]:
    """Every number and letter of the notice: `2`, `2/a`, in their order."""
    known: dict[str, None] = {}
    for number in RECRUITMENT.texts[NOTICE].clauses:
        known |= dict.fromkeys((number.partition("/")[0], number))
    return known
