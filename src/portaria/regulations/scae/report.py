"""What the summary of a monthly load tells: totals, findings, reconciliation. Data, no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from portaria.regulations.scae import report_counts as counts
from portaria.regulations.scae.report_counts import FindingCount, HoursCount, Pending, Total
from portaria.regulations.scae.report_files import Files
from portaria.tables.canonical import units

DECEMBER = "-12"


@dataclass(frozen=True)
class Summary:
    """A monthly load, for people to read.

    manifest: what the results say of themselves. compared: the month compared with ("2024-02"),
    empty where the ledger knows none or the load is filtered (R01). students_inside: different
    students whose record is no exit. withheld: records computed and not sent; uncomputed: those of
    the population that a fault of the source left without a record. by_level: by level and
    modality; by_situation: by operation and situation. per_student: hours over the different
    students whose hours are known, and the same by unit. reconciliation: by explanation, None
    where nothing is compared; new: records that no load before had. hours: by state. checklist:
    None in a month other than December.
    """

    manifest: Mapping[str, Any]
    compared: str
    whole: Total
    students_inside: int
    withheld: int
    uncomputed: int
    findings: tuple[FindingCount, ...]
    by_level: tuple[Total, ...]
    by_situation: tuple[Total, ...]
    by_unit: tuple[Total, ...]
    per_student: Decimal | None
    per_student_by_unit: Mapping[str, Decimal | None]
    reconciliation: Mapping[str, int] | None
    new: int
    hours: Mapping[str, HoursCount]
    checklist: tuple[Pending, ...] | None


def read_summary(folder: Path) -> Summary:
    """Read a result folder of `extract` and count what it holds; nothing is decided here.

    InputError where the folder is no result, or a file is not the one its manifest names.
    """
    files = Files.open(folder)
    manifest = files.manifest
    compared = "" if manifest["filters"] else manifest["previous_month"]
    against = bool(compared)
    rows = counts.with_sums(files.table("totals", counts.TOTALS), against)
    load = files.table("load", counts.LOAD)
    sent = load.filter(pl.col("operation") == "UPSERT").with_columns(
        pl.col("student_hours").pipe(units, 2)
    )
    lines = files.table("reconciliation", counts.RECONCILIATION)
    findings = files.table("findings", counts.FINDINGS)
    withheld = files.table("withheld", counts.WITHHELD)
    december = str(manifest["month"]).endswith(DECEMBER)
    population = manifest["counts"]["population"]
    return Summary(
        manifest=manifest,
        compared=compared,
        whole=counts.whole(rows, against),
        students_inside=sent.filter(pl.col("situation").is_in(counts.INSIDE))["student"].n_unique(),
        withheld=withheld.height,
        uncomputed=max(0, population - load.height - withheld.height),
        findings=counts.findings_by_code(findings, withheld, load),
        by_level=counts.by(rows, ("level", "modality"), against),
        by_situation=counts.by(rows, ("operation", "situation"), against),
        by_unit=counts.by(rows, ("unit",), against),
        per_student=counts.hours_per_student(sent),
        per_student_by_unit=counts.hours_per_student_by_unit(sent),
        reconciliation=counts.explained(lines) if against else None,
        # Every record that a load before had and this one sends has its line.
        new=load.height - lines["operation"].drop_nulls().len() if against else 0,
        hours=counts.hours_by_state(sent),
        checklist=counts.pending(files.table("checklist", counts.CHECKLIST)) if december else None,
    )
