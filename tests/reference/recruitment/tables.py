"""The tables of a procedure, column by column, and the faults of their cells, keys and links.

A table is a list of rows, a row a dict of cells; row 2 of a file is the first, 1 the header.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reference.cef.cells import Column, read
from reference.cef.tables import Fault

Row = dict[str, Any]
Tables = Mapping[str, Any]
"""`notice`: the settings as TOML gives them; every other name: the rows of that table."""

TEXT, NO_TEXT = Column("text"), Column("text", blank=True)
DAY, NO_DAY = Column("day"), Column("day", blank=True)
NUMBER, NO_NUMBER = Column("decimal", least=0), Column("decimal", blank=True, least=0)
LIST = Column("text", allowed=("admission", "evaluation"))

COLUMNS: dict[str, dict[str, Column]] = {
    "candidates": {"candidate": TEXT, "name": TEXT, "applied_on": NO_DAY},
    "decisions": {
        "candidate": TEXT,
        "result": Column("text", allowed=("admitted", "excluded")),
        "reason": NO_TEXT,
        "clause": NO_TEXT,
    },
    "criteria": {"criterion": TEXT, "weight": NUMBER, "minimum": NO_NUMBER, "clause": TEXT},
    "scores": {"candidate": TEXT, "criterion": TEXT, "score": NUMBER},
    "lists": {
        "list": LIST,
        "published": DAY,
        "hearing_days": Column("whole", blank=True, least=0),
        "title": Column("text", blank=True, allowed=("provisional", "definitive")),
    },
    "answers": {
        "answer": TEXT,
        "list": LIST,
        "candidate": TEXT,
        "received_on": DAY,
        "decided_on": NO_DAY,
        "outcome": Column("text", blank=True, allowed=("accepted", "rejected")),
        "criterion": NO_TEXT,
        "score": NO_NUMBER,
    },
}
KEYS = {
    "candidates": ("candidate",),
    "decisions": ("candidate",),
    "criteria": ("criterion",),
    "scores": ("candidate", "criterion"),
    "lists": ("list",),
    "answers": ("answer",),
}
LINKS = (
    ("decisions", "candidate", "candidates"),
    ("scores", "candidate", "candidates"),
    ("scores", "criterion", "criteria"),
    ("answers", "list", "lists"),
    ("answers", "candidate", "candidates"),
    ("answers", "criterion", "criteria"),
)


def typed(tables: Tables, faults: list[Fault]) -> dict[str, list[Row]]:
    """Every cell read; what is at fault is None in its row. Other columns stay out."""
    found: dict[str, list[Row]] = {}
    for table, columns in COLUMNS.items():
        found[table] = []
        if not isinstance(tables.get(table), Sequence):
            faults.append(Fault(table, 0, "", "missing-table"))
            continue
        rows = tables[table]
        lacking = {name for name in columns if any(name not in row for row in rows)}
        faults += [Fault(table, 1, name, "missing-column") for name in lacking]
        for number, row in enumerate(rows, 2):
            values: Row = {}
            for name, column in columns.items():
                values[name], code = (None, "") if name in lacking else read(row[name], column)
                if code:
                    faults.append(Fault(table, number, name, code))
            found[table].append(values)
    return found


def check_keys(found: dict[str, list[Row]], faults: list[Fault]) -> None:
    """No key twice, at the later row; no link to what is not there."""
    for table, key in KEYS.items():
        known = set()
        for number, row in enumerate(found[table], 2):
            values = tuple(row[name] for name in key)
            if None not in values and values in known:
                faults.append(Fault(table, number, key[-1], "repeated-key"))
            known.add(values)
    for table, name, target in LINKS:
        there = {row[KEYS[target][0]] for row in found[target]}
        for number, row in enumerate(found[table], 2):
            if row[name] is not None and row[name] not in there:
                faults.append(Fault(table, number, name, f"unknown-{name}"))
