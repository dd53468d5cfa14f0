"""The account of a form says what placing that form decides, candidate by candidate.

Everybody of random contests with every rule: grades, validity, reasons and the quotas that hear
each option are compared with the result tables, and for some with the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import made
import polars as pl
import pytest
from engines import contest_of
from reference.later_markets import random_later_contest, write_later_contest
from reference.markets import random_contest

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain import explain
from portaria.regulations.access.form import FormAccount, account, application_grades
from portaria.regulations.access.from_frames import PERSON, person_contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables

POLICIES = [
    {"form_order": "as_written", "preference_rounding": "floor"},
    {"form_order": "valid_only", "preference_rounding": "half_up"},
]
PEOPLE, PROGRAMMES, CONTESTS = 75, 7, 28

Tables = dict[str, pl.DataFrame]


def people(contest: Contest) -> Iterator[tuple[str, Tables]]:
    """Each candidate with her rows, and the contest with nobody."""
    parts = {name: contest.tables[name].partition_by("candidate", as_dict=True) for name in PERSON}
    for who in contest.tables["candidates"]["candidate"]:
        nothing = {name: contest.tables[name].clear() for name in PERSON}
        yield who, {name: parts[name].get((who,), nothing[name]) for name in PERSON}


def nobody(contest: Contest) -> Contest:
    nothing = {name: contest.tables[name].clear() for name in PERSON}
    return replace(contest, tables={**contest.tables, **nothing})


def by_candidate(table: pl.DataFrame) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(row["candidate"], []).append(row)
    return found


def decided(row: dict) -> tuple:
    """What a row of options_outcome says that does not depend on the others."""
    ineligible = row["outcome"] == "ineligible"
    why = (row["reason"], row["clause"]) if ineligible else (None, "")
    return (row["order"], row["programme"], row["grade"], row["exam_set"], row["exam_part"], *why)


def foretold(form: FormAccount) -> list[tuple]:
    return [
        (
            o.order, o.programme, None if o.grade is None else str(o.grade), o.exam_set,
            None if o.exam_part is None else f"{o.exam_part:f}", o.reason, o.clause,
        )
        for o in form.options
    ]  # fmt: skip


def case(seed: int) -> tuple[Contest, dict[str, FormAccount], dict[str, pl.DataFrame]]:
    rng, policy = Random(seed), POLICIES[seed % len(POLICIES)]
    tables = random_contest(rng, PEOPLE, PROGRAMMES, quotas=True, ties="many")
    contest = contest_of(tables, policy)
    base = nobody(contest)
    forms = {who: account(person_contest(base, rows)) for who, rows in people(contest)}
    return contest, forms, result_tables(place(contest))


@pytest.mark.rules("regional-claim", "option-limit")
@pytest.mark.parametrize("seed", range(CONTESTS))
def test_everybody_of_a_random_contest(seed):
    contest, forms, results = case(seed)
    outcomes = by_candidate(results["options_outcome"])
    lists = by_candidate(results["quota_lists"])
    everyone = contest.tables["candidates"].with_columns(claims_regional=True)
    claiming = replace(contest, tables={**contest.tables, "candidates": everyone})
    claimed = by_candidate(result_tables(place(claiming))["quota_lists"])
    sizes = {row["programme"]: row for row in results["seats"].iter_rows(named=True)}
    assert len(forms) == PEOPLE
    for who, form in forms.items():
        assert foretold(form) == [decided(row) for row in outcomes.get(who, [])]
        heard = {(row["programme"], row["quota"]) for row in lists.get(who, [])}
        told = {(o.programme, q.quota) for o in form.options for q in o.quotas if q.heard}
        assert told == heard
        for option in form.options:
            row = sizes[option.programme]
            assert option.seats == row["seats"]
            assert all(size.seats == row[size.quota] for size in option.sizes)
            assert (option.missing is None) == (option.state == "valid")
        regional = [each for each in form.claims if each.quota == "regional" and not each.claimed]
        orders = {option.programme: option.order for option in form.options}
        could = {
            orders[row["programme"]] for row in claimed.get(who, []) if row["quota"] == "regional"
        }
        mine = {each.quota for each in form.claims if each.claimed}
        if "regional" not in mine:
            assert {order for each in regional for order in each.heard_at} == could


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_hearings_are_those_of_the_explanation(tmp_path, seed):
    tables = random_contest(Random(seed), 40, PROGRAMMES, quotas=True, ties="many")
    placed = made.results(tables, tmp_path, policy=POLICIES[seed % 2])
    contest = placed.inputs()
    for who, rows in people(contest):
        form, told = account(person_contest(contest, rows)), explain(placed, who)
        assert (form.readings, form.corrections) == (told.readings, told.corrections)
        orders = {option.programme: option.order for option in form.options}
        for mine, theirs in zip(form.options, told.options, strict=True):
            for name in ("course", "institution", "sets", "exam_set", "arithmetic", "min_grade"):
                assert getattr(mine, name) == getattr(theirs, name)
            assert [
                (q.quota, q.clause, q.seats, q.why_not, q.after_first_ground) for q in mine.quotas
            ] == [
                (h.quota, h.clause, h.seats, h.why_not, h.after_first_ground)
                for h in theirs.hearings
            ]
            for asked, hearing in zip(mine.quotas, theirs.hearings, strict=True):
                order = hearing.why_not == "form_order"
                assert hearing.because == tuple(
                    str(each.order) if order else each.programme for each in asked.because
                )
                assert all(each.order == orders.get(each.programme) for each in asked.because)


def test_what_is_missing_is_all_that_is_missing():
    """Whoever is given what an option lacks has a valid option there."""
    contest, forms, _ = case(101)
    base, rows_of = nobody(contest), dict(people(contest))
    mended = 0
    for who, form in forms.items():
        for option in form.options:
            if option.missing and form.excluded is None and option.missing.tenths is None:
                given = with_what_is_missing(rows_of[who], option)
                (grade,) = application_grades(base, given, [option.programme])
                assert grade.state == "valid" or grade.reason == "grade-below-minimum"
                mended += 1
    assert mended > 20


def with_what_is_missing(rows: Tables, option) -> Tables:
    lack, exams = option.missing, rows["exams"]
    who = rows["candidates"]["candidate"][0]
    if lack.nearest:
        first = lack.nearest[0]
        grades = dict.fromkeys(first.not_taken, 200)
        grades |= {each.exam: each.grade + each.points for each in first.below}
        kept = exams.filter(~pl.col("exam").is_in(list(grades)))
        new = [(who, exam, None, grade) for exam, grade in grades.items()]
        exams = pl.concat([kept, pl.DataFrame(new, exams.schema, orient="row")])
    passed = rows["prerequisites"]
    if lack.prerequisite:
        kept = passed.filter(pl.col("group") != lack.prerequisite)
        new = [(who, lack.prerequisite, True, 200)]
        passed = pl.concat([kept, pl.DataFrame(new, passed.schema, orient="row")])
    return {**rows, "exams": exams, "prerequisites": passed}


def test_grades_at_programmes_not_written_are_those_of_writing_them():
    contest, _, _ = case(7)
    base = nobody(contest)
    codes = contest.tables["programmes"]["programme"].to_list()
    for who, rows in list(people(contest))[:25]:
        options = [(who, order, code) for order, code in enumerate(codes, 1)]
        form = pl.DataFrame(options, rows["options"].schema, orient="row")
        written = account(person_contest(base, {**rows, "options": form}))
        assert application_grades(base, rows, codes) == [
            type(grade)(o.programme, o.state, o.reason, o.clause, o.grade, o.exam_set)
            for o, grade in zip(written.options, application_grades(base, rows, codes), strict=True)
        ]


@pytest.mark.parametrize("phase", [2, 3])
def test_everybody_of_a_later_phase(tmp_path, phase):
    """The seat held ends the list, programmes are opened or not, there is one quota."""
    made_later = random_later_contest(Random(phase), 60, 6, phase=phase)
    write_later_contest(made_later, tmp_path / "contest")
    contest = made.read(tmp_path / "contest")
    results = result_tables(place(contest))
    terms = {row["programme"]: row for row in results["seats"].iter_rows(named=True)}
    outcomes = by_candidate(results["options_outcome"])
    held = by_candidate(results["placements"].filter(pl.col("quota") == "held"))
    for who, rows in people(contest):
        form = account(person_contest(contest, rows))
        rows_told = outcomes.get(who, [])
        own = ("ineligible", "better_placed")
        for option, row in zip(form.options, rows_told, strict=True):
            ended = row["reason"] == "no-better-than-the-seat-held"
            assert (option.state == "no_better") == ended
            why = row["reason"] if row["outcome"] in own and row["rank"] is None else None
            assert option.reason == why
            assert (option.quotas, option.keeps_place) == ((), False)
            assert option.seats == max(0, terms[option.programme]["base"])
        if who in held:
            assert form.held == held[who][0]["programme"]
        assert form.claims == ()
