"""The procedures of an institutional contest (211-B): its clauses, and what it does not have."""

from __future__ import annotations

from datetime import date

import pytest
from aftermath import NONE, everyone, exam, moves, patch, tables_of
from made import results as make_results

from portaria.core.errors import UsageError
from portaria.regulations.access.procedures.complaint import Request, complain
from portaria.regulations.access.procedures.exchange import exchange
from portaria.regulations.access.procedures.exchange_case import Request as Exchange
from portaria.regulations.access.procedures.exclusion import exclude
from portaria.regulations.access.procedures.patch import read_patch
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.rectification import rectify
from portaria.regulations.access.procedures.rectified_seats import Request as Correction
from portaria.regulations.access.procedures.relocation import relocate
from portaria.regulations.access.procedures.relocation_conditions import Request as Closing

EDITION = "pt-institutional-2017"
PROGRAMMES = {"x": "1 19", "y": "2 19", "z": "1 07"}
PEOPLE = {"A": "150 19=150 > x", "B": "140 19=140 > x y", "C": "130 19=130 07=130 > z"}


@pytest.fixture
def results(tmp_path):
    return make_results(tables_of(PROGRAMMES, PEOPLE), tmp_path, EDITION)


def test_there_is_no_exchange(results):
    with pytest.raises(UsageError, match="no such procedure"):
        exchange(Phases(results), Exchange("A", "B"), {})


@pytest.mark.rules("relocation", "relocation-after-last-phase")
def test_any_phase_may_be_the_last(results):
    table = moves(("C", "y", True, True))
    phases = Phases(results, enrolments=everyone(results))
    outcome = relocate(phases, Closing("z", table))
    assert [(c.code, c.clause) for c in outcome.failing] == [
        ("relocation-after-last-phase", "211-B 30/1")
    ]
    outcome = relocate(phases, Closing("z", table, last_phase=True))
    assert [(c.after.word, c.clause) for c in outcome.changes] == [("y", "211-B 30/4")]


@pytest.mark.rules("rectification-moved", "rectification-seats")
def test_a_seat_left_by_a_rectification_has_no_term(results, tmp_path):
    """29/2/c takes off seats created or used; no letter of 29/2 gives back the one she left."""
    correction = read_patch(patch(tmp_path / "p", exams=exam("B", e19=190)), "B")
    outcome = rectify(results, correction, Correction(), NONE)
    assert outcome.changes[0].clause == "211-B 32/3"
    assert [(a.programme, a.vl2, a.vr) for a in outcome.adjustments] == [("x", 0, 1)]
    assert outcome.why == "no_term"
    lost = read_patch(patch(tmp_path / "lost", exams=exam("C", e02=130)), "C")
    outcome = rectify(results, lost, Correction(), NONE)
    assert (outcome.form, outcome.adjustments, outcome.why) == ("not_placed", (), "")
    (row,) = outcome.enrolments  # which 29/2/c counts as a cancelled enrolment
    assert (row.enrolled, row.cancelled) == (True, True)


@pytest.mark.rules("exclusion-later", "exclusion-frees-seat")
def test_an_annulled_enrolment_is_a_seat_of_the_next_phase(results):
    outcome = exclude(Phases(results, enrolments=everyone(results)), "A", "31/1/d", NONE)
    assert outcome.changes[0].clause == "211-B 31/1/d"
    assert exclude(Phases(results), "A", "31/1/e", NONE).answer == "refused"
    assert outcome.freed is not None
    assert (outcome.freed.term, outcome.freed.clause) == ("vsm", "211-B 29/2/b")


@pytest.mark.rules("complaint-in-time", "changed-grade-in-time")
def test_complaints_have_no_term_to_enrol(results):
    day = date(2017, 9, 11)
    outcome = complain(results, Request("B", day, day, until=day), NONE)
    assert (outcome.answer, outcome.steps) == ("accepted", ())
    assert outcome.conditions[-1].clause == "211-B 27/1"
    late = complain(results, Request("B", day, date(2017, 9, 15), "changed_grade"), NONE)
    assert [c.clause for c in late.failing] == ["211-B 27/5"]
