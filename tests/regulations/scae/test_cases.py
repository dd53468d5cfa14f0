"""Every worked case of the rules, and every edge of them, through the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest
from reference.scae.test_scae_cases import (
    ALL,
    config_of,
    ledger_of,
    plain,
    tables_of,
)

from portaria.core.errors import UsageError
from portaria.regulations.scae.extract import check_month, the_state
from portaria.regulations.scae.month import parse_month
from portaria.regulations.scae.results import result_tables
from portaria.tables.database import Database
from regulations.scae.engine import ledger_frame, load_with, open_tables, settings_of

OWN = ("I-NOLOG", "W-STRAY", "I-STILL-OPEN")


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
@pytest.mark.rules(
    "reference-month", "class-started", "enrolment-made", "class-not-ended", "movement-in-month",
    "situation-as-of-month", "hidden-situations", "cancelled-excluded", "every-month",
    "one-record-a-class", "reference-enrolment", "isolated-record", "isolated-class",
    "effective-date", "effective-date-reference", "isolated-effective-date", "mobility-in-month",
    "results-date", "exits-date", "mobility-override", "every-series", "class-transfer-kept",
    "in-process-kept", "isolated-history", "situations-basic", "situations-parana",
    "situations-disciplines", "situations-continuing", "reference-enrolled",
    "disciplines-modalities", "disciplines-when", "evaluation-type", "discipline-code",
    "recognition-reference", "student-hours", "hours-until-exit", "class-type", "log-not-edited",
    "cancelled-or-dropout", "evaded-at-closing", "dependency-hidden", "isolated-complements",
    "isolated-after-finish", "isolated-continuing", "results-in-year", "late-results",
    "required-fields", "municipality-codes", "origins-change",
)  # fmt: skip
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    config = config_of(case)
    database = open_tables(tables_of(case), config, tmp_path / "source")
    if case.get("refused"):
        with pytest.raises(UsageError):
            refuse(case, config, database)
        return
    made = load_with(database, config, case["month"], ledger_frame(ledger_of(case, config)))
    tables = result_tables(made)
    load = tables["load"].to_dicts()
    if "count" in case:
        assert len(load) == case["count"]
    else:
        met(load, case["records"])
    findings(tables["findings"].to_dicts(), case.get("findings", []))
    met(tables["load_disciplines"].to_dicts(), case.get("disciplines", []))
    if "withheld" in case:
        rows = [{**row, "codes": row["codes"].split()} for row in tables["withheld"].to_dicts()]
        met(rows, case["withheld"])
    if "reconciliation" in case:
        met(tables["reconciliation"].to_dicts(), case["reconciliation"])
    if "population" in case:
        assert made.load.candidates.filter(outcome="nothing").height == (
            made.load.candidates.height - case["population"]
        )
    if "checklist" in case:
        met(tables["checklist"].to_dicts(), case["checklist"])
    assert made.run.status == case.get("status", "final")


def refuse(case: dict[str, Any], config: dict[str, Any], database: Database) -> None:
    """A month that has not begun (R01); a load of no state, the classes having none (R34)."""
    check_month(parse_month(case["month"]), config.get("today", date.max))
    stateless = {"classes": database.tables["classes"].mutate(state=ibis.null("string"))}
    the_state(config["state"], settings_of(config), replace(database, tables=stateless))


def met(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Each expected row is met by one row, and none is left over."""
    left = list(rows)
    for line in expected:
        found = [row for row in left if all(same(row[name], value) for name, value in line.items())]
        assert found, f"{line} not in {left}"
        left.remove(found[0])
    assert not left


def same(cell: Any, value: Any) -> bool:
    if isinstance(cell, str) and isinstance(value, dict):
        return bool(json.loads(cell) == value)
    return bool(plain(cell) == value)


def findings(rows: list[dict[str, Any]], expected: list[str]) -> None:
    """CODE, CODE:value or CODE@field; what is only of our making is left out."""
    listed = [text.split(":")[0].split("@")[0] for text in expected]
    told = [row for row in rows if row["code"] not in OWN or row["code"] in listed]
    assert sorted(row["code"] for row in told) == sorted(listed)
    for text in expected:
        if ":" in text:
            assert any(f"{row['code']}:{row['value'] or ''}" == text for row in told), text
        if "@" in text:
            assert any(f"{row['code']}@{row['field']}" == text for row in told), text
