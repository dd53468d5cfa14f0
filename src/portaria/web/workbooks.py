"""Files of tables that say little of what would come out of them: counted before they are read.

An XLSX may expand to more than its ZIP says, or hold one cell a million rows down, and a Parquet
file may repeat one value for ever; their readers would take all the memory of the machine.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from portaria.core.messages import Message, declare
from portaria.web.uploads import BROKEN_ZIP, EXPANDS, MEGABYTE, Limits

MOST_CELLS = 30_000_000
"""Of a workbook, empty ones before the last included."""
MOST_VALUES = 300_000_000
"""Of a Parquet file: rows by columns."""
MANY_CELLS = declare(
    "upload-many-cells",
    "it has too many cells ({count}), perhaps one far from the others: send the table as CSV",
)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d{1,9})")
CELL = re.compile(rb"\sr=[\"']([A-Za-z]{1,4})(\d{1,9})")
OVERLAP = 256
"""A cell that is cut by the end of a block is seen whole with so much of the block before."""


def content_fault(path: Path, limits: Limits) -> Message | None:
    """Whether a file of a table holds more than is read; None also for kinds that cannot."""
    if path.suffix == ".xlsx":
        return _workbook_fault(path, limits)
    if path.suffix == ".parquet":
        return _parquet_fault(path)
    return None


def _workbook_fault(path: Path, limits: Limits) -> Message | None:
    left = limits.expanded
    last_row = last_column = 0
    try:
        with path.open("rb") as content, zipfile.ZipFile(content) as archive:
            for entry in archive.infolist():
                sheet = entry.filename.lower().startswith("xl/worksheets/")
                tail = b""
                for block in _blocks(content, entry):
                    left -= len(block)
                    if left < 0:
                        return Message(EXPANDS, {"limit": limits.expanded // MEGABYTE})
                    if sheet:
                        row, column = _furthest(tail + block)
                        last_row, last_column = max(last_row, row), max(last_column, column)
                        tail = block[-OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError):
        return Message(BROKEN_ZIP)
    cells = last_row * last_column
    return Message(MANY_CELLS, {"count": cells}) if cells > MOST_CELLS else None


def _blocks(content: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What really comes out of an entry, whatever sizes the archive gives."""
    content.seek(entry.header_offset)
    name, extra = struct.unpack("<HH", content.read(30)[26:30])
    content.seek(entry.header_offset + 30 + name + extra)
    left = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (block := content.read(min(left, MEGABYTE))):
            left -= len(block)
            yield block
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(entry.compress_type)
    inflate = zlib.decompressobj(-15)
    while left > 0 and (packed := content.read(min(left, MEGABYTE))):
        left -= len(packed)
        while packed and not inflate.eof:
            yield inflate.decompress(packed, MEGABYTE)
            packed = inflate.unconsumed_tail


def _furthest(text: bytes) -> tuple[int, int]:
    """The last row and column that a piece of a sheet names, from 1 on; 0 where it names none."""
    rows = [int(row) for row in ROW.findall(text)]
    cells = CELL.findall(text)
    rows += [int(row) for row in {row for _letters, row in cells}]
    columns = {letters for letters, _row in cells}
    return max(rows, default=0), max(map(_column, columns), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parquet_fault(path: Path) -> Message | None:
    import polars as pl

    try:
        frame = pl.scan_parquet(path)
        values = len(frame.collect_schema()) * frame.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None  # the reader of tables says what is wrong with it
    return Message(MANY_CELLS, {"count": values}) if values > MOST_VALUES else None
