"""The monthly load at size: about a hundred thousand and a million enrolments, from Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

STUDENTS = (87_000, 870_000)
TABLES = ("enrolments", "movements", "discipline_enrolments", "lessons")

Run = Callable[..., tuple[float, float]]


def scae(root: Path, run: Run) -> Iterator[tuple[str, str, str]]:
    """Ten times the input, about ten times the time; a month, and the next with the ledger."""
    for students in STUDENTS:
        source = str(root / f"network-{students}")
        took, memory = run(
            "scae", "generate", source, "--students", str(students), "--seed", "7",
            "--format", "parquet", "--quiet",
        )  # fmt: skip
        sizes = ", ".join(f"{_rows(source, name):,} {name}" for name in TABLES)
        yield (
            f"`scae generate`, {students:,} students",
            f"{took:.1f} s",
            f"{memory:.1f} GB: {sizes}",
        )
        out, ledger = str(root / "load"), str(root / f"ledger-{students}.parquet")
        extract = (
            "scae", "extract", source, "--state", "SP", "--out", out, "--replace", "--quiet",
        )  # fmt: skip
        took, memory = min(run(*extract, "--month", "2024-09") for _ in "12")
        yield f"`scae extract`, {students:,} students", f"{took:.1f} s", f"{memory:.1f} GB"
        run(*extract, "--month", "2024-08", "--ledger", ledger)
        took, memory = run(*extract, "--month", "2024-09", "--ledger", ledger)
        yield "the same against a ledger", f"{took:.1f} s", f"{memory:.1f} GB"
        page = str(root / "load.html")
        took, memory = run("scae", "report", out, "--out", page, "--replace", "--quiet")
        yield f"`scae report`, {students:,} students", f"{took:.1f} s", f"{memory:.1f} GB"
        took, memory = run("scae", "verify", out, "--quiet")
        yield f"`scae verify`, {students:,} students", f"{took:.1f} s", f"{memory:.1f} GB"


def _rows(source: str, table: str) -> int:
    return pl.scan_parquet(Path(source) / f"{table}.parquet").select(pl.len()).collect().item()
