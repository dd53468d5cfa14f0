"""`portaria credit` from the command line: a request, its papers, single questions, transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "credit" / "request.json"
TRANSCRIPTS = ROOT / "tests" / "regulations" / "credit" / "transcripts" / "files"


def changed(path: Path, **changes: object) -> Path:
    given = json.loads(EXAMPLE.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


# --- assess -------------------------------------------------------------------------------------


def test_the_answer_as_json(portaria):
    answer = portaria("credit", "assess", EXAMPLE, "--json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["outcome"] == "incomplete"
    outcomes = {row["id"]: row["outcome"] for row in found["items"]}
    assert outcomes["ingles"] == "refused"
    assert portaria("credit", "assess", EXAMPLE, "--json").out == answer.out


def test_the_answer_in_sentences(portaria):
    assert "1/3 × 180" in portaria("credit", "assess", EXAMPLE).out
    assert portaria("credit", "assess", EXAMPLE, "--quiet").out == ""


def test_the_answer_into_a_file(portaria, tmp_path):
    out = tmp_path / "answer.json"
    assert portaria("credit", "assess", EXAMPLE, "--out", out, "--quiet").code == 0
    assert json.loads(out.read_text())["edition"] == "438-2017"
    assert portaria("credit", "assess", EXAMPLE, "--out", out).code != 0
    assert portaria("credit", "assess", EXAMPLE, "--out", out, "--replace", "-q").code == 0


@pytest.mark.parametrize(
    ("options", "edition", "grade"),
    [
        ((), "438-2017", 14),
        (("--reading", "references=literal"), "438-2017", None),
        (("--edition", "438-2017-law-2018"), "438-2017-law-2018", 14),
    ],
)
def test_other_readings_and_editions(options, edition, grade, portaria):
    found = json.loads(portaria("credit", "assess", EXAMPLE, "--json", *options).out)
    assert found["edition"] == edition
    assert found["items"][0]["grade"] == grade


def test_every_fault_is_told_with_its_place(portaria, tmp_path):
    path = changed(tmp_path / "bad.json", submitted_on="2017/10/09", items=[{"id": "a"}])
    answer = portaria("credit", "assess", path, "--problems", tmp_path / "p.csv", "--lang", "en")
    assert answer.code == 1
    assert answer.out == ""
    told = (tmp_path / "p.csv").read_text(encoding="utf-8")
    assert "submitted_on" in told
    assert "items[0].origin" in told
    assert "correct the errors above" in answer.err


@pytest.mark.parametrize(
    "options",
    [
        ("--reading", "colour=blue"),
        ("--reading", "straddle"),
        ("--edition", "1999"),
        ("--reading", "straddle=maybe"),
    ],
)
def test_usage(options, portaria):
    assert portaria("credit", "assess", EXAMPLE, *options).code == 2


# --- papers -------------------------------------------------------------------------------------


def test_the_papers_are_written_together(portaria, tmp_path):
    files = {name: tmp_path / f"{name}.pdf" for name in ("opinion", "decision", "notice")}
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    assert portaria("credit", "documents", EXAMPLE, *options).code == 0
    assert all(path.read_bytes().startswith(b"%PDF") for path in files.values())
    before = files["opinion"].read_bytes()
    assert portaria("credit", "documents", EXAMPLE, *options).code != 0
    assert portaria("credit", "documents", EXAMPLE, *options, "--replace").code == 0
    assert files["opinion"].read_bytes() == before
    assert portaria("credit", "documents", EXAMPLE).code == 2


def test_no_paper_of_a_bad_request(portaria, tmp_path):
    path = changed(tmp_path / "bad.json", items=[])
    paper = tmp_path / "notice.pdf"
    assert portaria("credit", "documents", path, "--notice", paper).code == 1
    assert not paper.exists()


# --- single questions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("convert-grade 6.85 --min-pass 5 --max 10", {"grade": 14, "exact_grade": "13.7"}),
        ("convert-grade 4.9 --min-pass 5 --max 10", {"outcome": "refused", "grade": None}),
        ("convert-grade 7 --min-pass 6 --max 10", {"grade": 13, "exact_grade": "12.5"}),
        ("convert-grade 2.3 --min-pass 4 --max 1", {"grade": 16, "exact_grade": "47/3"}),
        ("convert-grade 13 --scale pt", {"grade": 13, "clause": "438 11/2"}),
        ("convert-grade B", {"outcome": "human", "grade": None}),
        ("convert-grade B --host-classes B:25-26 --home-classes B:14-16", {"grade": 15}),
        ("convert-grade 60 --min-pass 40 --max 100 --country GB", {"outcome": "human"}),
        ("convert-grade 15 --scale pt --origin experience", {"grade": None}),
        ("ects --hours 81", {"credits": "3"}),
        ("ects --hours 100", {"credits": "3.5", "exact": "100/27"}),
        ("ects --hours 100 --reading credit_step=exact", {"credits": "100/27"}),
        ("ects --semesters 5 --terms 1", {"credits": "170", "clause": "438 10/4/a"}),
        ("ects --period year:+150,-120,-120,+90,-60", {"exact": "80/3", "clause": "438 10/4/b"}),
        ("ects --period term:+20,-20 --contact", {"flags": ["contact-hours"]}),
        ("re-entry --total 180 --earlier 112.5", {"limit": "67.5", "exceptional": "74.25"}),
        ("re-entry --total 180 --earlier 200", {"limit": "0", "exceptional": "0"}),
        ("scale 16:20 14:40 12:30", {"classes": None, "graduates": 90}),
        ("scale 16:20 14:40 12:40 --years 2", {"classes": None}),
    ],
)
def test_a_question(question, expected, portaria):
    answer = portaria("credit", *question.split(), "--json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert {name: found[name] for name in expected} == expected
    assert portaria("credit", *question.split()).out


def test_the_scale_of_a_table(portaria, tmp_path):
    table = tmp_path / "graduates.csv"
    counts = {18: 4, 17: 10, 16: 26, 15: 40, 14: 50, 13: 40, 12: 20, 11: 8, 10: 2}
    rows = "".join(f"{grade},{count}\n" for grade, count in counts.items())
    table.write_text("grade,graduates\n" + rows)
    found = json.loads(portaria("credit", "scale", table, "--json").out)
    assert found["classes"] == {
        "A": {"best": 20, "worst": 16}, "B": {"best": 15, "worst": 15},
        "C": {"best": 14, "worst": 14}, "D": {"best": 13, "worst": 12},
        "E": {"best": 11, "worst": 10},
    }  # fmt: skip
    other = tmp_path / "graduates.json"
    other.write_text(json.dumps(counts))
    assert json.loads(portaria("credit", "scale", other, "--json").out) == found
    for wrong in ("[]", '{"9": 1}', '{"14": -1}', '{"14": 1.5}', "{"):
        other.write_text(wrong)
        assert portaria("credit", "scale", other).code == 1
    table.write_text("grade,graduates\n9,4\n14,-1\n14,2\n")
    assert portaria("credit", "scale", table).code == 1


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("convert-grade 6,85 --min-pass 5 --max 10", 1),
        ("convert-grade 11 --min-pass 5 --max 10", 1),
        ("convert-grade 6 --min-pass 5", 1),
        ("convert-grade 6 --min-pass five --max 10", 1),
        ("convert-grade 6 --scale french", 1),
        ("convert-grade 6 --origin mooc", 1),
        ("convert-grade B --host-classes B", 2),
        ("ects", 2),
        ("ects --hours 10 --years 1", 2),
        ("ects --hours ten", 1),
        ("ects --period year", 2),
        ("ects --period decade:+1", 1),
        ("ects --period year:+x", 1),
        ("re-entry --total 0 --earlier 1", 1),
        ("re-entry --total 180 --earlier -1", 1),
        ("scale 9:4", 2),
        ("scale 14:4 14:5", 2),
        ("scale fourteen:4", 2),
        ("scale nowhere.csv", 2),
    ],
)
def test_a_bad_question(question, code, portaria):
    answer = portaria("credit", *question.split(), "--lang", "en")
    assert answer.code == code, answer.err
    assert answer.out == ""
    assert answer.err


# --- transcripts --------------------------------------------------------------------------------


FILES = sorted(path for path in TRANSCRIPTS.iterdir() if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_transcript_becomes_items(path, portaria):
    answer = portaria("credit", "transcript", path, "--quiet")
    assert answer.code == 0, answer.err
    answer = portaria("credit", "transcript", path)
    assert all(row["origin"] == "degree" for row in json.loads(answer.out))


def test_a_transcript_joins_a_request(portaria, tmp_path):
    first, out = FILES[0], tmp_path / "new.json"
    assert portaria("credit", "transcript", first, "--into", EXAMPLE, "--out", out).code == 0
    given = json.loads(out.read_text(encoding="utf-8"))
    held = json.loads(EXAMPLE.read_text(encoding="utf-8"))["items"]
    assert given["items"][: len(held)] == held
    assert len(given["items"]) > len(held)
    ids = [row["id"] for row in given["items"]]
    assert len(set(ids)) == len(ids)


def test_what_was_decided_is_written_and_read_again(portaria, tmp_path):
    by = {"outcome": "granted", "by": "Conselho Técnico-Científico", "on": "2017-11-02"}
    kept = json.loads(EXAMPLE.read_text(encoding="utf-8"))["items"][:3]
    kept = [row | {"decided": by} for row in kept]
    course = {
        "name": "Engenharia Informática",
        "institution": "Instituto do Exemplo",
        "identifier": {"type": "schac", "value": "exemplo.pt"},
        "url": "https://exemplo.pt",
    }
    student = {"name": "Beatriz Exemplo", "given_names": "Beatriz", "family_name": "Exemplo"}
    path = changed(
        tmp_path / "decided.json",
        items=kept,
        course=course,
        student=student,
        decided_on="2017-11-02",
    )
    elmo, europass = tmp_path / "record.xml", tmp_path / "record.json"
    options = ("--elmo", elmo, "--europass", europass)
    answer = portaria("credit", "record", path, *options)
    assert answer.code == 0, answer.err
    credits = {}
    for record in (elmo, europass):
        rows = json.loads(portaria("credit", "transcript", record).out)
        credits[record.suffix] = {row["name"]: row["credits"] for row in rows}
    expected = {"Álgebra Linear": "6", "Programação I": "6", "Redes de Computadores": "3.5"}
    assert credits == {".xml": expected, ".json": expected}


def test_no_record_where_nothing_was_credited(portaria, tmp_path):
    kept = json.loads(EXAMPLE.read_text(encoding="utf-8"))["items"][:1]
    kept[0]["decided"] = {"outcome": "refused", "by": "Conselho Técnico-Científico"}
    path, elmo = changed(tmp_path / "refused.json", items=kept), tmp_path / "record.xml"
    answer = portaria("credit", "record", path, "--elmo", elmo, "--lang", "en")
    assert answer.code == 1
    assert "nothing was credited" in " ".join(answer.err.split())
    assert not elmo.exists()


def test_no_record_of_what_is_open(portaria, tmp_path):
    elmo = tmp_path / "record.xml"
    answer = portaria("credit", "record", EXAMPLE, "--elmo", elmo, "--lang", "en")
    assert answer.code == 1
    assert "decide it first" in " ".join(answer.err.split())
    assert not elmo.exists()
    assert portaria("credit", "record", EXAMPLE).code == 2
