"""Institutional relocation (art. 55): all or none, and every reason told."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest
from aftermath import (
    enrolments,
    everyone,
    failing,
    following,
    moves,
    placed,
    placed_again,
    random_tables,
    tables_of,
)

from portaria.core.errors import InputError, UsageError
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.relocation import Relocation, relocate
from portaria.regulations.access.procedures.relocation_conditions import Request

PROGRAMMES = {"small": "20 19", "x": "3 19", "y": "2 07", "z": "1 19"}
PEOPLE = {
    "A": "150 19=150 > small",
    "B": "140 19=140 07=100 > small",
    "C": "130 19=130 > x",
    "Z": "180 19=180 > z",
}
BOTH_TO_X = moves(("A", "x", True, True), ("B", "x", True, True))


@pytest.fixture
def results(tmp_path):
    return placed(tables_of(PROGRAMMES, PEOPLE), tmp_path)


def ask(results, table=BOTH_TO_X, enrolled=None, **changes) -> Relocation:
    enrolled = everyone(results) if enrolled is None else enrolled
    facts = {"programme": "small", "moves": table, "last_phase": True, **changes}
    return relocate(Phases(results, enrolments=enrolled), Request(**facts))


@pytest.mark.rules("relocation", "relocation-everyone", "relocation-seats")
def test_all_who_are_enrolled_go_where_there_is_room(results):
    """x has 3 seats and one placed: two are left for A and B."""
    outcome = ask(results)
    assert outcome.answer == "accepted"
    assert outcome.enrolled == ("A", "B")
    assert [(c.candidate, c.before.word, c.after.word, c.clause) for c in outcome.changes] == [
        ("A", "small", "x", "211-A 55/4"),
        ("B", "small", "x", "211-A 55/4"),
    ]
    assert [(e.candidate, e.enrolled, e.programme) for e in outcome.enrolments] == [
        ("A", True, "x"),
        ("B", True, "x"),
    ]


@pytest.mark.rules("relocation")
def test_the_last_placed_of_the_target_is_not_asked_for(tmp_path):
    """In z only Z with 180 is placed, and a seat is counted as free there."""
    results = placed(tables_of(PROGRAMMES, PEOPLE), tmp_path)
    table = moves(("A", "z", True, True), ("B", "x", True, True))
    free = pl.DataFrame({"programme": ["z"], "seats": [1]})
    assert ask(results, table).answer == "refused"
    assert ask(results, table, vacancies=free).answer == "accepted"


@pytest.mark.rules(
    "relocation-seats", "relocation-exams-taken", "relocation-exam-minimum",
    "relocation-grade-minimum", "relocation-prerequisite", "relocation-student-consents",
    "relocation-institution-consents", "relocation-origin-consents",
)  # fmt: skip
def test_one_refusal_refuses_all_and_every_reason_is_told(tmp_path):
    """A has no exam of y; B, who has, is below everything y asks; and neither agrees to go."""
    terms = {"y": {"min_exam": 110, "min_grade": 125, "prerequisite": "G"}}
    terms["y"] |= {"prerequisite_kind": "selection"}
    results = placed(tables_of({**PROGRAMMES, "y": "1 07"}, PEOPLE, terms), tmp_path)
    table = moves(("A", "y", False, True, True), ("B", "y", True, False, False))
    outcome = ask(results, table)
    assert outcome.answer == "refused"
    assert failing(outcome) == {
        "relocation-seats",
        "relocation-exams-taken A",
        "relocation-exam-minimum A",
        "relocation-grade-minimum A",
        "relocation-prerequisite A",
        "relocation-student-consents A",
        "relocation-exam-minimum B",
        "relocation-grade-minimum B",
        "relocation-prerequisite B",
        "relocation-institution-consents B",
        "relocation-origin-consents B",
    }
    assert outcome.changes == outcome.enrolments == ()
    clauses = {c.code: c.clause for c in outcome.failing}
    assert clauses["relocation-exams-taken"] == "211-A 55/2/b/i"
    assert clauses["relocation-student-consents"] == "211-A 55/2/c"


@pytest.mark.rules("relocation-everyone")
def test_whoever_has_no_target_keeps_the_others(results):
    outcome = ask(results, moves(("A", "x", True, True)))
    assert failing(outcome) == {"relocation-everyone"}
    assert outcome.failing[0].params["without"] == ("B",)
    assert outcome.changes == ()
    assert failing(ask(results, None)) == {"relocation-everyone"}


@pytest.mark.rules("relocation-fewer-than-six")
@pytest.mark.parametrize(("people", "others", "few"), [(5, 0, True), (6, 0, False), (4, 2, False)])
def test_fewer_than_six_are_enrolled_in_all(tmp_path, people, others, few):
    crowd = {f"C{n}": "150 19=150 > small" for n in range(people)}
    results = placed(tables_of({"small": "9 19", "x": "9 19"}, crowd), tmp_path)
    table = moves(*((code, "x", True, True) for code in crowd))
    outcome = ask(results, table, others=others)
    assert (outcome.answer == "accepted") is few
    assert failing(outcome) == (set() if few else {"relocation-fewer-than-six"})


@pytest.mark.rules("relocation-fewer-than-six")
def test_only_those_enrolled_count(results):
    """B did not enrol, and C cancelled: A alone is there, and nobody in y."""
    rows = enrolments(("A", True, None, False), ("C", True, None, True))
    outcome = ask(results, moves(("A", "x", True, True)), rows)
    assert (outcome.enrolled, outcome.answer) == (("A",), "accepted")
    assert failing(ask(results, None, rows, programme="y")) == {"relocation-fewer-than-six"}


@pytest.mark.rules("relocation-after-last-phase")
def test_it_comes_after_the_last_phase(results):
    assert failing(ask(results, last_phase=False)) == {"relocation-after-last-phase"}


@pytest.mark.rules("relocation-exams-taken")
def test_each_is_judged_by_the_data_of_the_phase_that_placed_her(tmp_path):
    """A came in phase 1 and F in phase 2; without the results of phase 1 A is unknown."""
    before = placed(tables_of(PROGRAMMES, {"A": "150 19=150 > small"}), tmp_path)
    second = tables_of(PROGRAMMES, {"F": "140 19=140 > small"})
    after = placed_again(before, second, everyone(before), tmp_path)
    enrolled = enrolments(("A", True, None, False), ("F", True, None, False))
    table = moves(("A", "x", True, True), ("F", "x", True, True))
    with pytest.raises(UsageError, match="phase 1"):
        ask(after, table, enrolled)
    request = Request("small", table, last_phase=True)
    assert relocate(Phases(after, [before], enrolled), request).answer == "accepted"


@pytest.mark.rules("relocation-seats")
def test_seats_never_put_up_in_phase_3_are_free_too(tmp_path):
    """x has 3 seats, nobody in them, and does not open in phase 3; y opens 1 of 2, and it is left.

    The two of y that its institution may give are the one left over and the one kept back (51).
    """
    programmes = {"small": "2 19", "x": "3 19", "y": "2 19", "w": "2 19"}
    tables = tables_of(programmes, {"A": "150 19=150 > small", "B": "140 19=140 > small"})
    first = placed(tables, tmp_path)
    late = {code: tables_of(programmes, {code: "100 19=100 > w"}) for code in "FG"}
    second = following(first, late["F"], everyone(first), tmp_path)
    third = following(second, late["G"], everyone(second), tmp_path, y=1, w=1)
    assert third.manifest["phase"] == 3
    enrolled = everyone(third)
    asked = {"x": (3, 3), "y": (2, 1)}
    for programme, (free, closed) in asked.items():
        table = moves(("A", programme, True, True), ("B", programme, True, True))
        request = Request("small", table)
        outcome = relocate(Phases(third, [first, second], enrolled), request)
        (seats,) = (c for c in outcome.conditions if c.code == "relocation-seats")
        assert (seats.met, seats.params["free"], seats.params["not_opened"]) == (True, free, closed)
        assert seats.detail == "not_opened"
        assert outcome.answer == "accepted"
    none = pl.DataFrame({"programme": ["y"], "seats": [0]})
    request = Request("small", table, vacancies=none)
    outcome = relocate(Phases(third, [first, second], enrolled), request)
    assert failing(outcome) == {"relocation-seats"}


def test_rows_that_cannot_be_meant_are_problems(results):
    table = moves(("C", "x", True, True), ("A", "small", True, True), ("B", "q", True, True))
    with pytest.raises(InputError) as caught:
        ask(results, table)
    assert [(p.row, p.column, p.value) for p in caught.value.problems] == [
        (2, "candidate", "C"),
        (3, "programme", "small"),
        (4, "programme", "q"),
    ]
    with pytest.raises(UsageError):
        ask(results, programme="nowhere")


@pytest.mark.rules("relocation")
@pytest.mark.parametrize("seed", range(12))
def test_random_relocations_move_all_or_nobody(seed, tmp_path):
    rng = Random(f"relocation {seed}")
    tables = random_tables(rng, 24, 8, quotas=seed % 2 == 0)
    results = placed(tables, tmp_path)
    held = results.table("holders", pl.lit(True))
    here = rng.choice(sorted(set(held["programme"])))
    codes = [str(row["programme"]) for row in tables["programmes"] if row["programme"] != here]
    there = held.filter(pl.col("programme") == here)["candidate"]
    likely = [True] * 12 + [False]
    table = moves(
        *((c, rng.choice(codes), rng.choice(likely), rng.choice(likely)) for c in sorted(there))
    )
    free = pl.DataFrame({"programme": codes, "seats": [rng.randint(1, 5) for _ in codes]})
    outcome = ask(results, table, programme=here, vacancies=free)
    moved = {change.candidate for change in outcome.changes}
    if outcome.answer == "accepted":
        assert moved == set(there)
    else:
        assert moved == set()
        assert outcome.failing
    hers = [c.code for c in outcome.conditions if c.code == "relocation-student-consents"]
    assert len(hers) == len(there)
