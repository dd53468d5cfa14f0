"""A layout file, read: TOML, as docs/scae/layout.md tells it, with every fault at once."""

from __future__ import annotations

import re
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.core.unopened import why
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.check import check_layout
from portaria.regulations.scae.layout.columns import read_columns
from portaria.regulations.scae.layout.formats import is_date_pattern
from portaria.regulations.scae.layout.model import (
    BLOCKS,
    ENCODINGS,
    LINE_ENDS,
    OPERATIONS,
    Block,
    Layout,
)
from portaria.regulations.scae.layout.reader import Reader, Row, joined
from portaria.tables.folder import UNREADABLE
from portaria.tables.raw import cut

KEYS = (
    "name",
    "official",
    "kind",
    "separator",
    "quote",
    "line_end",
    "encoding",
    "decimal_mark",
    "date_format",
    "header",
    "operations",
    "records",
)
KINDS = ("delimited", "fixed")
FILE = re.compile(r"[^\\/:*?\"<>|{}\x00-\x1f]+")
MONTH = "{month}"


def read_layout(path: Path | Traversable) -> tuple[Layout | None, list[Problem]]:
    """The layout of a TOML file and what is wrong with it; no layout where anything is.

    A problem names the file and, as its column, the place: `records.load.columns[2].width`.
    """
    file = path.name
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        detail = {"detail": why(error)}
        return None, [Problem(file, Message(UNREADABLE, detail))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Problem(file, Message(words.NOT_TOML, {"detail": cut(error)}))]
    reader = Reader(file)
    layout = _layout(reader, data)
    if not reader.problems:  # what a layout lacks can be told once its parts are read
        check_layout(layout, reader)
    return (None if reader.problems else layout), reader.problems


def _layout(reader: Reader, data: Row) -> Layout:
    reader.known(data, KEYS)
    fixed = reader.choice(data, "kind", KINDS) == "fixed"
    for key in ("separator", "quote"):
        if fixed and key in data:
            reader.fault(key, words.DELIMITED_ONLY, key=key)
    records = reader.table(data, "records")
    reader.known(records, tuple(BLOCKS), "records")
    return Layout(
        name=reader.text(data, "name", required=True),
        official=reader.flag(data, "official", required=True),
        fixed=fixed,
        separator="" if fixed else reader.character(data, "separator", required=True),
        quote="" if fixed else reader.character(data, "quote"),
        line_end=LINE_ENDS.get(reader.choice(data, "line_end", tuple(LINE_ENDS)), ""),
        encoding=reader.choice(data, "encoding", ENCODINGS),
        decimal_mark=reader.choice(data, "decimal_mark", (",", ".")),
        date_format=_date_format(reader, data),
        header=reader.flag(data, "header"),
        operations=_operations(reader, data),
        load=_block(reader, data, "load", fixed),
        disciplines=_block(reader, data, "load_disciplines", fixed),
    )


def _date_format(reader: Reader, data: Row) -> str:
    text = reader.text(data, "date_format", required=True)
    if isinstance(data.get("date_format"), str) and not is_date_pattern(text, "dmYy"):
        meant = Message(words.MEANT_DATE)
        reader.fault("date_format", words.BAD_FORMAT, text, meant=meant)
    return text


def _operations(reader: Reader, data: Row) -> dict[str, str]:
    table = reader.table(data, "operations")
    reader.known(table, OPERATIONS, "operations")
    if not isinstance(data.get("operations"), dict):
        return {}  # told already
    return {name: reader.text(table, name, "operations", required=True) for name in OPERATIONS}


def _block(reader: Reader, data: Row, name: str, fixed: bool) -> Block:
    place, records = joined("records", name), data.get("records")
    if not isinstance(records, dict):
        return Block("", ())  # told already
    table = reader.table(records, name, "records")
    if not isinstance(records.get(name), dict):
        return Block("", ())
    reader.known(table, ("file", "columns"), place)
    file = reader.text(table, "file", place, required=True)
    plain = file.replace(MONTH, "2024-03")
    if isinstance(table.get("file"), str) and (
        not FILE.fullmatch(plain) or plain.strip(". ") != plain
    ):
        reader.fault(joined(place, "file"), words.BAD_FILE, file)
    return Block(file, read_columns(reader, table, name, place, fixed))
