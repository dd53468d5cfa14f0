"""The single questions of a course: every worked case, and random ones against the reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from reference.cef import admission as plain_admission
from reference.cef import grades as plain_grades
from reference.cef import measures as plain_measures
from reference.cef import meetings as plain_meetings
from reference.cef import paf as plain_paf
from reference.cef import practice as plain_practice
from reference.cef import team as plain_team
from reference.cef import validity as plain_validity
from reference.cef.calls import exact, plain
from reference.cef.readings import READINGS, choose
from reference.cef.situations import read_cases

from portaria.core.deadline import MunicipalReading, OnDates, ServiceCalendar, is_working_day
from portaria.core.errors import UsageError
from portaria.core.messages import render
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef import (
    admission,
    exam,
    instruments,
    internship_plan,
    jury,
    measures,
    minutes,
    progress,
    team,
    validity,
)
from portaria.regulations.cef.regulation import CEF

Row = dict[str, Any]

OWN_READINGS = (
    "school_year", "turning_18", "special_education", "interim_chair", "recovered",
    "after_31_january", "recovered_score", "lateness", "jury",
)  # fmt: skip
SEEDS = range(40)
RULES = CEF.rule_set({})
NATIONAL = ServiceCalendar()


def calendar(municipal: Any = (), closures: Any = ()) -> ServiceCalendar:
    days = frozenset(municipal)
    return ServiceCalendar((OnDates(days),) if days else (), frozenset(closures))


# --- every worked case -----------------------------------------------------------------------


def minimum_age(rules: RuleSet, born: date, start: date, **request: Any) -> str:
    return admission.minimum_age(born, start, admission.Request(**request), rules).outcome


def maximum_age(rules: RuleSet, interrupted: bool, passed_last_year: bool, **days: date) -> str:
    last_year = admission.LastYear(interrupted, passed_last_year)
    return admission.maximum_age(**days, last_year=last_year, rules=rules).outcome


def schooling(rules: RuleSet, passed: list[int], failed: list[int]) -> bool:
    return admission.schooling(passed, failed, rules).eligible


def member(row: Mapping[str, Any]) -> team.Member:
    return team.Member(**{"name": "", **row})


def composition(rules: RuleSet, kind: str, members: list[Row], year: int) -> Row:
    found = team.composition(kind, [member(row) for row in members], year, rules)
    places = [each.place for each in found]
    return {name: places.count(name) for name in (team.VOTES, team.ATTENDS, team.OUT)}


def officers(rules: RuleSet, kind: str, members: list[Row]) -> Row:
    found = team.officers(kind, [member(row) for row in members], 2, rules)
    return {
        "chair": [each.chair for each in found],
        "secretary": list(found[0].secretaries) if len(found) == 1 else [],
    }


def minutes_of(rules: RuleSet, record: Row, **days: Any) -> Row:
    decisions = tuple(minutes.Decision(**row) for row in record.get("decisions", []))
    given = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
    found = minutes.minutes(
        minutes.Record(**{**given, "decisions": decisions}), calendar(**days), rules
    )
    lacks = [
        each.what if each.decision is None else f"decisions.{each.decision}.{each.what}"
        for each in found.lacks
    ]
    return {"lacks": lacks, "deliver_by": found.deliver_by, "clause": bare(found.clause)}


def mark(rules: RuleSet, **given: Any) -> Row:
    found = measures.mark(**given, rules=rules)
    return {"mark": found.mark, "redo_at_most": found.redo_at_most}


def consequences(rules: RuleSet, minor: bool, **given: bool) -> list[str]:
    found = measures.consequences(measures.Recovery(**given), minor, rules)
    return [each.code for each in found]


def exclusion_open(rules: RuleSet, complied: bool, effective: bool, **given: Any) -> bool:
    return measures.exclusion(**given, worked=complied and effective, rules=rules).open


def excluded_from(rules: RuleSet, subjects: Row, failed: list[str]) -> list[str]:
    return list(measures.excluded_from(subjects, failed))


def must_attend_until(rules: RuleSet, **given: Any) -> date:
    return measures.must_attend_until(**given, rules=rules)


def is_minor(rules: RuleSet, born: date, on: date) -> bool:
    return measures.is_minor(born, on)


def moments(rules: RuleSet, year: int) -> list[str]:
    return [each.name for each in progress.moments(year, rules)]


def final_assessment_open(rules: RuleSet, **given: bool) -> bool:
    return progress.final_assessment(**given, rules=rules).open


def retained(rules: RuleSet, year: int, excluded_from: list[str]) -> bool:
    return progress.retention(year, excluded_from, rules).retained


def internship_calendar(
    rules: RuleSet,
    first: date,
    minutes_a_day: int,
    minutes: int | None = None,
    municipal: Any = (),
) -> tuple[date, bool]:
    asked = internship_plan.Asked(minutes_a_day, calendar(municipal), rules, minutes)
    found = internship_plan.internship(first, asked)
    return found.last, found.fits


def arrival(rules: RuleSet, start: datetime, at: datetime) -> Row:
    found = exam.arrival(start, at, rules)
    return {
        "be_there_by": found.be_there_by,
        "admitted": found.admitted,
        "minutes": Fraction(found.left // timedelta(seconds=1), 60),
    }


def absence(rules: RuleSet, municipal: Any = (), closures: Any = (), **given: Any) -> Row:
    found = exam.absence(**given, calendar=calendar(municipal, closures), rules=rules)
    return {"justify_by": found.justify_by, "outcome": found.outcome}


def jury_problems(rules: RuleSet, members: list[str]) -> list[str]:
    return [f"{each.code}-{each.what}" for each in jury.jury(members, rules).faults]


def jury_percent(rules: RuleSet, limits: Row, scores: Row, members: list[str] | None = None) -> Row:
    faults = jury.jury(members, rules).faults if members is not None else ()
    found = jury.score(limits, scores, rules, faults)
    rejected = [f"{each.juror}.{each.criterion}" for each in found.rejected]
    return {"rejected": rejected, "percent": found.percent}


def tools(given: Row) -> list[instruments.Instrument]:
    return [
        instruments.Instrument(name, Fraction(weight), Fraction(score))
        for name, (weight, score) in given.items()
    ]


def weighted(rules: RuleSet, **given: Row) -> Fraction:
    return instruments.weighted(tools(given["instruments"]))


def second_chance(rules: RuleSet, name: str, score: Any, **given: Row) -> Fraction:
    found = tools(given["instruments"])
    return instruments.second_chance(found, name, Fraction(score), rules).after


def version(rules: RuleSet, on: date) -> Row:
    found = validity.version(on, rules)
    return {"version": found.approved_on, "general_council": found.general_council}


def answers_silence(rules: RuleSet) -> list[str]:
    return list(validity.silence(rules).order)


CALLS: Mapping[str, Callable[..., Any]] = {
    "admission.minimum_age": minimum_age,
    "admission.maximum_age": maximum_age,
    "admission.schooling": schooling,
    "team.composition": composition,
    "team.officers": officers,
    "meetings.minutes": minutes_of,
    "measures.mark": mark,
    "measures.consequences": consequences,
    "measures.exclusion_open": exclusion_open,
    "measures.excluded_from": excluded_from,
    "measures.must_attend_until": must_attend_until,
    "measures.is_minor": is_minor,
    "progress.moments": moments,
    "progress.final_assessment_open": final_assessment_open,
    "progress.retained": retained,
    "practice.internship_calendar": internship_calendar,
    "paf.arrival": arrival,
    "paf.absence": absence,
    "paf.jury_problems": jury_problems,
    "paf.jury_percent": jury_percent,
    "grades.weighted": weighted,
    "grades.second_chance": second_chance,
    "validity.version": version,
    "validity.answers_silence": answers_silence,
}
CASES = [case for case in read_cases() if case.get("call") in CALLS]


def bare(clause: str) -> str:
    return clause.removeprefix("CEF ")


@pytest.mark.rules(
    "schooling", "minimum-age", "under-age-request", "maximum-age", "maximum-age-exception",
    "team-members", "grading-attendance", "individual-assessment", "representatives",
    "chair-grading", "chair-extraordinary", "chair-planning", "chair-interim", "chair-substitute",
    "secretary-substitute", "vote-by-name", "minutes-deadline", "recovery-mark",
    "recovery-redone", "excess-recovered", "recovery-council", "other-path", "child-protection",
    "absence-exclusion", "attendance-until", "retention", "assessment-moments",
    "final-assessment", "internship-hours", "internship-months", "paf-presence", "paf-duration",
    "paf-lateness", "paf-absence", "paf-new-date", "paf-lost", "jury-seats", "jury-scores",
    "module-recovery-grade", "version-in-force", "silent-cases",
)  # fmt: skip
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_worked_case(case: Row) -> None:
    given = exact(case.get("given", {}))
    got = plain(CALLS[case["call"]](CEF.rule_set(case.get("policy", {})), **given))
    expected = plain(case["result"])
    if isinstance(expected, dict):
        got = {name: got[name] for name in expected}
    assert got == expected


def test_the_readings_are_those_of_the_reference() -> None:
    for name in OWN_READINGS:
        mine, other = RULES.edition.readings[name], READINGS[name]
        assert (mine.choices, bare(mine.clause)) == (other.choices, other.clause)


# --- random questions, under random readings -------------------------------------------------


class Draw(Random):
    """What a question may be given."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.policy = {name: self.choice(READINGS[name].choices) for name in OWN_READINGS}
        self.rules, self.readings = CEF.rule_set(self.policy), choose(self.policy)

    def flag(self) -> bool:
        return self.random() < 0.5

    def day(self, first: date, days: int) -> date:
        return first + timedelta(days=self.randrange(days))

    def near(self, day: date) -> date:
        return day + timedelta(days=self.choice((-300, -2, -1, 0, 0, 1, 2, 300)))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_ages(seed: int) -> None:
    draw = Draw(seed)
    for _ in range(50):
        start = draw.choice((date(2024, 9, 1), date(2025, 9, 1), date(2024, 2, 29)))
        born = draw.near(start.replace(year=start.year - draw.choice((15, 18)), day=1))
        request = {
            "guardian_signed": draw.flag(),
            "report_by": draw.choice(("", *admission.AUTHORS)),
            "psychology_service": draw.flag(),
        }
        expected = plain_admission.minimum_age(born, start, **request)
        assert minimum_age(draw.rules, born, start, **request) == expected
        given = {
            "born": born,
            "school_year_start": start,
            "first_lesson": start + timedelta(days=draw.randrange(15)),
            "interrupted": draw.flag(),
            "passed_last_year": draw.flag(),
        }
        expected = plain_admission.maximum_age(**given, readings=draw.readings)
        assert maximum_age(draw.rules, **given) == expected
        assert is_minor(draw.rules, born, start) == plain_measures.is_minor(born, start)


def test_born_on_a_leap_day() -> None:
    assert [admission.birthday(date(2008, 2, 29), years) for years in (15, 16, 18)] == [
        date(2023, 3, 1), date(2024, 2, 29), date(2026, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_random_schooling(seed: int) -> None:
    draw = Draw(seed)
    for _ in range(20):
        passed = draw.sample(range(1, 9), draw.randrange(6))
        failed = draw.sample(range(1, 9), draw.randrange(3))
        assert schooling(RULES, passed, failed) == plain_admission.schooling(passed, failed)


@pytest.mark.rules("schooling")
def test_who_failed_year_9_has_passed_year_8() -> None:
    found = admission.schooling([6, 7], [9], RULES)
    assert (found.eligible, found.because) == (False, "passed-8")


@pytest.mark.parametrize("seed", range(120))
def test_random_meetings(seed: int) -> None:
    draw = Draw(seed)
    rows = [{"role": role} for role in ("class_director", "course_director") if draw.flag()]
    rows += [{"role": draw.choice(team.ROLES[2:])} for _ in range(draw.randrange(6))]
    for number, row in enumerate(rows):
        row |= {"name": f"m{number}", "years": draw.randrange(4), "elsewhere": draw.flag()}
    teaching = [row for row in rows if row["role"] in team.TEACHERS]
    if teaching and draw.flag():
        draw.choice(teaching)["secretary"] = True
    draw.shuffle(rows)
    for kind in team.KINDS:
        assert officers(draw.rules, kind, rows) == plain_team.officers(kind, rows, draw.readings)
        for year in (1, 2):
            for row in rows:
                row["teaches"] = row["role"] not in team.TEACHERS and draw.random() < 0.3
            expected = plain_team.composition(kind, rows, year, draw.readings)
            assert composition(draw.rules, kind, rows, year) == expected
        for row in rows:
            del row["teaches"]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_minutes(seed: int) -> None:
    draw = Draw(seed)
    record: Row = {"held_on": draw.day(date(2024, 1, 1), 700)}
    for name in ("chair", "secretary"):
        record[name] = draw.choice(("", "D"))
    record["attendance"] = draw.sample("DST", draw.randrange(4))
    record["topics"] = draw.choice(([], ["grades"]))
    record["decisions"] = [
        {
            "text": draw.choice(("", "x")),
            "reasons": draw.choice(("", "x")),
            "votes": dict.fromkeys(draw.sample("DST", draw.randrange(4)), "yes"),
        }
        for _ in range(draw.randrange(3))
    ]
    days = {"closures": [draw.near(record["held_on"])], "municipal": [date(2024, 8, 20)]}
    assert minutes_of(RULES, record, **days) == plain_meetings.minutes(record, **days)


@pytest.mark.rules("vote-by-name", "minutes-content")
def test_a_vote_is_of_who_has_one_and_nobody_abstains() -> None:
    def lacks(votes: Row) -> tuple[str, ...]:
        record = minutes.Record(
            date(2024, 2, 9), "D", "S", ("D", "S", "E"), ("grades",),
            (minutes.Decision("approved", "by the criteria", votes),), frozenset("E"),
        )  # fmt: skip
        return tuple(each.what for each in minutes.minutes(record, NATIONAL, RULES).lacks)

    assert lacks({"D": "yes", "S": "no"}) == ()
    assert lacks({}) == ()
    assert lacks({"D": "yes", "S": ""}) == ("votes",)
    assert lacks({"D": "yes", "S": "yes", "E": "yes"}) == ("votes",)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_measures(seed: int) -> None:
    draw, start = Draw(seed), date(2024, 9, 1)
    for _ in range(20):
        given = {
            name: draw.flag() for name in ("done", "restored", "minor", "effective", "possible")
        }
        assert consequences(RULES, **given) == plain_measures.consequences(**given)
        given = {
            "path_possible": draw.flag(),
            "redirected_on": draw.choice((None, draw.near(date(2025, 1, 31)))),
            "school_year_start": start,
            "complied": draw.flag(),
            "effective": draw.flag(),
            "fault_of_school": draw.random() < 0.2,
        }
        expected = plain_measures.exclusion_open(**given, readings=draw.readings)
        assert exclusion_open(draw.rules, **given) == expected
        until = {
            "year_end": date(2026, 6, 12),
            "born": draw.choice((date(2008, 2, 29), draw.day(date(2007, 1, 1), 900))),
            "redirected_on": draw.choice((None, draw.near(date(2026, 6, 12)))),
        }
        assert must_attend_until(RULES, **until) == plain_measures.must_attend_until(**until)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_internships(seed: int) -> None:
    draw = Draw(seed)
    municipal = [date(2025, 6, 24)] if draw.flag() else []
    first = draw.day(date(2025, 5, 20), 60)
    while not is_working_day(first, calendar(municipal)):
        first += timedelta(days=1)
    given = (first, draw.randrange(1, 600), draw.randrange(1, 20_000), municipal)
    if given[2] > 300 * given[1]:
        given = (first, 420, *given[2:])
    assert internship_calendar(RULES, *given) == plain_practice.internship_calendar(*given)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_exams(seed: int) -> None:
    draw = Draw(seed)
    start = datetime(2025, 7, 16, 10)
    for _ in range(20):
        at = start + timedelta(seconds=draw.choice((-1, 0, 899, 900, 901, draw.randrange(9999))))
        expected = plain_paf.arrival(start, at, draw.readings)
        assert arrival(draw.rules, start, at) == expected
        day = draw.day(date(2025, 7, 14), 40)
        given = {
            "exam": day,
            "justified_on": draw.choice((None, day + timedelta(days=draw.randrange(7)))),
            "accepted": draw.flag(),
            "absent_again": draw.random() < 0.2,
            "closures": [draw.near(day)],
            "municipal": [date(2025, 8, 20)],
        }
        assert absence(RULES, **given) == plain_paf.absence(**given)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_juries(seed: int) -> None:
    draw = Draw(seed)
    qualities = [quality for who in jury.SEATS.values() for quality in who]
    members = [draw.choice((*qualities, "neighbour")) for _ in range(draw.randrange(6))]
    assert jury_problems(RULES, members) == plain_paf.jury_problems(members)
    limits = {name: draw.randrange(1, 60) for name in "abc"[: draw.randrange(1, 4)]}
    most = draw.choice((0, 0, 1))
    scores = {
        juror: {
            name: draw.randint(-draw.choice((0, 0, 0, most)), limit + most)
            for name, limit in limits.items()
            if draw.random() < 0.95
        }
        for juror in "wxyz"[: draw.choice((0, 1, 3, 4, 4, 4))]
    }
    seats = [draw.choice((who[0], who[0], who[-1], "neighbour")) for who in jury.SEATS.values()]
    seated = draw.choice((None, [draw.choice((who[0], who[-1])) for who in jury.SEATS.values()],
                          seats[: len(scores)], members[: len(scores)]))  # fmt: skip
    expected = plain_paf.jury_percent(limits, scores, draw.readings, seated)
    assert jury_percent(draw.rules, limits, scores, seated) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_random_second_chances(seed: int) -> None:
    draw = Draw(seed)
    given = {
        name: (Fraction(draw.randrange(1, 90), 3), Fraction(draw.randrange(1001), 10))
        for name in "abcd"[: draw.randrange(1, 5)]
    }
    name, score = draw.choice([*given]), Fraction(draw.randrange(1001), 10)
    assert weighted(RULES, instruments=given) == plain_grades.weighted(given)
    expected = plain_grades.second_chance(given, name, score, draw.readings)
    assert second_chance(draw.rules, name, score, instruments=given) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_random_versions(seed: int) -> None:
    on = Draw(seed).day(date(2020, 11, 1), 1000)
    assert version(RULES, on) == plain_validity.version(on)


# --- what the reference does not answer ------------------------------------------------------


@pytest.mark.rules("paf-later-years")
def test_a_later_year() -> None:
    found = [exam.later_year(runs, RULES) for runs in (True, False)]
    assert [(each.outcome, each.clause) for each in found] == [
        ("if_asked", "CEF 34/4"), ("not_guaranteed", "CEF 34/4"),
    ]  # fmt: skip


@pytest.mark.rules("paf-absence")
def test_a_justification_waits_for_the_director() -> None:
    found = exam.absence(date(2025, 8, 14), date(2025, 8, 19), None, NATIONAL, RULES)
    assert (found.outcome, found.clause) == ("undecided", "CEF 34/1")
    late = exam.absence(date(2025, 8, 14), date(2025, 8, 20), None, NATIONAL, RULES)
    assert (late.outcome, late.clause) == ("no_paf_this_year", "CEF 34/3")


@pytest.mark.rules("chair-extraordinary", "secretary-substitute")
def test_either_director_and_the_secretary_there_then_is() -> None:
    members = [
        team.Member("C", "course_director", 30, secretary=True),
        team.Member("D", "class_director", 5),
        team.Member("T", "teacher", 4),
    ]
    found = team.officers("extraordinary", members, 1, RULES)
    assert [(c.chair, c.chair_clause, c.secretaries, c.secretary_clause) for c in found] == [
        ("D", "CEF 7/3", ("C",), ""),
        ("C", "CEF 7/3", ("D",), "CEF 7/9"),
    ]


@pytest.mark.rules("chair-substitute")
def test_who_is_not_in_the_meeting_has_no_office_in_it() -> None:
    """A teacher of the PAF belongs to the team in year 2 only; nobody there, nobody chairs."""
    members = [team.Member("P", "paf_teacher", 40), team.Member("T", "teacher", 4)]
    assert [c.chair for c in team.officers("grading", members, 1, RULES)] == ["T"]
    assert [c.chair for c in team.officers("grading", members, 2, RULES)] == ["P"]
    assert team.officers("grading", [team.Member("R", "services", 9)], 1, RULES) == ()


@pytest.mark.rules("jury-seats")
@pytest.mark.parametrize(
    ("members", "chair"),
    [(["delegate", "recognised_merit"], "delegate"), (["director", "delegate"], ""), ([], "")],
)
def test_who_chairs_the_jury(members: list[str], chair: str) -> None:
    assert jury.jury(members, RULES).chair == chair


@pytest.mark.rules("paf-presence", "paf-lateness")
@pytest.mark.parametrize(
    ("at", "on_time", "clause"),
    [("09:45:00", True, "29/4"), ("09:45:01", False, "29/4"), ("10:00:01", False, "29/6")],
)
def test_there_in_time_for_the_exam(at: str, on_time: bool, clause: str) -> None:
    found = exam.arrival(TEN, datetime.fromisoformat(f"2025-07-15T{at}"), RULES)
    assert (found.on_time, bare(found.clause)) == (on_time, clause)
    assert found.ends_at == datetime(2025, 7, 15, 11, 30)


@pytest.mark.rules("internship-hours")
def test_nobody_works_on_the_municipal_holiday_under_any_reading() -> None:
    days = (OnDates(frozenset({date(2025, 6, 24)})),)
    closes = ServiceCalendar(days, municipal_reading=MunicipalReading.CLOSES_ONLY)
    asked = internship_plan.Asked(420, closes, RULES)
    assert internship_plan.internship(date(2025, 6, 2), asked).last == date(2025, 7, 16)


@pytest.mark.rules("version-in-force")
@pytest.mark.parametrize(("on", "at_hand"), [(date(2022, 5, 1), False), (date(2023, 1, 25), True)])
def test_the_version_whose_rules_are_here(on: date, at_hand: bool) -> None:
    assert validity.version(on, RULES).at_hand is at_hand


@pytest.mark.rules("paf-dates", "paf-matrix")
@pytest.mark.parametrize(
    ("day", "matrix_on", "conflicts", "remarks"),
    [
        (date(2025, 7, 16), None, (), ()),
        (date(2025, 7, 30), None, (), ()),
        (date(2025, 7, 31), None, (), ("outside-15-to-30-july",)),
        (date(2025, 7, 15), None, ("before-internship-ends",), ()),
        (date(2025, 7, 19), None, ("school-closed",), ()),
        (date(2025, 7, 16), date(2025, 6, 16), (), ()),
        (date(2025, 7, 16), date(2025, 6, 17), ("matrix-late",), ()),
    ],
)
def test_a_day_for_the_paf(
    day: date, matrix_on: date | None, conflicts: tuple[str, ...], remarks: tuple[str, ...]
) -> None:
    """The internship ends on 15 July 2025, a Tuesday."""
    found = exam.paf_date(day, date(2025, 7, 15), NATIONAL, RULES, matrix_on)
    assert (found.conflicts, found.remarks) == (conflicts, remarks)


@pytest.mark.rules("internship-hours", "internship-months", "paf-dates")
def test_every_pair_of_internship_and_paf() -> None:
    """7 hours a day: in 2025 only 2 June is early enough, and 15 July is its last day."""
    asked = internship_plan.Asked(420, NATIONAL, RULES)
    found = internship_plan.pairs(2025, asked)
    fit = [pair for pair in found if not pair.conflicts]
    assert {(pair.internship.first, pair.internship.last) for pair in fit} == {
        (date(2025, 6, 2), date(2025, 7, 15))
    }
    days = [pair.paf.day for pair in fit]
    assert days == [date(2025, 7, d) for d in (16, 17, 18, 21, 22, 23, 24, 25, 28, 29, 30)]
    assert (fit[0].paf.matrix_by, fit[-1].paf.matrix_by) == (date(2025, 6, 16), date(2025, 6, 30))
    [later] = {p.conflicts for p in found if p.internship.first == date(2025, 6, 9)
               and p.paf.day == date(2025, 7, 21)}  # fmt: skip
    assert later == ("after-15-july", "before-internship-ends")


@pytest.mark.parametrize("seed", range(6))
def test_the_pairs_are_all_there_are(seed: int) -> None:
    """Against every day of the summer, each asked by itself."""
    draw, year = Draw(seed), 2024 + seed % 3
    closed = calendar([date(year, 6, 24)], [draw.day(date(year, 7, 15), 16)])
    asked = internship_plan.Asked(
        draw.choice((420, 450, 480)), closed, RULES,
        school_ends=draw.choice((None, date(year, 6, 4))),
        matrix_on=draw.choice((None, date(year, 6, 20))),
    )  # fmt: skip
    expected = set()
    summer = [date(year, 5, 20) + timedelta(days=n) for n in range(80)]
    starts = [day for day in summer if is_working_day(day, calendar([date(year, 6, 24)]))]
    for first in starts:
        last, fits = plain_practice.internship_calendar(
            first, asked.minutes_a_day, municipal=[date(year, 6, 24)]
        )
        if not fits or (asked.school_ends and first <= asked.school_ends):
            continue
        for day in summer:
            pair = internship_plan.pair(first, day, asked)
            assert ("before-internship-ends" in pair.conflicts) == (day <= last)
            if not pair.conflicts and not pair.paf.remarks:
                expected.add((first, day))
    found = internship_plan.pairs(year, asked)
    assert not any("school-closed" in pair.conflicts for pair in found)
    assert {(p.internship.first, p.paf.day) for p in found if not p.conflicts} == expected


# --- what cannot be answered -----------------------------------------------------------------

TEN = datetime(2025, 7, 15, 10)
NO_REQUEST, NO_YEAR = admission.Request(), admission.LastYear(False, True)
CLOSED = internship_plan.Asked(420, NATIONAL, RULES)
TOOL = instruments.Instrument("test", Fraction(60), Fraction(30))
REFUSED: Mapping[str, Callable[[], Any]] = {
    "cef-not-born": lambda: admission.minimum_age(
        date(2026, 1, 1), date(2025, 9, 1), NO_REQUEST, RULES
    ),
    "cef-report-author": lambda: admission.minimum_age(
        date(2011, 1, 1), date(2025, 9, 1), admission.Request(report_by="friend"), RULES
    ),
    "cef-lesson-too-early": lambda: admission.maximum_age(
        date(2011, 1, 1), date(2025, 9, 1), date(2025, 8, 31), NO_YEAR, RULES
    ),
    "cef-school-year-number": lambda: admission.schooling([0], [], RULES),
    "cef-meeting-kind": lambda: team.composition("party", [], 1, RULES),
    "cef-course-year": lambda: progress.moments(3, RULES),
    "cef-member-role": lambda: team.composition("grading", [team.Member("A", "cook")], 1, RULES),
    "cef-member-twice": lambda: team.officers(
        "grading", [team.Member("A", "teacher"), team.Member("A", "services")], 1, RULES
    ),
    "cef-member-one-only": lambda: team.composition(
        "grading", [team.Member("A", "class_director"), team.Member("B", "class_director")], 1,
        RULES,
    ),
    "cef-recovery-lessons": lambda: measures.mark(True, True, 0, RULES),
    "cef-subject-unknown": lambda: measures.excluded_from({"MAT": "scientific"}, ["POR"]),
    "cef-internship-first-day": lambda: internship_plan.internship(date(2025, 6, 1), CLOSED),
    "cef-internship-minutes-a-day": lambda: internship_plan.pairs(
        2025, internship_plan.Asked(0, NATIONAL, RULES)
    ),
    "cef-internship-length": lambda: internship_plan.pairs(
        2025, internship_plan.Asked(1, NATIONAL, RULES)
    ),
    "cef-jury-matrix": lambda: jury.score({}, {}, RULES),
    "cef-jury-too-many": lambda: jury.score({"a": 1}, {j: {"a": 1} for j in "vwxyz"}, RULES),
    "cef-instruments-none": lambda: instruments.weighted([]),
    "cef-instrument-twice": lambda: instruments.weighted([TOOL, TOOL]),
    "cef-instrument-weight": lambda: instruments.weighted(
        [instruments.Instrument("test", Fraction(-1), Fraction(1))]
    ),
    "cef-instrument-score": lambda: instruments.second_chance([TOOL], "test", Fraction(101), RULES),
    "cef-instrument-unknown": lambda: instruments.second_chance([TOOL], "x", Fraction(1), RULES),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_answered_says_why(code: str) -> None:
    with pytest.raises(UsageError) as refused:
        REFUSED[code]()
    message = refused.value.message
    assert not isinstance(message, str)
    assert message.code == code
    assert render(message, "en")
    assert render(message, "pt-PT")


def test_answers_are_frozen() -> None:
    found = exam.arrival(TEN, TEN, RULES)
    with pytest.raises(AttributeError):
        setattr(found, fields(found)[0].name, TEN)
