"""What no single cell shows: repeated keys, names that no table has, minutes that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity
from portaria.core.rounding import without_zeros
from portaria.regulations.cef.course import anniversary
from portaria.regulations.cef.schemas import KEYS, LINKS, PRACTICAL
from portaria.regulations.cef.settings import START_OUTSIDE, Settings
from portaria.tables.folder import Folder
from portaria.tables.parse import REPEATED_KEY
from portaria.tables.schema import SOURCE_ROW

UNKNOWN = declare("cef-unknown-name", "no row of {table} has this {column}")
NO_ROWS = declare("cef-no-rows", "the table has no rows: nobody and nothing to evaluate")
TWO_GRADES = declare("cef-two-grades", "give a level or a percent, not both")
RESERVED = declare("cef-reserved", "no subject has this name: it is that of a component")
NO_MINUTES = declare("cef-no-minutes", "the subject has no planned minutes in either year")
MORE_JUSTIFIED = declare(
    "cef-more-justified", "more minutes are justified than were missed ({absent})"
)
MORE_THAN_INTERNSHIP = declare(
    "cef-more-than-internship", "the internship has {minutes} minutes in all"
)
BEFORE_START = declare("cef-before-start", "the course starts on {start}: nothing is before it")
AFTER_END = declare(
    "cef-after-end", "the course is over on {end}: no day of it is on or after that"
)
BORN_LATER = declare("cef-born-later", "the course starts on {start}: nobody in it is born later")
TOLD_BEFORE = declare("cef-told-before", "told before the excess was recorded ({recorded_on})")
REDIRECTED_ON = declare(
    "cef-redirected-on", "give the day where the other path is “redirected”, and only there"
)
LONGER = declare(
    "cef-longer", "a lesson of this subject has {lesson_minutes} minutes: one row a lesson"
)
MORE_THAN_PLANNED = declare(
    "cef-more-than-planned", "with this, more minutes are missed than the {planned} planned"
)
DAYS = (
    ("absences", "date"),
    ("recoveries", "recorded_on"),
    ("exclusions", "decided_on"),
    ("exclusions", "redirected_on"),
)
"""Columns of days within the course."""
TABLES_OF_A_CLASS = (*KEYS, "absences")
INCOMPLETE_CLASS = declare(
    "cef-class-incomplete", "{column} is given neither here nor in course.toml"
)


def check(tables: Folder, settings: Settings | None, classes: pl.DataFrame | None) -> list[Problem]:
    """Every problem between rows and tables."""
    found = [*_keys(tables), *_links(tables), *_grades(tables), *_subjects(tables)]
    if classes is not None and settings is not None:
        found += [*_classes(tables, classes), *_internship(tables, classes)]
        found += [*_absences(tables), *_days(tables, classes)]
    return found


def _rows(
    tables: Folder, table: str, column: str, code: str, rows: pl.DataFrame, *params: str
) -> Iterator[Problem]:
    """One problem a row; params: columns of `rows` that the sentence takes."""
    for row in rows.iter_rows(named=True):
        value = row.get(column)
        yield Problem(
            tables.file(table),
            Message(code, {name: row[name] for name in params}),
            row=row[SOURCE_ROW],
            column=column,
            value=None if value is None else _plain(value),
        )


def _plain(value: object) -> str:
    """A value as people wrote it: decimals without the zeros of their type."""
    return str(without_zeros(value) if isinstance(value, Decimal) else value)


def _keys(tables: Folder) -> Iterator[Problem]:
    """Every row after the first of a key."""
    for table, key in KEYS.items():
        if table not in tables.readable:
            continue
        rows = tables.frames[table].drop_nulls(list(key))
        again = rows.filter(~pl.struct(key).is_first_distinct())
        words = pl.concat_str(key[1:], separator=", ")
        yield from _rows(tables, table, key[-1], REPEATED_KEY, again.with_columns(key=words), "key")


def _links(tables: Folder) -> Iterator[Problem]:
    """Names that the table they stand for has not; that table without rows is told by itself."""
    for name in dict.fromkeys(other for *_, other in LINKS):
        if name in tables.files and name in tables.readable and tables.frames[name].is_empty():
            used = any(tables.frames[table].height for table, _, other in LINKS if other == name)
            severity: Severity = "error" if used else "warning"
            yield Problem(tables.file(name), Message(NO_ROWS), severity=severity)
    for table, column, other in LINKS:
        if not {table, other} <= tables.readable or tables.frames[other].is_empty():
            continue
        rows = tables.frames[table].drop_nulls(column)
        known = tables.frames[other].select("class", column).unique()
        lost = rows.join(known, on=["class", column], how="anti", nulls_equal=True)
        if table == "exclusions":
            lost = lost.filter(pl.col(column) != PRACTICAL)
        told = lost.with_columns(table=pl.lit(other), column=pl.lit(column))
        yield from _rows(tables, table, column, UNKNOWN, told, "table", "column")


def _grades(tables: Folder) -> Iterator[Problem]:
    for table in ("unit_grades", "paf"):
        both = pl.col("level").is_not_null() & pl.col("percent").is_not_null()
        yield from _rows(tables, table, "percent", TWO_GRADES, tables.frames[table].filter(both))


def _days(tables: Folder, classes: pl.DataFrame) -> Iterator[Problem]:
    """Days against both ends of the course, and against each other."""
    ends = classes.select(
        "class", "start", end=pl.col("anniversary").map_elements(anniversary, pl.Date)
    )
    for table, column in DAYS:
        rows = tables.frames[table].join(ends, on="class", maintain_order="left")
        early = rows.filter(pl.col(column) < pl.col("start"))
        yield from _rows(tables, table, column, BEFORE_START, early, "start")
        late = rows.filter(pl.col(column) >= pl.col("end"))
        yield from _rows(tables, table, column, AFTER_END, late, "end")
    rows = tables.frames["students"].join(ends, on="class")
    unborn = rows.filter(pl.col("birth_date") > pl.col("start"))
    yield from _rows(tables, "students", "birth_date", BORN_LATER, unborn, "start")
    rows = tables.frames["recoveries"]
    late = rows.filter(pl.col("told_on") < pl.col("recorded_on"))
    yield from _rows(tables, "recoveries", "told_on", TOLD_BEFORE, late, "recorded_on")
    rows = tables.frames["exclusions"].drop_nulls("other_path")
    redirected = pl.col("other_path") == "redirected"
    wrong = rows.filter(redirected != pl.col("redirected_on").is_not_null())
    yield from _rows(tables, "exclusions", "redirected_on", REDIRECTED_ON, wrong)


def _subjects(tables: Folder) -> Iterator[Problem]:
    column = "planned_minutes_1"
    empty = (pl.col(column) == 0) & (pl.col("planned_minutes_2") == 0)
    rows = tables.frames["subjects"].filter(empty)
    yield from _rows(tables, "subjects", column, NO_MINUTES, rows)
    taken = tables.frames["subjects"].filter(pl.col("subject") == PRACTICAL)
    yield from _rows(tables, "subjects", "subject", RESERVED, taken)


def _classes(tables: Folder, classes: pl.DataFrame) -> Iterator[Problem]:
    """Every class is described whole; in a folder of many, every row names one of them."""
    named = "classes" if "classes" in tables.files else "students"
    if named == "classes":
        for column in ("start", "school_year_start", "technological_by"):
            rows = classes.filter(pl.col(column).is_null()).with_columns(column=pl.lit(column))
            yield from _rows(tables, "classes", column, INCOMPLETE_CLASS, rows, "column")
        known = classes.drop_nulls(["start", "school_year_start"])
        year = pl.col("school_year_start")
        outside = (pl.col("start") < year) | (pl.col("start") >= pl.col("anniversary"))
        early = known.filter(outside).with_columns(year=year)
        yield from _rows(tables, "classes", "start", START_OUTSIDE, early, "year")
    for table in TABLES_OF_A_CLASS:
        rows = tables.frames[table]
        lost = rows.join(classes, on="class", how="anti", nulls_equal=True)
        told = lost.with_columns(table=pl.lit(named), column=pl.lit("class"))
        yield from _rows(tables, table, "class", UNKNOWN, told, "table", "column")


def _internship(tables: Folder, classes: pl.DataFrame) -> Iterator[Problem]:
    rows = tables.frames["internship"].join(
        classes.select("class", minutes="internship_minutes"), on="class"
    )
    absent = pl.col("absent_minutes")
    more = rows.filter(pl.col("justified_minutes") > absent).with_columns(absent=absent)
    yield from _rows(tables, "internship", "justified_minutes", MORE_JUSTIFIED, more, "absent")
    long = rows.filter(absent > pl.col("minutes"))
    yield from _rows(tables, "internship", "absent_minutes", MORE_THAN_INTERNSHIP, long, "minutes")


def _absences(tables: Folder) -> Iterator[Problem]:
    """9/1: the minutes planned are those held, so nobody misses more of them."""
    subjects = (
        tables.frames["subjects"]
        .filter(pl.col("lesson_minutes") > 0)
        .unique(["class", "subject"], keep="last")
        .select(
            "class",
            "subject",
            "lesson_minutes",
            planned=pl.col("planned_minutes_1") + pl.col("planned_minutes_2"),
        )
    )
    rows = tables.frames["absences"].join(subjects, on=["class", "subject"], maintain_order="left")
    long = rows.filter(pl.col("minutes") > pl.col("lesson_minutes"))
    yield from _rows(tables, "absences", "minutes", LONGER, long, "lesson_minutes")
    missed = pl.col("minutes").cum_sum().over("class", "student", "subject")
    above = rows.filter(missed > pl.col("planned"))
    yield from _rows(tables, "absences", "minutes", MORE_THAN_PLANNED, above, "planned")
