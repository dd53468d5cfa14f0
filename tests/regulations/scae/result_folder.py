"""Result folders of a monthly load, written from the slow reference as the contract has them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from reference.scae.load import Load
from reference.scae.random_logs import cell

LOAD = (
    "record", "operation", "kind", "enrolment", "student", "unit", "period", "class", "course",
    "effective_date", "situation", "mobility_date", "student_hours", "hours_partial", "complements",
)  # fmt: skip
COLUMNS: dict[str, Sequence[str]] = {
    "load": LOAD,
    "load_disciplines": ("record", "scae_discipline", "situation", "evaluation_type"),
    "findings": (
        "severity", "code", "record", "enrolment", "table", "row", "field", "value", "message",
        "screen",
    ),
    "reconciliation": (
        "record", "kind", "enrolment", "class", "previous_operation", "previous_situation",
        "operation", "situation", "explanation",
    ),
    "withheld": (*LOAD, "codes"),
    "checklist": ("class", "unit", "students", "pending"),
    "totals": (
        "level", "modality", "unit", "operation", "situation", "records", "exits", "hours",
        "previous_records", "previous_hours",
    ),
}  # fmt: skip
SCREENS = {
    "enrolments": "Matrícula no Período Letivo",
    "movements": "Log de movimentação",
    "classes": "Turmas",
    "class_disciplines": "Turma/Disciplina",
    "discipline_enrolments": "Matrícula em Disciplinas",
    "lessons": "Plano de Aula",
    "course_series": "Matriz Aplicada",
}
GROUP = ("level", "modality", "unit", "operation", "situation")

Rows = list[dict[str, Any]]


def write_result(
    folder: Path,
    load: Load,
    before: Load | None,
    units: Mapping[str, str] | None = None,
    **manifest: Any,
) -> Path:
    """The folder of `load`; `before`: the load of the ledger's last month, None without a ledger.

    `units`: class to unit, for the checklist. Further words replace those of the manifest.
    """
    tables = {
        "load": load.records,
        "load_disciplines": load.disciplines,
        "findings": [finding_row(finding) for finding in load.findings],
        "reconciliation": load.reconciliation,
        "withheld": [{**row, "codes": " ".join(row["codes"])} for row in load.withheld],
        "checklist": [{"unit": (units or {}).get(r["class"]), **r} for r in load.checklist],
        "totals": totals(load, before),
    }
    told = {
        **{name: load.manifest[name] for name in ("month", "status", "state", "filters")},
        "edition": "sge-scae-test",
        "edition_title": "SGE to SCAE",
        "language": "pt-BR",
        "version": "0.0.1",
        **{name: load.manifest[name] for name in ("rules_version", "mapping_version", "readings")},
        "previous_month": before.manifest["month"] if before else "",
        "counts": {
            **load.manifest["counts"],
            "withheld": len(load.withheld),
            "population": len(load.population),
        },
    }
    return write_tables(folder, tables, {**told, **manifest})


def write_tables(folder: Path, tables: Mapping[str, Rows], told: Mapping[str, Any]) -> Path:
    """The tables of the contract and the manifest with their hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    outputs = {}
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([cell(row.get(n)) for n in columns] for row in tables.get(name, []))
        digest = sha256(path.read_bytes()).hexdigest()
        outputs[name] = {"sha256": digest, "rows": len(tables.get(name, []))}
    manifest = {"inputs": {}, **told, "outputs": outputs}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return folder


def finding_row(finding: Any) -> dict[str, Any]:
    """A finding with the screen that mends it."""
    names = ("severity", "code", "record", "enrolment", "table", "field", "value")
    row = {name: getattr(finding, name) for name in names}
    return {**row, "message": finding.code, "screen": SCREENS.get(finding.table)}


def totals(load: Load, before: Load | None) -> Rows:
    """One row a group that this load or the one before has."""
    now, former = by_group(load.manifest["totals"]), {}
    if before is not None:
        former = by_group(before.manifest["totals"])
    rows = []
    for key in sorted({*now, *former}):
        line = {"records": 0, "exits": 0, "hours": 0, **now.get(key, {})}
        previous = former.get(key, {"records": 0, "hours": 0})
        line |= {f"previous_{name}": previous[name] for name in ("records", "hours")}
        rows.append({**line, **dict(zip(GROUP, key, strict=True))})
    return rows


def by_group(lines: Iterable[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, Any]]:
    """The totals of the reference by the text of their keys."""
    return {tuple(str(line[name] or "") for name in GROUP): line for line in lines}
