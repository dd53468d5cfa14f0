"""Why a candidate got her result, from the result folder, which stays opened in this process."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import polars as pl

from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.explain import Explanation, explain
from portaria.web.access import kept_results
from portaria.web.access.held import Held
from portaria.web.access.kept_results import KeptResults, record_folder, results_folder
from portaria.web.access.models import Run

KEPT = 2
"""Results held opened: a national one takes some 150 MB."""


class Opened(KeptResults):
    """A result whose tables and inputs are read once; nobody changes a result folder."""

    @cached_property
    def _tables(self) -> dict[str, pl.DataFrame]:
        return {}

    @cached_property
    def _inputs(self) -> Inputs:
        return super().inputs()

    def table(self, name: str, where: pl.Expr) -> pl.DataFrame:
        """As `Results.table`, from memory."""
        if name not in self._tables:
            self._tables[name] = super().table(name, pl.lit(value=True))
        return self._tables[name].filter(where)

    def inputs(self) -> Inputs:
        """As `Results.inputs`, from memory."""
        return self._inputs


_opened: Held[Opened] = Held(KEPT)


def opened(run: Run) -> Opened:
    """The result of a run, opened once in this process; ResultGone where it is damaged."""
    return _open(results_folder(run))


def _open(folder: Path) -> Opened:
    return _opened.get(folder, lambda: _read(folder))


def _read(folder: Path) -> Opened:
    found = kept_results.opened(folder)
    return Opened(found.folder, found.manifest)


def explanation(run: Run, candidate: str) -> Explanation:
    """The account of one candidate, from the result of her rectification where one is in force;
    InputError where the result does not name her."""
    return explain(_open(record_folder(run, candidate)), candidate)
