"""`portaria recruitment` from the command line: lists on a day, papers, single questions."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from reference.recruitment.random_procedures import random_procedure
from reference.recruitment.situations import procedure
from regulations.recruitment.folder import write

from portaria.regulations.recruitment.results import COLUMNS

IPO = {
    "admitted": "ana bia",
    "excluded": "eva",
    "scores": {"ana": "15 12", "bia": "14 18"},
    "lists": {
        "admission": {"published": "2017-08-16", "hearing_days": 0, "title": "definitive"},
        "evaluation": {"published": "2017-08-16", "title": "definitive"},
    },
}
"""As Proc. 006/2017 was published: called definitive, with a hearing of three days open."""
OPEN, OVER = ("--on", "2017-08-16"), ("--on", "2017-08-22")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(procedure(IPO), tmp_path / "procedure")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_with_an_open_hearing_is_provisional_whatever_it_is_called(folder, portaria):
    answer = portaria("recruitment", "list", folder, *OPEN)
    assert answer.code == 0
    assert "List of the evaluation: PROVISIONAL" in answer.out
    assert "answers until August 21, 2017" in answer.out
    assert "titled-definitive" in portaria("recruitment", "list", folder, *OPEN, "--json").out
    assert "List of the evaluation: final since August 22, 2017" in (
        portaria("recruitment", "list", folder, *OVER).out
    )


def test_json_has_states_deadlines_ranking_and_exclusions(folder, portaria):
    found = json.loads(portaria("recruitment", "list", folder, *OPEN, "--json").out)
    first, second = found["lists"]
    assert (first["state"], second["state"]) == ("final", "provisional")
    assert second["hearing_until"] == "2017-08-21"
    assert second["law_until"] == "2017-08-30"
    assert second["final_from"] == "2017-08-22"
    assert second["blocks"] == ["hearing-open"]
    assert found["application_deadline"] == "2017-07-17"
    assert [(row["rank"], row["candidate"], row["score"]) for row in found["ranking"]] == [
        (1, "bia", "15.6"),
        (2, "ana", "13.8"),
    ]
    assert found["exclusions"] == [
        {
            "list": "admission",
            "candidate": "eva",
            "name": "Nome eva",
            "reason": "not in the career",
            "reason_code": None,
            "clause": "Aviso-8072 2/d",
        }
    ]
    assert found["public"]["admission"][2] == {"name": "Nome eva", "result": "excluded"}
    assert {row["code"] for row in found["warnings"]} == {
        "hearing-under-ten-days",
        "titled-definitive",
    }
    assert found["readings"]["hearing_days"] == "as_published"


def test_another_reading(folder, portaria):
    reading = ("--reading", "hearing_days=at_least_ten")
    found = json.loads(portaria("recruitment", "list", folder, *OVER, *reading, "--json").out)
    assert found["lists"][1]["hearing_until"] == "2017-08-30"
    for wrong in ("hearing_days=never", "colour=blue", "blue"):
        answer = portaria("recruitment", "list", folder, *OVER, "--reading", wrong)
        assert answer.code == 2


def test_results_are_written_whole_or_not_at_all(folder, portaria, tmp_path):
    out = tmp_path / "results"
    written = portaria("recruitment", "list", folder, *OPEN, "--out", out)
    assert written.code == 0
    assert "Only what is in its folder public may be published." in written.out
    for name, columns in COLUMNS.items():
        text = (out / f"{name}.csv").read_text(encoding="utf-8")
        assert text.split("\n", 1)[0] == ",".join(columns)
    public = out / "public"
    assert {path.name for path in public.iterdir()} == {"admission.csv", "evaluation.csv"}
    assert set(rows(public / "evaluation.csv")[0]) == {"name", "result", "rank", "score"}
    assert set(rows(public / "admission.csv")[0]) == {"name", "result"}
    before = {path.name: path.read_bytes() for path in out.glob("*.*")}
    assert portaria("recruitment", "list", folder, *OPEN, "--out", out).code == 2
    assert portaria("recruitment", "list", folder, *OPEN, "--out", out, "--replace", "-q").code == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.*")} == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine", encoding="utf-8")
    taken = ("--out", tmp_path / "other", "--replace")
    assert portaria("recruitment", "list", folder, *OPEN, *taken).code == 2


def test_every_fault_is_told_at_once_and_nothing_is_written(portaria, tmp_path):
    tables: dict[str, Any] = procedure(IPO)
    tables["decisions"][2] |= {"reason": "", "clause": ""}
    tables["scores"][0]["score"] = "20.01"
    tables["notice"]["posts"] = 0
    folder, out = write(tables, tmp_path / "procedure"), tmp_path / "results"
    problems = tmp_path / "problems.csv"
    answer = portaria("recruitment", "list", folder, *OPEN, "--out", out, "--problems", problems)
    assert answer.code == 1
    assert not out.exists()
    places = {(row["file"], row["row"], row["column"]) for row in rows(problems)}
    assert places == {
        ("decisions.csv", "4", "reason"),
        ("decisions.csv", "4", "clause"),
        ("notice.toml", "", "posts"),
    }
    tables["notice"]["posts"] = 1
    write(tables, folder)
    assert portaria("recruitment", "check", folder, "--problems", problems).code == 1
    assert ("scores.csv", "2", "score") in {
        (row["file"], row["row"], row["column"]) for row in rows(problems)
    }


def test_check_reads_what_the_papers_say_too(folder, portaria):
    answer = portaria("recruitment", "check", folder)
    assert (answer.code, answer.out) == (0, "No error: the procedure can be evaluated.\n")
    (folder / "papers.toml").write_text("[post]\ncolour = 'blue'\n", encoding="utf-8")
    answer = portaria("recruitment", "check", folder)
    assert answer.code == 1
    assert "post.colour" in answer.err


def test_papers_say_what_the_list_is_on_the_day(folder, portaria, tmp_path):
    out = tmp_path / "papers"
    assert portaria("recruitment", "documents", folder, *OPEN, "--out", out).code == 0
    papers = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["papers"]
    assert {row["kind"]: row.get("state") for row in papers} == {
        "notice": None,
        "admission-list": "final",
        "evaluation-list": "provisional",
        "evaluation-hearing": "provisional",
    }
    assert all((out / row["file"]).read_bytes().startswith(b"%PDF") for row in papers)
    over = portaria("recruitment", "documents", folder, *OVER, "--out", out, "--replace", "-q")
    assert over.code == 0
    assert {path.stem for path in out.glob("*.pdf")} == {
        "notice", "admission-list", "evaluation-list", "final-list",
    }  # fmt: skip


@pytest.mark.rules("list-state")
def test_there_is_no_final_paper_while_a_hearing_is_open(folder, portaria, tmp_path):
    out = tmp_path / "papers"
    only = ("--only", "final-list", "--out", out)
    answer = portaria("recruitment", "documents", folder, *OPEN, *only)
    assert answer.code == 2
    assert "the hearing is open" in answer.err
    assert not out.exists()
    assert portaria("recruitment", "documents", folder, *OVER, *only).code == 0
    wrong = ("--only", "diploma", "--out", tmp_path / "more")
    assert portaria("recruitment", "documents", folder, *OVER, *wrong).code == 2


def test_before_the_notice_there_is_no_procedure(folder, portaria):
    assert portaria("recruitment", "list", folder, "--on", "2017-07-02").code == 2


def test_quiet_prints_nothing(portaria, tmp_path):
    folder = write(random_procedure(4), tmp_path / "procedure")
    answer = portaria("recruitment", "list", folder, "--on", "2025-01-01", "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_generate_and_use(portaria, tmp_path):
    folder = tmp_path / "made"
    made = portaria("recruitment", "generate", folder, "--candidates", "30", "--seed", "2")
    assert made.code == 0
    assert "Candidates: 30." in made.out
    assert portaria("recruitment", "check", folder, "-q").code == 0
    assert portaria("recruitment", "generate", folder).code == 2
    assert portaria("recruitment", "generate", folder, "--replace").code == 0
    found = json.loads(portaria("recruitment", "list", folder, "--on", "2017-11-01", "--json").out)
    assert [row["state"] for row in found["lists"]] == ["final", "final"]


def test_the_last_day_to_apply(portaria):
    answer = portaria("recruitment", "apply-by", "--published", "2017-07-17", "--json")
    found = json.loads(answer.out)
    assert (found["date"], found["clause"]) == ("2017-07-31", "8072 4")
    closed = ("--closure", "2017-07-31", "--municipal", "2017-07-20")
    answer = portaria("recruitment", "apply-by", "--published", "2017-07-17", *closed)
    assert answer.out.startswith("August 1, 2017: 10 working days after July 17, 2017.")


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (("2017-07-31T10:00", "hand"), "in_time"),
        (("2017-07-31T13:00", "hand"), "not_at_that_hour"),
        (("2017-07-31T20:00", "registered_post"), "in_time"),
        (("2017-08-01T10:00", "hand"), "late"),
        (("2017-07-31T10:00", "other"), "wrong_way"),
    ],
)
@pytest.mark.rules("application-way")
def test_an_application(given, outcome, portaria):
    moment, way = given
    asked = ("--published", "2017-07-17", "--handed-in", moment, "--way", way)
    found = json.loads(portaria("recruitment", "application", *asked, "--json").out)
    assert found["outcome"] == outcome
    assert portaria("recruitment", "application", *asked).code == 0
    late = ("--reading", "post=received", "--received-on", "2017-07-30")
    wanted = 2 if way == "registered_post" else 0
    assert portaria("recruitment", "application", *asked, *late).code == wanted


def test_an_application_tells_both_clauses_and_both_dates(portaria):
    asked = ("--published", "2017-06-09", "--handed-in", "2017-06-27T10:00", "--way", "hand")
    asked += ("--municipal", "2017-06-13")
    found = json.loads(portaria("recruitment", "application", *asked, "--json").out)
    assert found == {
        "outcome": "in_time",
        "deadline": "2017-06-27",
        "clause": "8072 5/a",
        "deadline_clause": "8072 4",
        "other_municipal_reading": "2017-06-26",
        "flags": [],
    }
    told = portaria("recruitment", "application", *asked).out.replace("\u00a0", " ")
    assert "way that counts (Aviso 8072/2017, no. 5 a))." in told
    assert "The last day is June 27, 2017 (Aviso 8072/2017, no. 4)." in told
    assert "Under the other reading of the municipal holiday: June 26, 2017." in told
    plain = portaria("recruitment", "application", *asked[:-2], "--json").out
    assert json.loads(plain)["other_municipal_reading"] is None


def test_on_a_day_off_it_is_the_day_and_not_the_hour(portaria):
    asked = ("--published", "2017-07-17", "--way", "hand", "--handed-in")
    told = portaria("recruitment", "application", *asked, "2017-07-30T10:00").out
    assert told.startswith("Not accepted on that day")
    told = portaria("recruitment", "application", *asked, "2017-07-28T13:00").out
    assert told.startswith("Not accepted at that hour")


@pytest.mark.parametrize("post", ["postmark", "received"])
def test_no_letter_arrives_before_it_is_posted(post, portaria):
    asked = ("--published", "2017-07-17", "--handed-in", "2017-07-31T10:00")
    asked += ("--way", "registered_post", "--received-on", "2017-07-01")
    answer = portaria("recruitment", "application", *asked, "--reading", f"post={post}")
    assert answer.code == 2
    assert "cannot have arrived on July 1, 2017" in answer.err


def test_words_say_what_to_give(portaria, tmp_path):
    answer = portaria("recruitment", "requirements", "--areas", "-1")
    assert "from 0 to 7" in answer.err
    answer = portaria("recruitment", "generate", tmp_path / "made", "--candidates", "-1")
    assert "--candidates is -1: give a number from 1" in answer.err
    assert "YYYY-MM-DDTHH:MM" in portaria("recruitment", "application", "--help").out


def test_a_warning_names_its_file_row_and_column(folder, portaria, tmp_path):
    tables: dict[str, Any] = procedure(IPO)
    tables["lists"].reverse()
    late = {"answer": "R1", "list": "admission", "candidate": "eva", "received_on": "2017-08-17"}
    tables["answers"] = [late | {"decided_on": "", "outcome": "", "criterion": "", "score": ""}]
    write(tables, folder)
    told = tmp_path / "told.csv"
    portaria("recruitment", "list", folder, "--on", "2017-08-18", "--problems", told)
    found = {row["message"][:30]: row for row in rows(told)}
    assert {(row["file"], row["row"], row["column"]) for row in found.values()} == {
        ("lists.csv", "2", "hearing_days"),
        ("lists.csv", "2", "title"),
        ("answers.csv", "2", "received_on"),
    }
    assert {row["clause"] for row in found.values()} == {"CPA 122/1", "CPA 121", ""}


@pytest.mark.parametrize("others", [{}, {"admission": "2017-08-17"}])
def test_an_evaluation_before_the_admission_is_told(others, portaria, tmp_path):
    lists = {"evaluation": "2017-08-16", **others}
    folder = write(procedure(IPO | {"lists": lists}), tmp_path / "procedure")
    on = ("--on", "2017-08-18")
    found = json.loads(portaria("recruitment", "list", folder, *on, "--json").out)
    codes = {row["code"] for row in found["warnings"]}
    assert "evaluation-before-admission" in codes
    assert "evaluation-in-hearing" not in codes


def test_no_sentence_stands_on_another_process(folder, portaria, tmp_path):
    for on in (OPEN, OVER):
        answer = portaria("recruitment", "list", folder, *on)
        assert "006/2017 (" not in answer.out
        assert "Proc" not in answer.out.replace("Process 006/2017", "") + answer.err
    assert "CPA, arts. 121 and 122" in answer.out.replace("\u00a0", " ")


def test_who_fails_in_a_method_has_a_reason_in_words_and_a_code(portaria, tmp_path):
    folder = write(procedure(IPO | {"minima": {"cv": "14.5"}}), tmp_path / "procedure")
    found = json.loads(portaria("recruitment", "list", folder, *OVER, "--json").out)
    out = found["exclusions"][1]
    assert out["reason_code"] == "below-minimum:cv"
    assert out["reason"] == "abaixo do mínimo em cv"
    assert "below the minimum of cv" in portaria("recruitment", "list", folder, *OVER).out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('process = "x', "it ends before it is complete"),
        ('process = "1/2017"\nposts = \n', "it is no TOML at line 2"),
        (None, "it does not exist"),
        (b"process = '\xff'", "is not UTF-8"),
    ],
)
def test_a_broken_notice_is_told_in_our_words(text, words, folder, portaria):
    path = folder / "notice.toml"
    path.unlink()
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = " ".join(portaria("recruitment", "check", folder).err.split())
    assert words in told
    assert "Expected" not in told
    assert "Unterminated" not in told


def test_papers_say_what_is_meant(folder, portaria):
    text = 'post = 3\n[institution]\nname = ""\n'
    for given, words in (
        ('[post]\nrequirements = "x"\n', "a list of texts, in square brackets"),
        ('[post]\ndocuments = ["x", 3]\n', "a text that is not empty"),
        (text, "a table with title, requirements, documents, apply_to, answers_to"),
    ):
        (folder / "papers.toml").write_text(given, encoding="utf-8")
        problems = folder.parent / "problems.csv"
        assert portaria("recruitment", "check", folder, "--problems", problems).code == 1
        assert any(words in row["message"] for row in rows(problems))


def test_a_hearing_beyond_the_known_years_is_found_by_check(portaria, tmp_path):
    late = {"admission": {"published": "2027-12-20", "hearing_days": 3}}
    folder = write(procedure(IPO | {"lists": late}), tmp_path / "procedure")
    problems = tmp_path / "problems.csv"
    assert portaria("recruitment", "check", folder, "--problems", problems).code == 1
    (row,) = rows(problems)
    assert (row["file"], row["row"], row["column"]) == ("lists.csv", "2", "hearing_days")
    assert "would end after 2027" in row["message"]


def test_the_requirements(portaria):
    assert portaria("recruitment", "requirements", "--areas", "3").out == "To be admitted.\n"
    answer = portaria("recruitment", "requirements", "--areas", "3", "--no-indefinite", "--json")
    assert json.loads(answer.out) == {
        "result": "excluded",
        "reasons": [{"reason": "no-indefinite-public-employment", "clause": "8072 2/d"}],
    }
    answer = portaria("recruitment", "requirements", "--areas", "3", "--no-cv-signed")
    assert "the signature on the CV" in answer.out
    assert portaria("recruitment", "requirements", "--areas", "8").code == 2
