"""CSV as people and spreadsheets write it, read as text with its rows; faults named by line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portaria.tables.csv_file import LONGEST_LINE, read_csv
from portaria.tables.schema import SOURCE_ROW


@pytest.fixture
def read(tmp_path):
    """Read bytes or text as NAME.csv."""

    def read_text(content):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "t.csv").write_bytes(data)
        return read_csv(tmp_path / "t.csv")

    return read_text


def rows(raw):
    """The cells with the row of the file first."""
    assert raw.problems == []
    names = [name for name in raw.cells.columns if name != SOURCE_ROW]
    return raw.cells.select(SOURCE_ROW, *names).rows()


def faults(raw):
    assert raw.cells.width == 0
    return [(problem.code, problem.row) for problem in raw.problems]


@pytest.mark.parametrize(
    ("situation", "content", "expected"),
    [
        ("commas", "a,b\n1,x\n2,y\n", [(2, "1", "x"), (3, "2", "y")]),
        ("semicolons", "a;b\n1;x,y\n", [(2, "1", "x,y")]),
        ("as many of each: commas", "a,b\n1;2,x\n", [(2, "1;2", "x")]),
        ("no last line end", "a,b\n1,x", [(2, "1", "x")]),
        ("CR LF", "a,b\r\n1,x\r\n", [(2, "1", "x")]),
        ("CR alone", "a,b\r1,x\r2,y\r", [(2, "1", "x"), (3, "2", "y")]),
        ("a mark before the text", "\ufeffa,b\n1,x\n", [(2, "1", "x")]),
        ("blanks around", " a ,b\n 1 ,\tx \n", [(2, "1", "x")]),
        ("blank cells are null", "a,b\n,x\n1, \n", [(2, None, "x"), (3, "1", None)]),
        ("a header alone", "a,b\n", []),
        ("a quoted header alone", '"a","b"\n', []),
        ("quotes", 'a,b\n"1,5","say ""x"""\n', [(2, "1,5", 'say "x"')]),
        ("a quoted semicolon table", 'a;b\n"1;5";x\n', [(2, "1;5", "x")]),
        ("a line end in a cell", 'a,b\n"1\n2",x\n3,y\n', [(2, "1\n2", "x"), (3, "3", "y")]),
        ("a quote inside a bare cell", 'a,b\nD"Eça,x\n', [(2, 'D"Eça', "x")]),
        ("a blank line counts", "a,b\n1,x\n\n2,y\n", [(2, "1", "x"), (4, "2", "y")]),
        ("a line of blanks counts", "a,b\n1,x\n  \n2,y\n", [(2, "1", "x"), (4, "2", "y")]),
        ("a row of separators counts", "a,b\n1,x\n,\n2,y\n", [(2, "1", "x"), (4, "2", "y")]),
        ("rows of separators at the end", "a;b\n1;x\n;\n;\n", [(2, "1", "x")]),
        ("a blank line first", "\na;b\n1;x\n", [(3, "1", "x")]),
        ("codes stay text", "a,b\n02,1e5\n", [(2, "02", "1e5")]),
        ("a Unicode line end is none", "a,b\n1,x\u2028y\x85z\n", [(2, "1", "x\u2028y\x85z")]),
    ],
)  # fmt: skip
def test_what_is_read(situation, content, expected, read):
    raw = read(content)
    assert rows(raw) == expected
    assert raw.file == "t.csv"


@pytest.mark.parametrize(
    ("situation", "content", "expected"),
    [
        ("nothing", "", [("empty-file", None)]),
        ("only a mark", "\ufeff", [("empty-file", None)]),
        ("only blank lines", "\n \r\n", [("empty-file", None)]),
        ("a cell too many", "a,b\n1,x\n1,x,\n", [("ragged-line", 3)]),
        ("a cell too few", "a,b\n1\n1,x\n2\n", [("ragged-line", 2), ("ragged-line", 4)]),
        ("a cell too many, quoted", 'a,b\n"1",x\n"1",x,\n', [("ragged-line", 3)]),
        ("one more and one less", "a,b\n1,x,y\n1\n", [("ragged-line", 2), ("ragged-line", 3)]),
        ("a name twice", "a,b,a\n1,2,3\n", [("duplicate-header", 1)]),
        ("a name twice but for blanks", "a, a\n1,2\n", [("duplicate-header", 1)]),
        ("no name", "a,,b\n1,2,3\n", [("blank-header", 1)]),
        ("an open quote", 'a,b\n1,x\n2,"y\n', [("bad-quotes", 3)]),
        ("text after a quote", 'a,b\n"1"0,x\n', [("bad-quotes", 2)]),
        ("nought bytes", "a,b\n1,x\n\0,y\n", [("binary-file", 3)]),
        ("Latin-1", "a,b\n1,x\n2,é\n".encode("latin-1"), [("wrong-encoding", 3)]),
        ("UTF-16", "a,b\n1,x\n".encode("utf-16"), [("wrong-encoding", 1)]),
        ("UTF-16, other end first", b"\xfe\xff" + "a,b\n".encode("utf-16-be"),
         [("wrong-encoding", 1)]),
        ("cut in a letter", "a,b\n1,é".encode()[:-1], [("wrong-encoding", 2)]),
    ],
)  # fmt: skip
def test_what_is_refused(situation, content, expected, read):
    assert faults(read(content)) == expected


@pytest.mark.parametrize("content", [",\n", '"",""\n', ",\r,\r", '\n"",""\n'])
def test_a_file_of_nothing_but_separators(content, read):
    """However it is written, it has no names of columns."""
    assert {code for code, _ in faults(read(content))} <= {"empty-file", "blank-header"}
    assert read(content).problems


@pytest.mark.parametrize(("data", "likely"), [(b"\xe9", "Latin-1"), (b"\xff\xfea\0", "UTF-16")])
def test_the_likely_encoding_is_named(data, likely, read):
    (problem,) = read(data).problems
    assert likely in str(problem.message)


def test_the_longest_line(read):
    longest = "1," + "x" * (LONGEST_LINE - 2)
    assert rows(read(f"a,b\n{longest}\n"))[0][2] == longest[2:]
    assert faults(read(f"a,b\n1,x\n{longest}x\n")) == [("line-too-long", 3)]
    assert faults(read('a,b\n"' + "x\n" * LONGEST_LINE)) == [("bad-quotes", 2)]


def test_a_long_file_of_short_lines_ended_by_cr(read):
    """An old line end is no reason to take the file for one line."""
    lines = LONGEST_LINE // 4 + 1
    assert read("a,b\r" + "1,x\r" * lines).cells.height == lines


# Python takes the separators 1C to 1F for blanks; nobody else does. It also leaves a lone CR
# without quotes, which every reader takes for the end of a line.
cells = st.text(
    st.characters(exclude_characters="\0\r\x1c\x1d\x1e\x1f", exclude_categories=["Cs"]), max_size=6
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6)
)


def expected_rows(table):
    """Blank rows are none, but they count; a blank cell is null."""
    stripped = [[cell.strip() or None for cell in row] for row in table]
    return [(number, *row) for number, row in enumerate(stripped, 2) if any(row)]


@settings(max_examples=150, deadline=None)
@given(tables, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_is_written_is_read_back(tmp_path_factory, table, separator, end, always):
    """With quotes only where they are needed, or around every cell: the same table."""
    header = [f"column {number}" for number in range(len(table[0]) if table else 2)]
    assume(len(header) > 1 or separator == ",")  # one column does not tell its separator
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([header, *table])
    path = Path(tmp_path_factory.getbasetemp()) / "written.csv"
    path.write_bytes(text.getvalue().encode())
    assert rows(read_csv(path)) == expected_rows(table)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet='ab,;"\n\r \0é', max_size=40)))
def test_no_bytes_at_all_bring_it_down(tmp_path_factory, content):
    """Every file is read or refused, never both and never neither."""
    path = Path(tmp_path_factory.getbasetemp()) / "any.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    raw = read_csv(path)
    assert (raw.cells.width > 0) != bool(raw.problems)
