"""The reference enrolment of an EJA course: the first class of the course (R14, R15)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.candidates import class_facts, enrolled
from portaria.regulations.scae.run import Run

NO_REFERENCE, BAD_REFERENCE = "E-EJA-NOREF", "E-EJA-BADREF"


@rule("reference-enrolment")
def references(members: pl.DataFrame, run: Run) -> pl.DataFrame:
    """`members` with `root`, the enrolment that the course counts by, and `fault`, empty or the
    code of what is wrong with the reference.

    A blank reference is an error since the extractor's update; older enrolments are their own. A
    chain is followed to its end; one that goes in a circle, or leaves the student or the course,
    is no reference.
    """
    people = _people(run)
    blank, old = pl.col("reference").is_null(), is_old(run, "enrolled_on")
    roots = _followed(members.filter(~blank), people, run.reading("eja_chain") == "follow")
    joined = members.join(roots, on="enrolment", how="left", maintain_order="left")
    fault = (
        pl.when(blank & ~old)
        .then(pl.lit(NO_REFERENCE))
        .when(~blank & pl.col("root").is_null())
        .then(pl.lit(BAD_REFERENCE))
        .otherwise(pl.lit(""))
    )
    return joined.with_columns(fault=fault, root=pl.coalesce("root", "enrolment"))


def is_old(run: Run, day: str) -> pl.Expr:
    """Made before the extractor's update of February 2019, when no reference was asked."""
    since = run.settings.edition.value("eja_reference_since")
    return pl.col(day).lt(since).fill_null(False)


def _people(run: Run) -> pl.DataFrame:
    """Every EJA enrolment with its student, its course, its date and what it refers to."""
    rows = enrolled(run, eja=True).join(
        class_facts(run).select("class", "class_course"), on="class", how="left"
    )
    return rows.select(
        "enrolment",
        "reference",
        "enrolled_on",
        owner=pl.concat_str(
            "student", pl.coalesce("course", "class_course", pl.lit("")), separator="\x1f"
        ),
    )


def _followed(rows: pl.DataFrame, people: pl.DataFrame, chains: bool) -> pl.DataFrame:
    """enrolment and `root` of those whose references lead to an end; the others are left out."""
    steps = people.select(at="enrolment", step="reference", at_owner="owner", at_day="enrolled_on")
    walking = rows.select("enrolment", at="enrolment").join(
        people.select("enrolment", "owner", day="enrolled_on"), on="enrolment"
    )
    arrived = []
    # Nobody has more enrolments in a course than this: who walks on after it goes in a circle.
    most = people.group_by("owner").len()["len"].max() or 0
    for number in range(int(str(most)) + 1):
        if walking.is_empty():
            break
        told = walking.join(steps.drop("at_day"), on="at", how="left")
        at_end = pl.col("step").is_null() | (pl.col("step") == pl.col("at"))
        arrived.append(told.filter(at_end).select("enrolment", root="at"))
        onward = told.filter(~at_end)
        if number and not chains:
            break
        walking = onward.select("enrolment", "owner", "day", at="step").join(
            steps.select("at", "at_owner", "at_day"), on="at"
        )
        # The reference is the first enrolment of the course: it is not later than the others.
        first = (pl.col("at_day") <= pl.col("day")).fill_null(True)
        walking = walking.filter((pl.col("at_owner") == pl.col("owner")) & first).select(
            "enrolment", "owner", "at", day="at_day"
        )
    return pl.concat(arrived) if arrived else rows.select("enrolment", root="enrolment").clear()
