"""From cells of text to a typed frame, every cell that does not fit becoming a problem.

Column by column: the text is parsed exactly (comma or point decimals, sim/não), never cast; then
the dataframely schema checks limits, blanks and keys on the typed frame.
"""

from __future__ import annotations

from collections.abc import Iterator

import dataframely as dy
import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity
from portaria.tables.raw import RawTable, cut
from portaria.tables.schema import (
    DECIMAL_PLACES,
    SOURCE_ROW,
    Table,
    columns_of,
    metadata,
)

TRUE = ("true", "1", "sim", "verdadeiro")
FALSE = ("false", "0", "não", "nao", "falso")
FORMULA = "^[=+@\t\r-]"
INTEGER = r"^[+-]?\d{1,15}([.,]0+)?$"
YEAR = r"(?:[1-9]\d{3}|0[1-9]\d{2}|00[1-9]\d|000[1-9])"
DAY = rf"{YEAR}-\d{{2}}-\d{{2}}|\d{{2}}/\d{{2}}/{YEAR}"
MOMENT = rf"^({DAY})([T ]\d{{2}}:\d{{2}}(:[0-5]\d(\.\d{{1,6}})?)?)?$"
ZONED = rf"^({DAY})[T ][\d:.]+ ?(Z|UTC|[+-]\d{{2}}(:?\d{{2}})?)$"

MISSING_COLUMN = declare(
    "missing-column", "the column {column} is missing: add it to the header, with a cell a line"
)
NOT_INTEGER = declare("not-an-integer", "a whole number is meant here, such as 150")
NOT_DECIMAL = declare(
    "not-a-number", "a number is meant here, such as 150 or 12,5 (at most {places} decimals)"
)
NOT_BOOLEAN = declare("not-a-boolean", "write true or false (or 1, 0, sim, não)")
NOT_DATE = declare(
    "not-a-date", "a day that exists is meant here, such as 2024-02-29 or 29/02/2024"
)
NOT_MOMENT = declare(
    "not-a-moment", "a day and time that exist are meant here, such as 2024-02-29T18:30:00"
)
TIME_ZONE = declare(
    "time-with-zone", "the time carries a zone: write the local time, without Z or +00:00"
)
NOT_ALLOWED = declare("not-allowed", "this value is not one of: {allowed}")
FORMULA_IN_TEXT = declare(
    "formula-in-text",
    "the text begins like a spreadsheet formula (=, +, -, @): remove that first character",
)
BLANK = declare("blank-cell", "the cell is empty and this column needs a value")
BELOW = declare("below-minimum", "the value is below the least allowed, {limit}")
ABOVE = declare("above-maximum", "the value is above the most allowed, {limit}")
REPEATED_KEY = declare(
    "repeated-key", "{key} stands more than once in this table: keep one of the rows"
)


def parse(raw: RawTable, schema: type[Table]) -> tuple[pl.DataFrame, list[Problem]]:
    """The typed frame (schema columns, then unknown extra ones as text) and every problem.

    Cells that cannot be read are null in the frame; it is fit for use only without errors.
    """
    declared = columns_of(schema)
    missing = [name for name in declared if name not in raw.cells.columns]
    problems = [
        Problem(raw.file, Message(MISSING_COLUMN, {"column": name}), raw.sheet, 1, name)
        for name in missing
        if not metadata(declared[name]).get("optional")
    ]
    cells = _with_every_column(raw.cells, schema)
    extras = [name for name in raw.cells.columns if name not in declared and name != SOURCE_ROW]
    frame = cells.select(SOURCE_ROW, *typed(schema), *extras)
    unread = [
        p for name, column in declared.items() for p in _unread(raw, cells, frame, name, column)
    ]
    problems += unread
    problems += _formulas(
        raw, cells, [n for n, c in declared.items() if c.dtype == pl.String], "error"
    )
    problems += _formulas(raw, cells, extras, "warning")
    reported = {(p.row, p.column) for p in unread} | {(None, name) for name in missing}
    problems += _broken_rules(raw, frame, cells, schema, reported)
    return frame, problems


def read_cells(cells: pl.DataFrame, schema: type[Table]) -> pl.DataFrame:
    """The columns of the schema from cells of text; what cannot be read is null, and not told."""
    return _with_every_column(cells, schema).select(typed(schema))


def _with_every_column(cells: pl.DataFrame, schema: type[Table]) -> pl.DataFrame:
    missing = (name for name in columns_of(schema) if name not in cells.columns)
    return cells.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)


def typed(schema: type[Table]) -> list[pl.Expr]:
    """The columns of a schema, read from cells of text of the same names."""
    return [_typed(name, column) for name, column in columns_of(schema).items()]


def _typed(name: str, column: dy.Column) -> pl.Expr:
    cell = pl.col(name)
    if isinstance(column, dy.Integer):
        whole = cell.str.replace(r"[.,]0+$", "")
        fits = cell.str.contains(INTEGER)
        number = pl.when(fits).then(whole).cast(pl.Int64, strict=False)
        return _or_blank(number, cell, column).alias(name)
    if isinstance(column, dy.Decimal):
        text = pl.when(cell.str.contains(_decimal_form(column))).then(
            cell.str.replace(",", ".", literal=True)
        )
        number = text.str.to_decimal(scale=DECIMAL_PLACES).cast(column.dtype)
        return _or_blank(number, cell, column).alias(name)
    if isinstance(column, dy.Bool):
        word = cell.str.to_lowercase()
        known = pl.when(word.is_in(TRUE)).then(True).when(word.is_in(FALSE)).then(False)
        return _or_blank(known.otherwise(None), cell, column).alias(name)
    if isinstance(column, dy.Date | dy.Datetime):
        return _moment(cell, column).alias(name)
    if isinstance(column, dy.Enum):
        categories = column.categories
        return pl.when(cell.is_in(categories)).then(cell).cast(column.dtype).alias(name)
    return _or_blank(cell, cell, column).alias(name)


def _moment(cell: pl.Expr, column: dy.Date | dy.Datetime) -> pl.Expr:
    """A local day, or a local day and time. A column of days takes the day of a moment."""
    text = pl.when(cell.str.contains(MOMENT)).then(
        cell.str.replace(r"^(\d{2})/(\d{2})/(\d{4})", "$3-$2-$1")
    )
    day = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    if isinstance(column, dy.Date):
        return day
    clock = (text.str.slice(11) + ":00").str.slice(0, 8)  # 18:30 and 18:30:00 alike
    clock = pl.when(text.str.len_chars() > 10).then(clock).otherwise(pl.lit("00:00:00"))
    fraction = text.str.extract(r"\.(\d+)$").fill_null("")
    whole = text.str.slice(0, 10) + " " + clock
    moment = whole.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
    micros = fraction.str.pad_end(6, "0").cast(pl.Int64, strict=False)
    return moment + pl.duration(microseconds=micros)


def _or_blank(value: pl.Expr, cell: pl.Expr, column: dy.Column) -> pl.Expr:
    """The value, or what the schema says that an empty cell means."""
    blank = metadata(column).get("blank")
    if blank is None:
        return value
    return pl.when(cell.is_null()).then(pl.lit(blank, column.dtype)).otherwise(value)


def _places(column: dy.Column) -> int:
    return int(metadata(column).get("places", DECIMAL_PLACES))


def _decimal_form(column: dy.Column) -> str:
    return rf"^[+-]?\d{{1,15}}([.,]\d{{1,{_places(column)}}})?$"


def _unread(
    raw: RawTable, cells: pl.DataFrame, frame: pl.DataFrame, name: str, column: dy.Column
) -> Iterator[Problem]:
    """Cells with a text that is no value of their column."""
    lost = cells[name].is_not_null() & frame[name].is_null()
    if not lost.any():
        return
    if isinstance(column, dy.Date | dy.Datetime):
        zoned = lost & cells[name].str.contains(ZONED)
        for row, value in cells.filter(zoned).select(SOURCE_ROW, name).iter_rows():
            yield Problem(raw.file, Message(TIME_ZONE), raw.sheet, row, name, cut(value))
        lost &= ~zoned
    if isinstance(column, dy.Integer):
        message = Message(NOT_INTEGER)
    elif isinstance(column, dy.Decimal):
        message = Message(NOT_DECIMAL, {"places": _places(column)})
    elif isinstance(column, dy.Bool):
        message = Message(NOT_BOOLEAN)
    elif isinstance(column, dy.Date):
        message = Message(NOT_DATE)
    elif isinstance(column, dy.Datetime):
        message = Message(NOT_MOMENT)
    else:
        allowed = ", ".join(getattr(column, "categories", ()))
        message = Message(NOT_ALLOWED, {"allowed": allowed})
    for row, value in cells.filter(lost).select(SOURCE_ROW, name).iter_rows():
        yield Problem(raw.file, message, raw.sheet, row, name, cut(value))


def _formulas(
    raw: RawTable, cells: pl.DataFrame, names: list[str], severity: Severity
) -> Iterator[Problem]:
    """Texts that a spreadsheet would run when it opens the results."""
    for name in names:
        suspects = cells.filter(pl.col(name).str.contains(FORMULA)).select(SOURCE_ROW, name)
        for row, value in suspects.iter_rows():
            message = Message(FORMULA_IN_TEXT)
            yield Problem(raw.file, message, raw.sheet, row, name, cut(value), severity=severity)


def _broken_rules(
    raw: RawTable,
    frame: pl.DataFrame,
    cells: pl.DataFrame,
    schema: type[Table],
    reported: set[tuple[int | None, str]],
) -> Iterator[Problem]:
    """What dataframely finds: blanks, limits, repeated keys. Cells already reported stay out."""
    _, failure = schema.filter(frame)
    if not len(failure):
        return
    keys = schema.primary_key()
    details = failure.details()
    for broken in failure.counts():
        column, _, rule = broken.rpartition("|")
        lines = details.filter(pl.col(broken) == "invalid")
        if rule == "primary_key":
            for line in lines.drop_nulls(keys).iter_rows(named=True):
                key = cut(", ".join(str(line[name]) for name in keys))
                message = Message(REPEATED_KEY, {"key": key})
                yield Problem(raw.file, message, raw.sheet, line[SOURCE_ROW], keys[0], key)
        elif (None, column) not in reported:
            message = _limit(schema, column, rule)
            texts = lines.select(SOURCE_ROW).join(
                cells.select(SOURCE_ROW, column), on=SOURCE_ROW, maintain_order="left"
            )
            for row, value in texts.iter_rows():
                if (row, column) not in reported:
                    shown = None if value is None else cut(value)
                    yield Problem(raw.file, message, raw.sheet, row, column, shown)


def _limit(schema: type[Table], column: str, rule: str) -> Message:
    if rule == "nullability":
        return Message(BLANK)
    limit = getattr(schema.columns()[column], rule)
    return Message(BELOW if rule == "min" else ABOVE, {"limit": limit})
