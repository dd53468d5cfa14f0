"""What a check finds: rows of a table with the same fault, told as one problem a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import Message, declare, places
from portaria.core.problem import Problem, Severity
from portaria.core.rounding import without_zeros
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

UNKNOWN_PROGRAMME = declare(
    "unknown-programme", "the programme {value} is not in the table programmes: correct the code"
)

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Finding:
    """Rows of a table with the same fault.

    `rows` keep `SOURCE_ROW` and hold the columns that the message of `code` names; `params` are
    the places that are the same for all. `rule` gives the clause that asks for it.
    """

    table: str
    rows: pl.DataFrame
    column: str
    code: str
    rule: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"


Check = Callable[[Edition, Tables], Iterator[Finding]]


def problems_of(edition: Edition, file: str, finding: Finding) -> Iterator[Problem]:
    """One problem a row, its message filled from the row."""
    clause = edition.clause(finding.rule) if finding.rule else ""
    names = places(finding.code)
    for row in finding.rows.iter_rows(named=True):
        filled = {**row, "value": row.get(finding.column), **finding.params}
        message = Message(finding.code, {name: _shown(filled[name]) for name in names})
        value = row.get(finding.column)
        shown = None if value is None else cut(value)
        yield Problem(
            file, message, "", row[SOURCE_ROW], finding.column, shown, clause, finding.severity
        )


def _shown(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return without_zeros(value) if isinstance(value, Decimal) else value


def strangers(table: pl.DataFrame, column: str, known: pl.Series) -> pl.DataFrame:
    """The rows whose `column` names something that is not `known`; empty cells name nothing."""
    named = table.filter(pl.col(column).is_not_null())
    return named.join(
        known.to_frame("known"), left_on=column, right_on="known", how="anti",
        maintain_order="left",
    )  # fmt: skip
