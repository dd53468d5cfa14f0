"""`portaria social` from the command line: prices of a day, the series, its files."""

from __future__ import annotations

import errno
import json
import os
import signal
from pathlib import Path

import pytest


def told(portaria, *arguments):
    answer = portaria("social", *arguments, "--json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


# --- prices -------------------------------------------------------------------------------------


def test_the_answer_as_json(portaria):
    found = told(portaria, "prices", "--on", "2026-01-15")
    assert found["ias"] == "522.50"
    price = {"charged": None, "over": None, "over_by": None}
    assert found["meal"].items() >= (price | {"exact": "3.29175", "max": "3.29"}).items()
    assert found["bed"].items() >= (price | {"exact": "91.4375", "max": "91.43"}).items()
    assert found["prices_of"] == "2025/26"


def test_a_charge_is_compared_with_the_exact_share(portaria):
    arguments = ("prices", "--on", "2023-10-01", "--charged-bed", "84,08", "--charged-meal", "3.02")
    found = told(portaria, *arguments)
    assert found["bed"].items() >= {"charged": "84.08", "over": True, "over_by": "0.00475"}.items()
    assert found["meal"].items() >= {"charged": "3.02", "over": False, "over_by": "0.00"}.items()
    assert found["warnings"] == [{"code": "lawful-only-if-voluntary", "of": "bed"}]
    assert portaria("social", *arguments).code == 0
    assert portaria("social", *arguments, "--check").code == 1


def test_extras(portaria):
    arguments = ("--on", "2024-11-14", "--charged-meal", "3.20", "--extra", "meal:0.10")
    found = told(portaria, "prices", *arguments, "--optional-extra", "meal:0.60")
    assert [row["breach"] for row in found["extras"]] == [True, False]
    assert found["breach"]
    assert "did not ask for" in portaria("social", "prices", *arguments).out
    read = told(
        portaria, "prices", *arguments[:4], "--extra", "meal:0", "--reading", "extras=total"
    )
    assert not read["breach"]


def test_a_sum_without_a_price_is_told(portaria):
    answer = portaria(
        "social", "prices", "--on", "2024-11-14", "--extra", "bed:1", "--reading", "extras=total"
    )
    assert "is not given" in answer.out
    assert "By another reading, what the student did not ask for counts" in answer.out


@pytest.mark.parametrize(
    ("option", "name"), [("--unsubsidised", "meal"), ("--no-grant", "bed"), ("--elsewhere", "bed")]
)
def test_what_has_no_maximum(option, name, portaria):
    arguments = ("prices", "--on", "2024-11-14", f"--charged-{name}", "300", option)
    found = told(portaria, *arguments)
    assert (
        found[name].items() >= {"applies": False, "exact": None, "max": None, "over": None}.items()
    )
    assert not found["breach"]
    answer = portaria("social", *arguments, "--check")
    assert answer.code == 0
    assert "no maximum" in answer.out
    assert "not compared" in answer.out


def test_the_unknown_is_refused_and_a_year_ahead_is_not(portaria):
    assert told(portaria, "prices", "--on", "2027-03-01")["ias"] == "537.13"
    for day in ("2027-10-01", "2017-08-31", "9999-12-31"):
        answer = portaria("social", "prices", "--on", day)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.strip()
    assert "2007 to 2026" in portaria("social", "prices", "--on", "2027-10-01").err


@pytest.mark.parametrize(
    "options",
    [
        ("--charged-meal", "much"),
        ("--charged-meal", "1/3"),
        ("--charged-bed", "-1"),
        ("--extra", "meal"),
        ("--extra", "meal:x"),
        ("--extra", "laundry:1"),
        ("--optional-extra", "bed:-1"),
        ("--reading", "colour=blue"),
        ("--reading", "rounding=up"),
    ],
)
def test_what_is_no_price_is_refused(options, portaria):
    answer = portaria("social", "prices", "--on", "2024-11-14", *options)
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err


def test_sentences_quiet_and_portuguese(portaria):
    arguments = ("social", "prices", "--on", "2026-11-21")
    assert "537.13" in portaria(*arguments).out
    assert "537,13" in portaria(*arguments, "--lang", "pt-PT").out
    assert portaria(*arguments, "--quiet").out == ""


def lines(portaria, *arguments):
    """The faults of a refused command line."""
    answer = portaria("social", *arguments)
    assert (answer.code, answer.out) == (2, "")
    return answer.err.splitlines()


def test_every_fault_of_the_command_line_is_told_at_once(portaria):
    told = lines(
        portaria, "prices", "--on", "2016-01-15", "--charged-meal", "NaN", "--charged-bed", "-3",
        "--extra", "meal", "--extra", "laundry:x", "--optional-extra", "bed:-1",
        "--reading", "rounding=up",
    )  # fmt: skip
    assert [next(word for word in line.split() if word.startswith(("--", "read", "Lei")))
            .rstrip(":") for line in told] == [
        "reading", "Lei", "--charged-meal", "--charged-bed", "--extra", "--extra", "--extra",
        "--optional-extra",
    ]  # fmt: skip
    assert told[3] == "--charged-bed: no price is below zero, as -3 is"


def test_a_number_that_is_too_long_is_told_with_the_limit(portaria):
    (told,) = lines(portaria, "prices", "--on", "2024-01-15", "--charged-meal", "1234567890123")
    assert told.startswith("--charged-meal")
    assert "12 digits" in told
    longest = "123456789012.123456789012"
    assert portaria("social", "prices", "--on", "2024-01-15", "--charged-meal", longest).code == 0


# --- series -------------------------------------------------------------------------------------


def test_the_series_as_json_and_as_a_table(portaria):
    rows = told(portaria, "series")["series"]
    assert (rows[0]["academic_year"], rows[-1]["academic_year"]) == ("2017/18", "2026/27")
    assert rows[6]["bed"].items() >= {"exact": "84.07525", "max": "84.07"}.items()
    assert rows[0]["valid_from"] == "2017-09-01"
    shown = portaria("social", "series").out
    assert all(row["bed"]["exact"] in shown for row in rows)
    assert len(told(portaria, "series", "--reading", "first_month=ias_2016")["series"]) == 11


def test_the_files_of_the_series(portaria, tmp_path):
    paths = [tmp_path / f"prices{ending}" for ending in (".html", ".pdf", ".svg")]
    arguments = [each for path in paths for each in ("--out", path)]
    answer = portaria("social", "series", *arguments)
    assert answer.code == 0, answer.err
    assert all(str(path.name) in answer.out.replace("\n", "") for path in paths)
    first = [path.read_bytes() for path in paths]
    assert b"<svg" in first[0]
    assert first[1].startswith(b"%PDF")
    assert b"93.99" in first[2]
    assert portaria("social", "series", *arguments).code == 2
    assert portaria("social", "series", *arguments, "--replace", "-q").code == 0
    assert [path.read_bytes() for path in paths] == first
    other = ("--reading", "update=september", "--replace", "--lang", "pt-PT", "-q")
    assert portaria("social", "series", *arguments, *other).code == 0


@pytest.mark.parametrize(
    "names", [("a.png",), ("a",), ("a.svg", "a.svg"), ("a.pdf", "a.pdf"), ("no/a.svg",)]
)
def test_files_that_cannot_be_written_so_are_refused(names, portaria, tmp_path):
    arguments = [each for name in names for each in ("--out", tmp_path / name)]
    answer = portaria("social", "series", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def paths(tmp_path):
    return [tmp_path / f"prices{ending}" for ending in (".svg", ".html", ".pdf")]


def outs(paths):
    return [each for path in paths for each in ("--out", path)]


@pytest.mark.parametrize("number", [1, 2])
def test_where_one_file_cannot_be_written_none_is(number, paths, portaria, tmp_path, monkeypatch):
    rename = Path.replace

    def refuse(draft, target):
        if Path(target) == paths[number]:
            raise PermissionError(errno.EACCES, "no")
        return rename(draft, target)

    monkeypatch.setattr(Path, "replace", refuse)
    answer = portaria("social", "series", *outs(paths))
    assert (answer.code, answer.out) == (3, "")
    assert "nothing was written" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_stop_before_the_last_file_is_made_leaves_none(paths, portaria, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "portaria.documents.pdf.pdf", lambda *given: os.kill(os.getpid(), signal.SIGTERM)
    )
    answer = portaria("social", "series", *outs(paths))
    assert (answer.code, answer.err) == (130, "Stopped. Nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_named_twice_in_two_ways_is_refused(portaria, tmp_path):
    (tmp_path / "in").mkdir()
    names = (tmp_path / "a.svg", tmp_path / "in" / ".." / "a.svg")
    assert "named twice" in portaria("social", "series", *outs(names)).err


@pytest.mark.parametrize("lang", ["en", "pt-PT"])
def test_the_table_fits_a_terminal_of_80_columns(lang, portaria, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = portaria("social", "series", "--lang", lang).out
    assert ("2017-09-01" if lang == "en" else "01/09/2017") in out
    assert "421.32" in out.replace(",", ".")
    assert max(map(len, out.splitlines())) <= 80
    assert len(out.splitlines()) == 13
