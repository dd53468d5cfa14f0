"""The numbers of the summary of a load, against a plain recount of the reference's own load."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from reference.scae.load import Load, load, load_months
from reference.scae.random_logs import Network, random_network

from portaria.core.errors import InputError
from portaria.regulations.scae.report import Summary, read_summary
from portaria.regulations.scae.report_counts import Sums

from .result_folder import write_result, write_tables

SEEDS = (1, 3, 5, 8)
MONTHS = range(14)  # 2024-01 to 2025-02
INSIDE = {1, 5, 17, 24}


@cache
def year(seed: int) -> tuple[Network, list[Load]]:
    network = random_network(seed, people=40, faulty=seed % 2 == 1)
    loads, _ledger = load_months(network.source(), network.config, "2024-01", "2025-02")
    return network, loads


def units_of(network: Network) -> dict[str, str]:
    return {row["class"]: row["unit"] for row in network.source()["classes"]}


def told(seed: int, number: int, folder: Path) -> tuple[Load, Load | None, Summary]:
    network, loads = year(seed)
    before = loads[number - 1] if number else None
    result = write_result(folder, loads[number], before, units_of(network))
    return loads[number], before, read_summary(result)


CASES = [pytest.param(s, m, id=f"{s}-{m}") for s in SEEDS for m in MONTHS]


def sums(rows: list[dict[str, Any]]) -> Sums:
    exits = [r for r in rows if r["operation"] == "UPSERT" and r["situation"] not in INSIDE]
    excluded = [r for r in rows if r["operation"] == "DELETE"]
    hours = sum((r["student_hours"] or 0 for r in rows), Decimal(0))
    return Sums(len(rows), len(exits), len(excluded), hours)


def groups(
    rows: list[dict[str, Any]], network: Network, *names: str
) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Records by what their class says (level, modality) or they say themselves."""
    classes = {row["class"]: row for row in network.source()["classes"]}
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        klass = classes[row["class"]]
        described = {**row, **{name: klass[name] for name in ("level", "modality")}}
        described["modality"] = described["modality"].lstrip("0")
        found.setdefault(tuple(str(described[n] or "") for n in names), []).append(row)
    return found


@pytest.mark.parametrize(("seed", "number"), CASES)
def test_every_total_is_a_plain_recount(seed, number, tmp_path):
    network, _ = year(seed)
    now, before, summary = told(seed, number, tmp_path / "r")
    assert summary.whole.now == sums(now.records)
    assert summary.whole.before == (sums(before.records) if before else None)
    for totals, names in (
        (summary.by_level, ("level", "modality")),
        (summary.by_situation, ("operation", "situation")),
        (summary.by_unit, ("unit",)),
    ):
        here = groups(now.records, network, *names)
        there = groups(before.records, network, *names) if before else {}
        assert {total.key for total in totals} == {*here, *there}
        assert len({total.key for total in totals}) == len(totals)
        for total in totals:
            assert total.now == sums(here.get(total.key, []))
            expected = sums(there.get(total.key, [])) if before else None
            assert total.before == expected


@pytest.mark.parametrize(("seed", "number"), CASES)
def test_students_and_hours_are_counted_once(seed, number, tmp_path):
    now, _before, summary = told(seed, number, tmp_path / "r")
    sent = [r for r in now.records if r["operation"] == "UPSERT"]
    assert summary.students_inside == len({r["student"] for r in sent if r["situation"] in INSIDE})
    states: dict[str, list[str]] = {"whole": [], "zero": [], "partial": [], "blank": []}
    for row in sent:
        hours = row["student_hours"]
        state = "blank" if hours is None else "partial" if row["hours_partial"] else "whole"
        states["zero" if state == "whole" and hours == 0 else state].append(row["student"])
    assert {n: (c.records, c.students) for n, c in summary.hours.items()} == {
        name: (len(students), len(set(students))) for name, students in states.items()
    }
    known = [r for r in sent if r["student_hours"] is not None]
    assert summary.per_student == per_student(known)
    assert summary.per_student_by_unit == {
        unit: per_student([r for r in known if r["unit"] == unit])
        for unit in {r["unit"] for r in known}
    }


def per_student(rows: list[dict[str, Any]]) -> Decimal | None:
    students = {row["student"] for row in rows}
    if not students:
        return None
    hours = sum((row["student_hours"] for row in rows), Decimal(0)) / len(students)
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("seed", "number"), CASES)
def test_what_was_found_and_what_became_of_the_records(seed, number, tmp_path):
    now, before, summary = told(seed, number, tmp_path / "r")
    sent = {r["record"] for r in now.records}
    held = {r["record"] for r in now.withheld}
    assert summary.withheld == len(held)
    assert summary.uncomputed == len({*now.population} - sent - held)
    assert {f.code: f.count for f in summary.findings} == Counter(f.code for f in now.findings)
    codes = {(r["record"], code) for r in now.withheld for code in r["codes"]}
    codes |= {
        (f.record, f.code)
        for f in now.findings
        if f.severity == "error" and f.record not in sent | held
    }
    kept_out = Counter(code for _record, code in codes)
    for finding in summary.findings:
        assert finding.kept_out == kept_out[finding.code]
        enrolments = {f.enrolment or f.value for f in now.findings if f.code == finding.code}
        assert set(finding.examples) <= enrolments
        assert len(set(finding.examples)) == len(finding.examples) == min(3, len(enrolments))
    if before is None:
        assert summary.reconciliation is None
        return
    lines = Counter(line["explanation"] for line in now.reconciliation)
    assert summary.reconciliation == {name: lines[name] for name in summary.reconciliation}
    assert sum(summary.reconciliation.values()) == len(now.reconciliation)
    assert summary.new == len(sent - {line["record"] for line in now.reconciliation})


def test_findings_stand_in_the_order_in_which_they_hurt(tmp_path):
    seen = set()
    for number in MONTHS:
        _, _, summary = told(1, number, tmp_path / str(number))
        order = [
            (("error", "warning", "info").index(f.severity), -f.kept_out, -f.count, f.code)
            for f in summary.findings
        ]
        assert order == sorted(order)
        seen |= {f.severity for f in summary.findings}
    assert seen == {"error", "warning", "info"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checklist_is_of_december_alone(seed, tmp_path):
    units = units_of(year(seed)[0])
    for number in MONTHS:
        now, _before, summary = told(seed, number, tmp_path / str(number))
        if number != 11:
            assert summary.checklist is None
            continue
        assert summary.checklist is not None
        lines = [(p.unit, p.class_, p.students, p.pending) for p in summary.checklist]
        assert lines == sorted(
            (units[r["class"]], r["class"], r["students"], r["pending"]) for r in now.checklist
        )
        assert lines


def test_a_filtered_load_is_compared_with_nothing(tmp_path):
    """R01: a part against a whole would be a fall that nobody had."""
    network, loads = year(3)
    config = {**network.config, "filters": {"level": "basic"}}
    part = load(network.source(), config, "2024-06")
    summary = read_summary(write_result(tmp_path / "r", part, loads[4]))
    assert summary.manifest["filters"] == {"level": "basic"}
    assert summary.manifest["previous_month"] == "2024-05"
    assert summary.compared == ""
    assert summary.whole.before is None
    assert summary.reconciliation is None
    assert summary.new == 0
    assert {total.key[0] for total in summary.by_level} == {"basic"}


# --- a load written by hand --------------------------------------------------------------------

HAND = {
    "month": "2024-03", "status": "final", "state": "SP", "filters": {}, "edition": "e",
    "edition_title": "E", "language": "pt-BR", "version": "1", "rules_version": "1",
    "mapping_version": "1", "readings": {}, "previous_month": "2024-02",
    "counts": {"load": 5, "load_disciplines": 0, "withheld": 1, "population": 8},
}  # fmt: skip


def record(name: str, student: str, unit: str, **cells: Any) -> dict[str, Any]:
    row = {"record": name, "operation": "UPSERT", "student": student, "unit": unit, "situation": 1}
    return {**row, "student_hours": Decimal("1.00"), "hours_partial": False, **cells}


def by_hand(folder: Path) -> Path:
    """Ann in two classes, Bia suspended, Caio gone, Davi excluded; one withheld, two lost."""
    load = [
        record("P:1:A", "Ann", "U1", student_hours=Decimal("2.50")),
        record("P:2:B", "Ann", "U1", student_hours=Decimal("0.55"), hours_partial=True),
        record("P:3:A", "Bia", "U1", situation=5, student_hours=Decimal("0.00")),
        record("P:4:C", "Caio", "U2", situation=21, student_hours=None),
        record("P:5:C", "Davi", "U2", operation="DELETE", situation=None, student_hours=None),
    ]
    group = {"level": "basic", "modality": "1"}
    totals = [
        {**group, "unit": "U1", "operation": "UPSERT", "situation": 1, "records": 2, "exits": 0,
         "hours": Decimal("3.05"), "previous_records": 3, "previous_hours": Decimal("9.10")},
        {**group, "unit": "U1", "operation": "UPSERT", "situation": 5, "records": 1, "exits": 0,
         "hours": Decimal("0.00"), "previous_records": 0, "previous_hours": 0},
        {**group, "unit": "U2", "operation": "UPSERT", "situation": 21, "records": 1, "exits": 1,
         "hours": Decimal("0.00"), "previous_records": 4, "previous_hours": 0},
        {**group, "unit": "U2", "operation": "DELETE", "records": 1, "exits": 0, "hours": 0,
         "previous_records": 2, "previous_hours": 0},
        {**group, "unit": "U3", "operation": "UPSERT", "situation": 11, "records": 0, "exits": 0,
         "hours": 0, "previous_records": 6, "previous_hours": Decimal("1.00")},
    ]  # fmt: skip
    error = {"severity": "error", "table": "enrolments"}
    findings = [
        {**error, "code": "E-MUN", "record": "P:6:A", "enrolment": "6", "value": "404"},
        {**error, "code": "E-REQ", "record": "P:6:A", "enrolment": "6", "screen": "Matrícula"},
        {**error, "code": "E-REQ", "record": "P:6:A", "enrolment": "6", "screen": "Aluno"},
        {**error, "code": "E-CLASS-MISSING", "record": "P:7:X", "enrolment": "7"},
        {**error, "code": "E-HA-NODATA", "record": "P:4:C", "enrolment": "4"},
    ]
    withheld = [record("P:6:A", "Edu", "U1", codes="E-MUN E-REQ")]
    tables = {"load": load, "totals": totals, "findings": findings, "withheld": withheld}
    return write_tables(folder, tables, HAND)


def test_a_load_written_by_hand(tmp_path):
    summary = read_summary(by_hand(tmp_path / "r"))
    now, before = summary.whole.now, summary.whole.before
    assert now == Sums(records=5, exits=1, exclusions=1, hours=Decimal("3.05"))
    assert before == Sums(records=15, exits=10, exclusions=2, hours=Decimal("10.10"))
    assert summary.students_inside == 2  # Ann once, and Bia: suspended is no exit
    assert (summary.withheld, summary.uncomputed) == (1, 2)
    # 3.05 hours of two students are 1.525: half up.
    assert summary.per_student == Decimal("1.53")
    assert summary.per_student_by_unit == {"U1": Decimal("1.53")}
    assert [(t.key, t.now.records) for t in summary.by_situation] == [
        (("UPSERT", "1"), 2), (("UPSERT", "5"), 1), (("UPSERT", "11"), 0), (("UPSERT", "21"), 1),
        (("DELETE", ""), 1),
    ]  # fmt: skip
    assert [(f.code, f.count, f.kept_out, f.screens) for f in summary.findings] == [
        ("E-REQ", 2, 1, ("Matrícula", "Aluno")),
        ("E-CLASS-MISSING", 1, 1, ()),
        ("E-MUN", 1, 1, ()),
        ("E-HA-NODATA", 1, 0, ()),  # its record is in the load
    ]


@pytest.mark.parametrize(
    "name", ["load", "totals", "findings", "withheld", "reconciliation", "checklist"]
)
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_file_that_is_not_the_one_written_is_refused(name, how, tmp_path):
    _network, loads = year(3)
    folder = write_result(tmp_path / "r", loads[11], loads[10])
    path = folder / f"{name}.csv"
    if how == "missing":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"damaged: {name}.csv") as refused:
        read_summary(folder)
    (problem,) = refused.value.problems
    assert problem.code == f"result-file-{how}"


@pytest.mark.parametrize("content", [None, "{", "[]", '{"month": "2024-03"}'])
def test_a_folder_without_the_manifest_of_a_load_is_refused(content, tmp_path):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no readable manifest"):
        read_summary(tmp_path)
