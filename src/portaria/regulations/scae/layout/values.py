"""The values of a column as a layout writes them: expressions over the result tables.

A value that cannot be written so is null in the text; `faults.py` tells it. Nothing is rounded, cut
or replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import polars as pl

from portaria.regulations.scae.layout.formats import MONTH_FORMAT, decimals
from portaria.regulations.scae.layout.model import ISOLATED_KEY, NATURAL_KEY, Column, Layout, Source

DELETED = "deleted"
"""Whether a row of load is a DELETE."""
NUMBER = r"^(-?\d+)(?:\.(\d+))?$"


def held_in(source: Source, block: str) -> str:
    """The name of a source in the frame of a block: disciplines hold `load.unit` beside theirs."""
    return source.column if source.table == block else f"{source.table}.{source.column}"


def cell(column: Column, block: str) -> pl.Expr:
    """What the result gives a column, as text before its format; null where it is empty."""
    source = column.source
    if source is None:
        return pl.lit(column.const)
    if source.kind == "month":
        return pl.lit("")
    given = pl.col(held_in(source, block))
    if source.path:
        return given.str.json_path_match(json_path(source.path))
    return given if source.kind in ("text", "decimal", "operation") else given.cast(pl.String)


def stays(column: Column) -> bool:
    """Whether a DELETE keeps the column: its key, what says that it is one, constants (K5)."""
    source = column.source
    return source is None or source.column in ("operation", "month", *NATURAL_KEY, ISOLATED_KEY)


def text_of(column: Column, block: str, layout: Layout, month: date) -> pl.Expr:
    """The text of a column before it is padded or quoted; null or empty where there is none."""
    text = _formatted(column, block, layout, month)
    if block == "load" and not stays(column):
        return pl.when(~pl.col(DELETED)).then(text)
    return text


def json_path(path: tuple[str, ...]) -> str:
    """A path inside complements as JSONPath."""
    return "$" + "".join(f"['{part}']" for part in path)


def not_plain(path: tuple[str, ...]) -> str:
    """A pattern of JSON in which the last part of a path holds no plain value.

    Lists and objects are several values; a number with decimals, or too long for 64 bits, would
    come back as a float and no longer say what was written.
    """
    names = sorted({json.dumps(path[-1]), json.dumps(path[-1], ensure_ascii=False)})
    either = "|".join(pl.escape_regex(name) for name in names)
    return rf"(?:{either})\s*:\s*(?:[\[{{]|-?\d+(?:[.eE]|\d{{18}}))"


def _formatted(column: Column, block: str, layout: Layout, month: date) -> pl.Expr:
    source, form = column.source, column.format
    given = cell(column, block)
    if source is None:
        return given
    if isinstance(form, Mapping):
        return given.replace_strict(dict(form), default=None, return_dtype=pl.String)
    if source.kind == "month":
        return pl.lit(month.strftime(form or MONTH_FORMAT))
    if source.kind == "date":
        return pl.col(held_in(source, block)).dt.to_string(form or layout.date_format)
    if source.kind == "operation":
        letters = dict(layout.operations)
        return given.replace_strict(letters, default=None, return_dtype=pl.String)
    if source.kind == "decimal":
        return _decimal(given, form, layout.decimal_mark)
    return given


def _decimal(given: pl.Expr, form: str, mark: str) -> pl.Expr:
    if not form:
        return given.str.replace(".", mark, literal=True)
    way, places = decimals(form)
    whole = given.str.extract(NUMBER, 1)
    rest = given.str.extract(NUMBER, 2).fill_null("").str.strip_chars_end("0")
    rest = pl.when(rest.str.len_chars() <= places).then(rest.str.pad_end(places, "0"))
    if way == "implied":
        return (whole + rest).str.replace(r"^(-?)0+(\d)", "$1$2")
    return whole + pl.lit(mark) + rest if places else whole + rest
