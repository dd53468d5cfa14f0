"""Every worked case of the rules, as data, in the order of the rules."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from . import Ledger, Load, load
from .load import load_months
from .model import COLUMNS, Row

CASES = Path(__file__).parent / "cases"
DEFAULTS: dict[str, Row] = {
    "classes": {
        **{"unit": "U1", "period": "2024", "level": "basic", "course": "EF", "modality": "1"},
        **{"series": "7", "state": "SP"},
    },
    "enrolments": {"student": "RA1", "situation": "2", "enrolled_on": date(2024, 2, 1)},
    "movements": {"column": "situation"},
    "class_disciplines": {"type": "P", "scae_code": "100"},
    "discipline_enrolments": {"student": "RA1", "situation": "2", "isolated": False},
}
TEMPLATES: dict[str, Row] = {  # `template` in a row: what it need not repeat
    "eja": {"course": "EJA-EM", "modality": "3", "series": "1"},
    "neja": {"course": "NEJA", "modality": "8", "series": "1"},
    "nr10": {"level": "continuing", "course": "NR10", "modality": "9", "series": "NR10"},
    "short": {"level": "continuing", "course": "NR", "modality": "9", "series": "NR"},
    "isolated": {
        **{"discipline_enrolment": "I", "class_discipline": "900"},
        **{"situation": "39", "isolated": True},
    },
    "first": {"reference": "EA"},
    "done": {"enrolled_on": date(2024, 5, 2), "situation": "42"},
    "gone": {"reference": "EA", "situation": "CANC"},
}
EXAMPLES = {
    *(f"EX-{n:02}" for n in range(1, 63)),
    "EX-LATE",
}


def read_cases() -> Iterator[Row]:
    """`like` takes the tables, config, month and expectations of an earlier case. `since`: the
    months from it on are loaded first and make the ledger; `ledger`: its rows as given. Expected
    rows name the columns they care for; "" is nothing. A finding is CODE, CODE:value or
    CODE@field; I-NOLOG is compared only where a case lists it. Without lessons, hours are off."""
    known: dict[str, Row] = {}
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            whole = {**known.get(case.get("like", ""), {}), **case}
            known[case["id"]] = whole
            yield whole


def whole_row(table: str, number: int, row: Row) -> Row:
    given = TEMPLATES.get(row.get("template", ""), {})
    return {**DEFAULTS.get(table, {}), "seq": number, **given, **row}


def tables_of(case: Row) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for name in COLUMNS:
        if name in case:
            tables[name] = [whole_row(name, n, row) for n, row in enumerate(case[name], 1)]
    if "repeat_enrolments" in case:
        given = {k: v for k, v in case["repeat_enrolments"].items() if k != "count"}
        tables["enrolments"] = [
            {**DEFAULTS["enrolments"], **given, "enrolment": f"E{n}", "student": f"RA{n}"}
            for n in range(1, case["repeat_enrolments"]["count"] + 1)
        ]
        given = {k: v for k, v in case["repeat_movements"].items() if k != "count"}
        tables["movements"] = [
            {**given, "enrolment": f"E{n}", "seq": n}
            for n in range(1, case["repeat_movements"]["count"] + 1)
        ]
    classes = {row["class"]: row for row in tables.get("classes", [])}
    for row in tables.get("enrolments", []):
        for name in ("course", "series"):
            row.setdefault(name, classes[row["class"]][name])
    return tables


def config_of(case: Row) -> Row:
    config = {"state": "SP", **case.get("config", {})}
    hours = "lessons" if "lessons" in case else "none"
    config["readings"] = {"hours_source": hours, **config.get("readings", {})}
    return config


def ledger_of(case: Row, config: Row) -> Ledger | None:
    if "ledger" in case:
        rows = [{"operation": "UPSERT", **row} for row in case["ledger"]]
        for row in rows:
            row["month"] = tuple(int(part) for part in row["month"].split("-"))
            row["record"] = f"{row['kind']}:{row['enrolment']}:{row['class']}"
        return Ledger(rows)
    if "since" in case:
        return load_months(tables_of(case), config, case["since"], before(case["month"]))[1]
    return None


def before(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def plain(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if isinstance(value, Decimal) else value


def same_rows(got: list[Row], expected: list[Row]) -> None:
    """Each expected row is met by exactly one row, and none is left over."""
    left = list(got)
    for row in expected:
        met = [g for g in left if all(plain(g[name]) == value for name, value in row.items())]
        assert met, f"{row} not in {left}"
        left.remove(met[0])
    assert not left


def same_findings(loaded: Load, expected: list[str]) -> None:
    listed = [text.split(":")[0].split("@")[0] for text in expected]
    got = [f for f in loaded.findings if f.code != "I-NOLOG" or "I-NOLOG" in listed]
    assert sorted(f.code for f in got) == sorted(listed)
    for text in expected:
        if ":" in text:
            assert any(f"{f.code}:{f.value}" == text for f in got), (text, got)
        if "@" in text:
            assert any(f"{f.code}@{f.field}" == text for f in got), (text, got)


ALL = list(read_cases())


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_case(case: Row) -> None:
    config = config_of(case)
    if case.get("refused"):
        with pytest.raises(ValueError):  # noqa: PT011
            load(tables_of(case), config, case["month"])
        return
    loaded = load(tables_of(case), config, case["month"], ledger_of(case, config))
    if "count" in case:
        assert len(loaded.records) == case["count"]
    else:
        same_rows(loaded.records, case["records"])
    same_findings(loaded, case.get("findings", []))
    same_rows(loaded.disciplines, case.get("disciplines", []))
    if "withheld" in case:
        same_rows(loaded.withheld, case["withheld"])
    if "reconciliation" in case:
        same_rows(loaded.reconciliation, case["reconciliation"])
    if "population" in case:
        assert len(loaded.population) == case["population"]
    if "checklist" in case:
        same_rows(loaded.checklist, case["checklist"])
    assert loaded.manifest["status"] == case.get("status", "final")
    if "renamed" in case:
        same_output(case, config, loaded)


def same_output(case: Row, config: Row, loaded: Load) -> None:
    """R62: another name of a source column leaves every byte of the output equal."""
    change = case["renamed"]
    tables = tables_of(case)
    for row in tables[change["table"]]:
        row[change["to"]] = row.pop(change["column"])
    config = {
        **config,
        "columns": {change["table"]: {change["column"]: change["to"]}},
        "mapping_version": change["version"],
    }
    again = load(tables, config, case["month"])
    assert again.records == loaded.records
    assert again.manifest["mapping_version"] == change["version"]
    assert {**again.manifest, "mapping_version": "1"} == loaded.manifest


def test_no_example_is_left_out() -> None:
    ids = {case["id"] for case in ALL}
    assert {e for e in EXAMPLES if not any(i.startswith(e) for i in ids)} == set()


def test_ids_are_given_once() -> None:
    assert len({case["id"] for case in ALL}) == len(ALL)
