"""What a layout must hold together: the key of a DELETE, lines that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.formats import MONTH_FORMAT
from portaria.regulations.scae.layout.model import CONTROL, NATURAL_KEY, Block, Column, Layout
from portaria.regulations.scae.layout.reader import Reader, joined
from portaria.tables.raw import cut

LOAD, DISCIPLINES = "records.load", "records.load_disciplines"
EXAMPLE = date(2024, 3, 31)


def check_layout(layout: Layout, reader: Reader) -> None:
    """Tell the reader every fault between the parts of a layout."""
    _marks(layout, reader)
    _operations(layout, reader)
    blocks = ((LOAD, layout.load), (DISCIPLINES, layout.disciplines))
    for place, block in blocks:
        _names(layout, block, place, reader)
        for number, column in enumerate(block.columns, 1):
            _column(layout, column, f"{place}.columns[{number}]", reader)
    if layout.one_file:
        _one_file(layout, reader)
    elif layout.load.file.casefold() == layout.disciplines.file.casefold():
        # One file to some systems and two to others: neither is what was meant.
        reader.fault(joined(DISCIPLINES, "file"), words.SAME_NAME, name=layout.disciplines.file)


def not_written(text: str, encoding: str) -> str:
    """The first character of a text that an encoding does not have; empty where it has all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return text[error.start]
    return ""


def starts(block: Block) -> Iterator[tuple[int, Column]]:
    """Each column of a fixed block with the place in the line where it begins, from 0."""
    start = 0
    for column in block.columns:
        yield start, column
        start += column.width or 0


def line_width(block: Block) -> int:
    """The characters of a line of a fixed block."""
    return sum(column.width or 0 for column in block.columns)


def _marks(layout: Layout, reader: Reader) -> None:
    marks = [layout.separator, layout.quote]
    if not layout.quote:
        marks.append(layout.decimal_mark)
    elif layout.quote == layout.decimal_mark:
        reader.fault("quote", words.SAME_MARK, text=layout.quote)
    for place, mark in (("separator", layout.separator), ("quote", layout.quote)):
        if mark and marks.count(mark) > 1:
            reader.fault(place, words.SAME_MARK, text=mark)
        if character := not_written(mark, layout.encoding):
            params = {"encoding": layout.encoding, "character": character}
            reader.fault(place, words.NOT_IN_ENCODING, **params)


def _operations(layout: Layout, reader: Reader) -> None:
    letters = layout.operations
    if letters["UPSERT"] == letters["DELETE"]:
        reader.fault("operations", words.SAME_LETTERS, text=letters["DELETE"])
    held = {c.source.column for c in layout.load.columns if c.source and not c.source.path}
    place = joined(LOAD, "columns")
    for name in NATURAL_KEY:
        if name not in held:
            reader.fault(place, words.NO_KEY, column=name)
    if "operation" not in held:
        reader.fault(place, words.NO_OPERATION)


def _names(layout: Layout, block: Block, place: str, reader: Reader) -> None:
    if not layout.header:
        return
    names = [column.name for column in block.columns]
    for number, name in enumerate(names, 1):
        where = f"{place}.columns[{number}].name"
        if name in names[: number - 1]:
            reader.fault(where, words.SAME_NAME, name=name)
        _fits(layout, block.columns[number - 1], name, where, reader)


def _column(layout: Layout, column: Column, place: str, reader: Reader) -> None:
    if column.pad.isdigit() and not column.right:
        reader.fault(joined(place, "pad"), words.PADDED_AFTER, column.pad)
    if character := not_written(column.pad, layout.encoding):
        params = {"encoding": layout.encoding, "character": character}
        reader.fault(joined(place, "pad"), words.NOT_IN_ENCODING, **params)
    if column.source is None:
        _fits(layout, column, column.const, joined(place, "const"), reader)
        return
    if isinstance(column.format, dict):
        for word in column.format.values():
            _fits(layout, column, word, joined(place, "format"), reader)
    elif column.source.kind == "operation":
        for name, letter in layout.operations.items():
            _fits(layout, column, letter, f"operations.{name}", reader)
    elif column.source.kind in ("date", "month"):
        own = column.source.kind == "month" or column.format
        where = joined(place, "format") if own else "date_format"
        _fits(layout, column, an_example(layout, column), where, reader)


def an_example(layout: Layout, column: Column) -> str:
    """A date as a column writes it: every date has its length and its marks."""
    of_month = column.source is not None and column.source.kind == "month"
    default = MONTH_FORMAT if of_month else layout.date_format
    return EXAMPLE.strftime(str(column.format) or default)


def _fits(layout: Layout, column: Column, text: str, where: str, reader: Reader) -> None:
    """A text of the layout's own must stand in a line as any value does."""
    if column.width is not None and len(text) > column.width:
        params = {"text": cut(text), "length": len(text), "width": column.width}
        reader.fault(where, words.CONST_TOO_LONG, **params)
    parts = not layout.quote and layout.separator and layout.separator in text
    if parts or CONTROL.search(text):
        reader.fault(where, words.CONST_BREAKS, text=cut(text))
    if character := not_written(text, layout.encoding):
        params = {"encoding": layout.encoding, "character": character}
        reader.fault(where, words.NOT_IN_ENCODING, **params)


def _one_file(layout: Layout, reader: Reader) -> None:
    file = layout.load.file
    if not _told_apart(layout):
        reader.fault(joined(DISCIPLINES, "columns"), words.NO_TYPE, file=file)
    first, second = line_width(layout.load), line_width(layout.disciplines)
    if layout.fixed and first != second:
        params = {"file": file, "first": first, "second": second}
        reader.fault(joined(DISCIPLINES, "columns"), words.TWO_WIDTHS, **params)
    names = [[column.name for column in b.columns] for b in (layout.load, layout.disciplines)]
    if layout.header and names[0] != names[1]:
        reader.fault("header", words.TWO_HEADERS, file=file)


def _told_apart(layout: Layout) -> bool:
    """Whether both blocks have a constant in one place of the line, each its own."""
    both = (layout.load, layout.disciplines)
    if layout.fixed:
        places = [
            {(start, c.width): c.const for start, c in starts(block) if c.source is None}
            for block in both
        ]
    else:
        places = [
            {(number, None): c.const for number, c in enumerate(block.columns) if c.source is None}
            for block in both
        ]
    return any(places[1].get(place, const) != const for place, const in places[0].items())
