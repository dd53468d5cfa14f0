"""What each command promises: exit codes, help, what it prints, the same bytes from any dress."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import polars as pl
import pytest

from . import (
    FLAGS,
    NUMBERS,
    SETTINGS,
    TABLES,
    own_process,
    result_csvs,
    rewrite,
    to_parquet,
    to_xlsx,
    tree,
    write_small_contest,
)

COMMANDS = [
    (),
    ("access",),
    ("access", "check"),
    ("access", "place"),
    ("access", "explain"),
    ("access", "verify"),
    ("access", "report"),
    ("access", "next"),
    ("access", "year"),
    ("access", "plan"),
    ("access", "simulate"),
    ("access", "exchange"),
    ("access", "relocate"),
    ("access", "rectify"),
    ("access", "exclude"),
    ("access", "complaint"),
    ("access", "seat-limits"),
    ("access", "generate"),
    ("clauses",),
]


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the small contest. Tests read them and change nothing."""
    from portaria.cli.app import run

    folder = tmp_path_factory.mktemp("placed")
    contest = write_small_contest(folder / "contest")
    arguments = ["access", "place", contest.folder, "--out", folder / "results", "--quiet"]
    assert run([str(argument) for argument in arguments]) == 0
    return folder / "results"


# --- help and languages --------------------------------------------------------------------------


def test_help_wakes_no_heavy_library():
    """Importing the command line and every help text stay fast."""
    script = f"""
import sys
import portaria.cli
from portaria.cli.app import run
heavy = {{"polars", "django", "ibis", "numba", "numpy", "dataframely"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
for command in {COMMANDS!r}:
    assert run([*command, "--help"]) == 0, command
    assert not heavy & set(sys.modules), (command, heavy & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["pt-PT", "pt-BR", "en"])
def test_help_names_the_command_and_its_options(command, lang, portaria):
    answer = portaria("--lang", lang, *command, "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert " ".join(["portaria", *command]) in " ".join(answer.out.split())
    if command != ("access",):
        assert "--lang" in answer.out


def test_the_version(portaria):
    from portaria import __version__

    assert portaria("--version").out == f"portaria {__version__}\n"


# --- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "",
        "access",
        "nonsense",
        "access nonsense",
        "access place {contest}",
        "access place --out {new}",
        "access place {contest} --out {new} --nonsense",
        "access place {contest} --out {new} --lang xx",
        "access place {contest} --out {new} --lang",
        "--lang xx access check {contest}",
        "access place {missing} --out {new}",
        "access place {contest}/options.csv --out {new}",
        "access check {missing}",
        "access check {contest} --problems {contest}",
        "access explain {results}",
        "access explain {missing} --candidate C1",
        "access verify {missing}",
        "access generate {new} --candidates none",
        "access generate {new} --candidates 0",
        "access generate {new} --seed -1",
        "clauses 999-Z",
        "access place {contest} --out {results}",
        "access place {contest} --out {file}",
        "access place {contest} --out {file} --replace",
        "access place {contest} --out {other} --replace",
        "access place {contest} --out {website} --replace",
        "access place {contest} --out {contest} --replace",
        "access generate {results}",
        "access generate {other} --replace",
        "access generate {contest} --replace",
    ],
)
def test_what_is_not_understood_is_refused_with_2(command, portaria, small, placed, tmp_path):
    """Nothing is written and nothing that stands is touched, least of all what people wrote."""
    places = {name: tmp_path / name for name in ("new", "missing", "file", "other", "website")}
    places |= {"contest": small.folder, "results": tmp_path / "results"}
    for name, data in tree(placed).items():
        target = places["results"] / name
        target.parent.mkdir(exist_ok=True)
        target.mkdir() if data is None else target.write_bytes(data)
    places["file"].write_text("my notes")
    places["other"].mkdir()
    (places["other"] / "thesis.txt").write_text("years of work")
    places["website"].mkdir()
    (places["website"] / "manifest.json").write_text('{"name": "A web application"}')
    before = tree(tmp_path)
    answer = portaria(*command.format(**places).split())
    assert answer.code == 2
    assert "Traceback" not in answer.err
    assert answer.err.strip() or answer.out.strip()
    assert tree(tmp_path) == before


def test_a_refusal_says_what_to_do(portaria, small, tmp_path):
    (tmp_path / "results").mkdir()
    answer = portaria("access", "place", small.folder, "--out", tmp_path / "results")
    assert answer.code == 2
    assert "--replace" in answer.err
    answer = portaria("access", "check", small.folder, "--lang", "xx")
    assert "pt-PT, pt-BR, en" in answer.err


def test_a_problems_file_that_cannot_be_written_is_no_internal_fault(portaria, small, tmp_path):
    """The folder of --problems does not exist: the person is told which, and to mend it."""
    small.change("exams.csv", "C1,19,,160", "C1,19,,201")
    for command in (("check", small.folder), ("place", small.folder, "--out", tmp_path / "new")):
        answer = portaria("access", *command, "--problems", tmp_path / "none" / "problems.csv")
        assert answer.code in (2, 3)
        assert str(tmp_path / "none") in answer.err.replace("\n", "")
        assert "developers" not in answer.err
    assert not (tmp_path / "new").exists()


# --- check, place, verify, generate --------------------------------------------------------------


def test_quiet_says_nothing_when_all_is_well(small, tmp_path):
    """In processes of their own, where nothing is loaded yet."""
    results = tmp_path / "results"
    generated = ("--candidates", 20, "--programmes", 3, "--seed", 1)
    for command in (
        ("check", small.folder),
        ("place", small.folder, "--out", results),
        ("verify", results),
        ("generate", tmp_path / "generated", *generated),
    ):
        answer = own_process("access", *command, "--quiet")
        assert (answer.code, answer.out, answer.err) == (0, "", ""), command


def test_without_quiet_a_person_is_told_what_was_done(portaria, small, tmp_path):
    results = tmp_path / "results"
    assert "no errors" in portaria("access", "check", small.folder).out
    answer = portaria("access", "place", small.folder, "--out", results)
    assert (answer.code, answer.err) == (0, "")
    assert str(results) in answer.out.replace("\n", "")
    counts = dict(re.findall(r"(?m)^ *([a-z ]+?) +(\d+)\b", answer.out))
    assert (counts["candidates"], counts["placed"], counts["excluded"]) == ("5", "4", "1")
    assert (counts["seats"], counts["left over"]) == ("5", "1")
    assert "Verified" in portaria("access", "verify", results).out


def test_a_warning_does_not_stop_and_is_told(portaria, small, tmp_path):
    small.add("exams.csv", "C9,02,,150")
    problems = tmp_path / "problems.csv"
    options = ("--out", tmp_path / "results", "--problems", problems)
    answer = portaria("access", "place", small.folder, *options)
    assert answer.code == 0
    assert re.findall(r"\d+", answer.err.splitlines()[-1]) == ["0", "1"]  # errors, warnings
    with problems.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["severity"], row["code"], row["row"]) for row in rows] == [
        ("warning", "unknown-candidate", "12")
    ]
    assert portaria("access", "verify", tmp_path / "results").code == 0


def test_problems_is_a_table_of_no_rows_when_there_is_none(portaria, small, tmp_path):
    problems = tmp_path / "problems.csv"
    assert portaria("access", "check", small.folder, "--problems", problems).code == 0
    assert problems.read_text(encoding="utf-8") == (
        "severity,file,sheet,row,column,value,code,message,clause\n"
    )


def test_generated_contests_are_valid_and_depend_on_the_seed_alone(portaria, tmp_path):
    size = ("--candidates", 60, "--programmes", 8, "--seed")
    for name, seed in (("one", 1), ("again", 1), ("two", 2)):
        assert portaria("access", "generate", tmp_path / name, *size, seed).code == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "again")
    assert tree(tmp_path / "one") != tree(tmp_path / "two")
    assert portaria("access", "check", tmp_path / "one", "--quiet").code == 0


# --- the same contest in other dress -------------------------------------------------------------


def each_text(contest, change):
    """Change the text of every table."""
    for table in TABLES:
        contest.write(f"{table}.csv", change(contest.text(f"{table}.csv")))


def shuffled(rows):
    return [rows[0], *Random(7).sample(rows[1:], len(rows) - 1)]


def other_columns(rows):
    columns = Random(3).sample(list(zip(*rows, strict=True)), len(rows[0]))
    return [list(row) for row in zip(*columns, strict=True)]


def extra(*names):
    """Further columns with the names that the table does not use, full of text."""

    def change(rows):
        new = [name for name in names if name not in rows[0]]
        return [[*rows[0], *new], *([*row, *["texto"] * len(new)] for row in rows[1:])]

    return lambda contest: rewrite(contest, change)


def words(yes, no):
    """The booleans in other words."""

    def change(rows):
        return [
            [{"true": yes, "false": no}.get(cell, cell) if name in FLAGS else cell
             for name, cell in zip(rows[0], row, strict=True)]
            for row in rows
        ]  # fmt: skip

    return lambda contest: rewrite(contest, change)


def decimal_comma(rows):
    return [
        [cell.replace(".", ",") if name in NUMBERS else cell
         for name, cell in zip(rows[0], row, strict=True)]
        for row in rows
    ]  # fmt: skip


def names_with_everything(contest):
    """Commas, quotes, line ends and semicolons inside names."""
    contest.change("candidates.csv", "Ana Moreira Teste", '"Moreira Teste, Ana ""Nita"""')
    contest.change("candidates.csv", "Rui Campos Teste", '"Rui;\nCampos"')
    contest.change("programmes.csv", "Matemática", '"Matemática, Pura"')


def spreadsheet_mark(contest):
    """What Windows writes: a mark before the text and CR LF, in every file."""
    for file in [f"{table}.csv" for table in TABLES] + ["contest.toml"]:
        contest.write(file, "\ufeff" + contest.text(file).replace("\n", "\r\n"))


def all_xlsx(contest):
    for table in TABLES:
        to_xlsx(contest, table, numbers=NUMBERS, flags=FLAGS)


def all_parquet(contest):
    for table in TABLES:
        header = contest.rows(table)[0]
        numbers = {name: pl.col(name).cast(pl.Float64) for name in header if name in NUMBERS}
        flags = {name: pl.col(name) == "true" for name in header if name in FLAGS}
        to_parquet(contest, table, **numbers, **flags)


def mixed(contest):
    to_xlsx(contest, "options", numbers=NUMBERS)
    to_parquet(contest, "exams", grade=pl.col("grade").cast(pl.Int16))
    to_parquet(contest, "candidates", secondary=pl.col("secondary").cast(pl.Decimal(9, 4)))


DRESS = {
    "semicolons": lambda contest: rewrite(contest, delimiter=";"),
    "a byte order mark": lambda contest: each_text(contest, lambda text: "\ufeff" + text),
    "CR LF": lambda contest: rewrite(contest, lineterminator="\r\n"),
    "CR alone": lambda contest: rewrite(contest, lineterminator="\r"),
    "no last line end": lambda contest: each_text(contest, str.rstrip),
    "all that Windows writes": spreadsheet_mark,
    "every cell quoted": lambda contest: rewrite(contest, quoting=csv.QUOTE_ALL),
    "names with commas, quotes and line ends": names_with_everything,
    "blank lines at the end": lambda contest: each_text(contest, lambda text: text + "\n\n"),
    "a line of blanks at the end": lambda contest: each_text(contest, lambda text: text + "  \n"),
    "blank lines in the middle": lambda contest: each_text(
        contest, lambda text: text.replace("\n", "\n\n", 2)
    ),
    "a blank line before the header": lambda contest: each_text(
        contest, lambda text: "\n" + text
    ),
    "empty rows as a spreadsheet leaves them": lambda contest: rewrite(
        contest, lambda rows: [*rows, [""] * len(rows[0]), [""] * len(rows[0])]
    ),
    "blanks around cells": lambda contest: rewrite(
        contest, lambda rows: [[f" {cell}  " for cell in row] for row in rows]
    ),
    "rows in another order": lambda contest: rewrite(contest, shuffled),
    "columns in another order": lambda contest: rewrite(contest, other_columns),
    "columns that nobody asked for": extra("obs", "grade", "rank", "quota", "count", "total"),
    "columns with names used inside": extra(
        "source_row", "candidate_index", "programme_index", "exam_index", "position", "state",
        "tenths", "heard", "stage", "grade_text", "invalid", "programme_right",
    ),
    "decimal commas": lambda contest: rewrite(contest, decimal_comma),
    "decimal commas and semicolons": lambda contest: rewrite(
        contest, decimal_comma, delimiter=";"
    ),
    "sim and não": words("sim", "não"),
    "Sim and NÃO": words("Sim", "NÃO"),
    "1 and 0": words("1", "0"),
    "XLSX": all_xlsx,
    "Parquet": all_parquet,
    "a kind for each table": mixed,
    "weights with noughts behind": lambda contest: (
        contest.change("exam_sets.csv", "66.66", "66.660"),
        contest.change("programmes.csv", "33.34", "033.3400"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("dress", DRESS)
def test_the_dress_of_a_contest_changes_no_byte_of_its_results(
    dress, portaria, small, placed, tmp_path
):
    DRESS[dress](small)
    results = tmp_path / "results"
    answer = portaria("access", "place", small.folder, "--out", results, "--quiet")
    assert (answer.code, answer.err) == (0, "")
    assert result_csvs(results) == result_csvs(placed)
    assert portaria("access", "verify", results, "--quiet").code == 0


def test_columns_that_nobody_asked_for_are_kept(portaria, small, tmp_path):
    extra("obs")(small)
    portaria("access", "place", small.folder, "--out", tmp_path / "results")
    for table in TABLES:
        kept = pl.read_parquet(tmp_path / "results" / "inputs" / f"{table}.parquet")
        assert set(kept["obs"]) == {"texto"}


def test_a_manifest_counts_and_hashes_every_table(placed):
    manifest = json.loads((placed / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["inputs"]) == set(TABLES)
    rows = {table: text.count("\n") - 1 for table, text in TABLES.items()}
    assert {name: entry["rows"] for name, entry in manifest["inputs"].items()} == rows
    assert set(manifest["outputs"]) == {Path(name).stem for name in result_csvs(placed)}
    for name, data in result_csvs(placed).items():
        assert manifest["outputs"][Path(name).stem]["rows"] == len(
            list(csv.reader(io.StringIO(data.decode())))[1:]
        )
    assert (manifest["edition"], manifest["phase"]) == ("pt-national-2017", 1)
    assert SETTINGS.count(manifest["edition"]) == 1


# --- explain -------------------------------------------------------------------------------------


def sentences(letter):
    """The paragraphs of a letter by option, unwrapped; before the first option is option 0."""
    parts = re.split(r"(?m)^Option (\d+): ", letter)
    by_option = {0: parts[0]}
    by_option |= {int(n): text for n, text in zip(parts[1::2], parts[2::2], strict=True)}
    return {order: " ".join(text.split()) for order, text in by_option.items()}


def numbers_in(text):
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def numbers_told(option):
    """The numbers of an option that decided it, as JSON has them."""
    told = []
    if option["arithmetic"]:
        sums = option["arithmetic"]
        told += [sums["secondary"]["value"], sums["w_secondary"], sums["total"], option["grade"]]
        told += [sums["secondary"]["a"], sums["secondary"]["b"]]
        told += [value for exam in sums["exams"] for value in (exam["grade"], exam["weight"])]
        told += [sums["prerequisite"]]
    else:
        told += [exam["grade"] for each in option["sets"] for exam in each["exams"]]
    if option["rank"] is not None:
        told += [option["rank"], option["ranked"], option["seats"], option["placed"]]
        told += [option["last_placed"]["grade"]] if option["last_placed"] else []
        for hearing in option["hearings"]:
            told += [hearing["rank"], hearing["of"]]
    return {str(value) for value in told if value is not None}


@pytest.mark.parametrize("candidate", ["C1", "C2", "C3", "C4", "C5"])
def test_the_letter_and_json_tell_the_same_numbers(candidate, portaria, placed):
    spoken = portaria("access", "explain", placed, "--candidate", candidate)
    data = portaria("access", "explain", placed, "--candidate", candidate, "--json")
    assert (spoken.code, spoken.err, data.code, data.err) == (0, "", 0, "")
    told = json.loads(data.out)
    letter = sentences(spoken.out)
    assert list(letter)[1:] == [option["order"] for option in told["options"]]
    assert told["name"] in letter[0]
    if told["result"] == "placed":
        assert {told["grade"], str(told["option"])} <= numbers_in(letter[0])
        assert told["programme"] in letter[0]
    for option in told["options"]:
        text = letter[option["order"]]
        assert option["programme"] in text
        assert numbers_told(option) <= numbers_in(text), option["order"]
        article = re.search(r" (\d+)", option["clause"])
        if option["outcome"] != "ineligible" or told["result"] != "excluded":
            assert f"art. {article[1]}" in text


def test_json_agrees_with_the_result_tables(portaria, placed):
    text = (placed / "options_outcome.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        answer = portaria("access", "explain", placed, "--candidate", row["candidate"], "--json")
        options = {str(option["order"]): option for option in json.loads(answer.out)["options"]}
        told = options[row["order"]]
        for column in ("programme", "exam_set", "grade", "exam_part", "rank", "outcome", "reason",
                       "clause"):  # fmt: skip
            assert ("" if told[column] is None else str(told[column])) == row[column]


def test_json_does_not_follow_the_language(portaria, placed):
    command = ("access", "explain", placed, "--candidate", "C1", "--json")
    assert portaria(*command, "--lang", "pt-PT").out == portaria(*command, "--lang", "en").out


def test_an_unknown_candidate_is_a_fault_of_the_input(portaria, placed):
    for options in ((), ("--json",)):
        answer = portaria("access", "explain", placed, "--candidate", "C99", *options)
        assert (answer.code, answer.out) == (1, "")
        assert "C99" in answer.err


# --- clauses -------------------------------------------------------------------------------------


def test_clauses_prints_a_table(portaria):
    answer = portaria("clauses")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "text,clause,state,rule,function,about,reason"
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {row["state"] for row in rows} <= {
        "implemented", "planned", "descriptive", "out_of_scope"
    }  # fmt: skip
    assert all(row["reason"] for row in rows if row["state"] == "out_of_scope")
    tie = [row for row in rows if (row["text"], row["clause"]) == ("211-A", "37/5")]
    assert [row["rule"] for row in tie] == ["ties-open-seats"]


def test_clauses_can_be_narrowed(portaria):
    answer = portaria("clauses", "211-A", "--state", "out_of_scope")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {(row["text"], row["state"]) for row in rows} == {("211-A", "out_of_scope")}


def test_an_unknown_state_is_refused(portaria):
    """A misspelt state must not look like a text without such clauses."""
    assert portaria("clauses", "--state", "implementd").code == 2


def test_a_reader_that_goes_away_is_no_fault():
    """`portaria clauses | head -1` ends quietly."""
    script = "from portaria.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "clauses"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), said) == (0, b"")


# --- report --------------------------------------------------------------------------------------


def test_report_writes_each_file_asked_for(placed, portaria, tmp_path):
    page, pages = tmp_path / "r.html", tmp_path / "r.pdf"
    answer = portaria("access", "report", placed, "--out", page, "--out", pages, "--former", "2019")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"Report in {page}.\nReport in {pages}.\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert pages.read_bytes().startswith(b"%PDF-1.7")
    again = tmp_path / "again.html"
    assert portaria("access", "report", placed, "--out", again, "--quiet").out == ""


@pytest.mark.parametrize(
    ("out", "more", "words"),
    [
        ("{new}.txt", [], "ends with .html or .pdf"),
        ("{new}", [], "ends with .html or .pdf"),
        ("{old}", [], "exists already"),
        ("{folder}", ["--replace"], "is a folder"),
        ("{new}.html", ["--former", "1900"], "2019, 2020, 2021"),
        ("{new}.html", ["--former", "{contest}"], "manifest.json"),
    ],
)
def test_report_refuses(placed, portaria, tmp_path, out, more, words):
    old, folder = tmp_path / "old.html", tmp_path / "folder.html"
    old.write_text("old")
    folder.mkdir()
    names = {"new": tmp_path / "new", "old": old, "folder": folder, "contest": placed.parent}
    arguments = [word.format(**names) for word in ("--out", out, *more)]
    answer = portaria("access", "report", placed, *arguments)
    assert answer.code == (1 if "manifest" in words else 2)
    assert words in " ".join(answer.err.split())
    assert tree(tmp_path) == {"old.html": b"old", "folder.html": None}


def test_report_replaces_an_earlier_report_and_nothing_else(placed, portaria, tmp_path):
    page = tmp_path / "r.html"
    assert portaria("access", "report", placed, "--out", page).code == 0
    assert portaria("access", "report", placed, "--out", page).code == 2
    assert portaria("access", "report", placed, "--out", page, "--replace").code == 0
    other = tmp_path / "letter.html"
    other.write_text("<p>mine</p>\n")
    answer = portaria("access", "report", placed, "--out", other, "--replace")
    assert (answer.code, other.read_text()) == (2, "<p>mine</p>\n")
    twice = tmp_path / "twice.html"
    answer = portaria("access", "report", placed, "--out", twice, "--out", twice)
    assert (answer.code, twice.exists()) == (2, False)


def test_problems_are_written_over_earlier_problems_and_no_other_file(small, portaria, tmp_path):
    problems, exams = tmp_path / "problems.csv", small.path("exams.csv")
    before = exams.read_bytes()
    assert portaria("access", "check", small.folder, "--problems", problems).code == 0
    assert portaria("access", "check", small.folder, "--problems", problems).code == 0
    answer = portaria("access", "check", small.folder, "--problems", exams)
    assert (answer.code, exams.read_bytes()) == (2, before)


def test_report_follows_the_language_of_the_edition(placed, tmp_path):
    page = tmp_path / "r.html"
    assert own_process("access", "report", placed, "--out", page).code == 0
    assert "Relatório do concurso" in page.read_text(encoding="utf-8")
