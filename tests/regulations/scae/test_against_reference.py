"""The engine against the slow reference, month after month on random networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reference.scae import READINGS, Ledger, load
from reference.scae.random_logs import random_network

from regulations.scae.engine import (
    add,
    empty_ledger,
    load_with,
    of_engine,
    of_reference,
    open_tables,
)

MONTHS = [f"2024-{number:02}" for number in range(1, 13)] + ["2025-01", "2025-02"]
CHOICES = [(name, choice) for name, r in READINGS.items() if r.used for choice in r.choices[1:]]


def agree(seed: int, folder: Path, readings: dict[str, str], **kind: Any) -> None:
    """Every month from January on, each against the ledger of those before."""
    network = random_network(seed, **kind)
    config = {**network.config, "readings": readings}
    database = open_tables(network.source(), config, folder)
    known, ours = Ledger(), empty_ledger()
    for month in MONTHS:
        expected = load(network.source(), config, month, known)
        made = load_with(database, config, month, ours)
        got, wanted = of_engine(made), of_reference(expected)
        for name, rows in wanted.items():
            assert got[name] == rows, f"{month}: {name}"
        when = (made.run.month.year, made.run.month.number)
        known.add(expected.records, when, made.run.reading("resend"))
        ours = add(ours, made)


def kind_of(seed: int) -> dict[str, bool]:
    return {"faulty": seed % 2 == 1, "class_in_log": seed % 4 < 3, "retroactive": seed % 3 == 1}


@pytest.mark.parametrize("seed", [0, 3])
def test_a_year_of_months(seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path / "source", {}, people=40, **kind_of(seed))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_years(seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path / "source", {}, people=40, **kind_of(seed))


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("name", "choice"), CHOICES)
def test_every_reading(name: str, choice: str, seed: int, tmp_path: Path) -> None:
    agree(seed, tmp_path / "source", {name: choice}, people=40, **kind_of(seed))
