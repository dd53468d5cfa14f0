"""A network, the base of RM that holds it, and the views over that base: the network again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from postgres import has_postgres
from reference.scae.random_logs import random_network, write_source

from portaria.regulations.scae.rm.script import script
from portaria.regulations.scae.rm.source import open_rm
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.database import open_database
from portaria.tables.schema import columns_of

from .base import connected, loaded, mapping_text, read
from .network import Base, Row, Shape, Tables, base_of, holdable, status

SHAPES = (
    Shape(),
    Shape(unit="CAMPOLIVRE1", unchanged="drop"),
    Shape(times="timestamp", log_tells_class=False),
    Shape(log_tells_before=False),
    Shape(log_tells_before=False, unchanged="drop", unit="CAMPOLIVRE1", times="timestamp"),
)
CASES = [
    pytest.param(seed, SHAPES[seed % len(SHAPES)], bool(seed % 2), id=str(seed))
    for seed in range(10)
]


@pytest.fixture(autouse=True)
def _server(needs: Callable[[bool, str], None]) -> None:
    needs(has_postgres(), "PostgreSQL")


@pytest.mark.parametrize(("seed", "shape", "faulty"), CASES)
def test_the_views_give_the_network_again(
    seed: int, shape: Shape, faulty: bool, tmp_path: Path
) -> None:
    given = holdable(random_network(seed, faulty=faulty, class_in_log=seed % 4 < 3).source())
    base = base_of(given, shape)
    schema = "rm" if seed % 2 else "public"
    url = loaded(base.tables, schema, shape.times)
    database = open_rm(url, read(mapping_text(shape, schema), tmp_path))
    assert [(p.file, str(p.message), p.value) for p in database.problems] == []
    assert set(database.given) == set(TABLES)
    expected = renamed(given, base, shape)
    for name, rows in expected.items():
        schema_of = {c: kind.dtype for c, kind in columns_of(TABLES[name].schema).items()}
        frame = database.fetch(database.tables[name], schema_of)
        assert in_order(map(plain, frame.to_dicts())) == in_order(rows), name
    assert all(len(rows) > 0 for rows in expected.values())


def test_the_script_makes_views_that_are_read_like_any_source(tmp_path: Path) -> None:
    shape = Shape()
    given = holdable(random_network(3).source())
    base = base_of(given, shape)
    url = loaded(base.tables)
    mapping = read(mapping_text(shape), tmp_path)
    connection = connected(url)
    for statement in script(mapping, "postgres").split(";\n")[:-1]:
        connection.raw_sql(statement).close()
    database = open_database(url, TABLES)
    assert [str(problem.message) for problem in database.problems] == []
    expected = renamed(given, base, shape)
    for name, rows in expected.items():
        schema = {c: kind.dtype for c, kind in columns_of(TABLES[name].schema).items()}
        frame = database.fetch(database.tables[name], schema)
        assert in_order(map(plain, frame.to_dicts())) == in_order(rows), name


@pytest.mark.long
def test_a_load_from_the_command_line_is_that_of_the_neutral_tables(
    tmp_path: Path, portaria: Callable[..., Any]
) -> None:
    """The same records under the names of RM: dates, situations, hours, exclusions."""
    shape = Shape()
    network = random_network(4, people=40)
    given = holdable(network.source())
    base = base_of(given, shape)
    url = loaded(base.tables)
    (tmp_path / "rm.toml").write_text(mapping_text(shape), encoding="utf-8")
    neutral = tmp_path / "neutral"
    write_source(renamed(given, base, shape), network.config, neutral)
    options = ("--month", "2024-06", "--state", network.config["state"])
    options += ("--config", str(neutral / "scae.toml"), "--quiet")
    by_rm, plain_ = tmp_path / "by-rm", tmp_path / "plain"
    done = portaria("scae", "extract", url, "--rm", tmp_path / "rm.toml", "--out", by_rm, *options)
    assert done.code == 0, done.err
    done = portaria("scae", "extract", neutral, "--out", plain_, *options)
    assert done.code == 0, done.err
    # RM has the custom fields of everybody: a blank one is null there, and not there at all here.
    load = pl.read_csv(by_rm / "load.csv", infer_schema=False).drop("complements")
    assert load.equals(pl.read_csv(plain_ / "load.csv", infer_schema=False).drop("complements"))
    assert load.height > 5


# --- what is expected --------------------------------------------------------------------------


def renamed(given: Tables, base: Base, shape: Shape) -> Tables:
    """The network with the keys of RM, blanks as null, and the log as its shape lets it tell."""
    classes, offers = base.names["class"], base.names["offer"]
    enrolments, disciplines = base.names["enrolment"], base.names["discipline"]
    of = {row["enrolment"]: row for row in given["enrolments"]}

    def klass(name: str, row: Row) -> str:
        """A class that does not exist has the branch and the period of the enrolment."""
        twin = next(
            c for c in given["classes"]
            if (c["course"], c["series"]) == (row["course"], row["series"])
        )  # fmt: skip
        return classes.get(name) or "-".join([*classes[twin["class"]].split("-")[:3], name])

    wanted: Tables = {
        "classes": [
            {**row, "class": classes[row["class"]], "unit": base.names["unit"][row["unit"]],
             "modality": row["modality"].lstrip("0")}
            for row in given["classes"]
        ],
        "enrolments": [
            {**row, "enrolment": enrolments[row["enrolment"]], "class": klass(row["class"], row),
             "reference": enrolments.get(row["reference"], row["reference"])}
            for row in given["enrolments"]
        ],
        "movements": [
            {**row, "enrolment": enrolments[row["enrolment"]],
             "class": row["class"] and shape.log_tells_class
             and klass(row["class"], of[row["enrolment"]])}
            for row in told(given["movements"], ("enrolment", "column"), "enrolment", shape)
        ],
        "class_disciplines": [
            {**row, "class_discipline": offers[row["class_discipline"]],
             "class": classes[row["class"]]}
            for row in given["class_disciplines"]
        ],
        "discipline_enrolments": [
            {**row, "discipline_enrolment": disciplines[row["discipline_enrolment"]],
             "enrolment": enrolments.get(row["enrolment"]),
             "class_discipline": offers[row["class_discipline"]]}
            for row in given["discipline_enrolments"]
        ],
        "discipline_movements": [
            {**row, "discipline_enrolment": disciplines[row["discipline_enrolment"]]}
            for row in told(given["discipline_movements"], ("discipline_enrolment",),
                            "discipline_enrolment", shape)
        ],
        "lessons": [
            {**row, "class_discipline": offers[row["class_discipline"]]} for row in given["lessons"]
        ],
        "course_series": given["course_series"],
        "municipalities": given["municipalities"],
    }  # fmt: skip
    return {name: [plain(row) for row in rows] for name, rows in wanted.items()}


def told(rows: list[Row], thread: tuple[str, ...], key: str, shape: Shape) -> list[Row]:
    """The movements as a log of this shape tells them, counted anew."""
    ordered = sorted(rows, key=lambda row: (row[key], row["at"], row["seq"]))
    before: dict[tuple[Any, ...], str] = {}
    count: dict[str, int] = {}
    found = []
    for row in ordered:
        name = tuple(row[part] for part in thread)
        last = row["from"] if shape.log_tells_before else before.get(name)
        before[name] = row["to"]
        if shape.unchanged == "drop" and last and status(last) == status(row["to"]):
            continue
        count[row[key]] = count.get(row[key], 0) + 1
        found.append({**row, "from": last, "seq": count[row[key]]})
    return found


def plain(row: Row) -> Row:
    """A row as it is compared: situations numbered, blanks null, complements without blanks."""
    found = {name: None if value in ("", False) else value for name, value in row.items()}
    for name in ("situation", "result", "from", "to"):
        if found.get(name):
            found[name] = str(status(found[name]))
    if "complements" in found:
        given = found["complements"]
        held = json.loads(given) if isinstance(given, str) else given or {}
        found["complements"] = {name: value for name, value in held.items() if value}
    return found


def in_order(rows: Any) -> list[Row]:
    return sorted(rows, key=lambda row: [(name, shown(row[name])) for name in sorted(row)])


def shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else repr(value)
