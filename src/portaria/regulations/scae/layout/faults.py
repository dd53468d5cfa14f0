"""Values that a layout cannot write: each is a problem that names its record and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.formats import decimals
from portaria.regulations.scae.layout.model import CONTROL, NATURAL_KEY, Column, Layout
from portaria.regulations.scae.layout.values import (
    DELETED,
    cell,
    held_in,
    not_plain,
    stays,
)
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

UTF = ("utf-8", "utf-8-sig")


@dataclass(frozen=True)
class Check:
    """Rows in which `broken` holds have a fault; `found` fills places of the sentence by row."""

    column: str
    code: str
    broken: pl.Expr
    value: pl.Expr
    params: Mapping[str, object] = field(default_factory=dict)
    found: Mapping[str, pl.Expr] = field(default_factory=dict)


def text_name(number: int) -> str:
    """The name of the text of a column in the frame of a block."""
    return f"text {number}"


def checks(layout: Layout, block: str, columns: tuple[Column, ...], number: int) -> Iterator[Check]:
    """What may be wrong with one column, over a frame that holds its text too."""
    column, text = columns[number], pl.col(text_name(number))
    if column.source is None or column.source.kind == "month":
        return  # the layout's own words were checked with it
    given = cell(column, block)
    wanted = _wanted(column, block)
    blank = text.is_null() | (text == "")
    empty = given.is_null() | (given == "")
    yield from _misfits(column, block, layout, given, text, wanted & ~empty)
    if column.required or column.source.kind == "operation":
        yield Check(column.name, words.BLANK, blank & empty & wanted, given)
    if block == "load" and column.source.column in NATURAL_KEY:
        yield Check(column.name, words.BLANK_KEY, blank & empty & pl.col(DELETED), given)
    if column.width is not None:
        length = text.str.len_chars()
        params = {"width": column.width}
        long = length > column.width
        yield Check(column.name, words.TOO_LONG, long, text, params, {"length": length})
    if column.source.kind == "text" and not isinstance(column.format, Mapping):
        yield from _breaks(column, layout, text)


def outside_encoding(layout: Layout, columns: tuple[Column, ...], block: str) -> Iterator[Check]:
    """Characters that the encoding of the layout does not have; it is never `?`."""
    if layout.encoding in UTF:
        return
    known = bytes(range(256)).decode(layout.encoding, errors="ignore")
    strange = "[^" + "".join(rf"\x{{{ord(character):x}}}" for character in known) + "]"
    for number, column in enumerate(columns):
        text = pl.col(text_name(number))
        if column.source is not None:
            params = {"encoding": layout.encoding}
            found = {"character": text.str.extract(f"({strange})")}
            broken = text.str.contains(strange)
            yield Check(column.name, words.NO_CHARACTER, broken, text, params, found)


def problems_of(frame: pl.DataFrame, found: list[Check], file: str) -> list[Problem]:
    """The problems of a frame, which holds `record` and the row of each line in `file`."""
    if not found or frame.is_empty():
        return []
    hit = frame.select(c.broken.any().alias(str(i)) for i, c in enumerate(found)).row(0)
    problems: list[Problem] = []
    for check, any_broken in zip(found, hit, strict=True):
        if any_broken:
            problems += _rows(frame, check, file)
    return problems


def not_json(frame: pl.DataFrame, block: str, columns: tuple[Column, ...]) -> pl.DataFrame:
    """The rows whose complements are no JSON object, where the block looks into them.

    What is no JSON gives no value at any path, so only rows without any are looked at.
    """
    inside = [n for n, c in enumerate(columns) if c.source is not None and c.source.path]
    if not inside:
        return frame.clear()
    source = columns[inside[0]].source
    assert source is not None, "a column with a path has a source"
    whole = pl.col(held_in(source, block))
    given = whole.is_not_null() & (whole != "") & _wanted(columns[inside[0]], block)
    bare = frame.filter(given, *(pl.col(text_name(number)).is_null() for number in inside))
    parsed = whole.str.json_path_match("$").fill_null("")
    return bare.filter(~parsed.str.starts_with("{")).with_columns(whole.alias("given"))


def _wanted(column: Column, block: str) -> pl.Expr:
    """The rows in which a column says something: a DELETE carries its key alone."""
    return pl.lit(True) if block != "load" or stays(column) else ~pl.col(DELETED)


def _misfits(
    column: Column, block: str, layout: Layout, given: pl.Expr, text: pl.Expr, there: pl.Expr
) -> Iterator[Check]:
    """Values that have no text in the format of their column."""
    source = column.source
    assert source is not None, "constants fit"
    lost = there & text.is_null()
    if source.path:
        whole = pl.col(held_in(source, block))
        broken = there & whole.str.contains(not_plain(source.path))
        yield Check(column.name, words.NOT_PLAIN, broken, given)
    known = layout.operations if source.kind == "operation" else column.format
    if isinstance(known, Mapping):
        yield Check(column.name, words.NO_WORD, lost, given, {"known": ", ".join(known)})
    elif source.kind == "decimal" and column.format:
        params = {"places": decimals(str(column.format))[1]}
        yield Check(column.name, words.TOO_MANY_PLACES, lost, given, params)


def _breaks(column: Column, layout: Layout, text: pl.Expr) -> Iterator[Check]:
    """Values that would end the line or the column before their time."""
    control = text.str.contains(CONTROL.pattern)
    yield Check(column.name, words.HOLDS_BREAK, control, text)
    if layout.separator and not layout.quote:
        broken = text.str.contains(layout.separator, literal=True) & ~control
        params = {"separator": layout.separator}
        yield Check(column.name, words.HOLDS_SEPARATOR, broken, text, params)


def _rows(frame: pl.DataFrame, check: Check, file: str) -> Iterator[Problem]:
    rows = frame.filter(check.broken).select(
        SOURCE_ROW,
        "record",
        check.value.cast(pl.String).alias("value"),
        *(expression.alias(f"found {name}") for name, expression in check.found.items()),
    )
    for row, record, value, *found in rows.iter_rows():
        params = {"record": record, **check.params, **dict(zip(check.found, found, strict=True))}
        shown = None if value is None else cut(value)
        yield Problem(file, Message(check.code, params), row=row, column=check.column, value=shown)
