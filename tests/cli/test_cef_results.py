"""`cef explain` and `cef verify`: a folder of results told and proved from itself alone."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from reference.cef import evaluate as plainly
from reference.cef.folder import write
from reference.cef.random_courses import random_course, random_day

DAY = ("--on", "2026-07-25")


def results(portaria, tables, folder: Path, on: str = DAY[1]) -> Path:
    write(tables, folder / "class")
    out = folder / "results"
    answer = portaria("cef", "evaluate", folder / "class", "--on", on, "--out", out, "-q")
    assert answer.code == 0, answer.err
    return out


@pytest.fixture
def whole(portaria, tmp_path: Path) -> Path:
    """The results of a class with both optional tables."""
    return results(portaria, random_course(12), tmp_path)


@pytest.mark.parametrize("seed", range(12))
def test_an_explanation_says_what_the_reference_says(seed, portaria, tmp_path):
    tables, on = random_course(seed), random_day(seed)
    out, expected = results(portaria, tables, tmp_path, str(on)), plainly(tables, on)
    by_student = {row["student"]: row for row in expected.tables["certification"]}
    for student, row in by_student.items():
        told = json.loads(portaria("cef", "explain", out, student, "--json").out)
        assert (told["outcome"], told["reason"]) == (row["outcome"], row["reason"])
        assert ";".join(told["components"]) == row["components"]
        assert (told["finals"], told["clause"]) == (row["finals"], f"CEF {row['clause']}")
        attendance = {r["subject"]: r for r in told["subjects"]}
        for each in expected.tables["attendance"]:
            if each["student"] == student:
                found = attendance[each["subject"]]
                assert Fraction(found["attendance"]) == each["attendance"]
                assert found["absent"] == each["absent_minutes"]
                assert (found["meets_90"], found["recovery"]) == (
                    each["meets_90"],
                    each["recovery"],
                )
        grades = {r["name"]: r for r in (*told["subject_grades"], *told["component_grades"])}
        grades["practical"] = told["practice"]
        for name, key in (("subject_grades", "subject"), ("component_grades", "component")):
            for each in expected.tables[name]:
                if each["student"] == student:
                    found = grades[each[key]]
                    exact = found["exact"] and Fraction(found["exact"])
                    assert (exact, found["level"]) == (each["exact"], each["level"])
        decided = [r for r in expected.tables.get("exclusions", []) if r["student"] == student]
        assert [r["excluded_from"] for r in told["exclusions"]] == [
            r["excluded_from"] for r in decided
        ]


@pytest.mark.parametrize("lang", ["pt-PT", "en"])
def test_every_account_can_be_told(lang, portaria, tmp_path):
    """No place of a sentence stays open, and each ends."""
    for seed in range(6):
        out = results(portaria, random_course(seed), tmp_path / str(seed), str(random_day(seed)))
        for student in pl.read_csv(out / "certification.csv")["student"]:
            told = portaria("cef", "explain", out, student, "--lang", lang).out
            assert student in told
            assert "{" not in told
            assert "None" not in told


def test_an_unknown_student(whole, portaria):
    answer = portaria("cef", "explain", whole, "nobody", "--lang", "en")
    assert answer.code == 2
    assert "no student of these results is nobody" in answer.err


def test_a_student_of_two_classes(portaria, tmp_path):
    """A folder of many: --class says which."""
    folder, out = tmp_path / "many", tmp_path / "out"
    assert portaria("cef", "generate", folder, "--classes", "2", "--students", "3", "-q").code == 0
    students = pl.read_csv(folder / "students.csv")
    one, *_ = students["student"]
    other = students.filter(pl.col("class") != students["class"][0])["student"][0]
    for path in folder.glob("*.csv"):
        rows = pl.read_csv(path, infer_schema=False)
        if "student" in rows.columns:
            rows.with_columns(pl.col("student").replace(other, one)).write_csv(path)
    assert portaria("cef", "evaluate", folder, *DAY, "--out", out, "-q").code == 0
    answer = portaria("cef", "explain", out, one, "--lang", "en")
    assert answer.code == 2
    assert "several classes" in answer.err
    for name in students["class"].unique():
        told = json.loads(portaria("cef", "explain", out, one, "--class", name, "--json").out)
        assert (told["class_name"], told["student"]) == (name, one)
    assert portaria("cef", "explain", out, one, "--class", "nothing").code == 2


@pytest.mark.parametrize("command", ["explain", "verify"])
def test_what_is_no_folder_of_results(command, portaria, tmp_path):
    student = ["ana"] if command == "explain" else []
    for content in (None, "", "[]", "{}", '{"kind": "other"}', '{"kind": "cef-evaluation"}'):
        folder = tmp_path / f"folder{hash(content)}"
        folder.mkdir()
        if content is not None:
            (folder / "manifest.json").write_text(content, encoding="utf-8")
        answer = portaria("cef", command, folder, *student, "--lang", "en")
        assert answer.code == 2
        assert "is not a folder of results" in answer.err
    assert portaria("cef", command, tmp_path / "nowhere", *student).code == 2


def test_sound_results_are_verified(whole, portaria):
    answer = portaria("cef", "verify", whole, "--lang", "en")
    assert (answer.code, answer.out) == (
        0,
        "Verified: evaluating the recorded inputs gives the same results of July 25, 2026.\n",
    )
    assert portaria("cef", "verify", whole, "-q").out == ""


def differences(portaria, folder: Path) -> set[tuple[str, str, str]]:
    """File, row and sentence of each problem told."""
    told = folder.parent / "problems.csv"
    answer = portaria("cef", "verify", folder, "--problems", told, "-q", "--lang", "en")
    assert answer.code == 1
    return {
        (row["file"], row["row"] or "", row["message"])
        for row in pl.read_csv(told, infer_schema=False).iter_rows(named=True)
    }


def test_a_changed_result_is_named(whole, portaria):
    path = whole / "certification.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = lines[2].replace(lines[2].split(",")[1], "professional_and_school_too")
    path.write_text("\n".join([*lines[:2], changed, *lines[3:]]) + "\n", encoding="utf-8")
    found = differences(portaria, whole)
    assert {(file, row) for file, row, _ in found} == {
        ("certification.csv", ""),
        ("certification.csv", "3"),
    }


def test_a_changed_input_a_lost_file_and_another_edition(whole, portaria, tmp_path):
    for number, harm in enumerate((_other_input, _lost, _other_edition)):
        folder = tmp_path / f"copy{number}" / "results"
        shutil.copytree(whole, folder)
        name = harm(folder)
        assert name in {file for file, _, _ in differences(portaria, folder)}


def _other_input(folder: Path) -> str:
    path = folder / "inputs" / "paf.parquet"
    pl.read_parquet(path).with_columns(level=pl.lit(5, pl.Int64)).write_parquet(path)
    return "inputs/paf.parquet"


def _lost(folder: Path) -> str:
    (folder / "attendance.csv").unlink()
    return "attendance.csv"


def _other_edition(folder: Path) -> str:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"edition_sha256": "0" * 64}), encoding="utf-8")
    return "manifest.json"


def test_the_manifest_is_proved_too(whole, portaria):
    path = whole / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"]["attendance"]["rows"] += 1
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert {file for file, _, _ in differences(portaria, whole)} == {"manifest.json"}


def test_a_damaged_input_is_told_by_explain(whole, portaria):
    (whole / "inputs" / "students.parquet").write_bytes(b"no table")
    answer = portaria("cef", "explain", whole, "ana", "--lang", "en")
    assert answer.code == 1
    assert "students.parquet" in answer.err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("level_cutoffs", ["a", "b", "c", "d"]),
        ("level_cutoffs", [10, 20, 30, 40]),
        ("on", "2025-05-06"),
        ("readings", {"attendance": "unjustified"}),
        ("closures", ["2025-01-02"]),
    ],
)
def test_what_was_asked_is_proved_too(key, value, whole, portaria):
    path = whole / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {key: value}), encoding="utf-8")
    assert {file for file, _, _ in differences(portaria, whole)} == {"manifest.json"}


def test_a_manifest_points_to_nothing_outside(whole, portaria):
    path = whole / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"]["../elsewhere"] = manifest["outputs"]["attendance"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert portaria("cef", "verify", whole).code == 2


@pytest.mark.parametrize("name", ["settings.json", "unit_grades.parquet"])
def test_changed_inputs_are_not_explained(name, whole, portaria):
    path = whole / "inputs" / name
    path.write_bytes(path.read_bytes() + b" ")
    student = pl.read_csv(whole / "certification.csv")["student"][0]
    answer = portaria("cef", "explain", whole, student, "--lang", "en")
    assert answer.code == 1
    assert "not the one that was written" in answer.err.replace("\n", " ") or name in answer.err


def test_a_course_that_is_not_over_is_not_told_concluded(portaria, tmp_path):
    folder, out = tmp_path / "class", tmp_path / "out"
    assert portaria("cef", "generate", folder, "--students", "8", "-q").code == 0
    assert portaria("cef", "evaluate", folder, "--on", "2025-01-10", "--out", out, "-q").code == 0
    rows = pl.read_csv(out / "certification.csv")
    student = rows.filter(pl.col("outcome") == "professional_and_school")["student"][0]
    told = " ".join(portaria("cef", "explain", out, student, "--lang", "en").out.split())
    assert "The course is not over: its internship begins on June 1, 2026 at the earliest." in told
    assert "grades have no dates" in told
    wrong = portaria("cef", "explain", out, student, "--class", "9Z", "--lang", "en")
    assert wrong.code == 2
