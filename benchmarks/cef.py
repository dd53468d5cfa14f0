"""Vocational courses: a thousand classes of 25 students with the absences of their course."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

CLASSES, STUDENTS = 1_000, 25
ON = ("--on", "2026-07-25")

Run = Callable[..., tuple[float, float]]


def cef(root: Path, run: Run) -> Iterator[tuple[str, str, str]]:
    """Rows of the page: generated, evaluated from CSV and Parquet, looked ahead; one class too."""
    sizes = ("--students", str(STUDENTS), "--classes", str(CLASSES), "--seed", "1", "--quiet")
    for form in ("csv", "parquet"):
        folder = str(root / f"cef-{form}")
        took, memory = run("cef", "generate", folder, *sizes, "--format", form)
        yield f"`cef generate`, {CLASSES:,} classes of {STUDENTS}, {form}", f"{took:.1f} s", ""
        out = str(root / f"cef-{form}-results")
        took, memory = run("cef", "evaluate", folder, *ON, "--out", out, "--quiet")
        yield f"`cef evaluate` of them, {form}", f"{took:.1f} s", f"{memory:.1f} GB"
    absences = pl.scan_parquet(root / "cef-parquet" / "absences.parquet").select(pl.len())
    yield "their absences", "", f"{absences.collect().item():,}"
    took, memory = run("cef", "outlook", folder, "--on", "2025-03-10", "--quiet")
    yield "`cef outlook` of them, parquet", f"{took:.1f} s", f"{memory:.1f} GB"
    one = str(root / "cef-one")
    run("cef", "generate", one, "--students", str(STUDENTS), "--seed", "1", "--quiet")
    took, memory = run("cef", "evaluate", one, *ON, "--json", "--quiet")
    yield f"`cef evaluate`, one class of {STUDENTS}", f"{took:.1f} s", f"{memory:.1f} GB"
