"""Single cells: what a text may stand for. A cell that is no such thing is a fault's code."""

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

WHOLE = re.compile(r"[+-]?[0-9]{1,15}([.,]0+)?")
DECIMAL = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,18})?")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAY_FIRST = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
YES, NO = ("true", "1", "sim"), ("false", "0", "não", "nao")


class Column(NamedTuple):
    """`kind`: text, whole, decimal, day, flag. `empty`: what an empty cell stands for."""

    kind: str
    blank: bool = False
    least: int | None = None
    most: int | None = None
    allowed: tuple[str, ...] = ()
    empty: Any = None


def read(cell: Any, column: Column) -> tuple[Any, str]:
    """The value and the code of its fault, "" for none."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return column.empty, "" if column.blank else "blank-cell"
    value, code = READERS[column.kind](cell)
    if code:
        return None, code
    if column.allowed and value not in column.allowed:
        return None, "not-allowed"
    if column.least is not None and value < column.least:
        return None, "below-minimum"
    if column.most is not None and value > column.most:
        return None, "above-maximum"
    return value, ""


def _text(cell: Any) -> tuple[str | None, str]:
    return (cell.strip(), "") if isinstance(cell, str) else (None, "not-a-text")


def _whole(cell: Any) -> tuple[int | None, str]:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell, ""
    if isinstance(cell, str) and WHOLE.fullmatch(cell.strip()):
        return int(re.split("[.,]", cell.strip())[0]), ""
    return None, "not-an-integer"


def _decimal(cell: Any) -> tuple[Fraction | None, str]:
    if isinstance(cell, int | Fraction) and not isinstance(cell, bool):
        return Fraction(cell), ""
    if isinstance(cell, str) and DECIMAL.fullmatch(cell.strip()):
        return Fraction(cell.strip().replace(",", ".")), ""
    return None, "not-a-number"


def _flag(cell: Any) -> tuple[bool | None, str]:
    if isinstance(cell, bool):
        return cell, ""
    word = cell.strip().lower() if isinstance(cell, str) else ""
    if word in YES or word in NO:
        return word in YES, ""
    return None, "not-a-boolean"


def _day(cell: Any) -> tuple[date | None, str]:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell, ""
    text = cell.strip() if isinstance(cell, str) else ""
    found = ISO.fullmatch(text)
    parts = found.groups() if found else None
    if found := DAY_FIRST.fullmatch(text):
        parts = found.groups()[::-1]
    try:
        return (date(*map(int, parts)), "") if parts else (None, "not-a-date")
    except ValueError:
        return None, "not-a-date"


READERS = {"text": _text, "whole": _whole, "decimal": _decimal, "flag": _flag, "day": _day}
