"""Rectification (art. 57): she goes where the corrected contest puts her, and nobody else moves."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from aftermath import (
    enrolments,
    everyone,
    exam,
    patch,
    placed,
    placed_again,
    random_tables,
    seats_now,
    tables_of,
)
from made import place, write
from reference.markets import COLUMNS

from portaria.core.errors import InputError
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures.outcome import Enrolment, Standing
from portaria.regulations.access.procedures.patch import read_patch
from portaria.regulations.access.procedures.rectification import Rectification, rectify
from portaria.regulations.access.procedures.rectified_seats import Position, Request, seats_moved
from portaria.regulations.access.procedures.seats import Seat
from portaria.regulations.access.procedures.writing import adjustments_table, enrolments_table

PROGRAMMES = {"x": "1 19", "y": "1 07", "z": "2 19"}
PEOPLE = {
    "A": "150 19=150 > x z",
    "B": "140 19=140 07=120 > x y z",
    "C": "130 07=130 > y",
    "N": "100 02=100 > x",
}


def ask(results: Results, folder: Path, candidate: str, **request: Any) -> Rectification:
    policy = request.pop("policy", {})
    return rectify(results, read_patch(folder, candidate), Request(**request), policy)


@pytest.fixture
def tables():
    return tables_of(PROGRAMMES, PEOPLE)


@pytest.fixture
def results(tables, tmp_path):
    """A in x; C in y, where B with 130 to C's 130 loses by the exam; B in z; N nowhere."""
    found = placed(tables, tmp_path)
    assert seats_now(found) == {"A": "x", "B": "z", "C": "y", "N": None}
    return found


@pytest.mark.rules(
    "rectification", "rectification-moved", "rectification-seats", "rectification-alone"
)
def test_she_alone_moves_and_a_seat_is_created(results, tmp_path):
    """With 180 in exam 19 B would have had x; A keeps it all the same."""
    outcome = ask(results, patch(tmp_path / "p", exams=exam("B", e19=180, e07=120)), "B")
    assert (outcome.answer, outcome.form, outcome.seat) == ("accepted", "moved", "created")
    (change,) = outcome.changes
    assert (change.candidate, change.before.word, change.after.word) == ("B", "z", "x")
    assert change.clause == "211-A 57/3/b"
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("x", 0, 1), ("z", 1, 0)]
    (other,) = outcome.not_moved
    assert (other.candidate, other.before.word, other.after.word) == ("A", "x", "z")
    assert other.clause == "211-A 57/5"
    assert seats_now(results) == {"A": "x", "B": "z", "C": "y", "N": None}


@pytest.mark.rules("rectification-placed", "rectification-seats", "late-correction")
def test_somebody_not_placed_is_placed_in_a_seat_left_over(results, tmp_path):
    """N's exam 19 was lost, and the request changes her options too (40/10): z has a seat left."""
    folder = patch(
        tmp_path / "p",
        exams=exam("N", e19=120),
        options="candidate,order,programme\nN,1,x\nN,2,z\n",
    )
    outcome = ask(results, folder, "N", started_by="candidate")
    assert (outcome.form, outcome.seat) == ("placed", "leftover")
    assert outcome.changes[0].clause == "211-A 57/3/a"
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("z", 0, 1)]
    assert [(e.candidate, e.enrolled, e.programme) for e in outcome.enrolments] == [
        ("N", None, "z")  # whether she is enrolled was not told
    ]
    assert outcome.corrected == {"exams": 1, "options": 2}
    assert outcome.not_moved == ()


@pytest.mark.rules("rectification-not-placed", "rectification-seats")
def test_somebody_placed_by_a_slip_is_not_placed(results, tmp_path):
    outcome = ask(results, patch(tmp_path / "p", exams=exam("C", e02=130)), "C")
    assert (outcome.form, outcome.seat) == ("not_placed", "")
    assert outcome.changes[0].clause == "211-A 57/3/c"
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("y", 1, 0)]
    (row,) = outcome.enrolments
    assert (row.enrolled, row.cancelled) == (True, True)
    assert [c.candidate for c in outcome.not_moved] == ["B"]


@pytest.mark.rules("rectification-excluded")
def test_somebody_is_rectified_to_excluded(results, tmp_path):
    header = "candidate,name,civil_id,secondary,secondary_with_pe,two_cycle_a,two_cycle_b,"
    header += "has_final_grade,area,secondary_course,claims_regional,azores,madeira,emigrant,"
    header += "military,disability,excluded"
    row = "C,,,130,,,,true,,,,,,,,,211-A 56/1/d"
    outcome = ask(results, patch(tmp_path / "p", candidates=f"{header}\n{row}\n"), "C")
    assert (outcome.form, outcome.changes[0].clause) == ("excluded", "211-A 57/3/d")
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("y", 1, 0)]


@pytest.mark.rules("late-correction")
def test_somebody_who_did_not_apply_applies(results, tables, tmp_path):
    """A grade changed too late lets her apply now (40/8/b), by the rules of rectification."""
    header = ",".join(COLUMNS["candidates"])
    row = ",".join({"candidate": "D", "secondary": "160", "has_final_grade": "true"}.get(c, "")
                   for c in COLUMNS["candidates"])  # fmt: skip
    folder = patch(
        tmp_path / "p",
        candidates=f"{header}\n{row}\n",
        exams=exam("D", e07=160),
        options="candidate,order,programme\nD,1,y\n",
    )
    outcome = ask(results, folder, "D", started_by="candidate")
    assert (outcome.before.result, outcome.form) == ("no_application", "placed")
    assert outcome.changes[0].after.word == "y"


@pytest.mark.rules("rectification-lapse", "rectification-cause", "rectification-started-by")
def test_what_was_no_slip_is_refused(results, tmp_path):
    same = patch(tmp_path / "p", exams=exam("A", e19=151))
    outcome = ask(results, same, "A", started_by="institution", own_cause=True)
    assert outcome.answer == "refused"
    assert {c.code: c.clause for c in outcome.failing} == {
        "rectification-cause": "211-A 57/1",
        "rectification-lapse": "211-A 57/1",
    }
    assert outcome.changes == outcome.adjustments == outcome.enrolments == ()


@pytest.mark.rules("rectification-seats")
def test_a_further_seat_of_article_9_2_is_counted_or_left_out(tmp_path):
    """x: A has no final grade, so B gets a further seat; she would have had y all along."""
    people = {"A": "150 19=150 > x", "B": "140 19=140 > y x"}
    changed = {"A": {"has_final_grade": False}}
    results = placed(tables_of({"x": "1 19", "y": "1 07"}, people, people=changed), tmp_path)
    assert seats_now(results) == {"A": "x", "B": "x"}
    folder = patch(tmp_path / "p", exams=exam("B", e19=140, e07=140))
    counted = ask(results, folder, "B")
    assert [(a.programme, a.vl2, a.vr) for a in counted.adjustments] == [("x", 1, 0), ("y", 0, 1)]
    policy = {"rectified_further_seat": "left_out"}
    left_out = ask(results, folder, "B", policy=policy)
    assert [(a.programme, a.vl2, a.vr) for a in left_out.adjustments] == [("y", 0, 1)]


@pytest.mark.rules("rectification-seats")
def test_earlier_rectifications_have_used_the_seat_left_over(results, tmp_path):
    folder = patch(
        tmp_path / "p",
        exams=exam("N", e19=120),
        options="candidate,order,programme\nN,1,z\n",
    )
    before = pl.DataFrame({"programme": ["z"], "vl2": [0], "vr": [1]})
    outcome = ask(results, folder, "N", adjustments=before)
    assert outcome.seat == "created"
    after = adjustments_table(outcome.adjustments, before)
    assert after.rows() == [("z", 0, 2)]


@pytest.mark.rules("rectification-seats")
def test_the_seat_she_leaves_is_the_one_she_was_moved_to(results, tmp_path):
    """An exchange put B in y: that is the seat she frees, and she stays enrolled."""
    rows = enrolments(("B", True, "y", False), ("A", True, None, False))
    folder = patch(tmp_path / "p", exams=exam("B", e19=180, e07=120))
    outcome = ask(results, folder, "B", enrolments=rows)
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("x", 0, 1), ("y", 1, 0)]
    table = enrolments_table(outcome.enrolments, rows)
    assert table.rows() == [("A", True, None, False), ("B", True, "x", False)]


@pytest.mark.rules("rectification-seats")
def test_a_further_seat_that_was_exchanged_is_one_still(tmp_path):
    """B's further seat of x went to C, who left an ordinary one in y: leaving x frees none."""
    people = {"A": "150 19=150 > x", "B": "140 19=140 > x", "C": "160 19=160 > y"}
    changed = {"A": {"has_final_grade": False}}
    programmes = {"x": "1 19", "y": "2 19", "w": "1 07"}
    results = placed(tables_of(programmes, people, people=changed), tmp_path)
    rows = enrolments(("B", True, "y", False), ("C", True, "x", False))
    text = "candidate,order,programme\nC,1,w\n"
    folder = patch(tmp_path / "p", exams=exam("C", e07=160), options=text)
    policy = {"rectified_further_seat": "left_out"}
    outcome = ask(results, folder, "C", enrolments=rows, policy=policy)
    assert outcome.before == Standing("placed", "x", "additional")
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("w", 0, 1)]


@pytest.mark.rules("rectification-seats")
def test_an_enrolment_already_cancelled_frees_nothing_more(results, tmp_path):
    rows = enrolments(("C", True, None, True))
    outcome = ask(results, patch(tmp_path / "p", exams=exam("C", e02=130)), "C", enrolments=rows)
    assert (outcome.form, outcome.adjustments) == ("not_placed", ())


@pytest.mark.rules("rectification-seats")
def test_the_programme_of_an_exchange_stays_in_the_row_of_whoever_loses_her_seat(results, tmp_path):
    rows = enrolments(("A", True, "z", False), ("B", True, "x", False))
    outcome = ask(results, patch(tmp_path / "p", exams=exam("A", e02=150)), "A", enrolments=rows)
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("z", 1, 0)]
    assert outcome.enrolments == (Enrolment("A", True, "z", True),)


@pytest.mark.rules("rectification-cause")
def test_a_cause_of_her_own_keeps_her_only_from_gaining(results, tmp_path):
    better = patch(tmp_path / "better", exams=exam("B", e19=180, e07=120))
    assert [c.code for c in ask(results, better, "B", own_cause=True).failing] == [
        "rectification-cause"
    ]
    worse = patch(tmp_path / "worse", exams=exam("A", e19=120))
    outcome = ask(results, worse, "A", own_cause=True)
    assert (outcome.answer, outcome.form, outcome.after.word) == ("accepted", "moved", "z")
    lost = ask(results, patch(tmp_path / "lost", exams=exam("C", e02=130)), "C", own_cause=True)
    assert (lost.answer, lost.form) == ("accepted", "not_placed")
    assert [c.detail for c in lost.conditions if c.code == "rectification-cause"] == ["loss"]


# --- later phases --------------------------------------------------------------------------------

EXCLUDED = {"excluded": "211-A 56/1/d", "has_final_grade": "true", "secondary": "150"}


def excluded(code: str) -> str:
    """The table of candidates with one who is excluded."""
    cells = {"candidate": code, **EXCLUDED}
    columns = COLUMNS["candidates"]
    lines = (columns, [cells.get(name, "") for name in columns])
    return "".join(",".join(line) + "\n" for line in lines)


@pytest.fixture
def second(tmp_path):
    """After phase 2: A kept x, which she has from phase 1; H left x for y; F has y."""
    programmes = {"x": "2 19", "y": "3 19"}
    before = placed(tables_of(programmes, {"A": "150 19=150 > x", "H": "140 19=140 > x"}), tmp_path)
    people = {"A": "150 19=150 > x", "H": "140 19=140 > y", "F": "130 19=130 > y"}
    return placed_again(before, tables_of(programmes, people), everyone(before), tmp_path)


@pytest.mark.rules("rectification-seats")
def test_after_phase_2_no_term_takes_the_seats_in(second, tmp_path):
    outcome = ask(second, patch(tmp_path / "p", exams=exam("F", e02=130)), "F")
    assert (outcome.form, outcome.adjustments, outcome.why) == ("not_placed", (), "seats_decided")


@pytest.mark.rules("rectification-seats")
def test_after_the_last_phase_there_is_no_next_one(results):
    seat = Seat("F", "y", 3, "general")
    edition = results.inputs().edition
    lost, kept = Position(seat.standing, 3, seat), Position(Standing("not_placed"), 3)
    assert seats_moved(edition, lost, kept, "counted") == ((), "last_phase")
    assert seats_moved(edition, kept, kept, "counted") == ((), "")


@pytest.mark.rules("rectification-excluded")
def test_excluding_a_later_applicant_leaves_the_seat_of_before_to_the_institution(second, tmp_path):
    rows = everyone(second)
    outcome = ask(second, patch(tmp_path / "p", candidates=excluded("A")), "A", enrolments=rows)
    assert (outcome.answer, outcome.form) == ("accepted", "excluded")
    assert (outcome.enrolments, outcome.adjustments, outcome.why) == ((), (), "")


@pytest.mark.rules("rectification-not-placed", "rectification-excluded")
def test_a_placement_that_was_a_slip_annulled_nothing(second, tmp_path):
    """H left x only because y gave her a seat: without it she has x, as if never annulled."""
    corrections = {"grade": {"exams": exam("H", e02=140)}, "person": {"candidates": excluded("H")}}
    for name, tables in corrections.items():
        folder = patch(tmp_path / name, **tables)
        outcome = ask(second, folder, "H", enrolments=everyone(second))
        assert outcome.answer == "accepted"
        assert outcome.enrolments == (Enrolment("H", True, "x", False),)
        assert outcome.why == "seats_decided"


@pytest.mark.rules("rectification-seats")
def test_columns_of_the_office_stay_in_its_tables(results, tmp_path):
    note = pl.Series("nota", ["of B", "of A"])
    rows = enrolments(("B", True, "y", False), ("A", True, None, False)).with_columns(note)
    outcome = ask(results, patch(tmp_path / "p", exams=exam("B", e19=180, e07=120)), "B")
    table = enrolments_table(outcome.enrolments, rows)
    assert table.columns == rows.columns
    assert dict(table.select("candidate", "nota").iter_rows()) == {"A": "of A", "B": "of B"}
    before = pl.DataFrame(
        {"programme": ["z", "q"], "vl2": [0, 1], "vr": [1, 0], "nota": ["1", "2"]}
    )
    assert adjustments_table(outcome.adjustments, before).rows() == [
        ("q", 1, 0, "2"), ("x", 0, 1, None), ("z", 1, 1, "1")
    ]  # fmt: skip


# --- patches that cannot be used -----------------------------------------------------------------


def problems(folder: Path, candidate: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        read_patch(folder, candidate)
    return [(p.file, p.row, p.code) for p in caught.value.problems]


def test_rows_of_anybody_else_are_refused(tmp_path):
    text = exam("B", e19=180) + "C,19,,100\n"
    found = problems(patch(tmp_path / "p", exams=text), "B")
    assert found == [("exams.csv", 3, "patch-somebody-else")]


def test_tables_of_everybody_and_empty_patches_are_refused(tmp_path):
    folder = patch(tmp_path / "p", exams=exam("B", e19=180), programmes="programme\nx\n")
    assert problems(folder, "B") == [("programmes.csv", None, "patch-table-not-hers")]
    assert problems(patch(tmp_path / "q"), "B") == [("q", None, "patch-empty")]


def test_cells_and_columns_are_checked(tmp_path):
    folder = patch(tmp_path / "p", exams="candidate,exam\nB,19\n")
    assert problems(folder, "B") == [("exams.csv", 1, "missing-column")]
    folder = patch(tmp_path / "q", exams=exam("B", e19=999))
    assert problems(folder, "B") == [("exams.csv", 2, "above-maximum")]


def test_what_must_hold_across_tables_holds_after_the_correction(results, tmp_path):
    options = "candidate,order,programme\nB,1,x\nB,3,nowhere\n"
    folder = patch(tmp_path / "p", options=options)
    with pytest.raises(InputError) as caught:
        ask(results, folder, "B")
    assert {(p.file, p.row, p.code) for p in caught.value.problems} == {
        ("options.csv", 3, "unknown-programme"),
        ("options.csv", 3, "order-gap"),
    }
    folder = patch(tmp_path / "q", exams=exam("stranger", e19=180))
    with pytest.raises(InputError):
        ask(results, folder, "stranger")


# --- random contests -----------------------------------------------------------------------------


@pytest.mark.rules("rectification", "rectification-alone", "rectification-seats")
@pytest.mark.parametrize("seed", range(16))
def test_random_rectifications(seed, tmp_path):
    """She stands as in the contest read anew with the correction; the seats still add up."""
    rng = Random(f"rectification {seed}")
    tables = random_tables(rng, 30, 5, quotas=seed % 2 == 0)
    results = placed(tables, tmp_path)
    before = seats_now(results)
    who = rng.choice(sorted(before))
    new = dict(tables)
    new["exams"] = [
        {**row, "grade": rng.choice([95, 120, 160, 200])} if row["candidate"] == who else row
        for row in tables["exams"]
    ]
    hers = [r for r in new["exams"] if r["candidate"] == who]
    lines = [f"{who},{r['exam']},{r.get('programme') or ''},{r['grade']}" for r in hers]
    text = "\n".join(["candidate,exam,programme,grade", *lines]) + "\n"
    outcome = ask(results, patch(tmp_path / "p", exams=text), who)
    anew = seats_now(place(write(new, tmp_path / "anew"), tmp_path / "anew-results"))
    assert outcome.after.programme == anew[who]
    assert {c.candidate for c in outcome.not_moved} == {
        c for c in before if c != who and before[c] != anew[c]
    }
    assert {c.candidate for c in outcome.changes} <= {who}
    changed = before[who] != anew[who]
    assert outcome.answer == ("accepted" if changed else "refused")
    lists = {**before, **({who: anew[who]} if changed else {})}
    for row in tables["programmes"]:
        code = str(row["programme"])
        balance = sum(a.vr - a.vl2 for a in outcome.adjustments if a.programme == code)
        placed_now, placed_before = (
            sum(p == code for p in where.values()) for where in (lists, before)
        )
        assert placed_now - placed_before == balance
