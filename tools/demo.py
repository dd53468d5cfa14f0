"""`make demo`: a contest at the size of 2017, placed, with two letters and a report, in one go.

.venv/bin/python tools/demo.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from portaria.cli.app import run


def main(folder: Path) -> int:
    """Generate, place, show one placed and one unplaced candidate's letter, and make the report."""
    contest, results, page = folder / "contest", folder / "results", folder / "report.html"
    steps = [
        ["access", "generate", str(contest), "--replace"],
        ["access", "place", str(contest), "--out", str(results), "--replace"],
    ]
    for step in steps:
        print(f"\n$ portaria {' '.join(step)}", flush=True)
        if code := run(step):
            return code
    placements = pl.read_csv(results / "placements.csv", infer_schema=False)
    for candidate in (_typical(placements, "placed"), _typical(placements, "not_placed")):
        step = ["access", "explain", str(results), "--candidate", candidate]
        print(f"\n$ portaria {' '.join(step)}\n", flush=True)
        if code := run(step):
            return code
    step = ["access", "report", str(results), "--out", str(page), "--former", "2019", "--replace"]
    print(f"\n$ portaria {' '.join(step)}", flush=True)
    if code := run(step):
        return code
    print(f"\nConcurso: {contest}/   Resultados: {results}/ (placements.csv, seats.csv, …)")
    print(f"Abra {page} no navegador para ver o concurso inteiro.")
    print("O comando é .venv/bin/portaria; experimente «portaria access --help».")
    return 0


def _typical(placements: pl.DataFrame, result: str) -> str:
    """Someone in the middle of the list, in a second option where she was placed."""
    people = placements.filter(pl.col("result") == result)
    second = people.filter(pl.col("option") == "2")
    people = second if second.height else people
    return str(people["candidate"][people.height // 2])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
