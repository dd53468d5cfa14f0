"""What is told of a result: to everybody, to each institution, and as open data (arts. 38, 39).

Each takes an opened result and gives plain rows. Nobody's data stands where it need not: the
public list has names and results, the open data has no people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from portaria.core.names import by_name
from portaria.core.rounding import without_zeros
from portaria.core.rule import rule
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import ExamSet
from portaria.regulations.access.explain.terms import secondary_grade, sets_with_grades
from portaria.regulations.access.folder import Results
from portaria.regulations.access.reasons import QUOTAS

Row = dict[str, Any]
EVERY = pl.lit(True)
RESIDENCE, MUNICIPALITY = "residence", "secondary_municipality"
"""Columns of `candidates` that no rule reads: where she lives, where she concluded her course."""


@dataclass(frozen=True)
class Mark:
    """A grade used in computing an application grade.

    kind: secondary, secondary_a and secondary_b (0-20, of two cycles), exam, prerequisite; code:
    of the exam or the group of the prerequisite, empty otherwise.
    """

    kind: str
    code: str
    grade: Decimal


@dataclass(frozen=True)
class PlacedHere:
    """A candidate placed in an institution (39/2); None where the tables do not say.

    residence and secondary_municipality: columns of the user that travel with `candidates`; area:
    of influence of the school of the 12th year. grade: application grade, 0-200 in tenths.
    """

    candidate: str
    name: str | None
    civil_id: str | None
    residence: str | None
    programme: str
    course: str
    secondary_course: str | None
    secondary_municipality: str | None
    area: str | None
    quota: str
    grade: Decimal
    exam_set: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class InstitutionList:
    """Everybody placed in one institution, by programme and name; clause: empty where the text
    asks for no such list."""

    institution: str
    name: str
    clause: str
    placed: tuple[PlacedHere, ...]


@dataclass(frozen=True)
class PublicRow:
    """One person: name and result (placed, not_placed, excluded), with the programme of a
    placement. reason and clause: where the text wants the ground in the list too (211-B 26/3)."""

    name: str | None
    result: str
    programme: str | None
    reason: str = ""
    clause: str = ""


@rule("result-list")
def public_list(results: Results) -> tuple[PublicRow, ...]:
    """Name and result of everybody, by name and then by candidate (211-A 38/4, 211-B 26/2).

    No other column, and no code of the candidate: people of one name are told apart by the
    individual record alone.
    """
    contest = results.inputs()
    names = contest.tables["candidates"].select("candidate", "name")
    rows = results.table("placements", EVERY).join(names, on="candidate", how="left").to_dicts()
    grounds = published_grounds(contest, rows)
    return tuple(
        PublicRow(
            row["name"],
            row["result"],
            row["programme"] if row["result"] == "placed" else None,
            *grounds.get(row["candidate"], ()),
        )
        for row in _by_name(rows)
    )


@rule("result-list-grounds")
def published_grounds(contest: Contest, rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    """By candidate, reason and clause of whoever is not placed or excluded (211-B 26/3).

    Nothing where the text keeps them to the individual record.
    """
    if not contest.edition.has("result-list-grounds"):
        return {}
    return {
        row["candidate"]: (row["reason"], row["clause"])
        for row in rows
        if row["result"] != "placed"
    }


def _by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: by_name(row["name"] or "", row["candidate"]))


@rule("institution-list")
def institution_list(results: Results, institution: str) -> InstitutionList:
    """Everybody placed in an institution in this phase, with what 39/2 asks to tell of each.

    Whoever keeps a seat from a phase before is not placed in this one. Nobody where no programme
    is the institution's.
    """
    contest = results.inputs()
    offered = contest.tables["programmes"].filter(pl.col("institution") == institution)
    programmes = {row["programme"]: row for row in offered.iter_rows(named=True)}
    here = pl.col("programme").is_in(offered["programme"].implode())
    placed = results.table("placements", here & (pl.col("result") == "placed"))
    sets = results.table("options_outcome", here & (pl.col("outcome") == "placed"))
    rows = placed.join(sets.select("candidate", "exam_set"), on="candidate").join(
        _people(contest), on="candidate"
    )
    used = sets_with_grades(contest, rows.select("candidate", "programme", "exam_set"))
    results_of = _prerequisites(contest, rows)
    told = [
        _placed_here(contest, row, programmes[row["programme"]], used, results_of)
        for row in _by_name(rows.to_dicts())
    ]
    edition = contest.edition
    return InstitutionList(
        institution=institution,
        name=next((row["institution_name"] for row in programmes.values()), None) or institution,
        clause=edition.clause("institution-list") if edition.has("institution-list") else "",
        placed=tuple(sorted(told, key=lambda each: each.programme)),
    )


def _people(contest: Contest) -> pl.DataFrame:
    """The candidates with the columns of the user that a list of an institution shows."""
    whole = contest.whole["candidates"]
    extra = [
        pl.col(name) if name in whole.columns else pl.lit(None, pl.String).alias(name)
        for name in (RESIDENCE, MUNICIPALITY)
    ]
    columns = contest.tables["candidates"].columns
    return whole.select(*columns, *extra).drop("excluded")


def _prerequisites(contest: Contest, people: pl.DataFrame) -> dict[tuple[str, str], Decimal]:
    """The grade by candidate and group."""
    rows = contest.tables["prerequisites"].join(people, on="candidate", how="semi")
    return {(row["candidate"], row["group"]): row["grade"] for row in rows.iter_rows(named=True)}


def _placed_here(
    contest: Contest,
    row: Row,
    programme: Row,
    used: Mapping[str, ExamSet],
    prerequisites: Mapping[tuple[str, str], Decimal],
) -> PlacedHere:
    secondary = secondary_grade(contest, row, programme)
    if secondary.a is not None and secondary.b is not None:
        marks = [Mark("secondary_a", "", secondary.a), Mark("secondary_b", "", secondary.b)]
    else:
        marks = [Mark("secondary", "", secondary.value)]
    for exam in used[row["candidate"]].exams:
        assert exam.grade is not None, "the set that counted is fully taken"
        marks.append(Mark("exam", exam.exam, Decimal(exam.grade)))
    if programme["w_prerequisite"]:
        group = programme["prerequisite"]
        r = prerequisites[row["candidate"], group]
        marks.append(Mark("prerequisite", group, without_zeros(r)))
    return PlacedHere(
        candidate=row["candidate"],
        name=row["name"],
        civil_id=row["civil_id"],
        residence=row[RESIDENCE],
        programme=row["programme"],
        course=programme["course_name"] or "",
        secondary_course=row["secondary_course"],
        secondary_municipality=row[MUNICIPALITY],
        area=row["area"],
        quota=row["quota"],
        grade=Decimal(row["grade"]),
        exam_set=int(row["exam_set"]),
        marks=tuple(marks),
    )


def open_data(results: Results) -> pl.DataFrame:
    """One row a programme, without people: codes and names, seats, placed, and last grades.

    Columns programme, institution, institution_name, course_name, seats, placed, tie_extra,
    additional, leftover (whole), then last_QUOTA, the grade of the last one placed in each quota
    of the contest as text with one decimal, null where nobody was.
    """
    contest = results.inputs()
    names = ("programme", "institution", "institution_name", "course_name")
    counted = ("seats", "placed", "tie_extra", "additional", "leftover")
    seats = results.table("seats", EVERY)
    last = results.table("last_placed", EVERY).select("programme", "quota", "grade")
    there = [quota for quota in QUOTAS if quota in seats.columns or quota == "additional"]
    grades = last.pivot(on="quota", on_columns=there, index="programme", values="grade").select(
        "programme", pl.col(there).name.prefix("last_")
    )
    return (
        contest.tables["programmes"]
        .select(names)
        .join(seats.select("programme", pl.col(counted).cast(pl.Int64)), on="programme")
        .join(grades, on="programme", how="left")
        .sort("programme")
    )
