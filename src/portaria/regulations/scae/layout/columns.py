"""The columns of a block of lines, as the layout file says them."""

from __future__ import annotations

from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.formats import misfit
from portaria.regulations.scae.layout.model import BLOCKS, LOAD, Column, Kind, Source
from portaria.regulations.scae.layout.reader import Reader, Row, joined

KEYS = ("name", "from", "const", "width", "align", "pad", "required", "format")
FIXED = ("align", "pad")
SIDES = ("left", "right")
MOST_WIDE = 9_999
MONTH = "month"


def read_columns(
    reader: Reader, table: Row, block: str, place: str, fixed: bool
) -> tuple[Column, ...]:
    """The columns under `[[records.BLOCK.columns]]`, in their order."""
    rows = reader.tables(table, "columns", place)
    return tuple(_column(reader, row, block, where, fixed) for where, row in rows)


def find_source(text: str, block: str) -> Source | None:
    """What `from` means in a block, None where it means nothing.

    A column of the block itself, `month`, or in disciplines `load.unit`: the record's own line.
    """
    if text == MONTH:
        return Source("", MONTH, "month")
    own: dict[str, Kind] = BLOCKS[block]
    name = text
    if block != "load" and text.startswith("load."):
        block, own, name = "load", LOAD, text.removeprefix("load.")
    head, *path = name.split(".")
    if head not in own or (path and head != "complements") or "" in path:
        return None
    if any(mark in part for part in path for mark in "'\"\\"):
        return None
    return Source(block, head, own[head], tuple(path))


def _column(reader: Reader, row: Row, block: str, place: str, fixed: bool) -> Column:
    reader.known(row, KEYS, place)
    if ("from" in row) == ("const" in row):
        reader.fault(place, words.FROM_OR_CONST)
    source = _source(reader, row, block, place)
    const = reader.text(row, "const", place)
    if not fixed:
        for key in FIXED:
            if key in row:
                reader.fault(joined(place, key), words.FIXED_ONLY, key=key)
    return Column(
        name=reader.text(row, "name", place) or str(row.get("from", const)),
        source=source,
        const=const,
        width=_width(reader, row, place, fixed),
        right="align" in row and fixed and reader.choice(row, "align", SIDES, place) == "right",
        pad=(reader.character(row, "pad", place) if fixed else "") or " ",
        required=reader.flag(row, "required", place),
        format=_format(reader, row, source, place),
    )


def _source(reader: Reader, row: Row, block: str, place: str) -> Source | None:
    text = reader.text(row, "from", place)
    if not isinstance(row.get("from"), str):
        return None
    source = find_source(text, block)
    if source is None:
        known = [*BLOCKS[block], MONTH]
        prefix = "" if block == "load" else "load."
        if prefix:
            known += [f"{prefix}{name}" for name in LOAD]
        path = f"{prefix}complements.categoria"
        where = joined(place, "from")
        reader.fault(where, words.NO_SOURCE, text, known=", ".join(known), path=path)
    return source


def _width(reader: Reader, row: Row, place: str, fixed: bool) -> int | None:
    width = row.get("width")
    where = joined(place, "width")
    if width is None:
        if fixed:
            reader.fault(where, words.MISSING_KEY, key=where)
        return None
    if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= MOST_WIDE:
        reader.fault(where, words.NOT_A_WIDTH, width, most=MOST_WIDE)
        return None
    return width


def _format(reader: Reader, row: Row, source: Source | None, place: str) -> str | dict[str, str]:
    value = row.get("format")
    if value is None:
        return ""
    where = joined(place, "format")
    if "const" in row:
        reader.fault(where, words.UNKNOWN_KEY, key="format", known="const, name, width")
        return ""
    if source is None:
        return ""  # told already: the column comes from nowhere
    meant = misfit(value, source.kind, plain=not source.path)
    if meant is not None:
        reader.fault(where, words.BAD_FORMAT, value, meant=meant)
        return ""
    return value if isinstance(value, str) else dict(value)
