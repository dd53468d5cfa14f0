"""`access plan` as a person meets it: what it prints, what it refuses, what it writes."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
GRADES = ("--secondary", "168", "--exam", "19=138", "--exam", "07=151")
MECHANICS = ("--search", "engenharia mecânica porto")


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_the_page_shows_what_is_printed(portaria):
    """The command of the page, and its answer in Portuguese."""
    page = (ROOT / "docs" / "access" / "plan.md").read_text(encoding="utf-8")
    blocks = [block.strip() for block in page.split("```")[1::2]]
    command, shown = blocks[0].replace("\\\n", " "), blocks[1]
    assert command.startswith("portaria access plan ")
    answer = portaria(*shlex.split(command)[1:], "--lang", "pt-PT")
    assert (answer.code, answer.err) == (0, "")
    assert unwrapped(answer.out) == unwrapped(shown)


def test_the_table_says_the_arithmetic_the_years_and_what_was_enough(portaria):
    """168 x 50 + 151 x 25 + 138 x 25 = 156.25; to reach 162.0 in 2021 (161.95): 174 in exam 07."""
    said = unwrapped(portaria("access", "plan", *GRADES, *MECHANICS).out)
    assert "2 programmes you can apply to" in said
    assert (
        "(secondary 168 × 50 + exam 07 Física e Química: 151 × 25 + exam 19 Matemática A: 138 × 25)"
        " / 100 = 156.25, rounded to 156.3." in said
    )
    assert "156.3 +12.3 +4.3 +3.1 Engenharia Mecânica Automóvel" in said
    assert "Against the last placed: above in 3 of 3 years." in said
    assert (
        "To equal the last placed of 2021 (162.0), one exam was enough: 174 in exam 07 Física e "
        "Química (has 151) or 161 in exam 19 Matemática A (has 138)." in said
    )
    assert (
        "Missing: 2 more points in exam 19 Matemática A (has 138). Minimum in each exam: 140 "
        "(art. 7, no. 1, b))." in said
    )


def test_it_says_that_it_promises_and_decides_nothing(portaria):
    said = unwrapped(portaria("access", "plan", *GRADES, *MECHANICS).out)
    for sentence in (
        "Last grades change every year",
        "is no promise of a seat",
        "This is no decision",
        "lists of 2026, a weak source: nearly all weights are 50 and 50",
        "Of the programmes of 2021, 108 are left out",
        "Exam 19 Matemática A also gives 16 Matemática",
    ):
        assert sentence in said, sentence


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--secondary 165 --exam 19=201", "whole number from 0 to 200"),
        ("--secondary 165 --exam 19=abc", "--exam 19=abc: the grade of an exam is a whole number"),
        ("--secondary 165 --exam 19", "write CODE=GRADE"),
        ("--secondary 165", "give at least one exam"),
        ("--secondary 165 --exam 99=100", "no programme asks for the exam 99"),
        ("--secondary 16.5 --exam 19=150", "looks like a grade from 0 to 20"),
        ("--secondary 16,5 --exam 19=150", "on the scale from 0 to 200, 165"),
        ("--secondary 250 --exam 19=150", "a number from 0 to 200 is meant"),
        ("--exam 19=150", "your secondary grade is missing"),
        ("--secondary 165 --two-cycle 15 16 --exam 19=150", "not both"),
        ("--two-cycle 15 160 --exam 19=150", "a number from 0 to 20 is meant"),
        ("--secondary 165 --exam 19=150 --prerequisite A=x", "--prerequisite A=x: write its group"),
        ("--secondary 165 --exam 19=150 --district Atlantis", "is known to be in Atlantis"),
        ("--secondary 165 --exam 19=150 --limit 0", "--limit"),
        ("/no/such/folder --secondary 165 --exam 19=150", "/no/such/folder"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(arguments, said, portaria):
    answer = portaria("access", "plan", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in unwrapped(answer.err)
    assert "Traceback" not in answer.err


def test_what_is_unlikely_is_doubted_and_done(portaria):
    answer = portaria(
        "access", "plan", "--secondary", "165", "--exam", "19=15", "--prerequisite", "A",
        *MECHANICS,
    )  # fmt: skip
    assert answer.code == 0
    assert "warning: Exam 19: 15 of 200 points is very low" in answer.err
    assert "warning: No programme here asks for the prerequisite A" in answer.err


def test_nothing_found(portaria):
    answer = portaria("access", "plan", *GRADES, "--search", "xyzzy")
    assert (answer.code, answer.err) == (0, "")
    assert "No programme has these words" in answer.out


def test_json_has_the_same_numbers(portaria):
    answer = portaria("access", "plan", *GRADES, *MECHANICS, "--json")
    told = json.loads(answer.out)
    assert told["requirements_year"] == 2026
    assert told["added"] == [{"exam": "16", "by": "19", "grade": 138}]
    first = told["programmes"][0]
    assert (first["programme"], first["eligible"]) == ("3135/9936", True)
    assert (first["grade"], first["arithmetic"]["total"]) == ("156.3", "156.25")
    assert [year["difference"] for year in first["years"]] == [123, 43, 31]


def test_the_file_has_every_programme(portaria, tmp_path):
    """Without --limit all of them; the terminal shows fifteen of each."""
    file = tmp_path / "plan.csv"
    answer = portaria("access", "plan", *GRADES, "--out", file)
    assert answer.code == 0
    assert "more are not shown" in unwrapped(answer.out)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 962
    row = next(row for row in rows if row["programme"] == "3135/9123")
    assert (row["grade"], row["exams"], row["difference_tenths_2021"]) == (
        "156.3", "07=151*25;19=138*25", "-57",
    )  # fmt: skip
    assert (row["years"], row["years_reached"]) == ("3", "0")
    assert (row["target_year"], row["one_exam"]) == ("2021", "07=174;19=161")
    again = portaria("access", "plan", *GRADES, "--out", file)
    assert (again.code, again.out) == (2, "")
    assert portaria("access", "plan", *GRADES, "--out", file, "--replace").code == 0


def test_quiet_prints_nothing(portaria, tmp_path):
    file = tmp_path / "plan.csv"
    answer = portaria("access", "plan", *GRADES, *MECHANICS, "--quiet", "--out", file)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert file.exists()


def test_a_contest_of_ones_own(small, portaria):
    """33.34 x 150 + 66.66 x 141 = 144.0006; the sport programme takes the grade with PE."""
    arguments = (
        "--secondary", "150", "--secondary-with-pe", "180", "--exam", "02=141",
        "--prerequisite", "G", "--prerequisite", "M=100",
    )  # fmt: skip
    answer = portaria("access", "plan", small.folder, *arguments, "--json")
    told = {each["programme"]: each for each in json.loads(answer.out)["programmes"]}
    assert told["1102/9002"]["arithmetic"]["total"] == "144.0006"
    assert told["1103/9003"]["arithmetic"]["secondary"] == {
        "kind": "with_pe", "value": "180", "a": None, "b": None, "w_a": None, "w_b": None,
    }  # fmt: skip
    assert told["1101/9001"]["missing"]["nearest"][0]["not_taken"] == ["19"]
    assert {year["state"] for each in told.values() for year in each["years"]} == {"absent"}
    said = unwrapped(portaria("access", "plan", small.folder, *arguments).out)
    assert "There is no published year to compare with." in said
    assert "lists of 2026" not in said


def test_a_contest_with_errors(small, portaria, tmp_path):
    small.change("exam_sets.csv", "1101/9001,1,19,50", "1101/9001,1,19,55")
    file = tmp_path / "problems.csv"
    answer = portaria("access", "plan", small.folder, *GRADES, "--problems", file)
    assert (answer.code, answer.out) == (1, "")
    assert "the weights add to 105, not to 100" in unwrapped(answer.err)
    assert "weights-not-100" in file.read_text(encoding="utf-8")


def test_a_name_cannot_write_to_the_terminal(small, portaria):
    small.change("programmes.csv", "Matemática", "\x1b[31mMate[b]mática")
    answer = portaria("access", "plan", small.folder, *GRADES)
    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert re.search(r"Mate\[b\]mática", answer.out)


@pytest.mark.parametrize("lang", ["pt-PT", "pt-BR", "en"])
def test_the_help_names_every_option(lang, portaria):
    answer = portaria("--lang", lang, "access", "plan", "--help")
    assert answer.code == 0
    for option in ("--secondary", "--two-cycle", "--exam", "--prerequisite", "--search", "--out"):
        assert option in answer.out
