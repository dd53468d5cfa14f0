"""Exchange of seats (art. 54), condition by condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from aftermath import applied, ask, enrolments, everyone, failing, placed, placed_again, tables_of

from portaria.core.deadline import OnDates, ServiceCalendar
from portaria.core.errors import InputError, UsageError
from portaria.regulations.access.procedures.outcome import as_json
from portaria.regulations.access.procedures.phases import Phases

PROGRAMMES = {"x": "2 19", "y": "2 19", "z": "2 07"}
PEOPLE = {
    "A": "150 19=150 07=150 > x",
    "B": "140 19=140 > x",
    "C": "130 19=130 > y",
    "D": "145 19=145 07=145 > y",
    "E": "160 07=160 19=160 > z",
}


@pytest.fixture
def results(tmp_path):
    return placed(tables_of(PROGRAMMES, PEOPLE), tmp_path)


@pytest.mark.rules("exchange", "exchange-placed", "exchange-last-placed")
def test_two_who_meet_everything_exchange(results):
    """A (150) and D (145) both reach the other's last placed: C with 130, B with 140."""
    outcome = ask(results, "A", "D")
    assert outcome.answer == "accepted"
    assert all(each.met for each in outcome.conditions)
    assert [(c.candidate, c.before.word, c.after.word, c.clause) for c in outcome.changes] == [
        ("A", "x", "y", "211-A 54/6"),
        ("D", "y", "x", "211-A 54/6"),
    ]
    assert [(e.candidate, e.enrolled, e.programme, e.cancelled) for e in outcome.enrolments] == [
        ("A", True, "y", False),
        ("D", True, "x", False),
    ]


@pytest.mark.rules("exchange-last-placed")
def test_a_grade_below_the_last_placed_refuses(results):
    """C has 130, below the 140 of B, the last placed in x; A is not below anybody in y."""
    outcome = ask(results, "A", "C")
    assert outcome.answer == "refused"
    (condition,) = outcome.failing
    assert (condition.code, condition.clause) == ("exchange-last-placed", "211-A 54/1/e")
    assert condition.params["candidate"] == "C"
    assert str(condition.params["grade"]) == "130.0"
    assert str(condition.params["last"]) == "140.0"
    assert outcome.changes == outcome.enrolments == ()


@pytest.mark.rules("exchange-last-placed")
def test_the_grade_counts_without_its_tie_break(tmp_path):
    """B and C have 140 by other ways; the worse tie-break of C is no obstacle."""
    people = {"B": "140 19=140 > x", "C": "150 19=130 > y"}
    outcome = ask(placed(tables_of({"x": "1 19", "y": "1 19"}, people), tmp_path), "B", "C")
    assert outcome.answer == "accepted"


@pytest.mark.rules("exchange-same-exams", "exchange-exams-taken", "exchange-exam-minimum")
def test_other_exams_refuse_with_every_condition_that_fails(results):
    outcome = ask(results, "B", "E")
    assert failing(outcome) == {
        "exchange-same-exams",
        "exchange-exams-taken B",
        "exchange-exam-minimum B",
        "exchange-grade-minimum B",
        "exchange-last-placed B",
    }
    (missing,) = (c for c in outcome.failing if c.code == "exchange-exams-taken")
    assert missing.params["missing"] == ("07",)


@pytest.mark.rules("exchange-same-exams")
def test_alternative_sets_are_the_same_exams_when_all_of_them_are(tmp_path):
    """x and y share one set of two: only the reading of a common set calls them the same."""
    programmes = {"x": "1 19 07", "y": "1 07 02+16"}
    people = {"A": "150 07=150 > x", "B": "150 07=150 > y"}
    results = placed(tables_of(programmes, people), tmp_path)
    outcome = ask(results, "A", "B")
    assert failing(outcome) == {"exchange-same-exams"}
    assert [(o.reading, o.choice, o.answer) for o in outcome.otherwise] == [
        ("exchange_exams", "common_set", "accepted")
    ]
    assert ask(results, "A", "B", policy={"exchange_exams": "common_set"}).answer == "accepted"


@pytest.mark.rules("exchange-same-exams")
def test_sets_in_another_order_and_with_other_weights_are_the_same_exams(tmp_path):
    programmes = {"x": "1 19 07+02", "y": "1 02+07 19"}
    terms = {"y": {"w_secondary": 60}}
    people = {"A": "150 19=150 > x", "B": "150 19=150 > y"}
    outcome = ask(placed(tables_of(programmes, people, terms), tmp_path), "A", "B")
    assert outcome.answer == "accepted"


@pytest.mark.rules("exchange-exam-minimum", "exchange-grade-minimum", "exchange-prerequisite")
def test_minima_and_prerequisite_of_the_other_programme(tmp_path):
    terms = {
        "y": {"min_exam": 140, "min_grade": 145, "prerequisite": "G"}
        | {"prerequisite_kind": "selection"}
    }
    tables = tables_of(
        {"x": "1 19", "y": "1 19"}, {"A": "140 19=130 > x", "B": "150 19=150 > y"}, terms
    )
    tables["prerequisites"] = [{"candidate": "B", "group": "G", "passed": True, "grade": None}]
    assert failing(ask(placed(tables, tmp_path), "A", "B")) == {
        "exchange-exam-minimum A",
        "exchange-grade-minimum A",
        "exchange-prerequisite A",
        "exchange-last-placed A",
    }


@pytest.mark.rules("exchange-prerequisite")
def test_a_documentary_prerequisite_is_left_to_the_institution(tmp_path):
    terms = {"y": {"prerequisite": "G", "prerequisite_kind": "documentary"}}
    people = {"A": "150 19=150 > x", "B": "150 19=150 > y"}
    outcome = ask(placed(tables_of({"x": "1 19", "y": "1 19"}, people, terms), tmp_path), "A", "B")
    assert outcome.answer == "accepted"
    details = {c.params["programme"]: c.detail for c in outcome.conditions if "prereq" in c.code}
    assert details == {"x": "none", "y": "shown"}


@pytest.mark.rules("exchange-other-programme")
def test_there_is_nothing_to_exchange_within_a_programme(results):
    assert failing(ask(results, "A", "B")) == {"exchange-other-programme"}


@pytest.mark.rules("exchange-placed")
def test_whoever_holds_no_seat_exchanges_none(tmp_path):
    people = {**PEOPLE, "N": "100 19=100 > x", "Q": "190 19=190 > x"}
    changed = {"Q": {"excluded": "56/1/a"}}
    tables = tables_of(PROGRAMMES, people, people=changed)
    results = placed(tables, tmp_path)
    assert "exchange-placed N" in failing(ask(results, "N", "C"))
    assert failing(ask(results, "N", "Q")) == {"exchange-placed N", "exchange-placed Q"}
    with pytest.raises(InputError):
        ask(results, "A", "stranger")
    with pytest.raises(UsageError):
        ask(results, "A", "A")


# --- the fifteen days ----------------------------------------------------------------------------


@pytest.mark.rules("exchange-in-time")
@pytest.mark.parametrize(
    ("on", "days", "answer"),
    [
        (date(2017, 10, 4), "working_days", "accepted"),
        (date(2017, 10, 6), "working_days", "refused"),
        (date(2017, 9, 28), "calendar_days", "accepted"),
        (date(2017, 9, 29), "calendar_days", "refused"),
    ],
)
def test_fifteen_days_from_the_later_enrolment(results, on, days, answer):
    """B enrols on 13 September: 15 working days end on 4 October, 15 of the calendar on 28."""
    assert ask(results, "A", "D", on=on, policy={"days": days}).answer == answer
    swapped = {"enrolled_first": date(2017, 9, 13), "enrolled_second": date(2017, 9, 12)}
    assert ask(results, "A", "D", on=on, policy={"days": days}, **swapped).answer == answer


@pytest.mark.rules("exchange-in-time")
def test_the_days_passed_over_are_named(results):
    """The municipal holiday of the service puts 4 October off past the 5th, a national one."""
    local = OnDates(frozenset({date(2017, 9, 15)}), "feriado municipal")
    calendar = ServiceCalendar(municipal=(local,))
    outcome = ask(results, "A", "D", on=date(2017, 10, 6), calendar=calendar)
    assert outcome.answer == "accepted"
    (term,) = (c for c in outcome.conditions if c.code == "exchange-in-time")
    assert term.deadline is not None
    names = [each.name for each in term.deadline.skipped if each.name]
    assert names == ["feriado municipal", "Implantação da República"]


@pytest.mark.rules("exchange-enrolled")
def test_both_must_be_enrolled_when_they_ask(results):
    assert failing(ask(results, "A", "D", on=date(2017, 9, 12))) == {"exchange-enrolled D"}


@pytest.mark.rules("exchange-enrolled")
def test_the_table_of_enrolments_outweighs_any_date(results):
    """D did not enrol, by the table, whatever day was given; then she cancelled."""
    rows = enrolments(("A", True, None, False), ("D", False, None, False))
    outcome = ask(Phases(results, enrolments=rows), "A", "D")
    assert failing(outcome) == {"exchange-enrolled D"}
    assert outcome.changes == ()
    rows = enrolments(("A", True, None, False), ("D", True, None, True))
    outcome = ask(Phases(results, enrolments=rows), "A", "D")
    assert failing(outcome) == {"exchange-enrolled D", "exchange-placed D"}
    assert failing(ask(Phases(results, enrolments=enrolments()), "A", "D")) == {
        "exchange-enrolled A",
        "exchange-enrolled D",
    }


@pytest.mark.rules("exchange-enrolled", "exchange-in-time")
def test_without_dates_the_answer_is_open(results):
    nothing = {"enrolled_first": None, "enrolled_second": None, "on": None}
    outcome = ask(results, "A", "D", **nothing)
    assert (outcome.answer, outcome.changes) == ("open", ())
    assert as_json(outcome)["accepted"] is None
    assert ask(results, "A", "C", **nothing).answer == "refused"


# --- nobody in the general quota, and the preferences --------------------------------------------


def with_quota_only(tmp_path, seats: int):
    """In y only C is placed, in the disability quota, with `seats` in all."""
    programmes = {"x": "1 19", "y": f"{seats} 19"}
    people = {"A": "120 19=120 > x", "C": "150 19=150 > y"}
    changed = {"C": {"disability": True}}
    return placed(tables_of(programmes, people, people=changed), tmp_path)


@pytest.mark.rules("exchange-last-placed")
@pytest.mark.parametrize(
    ("seats", "reading", "answer"),
    [
        (2, "seats_left", "accepted"),
        (1, "seats_left", "refused"),
        (1, "no_bar", "accepted"),
        (2, "no_exchange", "refused"),
    ],
)
def test_nobody_in_the_general_quota(tmp_path, seats, reading, answer):
    results = with_quota_only(tmp_path, seats)
    policy = {"exchange_nobody_placed": reading}
    assert ask(results, "A", "C", policy=policy).answer == answer


@pytest.mark.rules("exchange-last-placed")
def test_preferences_are_another_reading_of_the_general_quota(tmp_path):
    """In y the general list ends at 160 and the regional preference at 120."""
    terms = {"y": {"regional_share": 50, "subsystem": "polytechnic"}}
    people = {"A": "140 19=140 > x", "B": "160 19=160 > y", "C": "120 19=120 > y"}
    changed = {"C": {"area": "Leiria", "claims_regional": True}}
    tables = tables_of({"x": "1 19", "y": "2 19"}, people, terms, changed)
    tables["regional_areas"] = [{"programme": "y", "area": "Leiria"}]
    results = placed(tables, tmp_path)
    assert "exchange-last-placed A" in failing(ask(results, "A", "B"))
    wide = ask(results, "A", "B", policy={"exchange_last_placed": "with_preferences"})
    assert wide.answer == "accepted"


# --- phases --------------------------------------------------------------------------------------


@pytest.mark.rules("exchange-last-placed")
def test_the_bar_is_of_the_phase_of_whoever_frees_the_seat(tmp_path):
    """y: C got the seat of phase 1 with 130, F that of phase 2 with 110.

    B of x, with 120, is below C's phase and not below F's; to know F's bar and hers, both
    results are needed.
    """
    programmes = {"x": "1 19", "y": "2 19"}
    first = tables_of(programmes, {"B": "120 19=120 > x", "C": "130 19=130 > y"})
    before = placed(first, tmp_path)
    second = tables_of(programmes, {"F": "130 19=130 > x y"})
    second["candidates"][0]["secondary"] = 90
    after = placed_again(before, second, everyone(before), tmp_path)
    assert after.manifest["phase"] == 2
    with pytest.raises(UsageError, match="phase 1"):
        ask(after, "B", "F")
    both = Phases(after, [before])
    assert ask(both, "B", "C").failing[0].params["last"] is not None
    assert failing(ask(both, "B", "C")) == {"exchange-last-placed B"}
    assert failing(ask(both, "B", "F")) == {"exchange-last-placed F"}


def test_results_of_another_contest_or_twice_the_same_phase_are_refused(results, tmp_path):
    with pytest.raises(UsageError, match="phase 1"):
        Phases(results, [results])
    second = replace(results, manifest={**results.manifest, "phase": 2})
    assert Phases(results, [second]).phase == 2
    settings = {**results.manifest["settings"], "edition_sha256": "0" * 64}
    changed = replace(second, manifest={**second.manifest, "settings": settings})
    with pytest.raises(UsageError, match="written otherwise"):
        Phases(results, [changed])
    tables = tables_of({"q": "2 19"}, {"A": "150 19=150 > q"})
    strange = replace(placed(tables, tmp_path, "strange"), manifest=second.manifest)
    with pytest.raises(UsageError, match="no programme in common"):
        Phases(results, [strange])


@pytest.mark.rules("exchange", "exchange-placed")
def test_an_exchange_that_was_made_is_seen_in_the_enrolments(results):
    """After A and D exchanged, A sits in y; exchanging again restores the lists."""
    seats = {"A": "x", "D": "y"}
    once = ask(results, "A", "D")
    moved = enrolments(*((e.candidate, True, e.programme, False) for e in once.enrolments))
    twice = ask(Phases(results, enrolments=moved), "A", "D")
    assert [c.before.word for c in twice.changes] == ["y", "x"]
    assert applied(applied(seats, once.changes), twice.changes) == seats


def test_an_unknown_reading_is_refused(results):
    with pytest.raises(UsageError):
        ask(results, "A", "D", policy={"colour": "blue"})
    with pytest.raises(UsageError):
        ask(results, "A", "D", policy={"days": "weeks"})
