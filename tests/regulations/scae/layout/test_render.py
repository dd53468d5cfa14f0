"""The file byte by byte, written by hand, and the values that no file may hold."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from portaria.core.errors import ConfigurationError
from portaria.core.messages import render as say
from portaria.regulations.scae.layout import find_layout, render
from regulations.scae.layout import (
    DELIMITED,
    DISCIPLINES,
    FIXED,
    LOAD,
    changed,
    disciplines_of,
    layout_of,
    load_of,
    with_column,
)

ROOT = Path(__file__).parents[4]
NONE = disciplines_of()
BARE = ("quote = '\"'\n", "")

ANA = {
    "record": "P:E1:7A",
    "student": "RA1",
    "course": "Robótica; básica",
    "complements": '{"categoria": "indústria", "ebep": "N"}',
}
RUI = {"record": "P:E2:7A", "enrolment": "E2", "student": "RA2", "operation": "DELETE"}
EVA = {
    "record": "I:D9:NR10",
    "kind": "I",
    "enrolment": "D9",
    "student": "RA3",
    "class": "NR10",
    "course": 'NR-10 "SEP"',
    "effective_date": date(2024, 3, 4),
    "situation": 12,
    "mobility_date": date(2024, 3, 28),
    "student_hours": None,
    "hours_partial": True,
    "class_discipline": "NR10/SEP",
}
MATHEMATICS = {"record": "P:E1:7A", "scae_discipline": "77"}
ARTS = {"record": "P:E1:7A", "scae_discipline": "78", "situation": 27, "evaluation_type": None}
WELDING = {"record": "I:D9:NR10", "scae_discipline": "9"}


def codes(problems) -> list[str]:
    return [problem.code.removeprefix("scae-layout-") for problem in problems]


# --- the shipped layouts -------------------------------------------------------------------------


def test_the_delimited_file():
    """A record with everything, a DELETE with its key alone, an isolated one without hours."""
    layout = find_layout("unofficial-delimited")
    load, disciplines = load_of(ANA, RUI, EVA), disciplines_of(MATHEMATICS, ARTS, WELDING)
    files, problems = render(layout, load, disciplines, "2024-03")
    assert problems == []
    assert files == {
        "carga-2024-03.csv": (
            "operacao;mes_referencia;unidade;periodo_letivo;turma;aluno;tipo_matricula;curso;"
            "data_efetivacao;situacao;data_mobilidade;hora_aluno;hora_aluno_parcial;categoria;"
            "turma_disciplina\r\n"
            ';03/2024;101;2024;7A;RA1;P;"Robótica; básica";05/02/2024;1;;62,50;N;indústria;\r\n'
            "E;03/2024;101;2024;7A;RA2;P;;;;;;;;\r\n"
            ';03/2024;101;2024;NR10;RA3;I;"NR-10 ""SEP""";04/03/2024;12;28/03/2024;;S;;NR10/SEP\r\n'
        ).encode(),
        "carga-disciplinas-2024-03.csv": (
            b"unidade;periodo_letivo;turma;aluno;tipo_matricula;disciplina;situacao;"
            b"tipo_avaliacao\r\n"
            b"101;2024;7A;RA1;P;77;12;1\r\n"
            b"101;2024;7A;RA1;P;78;27;\r\n"
            b"101;2024;NR10;RA3;I;9;12;1\r\n"
        ),
    }


def test_the_fixed_file():
    """The line of a record is followed by those of its disciplines; blank is not zero."""
    layout = find_layout("unofficial-fixed")
    load, disciplines = load_of(ANA, RUI, EVA), disciplines_of(WELDING, MATHEMATICS, ARTS)
    files, problems = render(layout, load, disciplines, "2024-03")
    assert problems == []
    key = "101                 2024      7A                  RA1                 P"
    deleted = "101                 2024      7A                  RA2                 P"
    isolated = "101                 2024      NR10                RA3                 I"
    blank = " " * 20  # of a period enrolment: no class/discipline
    tail = " " * 54
    assert files == {
        "carga-2024-03.txt": (
            f"1 202403{key}Robótica; básica    20240205001        00006250Nindústria {blank}\r\n"
            f"2 202403{key}77                  0121{tail}\r\n"
            f"2 202403{key}78                  027 {tail}\r\n"
            f"1E202403{deleted}{' ' * 58}{blank}\r\n"
            f'1 202403{isolated}NR-10 "SEP"         2024030401220240328        S          '
            f"{'NR10/SEP':<20}\r\n"
            f"2 202403{isolated}9                   0121{tail}\r\n"
        ).encode("latin-1")
    }
    assert {len(line) for line in files["carga-2024-03.txt"].split(b"\r\n")[:-1]} == {157}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unofficial-fixed", {"carga-2024-01.txt": 0}),
        ("unofficial-delimited", {"carga-2024-01.csv": 1, "carga-disciplinas-2024-01.csv": 1}),
    ],
)
def test_a_month_without_records_has_its_files_all_the_same(name, expected):
    files, problems = render(find_layout(name), load_of(), NONE, "2024-01")
    assert problems == []
    assert {name: text.count(b"\r\n") for name, text in files.items()} == expected


def test_the_example_of_the_page_is_what_is_written(tmp_path):
    page = (ROOT / "docs" / "scae" / "layout.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (toml,) = (text for kind, text in blocks if kind == "toml")
    load, disciplines = (text for kind, text in blocks if kind == "csv")
    (expected,) = (text for kind, text in blocks if kind == "")
    files, problems = render(
        layout_of(tmp_path, toml),
        pl.read_csv(io.StringIO(load), schema=LOAD),
        pl.read_csv(io.StringIO(disciplines), schema=DISCIPLINES),
        "2024-03",
    )
    assert problems == []
    assert files == {"load-2024-03.txt": expected.encode()}


# --- how a value is written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "given", "written"),
    [
        ('{ from = "effective_date" }', {}, "05/02/2024"),
        ('{ from = "effective_date", format = "%Y%m%d" }', {}, "20240205"),
        ('{ from = "effective_date", format = "%d.%m.%y" }', {}, "05.02.24"),
        ('{ from = "effective_date" }', {"effective_date": None}, ""),
        ('{ from = "month" }', {}, "2024-03"),
        ('{ from = "month", format = "%m/%Y" }', {}, "03/2024"),
        ('{ from = "situation" }', {"situation": 24}, "24"),
        ('{ from = "situation", format = { "1" = "ATIVO" } }', {}, "ATIVO"),
        ('{ from = "situation", format = { "1" = "ATIVO" } }', {"situation": None}, ""),
        ('{ from = "hours_partial" }', {}, "false"),
        (
            '{ from = "hours_partial", format = { "true" = "S", "false" = "N" } }',
            {"hours_partial": True},
            "S",
        ),
        ('{ from = "kind", format = { "P" = "1", "I" = "" } }', {"kind": "I"}, ""),
        ('{ from = "student_hours" }', {"student_hours": "62.5"}, "62,5"),
        ('{ from = "student_hours" }', {"student_hours": "62"}, "62"),
        ('{ from = "student_hours", format = "decimals:2" }', {"student_hours": "62.5"}, "62,50"),
        ('{ from = "student_hours", format = "decimals:2" }', {"student_hours": "62"}, "62,00"),
        ('{ from = "student_hours", format = "decimals:1" }', {"student_hours": "2.50"}, "2,5"),
        ('{ from = "student_hours", format = "decimals:0" }', {"student_hours": "8.00"}, "8"),
        ('{ from = "student_hours", format = "decimals:2" }', {"student_hours": None}, ""),
        ('{ from = "student_hours", format = "implied:2" }', {"student_hours": "62.5"}, "6250"),
        ('{ from = "student_hours", format = "implied:2" }', {"student_hours": "0.05"}, "5"),
        ('{ from = "student_hours", format = "implied:2" }', {"student_hours": "0.00"}, "0"),
        ('{ const = "07" }', {}, "07"),
        ('{ const = "a;b" }', {}, '"a;b"'),
        ('{ const = "" }', {}, ""),
        ('{ from = "enrolment" }', {}, "E1"),
        ('{ from = "record" }', {}, "P:E1:7A"),
        ('{ from = "complements.categoria" }', {"complements": '{"categoria": "A"}'}, "A"),
        ('{ from = "complements.categoria" }', {"complements": '{"outra": "A"}'}, ""),
        ('{ from = "complements.categoria" }', {"complements": '{"categoria": null}'}, ""),
        ('{ from = "complements.categoria" }', {"complements": '{"categoria": ""}'}, ""),
        ('{ from = "complements.categoria" }', {"complements": ""}, ""),
        ('{ from = "complements.categoria" }', {"complements": '{"categoria": "\\u00e9"}'}, "é"),
        ('{ from = "complements.n" }', {"complements": '{"n": 12345678901}'}, "12345678901"),
        ('{ from = "complements.sim" }', {"complements": '{"sim": true}'}, "true"),
        (
            '{ from = "complements.sim", format = { "true" = "S", "false" = "N" } }',
            {"complements": '{"sim": false}'},
            "N",
        ),
        (
            '{ from = "complements.endereço.uf" }',
            {"complements": '{"endereço": {"uf": "SP"}, "uf": "PR"}'},
            "SP",
        ),
        (
            '{ from = "complements.Vira Vida" }',
            {"complements": '{"Vira Vida": "sim, 2.5 \\"x\\": [1"}'},
            '"sim, 2.5 ""x"": [1"',
        ),
        ('{ from = "complements" }', {"complements": '{"a": 1}'}, '"{""a"": 1}"'),
    ],
)
def test_a_value_as_it_is_written(column, given, written, tmp_path):
    layout = layout_of(tmp_path, with_column(DELIMITED, column))
    files, problems = render(layout, load_of(given), NONE, "2024-03")
    assert problems == []
    (line,) = files["load-2024-03.txt"].decode().splitlines()
    assert line.split(";", 7)[7] == written


@pytest.mark.parametrize(
    ("column", "given", "written"),
    [
        ("width = 6", "EF", "EF    "),
        ('width = 6, align = "left"', "EF", "EF    "),
        ('width = 6, align = "right"', "ção", "   ção"),
        ('width = 6, align = "right", pad = "0"', "42", "000042"),
        ('width = 6, align = "right", pad = "0"', None, "      "),
        ('width = 6, align = "right", pad = "0"', "", "      "),
        ('width = 6, align = "left", pad = "."', "EF", "EF...."),
        ("width = 2", "EF", "EF"),
    ],
)
def test_a_value_in_its_width(column, given, written, tmp_path):
    text = with_column(FIXED, f'{{ from = "course", {column} }}')
    text = changed(text, ('disciplines]\nfile = "load-', 'disciplines]\nfile = "other-'))
    files, problems = render(layout_of(tmp_path, text), load_of({"course": given}), NONE, "2024-03")
    assert problems == []
    assert files["load-2024-03.txt"].decode("latin-1") == f"1I101 20247A  RA1  P{written}\n"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "ção €".encode()),
        ("utf-8-sig", "ção €".encode()),
        ("cp1252", b"\xe7\xe3o \x80"),
        ("iso-8859-15", b"\xe7\xe3o \xa4"),
    ],
)
def test_an_encoding(encoding, written, tmp_path):
    text = changed(DELIMITED, ('encoding = "utf-8"', f'encoding = "{encoding}"'))
    files, problems = render(
        layout_of(tmp_path, text), load_of({"course": "ção €"}), NONE, "2024-03"
    )
    assert problems == []
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    assert files["load-2024-03.txt"] == mark + b";101;2024;7A;RA1;P;" + written + b"\n"


def test_the_header_of_a_fixed_file_stands_as_its_columns_do(tmp_path):
    text = changed(FIXED, ("[operations]", "header = true\n\n[operations]"))
    for name, short in zip(("unit", "period", "class", "student", "kind"), "UPCSK", strict=True):
        text = changed(text, (f'from = "{name}"', f'name = "{short}", from = "{name}"'))
    text = changed(
        text,
        ('from = "operation"', 'name = "O", from = "operation"'),
        ('from = "situation"', 'name = "SIT", from = "situation"'),
        (
            '"load-{month}.txt"\ncolumns = [\n    { const = "2"',
            '"d.txt"\ncolumns = [\n    { const = "2"',
        ),
    )
    files, _ = render(layout_of(tmp_path, text), load_of(), NONE, "2024-03")
    assert files["load-2024-03.txt"] == b"1OU   P   C   S    K\n"
    assert files["d.txt"] == b"2scae_discipline SIT\n"


def test_the_header_of_a_delimited_file_is_quoted_where_it_must_be(tmp_path):
    text = changed(
        DELIMITED,
        ("header = false", "header = true"),
        ('{ from = "course" }', '{ from = "course", name = \'course; "old"\' }'),
    )
    files, _ = render(layout_of(tmp_path, text), load_of(), NONE, "2024-03")
    expected = b'operation;unit;period;class;student;kind;"course; ""old"""\n'
    assert files["load-2024-03.txt"] == expected


# --- DELETE (K5) ---------------------------------------------------------------------------------


def test_a_delete_carries_its_natural_key_and_no_internal_id(tmp_path):
    text = DELIMITED
    for column in (
        '{ from = "record" }',
        '{ from = "enrolment" }',
        '{ from = "situation", required = true }',
        '{ from = "hours_partial" }',
        '{ from = "complements.categoria", required = true }',
        '{ from = "month" }',
        '{ const = "x" }',
    ):
        text = with_column(text, column)
    full = {"operation": "DELETE", "complements": '{"categoria": "A"}'}
    files, problems = render(layout_of(tmp_path, text), load_of(full), NONE, "2024-03")
    assert problems == []
    assert files["load-2024-03.txt"] == b"E;101;2024;7A;RA1;P;;;;;;;2024-03;x\n"


@pytest.mark.parametrize("part", ["unit", "period", "class", "student", "kind"])
@pytest.mark.parametrize("empty", [None, ""])
def test_a_delete_without_a_part_of_its_key_is_refused(part, empty, tmp_path):
    layout = layout_of(tmp_path, DELIMITED)
    deleted = {"operation": "DELETE", "record": "P:E2:7A", part: empty}
    files, problems = render(layout, load_of({}, deleted), NONE, "2024-03")
    assert files == {}
    assert [(p.file, p.row, p.column) for p in problems] == [("load.csv", 3, part)]
    assert codes(problems) == ["blank-key"]
    files, problems = render(layout, load_of({part: empty}), NONE, "2024-03")
    assert (problems, len(files)) == ([], 2)


def test_a_delete_under_the_key_of_a_current_record_is_a_warning(tmp_path):
    layout = layout_of(tmp_path, DELIMITED)
    deleted = {"operation": "DELETE", "record": "P:E2:7A"}
    files, problems = render(layout, load_of({}, deleted), NONE, "2024-03")
    assert len(files) == 2
    assert [(p.severity, p.row, p.column) for p in problems] == [("warning", 3, "record")]
    assert codes(problems) == ["key-shared"]
    assert problems[0].message.params == {"record": "P:E2:7A", "other": "P:E1:7A"}
    files, problems = render(layout, load_of({}, deleted | {"kind": "I"}), NONE, "2024-03")
    assert problems == []


@pytest.mark.parametrize(
    ("current", "deleted", "shared"),
    [("900", "900", True), ("900", "901", False), (None, "900", False), (None, None, True)],
)
def test_two_isolated_enrolments_share_their_key_in_one_class_discipline_only(
    current, deleted, shared, tmp_path
):
    """R16: one student, one class, twice isolated; the class/discipline tells them apart."""
    one = {"record": "I:D1:NR", "kind": "I", "class_discipline": current}
    other = one | {"record": "I:D2:NR", "operation": "DELETE", "class_discipline": deleted}
    _, problems = render(layout_of(tmp_path, DELIMITED), load_of(one, other), NONE, "2024-03")
    assert codes(problems) == (["key-shared"] if shared else [])


def test_the_delete_of_an_isolated_enrolment_keeps_its_class_discipline(tmp_path):
    text = with_column(DELIMITED, '{ from = "class_discipline" }')
    deleted = {"operation": "DELETE", "kind": "I", "class_discipline": "900"}
    files, _ = render(layout_of(tmp_path, text), load_of(deleted), NONE, "2024-03")
    assert files["load-2024-03.txt"] == b"E;101;2024;7A;RA1;I;;900\n"


# --- values that do not fit ----------------------------------------------------------------------

PROBLEMS = {
    "too long": (
        '{ from = "course", width = 4 }',
        {"course": "ABCDé"},
        ("too-long", "course", "ABCDé"),
        {"length": 5, "width": 4},
    ),
    "a number too long": (
        '{ from = "situation", width = 1 }',
        {"situation": 24},
        ("too-long", "situation", "24"),
        {"length": 2, "width": 1},
    ),
    "a line break": (
        '{ from = "course", name = "curso" }',
        {"course": "EF\nEM"},
        ("holds-break", "course", "EF EM"),
        {},
    ),
    "a tab": (
        '{ from = "complements.a" }',
        {"complements": '{"a": "x\\ty"}'},
        ("holds-break", "complements.a", "x y"),
        {},
    ),
    "a line separator": (
        '{ from = "enrolment" }',
        {"enrolment": "a\u2028b"},
        ("holds-break", "enrolment", "a b"),
        {},
    ),
    "empty where it is required": (
        '{ from = "mobility_date", required = true }',
        {},
        ("blank", "mobility_date", None),
        {},
    ),
    "a required complement that is empty": (
        '{ from = "complements.categoria", required = true }',
        {"complements": '{"categoria": ""}'},
        ("blank", "complements.categoria", ""),
        {},
    ),
    "no word for it": (
        '{ from = "kind", name = "tipo", format = { "P" = "1" } }',
        {"kind": "I"},
        ("no-word", "tipo", "I"),
        {"known": "P"},
    ),
    "no letter for it": (
        '{ from = "course" }',
        {"operation": "INSERT"},
        ("no-word", "operation", "INSERT"),
        {"known": "UPSERT, DELETE"},
    ),
    "no operation": (
        '{ from = "course" }',
        {"operation": None},
        ("blank", "operation", None),
        {},
    ),
    "too many decimals": (
        '{ from = "student_hours", format = "decimals:2" }',
        {"student_hours": "2.505"},
        ("too-many-places", "student_hours", "2.505"),
        {"places": 2},
    ),
    "too many decimals to imply": (
        '{ from = "student_hours", format = "implied:1" }',
        {"student_hours": "2.55"},
        ("too-many-places", "student_hours", "2.55"),
        {"places": 1},
    ),
    "hours that are no number": (
        '{ from = "student_hours", format = "decimals:2" }',
        {"student_hours": "2,5"},
        ("too-many-places", "student_hours", "2,5"),
        {"places": 2},
    ),
    "a complement with decimals": (
        '{ from = "complements.n" }',
        {"complements": '{"n": 12.50}'},
        ("not-plain", "complements.n", "12.5"),
        {},
    ),
    "a complement too long for a number": (
        '{ from = "complements.n" }',
        {"complements": '{"n" :12345678901234567890}'},
        ("not-plain", "complements.n", "12345678901234567890"),
        {},
    ),
    "a complement that is a list": (
        '{ from = "complements.ação" }',
        {"complements": json.dumps({"ação": ["x"]})},
        ("not-plain", "complements.ação", '["x"]'),
        {},
    ),
    "complements that are no JSON": (
        '{ from = "complements.a" }',
        {"complements": '{"a": 1'},
        ("not-json", "complements", '{"a": 1'),
        {},
    ),
    "complements that are no object": (
        '{ from = "complements.a" }',
        {"complements": "[1]"},
        ("not-json", "complements", "[1]"),
        {},
    ),
}


@pytest.mark.parametrize("case", PROBLEMS.values(), ids=PROBLEMS)
def test_a_value_that_does_not_fit_is_told_and_nothing_is_written(case, tmp_path):
    column, given, expected, params = case
    layout = layout_of(tmp_path, changed(DELIMITED, ('{ from = "course" }', column)))
    wrong = {"record": "P:E2:7A", "student": "RA2"} | given
    right = {"mobility_date": date(2024, 3, 1), "complements": '{"categoria": "A"}'}
    files, problems = render(layout, load_of(right, wrong), NONE, "2024-03")
    assert files == {}
    assert len(problems) == 1
    told = problems[0]
    code, where, value = expected
    where = "curso" if "curso" in column else where
    assert (codes(problems), told.column, told.value) == ([code], where, value)
    assert (told.file, told.row) == ("load.csv", 3)
    assert told.message.params == {"record": "P:E2:7A"} | params
    for lang in ("pt-BR", "pt-PT", "en"):
        assert "P:E2:7A" in say(told.message, lang)


@pytest.mark.parametrize(
    ("encoding", "text", "character"),
    [("latin-1", "5 €", "€"), ("cp1252", "a → b", "→"), ("ascii", "ção", "ç"), ("cp850", "…", "…")],
)
def test_a_character_outside_the_encoding_is_told_and_never_replaced(
    encoding, text, character, tmp_path
):
    layout = layout_of(
        tmp_path, changed(DELIMITED, ('encoding = "utf-8"', f'encoding = "{encoding}"'))
    )
    wrong = {"record": "P:E2:7A", "student": "RA2", "course": text}
    files, problems = render(layout, load_of({}, wrong), NONE, "2024-03")
    assert files == {}
    assert codes(problems) == ["no-character"]
    assert (problems[0].row, problems[0].column, problems[0].value) == (3, "course", text)
    expected = {"record": "P:E2:7A", "character": character, "encoding": encoding}
    assert problems[0].message.params == expected


@pytest.mark.parametrize("separator", [";", "|", "."])
def test_without_a_quote_a_value_with_the_separator_is_told(separator, tmp_path):
    text = changed(DELIMITED, BARE, ('separator = ";"', f'separator = "{separator}"'))
    layout = layout_of(tmp_path, text)
    files, problems = render(layout, load_of({"course": f"a{separator}b"}), NONE, "2024-03")
    assert files == {}
    assert codes(problems) == ["holds-separator"]
    assert problems[0].message.params == {"record": "P:E1:7A", "separator": separator}


def test_without_a_quote_a_quote_is_a_character_like_any_other(tmp_path):
    layout = layout_of(tmp_path, changed(DELIMITED, BARE))
    files, problems = render(layout, load_of({"course": 'a "b"'}), NONE, "2024-03")
    assert problems == []
    assert files["load-2024-03.txt"] == b';101;2024;7A;RA1;P;a "b"\n'


def test_a_discipline_of_no_record_is_told(tmp_path):
    layout = layout_of(tmp_path, FIXED)
    lost = disciplines_of({}, {"record": "P:E9:7A"})
    files, problems = render(layout, load_of({}), lost, "2024-03")
    assert files == {}
    assert codes(problems) == ["orphan"]
    assert (problems[0].file, problems[0].row) == ("load_disciplines.csv", 3)


def test_a_value_of_a_discipline_is_told_with_its_own_row(tmp_path):
    layout = layout_of(tmp_path, FIXED)
    wrong = disciplines_of({}, {"scae_discipline": "A" * 17}, {"situation": 1000})
    files, problems = render(layout, load_of({}), wrong, "2024-03")
    assert files == {}
    assert [(p.file, p.row, p.column, p.value) for p in problems] == [
        ("load_disciplines.csv", 3, "scae_discipline", "A" * 17),
        ("load_disciplines.csv", 4, "situation", "1000"),
    ]


def test_every_problem_comes_at_once(tmp_path):
    text = changed(
        with_column(DELIMITED, '{ from = "mobility_date", required = true }'),
        ('encoding = "utf-8"', 'encoding = "ascii"'),
        ('{ from = "class" }', '{ from = "class", width = 3 }'),
    )
    wrong = {"class": "7AAA", "course": "ção", "unit": "1\n2"}
    files, problems = render(layout_of(tmp_path, text), load_of(wrong), NONE, "2024-03")
    assert files == {}
    assert sorted(codes(problems)) == ["blank", "holds-break", "no-character", "too-long"]


@pytest.mark.parametrize("month", ["2024-13", "2024-3", "03/2024", "", "2024-00", "2024-03-01"])
def test_a_month_that_is_none_is_a_fault_of_the_program(month):
    with pytest.raises(ConfigurationError, match="no month"):
        render(find_layout("unofficial-fixed"), load_of(), NONE, month)


def test_a_frame_is_read_back_by_the_csv_module(tmp_path):
    layout = layout_of(tmp_path, DELIMITED)
    courses = ["", "a;b", '"', '""', 'a"b;c', "  spaced ", "'", "é"]
    rows = [
        {"record": f"P:{number}:7A", "student": str(number), "course": course}
        for number, course in enumerate(courses)
    ]
    load = load_of(*rows)
    files, problems = render(layout, load, NONE, "2024-03")
    assert problems == []
    text = files["load-2024-03.txt"].decode()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert [row[6] for row in rows] == courses
