"""Faults in what people send: each is told with its file, row and column, and nothing is written.

Each case changes one thing of the small contest and lists every problem that must be told, so that
one fault never brings others that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from . import TABLES, SmallContest, own_process, read_problems, to_parquet, to_xlsx

Change = Callable[[SmallContest], object]
Found = tuple[str, str, str, str]
"""Code, file, row and column of a problem, as problems.csv writes them."""


@dataclass(frozen=True)
class Case:
    """What is changed, every problem that must be told, and words that name what to do."""

    words: str
    change: Change
    problems: list[Found]
    says: str


def swap(file: str, old: str, new: str) -> Change:
    """One text of one file for another."""
    return lambda contest: contest.change(file, old, new)


def add(file: str, *lines: str) -> Change:
    return lambda contest: contest.add(file, *lines)


def encode(file: str, encoding: str) -> Change:
    return lambda contest: contest.write(file, contest.text(file).encode(encoding))


def own_edition(text: str) -> Change:
    """An edition of the contest's own, beside its tables."""

    def change(contest: SmallContest) -> None:
        contest.write("own.toml", text)
        contest.change("contest.toml", "pt-national-2017", "own.toml")

    return change


def seven_options(contest: SmallContest) -> None:
    """Six different options are allowed, so the seventh needs more programmes than three."""
    for number in range(4, 9):
        code = f"1104/900{number}"
        contest.add("programmes.csv", f"{code},1104,,,,,1,50,,95,95,,,,,")
        contest.add("exam_sets.csv", f"{code},1,02,50")
    options = ["1101/9001", *(f"1104/900{number}" for number in range(4, 9))]
    contest.add("options.csv", *(f"C5,{order},{code}" for order, code in enumerate(options, 2)))


def third_decimals(contest: SmallContest) -> None:
    """Weights that add to 100 and yet are too fine."""
    contest.change("exam_sets.csv", "66.66", "66.666")
    contest.change("programmes.csv", "33.34", "33.334")


def exam_numbers_in_xlsx(contest: SmallContest) -> None:
    contest.write("exams.csv", "candidate,exam,programme,grade\nC1,19,,160\nC1,02,,141\n")
    to_xlsx(contest, "exams", numbers=("exam", "grade"))


def damaged(file: str) -> Change:
    """A table that is no longer what its name says."""

    def change(contest: SmallContest) -> None:
        contest.remove("exams.csv")
        contest.write(file, b"PK\x03\x04 and then nothing that can be read")

    return change


def both_kinds(contest: SmallContest) -> None:
    to_xlsx(contest, "exams")
    contest.write("exams.csv", TABLES["exams"])


def grade(cell: str, code: str, says: str) -> Case:
    """A fault of the first grade in exams.csv."""
    words = f"a grade that is {cell or 'blank'}"
    change = swap("exams.csv", "C1,19,,160", f"C1,19,,{cell}")
    return Case(words, change, [(code, "exams.csv", "2", "grade")], says)


def name(cell: str) -> Case:
    """A name that a spreadsheet would run."""
    change = swap("candidates.csv", "Ana Moreira", f"{cell}Ana Moreira")
    problem = ("formula-in-text", "candidates.csv", "2", "name")
    return Case(f"a formula in a name ({cell})", change, [problem], "remove that first character")


OPTIONS, EXAMS, SETTINGS = "options.csv", "exams.csv", "contest.toml"
PEOPLE, COURSES, SETS = "candidates.csv", "programmes.csv", "exam_sets.csv"

CASES = [
    Case("an unknown programme in the options",
         swap(OPTIONS, "C5,1,1102/9002", "C5,1,9999/9999"),
         [("unknown-programme", OPTIONS, "10", "programme")], "correct the code"),
    Case("an unknown candidate in the options",
         swap(OPTIONS, "C5,1,", "C9,1,"),
         [("unknown-candidate", OPTIONS, "10", "candidate")], "correct the code"),
    Case("seven options", seven_options,
         [("too-many-options", OPTIONS, "16", "candidate")], "at most 6"),
    Case("a programme repeated in a form",
         swap(OPTIONS, "C1,2,1101/9001", "C1,2,1102/9002"),
         [("repeated-option", OPTIONS, row, "programme") for row in "23"], "keep one"),
    Case("an order repeated in a form",
         swap(OPTIONS, "C1,2,1101/9001", "C1,1,1101/9001"),
         [("repeated-key", OPTIONS, row, "candidate") for row in "23"], "keep one"),
    Case("a gap in the order",
         swap(OPTIONS, "C1,2,1101/9001", "C1,3,1101/9001"),
         [("order-gap", OPTIONS, "3", "order")], "number them 1, 2, 3"),
    Case("an order of nought",
         swap(OPTIONS, "C5,1,1102/9002", "C5,0,1102/9002"),
         [("below-minimum", OPTIONS, "10", "order")], "the least allowed, 1"),
    grade("201", "above-maximum", "200"),
    grade('"12,5"', "not-an-integer", "a whole number is meant"),
    grade("12.5", "not-an-integer", "a whole number is meant"),
    grade("", "blank-cell", "needs a value"),
    grade("doze", "not-an-integer", "a whole number is meant"),
    grade("-1", "below-minimum", "the least allowed, 0"),
    Case("an exam twice", add(EXAMS, "C1,19,,170"),
         [("repeated-exam", EXAMS, row, "exam") for row in ("2", "12")], "keep one"),
    Case("weights that do not add to 100",
         swap(SETS, "1101/9001,1,19,50", "1101/9001,1,19,49.99"),
         [("weights-not-100", SETS, "2", "weight")], "not to 100"),
    Case("weights with too many decimals", third_decimals,
         [("weight-decimals", SETS, "5", "weight"),
          ("weight-decimals", COURSES, "3", "w_secondary")],
         "at most two decimals"),
    Case("a grade with too many decimals", swap(PEOPLE, "133.333", f"133.{'3' * 19}"),
         [("not-a-number", PEOPLE, "5", "secondary")], "at most 18 decimals"),
    Case("a candidate twice",
         add(PEOPLE, "C2,Lia Costa Teste,10000006,150,,,,true,,C60,false,,,false,false,false,"),
         [("repeated-key", PEOPLE, row, "candidate") for row in "37"], "keep one"),
    Case("a programme without exams",
         swap(SETS, "1102/9002,1,02,66.66\n", ""),
         [("no-exam-set", COURSES, "3", "programme")], "add it to exam_sets"),
    Case("negative seats",
         swap(COURSES, "university,,2", "university,,-2"),
         [("below-minimum", COURSES, "2", "seats")], "the least allowed, 0"),
    Case("shares above the limits",
         swap(COURSES, "false,50,30", "false,50.01,30.5"),
         [("share-above-limit", COURSES, "3", column)
          for column in ("regional_share", "vocational_share")], "the text allows"),
    Case("a boolean that is talvez",
         swap(PEOPLE, "true,Leiria,C60,true", "talvez,Leiria,C60,true"),
         [("not-a-boolean", PEOPLE, "2", "has_final_grade")], "write true or false"),
    Case("a word outside the list",
         swap(PEOPLE, "art11.1", "sim"),
         [("not-allowed", PEOPLE, "4", "azores")], "art11.1, art11.2"),
    *map(name, "=+-@"),
    Case("a file in Latin-1", encode(PEOPLE, "latin-1"),
         [("wrong-encoding", PEOPLE, "4", "")], "save it again as “CSV UTF-8”"),
    Case("a file in UTF-16", encode(PEOPLE, "utf-16"),
         [("wrong-encoding", PEOPLE, "1", "")], "UTF-16"),
    Case("a line with a cell too many",
         swap(EXAMS, "C1,02,,141", "C1,02,,141,9"),
         [("ragged-line", EXAMS, "3", "")], "a missing or spare separator"),
    Case("a line with a cell too few",
         swap(EXAMS, "C1,02,,141", "C1,02,141"),
         [("ragged-line", EXAMS, "3", "")], "a missing or spare separator"),
    Case("a column name twice",
         swap(EXAMS, "exam,programme,grade", "exam,grade,grade"),
         [("duplicate-header", EXAMS, "1", "grade")], "keep one"),
    Case("a column without a name",
         swap(EXAMS, "exam,programme,grade", "exam,,grade"),
         [("blank-header", EXAMS, "1", "")], "name it or remove it"),
    Case("a missing column",
         swap(EXAMS, "programme,grade", "programme,nota"),
         [("missing-column", EXAMS, "1", "grade")], "add it to the header"),
    Case("a missing column of codes",
         swap(COURSES, "programme,institution,", "par,institution,"),
         [("missing-column", COURSES, "1", "programme")], "add it to the header"),
    Case("an empty file", lambda contest: contest.write(EXAMS, b""),
         [("empty-file", EXAMS, "", "")], "the line of column names"),
    Case("a file of blank lines", lambda contest: contest.write(EXAMS, "\n\n  \n"),
         [("empty-file", EXAMS, "", "")], "the line of column names"),
    Case("a missing table", lambda contest: contest.remove(EXAMS),
         [("missing-table", EXAMS, "", "")], "add exams.csv, .xlsx or .parquet"),
    Case("a folder with the name of a table",
         lambda contest: (contest.remove(EXAMS), contest.path(EXAMS).mkdir()),
         [("file-unreadable", EXAMS, "", "")], "cannot be opened"),
    Case("a line of 100 MB", add(OPTIONS, "x" * 100_000_000),
         [("line-too-long", OPTIONS, "11", "")], "look for a missing line end"),
    Case("bytes of value nought",
         swap(EXAMS, "C1,02,,141", "C1,02,\0,141"),
         [("binary-file", EXAMS, "3", "")], "it is not a CSV file"),
    Case("a quote that is never closed",
         swap(PEOPLE, "C2,Rui Campos", 'C2,"Rui Campos'),
         [("bad-quotes", PEOPLE, "3", "")], "double the quotes inside a cell"),
    Case("a quote inside a quoted cell",
         swap(PEOPLE, "C2,Rui Campos", 'C2,"Rui "Gil" Campos"'),
         [("bad-quotes", PEOPLE, "3", "")], "double the quotes inside a cell"),
    Case("a number as a code in XLSX", exam_numbers_in_xlsx,
         [("number-as-code", "exams.xlsx", row, "exam") for row in "23"],
         "format the cell as text"),
    Case("numbers as codes in Parquet",
         lambda contest: to_parquet(contest, "exams", exam=pl.col("exam").cast(pl.Int64)),
         [("number-as-code", "exams.parquet", "", "exam")], "as text"),
    Case("a damaged XLSX file", damaged("exams.xlsx"),
         [("file-not-readable", "exams.xlsx", "", "")], "save it again"),
    Case("a damaged Parquet file", damaged("exams.parquet"),
         [("file-not-readable", "exams.parquet", "", "")], "save it again"),
    Case("a table as CSV and as XLSX", both_kinds,
         [("table-given-twice", "exams.csv", "", "")], "keep one"),
    Case("no contest.toml", lambda contest: contest.remove(SETTINGS),
         [("missing-settings", SETTINGS, "", "")], 'edition = "pt-national-2017"'),
    Case("a folder named contest.toml",
         lambda contest: (contest.remove(SETTINGS), contest.path(SETTINGS).mkdir()),
         [("file-unreadable", SETTINGS, "", "")], "cannot be opened"),
    Case("a contest.toml that is no TOML", lambda contest: contest.write(SETTINGS, "edition = pt"),
         [("bad-settings", SETTINGS, "", "")], "line 1"),
    Case("an unknown edition", swap(SETTINGS, "2017", "1999"),
         [("unknown-edition", SETTINGS, "", "")], "known: pt-institutional-2017, pt-national-2017"),
    Case("no edition", swap(SETTINGS, 'edition = "pt-national-2017"\n', ""),
         [("missing-edition", SETTINGS, "", "")], 'write edition = "pt-national-2017"'),
    Case("an edition that is no text", swap(SETTINGS, '"pt-national-2017"', "2017"),
         [("unknown-edition", SETTINGS, "", "")], "known: pt-institutional-2017, pt-national-2017"),
    Case("an edition file that is no TOML", own_edition("name = 2017-99-99"),
         [("bad-edition", SETTINGS, "", "")], "own.toml"),
    Case("an edition file without its parts", own_edition('name = "own"'),
         [("bad-edition", SETTINGS, "", "")], "own.toml"),
    Case("phase 7", swap(SETTINGS, "phase = 1", "phase = 7"),
         [("unsupported-phase", SETTINGS, "", "")], "write one of 1, 2, 3"),
    Case("a phase that is no number", swap(SETTINGS, "phase = 1", "phase = true"),
         [("unsupported-phase", SETTINGS, "", "")], "write one of 1, 2, 3"),
    Case("an unknown reading", add(SETTINGS, "[policy]", 'forms = "as_written"'),
         [("unknown-reading", SETTINGS, "", "")], "form_order"),
    Case("an unknown answer to a reading", add(SETTINGS, "[policy]", 'form_order = "any"'),
         [("unknown-choice", SETTINGS, "", "")], "as_written, valid_only"),
    Case("a policy that is no table", add(SETTINGS, 'policy = "as_written"'),
         [("bad-settings", SETTINGS, "", "")], "policy"),
]  # fmt: skip


def found(file: Path) -> list[Found]:
    """What problems.csv tells, as the cases write it."""
    return sorted((p["code"], p["file"], p["row"], p["column"]) for p in read_problems(file))


def counts(err: str) -> list[str]:
    """Errors and warnings, as the line under the table of problems counts them."""
    line = next(line for line in err.splitlines() if line.startswith("Errors"))
    return re.findall(r"\d+", line)


@pytest.mark.parametrize("case", CASES, ids=[case.words for case in CASES])
def test_a_fault_is_told_and_nothing_is_written(case, small, portaria, tmp_path):
    case.change(small)
    results, problems = tmp_path / "results", tmp_path / "problems.csv"
    answer = portaria("access", "place", small.folder, "--out", results, "--problems", problems)
    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    assert {path.name for path in tmp_path.iterdir()} == {"contest", "problems.csv"}
    assert found(problems) == sorted(case.problems)
    told = read_problems(problems)
    assert {problem["severity"] for problem in told} == {"error"}
    assert any(case.says in problem["message"] for problem in told)
    assert all(problem["file"] in answer.err for problem in told)


@pytest.mark.parametrize(
    ("table", "changes", "problem"),
    [
        ("exams", {"grade": "1 5 0"}, ("not-an-integer", "grade")),
        ("exams", {"grade": "250"}, ("above-maximum", "grade")),
        ("candidates", {"secondary": "180 pontos"}, ("not-a-number", "secondary")),
        ("candidates", {"has_final_grade": "talvez"}, ("not-a-boolean", "has_final_grade")),
        ("candidates", {"excluded": "=1+1"}, ("formula-in-text", "excluded")),
    ],
)
def test_rows_of_a_spreadsheet_are_those_of_the_sheet(
    table, changes, problem, small, portaria, tmp_path
):
    """A blank row above counts, and the sheet is named."""
    header, first, *rest = small.rows(table)
    changed = [changes.get(column, cell) for column, cell in zip(header, first, strict=True)]
    lines = [header, [""] * len(header), changed, *rest]
    small.write(f"{table}.csv", "\n".join(",".join(line) for line in lines) + "\n")
    to_xlsx(small, table)
    problems = tmp_path / "problems.csv"
    assert portaria("access", "check", small.folder, "--problems", problems).code == 1
    code, column = problem
    assert found(problems) == [(code, f"{table}.xlsx", "3", column)]
    assert read_problems(problems)[0]["sheet"] == "Folha1"


TEN = [
    ("unknown-programme", OPTIONS, "10", "programme"),
    ("order-gap", OPTIONS, "3", "order"),
    ("above-maximum", EXAMS, "2", "grade"),
    ("repeated-exam", EXAMS, "3", "exam"),
    ("repeated-exam", EXAMS, "12", "exam"),
    ("not-a-boolean", PEOPLE, "3", "has_final_grade"),
    ("no-secondary-grade", PEOPLE, "4", "secondary"),
    ("weights-not-100", SETS, "6", "weight"),
    ("below-minimum", COURSES, "2", "seats"),
    ("unknown-choice", SETTINGS, "", ""),
]


def test_ten_faults_in_six_files_are_told_in_one_run(small, portaria, tmp_path):
    small.change(OPTIONS, "C5,1,1102/9002", "C5,1,9999/9999")
    small.change(OPTIONS, "C1,2,1101/9001", "C1,4,1101/9001")
    small.change(EXAMS, "C1,19,,160", "C1,19,,1600")
    small.add(EXAMS, "C1,02,,99")
    small.change(PEOPLE, "16.25,true", "16.25,talvez")
    small.change(PEOPLE, "10000003,180,", "10000003,,")
    small.change(SETS, "1103/9003,1,02,39.5", "1103/9003,1,02,39.05")
    small.change(COURSES, "university,,2", "university,,-2")
    small.add(SETTINGS, "[policy]", 'form_order = "any"')
    for command in (("check",), ("place", "--out", tmp_path / "results")):
        problems = tmp_path / f"{command[0]}.csv"
        name, *options = command
        answer = portaria("access", name, small.folder, *options, "--problems", problems)
        assert answer.code == 1
        assert found(problems) == sorted(TEN)
        assert counts(answer.err) == ["10", "0"]
    assert not (tmp_path / "results").exists()


def test_more_problems_than_a_screen_holds_are_counted_and_all_written(small, portaria, tmp_path):
    small.add(OPTIONS, *(f"C9,{order},1101/9001" for order in range(1, 100)))
    problems = tmp_path / "problems.csv"
    answer = portaria("access", "check", small.folder, "--problems", problems)
    told = read_problems(problems)
    assert len(told) == 199  # 99 unknown candidates, 99 repeated options, too many options
    assert "149" in answer.err  # beyond the fifty shown
    assert counts(answer.err) == ["199", "0"]


def test_the_clause_of_a_limit_is_told(small, portaria, tmp_path):
    small.change(COURSES, "false,50,30", "false,50.01,30.5")
    seven_options(small)
    problems = tmp_path / "problems.csv"
    portaria("access", "check", small.folder, "--problems", problems)
    clauses = {problem["column"]: problem["clause"] for problem in read_problems(problems)}
    assert clauses == {
        "regional_share": "211-A 18/1",
        "vocational_share": "211-A 19/1",
        "candidate": "211-A 21/4",
    }


def test_problems_csv_runs_nothing_in_a_spreadsheet(small, portaria, tmp_path):
    """Refused texts stand in it: no cell may begin like a formula."""
    small.change(PEOPLE, "Ana Moreira", "=HYPERLINK(1)")
    small.change(PEOPLE, "Rui Campos", "@SUM(1)")
    small.change(EXAMS, "C1,19,,160", "C1,19,,-1")
    small.change(OPTIONS, "candidate,order,programme", "candidate,order,programme,=2+3,=2+3")
    problems = tmp_path / "problems.csv"
    portaria("access", "check", small.folder, "--problems", problems)
    told = read_problems(problems)
    assert {problem["code"] for problem in told} >= {
        "formula-in-text", "below-minimum", "duplicate-header"
    }  # fmt: skip
    cells = [cell for problem in told for cell in problem.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_words_of_a_file_cannot_drive_the_terminal(small, portaria):
    """Escape sequences and Rich markup in a cell are shown, not obeyed."""
    small.change(EXAMS, "C1,19,,160", "C1,19,,\x1b[31m[b]1")
    answer = portaria("access", "check", small.folder)
    assert answer.code == 1
    assert "\x1b" not in answer.err
    assert "[b]1" in answer.err


@pytest.mark.parametrize("case", ["a missing table", "a damaged XLSX file", "phase 7"])
def test_a_fault_ends_a_process_as_it_ends_a_call(case, small, tmp_path):
    next(each for each in CASES if each.words == case).change(small)
    answer = own_process("access", "place", small.folder, "--out", tmp_path / "results")
    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["contest"]
