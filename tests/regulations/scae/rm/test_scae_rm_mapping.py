"""The mapping file: the example is one, and every slip in a file is told at once."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from portaria.regulations.scae.rm.base import COLUMNS
from portaria.regulations.scae.rm.mapping import read_mapping

from .base import changed, mapping_text, read

EXAMPLE = files("portaria.regulations.scae.rm") / "rm-example.toml"


def told(text: str, folder: Path) -> list[tuple[str, str, str]]:
    path = folder / "rm.toml"
    path.write_text(text, encoding="utf-8")
    mapping, problems = read_mapping(path)
    assert (mapping is None) == any(p.severity == "error" for p in problems)
    assert all(str(p.message) and p.file == "rm.toml" for p in problems)
    return [(p.severity, p.code.removeprefix("scae-rm-"), str(p.message.params.get("key", "")))
            for p in problems]  # fmt: skip


def test_the_example_is_a_mapping_and_says_which_names_are_invented(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    read(text, tmp_path)
    real = {column for columns in COLUMNS.values() for column in columns.split()}
    real |= {"CODCOLIGADA", "SLOGPLETIVO"}
    data = tomllib.loads(text)
    tables = ("enrolment_fields", "complements", "discipline_fields", "period_log")
    for table in (*tables, "discipline_log"):
        for value in data[table].values():
            assert value.startswith("INVENTED_") or value in real or value.islower() or value == "-"
    assert 'EVERY NAME BELOW THAT CONTAINS "INVENTED" IS INVENTED' in text


FAULTS = [
    ({"coligada": '"1"'}, "whole", "coligada"),
    ({"coligada": "true"}, "whole", "coligada"),
    ({"mapping_version": '" "'}, "text", "mapping_version"),
    ({"schema": '""'}, "blank-or-none", "schema"),
    ({"schema": '"a.b"'}, "not-a-name", "schema"),
    ({"unit": '""'}, "choice", "unit"),
    ({"levels__1": '"medium"'}, "choice", "levels.1"),
    ({"enrolment_fields__reference": '""'}, "blank-or-none", "enrolment_fields.reference"),
    ({"enrolment_fields__reference": "7"}, "not-a-name", "enrolment_fields.reference"),
    ({"period_log__table": '""'}, "blank", "period_log.table"),
    ({"period_log__table": '"-"'}, "not-a-name", "period_log.table"),
    ({"period_log__at": '"WHEN; --"'}, "not-a-name", "period_log.at"),
    ({"period_log__unchanged": '"yes"'}, "choice", "period_log.unchanged"),
    ({"lessons__only_confirmed": '"no"'}, "flag", "lessons.only_confirmed"),
    ({"series__modalities": "[3]"}, "list", "series.modalities"),
    ({"series__order": '"listed"'}, "not-listed", "series.listed"),
    ({"municipality__field": '"-"'}, "not-a-name", "municipality.field"),
    ({"complements__category": '""'}, "blank-or-none", "complements.category"),
]


@pytest.mark.parametrize(("keys", "code", "key"), FAULTS, ids=[str(fault[0]) for fault in FAULTS])
def test_a_slip_of_each_kind(keys: dict[str, str], code: str, key: str, tmp_path: Path) -> None:
    assert told(changed(mapping_text(), **keys), tmp_path) == [("error", code, key)]


def test_every_slip_at_once(tmp_path: Path) -> None:
    keys = {name: value for fault, _, _ in FAULTS[::3] for name, value in fault.items()}
    found = told(changed(mapping_text(), **keys), tmp_path)
    assert {key for _, _, key in found} == {fault[2] for fault in FAULTS[::3]}


def test_a_missing_key_is_told_and_an_unknown_one_is_a_warning(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^at = .*\n", "", mapping_text(), count=1)
    text = text.replace("[lessons]", '[lessons]\ntime = "text"') + "[other]\nx = 1\n"
    assert told(text, tmp_path) == [
        ("error", "missing-key", "period_log.at"),
        ("warning", "unknown-key", "lessons.time"),
        ("warning", "unknown-key", "other"),
    ]


def test_the_complement_dependency_is_ours_and_no_level_is_no_load(tmp_path: Path) -> None:
    text = mapping_text().replace("category =", "dependency =")
    assert told(text, tmp_path) == [("error", "reserved", "complements.dependency")]
    text = re.sub(r"(?m)^[129] = .*\n", "", mapping_text())
    assert told(text, tmp_path) == [("error", "no-level", "levels")]


def test_a_file_that_is_no_toml_or_is_not_there(tmp_path: Path) -> None:
    assert told("coligada = ", tmp_path) == [("error", "not-toml", "")]
    mapping, problems = read_mapping(tmp_path / "none.toml")
    assert mapping is None
    assert [p.code for p in problems] == ["file-unreadable"]
