"""Values of RM as neutral ones: codes as text, keys, flags, hours.

Nothing here may use a boolean as a value, an empty text or a full-text search: SQL Server and
Oracle do not have them, or mean something else by them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

DIGITS = tuple("0123456789")
ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
SEPARATOR = "-"
MISSING = "null"


def text(value: ir.Value) -> ir.StringValue:
    """A value as a text without blanks around it; null where nothing is left."""
    if not value.type().is_string():
        value = value.cast("string")
    stripped: ir.StringValue = value.strip().nullif("")
    return stripped


def code(value: ir.Value) -> ir.StringValue:
    """A code as a text: whole numbers without decimals."""
    kind = value.type()
    if kind.is_integer():
        return value.cast("string")
    if kind.is_decimal() or kind.is_floating():
        return value.cast("int64").cast("string")
    return text(value)


def joined(*parts: ir.Value) -> ir.StringValue:
    """Codes with `-` between them; null where one is. One call: nested ones double in length."""
    texts = [part if part.type().is_string() else code(part) for part in parts]
    rest = [piece for part in texts[1:] for piece in (SEPARATOR, part)]
    return texts[0].concat(*rest)


def enrolment_key(table: ir.Table) -> ir.StringValue:
    """CODCOLIGADA-IDPERLET-IDHABILITACAOFILIAL-RA: three numbers, then RA, so it reads back."""
    return joined(table.CODCOLIGADA, table.IDPERLET, table.IDHABILITACAOFILIAL, text(table.RA))


def class_key(table: ir.Table, name: ir.Value | None = None) -> ir.StringValue:
    """CODCOLIGADA-CODFILIAL-IDPERLET-CODTURMA; `name` is CODTURMA, where another is meant."""
    known = text(table.CODTURMA if name is None else name)
    return joined(table.CODCOLIGADA, table.CODFILIAL, table.IDPERLET, known)


def offer_key(table: ir.Table) -> ir.StringValue:
    """CODCOLIGADA-IDTURMADISC."""
    return joined(table.CODCOLIGADA, table.IDTURMADISC)


def discipline_enrolment_key(table: ir.Table) -> ir.StringValue:
    """CODCOLIGADA-IDTURMADISC-RA."""
    return joined(table.CODCOLIGADA, table.IDTURMADISC, text(table.RA))


def said(value: ir.Value) -> ir.BooleanValue:
    """A condition: whether a flag says yes. Never a value by itself."""
    return text(value).upper().isin(["S", "1", "T"])


def modality(value: ir.Value) -> ir.StringValue:
    """A modality without leading zeros: 8 and 08 are one (R14)."""
    known = text(value)
    # Zeros become blanks, those before the code go, the others come back; | keeps those behind.
    bare = known.replace("0", " ").concat("|").strip().replace(" ", "0").replace("|", "")
    return ibis.coalesce(bare.nullif(""), known)


def day(value: ir.Value) -> ir.Value:
    """A moment as its day; what is no moment stays, and is told of when types are checked."""
    return value.date() if value.type().is_timestamp() else value


def minutes(value: ir.Value) -> ir.IntegerValue:
    """The minutes since midnight of a text HH:MM, a time or a moment; null where it is none."""
    if not value.type().is_string():
        clock: ir.IntegerValue = value.hour() * 60 + value.minute()
        return clock
    digits = [value.substr(place, 1).isin(DIGITS) for place in (0, 1, 3, 4)]
    valid = (value.substr(2, 1) == ":") & digits[0] & digits[1] & digits[2] & digits[3]
    hour, minute = value.substr(0, 2), value.substr(3, 2)
    # Cast inside the branch: a text that is no time must not stop the whole query.
    return valid.ifelse(hour.cast("int64") * 60 + minute.cast("int64"), ibis.null("int64"))


def complements(fields: Mapping[str, ir.Value], dependency: ir.BooleanValue) -> ir.StringValue:
    """A JSON text with every field, null where it is blank, and `dependency` where it is true."""
    pieces: list[ir.Value | str] = []
    for name, value in sorted(fields.items()):
        label = json.dumps(name, ensure_ascii=False)
        pieces += [f"{', ' if pieces else ''}{label}: ", _json(value)]
    comma = ", " if pieces else ""
    # A blank and not an empty text, which would be null on Oracle and make all of it null.
    pieces.append(dependency.ifelse(f'{comma}"dependency": true', " "))
    return ibis.literal("{").concat(*pieces, "}")


def _json(value: ir.Value) -> ir.StringValue:
    known = text(value)
    for plain, escaped in ESCAPES:
        known = known.replace(plain, escaped)
    return ibis.coalesce(ibis.literal('"').concat(known, '"'), MISSING)
