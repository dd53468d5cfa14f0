"""The source tables as rows, the configuration, and what a load is made of."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .readings import choose

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
Month = tuple[int, int]  # year, month: the only thing compared "to the month"


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS: dict[str, tuple[str, ...]] = {
    "classes": words("class unit period code level course modality series state start end"),
    "enrolments": words(
        "enrolment student class course series enrolled_on situation result reference"
        " mobility_override municipality complements"
    ),
    "movements": words("enrolment seq at column from to class"),
    "class_disciplines": words("class_discipline class discipline scae_code type"),
    "discipline_enrolments": words(
        "discipline_enrolment enrolment student class_discipline situation isolated enrolled_on"
        " changed_on"
    ),
    "discipline_movements": words("discipline_enrolment seq at from to"),
    "lessons": ("class_discipline", "date", "minutes"),
    "course_series": ("course", "series", "order"),
    "municipalities": ("municipality", "scae_code"),
}
DATES = {"start", "end", "enrolled_on", "mobility_override", "changed_on", "date"}
HIDDEN = ("pre_enrolled", "online_pre_enrolled", "pre_registered", "denied", "dependency")
CODES = dict(zip((*HIDDEN, "cancelled"), words("PRE PREO PREI NEG DEP CANC"), strict=True))


@dataclass(frozen=True)
class Config:
    """`required`: level to names of enrolment columns or complements; `columns`: table to
    {our name: name in the source}; `today`: None means that every month is over."""

    state: str
    readings: dict[str, str]
    codes: dict[str, str]
    required: dict[str, list[str]] = field(default_factory=dict)
    today: date | None = None
    situation_names: dict[str, str] = field(default_factory=dict)
    evadido_early_days: int = 30
    dependency_field: str = "dependency"
    filters: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    mapping_version: str = "1"
    rules_version: str = "1"

    @property
    def hidden(self) -> set[str]:
        """R07: the situations never sent, without Cancelado."""
        return {self.codes[name] for name in HIDDEN}


def read_config(given: Mapping[str, Any]) -> Config:
    """R34: a run without an explicit state is refused (ValueError)."""
    if not given.get("state"):
        raise ValueError("the state of the regional department is needed: it picks the codes")
    rest = {k: v for k, v in given.items() if k not in ("readings", "codes")}
    codes = {**CODES, **given.get("codes", {})}
    return Config(**rest, readings=choose(given.get("readings", {})), codes=codes)


@dataclass
class Source:
    """The tables by key; logs in the order of (at, seq). `municipalities` None: not given."""

    classes: dict[str, Row]
    enrolments: dict[str, Row]
    movements: dict[str, list[Row]]
    class_disciplines: dict[str, Row]
    discipline_enrolments: dict[str, Row]
    discipline_movements: dict[str, list[Row]]
    lessons: dict[str, list[Row]]
    course_series: dict[str, list[Row]]
    municipalities: dict[str, str] | None


def read_source(tables: Tables, config: Config) -> Source:
    """R62: a renamed column of the source changes the mapping and nothing else."""
    rows = {name: _rows(tables.get(name, ()), name, config) for name in COLUMNS}
    given = "municipalities" in tables
    return Source(
        classes={r["class"]: r for r in rows["classes"]},
        enrolments={r["enrolment"]: r for r in rows["enrolments"]},
        movements=_logs(rows["movements"], "enrolment"),
        class_disciplines={r["class_discipline"]: r for r in rows["class_disciplines"]},
        discipline_enrolments={r["discipline_enrolment"]: r for r in rows["discipline_enrolments"]},
        discipline_movements=_logs(rows["discipline_movements"], "discipline_enrolment"),
        lessons=_grouped(rows["lessons"], "class_discipline"),
        course_series=_grouped(
            sorted(rows["course_series"], key=lambda r: (r["order"], r["series"])), "course"
        ),
        municipalities=(
            {r["municipality"]: r["scae_code"] for r in rows["municipalities"]} if given else None
        ),
    )


def _rows(given: Iterable[Mapping[str, Any]], table: str, config: Config) -> list[Row]:
    names = config.columns.get(table, {})
    return [
        {column: _value(column, row.get(names.get(column, column))) for column in COLUMNS[table]}
        for row in given
    ]


def _value(column: str, value: Any) -> Any:
    """Dates lose their time; a missing text is the empty text; `modality` loses leading zeros."""
    if column in DATES:
        return _date(value)
    if column == "at":
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    if column == "complements":
        return (json.loads(value) if value else {}) if isinstance(value, str) else (value or {})
    if column in ("seq", "minutes", "order"):
        return int(value or 0)
    if column == "isolated":
        return value in (True, "true", "S", "1")
    text = "" if value is None else str(value)
    return text.lstrip("0") if column == "modality" else text


def _date(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.date() if isinstance(value, datetime) else value


def _grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def _logs(rows: list[Row], key: str) -> dict[str, list[Row]]:
    """R06: by time, and by the number of the log where times are equal. `idle`: a movement to where
    the one before had led already, which changes nothing."""
    logs = _grouped(sorted(rows, key=lambda r: (r["at"], r["seq"])), key)
    for log in logs.values():
        held = log[0]["from"]
        for event in log:
            event["idle"] = event["to"] == held
            held = event["to"]
    return logs


SEVERITY = {"E": "error", "W": "warning", "I": "info"}


@dataclass(frozen=True, order=True)
class Finding:
    """`record`: KIND:SOURCE:CLASS, or empty where there is none; `value`: what is wrong."""

    code: str
    record: str = ""
    enrolment: str = ""
    table: str = ""
    field: str = ""
    value: str = ""

    @property
    def severity(self) -> str:
        return SEVERITY[self.code[0]]
