"""Exclusion after the results (art. 56): her result and her seat go, and nobody moves."""

from __future__ import annotations

import polars as pl
import pytest
from aftermath import ask as exchange
from aftermath import (
    enrolments,
    everyone,
    failing,
    following,
    placed,
    placed_again,
    tables_of,
)

from portaria.core.errors import InputError, UsageError
from portaria.regulations.access.procedures.exclusion import exclude
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.writing import enrolments_table

PROGRAMMES = {"x": "1 19", "y": "2 19"}
PEOPLE = {
    "A": "150 19=150 > x",
    "B": "140 19=140 > x",
    "C": "130 19=130 > y",
    "Q": "190 19=190 > x",
}
EXCLUDED = {"Q": {"excluded": "56/1/a"}}


@pytest.fixture
def results(tmp_path):
    return placed(tables_of(PROGRAMMES, PEOPLE, people=EXCLUDED), tmp_path)


def ask(results, candidate="A", ground="56/1/d", enrolled=None, stated=False, **policy):
    return exclude(Phases(results, enrolments=enrolled), candidate, ground, policy, stated)


@pytest.mark.rules("exclusion-later", "exclusion-frees-seat")
def test_her_seat_is_annulled_and_counts_in_vsm_of_phase_2(results):
    outcome = ask(results)
    assert outcome.answer == "accepted"
    (change,) = outcome.changes
    assert (change.candidate, change.before.word, change.after.word) == ("A", "x", "excluded")
    assert change.clause == "211-A 56/1/d"
    freed = outcome.freed
    assert freed is not None
    assert (freed.programme, freed.term, freed.next_phase) == ("x", "vsm", 2)
    assert freed.clause == "211-A 42/1"
    assert [(e.candidate, e.enrolled, e.cancelled) for e in outcome.enrolments] == [
        ("A", False, True)
    ]


@pytest.mark.rules("exclusion-ground", "exclusion-not-yet")
def test_the_ground_is_a_clause_and_she_is_not_excluded_yet(results):
    assert ask(results, ground="211-A 56/1/d").ground == "211-A 56/1/d"
    assert [c.code for c in ask(results, ground="56/1/z").failing] == ["exclusion-ground"]
    outcome = ask(results, "Q", "99")
    assert [c.code for c in outcome.failing] == ["exclusion-ground", "exclusion-not-yet"]
    assert outcome.changes == outcome.enrolments == ()
    assert outcome.freed is None


@pytest.mark.rules("exclusion-ground")
@pytest.mark.parametrize("ground", ["60", "211-A 21/4"])
def test_another_clause_is_open_until_the_office_states_that_it_excludes(results, ground):
    outcome = ask(results, ground=ground)
    assert (outcome.answer, outcome.changes, outcome.enrolments) == ("open", (), ())
    assert [(c.code, c.detail) for c in outcome.conditions if c.met is None] == [
        ("exclusion-ground", "other")
    ]
    outcome = ask(results, ground=ground, stated=True)
    assert outcome.answer == "accepted"
    assert outcome.changes[0].clause == f"211-A {ground.removeprefix('211-A ')}"


@pytest.mark.rules("exclusion-ground")
@pytest.mark.parametrize("ground", ["56/1/f", "211-B 31/1/d", "a falsehood"])
def test_a_clause_that_the_text_does_not_have_is_refused(results, ground):
    assert ask(results, ground=ground, stated=True).answer == "refused"


@pytest.mark.rules("exclusion-later")
def test_whoever_has_no_seat_frees_none(results):
    outcome = ask(results, "B")
    assert (outcome.answer, outcome.freed, outcome.enrolments) == ("accepted", None, ())
    assert outcome.changes[0].before.word == "not_placed"
    with pytest.raises(InputError):
        ask(results, "stranger")
    with pytest.raises(UsageError):
        ask(results, days="calendar_days")


@pytest.mark.rules("exclusion-annuls-enrolment")
@pytest.mark.parametrize(
    ("reading", "term", "row"), [("not_enrolled", "vsm", False), ("no_term", "", True)]
)
def test_an_enrolment_already_made_is_annulled(results, reading, term, row):
    enrolled = enrolments(("A", True, None, False))
    outcome = ask(results, enrolled=enrolled, annulled_enrolment=reading)
    assert outcome.enrolment_annulled
    assert outcome.freed is not None
    assert outcome.freed.term == term
    assert [(e.enrolled, e.cancelled) for e in outcome.enrolments] == [(row, True)]


@pytest.mark.rules("exclusion-frees-seat")
def test_a_further_seat_of_article_9_2_is_given_back_by_no_formula(tmp_path):
    changed = {"A": {"has_final_grade": False}}
    people = {name: PEOPLE[name] for name in "AB"}
    results = placed(tables_of(PROGRAMMES, people, people=changed), tmp_path)
    outcome = ask(results, "B")
    assert outcome.freed is not None
    assert (outcome.freed.quota, outcome.freed.term) == ("additional", "")
    assert outcome.freed.why == "further_seat"


@pytest.mark.rules("exclusion-annuls-enrolment")
def test_by_the_reading_without_a_term_it_matters_whether_she_enrolled(results):
    outcome = ask(results, annulled_enrolment="no_term")
    assert outcome.freed is not None
    assert (outcome.freed.term, outcome.freed.why) == ("", "enrolment_unknown")
    assert [e.enrolled for e in outcome.enrolments] == [None]
    outcome = ask(results, enrolled=enrolments(), annulled_enrolment="no_term")
    assert outcome.freed is not None
    assert outcome.freed.term == "vsm"


@pytest.mark.rules("exclusion-frees-seat", "enrolment-lapses")
@pytest.mark.parametrize(
    ("who", "programme", "term", "why"),
    [("B", "y", "vsm", ""), ("C", "x", "", "further_seat"), ("E", "y", "vsm", "")],
)
def test_the_seat_freed_is_where_the_next_phase_finds_it(tmp_path, who, programme, term, why):
    """B and C exchanged: B's further seat of x is C's now, and stays one; each is where she is."""
    people = {"A": "150 19=150 > x", "B": "140 19=140 > x", "C": "160 19=160 > y"}
    people |= {"E": "130 19=130 > y", "N": "100 02=100 > y"}
    changed = {"A": {"has_final_grade": False}}
    programmes = {**PROGRAMMES, "w": "1 19"}
    results = placed(tables_of(programmes, people, people=changed), tmp_path)
    enrolled = everyone(results)
    swap = exchange(Phases(results, enrolments=enrolled), "B", "C")
    assert swap.answer == "accepted", failing(swap)
    enrolled = enrolments_table(swap.enrolments, enrolled)
    outcome = ask(results, who, enrolled=enrolled)
    freed = outcome.freed
    assert freed is not None
    assert (freed.programme, freed.term, freed.why) == (programme, term, why)
    after = enrolments_table(outcome.enrolments, enrolled)
    late = tables_of(programmes, {"N": "100 19=100 > x y w"})
    seats = following(results, late, after, tmp_path).table("seats", pl.lit(True))
    terms = dict(zip(seats["programme"], seats["vsm"], strict=True))
    assert terms == {"x": "0", "y": "0", "w": "0"} | ({programme: "1"} if term == "vsm" else {})


@pytest.mark.rules("exclusion-frees-seat")
def test_seats_opened_by_ties_are_told(tmp_path):
    people = {"A": "150 19=150 > x", "B": "150 19=150 > x"}
    outcome = ask(placed(tables_of(PROGRAMMES, people), tmp_path))
    assert outcome.freed is not None
    assert (outcome.freed.term, outcome.freed.tie_extra) == ("vsm", 1)


@pytest.mark.rules("exclusion-frees-seat", "exclusion-frees-decided-seat")
def test_after_phase_2_only_seats_of_phase_2_have_a_term(tmp_path):
    before = placed(tables_of(PROGRAMMES, {"A": PEOPLE["A"]}), tmp_path)
    after = placed_again(
        before, tables_of(PROGRAMMES, {"F": "140 19=140 > y"}), everyone(before), tmp_path
    )
    held = after.table("holders", pl.lit(True))
    assert dict(zip(held["candidate"], held["phase"], strict=True)) == {"A": "1", "F": "2"}
    of_second = exclude(Phases(after, [before]), "F", "56/1/d", {}).freed
    of_first = exclude(Phases(after, [before]), "A", "56/1/d", {}).freed
    assert of_second is not None
    assert of_first is not None
    assert (of_second.term, of_second.clause, of_second.next_phase) == ("vsm", "211-A 47/1/b", 3)
    assert (of_first.term, of_first.why) == ("", "earlier_phase")
