"""Layout files: those shipped, those of a user's own, and all that may be wrong with them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import render as say
from portaria.regulations.scae import layout as package
from portaria.regulations.scae.layout import find_layout, notice, shipped
from regulations.scae.layout import DELIMITED, FIXED, changed, layout_of, reading, with_column


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """The place and code of each problem of a layout."""
    layout, problems = reading(folder, text)
    assert (layout is None) == bool(problems)
    return [(p.column, p.code.removeprefix("scae-layout-")) for p in problems]


# --- shipped -------------------------------------------------------------------------------------


def test_the_shipped_layouts():
    assert shipped() == ["unofficial-delimited", "unofficial-fixed"]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_layout_says_first_that_it_is_not_official(name):
    text = (files(package) / "layouts" / f"{name}.toml").read_text(encoding="utf-8")
    assert text.startswith("# NÃO OFICIAL / NOT OFFICIAL: ")
    layout = find_layout(name)
    assert (layout.name, layout.official) == (name, False)
    told = notice(layout)
    assert told is not None
    assert name in str(told)
    assert "not public" in str(told)


def test_of_the_official_layout_nothing_needs_to_be_said(tmp_path):
    layout = layout_of(tmp_path, changed(DELIMITED, ("official = false", "official = true")))
    assert notice(layout) is None


def test_a_layout_in_a_file_is_found_by_its_path(tmp_path):
    layout = layout_of(tmp_path, DELIMITED)
    assert find_layout(tmp_path / "layout.toml") == layout
    assert find_layout(str(tmp_path / "layout.toml")) == layout


@pytest.mark.parametrize("name", ["official", "missing.toml", "", "../unofficial-fixed", "."])
def test_an_unknown_layout_is_refused_and_the_known_ones_are_named(name):
    with pytest.raises(UsageError, match="unofficial-delimited, unofficial-fixed"):
        find_layout(name)


def test_a_layout_that_cannot_be_used_is_refused_with_every_problem(tmp_path):
    text = changed(DELIMITED, ('separator = ";"\n', ""), ('line_end = "lf"', 'line_end = "cr"'))
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        find_layout(tmp_path / "own.toml")
    places = [(p.file, p.column) for p in refused.value.problems]
    assert places == [("own.toml", "separator"), ("own.toml", "line_end")]


# --- what is wrong, and where --------------------------------------------------------------------

BAD = {
    "not TOML": ('name = "test"', "name =", [("", "not-toml")]),
    "a key that means nothing": (
        "header = false",
        "header = false\nheaders = true",
        [("headers", "unknown-key")],
    ),
    "no name": ('name = "test"\n', "", [("name", "missing-key")]),
    "a name that is no text": ('name = "test"', "name = 7", [("name", "not-text")]),
    "not said whether it is official": (
        "official = false\n",
        "",
        [("official", "missing-key")],
    ),
    "official in quotes": ("official = false", 'official = "no"', [("official", "not-flag")]),
    "another kind": ('kind = "delimited"', 'kind = "csv"', [("kind", "not-one-of")]),
    "no separator": ('separator = ";"\n', "", [("separator", "missing-key")]),
    "a long separator": ('separator = ";"', 'separator = "||"', [("separator", "not-character")]),
    "an empty separator": ('separator = ";"', 'separator = ""', [("separator", "not-character")]),
    "a line break as separator": (
        'separator = ";"',
        'separator = "\\n"',
        [("separator", "not-character")],
    ),
    "a long quote": ("quote = '\"'", 'quote = "<>"', [("quote", "not-character")]),
    "a quote that is the separator": (
        "quote = '\"'",
        'quote = ";"',
        [("separator", "same-mark"), ("quote", "same-mark")],
    ),
    "a quote that is the decimal mark": (
        "quote = '\"'",
        'quote = ","',
        [("quote", "same-mark")],
    ),
    "another line end": ('line_end = "lf"', 'line_end = "\\n"', [("line_end", "not-one-of")]),
    "an unknown encoding": (
        'encoding = "utf-8"',
        'encoding = "ebcdic"',
        [("encoding", "not-one-of")],
    ),
    "another decimal mark": (
        'decimal_mark = ","',
        'decimal_mark = "\'"',
        [("decimal_mark", "not-one-of")],
    ),
    "a date without codes": (
        'date_format = "%d/%m/%Y"',
        'date_format = "dd/mm/yyyy"',
        [("date_format", "bad-format")],
    ),
    "a month by name": (
        'date_format = "%d/%m/%Y"',
        'date_format = "%d %B %Y"',
        [("date_format", "bad-format")],
    ),
    "header as a number": ("header = false", "header = 1", [("header", "not-flag")]),
    "no letter for DELETE": ('DELETE = "E"\n', "", [("operations.DELETE", "missing-key")]),
    "one letter for both": ('DELETE = "E"', 'DELETE = ""', [("operations", "same-letters")]),
    "a third operation": (
        'DELETE = "E"',
        'DELETE = "E"\nINSERT = "I"',
        [("operations.INSERT", "unknown-key")],
    ),
    "a file in a folder": (
        '"load-{month}.txt"',
        '"out/load.txt"',
        [("records.load.file", "bad-file")],
    ),
    "a file with another place": (
        '"load-{month}.txt"',
        '"load-{day}.txt"',
        [("records.load.file", "bad-file")],
    ),
    "two files that some systems take for one": (
        '"disciplines-{month}.txt"',
        '"LOAD-{month}.txt"',
        [("records.load_disciplines.file", "same-name")],
    ),
    "no columns": (
        """columns = [
    { from = "scae_discipline" },
    { from = "situation" },
]""",
        "columns = []",
        [("records.load_disciplines.columns", "not-columns")],
    ),
    "columns as texts": (
        """columns = [
    { from = "scae_discipline" },
    { from = "situation" },
]""",
        'columns = ["scae_discipline"]',
        [("records.load_disciplines.columns", "not-columns")],
    ),
    "a column of no table": (
        '{ from = "scae_discipline" }',
        '{ from = "discipline" }',
        [("records.load_disciplines.columns[1].from", "no-source")],
    ),
    "a column of load without its table": (
        '{ from = "scae_discipline" }',
        '{ from = "unit" }',
        [("records.load_disciplines.columns[1].from", "no-source")],
    ),
    "a path into something else": (
        '{ from = "course" }',
        '{ from = "course.name" }',
        [("records.load.columns[7].from", "no-source")],
    ),
    "a path with nothing in it": (
        '{ from = "course" }',
        '{ from = "complements." }',
        [("records.load.columns[7].from", "no-source")],
    ),
    "a column from nowhere": (
        '{ from = "course" }',
        '{ name = "course" }',
        [("records.load.columns[7]", "from-or-const")],
    ),
    "a column from two places": (
        '{ from = "course" }',
        '{ from = "course", const = "EF" }',
        [("records.load.columns[7]", "from-or-const")],
    ),
    "a key that a column does not have": (
        '{ from = "course" }',
        '{ from = "course", length = 7 }',
        [("records.load.columns[7].length", "unknown-key")],
    ),
    "a width of nothing": (
        '{ from = "course" }',
        '{ from = "course", width = 0 }',
        [("records.load.columns[7].width", "not-width")],
    ),
    "a width as a text": (
        '{ from = "course" }',
        '{ from = "course", width = "7" }',
        [("records.load.columns[7].width", "not-width")],
    ),
    "a pad where nothing is filled": (
        '{ from = "course" }',
        '{ from = "course", width = 7, align = "right", pad = "0" }',
        [
            ("records.load.columns[7].align", "fixed-only"),
            ("records.load.columns[7].pad", "fixed-only"),
        ],
    ),
    "required in quotes": (
        '{ from = "course" }',
        '{ from = "course", required = "yes" }',
        [("records.load.columns[7].required", "not-flag")],
    ),
    "a format that suits no text": (
        '{ from = "course" }',
        '{ from = "course", format = "upper" }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "a word that is no text": (
        '{ from = "course" }',
        '{ from = "course", format = { "EF" = 1 } }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "hours rounded": (
        '{ from = "course" }',
        '{ from = "student_hours", format = "round:2" }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "hours to nine places": (
        '{ from = "course" }',
        '{ from = "student_hours", format = "decimals:9" }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "a word for true only": (
        '{ from = "course" }',
        '{ from = "hours_partial", format = { "true" = "S" } }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "the day of a month": (
        '{ from = "course" }',
        '{ from = "month", format = "%d/%m/%Y" }',
        [("records.load.columns[7].format", "bad-format")],
    ),
    "an operation with a format": (
        '{ from = "operation" }',
        '{ from = "operation", format = { "DELETE" = "X" } }',
        [("records.load.columns[1].format", "bad-format")],
    ),
    "a constant with a format": (
        '{ from = "course" }',
        '{ const = "1", format = "%Y" }',
        [("records.load.columns[7].format", "unknown-key")],
    ),
    "a constant that is too long": (
        '{ from = "course" }',
        '{ const = "123", width = 2 }',
        [("records.load.columns[7].const", "const-too-long")],
    ),
    "a constant with a line break": (
        '{ from = "course" }',
        '{ const = "a\\nb" }',
        [("records.load.columns[7].const", "const-breaks")],
    ),
    "a word that is too long": (
        '{ from = "course" }',
        '{ from = "course", width = 2, format = { "EF" = "123" } }',
        [("records.load.columns[7].format", "const-too-long")],
    ),
    "dates longer than their column": (
        '{ from = "course" }',
        '{ from = "effective_date", width = 8 }',
        [("date_format", "const-too-long")],
    ),
    "a DELETE without its class": (
        '    { from = "class" },\n',
        "",
        [("records.load.columns", "no-key")],
    ),
    "lines that do not say their operation": (
        '    { from = "operation" },\n',
        "",
        [("records.load.columns", "no-operation")],
    ),
    "a name twice in the header": (
        "header = false",
        "header = true",
        [("records.load.columns[7].name", "same-name")],
        ('{ from = "course" }', '{ from = "course", name = "unit" }'),
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_fault_is_told_with_its_place(case, tmp_path):
    old, new, expected, *more = case
    assert told(tmp_path, changed(DELIMITED, (old, new), *more)) == expected


FIXED_BAD = {
    "a separator": (
        'kind = "fixed"',
        'kind = "fixed"\nseparator = ";"',
        [("separator", "delimited-only")],
    ),
    "no width": (
        '{ from = "kind", width = 1 }',
        '{ from = "kind" }',
        [("records.load.columns[7].width", "missing-key")],
    ),
    "another side": (
        'align = "right"',
        'align = "middle"',
        [("records.load_disciplines.columns[3].align", "not-one-of")],
    ),
    "zeros that would change a number": (
        'align = "right"',
        'align = "left"',
        [("records.load_disciplines.columns[3].pad", "padded-after")],
    ),
    "a pad of two": (
        'pad = "0"',
        'pad = "00"',
        [("records.load_disciplines.columns[3].pad", "not-character")],
    ),
    "a pad outside the encoding": (
        'pad = "0"',
        'pad = "→"',
        [("records.load_disciplines.columns[3].pad", "not-in-encoding")],
    ),
    "a constant outside the encoding": (
        'const = "2"',
        'const = "→"',
        [("records.load_disciplines.columns[1].const", "not-in-encoding")],
    ),
    "a letter too long": (
        'DELETE = "E"',
        'DELETE = "EX"',
        [("operations.DELETE", "const-too-long")],
    ),
    "lines of two widths in a file": (
        "width = 16",
        "width = 15",
        [("records.load_disciplines.columns", "two-widths")],
    ),
    "lines that cannot be told apart": (
        'const = "2"',
        'const = "1"',
        [("records.load_disciplines.columns", "no-type")],
    ),
    "a header longer than its column": (
        "[operations]",
        "header = true\n\n[operations]",
        [
            ("records.load.columns[2].name", "const-too-long"),
            ("records.load.columns[4].name", "const-too-long"),
            ("records.load.columns[5].name", "const-too-long"),
            ("records.load.columns[6].name", "const-too-long"),
            ("records.load.columns[7].name", "const-too-long"),
            ("records.load_disciplines.columns[3].name", "const-too-long"),
            ("header", "two-headers"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FIXED_BAD.values(), ids=FIXED_BAD)
def test_a_fault_of_a_fixed_layout_is_told_with_its_place(case, tmp_path):
    old, new, expected = case
    assert told(tmp_path, changed(FIXED, (old, new))) == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("", [("operations", "missing-key"), ("records", "missing-key")]),
        ("operations = 1\nrecords = 2\n", [("operations", "not-table"), ("records", "not-table")]),
        (
            "[operations]\n[records]\n",
            [
                ("operations.UPSERT", "missing-key"),
                ("operations.DELETE", "missing-key"),
                ("records.load", "missing-key"),
                ("records.load_disciplines", "missing-key"),
            ],
        ),
        (
            "[operations]\n[records]\nload = 1\n[records.load_disciplines]\n",
            [
                ("operations.UPSERT", "missing-key"),
                ("operations.DELETE", "missing-key"),
                ("records.load", "not-table"),
                ("records.load_disciplines.file", "missing-key"),
                ("records.load_disciplines.columns", "missing-key"),
            ],
        ),
    ],
)
def test_sections_that_are_not_there(section, expected, tmp_path):
    head = DELIMITED.split("[operations]")[0]
    assert sorted(told(tmp_path, head + section)) == sorted(expected)


def test_without_a_quote_the_separator_may_stand_in_nothing_of_the_layout(tmp_path):
    bare = changed(DELIMITED, ("quote = '\"'\n", ""), ('separator = ";"', 'separator = "/"'))
    text = with_column(with_column(bare, '{ const = "a/b" }'), '{ from = "effective_date" }')
    expected = [("records.load.columns[8].const", "const-breaks"), ("date_format", "const-breaks")]
    assert told(tmp_path, text) == expected
    comma = changed(DELIMITED, ("quote = '\"'\n", ""), ('separator = ";"', 'separator = ","'))
    assert told(tmp_path, comma) == [("separator", "same-mark")]


def test_with_a_quote_it_may(tmp_path):
    text = changed(DELIMITED, ('separator = ";"', 'separator = ","'))
    layout_of(tmp_path, with_column(text, '{ const = "a,b" }'))


def test_every_problem_comes_at_once_and_says_what_was_given(tmp_path):
    text = changed(
        DELIMITED,
        ("official = false", "official = 0"),
        ('encoding = "utf-8"', 'encoding = "utf-7"'),
        ('{ from = "course" }', '{ from = "curso" }'),
    )
    _, problems = reading(tmp_path, text)
    assert [(p.column, p.value) for p in problems] == [
        ("official", "0"),
        ("encoding", "utf-7"),
        ("records.load.columns[7].from", "curso"),
    ]
    assert "utf-8, utf-8-sig, latin-1" in str(problems[1].message)
    assert "complements.categoria" in str(problems[2].message)


@pytest.mark.parametrize("case", {**BAD, **FIXED_BAD}.values(), ids={**BAD, **FIXED_BAD})
def test_each_problem_can_be_said(case, tmp_path):
    old, new, _, *more = case
    base = DELIMITED if DELIMITED.count(old) == 1 else FIXED
    for problem in reading(tmp_path, changed(base, (old, new), *more))[1]:
        for lang in ("pt-BR", "pt-PT", "en"):
            assert "{" not in say(problem.message, lang).replace("{month}", "").replace("{ ", "")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path):
    from portaria.regulations.scae.layout import read_layout

    layout, problems = read_layout(tmp_path)
    assert layout is None
    assert [problem.code for problem in problems] == ["file-unreadable"]
    (tmp_path / "latin.toml").write_bytes('name = "ção"'.encode("latin-1"))
    layout, problems = read_layout(tmp_path / "latin.toml")
    assert layout is None
    assert [problem.code for problem in problems] == ["scae-layout-not-toml"]
