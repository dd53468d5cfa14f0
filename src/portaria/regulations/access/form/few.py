"""A contest with few of its programmes, and one candidate's grades at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.terms import exam_sets
from portaria.regulations.access.form.account import (
    INVALID,
    NO_BETTER,
    NO_SECONDARY,
    UNKNOWN,
    VALID,
    ProgrammeGrade,
)
from portaria.regulations.access.from_frames import person_contest
from portaria.regulations.access.grades import graded_pairs
from portaria.regulations.access.plan.missing import missing as lacks
from portaria.regulations.access.plan.years import points
from portaria.regulations.access.reasons import (
    EXCLUDED,
    NO_BETTER_THAN_HELD,
    REASONS,
    VALID_SET,
)

Row = dict[str, Any]
OFFERED = ("programmes", "exam_sets", "regional_areas", "vocational_courses", "congeners")


def narrowed(contest: Contest, programmes: Iterable[str]) -> Contest:
    """The contest with these programmes alone; nothing about them is otherwise."""
    named = pl.Series(sorted(set(programmes)), dtype=pl.String).implode()
    here = pl.col("programme").is_in(named)
    tables = {name: contest.tables[name].filter(here) for name in OFFERED}
    # A foreign exam of a programme left out must not count as one of everywhere.
    exams = contest.tables["exams"].filter(pl.col("programme").is_null() | here)
    return replace(contest, tables={**contest.tables, **tables, "exams": exams})


def application_grades(
    base: Contest,
    tables_of_one: Mapping[str, pl.DataFrame],
    programmes: Sequence[str],
    missing: bool = False,
) -> list[ProgrammeGrade]:
    """The grades of one candidate at programmes, written or not, in the order given.

    missing: with what each lacks, which takes longer: for a page of them.

    base, tables_of_one: those of `person_contest`. What a later phase makes of the form (a seat
    held, a programme not opened) is not looked at here.
    """
    contest = narrowed(person_contest(base, tables_of_one), programmes)
    known = set(contest.tables["programmes"]["programme"])
    person = contest.tables["candidates"].row(0, named=True)
    there = pl.Series("programme", [code for code in programmes if code in known], pl.String)
    pairs = there.to_frame().select(pl.lit(person["candidate"]).alias("candidate"), "programme")
    graded = {row["programme"]: row for row in graded_pairs(contest, pairs).to_dicts()}
    clauses = REASONS.clauses(contest.edition, contest.variant)
    nothing = ProgrammeGrade("", UNKNOWN, None, "", None, None)
    found = [
        _grade(graded[code], person, clauses) if code in known else replace(nothing, programme=code)
        for code in programmes
    ]
    return [_lacking(each, graded, contest) for each in found] if missing else found


def _lacking(grade: ProgrammeGrade, graded: Mapping[str, Row], contest: Contest) -> ProgrammeGrade:
    if grade.state != INVALID:
        return grade
    here = contest.tables["programmes"].row(
        by_predicate=pl.col("programme") == grade.programme, named=True
    )
    sets = exam_sets(contest, grade.programme)
    return replace(grade, missing=lacks(graded[grade.programme], here, sets))


def _grade(row: Row, person: Row, clauses: Mapping[str, str]) -> ProgrammeGrade:
    graded = has_grade(row)
    return ProgrammeGrade(
        programme=row["programme"],
        state=state_of(row),
        reason=row["reason"],
        clause=clause_of(row, person, clauses),
        grade=points(row["tenths"]) if graded else None,
        exam_set=row["exam_set"] if graded else None,
    )


def has_grade(row: Row) -> bool:
    """Whether a graded option has a grade to tell, valid or not."""
    return row["state"] == VALID_SET and row["tenths"] is not None


def state_of(row: Row) -> str:
    """valid, invalid, no_better or no_secondary, of a graded option."""
    if row["reason"] is not None:
        return NO_BETTER if row["reason"] == NO_BETTER_THAN_HELD else INVALID
    return NO_SECONDARY if row["tenths"] is None else VALID


def clause_of(row: Row, person: Row, clauses: Mapping[str, str]) -> str:
    """The clause of the reason; of an excluded person, what the office wrote."""
    if row["reason"] == EXCLUDED:
        return str(person["excluded"])
    return clauses[row["reason"]] if row["reason"] else ""
