"""Small school systems written as tables, and the loads that the command makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reference.scae.random_logs import write_source
from reference.scae.test_scae_cases import whole_row

from portaria.cli.app import run

Rows = Sequence[Mapping[str, Any]]


def situation(**tables: Rows) -> dict[str, list[dict[str, Any]]]:
    """The tables of a source; what a row does not say is as in the cases of the rules, and the
    course and series of an enrolment are those of its class."""
    made = {
        name: [whole_row(name, number, dict(row)) for number, row in enumerate(rows, 1)]
        for name, rows in tables.items()
    }
    classes = {row["class"]: row for row in made["classes"]}
    for row in made["enrolments"]:
        klass = classes.get(row["class"], {})
        row |= {name: row.get(name, klass.get(name)) for name in ("course", "series")}
    return made


def write(folder: Path, tables: Mapping[str, Any], **settings: Mapping[str, Any]) -> Path:
    """A source folder; settings: the tables of scae.toml beside the codes (readings, required)."""
    write_source(dict(tables), {"required": settings.pop("required", {})}, folder)
    with (folder / "scae.toml").open("a", encoding="utf-8") as file:
        for name, values in settings.items():
            file.write(f"\n[{name}]\n")
            file.writelines(f'{key} = "{value}"\n' for key, value in values.items())
    return folder


def extract(source: Path, month: str, out: Path, *more: str) -> Path:
    """The load of a month, by the command; further arguments as typed."""
    arguments = ["scae", "extract", str(source), "--month", month, "--state", "SP", "--quiet"]
    assert run([*arguments, "--out", str(out), *more]) == 0
    return out


def loads(
    folder: Path, tables: Mapping[str, Any], *months: str, **settings: Mapping[str, Any]
) -> Path:
    """The months one after the other, with a ledger; the folder of the last one."""
    source = write(folder / "source", tables, **settings)
    ledger = ("--ledger", str(folder / "ledger.parquet"))
    made = [extract(source, month, folder / month, *ledger) for month in months]
    return made[-1]
