"""Article 12/19-21: whom the class council excluded, from what, and what that entails."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course, anniversary
from portaria.regulations.cef.measures import Exclusion, exclusion, must_attend_until
from portaria.regulations.cef.schemas import PRACTICAL

COLUMNS: dict[str, Any] = {
    "class": pl.String,
    "student": pl.String,
    "excluded_from": pl.String,
    "component": pl.String,
    "decided_on": pl.Date,
    "retained_year": pl.Int32,
    "other_path": pl.String,
    "open": pl.Boolean,
    "lacks": pl.List(pl.String),
    "attend_until": pl.Date,
    "clause": pl.String,
}


def exclusions(course: Course, on: date) -> pl.DataFrame:
    """One row a decision taken by the day: the subject, or `practical`, and its component; whether
    12/19 was `open` to it and what it `lacks` for that; the course year in which it retains, and
    the other path; until when the student must attend. The decision counts either way: it is the
    council's."""
    given = course.frames.get("exclusions")
    if given is None:
        return pl.DataFrame(schema=COLUMNS)
    rows = (
        given.filter(pl.col("decided_on") <= on)
        .with_columns(
            retained_year=_retained(course),
            # A day that has not come is not known yet.
            redirected_on=pl.when(pl.col("redirected_on") <= on).then("redirected_on"),
        )
        .join(course.students.select("class", "student", "birth_date"), on=["class", "student"])
        .join(course.subjects.select("class", "subject", "component"),
              on=["class", "subject"], how="left")
        .join(course.classes.select("class", "school_year_start"), on="class")
        .sort("class", "student", "subject")
    )  # fmt: skip
    told = [_told(row, course) for row in rows.iter_rows(named=True)]
    found = pl.DataFrame(
        told, schema={name: COLUMNS[name] for name in list(COLUMNS)[7:]}, orient="row"
    )
    return rows.select(
        "class",
        "student",
        excluded_from="subject",
        component=pl.col("component").fill_null(PRACTICAL),
        decided_on="decided_on",
        retained_year="retained_year",
        other_path="other_path",
    ).hstack(found)


@rule("retention")
def _retained(course: Course) -> pl.Expr:
    """12/20, 17/1: the course year of the decision; nothing else retains."""
    return course.year_of(pl.col("decided_on"))


def _told(row: dict[str, Any], course: Course) -> tuple[Any, ...]:
    year_start: date = row["school_year_start"]
    if row["retained_year"] == 2:
        year_start = anniversary(year_start)
    found: Exclusion = exclusion(
        row["other_path"] != "impossible",
        row["redirected_on"],
        year_start,
        row["recovery_worked"],
        row["school_fault"],
        course.rules,
    )
    until = must_attend_until(
        anniversary(year_start) - timedelta(days=1),
        row["birth_date"],
        row["redirected_on"],
        course.rules,
    )
    return found.open, list(found.lacks), until, found.clause


@rule("absence-exclusion")
def from_practical(found: pl.DataFrame) -> pl.DataFrame:
    """12/19: class and student of who is excluded from the practical component, as a whole."""
    own = found.filter(pl.col("component") == PRACTICAL)
    return own.select("class", "student", excluded_practical=pl.lit(True))
