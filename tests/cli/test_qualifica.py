"""`portaria qualifica` from the command line: one school, a table of them, the team."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

SCHOOLS = Path(__file__).parent.parent.parent / "docs" / "qualifica" / "schools.csv"
BAD = """\
school,role,points_above,performance,proportion,authorised_on,could_apply,applied,registered,\
expected,region_percent,nation_percent,nuts
A,promoter,6.9,80.1,0.5,2018-10-10,,,,,,,
A,guest,abc,-1,2,,,,,,,,
B,partner,5,84,,,true,,200,,61.3,,2010
C,partner,,,,,true,true,,,,,
=D,partner,120,1,,2017-13-01,,,1,0,x,y,
"""


def told(portaria, *arguments):
    answer = portaria("qualifica", *arguments, "--json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


# --- hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ("promoter 6.9 80.1", (91, "90.7", "88", "6", "3.3")),
        ("promoter 6,9 100", (94, "94", "88", "6", "0")),
        ("promoter 0 75", (83, "82.5", "88", "0", "5.5")),
        ("partner 5 84 --proportion 0.5", (23, "22.85", "44", "5", "3.3")),
        ("partner 5 84", (44, "45.7", "44", "5", "3.3")),
        ("promoter 7 50 --authorised-on 2017-10-10 --on 2018-08-31", (88, "88", "88", "0", "0")),
        ("promoter 7 50 --authorised-on 2017-10-10 --on 2018-09-01", (84, "84", "88", "7", "11")),
        ("both 0 75", (83, "82.5", "88", "0", "5.5")),
    ],
)
def test_the_answer_as_json(options, answer, portaria):
    role, points, rate, *others = options.split()
    found = told(
        portaria, "hours", "--role", role, "--points-above", points, "--performance", rate, *others
    )
    keys = ("hours", "exact", "base", "need_bonus", "performance_cut")
    assert tuple(found[key] for key in keys) == answer
    assert len(found["corrections"]) == 3


def test_the_figures_behind_points_and_rate(portaria):
    found = told(
        portaria, "hours", "--role", "promoter", "--region-percent", "61.3", "--nation-percent",
        "54.4", "--nuts", "2013", "--registered", "200", "--expected", "300",
    )  # fmt: skip
    assert (found["points_above"], found["performance"]) == ("6.9", "200/3")


def test_every_step_is_told(portaria):
    options = ("--role", "partner", "--points-above", "5", "--performance", "84")
    out = portaria("qualifica", "hours", *options, "--on", "2018-07-01").out
    assert "44 + 5 − 3.3 = 45.7 → 46 → 44" in out
    for words in ("annex II, no. 1", "annex I, no. 2, b)", "not given", "June 30, 2018"):
        assert words in out
    shown = portaria("qualifica", "hours", *options, "--lang", "pt-PT").out
    assert "45,7" in shown
    assert "anexo I, n.º 2, al. a)" in shown
    assert portaria("qualifica", "hours", *options, "-q").out == ""


def test_the_most_of_a_partner_before_the_proportion(portaria):
    options = ("--role", "partner", "--points-above", "5", "--performance", "84", "--reading",
               "partner_most=before_proportion")  # fmt: skip
    half = portaria("qualifica", "hours", *options, "--proportion", "0.5").out
    assert "44 + 5 − 3.3 = 45.7 → 44; 44 × 0.5 = 22" in half
    assert "By another reading, the 44 hours of a partner bound what" in half
    whole = portaria("qualifica", "hours", *options).out
    assert "44 + 5 − 3.3 = 45.7 → 44\n" in whole


def test_who_did_not_apply_has_none(portaria):
    found = told(portaria, "hours", "--role", "partner", "--did-not-apply")
    assert (found["hours"], found["excluded"], found["clauses"]) == (0, True, ["6261-B 2/2"])
    out = portaria("qualifica", "hours", "--role", "partner", "--did-not-apply").out
    assert "did not" in out


@pytest.mark.parametrize(
    "options",
    [
        "guest",
        "promoter",
        "promoter --points-above 1",
        "promoter --points-above x --performance 1",
        "promoter --points-above 1 --performance -1",
        "promoter --points-above 101 --performance 1",
        "promoter --points-above 1 --performance 1 --proportion 1",
        "partner --points-above 1 --performance 1 --proportion 1.1",
        "promoter --points-above 1 --region-percent 2 --nation-percent 1 --nuts 2013",
        "promoter --region-percent 2 --performance 1",
        "promoter --region-percent 2 --nation-percent 1 --performance 1",
        "promoter --region-percent 200 --nation-percent 1 --nuts 2013 --performance 1",
        "promoter --points-above 1 --registered 1",
        "promoter --points-above 1 --registered 1 --expected 0",
        "promoter --authorised-on 2018-01-01",
        "promoter --authorised-on 2018-01-01 --on 2017-12-31",
        "promoter --points-above 1 --performance 1 --on 2017-07-17",
        "promoter --points-above 1 --performance 1 --reading colour=blue",
    ],
)
def test_what_cannot_be_is_refused(options, portaria):
    answer = portaria("qualifica", "hours", "--role", *options.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.strip()
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("promoter --points-above abc --performance -5", ["--points-above", "below zero: -5"]),
        ("guest --points-above 101 --performance x --on 2017-01-01",
         ["--performance", "guest", "in force", "-100 to 100"]),
        ("partner --proportion 2 --reading colour=blue --registered 1 --performance 1",
         ["colour", "go together", "say the same", "0 to 1"]),
        ("promoter --region-percent 200 --nation-percent -1 --nuts 2014 --registered -10 "
         "--expected 0", ["2014", "region", "nation", "below zero: -10", "more than 0"]),
        ("promoter --region-percent x --nation-percent y --performance 1",
         ["--region-percent", "--nation-percent", "needs the version"]),
    ],
)  # fmt: skip
def test_every_fault_of_the_command_line_is_told_at_once(options, words, portaria):
    answer = portaria("qualifica", "hours", "--role", *options.split())
    assert (answer.code, answer.out) == (2, "")
    told = answer.err.splitlines()
    assert len(told) == len(words)
    assert [word for word in words if not any(word in line for line in told)] == []


def test_a_number_that_is_too_long_is_told_with_the_limit(portaria):
    answer = portaria("qualifica", "hours", "--role", "partner", "--performance", "1/1234567890123")
    assert answer.err.startswith("--performance is not read: a number has at most 12 digits")


def test_the_most_of_the_need_is_told_where_it_holds(portaria):
    options = ("hours", "--role", "promoter", "--performance", "100", "--points-above")
    assert "7 hours more (7 at most; annex I" in portaria("qualifica", *options, "12").out
    assert "7 hours more (annex I" in portaria("qualifica", *options, "7").out


# --- table --------------------------------------------------------------------------------------


def test_a_table_of_schools(portaria, tmp_path):
    out = tmp_path / "hours.csv"
    answer = portaria("qualifica", "table", SCHOOLS, "--on", "2018-03-01", "--out", out)
    assert answer.code == 0, answer.err
    found = rows(out)
    assert [row["hours"] for row in found] == ["91", "88", "23", "44", "83", "0"]
    assert found[0]["arithmetic"] == "88 + 6 − 3.3 = 90.7 → 91"
    assert "6261-B anexo-I/3/a" in found[0]["clauses"]
    assert found[3]["warnings"] == "proportion-not-given"
    assert "Hours in all: 329" in answer.out
    first = out.read_bytes()
    again = ("qualifica", "table", SCHOOLS, "--on", "2018-03-01", "--out", out)
    assert portaria(*again).code == 2
    assert portaria(*again, "--replace", "--quiet").out == ""
    assert out.read_bytes() == first


def test_the_table_as_json(portaria, tmp_path):
    found = told(portaria, "table", SCHOOLS, "--on", "2018-03-01", "--out", tmp_path / "hours.csv")
    assert found["hours"] == sum(row["hours"] for row in found["schools"]) == 329
    assert found["schools"][2].items() >= {"exact": "22.8", "school": "Escola da Ponte"}.items()


def test_spreadsheets_and_parquet_say_the_same(portaria, tmp_path):
    lines = list(csv.reader(io.StringIO(SCHOOLS.read_text(encoding="utf-8"))))
    with xlsxwriter.Workbook(tmp_path / "schools.xlsx") as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    pl.read_csv(SCHOOLS, infer_schema=False).write_parquet(tmp_path / "schools.parquet")
    written = []
    for table in (SCHOOLS, tmp_path / "schools.xlsx", tmp_path / "schools.parquet"):
        out = tmp_path / f"{table.suffix[1:]}.csv"
        answer = portaria("qualifica", "table", table, "--on", "2018-03-01", "--out", out, "-q")
        assert answer.code == 0, answer.err
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2]


def test_every_problem_at_once(portaria, tmp_path):
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    out, problems = tmp_path / "hours.csv", tmp_path / "problems.csv"
    answer = portaria(
        "qualifica", "table", tmp_path / "bad.csv", "--on", "2018-03-01", "--out", out,
        "--problems", problems,
    )  # fmt: skip
    assert (answer.code, answer.out) == (1, "")
    assert not out.exists()
    found = {(int(row["row"]), row["column"]) for row in rows(problems)}
    assert found == {
        (2, "proportion"), (2, "authorised_on"),
        (3, "school"), (3, "role"), (3, "points_above"), (3, "performance"), (3, "proportion"),
        (4, "applied"), (4, "points_above"), (4, "nation_percent"), (4, "nuts"),
        (4, "performance"), (4, "expected"),
        (5, "points_above"), (5, "performance"),
        (6, "school"), (6, "points_above"), (6, "authorised_on"), (6, "expected"),
        (6, "performance"), (6, "region_percent"), (6, "nation_percent"),
    }  # fmt: skip


def test_only_the_later_rows_of_a_school_are_told(portaria, tmp_path):
    lines = "".join(f"{name},promoter,1,100\n" for name in "ABABA")
    (tmp_path / "t.csv").write_text(f"school,role,points_above,performance\n{lines}\n,both,1,1\n")
    problems = tmp_path / "problems.csv"
    answer = portaria("qualifica", "table", tmp_path / "t.csv", "--out", tmp_path / "h.csv",
                      "--problems", problems)  # fmt: skip
    assert answer.code == 1
    told = [(int(row["row"]), row["value"], row["code"]) for row in rows(problems)]
    assert told[:3] == [
        (4, "A", "repeated-key"),
        (5, "B", "repeated-key"),
        (6, "A", "repeated-key"),
    ]
    assert len(told) == 4


@pytest.mark.parametrize("name", ["h.xlsx", "h.parquet", "h", "csv"])
def test_hours_are_written_as_csv_and_nothing_else(name, portaria, tmp_path):
    answer = portaria("qualifica", "table", SCHOOLS, "--on", "2018-03-01", "--out", tmp_path / name)
    assert (answer.code, answer.out) == (2, "")
    assert "ends with .csv" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_days_in_the_table_are_those_of_its_language(portaria, tmp_path):
    arguments = ("qualifica", "table", SCHOOLS, "--on", "2018-03-01", "--replace", "--out")
    assert "2018-08-31" in portaria(*arguments, tmp_path / "h.csv").out
    assert "31/08/2018" in portaria(*arguments, tmp_path / "h.csv", "--lang", "pt-PT").out
    assert rows(tmp_path / "h.csv")[1]["new_until"] == "2018-08-31"


def test_a_missing_column_is_told_once(portaria, tmp_path):
    (tmp_path / "few.csv").write_text("school,points_above\nA,1\nB,2\n", encoding="utf-8")
    problems = tmp_path / "problems.csv"
    answer = portaria("qualifica", "table", tmp_path / "few.csv", "--out", tmp_path / "h.csv",
                      "--problems", problems)  # fmt: skip
    assert answer.code == 1
    assert [row["column"] for row in rows(problems) if row["row"] == "1"] == ["role"]


def test_without_the_day_a_new_centre_is_a_problem(portaria, tmp_path):
    answer = portaria("qualifica", "table", SCHOOLS, "--out", tmp_path / "h.csv")
    assert answer.code == 1
    assert "--on" in answer.err
    before = ("--on", "2017-07-17", "--out", tmp_path / "h.csv")
    assert portaria("qualifica", "table", SCHOOLS, *before).code == 2


def test_a_long_table_is_written_whole_and_shown_in_part(portaria, tmp_path):
    lines = "".join(f"E{number},promoter,1,100\n" for number in range(60))
    table = tmp_path / "many.csv"
    table.write_text(f"school,role,points_above,performance\n{lines}", encoding="utf-8")
    answer = portaria("qualifica", "table", table, "--out", tmp_path / "h.csv")
    assert "10 more are not shown" in answer.out
    assert len(rows(tmp_path / "h.csv")) == 60


# --- the team -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("share 88 28 28 20", {"left": 12, "over": 0, "clause": "6261-B 3/2", "role": "promoter"}),
        ("share 44 28", {"left": 16, "clause": "6261-B 4/2", "role": "partner"}),
        ("share 44 28 --role promoter", {"clause": "6261-B 3/2"}),
        ("share 88 28 --role both", {"clause": "6261-B 3/2", "role": "promoter"}),
        ("share 88 28 28 28 5", {"left": 0, "over": 1}),
        ("coordinator", {"allowed": True, "missing": []}),
        ("coordinator --director --not-career",
         {"allowed": False, "missing": ["not-a-career-teacher", "is-a-director"]}),
        ("coordinator --elsewhere --no-profile",
         {"missing": ["serves-elsewhere", "without-the-profile"]}),
        ("staffing --normal-hours 35 --centre-hours 28", {"wanted": "28", "warnings": []}),
        ("staffing --normal-hours 35 --centre-hours 27,5", {"warnings": ["below-four-fifths"]}),
        ("recruitment", {"source": "career", "clause": "6261-B 7/3"}),
        ("recruitment --credit-unusable", {"source": "career", "clause": "6261-B 7/1"}),
        ("recruitment --credit-unusable --no-career", {"source": "reserve"}),
        ("recruitment --credit-unusable --no-career --no-reserve", {"source": "school"}),
        ("recruitment --no-need", {"source": "none", "clause": "6261-B anexo-I/8"}),
        ("technicians --number 2 --years 3", {"allowed": True}),
        ("technicians --number 3 --years 1 --partner",
         {"missing": ["promoters-only", "more-than-two", "two-or-three-years"]}),
    ],
)  # fmt: skip
def test_the_team(arguments, found, portaria):
    assert told(portaria, *arguments.split()).items() >= found.items()
    answer = portaria("qualifica", *arguments.split())
    assert answer.code == 0
    assert answer.out.strip()
    assert portaria("qualifica", *arguments.split(), "-q").out == ""


def test_why_it_is_a_career_teacher(portaria):
    assert "the credit can be used" in portaria("qualifica", "recruitment").out
    left = portaria("qualifica", "recruitment", "--credit-unusable").out
    assert "one is left, though the credit cannot be used" in left


def test_a_part_that_is_no_number_is_told_by_its_name(portaria):
    answer = portaria("qualifica", "share", "88", "x", "--lang", "pt-PT")
    assert "HORAS: é preciso um número inteiro" in answer.err
    assert "<list" not in portaria("qualifica", "share", "--help", "--lang", "pt-PT").out


def test_the_wrong_reference_is_told_where_it_matters(portaria):
    assert "is read as" in portaria("qualifica", "recruitment").out
    assert "is read as" not in portaria("qualifica", "recruitment", "--no-need").out


@pytest.mark.parametrize(
    "arguments",
    [
        "staffing --normal-hours 35 --centre-hours 36",
        "staffing --normal-hours x --centre-hours 36",
        "technicians --number 0 --years 2",
        "share 88",
        "share 88 20 --role partner",
        "share 88 20 --role guest",
    ],
)
def test_what_is_no_question_is_refused(arguments, portaria):
    answer = portaria("qualifica", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
