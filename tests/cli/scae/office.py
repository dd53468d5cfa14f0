"""An office that sends loads: a source, a ledger, results by name; commands run in this process."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from regulations.scae.small_source import SmallSource, write_small_source

from cli import Answer

APRIL, MAY, JUNE = "2024-04", "2024-05", "2024-06"


class Office:
    """`place` holds the source, ledger.csv and the results, each in a folder of its name."""

    def __init__(self, run: Callable[..., Answer], place: Path) -> None:
        self.run, self.place = run, place
        self.ledger = place / "ledger.csv"
        folder = place / "source"
        self.source = SmallSource(folder) if folder.exists() else write_small_source(folder)

    def arguments(self, month: str, name: str, *options: object) -> list[object]:
        return ["scae", "extract", self.source.folder, "--month", month, "--state", "SP",
                "--out", self.place / name, "--ledger", self.ledger, *options]  # fmt: skip

    def extract(self, month: str, name: str, *options: object, code: int = 0) -> Answer:
        """The answer, which must have this code."""
        answer = self.run(*self.arguments(month, name, *options))
        assert answer.code == code, answer.err
        assert "Traceback" not in answer.err
        assert "developers" not in answer.err
        return answer

    def check(self, month: str, *options: object) -> Answer:
        return self.run("scae", "check", self.source.folder, "--month", month, *options)

    def findings(self, month: str, *options: object) -> list[dict[str, Any]]:
        """What `check --json` prints."""
        found: list[dict[str, Any]] = json.loads(self.check(month, "--json", *options).out)
        return found

    def table(self, name: str, table: str) -> list[dict[str, str]]:
        return rows(self.place / name / f"{table}.csv")

    def manifest(self, name: str) -> dict[str, Any]:
        text = (self.place / name / "manifest.json").read_text(encoding="utf-8")
        told: dict[str, Any] = json.loads(text)
        return told

    def sent(self) -> list[tuple[str, str]]:
        """Month and record of each row of the ledger."""
        return [(row["month"], row["record"]) for row in rows(self.ledger)]

    def names(self) -> set[str]:
        """What stands beside the source, hidden too."""
        return {path.name for path in self.place.iterdir()} - {"source"}


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV by the names of its header."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
