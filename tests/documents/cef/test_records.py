"""What people write beside the tables, and every way to write it wrong."""

from __future__ import annotations

import json

import pytest

from documents.cef.classes import evaluated, meeting
from portaria.documents.cef.every import check_records
from portaria.documents.cef.reading import parse_record, read_records
from portaria.documents.cef.records import Meeting, Papers

NOON = "2026-07-24T12:00:00"
PAPERS = """
[school]
name = "Agrupamento Inventado"

[course]
name = "Restaurante"

[paf]
place = "Sala 1"
at = 2026-07-20T10:00:00

[classes."2B".paf]
place = "Sala 2"
at = 2026-07-21T09:00:00
"""


def faults(given, model=Meeting):
    problems = []
    assert parse_record(given, model, "meetings/m.toml", problems) is None
    return [(problem.code, problem.column, problem.value) for problem in problems]


def test_a_folder_without_records(tmp_path):
    records, problems = read_records(tmp_path)
    assert (records.papers, records.meetings, records.plans, problems) == (Papers(), {}, {}, [])


def test_records_of_toml_and_json(tmp_path):
    (tmp_path / "papers.toml").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "final.json").write_text(json.dumps(meeting()), encoding="utf-8")
    (tmp_path / "meetings" / "notes.txt").write_text("not a record")
    (tmp_path / "internship_plans").mkdir()
    plan = 'student = "1"\naims = """\nServir.\nAtender."""\n'
    (tmp_path / "internship_plans" / "1.toml").write_text(plan, encoding="utf-8")
    records, problems = read_records(tmp_path)
    assert problems == []
    assert records.meetings["final"].number == 9
    assert records.plans["1"].aims == "Servir.\nAtender."
    assert records.papers.of("").paf.place == "Sala 1"
    assert records.papers.of("2B").paf.place == "Sala 2"
    assert records.papers.of("2B").course.name == "Restaurante"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"held_on": 20260724}, ("cef-record-not-meant", "held_on", "20260724")),
        ({"held_on": "July"}, ("cef-record-not-meant", "held_on", "July")),
        (
            {"held_on": "2026-07-24T10:00:00Z"},
            ("cef-record-not-meant", "held_on", "2026-07-24T10:00:00Z"),
        ),
        ({"chair": ""}, ("cef-record-not-meant", "chair", "")),
        ({"chair": 7}, ("cef-record-not-meant", "chair", "7")),
        ({"number": 0}, ("cef-record-not-meant", "number", "0")),
        ({"second_call": "perhaps"}, ("cef-record-not-meant", "second_call", "perhaps")),
        ({"attendance": []}, ("cef-record-not-meant", "attendance", None)),
        ({"attendance": "all"}, ("cef-record-not-meant", "attendance", "all")),
        ({"weather": "fine"}, ("cef-record-unknown", "weather", None)),
        ({"topics": [{"text": "T"}]}, ("cef-record-missing", "topics.1.title", None)),
    ],
)
def test_every_fault_of_a_field(more, expected):
    assert faults(meeting(**more)) == [expected]


def test_a_decision_has_its_reasons():
    given = meeting(topics=[{"title": "T", "decisions": [{"question": "Q", "consensus": True}]}])
    assert faults(given)[0][:2] == ("cef-record-missing", "topics.1.decisions.1.reasons")


@pytest.mark.parametrize("content", [b"held_on = ", b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize("name", ["m.toml", "m.json"])
def test_a_file_that_cannot_be_read(tmp_path, content, name):
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / name).write_bytes(content)
    _, problems = read_records(tmp_path)
    assert [(p.file, p.code) for p in problems] == [(f"meetings/{name}", "cef-record-not-read")]


def test_records_that_name_nobody(tmp_path):
    evaluation = evaluated(tmp_path, students=2)
    (tmp_path / "papers.toml").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "internship_plans").mkdir()
    (tmp_path / "internship_plans" / "x.toml").write_text('student = "9"')
    (tmp_path / "meetings").mkdir()
    given = json.dumps(meeting(**{"class": "2C"}))
    (tmp_path / "meetings" / "m.json").write_text(given, encoding="utf-8")
    records, problems = read_records(tmp_path)
    assert problems == []
    assert {(p.code, p.column) for p in check_records(evaluation, records)} == {
        ("cef-papers-no-class", "classes"),
        ("cef-papers-no-class", "class"),
        ("cef-certificate-no-student", "student"),
    }
