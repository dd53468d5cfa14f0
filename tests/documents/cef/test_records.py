"""What people write beside the tables, and every way to write it wrong."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from documents.cef.classes import evaluated, meeting
from portaria.core.record_file import read_file
from portaria.documents.cef.every import check_records
from portaria.documents.cef.reading import read_records
from portaria.documents.cef.records import Meeting, Papers
from portaria.documents.records import parse_record

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
    (tmp_path / "internship_plans").mkdir()
    plan = 'student = "1"\naims = """\nServir.\nAtender."""\n'
    (tmp_path / "internship_plans" / "1.toml").write_text(plan, encoding="utf-8")
    records, problems = read_records(tmp_path)
    assert problems == []
    assert records.meetings["final.json"].number == 9
    assert records.plans["1.toml"].aims == "Servir.\nAtender."
    assert records.papers.of("").paf.place == "Sala 1"
    assert records.papers.of("2B").paf.place == "Sala 2"
    assert records.papers.of("2B").course.name == "Restaurante"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"held_on": 20260724}, ("record-not-meant", "held_on", "20260724")),
        ({"held_on": "July"}, ("record-not-meant", "held_on", "July")),
        (
            {"held_on": "2026-07-24T10:00:00Z"},
            ("record-not-meant", "held_on", "2026-07-24T10:00:00Z"),
        ),
        ({"held_on": "20260724"}, ("record-not-meant", "held_on", "20260724")),
        ({"held_on": "2026-07-24"}, ("record-not-meant", "held_on", "2026-07-24")),
        ({"held_on": date(2026, 7, 24)}, ("record-not-meant", "held_on", "2026-07-24")),
        ({"held_on": "2026-07-24T10"}, ("record-not-meant", "held_on", "2026-07-24T10")),
        ({"held_on": "2026-02-30T10:00"}, ("record-not-meant", "held_on", "2026-02-30T10:00")),
        ({"chair": ""}, ("record-not-meant", "chair", "")),
        ({"chair": 7}, ("record-not-meant", "chair", "7")),
        ({"number": 0}, ("record-not-meant", "number", "0")),
        ({"second_call": "perhaps"}, ("record-not-meant", "second_call", "perhaps")),
        ({"attendance": []}, ("record-not-meant", "attendance", None)),
        ({"attendance": "all"}, ("record-not-meant", "attendance", "all")),
        ({"weather": "fine"}, ("record-unknown", "weather", None)),
        ({"topics": [{"text": "T"}]}, ("record-missing", "topics.1.title", None)),
    ],
)
def test_every_fault_of_a_field(more, expected):
    assert faults(meeting(**more)) == [expected]


def test_a_decision_has_its_reasons():
    given = meeting(topics=[{"title": "T", "decisions": [{"question": "Q", "consensus": True}]}])
    assert faults(given)[0][:2] == ("record-missing", "topics.1.decisions.1.reasons")


@pytest.mark.parametrize("given", ["2026-07-24T10:00", "2026-07-24 10:00:00", "2026-07-24T00:00"])
def test_a_moment_has_an_hour_even_if_it_is_midnight(given):
    record = parse_record(meeting(held_on=given), Meeting, "m.json", [])
    assert record.held_on.date() == date(2026, 7, 24)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (date(2026, 7, 24), "the hour too, not the day alone, as 2026-07-20T10:00:00"),
        ("2026-07-24", "the hour too, not the day alone, as 2026-07-20T10:00:00"),
        ("2026-07-24T10:00:00+01:00", "a day and hour, as 2026-07-20T10:00:00"),
        (20260724, "a day and hour, as 2026-07-20T10:00:00"),
    ],
)
def test_a_day_without_its_hour_is_told_so(given, meant):
    problems = []
    assert parse_record(meeting(held_on=given), Meeting, "m.toml", problems) is None
    assert str(problems[0].message) == f"this is not what is meant here: {meant}"


def problems_of(tmp_path, content, name):
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / name).write_bytes(content)
    records, problems = read_records(tmp_path)
    assert records.meetings == {}
    assert {problem.file for problem in problems} == {f"meetings/{name}"}
    return [str(problem.message) for problem in problems]


UNREAD = "the file cannot be read: "


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("m.toml", b"a = 1\nheld_on = ", f"{UNREAD}it is no TOML: it ends before it is complete"),
        ("m.toml", b"a = 1\n\n  b 2", f"{UNREAD}it is no TOML at line 3, column 5"),
        ("m.toml", b"a = 2026-02-30", f"{UNREAD}it is no TOML at line 1, column 5"),
        ("m.toml", b"[" * 100_000, f"{UNREAD}it is no TOML at line 1, column 3"),
        ("m.toml", b"a = " + b"[" * 100_000, f"{UNREAD}a number in it is too long, or its parts"),
        ("m.toml", b"a = " + b"9" * 5000, f"{UNREAD}a number in it is too long, or its parts"),
        ("m.toml", b"number = 0x" + b"f" * 5000, f"{UNREAD}a number in it is too long"),
        ("m.json", b"{", f"{UNREAD}it is no JSON at line 1, column 2"),
        ("m.json", b'{"a": 1,\n "b" 2}', f"{UNREAD}it is no JSON at line 2, column 6"),
        ("m.json", b"", f"{UNREAD}it is no JSON at line 1, column 1"),
        ("m.json", b"[" * 100_000, f"{UNREAD}a number in it is too long, or its parts lie"),
        ("m.JSON", b'{"chair": "\\ud800"}', f"{UNREAD}a text in it has half a character"),
        ("m.toml", b"\xff\xfe", "the file is not UTF-8 at byte 1: save it again as UTF-8"),
        ("m.JSON", b"\xef\xbb\xbf{ \xe9 }", "the file is not UTF-8 at byte 6: save it again"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, name, content, told):
    (message,) = problems_of(tmp_path, content, name)
    assert message.startswith(told)


def test_a_folder_is_no_record(tmp_path):
    (tmp_path / "meetings" / "m.toml").mkdir(parents=True)
    _, (problem,) = read_records(tmp_path)
    assert (problem.file, str(problem.message)) == (
        "meetings/m.toml",
        f"{UNREAD}it is a folder",
    )


def test_a_key_twice_is_a_fault(tmp_path):
    text = json.dumps(meeting())[:-1] + ', "place": "X", "chair": "Y"}'
    assert problems_of(tmp_path, text.encode(), "m.json") == [
        "place stands here twice; keep one",
        "chair stands here twice; keep one",
    ]


@pytest.mark.parametrize(
    "number", ["1.5", "1e9999", "1e999999999", "NaN", "-Infinity", "0", "true"]
)
def test_a_number_that_is_not_meant(tmp_path, number):
    text = json.dumps(meeting()).replace('"number": 9', f'"number": {number}')
    (message,) = problems_of(tmp_path, text.encode(), "m.json")
    assert "a whole number from 1 on" in message


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.toml", b"a = 0.1\nb = 1234567890123456789.5"),
     ("a.json", b'{"a": 0.1, "b": 1234567890123456789.5}')],
)  # fmt: skip
def test_numbers_are_exact(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    expected = {"a": Decimal("0.1"), "b": Decimal("1234567890123456789.5")}
    assert read_file(tmp_path / name, name) == (expected, [])


def test_every_file_counts_whatever_its_capitals(tmp_path):
    (tmp_path / "meetings").mkdir()
    text = json.dumps(meeting())
    for name in ("a.json", "b.JSON", "c.Json"):
        (tmp_path / "meetings" / name).write_text(text, encoding="utf-8")
    (tmp_path / "internship_plans").mkdir()
    (tmp_path / "internship_plans" / "outra.TOML").write_text('student = "1"')
    records, problems = read_records(tmp_path)
    assert problems == []
    assert [*records.meetings] == ["a.json", "b.JSON", "c.Json"]
    assert [*records.plans] == ["outra.TOML"]


def beside(tmp_path, *names):
    """What is told of these files and folders beside the tables, by their names."""
    for name in names:
        path = tmp_path / name.rstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text("")
    _, problems = read_records(tmp_path)
    return {problem.file: (problem.severity, problem.code) for problem in problems}


ENDING, NO_RECORD = ("warning", "cef-record-ending"), ("warning", "cef-record-no-record")
OTHER_NAME = ("error", "table-other-name")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Papers.toml"], {"Papers.toml": OTHER_NAME}),
        (["Meetings/m.toml"], {"Meetings": OTHER_NAME}),
        (["INTERNSHIP_PLANS/"], {"INTERNSHIP_PLANS": OTHER_NAME}),
        (["Course.TOML"], {"Course.TOML": OTHER_NAME}),
        (["internship_plans/q.yaml"], {"internship_plans/q.yaml": ENDING}),
        (["meetings/m.toml.txt", "meetings/2A/x.toml"],
         {"meetings/m.toml.txt": ENDING, "meetings/2A": ENDING}),
        (["papers.json", "papers.toml.txt", "escola.toml", "x.yml"],
         dict.fromkeys(["papers.json", "papers.toml.txt", "escola.toml", "x.yml"], NO_RECORD)),
        (["atas/m.toml"], {"atas": NO_RECORD}),
        (["course.toml", "papers.toml", "students.csv", "Subjects.csv", "leia-me.txt",
          "fotos/a.jpg", "papeis/manifest.json", "papeis/other.json", ".git/x.toml", "vazia/",
          ".x.toml", "meetings/.m.toml", "meetings/.x.swp"], {}),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told(tmp_path, names, told):
    assert beside(tmp_path, *names) == told


def test_a_file_where_records_should_be(tmp_path):
    assert beside(tmp_path, "meetings") == {"meetings": ("error", "file-unreadable")}


def test_keys_that_mean_nothing_are_told_with_those_that_do():
    given = {"curso": 1, "classes": {"course": {"course": {"nome": "A"}, "x": 1}}}
    problems = []
    assert parse_record(given, Papers, "papers.toml", problems) is None
    assert {p.column: p.message.params["known"] for p in problems} == {
        "curso": "course, paf, school, classes",
        "classes.course.course.nome": "name, class_name, school_year, course_director, "
        "class_director",
        "classes.course.x": "course, paf",
    }
    given = meeting(topics=[{"title": "T", "decisions": [{"pergunta": "Q"}]}])
    assert parse_record(given, Meeting, "m.toml", problems) is None
    (told,) = [p for p in problems if p.column == "topics.1.decisions.1.pergunta"]
    assert str(told.message) == (
        "this means nothing here; known: question, consensus, votes, reasons"
    )


def test_two_files_of_one_name_are_a_fault(tmp_path):
    (tmp_path / "meetings").mkdir()
    toml = 'held_on = 2026-07-24T10:00:00\nchair = "A"\nsecretary = "A"\n'
    toml += 'attendance = [{name = "A"}]\ntopics = [{title = "T"}]\n'
    (tmp_path / "meetings" / "final.toml").write_text(toml)
    (tmp_path / "meetings" / "final.json").write_text(json.dumps(meeting()), encoding="utf-8")
    (tmp_path / "meetings" / "FINAL.Json").write_text(json.dumps(meeting()), encoding="utf-8")
    records, problems = read_records(tmp_path)
    assert len(records.meetings) == 3
    assert [(p.file, p.code) for p in problems] == [
        ("meetings/final.json", "cef-record-same-name"),
        ("meetings/final.toml", "cef-record-same-name"),
    ]
    assert "meetings/FINAL.Json differs by its ending or its capitals alone" in str(
        problems[0].message
    )


def test_two_plans_of_a_student_are_a_fault(tmp_path):
    evaluation = evaluated(tmp_path, students=2)
    (tmp_path / "internship_plans").mkdir()
    for name, student in (("a", "1"), ("b", "1"), ("c", "2")):
        text = f'student = "{student}"'
        (tmp_path / "internship_plans" / f"{name}.toml").write_text(text)
    records, problems = read_records(tmp_path)
    assert problems == []
    (problem,) = check_records(evaluation, records)
    assert (problem.file, problem.column, problem.value) == (
        "internship_plans/b.toml", "student", "1",
    )  # fmt: skip
    assert str(problem.message) == "1 has a plan in internship_plans/a.toml already; keep one"


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (datetime(2024, 9, 12, 23, 59), True),
        (datetime(2024, 9, 13, 0, 0), False),
        (datetime(2026, 8, 31, 23, 0), False),
        (datetime(2026, 9, 1, 0, 0), True),
        (datetime(2062, 7, 20, 10), True),
    ],
)
def test_the_paf_is_in_the_years_of_the_course(tmp_path, at, wrong):
    evaluation = evaluated(tmp_path, students=1)
    text = f'[paf]\nplace = "Sala 1"\nat = {at.isoformat()}\n'
    (tmp_path / "papers.toml").write_text(text, encoding="utf-8")
    records, problems = read_records(tmp_path)
    assert problems == []
    found = check_records(evaluation, records, ["minutes"])
    assert [(p.file, p.column, p.code) for p in found] == (
        [("papers.toml", "paf.at", "cef-papers-paf-outside")] if wrong else []
    )


def test_faults_of_a_record_name_its_whole_file(tmp_path):
    evaluation = evaluated(tmp_path, students=1)
    (tmp_path / "meetings").mkdir()
    given = meeting(secretary="Nobody", **{"class": "2C"})
    (tmp_path / "meetings" / "m.json").write_text(json.dumps(given), encoding="utf-8")
    (tmp_path / "internship_plans").mkdir()
    (tmp_path / "internship_plans" / "x.toml").write_text('student = "9"\nclass = "2C"')
    records, _ = read_records(tmp_path)
    assert {p.file for p in check_records(evaluation, records)} == {
        "meetings/m.json",
        "internship_plans/x.toml",
    }


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
    assert {(p.code, p.column) for p in check_records(evaluation, records, ["minutes"])} == {
        ("cef-papers-no-class", "classes"),
        ("cef-papers-no-class", "class"),
        ("cef-certificate-no-student", "student"),
    }
