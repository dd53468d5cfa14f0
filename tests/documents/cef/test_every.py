"""Every paper of a folder: which the data allow, by which names, and the command that writes."""

from __future__ import annotations

import json
from datetime import date

import pytest
import typer
from reference.cef.random_courses import random_course, random_day
from typer.testing import CliRunner

from documents.cef.classes import ON, TEAM, course_of, evaluated, meeting, tables
from documents.cef.classes import PAPERS as CLASS
from documents.cef.conftest import PASSPHRASE as KEY_PASSPHRASE
from documents.cef.conftest import status_of
from portaria.cli.cef.documents import PASSPHRASE, documents, is_papers
from portaria.core.errors import InputError, UsageError
from portaria.documents.cef.every import KINDS, check_records, every_paper
from portaria.documents.cef.final import days_of
from portaria.documents.cef.records import Papers, Records
from portaria.regulations.cef.evaluate import evaluate

NO_RECORDS = Records(Papers(), {}, {})


@pytest.mark.parametrize("seed", range(25))
def test_every_paper_of_random_classes_can_be_made(seed, tmp_path):
    evaluation = evaluate(course_of(tmp_path, random_course(seed)), random_day(seed))
    found = [*every_paper(evaluation, NO_RECORDS)]
    assert all(made.make().startswith(b"%PDF") for made in found)
    certified = {made.student for made in found if made.kind == "certificate"}
    outcomes = dict(evaluation.certification.select("student", "outcome").iter_rows())
    days = days_of(evaluation)
    assert evaluation.course.classes["school_year_start"].to_list() == [date(2024, 9, 1)]
    assert date(2026, 6, 1) <= days.year_9 == days.practical
    of_records = {student for student, outcome in outcomes.items() if outcome != "none"}
    if evaluation.on >= days.year_9:
        assert certified == of_records
    passed = set(evaluation.passed["student"])
    rows = evaluation.certification.select("student", "outcome", "components").iter_rows()
    assert certified >= {
        student
        for student, outcome, components in rows
        if outcome == "statement"
        or (outcome == "components" and (components != "practical" or student in passed))
    }
    assert certified <= of_records
    assert len({made.code for made in found if made.code}) == len(certified)


EARLY = date(2025, 1, 15)


def test_certificates_of_the_course_wait_for_its_end(tmp_path):
    course = course_of(tmp_path, tables())
    late = [m.student for m in every_paper(evaluate(course, ON), NO_RECORDS, kinds=["certificate"])]
    early = evaluate(course, EARLY)
    made = [m.student for m in every_paper(early, NO_RECORDS, kinds=["certificate"])]
    assert made == ["18", "8"]
    held, less = check_records(early, NO_RECORDS, ["certificate"])
    assert {(each.severity, each.clause) for each in (held, less)} == {("warning", "CEF 16/3")}
    assert str(held.message) == (
        f"{len(late) - 2} certificates of the course, of year 9 or of the practical component are "
        "not made: they are assessed after the internship; ask again with a day from July 14, 2026 "
        "on, or give the day of an earlier PAF in papers.toml"
    )
    assert str(less.message) == (
        "2 certificates leave out the practical component, which is assessed after the "
        "internship; ask again with a day from July 14, 2026 on, or give the day of an earlier "
        "PAF in papers.toml"
    )
    assert check_records(early, NO_RECORDS, ["grade-sheet"]) == []
    assert check_records(early, NO_RECORDS) == [held, less]
    assert check_records(evaluate(course, ON), NO_RECORDS) == []


def test_a_known_paf_is_what_the_practical_component_waits_for(tmp_path):
    course, records = course_of(tmp_path, tables()), Records(CLASS, {}, {})
    found = evaluate(course, date(2026, 7, 16))
    told = [str(problem.message) for problem in check_records(found, records)]
    assert all(words.endswith("ask again with a day from July 20, 2026 on") for words in told)
    made = {m.student for m in every_paper(found, records, kinds=["certificate"])}
    outcomes = dict(found.certification.select("student", "outcome").iter_rows())
    assert made == {s for s, outcome in outcomes.items() if outcome != "professional_and_school"}


def test_a_notice_after_its_paf_is_warned_of(tmp_path):
    course, records = course_of(tmp_path, tables(students=2)), Records(CLASS, {}, {})
    for on, told in ((date(2026, 7, 20), 0), (date(2026, 7, 21), 1)):
        for kinds in (["paf-notice"], []):
            found = check_records(evaluate(course, on), records, kinds)
            assert [p.code for p in found] == ["cef-paf-notice-too-late"] * told
            assert [p.column for p in found] == ["paf.at"] * told
        assert check_records(evaluate(course, on), records, ["minutes"]) == []


def test_the_certificates_of_each_class_wait_for_its_own_end(tmp_path):
    given = tables(students=2)
    for table in (name for name in given if name != "course"):
        given[table] = [row | {"class": name} for row in given[table] for name in ("2A", "1B")]
    (tmp_path / "classes.csv").write_text(
        "class,start,school_year_start\n2A,,\n1B,2025-09-15,2025-09-01\n"
    )
    found = evaluate(course_of(tmp_path, given), ON)
    made = [m.name for m in every_paper(found, NO_RECORDS, kinds=["certificate"])]
    assert made == ["2A/certificate-1.pdf", "2A/certificate-2.pdf"]
    (problem,) = check_records(found, NO_RECORDS)
    assert (problem.column, problem.value, problem.message.params["count"]) == ("class", "1B", 2)
    assert problem.message.params["how"].params["day"] == date(2027, 7, 13)


def test_only_the_papers_that_the_data_allow(tmp_path):
    given = tables(students=2)
    given["internship"], given["paf"] = [], []
    found = evaluate(course_of(tmp_path, given), ON)
    kinds = {made.kind for made in every_paper(found, NO_RECORDS)}
    assert kinds == {"grade-sheet", "attendance", "certificate"}


def test_file_names_are_plain_and_each_is_there_once(tmp_path):
    given = tables(students=4)
    keys = {"1": "a/b", "2": "a b", "3": "A_b", "4": "../x"}
    for table in ("students", "unit_grades", "absences", "internship", "paf"):
        for row in given[table]:
            row["student"] = keys[row["student"]]
    found = evaluate(course_of(tmp_path, given), ON)
    names = [made.name for made in every_paper(found, NO_RECORDS, kinds=["certificate"])]
    assert sorted(names) == [
        "certificate-A_b.pdf",
        "certificate-_x.pdf",
        "certificate-a_b-2.pdf",
        "certificate-a_b-3.pdf",
    ]


def test_many_classes_have_a_folder_each(tmp_path):
    given = tables(students=2)
    for table in (name for name in given if name != "course"):
        given[table] = [row | {"class": name} for row in given[table] for name in ("2A", "2B")]
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "classes.csv").write_text("class\n2A\n2B\n")
    found = evaluate(course_of(tmp_path / "f", given), ON)
    made = [*every_paper(found, NO_RECORDS)]
    assert {m.name.split("/")[0] for m in made} == {"2A", "2B"}
    assert len(made) == 2 * len({m.name.split("/")[1] for m in made})
    assert all(m.make() for m in made)


def test_a_kind_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no paper is called diploma; known: grade-sheet"):
        [*every_paper(evaluated(tmp_path, students=1), NO_RECORDS, kinds=["diploma"])]


@pytest.fixture
def folder(tmp_path):
    """A class of three with all its records."""
    course_of(tmp_path / "class", tables(students=3))
    place = '[paf]\nplace = "Sala 1"\nat = 2026-07-20T10:00:00\n'
    (tmp_path / "class" / "papers.toml").write_text(place)
    (tmp_path / "class" / "meetings").mkdir()
    written = json.dumps(meeting())
    (tmp_path / "class" / "meetings" / "final.json").write_text(written, encoding="utf-8")
    (tmp_path / "class" / "internship_plans").mkdir()
    (tmp_path / "class" / "internship_plans" / "1.toml").write_text('student = "1"')
    return tmp_path / "class"


@pytest.fixture
def run():
    """The command alone, as the group will call it."""
    app = typer.Typer()
    app.command()(documents)

    def run_here(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return run_here


def test_the_command_writes_all_papers_and_a_manifest(run, folder, tmp_path):
    out = tmp_path / "out"
    run(folder, "--on", ON, "--out", out)
    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["papers"]
    assert {row["kind"] for row in rows} == set(KINDS)
    assert {row["file"] for row in rows} == {path.name for path in out.glob("*.pdf")}
    assert [row["student"] for row in rows if "code" in row] == ["1", "2", "3"]
    assert is_papers(out)


def test_the_command_writes_the_same_bytes_again(run, folder, tmp_path):
    asked = (folder, "--on", ON, "--only", "certificate", "--only", "minutes", "--out")
    run(*asked, tmp_path / "a")
    run(*asked, tmp_path / "b")
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert first == second
    assert len(first) == 5
    with pytest.raises(UsageError, match="exists already"):
        run(*asked, tmp_path / "a")
    run(*asked, tmp_path / "a", "--replace")


def test_a_faulty_record_stops_it_before_anything_is_written(run, folder, tmp_path):
    wrong = json.dumps(meeting(chair=TEAM[1], secretary="Nobody"))
    (folder / "meetings" / "final.json").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(folder, "--on", ON, "--out", tmp_path / "out", "--quiet")
    wrong = [problem.column for problem in caught.value.problems if problem.severity == "error"]
    assert wrong == ["secretary"]
    assert not (tmp_path / "out").exists()


def test_what_waits_for_the_end_of_the_course_is_told_once(run, folder, tmp_path):
    out = tmp_path / "out"
    run(folder, "--on", EARLY, "--out", out, "--problems", tmp_path / "problems.csv")
    told = (tmp_path / "problems.csv").read_text(encoding="utf-8")
    assert told.count(',cef-certificates-held-back,"3 ') == 1
    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["papers"]
    assert {row["kind"] for row in rows} == {*KINDS} - {"certificate"}
    with pytest.raises(UsageError, match="allow none of the papers"):
        run(folder, "--on", EARLY, "--out", tmp_path / "none", "--only", "certificate")


def test_minutes_are_named_after_their_file(run, folder, tmp_path):
    written = json.dumps(meeting(number=10))
    (folder / "meetings" / "outra.reunião.JSON").write_text(written, encoding="utf-8")
    run(folder, "--on", ON, "--out", tmp_path / "out", "--only", "minutes")
    names = {path.name for path in (tmp_path / "out").glob("*.pdf")}
    assert names == {"minutes-final.pdf", "minutes-outra.reunião.pdf"}


def test_nothing_that_was_asked_for(run, folder, tmp_path):
    (folder / "papers.toml").unlink()
    with pytest.raises(UsageError, match="allow none of the papers"):
        run(folder, "--on", ON, "--out", tmp_path / "out", "--only", "paf-notice")


def test_signing_asks_for_the_passphrase_of_the_environment(run, folder, tmp_path, monkeypatch):
    (tmp_path / "key.p12").write_bytes(b"no key")
    asked = (folder, "--on", ON, "--out", tmp_path / "out", "--sign", tmp_path / "key.p12")
    monkeypatch.delenv(PASSPHRASE, raising=False)
    with pytest.raises(UsageError, match=f"set {PASSPHRASE}"):
        run(*asked)
    monkeypatch.setenv(PASSPHRASE, "x")
    with pytest.raises(UsageError, match="gives no key"):
        run(*asked)


def test_signed_papers_are_written(run, folder, tmp_path, monkeypatch, key_file):
    monkeypatch.setenv(PASSPHRASE, KEY_PASSPHRASE)
    out = tmp_path / "out"
    run(folder, "--on", ON, "--out", out, "--sign", key_file, "--only", "certificate")
    assert all(status_of(path.read_bytes(), key_file).bottom_line for path in out.glob("*.pdf"))
