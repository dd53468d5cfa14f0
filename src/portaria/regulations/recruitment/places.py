"""Where the rows of a procedure stand in the files that people gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portaria.regulations.recruitment.schemas import KEYS
from portaria.tables.folder import Folder
from portaria.tables.schema import SOURCE_ROW

KEYED = ("candidates", "lists", "answers")
"""The tables of one key that a warning may be about."""


@dataclass(frozen=True)
class Places:
    """`files`: the name of the file of a table; `rows`: the row of a key of one of KEYED, the
    header being row 1."""

    files: Mapping[str, str]
    rows: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, tables: Folder) -> Places:
        """Those of a folder without errors."""
        return cls(
            {name: tables.file(name) for name in tables.frames},
            {
                (name, row[KEYS[name][0]]): row[SOURCE_ROW]
                for name in KEYED
                for row in tables.frames[name].iter_rows(named=True)
            },
        )
