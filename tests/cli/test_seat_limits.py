"""`access seat-limits`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from . import read_problems

HEADER = (
    "programme,institution,kind,general_seats,special_seats,over23_seats,leftover_seats,"
    "authorised_increase"
)
TABLE = f"""\
{HEADER}
0901/9001,Universidade do Exemplo,public,37,12,3,3,false
0901/9002,Universidade do Exemplo,public,24,4,1,0,false
4001/9003,Instituto do Exemplo,private,4,0,0,0,false
4001/9004,Instituto do Exemplo,private,0,2,0,,
0001/9005,Universidade Aberta,public,30,2,0,0,não
"""
TABLE_2023 = """\
programme,institution,kind,general_seats,special_seats,over23_seats,lma,special_regime_seats
0901/9001,Universidade do Exemplo,public,50,8,3,60,2
"""
MOVEMENTS = """\
programme,modality,unfilled,to_programme,to_modality,seats
0901/9001,over23,2,0901/9001,change_of_programme,2
0901/9001,over23,2,0901/9002,over23,1
"""
NUMBERS = ("general_seats", "special_seats", "over23_seats", "leftover_seats")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "seats.csv", TABLE)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def to_xlsx(path: Path, text: str) -> Path:
    """Numbers as numbers, all else as text."""
    header, *lines = rows(text)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Vagas")
        sheet.write_row(0, 0, header)
        for row, line in enumerate(lines, 1):
            for column, (name, cell) in enumerate(zip(header, line, strict=True)):
                if cell and name in NUMBERS:
                    sheet.write_number(row, column, int(cell))
                elif cell:
                    sheet.write_string(row, column, cell)
    return path


def to_parquet(path: Path, text: str) -> Path:
    header, *lines = rows(text)
    frame = pl.DataFrame(lines, schema=header, orient="row")
    frame = frame.with_columns(pl.all().replace("", None))
    frame.with_columns(pl.col(NUMBERS).cast(pl.Int32)).write_parquet(path)
    return path


# --- answers --------------------------------------------------------------------------------------


def test_the_answer_as_json(portaria, table):
    answer = portaria("access", "seat-limits", table, "--json")
    assert (answer.code, answer.err) == (0, "")
    told = json.loads(answer.out)
    caps = [(c["programme"], c["exact"], c["cap"], c["over_by"]) for c in told["caps"]]
    assert caps == [
        ("0901/9001", "7.4", 10, 2),
        ("0901/9002", "4.8", 4, 0),
        ("4001/9003", "0.8", 0, 0),
        ("4001/9004", "0", 0, 2),
    ]
    minima = [(m["institution"], m["minimum"], m["over23_seats"]) for m in told["minima"]]
    assert minima == [("Universidade do Exemplo", 4, 4), ("Instituto do Exemplo", 1, 0)]
    breaches = [(b["code"], b["programme"], b["by"], b["clause"]) for b in told["breaches"]]
    assert breaches == [
        ("above-maximum", "0901/9001", 2, "6261-A 3"),
        ("closed-programme", "4001/9004", 2, "6261-A preamble/2/a"),
        ("over23-below-minimum", "", 1, "6261-A 4"),
    ]
    (clash,) = told["infeasible"]
    assert clash["institution"] == "Instituto do Exemplo"
    assert [c["clause"] for c in clash["constraints"]] == [
        "6261-A 3",
        "6261-A preamble/2/a",
        "6261-A 4",
    ]
    assert [r["clause"] for r in clash["remedies"]] == ["6261-A 5/2", "6261-A 5/3"]
    assert [o["why"] for o in told["outside"]] == ["open_university"]
    assert (told["year"], told["movements"]) == (2017, [])


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_the_same_answer_from_any_kind_of_file(portaria, table, tmp_path, kind):
    other = (to_xlsx if kind == "xlsx" else to_parquet)(tmp_path / f"other.{kind}", TABLE)
    answers = [portaria("access", "seat-limits", each, "--json") for each in (table, other)]
    assert answers[0] == answers[1]


def test_the_answer_in_words(portaria, table):
    answer = portaria("access", "seat-limits", table, "--lang", "en")
    said = " ".join(answer.out.split())
    assert (answer.code, answer.err) == (0, "")
    for words in (
        "Despacho n.º 6261-A/2017",
        "Programmes: 4. Institutions: 2. Limits not kept: 3.",
        "0901/9001 (Universidade do Exemplo): seats asked 12, at most 10; 2 too many (art. 3).",
        "because the general regime opens none there",
        "Instituto do Exemplo: over-23 seats 0, at least 1; 1 missing (art. 4).",
        "Instituto do Exemplo: no distribution of seats keeps every limit.",
        "0 in sum, 0.8 before each was rounded (art. 3).",
        "(art. 5, no. 2)",
        "(art. 5, no. 3)",
        "With maxima rounded to the nearest the minimum would be 1 and the room 1",
        "the Universidade Aberta is left out (art. 1)",
        "maxima rounded down; over-23 minima rounded up",
    ):
        assert words in said, words


def test_a_table_that_keeps_every_limit(portaria, tmp_path):
    fine = write(tmp_path / "fine.csv", f"{HEADER}\nA,I,public,100,20,5,0,0\n")
    answer = portaria("access", "seat-limits", fine, "--lang", "en", "--check")
    assert answer.code == 0
    assert "Every limit is kept." in answer.out


def test_check_makes_a_breach_the_exit_code(portaria, table):
    assert portaria("access", "seat-limits", table).code == 0
    answer = portaria("access", "seat-limits", table, "--check", "--quiet")
    assert (answer.code, answer.out, answer.err) == (1, "", "")


def test_a_long_table_is_cut(portaria, tmp_path):
    lines = "".join(f"P{n},I,public,100,20,5,0,false\n" for n in range(52))
    answer = portaria(
        "access", "seat-limits", write(tmp_path / "long.csv", f"{HEADER}\n{lines}"), "--lang", "en"
    )
    assert "P49 " in answer.out
    assert "P50 " not in answer.out
    assert "2 more are not shown" in answer.out


def test_other_readings(portaria, table):
    arguments = ("--reading", "maximum_rounding=half_up", "--reading", "minimum_rounding=half_up")
    told = json.loads(portaria("access", "seat-limits", table, "--json", *arguments).out)
    assert [each["cap"] for each in told["caps"]] == [10, 5, 1, 0]
    assert [each["minimum"] for each in told["minima"]] == [3, 0]
    assert told["infeasible"] == []


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        ("half_up", "NAME=CHOICE"),
        ("maximum=floor", "maximum_rounding, minimum_rounding"),
        ("minimum_rounding=floor", "ceiling, half_up"),
    ],
)
def test_an_unknown_reading_is_refused(portaria, table, reading, says):
    answer = portaria("access", "seat-limits", table, "--reading", reading)
    assert answer.code == 2
    assert says in answer.err


def test_the_page_shows_what_is_said(portaria, tmp_path, monkeypatch):
    page = Path(__file__).parent.parent.parent / "docs" / "access" / "seat-limits.md"
    blocks = page.read_text(encoding="utf-8").split("```")[1::2]
    (shown,) = (block.removeprefix("csv\n") for block in blocks if block.startswith("csv\n"))
    (said,) = (block for block in blocks if "Limits not kept" in block)
    monkeypatch.setenv("COLUMNS", "100")
    answer = portaria("access", "seat-limits", write(tmp_path / "t.csv", shown), "--lang", "en")
    assert [line.rstrip() for line in answer.out.strip().splitlines()] == said.strip().splitlines()


# --- years ----------------------------------------------------------------------------------------


def test_the_limits_of_2023(portaria, tmp_path):
    table = write(tmp_path / "seats.csv", TABLE_2023)
    told = json.loads(portaria("access", "seat-limits", table, "--year", 2023, "--json").out)
    assert [(each["cap"], each["clause"]) for each in told["caps"]] == [(8, "3580-2023 maximum")]
    assert [(each["of"], each["minimum"]) for each in told["minima"]] == [(60, 3)]
    assert (told["breaches"], told["unchecked"]) == ([], ["3580-2023 12-15"])
    said = portaria("access", "seat-limits", table, "--year", 2023, "--lang", "en").out
    assert "Not checked, because its text is not at hand: arts. 12 to 15." in said


def test_2023_asks_for_its_own_columns_and_2017_for_its_own(portaria, tmp_path):
    problems = tmp_path / "problems.csv"
    for text, year, missing in (
        (TABLE, 2023, ["lma", "special_regime_seats"]),
        (TABLE_2023, 2017, ["authorised_increase", "leftover_seats"]),
    ):
        table = write(tmp_path / "seats.csv", text)
        arguments = ("--year", year, "--problems", problems)
        assert portaria("access", "seat-limits", table, *arguments).code == 1
        found = read_problems(problems)
        errors = [row["column"] for row in found if row["severity"] == "error"]
        assert errors == missing


def test_an_unknown_year_is_refused_with_those_known(portaria, table):
    answer = portaria("access", "seat-limits", table, "--year", 2020)
    assert (answer.code, answer.out) == (2, "")
    assert "2020-2021" in answer.err
    assert "2017 (2017-2018), 2023 (2023-2024)" in answer.err


# --- movements ------------------------------------------------------------------------------------


def test_movements_of_unfilled_seats(portaria, table, tmp_path):
    wanted = write(tmp_path / "wanted.csv", MOVEMENTS)
    arguments = ("access", "seat-limits", table, "--movements", wanted)
    told = json.loads(portaria(*arguments, "--json").out)["movements"]
    assert [(each["allowed"], each["code"], each["clause"]) for each in told] == [
        (True, "moved", "6261-A preamble/2/b"),
        (False, "not-to-programme", "6261-A 6/a"),
    ]
    assert "allowed, by decision of the institution's competent body" in " ".join(
        portaria(*arguments, "--lang", "en").out.split()
    )


def test_problems_of_movements_are_told_with_those_of_the_seats(portaria, table, tmp_path):
    wanted = write(
        tmp_path / "wanted.csv",
        MOVEMENTS
        + "0901/9009,over23,1,0901/9001,over23,1\n"
        + "0901/9001,over23,3,0901/9001,other_degree,0\n"
        + "0901/9001,general,1,0901/9001,nowhere,1\n",
    )
    problems = tmp_path / "problems.csv"
    answer = portaria("access", "seat-limits", table, "--movements", wanted, "--problems", problems)
    assert answer.code == 1
    assert [(row["row"], row["column"], row["code"]) for row in read_problems(problems)] == [
        ("4", "programme", "movement-unknown-programme"),
        ("5", "seats", "below-minimum"),
        ("5", "unfilled", "unfilled-differs"),
        ("6", "modality", "not-allowed"),
        ("6", "to_modality", "not-allowed"),
    ]


# --- problems -------------------------------------------------------------------------------------

WRONG = f"""\
{HEADER},outside_scope,authorised_seats
A,I,public,-1,2,1,0,false,,
B,I,privada,10,2,1,11,false,,
A,I,public,10,2,3,0,false,,
D,I,private,10,1.5,0,0,talvez,,
E,J,private,10,2,1,11,false,joint_tutelage,
F,K,public,10,2,1,0,false,open_university,4
G,K,public,10,2,,0,false,,
"""
PROBLEMS = [
    ("2", "general_seats", "below-minimum", "error"),
    ("2", "programme", "repeated-key", "error"),
    ("3", "kind", "not-allowed", "error"),
    ("3", "leftover_seats", "leftover-above-general", "warning"),
    ("4", "over23_seats", "over23-above-special", "error"),
    ("4", "programme", "repeated-key", "error"),
    ("5", "authorised_increase", "not-a-boolean", "error"),
    ("5", "kind", "kind-differs", "error"),
    ("5", "special_seats", "not-an-integer", "error"),
    ("6", "leftover_seats", "leftover-above-general", "warning"),
    ("6", "outside_scope", "scope-of-private", "error"),
    ("7", "authorised_seats", "authorised-seats-unused", "warning"),
    ("8", "outside_scope", "scope-differs", "error"),
    ("8", "over23_seats", "blank-cell", "error"),
]


def test_every_problem_at_once_and_nothing_written(portaria, tmp_path):
    table = write(tmp_path / "seats.csv", WRONG)
    problems, out = tmp_path / "problems.csv", tmp_path / "caps.csv"
    answer = portaria("access", "seat-limits", table, "--problems", problems, "--out", out)
    assert (answer.code, answer.out) == (1, "")
    found = read_problems(problems)
    assert [(p["row"], p["column"], p["code"], p["severity"]) for p in found] == PROBLEMS
    assert {p["clause"] for p in found} == {
        "", "6261-A 3", "6261-A 1", "6261-A 5/2", "6261-A 5/3",
    }  # fmt: skip
    assert not out.exists()


def test_what_2023_does_not_use_is_told(portaria, tmp_path):
    header, line = TABLE_2023.splitlines()
    text = f"{header},leftover_seats,authorised_increase\n{line},3,true\n"
    text += "B,Universidade do Exemplo,public,0,2,1,10,0,,\n"
    table, problems = write(tmp_path / "seats.csv", text), tmp_path / "problems.csv"
    answer = portaria(
        "access", "seat-limits", table, "--year", 2023, "--problems", problems, "--quiet"
    )
    assert (answer.code, answer.out) == (0, "")
    assert [(p["row"], p["column"], p["code"]) for p in read_problems(problems)] == [
        ("2", "authorised_increase", "not-known-that-year"),
        ("2", "leftover_seats", "not-known-that-year"),
        ("3", "general_seats", "closed-unknown"),
    ]


def test_a_file_that_is_no_table_is_refused(portaria, tmp_path):
    table = tmp_path / "seats.csv"
    table.write_bytes(b"\x00\x01\x02")
    answer = portaria("access", "seat-limits", table)
    assert answer.code == 1
    assert portaria("access", "seat-limits", tmp_path / "none.csv").code == 2


# --- --out ----------------------------------------------------------------------------------------


def test_the_caps_as_csv(portaria, table, tmp_path):
    out = tmp_path / "caps.csv"
    assert portaria("access", "seat-limits", table, "--out", out, "--quiet").code == 0
    with out.open(encoding="utf-8", newline="") as lines:
        caps = list(csv.DictReader(lines))
    assert [(c["programme"], c["exact"], c["cap"], c["over_by"], c["clause"]) for c in caps] == [
        ("0901/9001", "7.4", "10", "2", "6261-A 3"),
        ("0901/9002", "4.8", "4", "0", "6261-A 3"),
        ("4001/9003", "0.8", "0", "0", "6261-A 3"),
        ("4001/9004", "0", "0", "2", "6261-A preamble/2/a"),
    ]
    before = out.read_bytes()
    assert portaria("access", "seat-limits", table, "--out", out).code == 2
    assert out.read_bytes() == before
    again = portaria("access", "seat-limits", table, "--out", out, "--replace", "--quiet")
    assert (again.code, out.read_bytes()) == (0, before)
