"""Small layouts to change, and rows of a load to write with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from portaria.regulations.scae.layout import Layout, read_layout

DELIMITED = """\
name = "test"
official = false
kind = "delimited"
separator = ";"
quote = '"'
line_end = "lf"
encoding = "utf-8"
decimal_mark = ","
date_format = "%d/%m/%Y"
header = false

[operations]
UPSERT = ""
DELETE = "E"

[records.load]
file = "load-{month}.txt"
columns = [
    { from = "operation" },
    { from = "unit" },
    { from = "period" },
    { from = "class" },
    { from = "student" },
    { from = "kind" },
    { from = "course" },
]

[records.load_disciplines]
file = "disciplines-{month}.txt"
columns = [
    { from = "scae_discipline" },
    { from = "situation" },
]
"""

FIXED = """\
name = "test"
official = false
kind = "fixed"
line_end = "lf"
encoding = "latin-1"
decimal_mark = ","
date_format = "%Y%m%d"

[operations]
UPSERT = "I"
DELETE = "E"

[records.load]
file = "load-{month}.txt"
columns = [
    { const = "1", width = 1 },
    { from = "operation", width = 1 },
    { from = "unit", width = 4 },
    { from = "period", width = 4 },
    { from = "class", width = 4 },
    { from = "student", width = 5 },
    { from = "kind", width = 1 },
]

[records.load_disciplines]
file = "load-{month}.txt"
columns = [
    { const = "2", width = 1 },
    { from = "scae_discipline", width = 16 },
    { from = "situation", width = 3, align = "right", pad = "0" },
]
"""

LOAD = {
    "record": pl.String,
    "operation": pl.String,
    "kind": pl.String,
    "enrolment": pl.String,
    "student": pl.String,
    "unit": pl.String,
    "period": pl.String,
    "class": pl.String,
    "course": pl.String,
    "effective_date": pl.Date,
    "situation": pl.Int64,
    "mobility_date": pl.Date,
    "student_hours": pl.String,
    "hours_partial": pl.Boolean,
    "complements": pl.String,
    "class_discipline": pl.String,
}
DISCIPLINES = {
    "record": pl.String,
    "scae_discipline": pl.String,
    "situation": pl.Int64,
    "evaluation_type": pl.Int64,
}
RECORD = {
    "record": "P:E1:7A",
    "operation": "UPSERT",
    "kind": "P",
    "enrolment": "E1",
    "student": "RA1",
    "unit": "101",
    "period": "2024",
    "class": "7A",
    "course": "EF",
    "effective_date": date(2024, 2, 5),
    "situation": 1,
    "mobility_date": None,
    "student_hours": "62.50",
    "hours_partial": False,
    "complements": None,
    "class_discipline": None,
}
DISCIPLINE = {"record": "P:E1:7A", "scae_discipline": "77", "situation": 12, "evaluation_type": 1}


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A layout with texts replaced that must each stand exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def with_column(text: str, column: str) -> str:
    """A layout with one more column at the end of the lines of load."""
    return changed(
        text, ("]\n\n[records.load_disciplines]", f"{column},\n]\n\n[records.load_disciplines]")
    )


def layout_of(folder: Path, text: str) -> Layout:
    """A layout without faults."""
    layout, problems = reading(folder, text)
    assert problems == []
    assert layout is not None
    return layout


def reading(folder: Path, text: str):
    """What reading a layout gives."""
    path = folder / "layout.toml"
    path.write_text(text, encoding="utf-8")
    return read_layout(path)


def load_of(*rows: dict[str, object]) -> pl.DataFrame:
    """A load of records, each like RECORD but for what is said of it."""
    return pl.DataFrame([RECORD | row for row in rows], schema=LOAD)


def disciplines_of(*rows: dict[str, object]) -> pl.DataFrame:
    """Disciplines, each like DISCIPLINE but for what is said of it."""
    return pl.DataFrame([DISCIPLINE | row for row in rows], schema=DISCIPLINES)
