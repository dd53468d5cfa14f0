"""XLSX: the cells as typed, checked and not guessed; the rows those of the sheet."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest
import xlsxwriter

from portaria.tables.schema import SOURCE_ROW
from portaria.tables.xlsx_file import read_xlsx

CODES = frozenset({"code", "name"})


@pytest.fixture
def write(tmp_path):
    """Write cells to the first sheet of a workbook, from A1: text, numbers, booleans, dates."""
    path = tmp_path / "t.xlsx"

    def write_cells(lines, sheets=("Dados",), change=lambda sheet: None):
        with xlsxwriter.Workbook(path) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            first, *_ = [book.add_worksheet(sheet) for sheet in sheets]
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if isinstance(cell, date):
                        first.write_datetime(row, column, cell, day)
                    elif isinstance(cell, str) and cell:
                        first.write_string(row, column, cell)
                    elif cell is not None:
                        first.write(row, column, cell)
            change(first)
        return path

    return write_cells


def rows(raw):
    assert raw.problems == []
    names = [name for name in raw.cells.columns if name != SOURCE_ROW]
    return raw.cells.select(SOURCE_ROW, *names).rows()


def faults(raw):
    return [(problem.code, problem.sheet, problem.row, problem.column) for problem in raw.problems]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("texto", "texto"),
        ("  texto ", "texto"),
        (" ", None),
        (None, None),
        (150, "150"),
        (-3, "-3"),
        (12.55, "12.55"),
        (133.333333333333, "133.333333333333"),
        (True, "true"),
        (False, "false"),
        (date(2017, 7, 17), "2017-07-17"),
        (datetime(2017, 7, 17, 10, 30), "2017-07-17T10:30:00"),
    ],
)
def test_a_typed_cell_as_the_text_a_person_would_have_written(cell, text, write):
    raw = read_xlsx(write([["code", "value"], ["A", cell]]), CODES)
    assert rows(raw) == [(2, "A", text)]
    assert (raw.file, raw.sheet) == ("t.xlsx", "Dados")


@pytest.mark.parametrize("cell", [2, 2.5, True, date(2017, 7, 17)])
def test_a_code_that_is_no_text_is_a_problem(cell, write):
    raw = read_xlsx(write([["code", "value"], ["02", 1], [cell, 1]]), CODES)
    assert faults(raw) == [("number-as-code", "Dados", 3, "code")]


def test_blank_rows_count_and_blank_codes_are_null(write):
    lines = [["code", "value"], [], ["A", 1], [None, " "], [None, 2], []]
    assert rows(read_xlsx(write(lines), CODES)) == [(3, "A", "1"), (5, None, "2")]


def test_a_header_may_stand_lower(write):
    assert rows(read_xlsx(write([[], [], ["code"], ["A"]]), CODES)) == [(4, "A")]


def test_blank_columns_on_the_right_are_no_columns(write):
    assert rows(read_xlsx(write([["code", "", " "], ["A", "", " "]]), CODES)) == [(2, "A")]


@pytest.mark.parametrize(
    ("situation", "lines", "expected"),
    [
        ("an empty sheet", [], [("empty-file", "Dados", None, "")]),
        ("blanks only", [["", " "]], [("empty-file", "Dados", None, "")]),
        ("a name twice", [["code", "code"]], [("duplicate-header", "Dados", 1, "code")]),
        ("no name", [["code", "", "value"]], [("blank-header", "Dados", 1, "")]),
    ],
)
def test_what_is_refused(situation, lines, expected, write):
    raw = read_xlsx(write(lines), CODES)
    assert faults(raw) == expected
    assert raw.cells.width == 0


def test_a_cell_beyond_the_header_is_not_dropped_in_silence(write):
    """As a CSV line with a cell too many: somebody's data is in the wrong column."""
    raw = read_xlsx(write([["code", "value"], ["A", None, 15]]), CODES)
    assert [problem.row for problem in raw.problems] == [2]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
def test_an_error_of_the_spreadsheet_is_not_an_empty_cell(error, write):
    """A grade that failed to compute must not read as a grade that is not there."""
    path = write(
        [["code", "value"], ["A", 1]],
        change=lambda sheet: sheet.write_formula(1, 1, "=1/0", None, error),
    )
    raw = read_xlsx(path, CODES)
    assert raw.problems or rows(raw) == [(2, "A", error)]


def test_a_computed_cell_has_its_value(write):
    path = write(
        [["code", "value"]],
        change=lambda sheet: (
            sheet.write_formula(1, 0, '="A"&"1"', None, "A1"),
            sheet.write_formula(1, 1, "=80*2", None, 160),
        ),
    )
    assert rows(read_xlsx(path, CODES)) == [(2, "A1", "160")]


def test_the_first_sheet_is_read(write):
    raw = read_xlsx(write([["code"], ["A"]], sheets=("Opções", "Notas")), CODES)
    assert (rows(raw), raw.sheet) == ([(2, "A")], "Opções")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"code,value\nA,1\n", b"\xd0\xcf\x11\xe0"])
def test_a_file_of_another_kind(data, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(data)
    raw = read_xlsx(tmp_path / "t.xlsx", CODES)
    assert faults(raw) == [("file-not-readable", "", None, "")]
    assert "XLSX" in str(raw.problems[0].message)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"code,value\nA,1\n", "no Excel workbook, or only a part"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "older workbook or one with a password"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
    ],
)
def test_why_is_told_in_our_words(data, words, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(data)
    (problem,) = read_xlsx(tmp_path / "t.xlsx", CODES).problems
    assert words in str(problem.message)


def test_a_part_of_a_workbook_is_told_as_such(write):
    path = write([["code"], ["A"]])
    path.write_bytes(path.read_bytes()[:-100])
    (problem,) = read_xlsx(path, CODES).problems
    assert "Zip" not in str(problem.message)
    assert "only a part" in str(problem.message)


def test_a_file_that_cannot_be_opened_is_told_as_any_table_is(tmp_path):
    from portaria.regulations.qualifica.schemas import Schools
    from portaria.tables.folder import read_table

    (tmp_path / "t.xlsx").mkdir()
    _, (problem,) = read_table(tmp_path / "t.xlsx", Schools)
    assert problem.code == "file-unreadable"


def test_no_damage_brings_it_down(write):
    """Cut or with bytes changed: read, or refused with a problem."""
    path = write([["code", "value"], *(["A", number] for number in range(50))])
    whole = path.read_bytes()
    random = Random(34)
    outcomes = set()
    for _ in range(150):
        data = bytearray(whole[: random.randrange(len(whole))] if random.random() < 0.3 else whole)
        for _ in range(random.randrange(1, 4)):
            if data:
                data[random.randrange(len(data))] = random.randrange(256)
        path.write_bytes(bytes(data))
        outcomes.add(bool(read_xlsx(path, CODES).problems))
    assert True in outcomes
