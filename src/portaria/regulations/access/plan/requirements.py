"""What programmes ask for: the published requirements, or those of a contest's folder.

The lists of 2026 know weights, exam sets and exam minima. What they leave out is taken so, and the
plan says it: the weight of the exams is divided equally among them, the minimum application grade
is 95, and there is no prerequisite, but for the programmes whose weights leave a part of 100 to
one: it ranks, its group is unknown, and the code of the programme stands for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from portaria.core.edition import Edition
from portaria.core.problem import Problem, errors
from portaria.regulations.access import check
from portaria.regulations.access.published import districts, published, published_years
from portaria.regulations.access.schemas import TABLES, Programmes
from portaria.regulations.access.settings import find_edition, read_settings
from portaria.tables.canonical import canonical_rows, fixed_point
from portaria.tables.folder import read_folder
from portaria.tables.schema import DECIMAL_PLACES, columns_of, empty

REQUIREMENTS_YEAR = 2026
FORMULA_EDITION = "pt-national-2017"
ASSUMED_MIN_GRADE = 95
ASKED = ("programmes", "exam_sets")
SAME_EXAM = {"16": "19"}
"""Matemática (16) is also given by the national exam of Matemática A (19)."""

EXACT = pl.Decimal(38, DECIMAL_PLACES)


@dataclass(frozen=True)
class Requirements:
    """Typed tables `programmes` and `exam_sets`, and the edition whose formula applies.

    year: of published requirements; None for a contest's. left_out: programmes of the latest
    published year that have none. same_exam: entrance exam to another whose national exam gives
    it too. exam_names: by code, where the codes are the national ones.
    """

    edition: Edition
    programmes: pl.DataFrame
    exam_sets: pl.DataFrame
    year: int | None = None
    left_out: int = 0
    same_exam: Mapping[str, str] = field(default_factory=dict)
    exam_names: Mapping[str, str] = field(default_factory=dict)

    def exams(self) -> list[str]:
        """Every exam that some programme asks for."""
        return sorted(self.exam_sets["exam"].unique())


@cache
def published_requirements() -> Requirements:
    """The requirements of 2026 of the programmes that stand in the published results."""
    from portaria.regulations.access.generate.sources import table

    asked = _packaged().join(_names(), on="programme")
    programmes = asked.select(
        "programme", "institution", "institution_name", "course_name", "district", "seats",
        "prerequisite", "prerequisite_kind",
        pl.col("w_secondary", "w_prerequisite", "min_exam").cast(EXACT),
        min_grade=pl.lit(ASSUMED_MIN_GRADE).cast(EXACT),
        sport=pl.col("sport") == "true",
    )  # fmt: skip
    latest = published(published_years()[-1])
    return Requirements(
        edition=find_edition(FORMULA_EDITION, Path()),
        programmes=_whole(programmes),
        exam_sets=_exam_sets(asked),
        year=REQUIREMENTS_YEAR,
        left_out=latest.join(asked, on="programme", how="anti").height,
        same_exam=SAME_EXAM,
        exam_names=dict(table("exams").select("exam", "name").iter_rows()),
    )


def folder_requirements(folder: Path) -> tuple[Requirements | None, list[Problem]]:
    """Those of a contest's folder (contest.toml, programmes, exam_sets), and every problem.

    The tables of people are not read: the folder need not have them yet.
    """
    settings, problems = read_settings(folder)
    tables = read_folder(folder, {name: TABLES[name] for name in ASKED})
    problems += tables.problems
    if settings is None:
        return None, problems
    # Nobody in them: the checks across tables then say what is wrong with these two alone.
    blank = {name: empty(spec.schema) for name, spec in TABLES.items() if name not in ASKED}
    tables.frames = blank | tables.frames
    tables.readable |= frozenset(blank)
    problems += check.check(settings.edition, 1, tables)
    if errors(problems):
        return None, problems
    programmes, sets = (
        canonical_rows(tables.frames[name].select(*columns_of(TABLES[name].schema)))
        for name in ASKED
    )
    known = districts().rename({"district": "known"})
    programmes = (
        programmes.join(known, on="institution", how="left", maintain_order="left")
        .with_columns(pl.col("district").fill_null(pl.col("known")))
        .drop("known")
    )
    return Requirements(settings.edition, programmes, sets), problems


def _packaged() -> pl.DataFrame:
    """requirements.csv; weights and minima whole numbers, exam sets as written (`02;02+07`)."""
    folder = files("portaria.regulations.access") / "data"
    frame = pl.read_csv((folder / "requirements.csv").read_bytes(), infer_schema=False)
    frame = frame.with_columns(pl.col("w_secondary", "w_exams", "min_exam").cast(pl.Int64))
    rest = 100 - pl.col("w_secondary") - pl.col("w_exams")
    return frame.with_columns(
        w_prerequisite=rest,
        prerequisite=pl.when(rest > 0).then("programme"),
        prerequisite_kind=pl.when(rest > 0).then(pl.lit("ranking")),
        institution=pl.col("programme").str.slice(0, 4),
    ).join(districts(), on="institution", how="left", maintain_order="left")


def _names() -> pl.DataFrame:
    """(programme, course_name, institution_name, seats) as the latest year with them has it."""
    years = pl.concat([published(year) for year in reversed(published_years())])
    return years.unique("programme", keep="first").select(
        "programme", "course_name", "institution_name", "seats"
    )


def _whole(programmes: pl.DataFrame) -> pl.DataFrame:
    """All columns of the schema, null where nothing is known, in key order."""
    columns = columns_of(Programmes)
    return programmes.select(
        (pl.col(name) if name in programmes.columns else pl.lit(None))
        .cast(column.dtype)
        .alias(name)
        for name, column in columns.items()
    ).sort("programme")


def _exam_sets(asked: pl.DataFrame) -> pl.DataFrame:
    """(programme, set, exam, weight): the weight of the exams divided equally among them.

    In hundredths of a percent; what does not divide goes to the first exams of the set.
    """
    sets = (
        asked.select("programme", "w_exams", exams=pl.col("exam_sets").str.split(";"))
        .explode("exams")
        .with_columns(
            set=pl.int_range(1, pl.len() + 1).over("programme"),
            exam=pl.col("exams").str.split("+"),
        )
        .with_columns(size=pl.col("exam").list.len().cast(pl.Int64))
        .explode("exam")
        .with_columns(place=pl.int_range(0, pl.len()).over("programme", "set"))
    )
    hundredths, size = pl.col("w_exams") * 100, pl.col("size")
    share = hundredths // size + (pl.col("place") < hundredths % size).cast(pl.Int64)
    weight = fixed_point(share, 2).cast(EXACT)
    return sets.select("programme", "set", "exam", weight=weight).sort("programme", "set", "exam")
