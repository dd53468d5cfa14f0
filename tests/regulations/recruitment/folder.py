"""Procedures of the plain reference as folders, and its questions asked of the engine."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from reference.recruitment.tables import COLUMNS

from portaria.core.errors import InputError
from portaria.core.numbers import written
from portaria.core.problem import errors
from portaria.regulations.recruitment import application as applying
from portaria.regulations.recruitment import days, requirements
from portaria.regulations.recruitment.evaluate import Evaluation, evaluate
from portaria.regulations.recruitment.read import read_procedure
from portaria.regulations.recruitment.regulation import RECRUITMENT

Row = dict[str, Any]


def write(tables: Mapping[str, Any], folder: Path) -> Path:
    """The tables as CSV and notice.toml; a table or column that is not there stays away."""
    folder.mkdir(parents=True, exist_ok=True)
    notice = (f"{key} = {_toml(value)}\n" for key, value in tables["notice"].items())
    (folder / "notice.toml").write_text("".join(notice), encoding="utf-8")
    for table, columns in COLUMNS.items():
        if table not in tables:
            continue
        rows = [{name: _cell(cell) for name, cell in row.items()} for row in tables[table]]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0]] if rows else [*columns], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _cell(cell: Any) -> str:
    return written(cell) if isinstance(cell, Fraction) else str(cell)


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    number = isinstance(value, int | Fraction | date)
    return str(value) if number else '"' + value.replace('"', '\\"') + '"'


def answered(folder: Path, on: date, policy: Mapping[str, str] | None = None) -> Evaluation:
    """The engine's answer; InputError with every problem of the folder."""
    rules = RECRUITMENT.rule_set(policy)
    recorded, problems = read_procedure(folder)
    if recorded is None:
        raise InputError("faulty", errors(problems))
    return evaluate(recorded.procedure, on, rules)


def as_reference(found: Evaluation) -> Row:
    """The engine's answer as the reference gives it."""
    lists = [
        {
            "list": each.list,
            "state": each.state,
            "published": each.published,
            "title": each.title,
            "hearing_until": each.hearing.until,
            "law_until": each.hearing.law_until,
            "alternative": each.hearing.alternative,
            "final_from": each.final_from,
            "blocks": [*each.blocks],
        }
        for each in found.lists
    ]
    listed = ("candidate", "name", "result", "reason", "clause")
    ranked = ("candidate", "name", "result", "reason_code", "clause")
    ranked += ("exact", "score", "rank", "selected")
    return {
        "application_deadline": found.apply_by.last_day,
        "lists": lists,
        "admission": [{name: getattr(row, name) for name in listed} for row in found.admission],
        "ranking": [{name: getattr(row, name) for name in ranked} for row in found.ranking],
        "public": {name: found.public(name) for name in ("admission", "evaluation")},
        "warnings": [
            {"code": each.code, "list": each.list, "candidate": each.candidate}
            for each in found.warnings
        ],
        "readings": dict(found.rules.readings),
    }


def calendar(municipal: Any, closures: Any, rules: Any) -> Any:
    """The days of a service."""
    return days.calendar_of(frozenset(municipal), frozenset(closures), rules)


def apply_by(published, municipal=(), closures=(), policy=None):
    """As the reference asks."""
    rules = RECRUITMENT.rule_set(policy)
    found = days.apply_by(published, calendar(municipal, closures, rules), rules)
    other = found.alternative_last_day
    return {"date": found.last_day, "moved_from": found.moved_from, "alternative": other}


def hearing(published, days_=None, municipal=(), closures=(), policy=None, **given):
    """As the reference asks; `days` is its word."""
    rules = RECRUITMENT.rule_set(policy)
    own = calendar(municipal, closures, rules)
    found = days.hearing(published, int(given["days"]), own, rules)
    return {
        "until": found.until,
        "law_until": found.law_until,
        "alternative": found.alternative,
        "warnings": ["hearing-under-ten-days"] if found.short else [],
    }


def application(
    published: date,
    handed_in: datetime,
    way: str,
    received_on: date | None = None,
    municipal: Any = (),
    closures: Any = (),
    policy: Mapping[str, str] | None = None,
) -> Row:
    """As the reference asks."""
    rules = RECRUITMENT.rule_set(policy)
    own = calendar(municipal, closures, rules)
    found = applying.application(published, handed_in, way, own, rules, received_on)
    return {
        "outcome": found.outcome,
        "deadline": found.deadline,
        "alternative": found.alternative,
        "clause": f"Aviso-{found.clause}",
        "deadline_clause": f"Aviso-{found.deadline_clause}",
        "flags": [*found.flags],
    }


def admission(facts: Row, late: bool = False, policy: Mapping[str, str] | None = None) -> Row:
    """As the reference asks."""
    known = {name: bool(value) for name, value in facts.items()} | {"areas": int(facts["areas"])}
    facts_known = requirements.Facts(**known)
    found = requirements.admission(facts_known, RECRUITMENT.rule_set(policy), late)
    reasons = [{"reason": why, "clause": f"Aviso-{clause}"} for why, clause in found.reasons]
    return {"result": found.result, "reasons": reasons}
