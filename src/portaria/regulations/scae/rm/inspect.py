"""What the dictionary of a base says of the names that no public page gives.

GDIC (and GCAMPOS, a smaller one) hold a description of each column of the base, custom ones too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import ibis.expr.types as ir

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

NOT_RM = declare(
    "scae-rm-not-a-base", "the base has no table {table}: is it a base of TOTVS RM, and its schema?"
)

DICTIONARIES = ("GDIC", "GCAMPOS")
COLUMN_NAMES = ("COLUNA", "CAMPO")
"""How a dictionary may call its column of columns."""
CUSTOM = ("SMATRICPLCOMPL", "SDISCGRADECOMPL")
SMALL = "a o as os e de da do das dos em na no nas nos para por"
SMALL_WORDS = frozenset(SMALL.split())
KEYS = """
    CODCOLIGADA IDPERLET IDHABILITACAOFILIAL RA CODCURSO CODHABILITACAO CODGRADE CODPERIODO
    CODDISC RECCREATEDBY RECCREATEDON RECMODIFIEDBY RECMODIFIEDON
"""
"""Columns of the complement tables that are no custom ones."""


@dataclass(frozen=True)
class Column:
    """A column of the base: its type as the base has it, its description where there is one."""

    table: str
    name: str
    type: str
    description: str = ""


@dataclass(frozen=True)
class Found:
    """What a base shows: `levels` and `coligadas` are (coligada, code, name)."""

    columns: tuple[Column, ...]
    logs: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    levels: tuple[tuple[str, str, str], ...] = ()
    dictionary: bool = True

    def custom(self, table: str) -> list[Column]:
        """The columns of a complement table that may be custom ones."""
        return [c for c in self.columns if c.table == table and c.name.upper() not in KEYS.split()]


def look(connection: Any, schema: str | None = None) -> Found:
    """Read the dictionary and the shape of a base; no data of a person is read.

    UsageError where it is no base of RM.
    """
    tables = sorted(connection.list_tables(database=schema))
    if "SMATRICPL" not in tables:
        raise UsageError(Message(NOT_RM, {"table": "SMATRICPL"}))
    logs = [name for name in tables if name.upper().startswith("SLOG")]
    wanted = [*(name for name in CUSTOM if name in tables), *logs]
    told = _descriptions(connection, tables, wanted, schema)
    columns = [
        Column(table, name, str(kind), told.get((table.upper(), name.upper()), ""))
        for table in wanted
        for name, kind in connection.table(table, database=schema).schema().items()
    ]
    return Found(
        columns=tuple(c for c in columns if c.table in CUSTOM),
        logs={log: tuple(c for c in columns if c.table == log) for log in logs},
        levels=_levels(connection, tables, schema),
        dictionary=any(name in tables for name in DICTIONARIES),
    )


def words(text: str) -> frozenset[str]:
    """The words of a text without accents, small letters, small words left out."""
    plain = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - SMALL_WORDS


def likeness(wanted: str, description: str) -> Fraction:
    """The share of the wanted words that the description has, exactly."""
    asked = words(wanted)
    return Fraction(len(asked & words(description)), len(asked))


def candidates(wanted: str, columns: Iterable[Column]) -> list[tuple[Fraction, Column]]:
    """The columns whose description shares a word, the likest first, then by name."""
    scored = [(likeness(wanted, column.description), column) for column in columns]
    return sorted((s for s in scored if s[0]), key=lambda s: (-s[0], s[1].table, s[1].name))


def clear(found: list[tuple[Fraction, Column]]) -> Column | None:
    """The one column that has every wanted word; None where there is none, or more than one."""
    whole = [column for share, column in found if share == 1]
    return whole[0] if len(whole) == 1 else None


def _descriptions(
    connection: Any, tables: list[str], wanted: list[str], schema: str | None
) -> dict[tuple[str, str], str]:
    told: dict[tuple[str, str], str] = {}
    for dictionary in DICTIONARIES:
        if dictionary not in tables or not wanted:
            continue
        table: ir.Table = connection.table(dictionary, database=schema)
        column = next((c for c in COLUMN_NAMES if c in table.columns), None)
        if column is None or not {"TABELA", "DESCRICAO"} <= set(table.columns):
            continue
        rows = table.filter(table.TABELA.upper().isin([name.upper() for name in wanted]))
        rows = rows.select(table="TABELA", column=column, description="DESCRICAO")
        for row in connection.to_pyarrow(rows).to_pylist():
            key = (str(row["table"]).strip().upper(), str(row["column"]).strip().upper())
            told.setdefault(key, " ".join(str(row["description"] or "").split()))
    return told


def _levels(
    connection: Any, tables: list[str], schema: str | None
) -> tuple[tuple[str, str, str], ...]:
    if "STIPOCURSO" not in tables:
        return ()
    table = connection.table("STIPOCURSO", database=schema)
    rows = table.select("CODCOLIGADA", "CODTIPOCURSO", "NOME").distinct()
    found = [tuple(row.values()) for row in connection.to_pyarrow(rows).to_pylist()]
    return tuple((str(a), str(b), " ".join(str(c).split())) for a, b, c in sorted(found))
