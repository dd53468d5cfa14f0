"""`access exchange`, `relocate`, `rectify`, `exclude`, `complaint`: printed, written, refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from aftermath import placed, tables_of

from . import tree

PROGRAMMES = {"x": "1 19", "y": "2 19", "small": "9 19"}
PEOPLE = {
    "A": "150 19=150 > x",
    "B": "130 19=130 07=120 > x y",
    "C": "140 19=140 > y",
    "S": "120 19=120 > small",
}
DAYS = ("--enrolled-first", "2017-09-12", "--enrolled-second", "2017-09-13")
EXCHANGE = ("--first", "A", "--second", "C", *DAYS)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A in x, B and C in y, S alone in small."""
    return placed(tables_of(PROGRAMMES, PEOPLE), tmp_path).folder


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def enrolments(folder: Path) -> Path:
    """Everybody enrolled."""
    lines = [f"{code},true,," for code in "ABCS"]
    text = "\n".join(["candidate,enrolled,programme,cancelled", *lines]) + "\n"
    (folder / "enrolments.csv").write_text(text, encoding="utf-8")
    return folder / "enrolments.csv"


@pytest.fixture
def patch(tmp_path: Path) -> Path:
    """B's exam 19 corrected from 130 to 180: she would have had x."""
    folder = tmp_path / "patch"
    folder.mkdir()
    text = "candidate,exam,grade\nB,19,180\nB,07,120\n"
    (folder / "exams.csv").write_text(text, encoding="utf-8")
    return folder


def test_an_exchange_is_refused_with_every_condition_told(portaria, results):
    answer = portaria("access", "exchange", results, *EXCHANGE, "--on", "2017-10-20")
    assert answer.code == 0
    out = " ".join(answer.out.split())
    assert "Refused: 2 conditions are not met." in out
    assert "Asked for on October 20, 2017, too late" in out
    assert "2017-09-30 (Saturday)" in out
    assert "NOT MET: The application grade of C at x, 140.0, is below the last placed" in out
    assert "met: A took the entrance exams of y: 19 (art. 54, no. 1, a))." in out
    assert "Nothing changes." in out


def test_an_exchange_says_what_other_readings_would_answer(portaria, results):
    answer = portaria("access", "exchange", results, *EXCHANGE, "--on", "2017-09-29", "--json")
    told = json.loads(answer.out)
    assert (told["answer"], told["accepted"], told["procedure"]) == ("refused", False, "exchange")
    assert told["readings"]["days"] == "working_days"
    (term,) = [c for c in told["conditions"] if c["code"] == "exchange-in-time"]
    assert term["deadline"]["last_day"] == "2017-10-04"
    assert term["met"] is True


def test_an_answer_is_written_beside_the_results_which_stay_as_they_are(
    portaria, results, patch, tmp_path
):
    before = tree(results)
    out = tmp_path / "out"
    arguments = ("access", "rectify", results, "--patch", patch, "--candidate", "B", "--out", out)
    answer = portaria(*arguments)
    assert answer.code == 0, answer.err
    assert tree(results) == before
    assert rows(out / "rectified.csv")[1:] == [["B", "y", "x", "211-A 57/3/b"]]
    assert rows(out / "adjustments.csv") == [
        ["programme", "vl2", "vr"],
        ["x", "0", "1"],
        ["y", "1", "0"],
    ]
    assert not (out / "enrolments.csv").exists()
    assert rows(out / "enrolments-changes.csv") == [
        ["candidate", "enrolled", "programme", "cancelled"],
        ["B", "", "x", "false"],
    ]
    assert rows(out / "not_moved.csv")[1:] == [["A", "x", "not_placed", "211-A 57/5"]]
    assert "1 other would be placed otherwise" in answer.out
    assert portaria(*arguments).code == 2
    assert portaria(*arguments, "--replace").code == 0
    assert portaria("access", "verify", results, "--quiet").code == 0


def test_the_changes_alone_are_no_table_for_the_next_phase(portaria, results, patch, tmp_path):
    arguments = ("--patch", patch, "--candidate", "B", "--out", tmp_path / "out")
    assert portaria("access", "rectify", results, *arguments, "--quiet").code == 0
    changes = tmp_path / "out" / "enrolments-changes.csv"
    answer = portaria("access", "next", results, "--out", tmp_path / "n", "--enrolments", changes)
    assert answer.code == 1
    assert "the cell is empty" in " ".join(answer.err.split())


def test_the_table_comes_back_whole_with_the_columns_of_the_office(portaria, results, tmp_path):
    table = tmp_path / "matriculas.csv"
    table.write_text(
        "candidate,enrolled,programme,cancelled,nota\nA,sim,,,a\nB,sim,,,b\n", encoding="utf-8"
    )
    arguments = ("--candidate", "A", "--clause", "56/1/d", "--enrolments", table)
    assert portaria("access", "exclude", results, *arguments, "--out", tmp_path / "out").code == 0
    assert rows(tmp_path / "out" / "enrolments.csv") == [
        ["candidate", "enrolled", "programme", "cancelled", "nota"],
        ["A", "false", "", "true", "a"],
        ["B", "true", "", "false", "b"],
    ]


def test_problems_are_written_with_the_file_and_the_row(portaria, results, tmp_path):
    consents, found = tmp_path / "quem.csv", tmp_path / "problems.csv"
    header = "candidate,programme,student_consents,institution_consents\n"
    consents.write_text(f"{header}\nA,y,sim,sim\n", encoding="utf-8")
    arguments = ("--programme", "small", "--enrolments", enrolments(tmp_path), "--quiet")
    arguments += ("--problems", found, "--consents", consents)
    assert portaria("access", "relocate", results, *arguments).code == 1
    ((severity, file, _, row, column, value, code, *_),) = rows(found)[1:]
    assert (severity, file, row, column) == ("error", "quem.csv", "3", "candidate")
    assert (value, code) == ("A", "relocation-not-enrolled-there")
    consents.write_text(f"{header}S,y,sim,talvez\n", encoding="utf-8")
    assert portaria("access", "relocate", results, *arguments).code == 1
    assert [each[6] for each in rows(found)[1:]] == ["not-a-boolean"]
    consents.write_text(f"{header}S,y,sim,sim\n", encoding="utf-8")
    assert portaria("access", "relocate", results, *arguments).code == 0
    assert len(rows(found)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("exchange", *EXCHANGE),
        ("exclude", "--candidate", "A", "--clause", "56/1/d"),
        ("complaint", "--candidate", "B", "--published", "2017-09-11", "--filed", "2017-09-13"),
        ("rectify", "--candidate", "B", "--patch", "PATCH"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_procedure_writes_its_problems(portaria, results, patch, tmp_path, arguments):
    given = [str(patch) if each == "PATCH" else each for each in arguments[1:]]
    found = tmp_path / "problems.csv"
    command = ("access", arguments[0], results, *given, "--problems", found, "--quiet")
    assert portaria(*command).code == 0
    assert len(rows(found)) == 1


def test_the_ground_that_the_office_states(portaria, results):
    arguments = ("access", "exclude", results, "--candidate", "A", "--clause", "60")
    out = " ".join(portaria(*arguments).out.split())
    assert "open: The ground given, 211-A 60, is not among those" in out
    assert "Accepted" in portaria(*arguments, "--ground-stated").out


def test_a_folder_of_results_is_never_replaced(portaria, results, patch):
    arguments = ("--patch", patch, "--candidate", "B", "--out", results, "--replace")
    before = tree(results)
    assert portaria("access", "rectify", results, *arguments).code == 2
    assert tree(results) == before


def test_a_patch_with_other_people_is_refused_with_the_rows(portaria, results, patch):
    text = (patch / "exams.csv").read_text(encoding="utf-8")
    (patch / "exams.csv").write_text(text + "C,19,100\n", encoding="utf-8")
    answer = portaria("access", "rectify", results, "--patch", patch, "--candidate", "B")
    assert answer.code == 1
    assert "take C out" in " ".join(answer.err.split())


def test_everybody_enrolled_in_a_programme_is_relocated(portaria, results, tmp_path):
    consents = tmp_path / "consents.csv"
    header = "candidate,programme,student_consents,institution_consents\n"
    consents.write_text(f"{header}S,y,sim,sim\n", encoding="utf-8")
    arguments = ("--programme", "small", "--enrolments", enrolments(tmp_path))
    arguments += ("--consents", consents)
    refused = portaria("access", "relocate", results, *arguments)
    assert "Refused: 2 conditions are not met." in refused.out
    assert "Too few seats left over at y: 0; wanted: 1" in " ".join(refused.out.split())
    vacancies = tmp_path / "vacancies.csv"
    vacancies.write_text("programme,seats\ny,1\n", encoding="utf-8")
    arguments += ("--vacancies", vacancies, "--last-phase", "--out", tmp_path / "out")
    accepted = portaria("access", "relocate", results, *arguments)
    assert "Accepted: every condition is met." in accepted.out
    assert rows(tmp_path / "out" / "enrolments.csv")[-1] == ["S", "true", "y", "false"]
    assert len(rows(tmp_path / "out" / "enrolments.csv")) == 5


def test_the_rows_of_consents_are_checked(portaria, results, tmp_path):
    consents = tmp_path / "consents.csv"
    header = "candidate,programme,student_consents,institution_consents\n"
    consents.write_text(f"{header}A,y,sim,talvez\n", encoding="utf-8")
    arguments = ("--programme", "small", "--enrolments", enrolments(tmp_path))
    answer = portaria("access", "relocate", results, *arguments, "--consents", consents)
    assert answer.code == 1
    assert "talvez" in answer.err
    consents.write_text(f"{header}A,y,sim,sim\n", encoding="utf-8")
    answer = portaria("access", "relocate", results, *arguments, "--consents", consents)
    assert (answer.code, "is not enrolled" in " ".join(answer.err.split())) == (1, True)


def test_an_exclusion_tells_the_term_of_the_next_phase(portaria, results, tmp_path):
    arguments = ("--candidate", "A", "--clause", "56/1/d", "--out", tmp_path / "out")
    answer = portaria("access", "exclude", results, *arguments)
    assert answer.code == 0
    out = " ".join(answer.out.split())
    assert "A: x → Excluded from the contest (art. 56, no. 1, d))." in out
    assert "in the seats of phase 2 it counts in VSM" in out
    assert "Nobody else moves in this phase." in out
    assert rows(tmp_path / "out" / "changes.csv")[1] == ["A", "x", "excluded", "211-A 56/1/d"]
    assert rows(tmp_path / "out" / "enrolments-changes.csv")[1] == ["A", "false", "", "true"]


def test_a_complaint_needs_the_term_that_the_office_fixed(portaria, results):
    dates = ("--published", "2017-09-11", "--filed", "2017-09-13")
    arguments = ("access", "complaint", results, "--candidate", "B", *dates)
    assert "give its last day with --until" in " ".join(portaria(*arguments).out.split())
    answer = portaria(*arguments, "--until", "2017-09-12", "--notified", "2017-10-02")
    out = " ".join(answer.out.split())
    assert "too late: the term fixed by the office ended on September 12, 2017" in out
    assert "she enrols by October 12, 2017 (art. 40, no. 7)" in out
    assert "Option 1, x: grade 130.0, place 2." in out


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (("--reading", "days"), "NAME=CHOICE"),
        (("--reading", "days=weeks"), "weeks"),
        (("--on", "12-09-2017"), "12-09-2017"),
        (("--first", "stranger"), "stranger"),
    ],
)
def test_what_cannot_be_asked_is_refused(portaria, results, extra, said):
    answer = portaria("access", "exchange", results, *EXCHANGE, *extra)
    assert answer.code in (1, 2)
    assert said in answer.err


def test_the_answers_are_in_portuguese_by_default(portaria, results, monkeypatch):
    monkeypatch.delenv("PORTARIA_LANG")
    answer = portaria("access", "exchange", results, *EXCHANGE, "--on", "2017-09-20")
    out = " ".join(answer.out.split())
    assert "Permuta" in out
    assert "A nota de candidatura de C em x, 140,0, é inferior" in out


# --- the page ------------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "access" / "procedures.md"
BLOCKS = PAGE.read_text(encoding="utf-8").split("```")[1::2]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[3])
def test_the_page_shows_what_is_printed(portaria, tmp_path, block):
    results = tmp_path / "RESULTS"
    example = ROOT / "examples" / "contest"
    assert portaria("access", "place", example, "--out", results, "--quiet").code == 0
    command, _, shown = block.replace("\\\n", "").strip().partition("\n")
    places = {"RESULTS": str(results)}
    arguments = [
        str(ROOT / word) if word.startswith("examples/") else places.get(word, word)
        for word in command.split()[2:]
    ]
    answer = portaria(*arguments)
    assert " ".join(answer.out.split()) == " ".join(shown.split())
    assert answer.code == 0
