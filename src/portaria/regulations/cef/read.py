"""A folder of tables made one course, or every problem of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from portaria.core.problem import Problem, errors
from portaria.regulations.cef.check import check
from portaria.regulations.cef.course import Course, anniversary
from portaria.regulations.cef.schemas import TABLES
from portaria.regulations.cef.settings import Settings, read_settings
from portaria.tables.folder import Folder, read_folder, unread_files

ONE = ""
"""The class of a folder that names none."""


def read_course(folder: Path) -> tuple[Course | None, list[Problem]]:
    """The course of a folder; None where there is an error. Warnings stand beside it."""
    tables = read_folder(folder, TABLES)
    for name, frame in tables.frames.items():  # what people add beside the contract is not ours
        tables.frames[name] = frame.select(TABLES[name].schema.columns().keys())
    many = "classes" in tables.files or tables.frames["students"]["class"].drop_nulls().len() > 0
    settings, problems = read_settings(folder, "classes" in tables.files)
    problems = [*problems, *tables.problems]
    if folder.name not in {problem.file for problem in tables.problems}:
        problems += unread_files(folder, TABLES)
    if not many:
        for name, frame in tables.frames.items():
            tables.frames[name] = frame.with_columns(pl.col("class").fill_null(ONE))
    classes = None if settings is None else _classes(settings, tables)
    problems += check(tables, settings, classes)
    if errors(problems) or settings is None or classes is None:
        return None, problems
    given = {n: f for n, f in tables.frames.items() if TABLES[n].required or n in tables.files}
    return build(settings, classes, given), problems


def build(settings: Settings, classes: pl.DataFrame, frames: dict[str, pl.DataFrame]) -> Course:
    """A course of checked frames, each with the anniversary of its class."""
    years = classes.select("class", "anniversary")
    return Course(
        rules=settings.rules,
        cutoffs=settings.cutoffs,
        municipal=settings.municipal,
        closures=settings.closures,
        classes=classes,
        frames={
            name: frame.join(years, on="class").with_columns(pl.selectors.enum().cast(pl.String))
            for name, frame in frames.items()
            if name != "classes"
        },
    )


def _classes(settings: Settings, tables: Folder) -> pl.DataFrame:
    """One row a class, those of the students where no table names them: what its row says, else
    course.toml."""
    if "classes" in tables.files:
        rows = tables.frames["classes"]
    else:
        rows = tables.frames["students"].select("class").drop_nulls().unique(maintain_order=True)
        rows = rows if rows.height else pl.DataFrame({"class": [ONE]})
    for name, value in (
        ("start", settings.start),
        ("school_year_start", settings.school_year_start),
        ("technological_by", settings.technological_by),
        ("internship_minutes", settings.internship_minutes),
    ):
        own = pl.col(name) if name in rows.columns else pl.lit(None)
        kind = pl.Date if isinstance(value, date) else None
        rows = rows.with_columns(pl.coalesce(own, pl.lit(value, kind)).alias(name))
    return rows.with_columns(
        technological_by=pl.col("technological_by").cast(pl.String),
        anniversary=pl.col("school_year_start").map_elements(anniversary, pl.Date),
    )
