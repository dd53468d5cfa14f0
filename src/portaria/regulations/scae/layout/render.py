"""The files of a layout, rendered from the load of a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from portaria.core.errors import ConfigurationError
from portaria.core.messages import Message
from portaria.core.problem import Problem, errors
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.faults import (
    checks,
    not_json,
    outside_encoding,
    problems_of,
    text_name,
)
from portaria.regulations.scae.layout.lines import header_line, lines_of
from portaria.regulations.scae.layout.model import (
    DISCIPLINES,
    ISOLATED_KEY,
    LOAD,
    NATURAL_KEY,
    Block,
    Layout,
)
from portaria.regulations.scae.layout.values import DELETED, text_of
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

PARENT = f"load.{SOURCE_ROW}"
"""The row of the record that a line belongs to: the order of a file that holds both."""
FILES = {"load": "load.csv", "load_disciplines": "load_disciplines.csv"}


@dataclass(frozen=True)
class _Part:
    """One block with its rows, the text of each column beside the values."""

    name: str
    block: Block
    frame: pl.DataFrame


def render(
    layout: Layout, load: pl.DataFrame, disciplines: pl.DataFrame, month: str
) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of each file, and what is wrong with the values; no file where an error is.

    `load` and `disciplines` are the result tables, in the order their lines take; `month` is the
    reference month, `2024-03`. A DELETE carries its natural key and the operation, nothing else
    (K5). A problem counts rows as load.csv does, the header being row 1.
    """
    day = _first_day(month)
    parts = _parts(layout, load, disciplines, day)
    problems = [*_orphans(parts[1].frame), *_shared_keys(parts[0].frame)]
    for part in parts:
        columns = part.block.columns
        found = [c for n in range(len(columns)) for c in checks(layout, part.name, columns, n)]
        problems += problems_of(part.frame, found, FILES[part.name])
        problems += _no_json(part)
    files: dict[str, bytes] = {}
    try:
        for name, text in _texts(layout, parts).items():
            files[name.replace("{month}", month)] = text.encode(layout.encoding)
    except UnicodeEncodeError:
        for part in parts:
            strange = list(outside_encoding(layout, part.block.columns, part.name))
            problems += problems_of(part.frame, strange, FILES[part.name])
        assert errors(problems), "what cannot be encoded is told"
    return ({} if errors(problems) else files), problems


def _first_day(month: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise ConfigurationError(f"{month!r} is no month, such as '2024-03'")
    return date(int(month[:4]), int(month[5:]), 1)


def _parts(
    layout: Layout, load: pl.DataFrame, disciplines: pl.DataFrame, month: date
) -> tuple[_Part, _Part]:
    """Both blocks, the text of every column beside its value; disciplines with their record."""
    first = load.select(*LOAD).with_row_index(SOURCE_ROW, offset=2)
    first = first.with_columns((pl.col("operation") == "DELETE").alias(DELETED))
    record = first.select(SOURCE_ROW, *LOAD).select(pl.all().name.prefix("load."))
    second = disciplines.select(*DISCIPLINES).with_row_index(SOURCE_ROW, offset=2).join(
        record, left_on="record", right_on="load.record", how="left", maintain_order="left",
        coalesce=False, validate="m:1",
    )  # fmt: skip
    both = (("load", layout.load, first), ("load_disciplines", layout.disciplines, second))
    made = [
        _Part(
            name,
            block,
            frame.with_columns(
                text_of(column, name, layout, month).alias(text_name(number))
                for number, column in enumerate(block.columns)
            ),
        )
        for name, block, frame in both
    ]
    return made[0], made[1]


def _texts(layout: Layout, parts: tuple[_Part, _Part]) -> dict[str, str]:
    """The text of each file by its name, `{month}` still in it."""
    load, disciplines = (
        part.frame.select(
            (SOURCE_ROW if part.name == "load" else PARENT),
            lines_of(layout, part.block, [text_name(n) for n in range(len(part.block.columns))]),
        )
        for part in parts
    )
    if not layout.one_file:
        return {
            layout.load.file: _file(layout, layout.load, load["line"]),
            layout.disciplines.file: _file(layout, layout.disciplines, disciplines["line"]),
        }
    # A stable sort: the line of a record, then those of its disciplines in their order.
    order = pl.concat([load, disciplines.rename({PARENT: SOURCE_ROW})])
    lines = order.sort(SOURCE_ROW, maintain_order=True)["line"]
    return {layout.load.file: _file(layout, layout.load, lines)}


def _file(layout: Layout, block: Block, lines: pl.Series) -> str:
    head = header_line(layout, block) + layout.line_end if layout.header else ""
    if lines.is_empty():
        return head
    return head + str(lines.str.join(layout.line_end).item()) + layout.line_end


def _orphans(frame: pl.DataFrame) -> list[Problem]:
    """Disciplines of a record that is not there."""
    lost = frame.filter(pl.col(PARENT).is_null()).select(SOURCE_ROW, "record")
    return [
        Problem(
            FILES["load_disciplines"], Message(words.ORPHAN, {"record": record}), "", row, "record",
            cut(record),
        )
        for row, record in lost.iter_rows()
    ]  # fmt: skip


def _shared_keys(frame: pl.DataFrame) -> list[Problem]:
    """A DELETE under the natural key of a record that goes as current: a warning."""
    deleted = frame.filter(DELETED)
    if deleted.is_empty():
        return []
    key = [*NATURAL_KEY, ISOLATED_KEY]
    current = frame.filter(~pl.col(DELETED)).select(pl.col("record").alias("other"), *key)
    shared = deleted.join(current, on=key, how="inner", nulls_equal=True, maintain_order="left")
    return [
        Problem(
            FILES["load"], Message(words.KEY_SHARED, {"record": record, "other": other}), "", row,
            "record", cut(record), severity="warning",
        )
        for row, record, other in shared.select(SOURCE_ROW, "record", "other").iter_rows()
    ]  # fmt: skip


def _no_json(part: _Part) -> list[Problem]:
    bad = not_json(part.frame, part.name, part.block.columns)
    rows = bad.select(SOURCE_ROW, "record", "given").iter_rows() if len(bad) else ()
    return [
        Problem(
            FILES[part.name], Message(words.NOT_JSON, {"record": record}), "", row, "complements",
            cut(given),
        )
        for row, record, given in rows
    ]  # fmt: skip
