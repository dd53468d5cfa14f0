"""The columns of a database table against a schema: types checked, texts trimmed, nothing cast
that could lose something."""

from __future__ import annotations

import dataframely as dy
import ibis
import ibis.expr.types as ir

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.parse import MISSING_COLUMN, TIME_ZONE
from portaria.tables.raw import NUMBER_AS_CODE
from portaria.tables.schema import Table, columns_of, metadata

SOURCE_ROW_COLUMN = "source_row"
GIVEN = "given_"
"""Before the name of a flag: the text that the table has for it, to be shown where it is none."""

YES = ("S", "SIM", "1", "TRUE", "T")
NO = ("N", "NAO", "NÃO", "NãO", "0", "FALSE", "F", "")

WRONG_TYPE = declare(
    "wrong-column-type",
    "the column is of type {given} and {wanted} is meant: give the table with that type, or a view",
)
NO_COLUMN = declare(
    "missing-database-column",
    "the column {column} is missing in the table: add it, or make a view that has it",
)
WANTED = {
    dy.Date: "date",
    dy.Datetime: "timestamp without time zone",
    dy.Integer: "integer",
    dy.Bool: "boolean",
}


def typed_table(
    table: ir.Table, schema: type[Table], file: str, codes: bool, trim: bool = True
) -> tuple[ir.Table | None, list[Problem]]:
    """The table with the columns and types of `schema`, or every problem of its header.

    codes: whether a whole number in a column of codes is a fault (see `database.from_tables`);
    trim: whether texts lose their outer blanks, which costs a little at every reading.
    """
    problems: list[Problem] = []
    columns: dict[str, ir.Value] = {}
    for name, column in columns_of(schema).items():
        if name not in table.columns:
            if not metadata(column).get("optional"):
                message = Message(MISSING_COLUMN if codes else NO_COLUMN, {"column": name})
                problems.append(Problem(file, message, column=name))
            columns[name] = ibis.null(_type(column))
            continue
        made = _made(table[name], column, codes, trim)
        if isinstance(made, Message):
            given = str(table[name].type())
            problems.append(Problem(file, made, column=name, value=given))
        else:
            columns[name] = made
            if isinstance(column, dy.Bool) and not table[name].type().is_boolean():
                columns[GIVEN + name] = table[name].cast("string")
    if problems:
        return None, problems
    # Only the rows of a file are ours to number; a database may have any column of that name.
    numbered = codes and SOURCE_ROW_COLUMN in table.columns
    row = table[SOURCE_ROW_COLUMN].cast("int64") if numbered else ibis.null("int64")
    return table.select(**columns, **{SOURCE_ROW_COLUMN: row}), []


def _type(column: dy.Column) -> str:
    for kind, name in ((dy.Date, "date"), (dy.Datetime, "timestamp"), (dy.Integer, "int64")):
        if isinstance(column, kind):
            return name
    return "boolean" if isinstance(column, dy.Bool) else "string"


def padded(table: ir.Table, schema: type[Table]) -> ir.IntegerScalar:
    """How many texts have outer blanks, or are empty and not null."""
    texts = [
        table[name]
        for name in columns_of(schema)
        if name in table.columns and table[name].type().is_string()
    ]
    wrong = [((text.strip() != text) | (text == "")).ifelse(1, 0).sum() for text in texts]
    return sum((each.fill_null(0) for each in wrong), ibis.literal(0)).cast("int64")


def _made(value: ir.Value, column: dy.Column, codes: bool, trim: bool) -> ir.Value | Message:
    """The value in its canonical type, or why it has none."""
    given = value.type()
    if isinstance(column, dy.Bool):
        return _flag(value)
    if given.is_null():
        return value.cast(_type(column))
    if given.is_timestamp() and given.timezone:
        return Message(TIME_ZONE)
    if isinstance(column, dy.Date):
        if given.is_date():
            return value
        return value.date() if given.is_timestamp() else _wrong(value, WANTED[dy.Date])
    if isinstance(column, dy.Datetime):
        if given.is_timestamp() or given.is_date():
            return value.cast("timestamp")
        return _wrong(value, WANTED[dy.Datetime])
    if isinstance(column, dy.Integer):
        whole = given.is_integer() or (given.is_decimal() and given.scale == 0)
        return value.cast("int64") if whole else _wrong(value, WANTED[dy.Integer])
    if given.is_json():
        return value.cast("string")
    if given.is_string():
        return value.strip().nullif("") if trim else value
    if given.is_integer():
        return Message(NUMBER_AS_CODE) if codes else value.cast("string")
    return _wrong(value, "text")


def _flag(value: ir.Value) -> ir.Value | Message:
    """A box that is not ticked is false; a column without a type of its own may hold S or 1.
    What is neither yes nor no is null."""
    given = value.type()
    if given.is_boolean():
        return value.fill_null(False)
    if given.is_null():
        return ibis.literal(False)
    if not (given.is_integer() or given.is_string()):
        return _wrong(value, WANTED[dy.Bool])
    word = value.cast("string").fill_null("").strip().upper()
    return word.isin(YES).ifelse(True, word.isin(NO).ifelse(False, ibis.null("boolean")))


def _wrong(value: ir.Value, wanted: str) -> Message:
    return Message(WRONG_TYPE, {"given": str(value.type()), "wanted": wanted})
