"""The folder of a simulation, and the same as one JSON object.

summary.json                                                      the object of `as_json`
moved.csv, totals.csv, programmes.csv, groups.csv, changes.csv    with a change
replicated_totals.csv, replicated_programmes.csv                  with replications
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.core.rounding import without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.simulate.draft import Moved
from portaria.regulations.access.simulate.effects import Effects
from portaria.regulations.access.simulate.simulation import Replicated, Simulation
from portaria.tables.canonical import write_csv
from portaria.tables.recorded import is_of_kind
from portaria.tables.result import sha256

SUMMARY = "summary.json"
KIND = "portaria-simulation"


def is_simulation(folder: Path) -> bool:
    """Whether a folder is a simulation that this program wrote."""
    return is_of_kind(folder, KIND, SUMMARY)


def write_simulation(simulation: Simulation, folder: Path) -> None:
    """Write everything into `folder`, which a caller makes appear whole (`whole_folder`)."""
    for name, table in tables(simulation).items():
        write_csv(table, folder / f"{name}.csv")
    text = json.dumps(as_json(simulation), ensure_ascii=False, indent=1)
    (folder / SUMMARY).write_text(text + "\n", encoding="utf-8")


def tables(simulation: Simulation) -> dict[str, pl.DataFrame]:
    """The tables by name."""
    told: dict[str, pl.DataFrame] = {}
    if effects := simulation.effects:
        totals = [(each.figure, each.before, each.after) for each in effects.totals]
        kinds = [(kind, 0, count) for kind, count in effects.kinds.items()]
        schema = {"figure": pl.String, "before": pl.Int64, "after": pl.Int64}
        told["totals"] = pl.DataFrame([*totals, *kinds], schema, orient="row").with_columns(
            difference=pl.col("after") - pl.col("before")
        )
        told |= {
            "moved": _moved_table(simulation.moved),
            "programmes": effects.programmes,
            "groups": effects.groups,
            "changes": effects.changes,
        }
    if found := simulation.replicated:
        told |= {"replicated_totals": found.totals, "replicated_programmes": found.programmes}
    return told


def _moved_table(moved: Sequence[Moved]) -> pl.DataFrame:
    """programme, set (of a weight in one), column (the exam, of such a weight), before, after."""
    rows = [
        (
            each.programme,
            each.number,
            each.column,
            *(str(_text(v)) for v in (each.before, each.after)),
        )
        for each in moved
    ]
    text = dict.fromkeys(("column", "before", "after"), pl.String)
    return pl.DataFrame(rows, {"programme": pl.String, "set": pl.Int64, **text}, orient="row")


def as_json(simulation: Simulation) -> dict[str, Any]:
    """The simulation as JSON holds it; numbers that are not whole are text. No candidates."""
    contest = simulation.contest
    return {
        "kind": KIND,
        "version": __version__,
        "edition": contest.edition.name,
        "edition_title": contest.edition.title,
        "readings": dict(contest.readings),
        "inputs": _hashes(contest),
        "changes": [{"file": each.file, "title": each.title} for each in simulation.changes],
        "moved": [_moved(each) for each in simulation.moved],
        "quotas": {
            name: {"before": _text(before), "after": _text(after)}
            for name, (before, after) in simulation.quotas.items()
        },
        "readings_after": dict(simulation.readings_after),
        "effects": _effects(simulation.effects) if simulation.effects else None,
        "replications": _replicated(simulation.replicated) if simulation.replicated else None,
    }


def _hashes(contest: Contest) -> Mapping[str, str]:
    return {path.name: sha256(path) for path in contest.files.values()}


def _moved(each: Moved) -> dict[str, Any]:
    ends = {"before": _text(each.before), "after": _text(each.after)}
    return {"programme": each.programme, "set": each.number, "column": each.column, **ends}


def _text(value: int | Decimal) -> int | str:
    return str(without_zeros(value)) if isinstance(value, Decimal) else value


def _effects(effects: Effects) -> dict[str, Any]:
    return {
        "totals": [asdict(each) for each in effects.totals],
        "kinds": dict(effects.kinds),
        "groups": effects.groups.to_dicts(),
        "programmes": effects.programmes.to_dicts(),
    }


def _replicated(found: Replicated) -> dict[str, Any]:
    return {
        "count": found.replications,
        "seed": found.seed,
        "demand": {"resample": found.demand.resample, "noise": _text(found.demand.noise)},
        "totals": found.totals.to_dicts(),
        "programmes": found.programmes.to_dicts(),
    }
