"""The tables of a class, column by column, and the faults of their cells and keys.

A table is a list of rows, a row a dict of cells; row 2 of a file is the first, 1 the header.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .cells import Column, read
from .model import SCHOOL

Row = dict[str, Any]
Tables = Mapping[str, Any]
"""`course`: the settings as TOML gives them; every other name: the rows of that table."""

TEXT, MINUTES = Column("text"), Column("whole", least=0)
LEVEL = Column("whole", blank=True, least=1, most=5)
PERCENT = Column("decimal", blank=True, least=0, most=100)
FLAG = Column("flag", blank=True, empty=False)
"""Empty: false, as a box left unticked."""
DAY, DAY_OR_NONE = Column("day"), Column("day", blank=True)

COLUMNS: dict[str, dict[str, Column]] = {
    "students": {
        "student": TEXT,
        "name": TEXT,
        "birth_date": Column("day"),
        "next_path": Column("text", allowed=("professional", "scientific", "none")),
    },
    "subjects": {
        "subject": TEXT,
        "component": Column("text", allowed=SCHOOL),
        "planned_minutes_1": MINUTES,
        "planned_minutes_2": MINUTES,
        "lesson_minutes": Column("whole", least=1),
    },
    "units": {
        "unit": TEXT,
        "subject": TEXT,
        "domain": Column("text", blank=True),
        "planned_minutes": MINUTES,
        "catalogue": Column("text", blank=True),
        "done": FLAG,
    },
    "unit_grades": {"student": TEXT, "unit": TEXT, "level": LEVEL, "percent": PERCENT},
    "absences": {
        "student": TEXT,
        "subject": TEXT,
        "date": Column("day"),
        "minutes": Column("whole", least=1),
        "justified": FLAG,
        "cause": Column("text", allowed=("ordinary", "sent_out", "suspension")),
    },
    "internship": {
        "student": TEXT,
        "absent_minutes": MINUTES,
        "justified_minutes": MINUTES,
        "made_up_minutes": MINUTES,
        "level": LEVEL,
    },
    "paf": {
        "student": TEXT,
        "level": LEVEL,
        "percent": PERCENT,
        "absent": FLAG,
        "justified": FLAG,
    },
    "recoveries": {
        "student": TEXT,
        "subject": TEXT,
        "recorded_on": DAY,
        "told_on": DAY_OR_NONE,
        "result": Column("text", blank=True, allowed=("satisfaz", "nao_satisfaz", "not_done")),
        "attends": Column("flag", blank=True),
        "effective": Column("flag", blank=True, empty=True),
        "possible": Column("flag", blank=True, empty=True),
    },
    "exclusions": {
        "student": TEXT,
        "subject": Column("text", blank=True, empty=""),
        "decided_on": DAY,
        "other_path": Column("text", allowed=("possible", "impossible", "redirected")),
        "redirected_on": DAY_OR_NONE,
        "recovery_worked": FLAG,
        "school_fault": FLAG,
    },
}
OPTIONAL = ("recoveries", "exclusions")
"""A class may do without them. A blank subject of an exclusion is the practical component."""
KEYS = {
    "students": ("student",),
    "subjects": ("subject",),
    "units": ("unit",),
    "unit_grades": ("student", "unit"),
    "internship": ("student",),
    "paf": ("student",),
    "recoveries": ("student", "subject", "recorded_on"),
    "exclusions": ("student", "subject"),
}
LINKS = (
    ("units", "subject", "subjects"),
    ("unit_grades", "student", "students"),
    ("unit_grades", "unit", "units"),
    ("absences", "student", "students"),
    ("absences", "subject", "subjects"),
    ("internship", "student", "students"),
    ("paf", "student", "students"),
    ("recoveries", "student", "students"),
    ("recoveries", "subject", "subjects"),
    ("exclusions", "student", "students"),
    ("exclusions", "subject", "subjects"),
)


class Fault(NamedTuple):
    """`row`: 1 for the header, 0 for a whole table or course.toml."""

    table: str
    row: int
    column: str
    code: str


def typed(tables: Tables, faults: list[Fault]) -> dict[str, list[Row]]:
    """Every cell read; what is at fault is None in its row. Other columns and optional
    tables that are not given stay out."""
    found: dict[str, list[Row]] = {}
    for table, columns in COLUMNS.items():
        if table in OPTIONAL and table not in tables:
            continue
        if not isinstance(tables.get(table), Sequence):
            faults.append(Fault(table, 0, "", "missing-table"))
        rows = tables[table] if isinstance(tables.get(table), Sequence) else []
        found[table] = [{} for _ in rows]
        for name, column in columns.items():
            if any(name not in row for row in rows):
                faults.append(Fault(table, 1, name, "missing-column"))
                for new in found[table]:
                    new[name] = None
                continue
            for number, (row, new) in enumerate(zip(rows, found[table], strict=True), 2):
                new[name], code = read(row[name], column)
                if code:
                    faults.append(Fault(table, number, name, code))
    return found


def check_keys(found: dict[str, list[Row]], faults: list[Fault]) -> None:
    """Every row after the first of a key is at fault; so is a name that no table has."""
    for table, names in KEYS.items():
        seen = set()
        for number, row in enumerate(found.get(table, []), 2):
            key = tuple(row[name] for name in names)
            if None not in key and key in seen:
                faults.append(Fault(table, number, names[-1], "repeated-key"))
            seen.add(key)
    for table, name, other in LINKS:
        known = {row[name] for row in found[other]}
        for number, row in enumerate(found.get(table, []), 2):
            if row[name] and row[name] not in known:
                faults.append(Fault(table, number, name, f"unknown-{name}"))
