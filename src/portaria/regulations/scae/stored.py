"""A result folder opened again: its manifest, its tables, its facts, and the run that they were.

What `extract` wrote is enough to explain every record and to decide all of them once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae.facts import Facts
from portaria.regulations.scae.month import Month, parse_month
from portaria.regulations.scae.report_files import DAMAGED, NOT_A_LOAD
from portaria.regulations.scae.results import KIND, MANIFEST
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.settings import Settings, edition
from portaria.tables.raw import cut
from portaria.tables.recorded import CHANGED, MISSING
from portaria.tables.result import sha256

DECISIONS, REPORTED = "decisions", "reported"
TABLES = (
    "load", "load_disciplines", "findings", "withheld", "reconciliation", "checklist", "totals",
)  # fmt: skip
NEEDED = {
    "month", "state", "status", "filters", "readings", "codes", "facts", "outputs", "inputs",
    "settings", "findings_language", "mapping_version", "edition_sha256", "previous_month",
}  # fmt: skip

UNUSABLE = declare("scae-stored-unusable", "the file cannot be used: {detail}")


@dataclass(frozen=True)
class Stored:
    """A folder of `extract` with its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Stored:
        """UsageError where the folder is not one that `extract` wrote."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["kind"] != KIND or not manifest.keys() >= NEEDED:
                raise KeyError(KIND)
            stored = cls(folder, manifest)
            stored.hashes()
            stored.settings()
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise UsageError(Message(NOT_A_LOAD, {"path": str(folder)})) from error
        return stored

    def hashes(self) -> dict[str, str]:
        """Every file of the folder, the manifest apart, with the SHA-256 that was written."""
        outputs = {_file(name): row["sha256"] for name, row in self.manifest["outputs"].items()}
        facts = self.manifest["facts"].items()
        return outputs | {f"inputs/{name}.parquet": row["sha256"] for name, row in facts}

    @property
    def month(self) -> Month:
        """The month of the load."""
        return parse_month(self.manifest["month"])

    def settings(self) -> Settings:
        """What scae.toml said, over the edition of this program."""
        told = self.manifest["settings"]
        return Settings(
            edition=edition(),
            readings=edition().choose(self.manifest["readings"]),
            codes={name: tuple(codes) for name, codes in self.manifest["codes"].items()},
            required={level: tuple(names) for level, names in told["required"].items()},
            situation_names=told["situation_names"],
            evaded_early_days=told["evaded_early_days"],
            dependency_field=told["dependency_field"],
            mapping_version=self.manifest["mapping_version"],
        )

    def table(self, name: str, where: pl.Expr, columns: Sequence[str] = ()) -> pl.DataFrame:
        """The rows of NAME.csv that `where` keeps, all text, empty cells null.

        InputError where the file is missing or is not the one that was written.
        """
        rows = self._read(f"{name}.csv", where)
        return rows.select(*columns) if columns else rows

    def decisions(self, where: pl.Expr) -> pl.DataFrame:
        """The records considered that `where` keeps, columns `results.DECISIONS`."""
        return self._read(f"{DECISIONS}.parquet", where)

    def fact(self, name: str, where: pl.Expr | bool = True) -> pl.DataFrame:
        """The rows of a stored fact that `where` keeps."""
        condition = pl.lit(where) if isinstance(where, bool) else where
        return self._read(f"inputs/{name}.parquet", condition)

    def has(self, name: str) -> bool:
        """Whether a fact was stored; `reported` is not where no ledger was given."""
        return name in self.manifest["facts"]

    def facts(self) -> Facts:
        """Every fact of the load."""
        names = [name for name in self.manifest["facts"] if name != REPORTED]
        given = "municipalities" in self.manifest["inputs"]
        return Facts({name: self.fact(name) for name in names}, given)

    def run(self, facts: Facts) -> Run:
        """The run of the load over `facts`: all of them, or those of some students."""
        preview = self.manifest["status"] == "preview"
        return Run(
            month=self.month,
            state=self.manifest["state"],
            settings=self.settings(),
            facts=facts,
            reported=self.fact(REPORTED) if self.has(REPORTED) else None,
            today=self.month.last if preview else None,
            filters=dict(self.manifest["filters"]),
        )

    def _read(self, name: str, where: pl.Expr) -> pl.DataFrame:
        path = self.folder / name
        self._check(path, name)
        try:
            lazy = (
                pl.scan_csv(path, infer_schema=False)
                if path.suffix == ".csv"
                else pl.scan_parquet(path)
            )
            return lazy.filter(where).collect()
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            raise _damaged(name, Message(UNUSABLE, {"detail": cut(error)})) from error

    def _check(self, path: Path, name: str) -> None:
        """An account is given of the files that were written, or of none."""
        if not path.is_file():
            raise _damaged(name, Message(MISSING))
        if sha256(path) != self.hashes().get(name):
            raise _damaged(name, Message(CHANGED))


def _file(name: str) -> str:
    """The file of an output: tables and decisions stand by their name, others by their file."""
    if name == DECISIONS:
        return f"{name}.parquet"
    return f"{name}.csv" if name in TABLES else name


def _damaged(name: str, message: Message) -> InputError:
    return InputError(Message(DAMAGED, {"file": name}), [Problem(name, message)])
