"""A class written as the folder of the contract, to be given to another program."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from .tables import COLUMNS, Tables


def write(tables: Tables, folder: Path) -> None:
    """course.toml, and NAME.csv for every table that is there, with a header."""
    folder.mkdir(parents=True, exist_ok=True)
    course = dict(tables["course"])
    policy = course.pop("policy", {})
    lines = [f"{key} = {_toml(value)}" for key, value in course.items()]
    lines += ["", "[policy]", *(f"{key} = {_toml(value)}" for key, value in policy.items())]
    (folder / "course.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for table in (name for name in COLUMNS if name in tables):
        columns = list(tables[table][0] if tables[table] else COLUMNS[table])
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[table])


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int | date) else f'"{value}"'
