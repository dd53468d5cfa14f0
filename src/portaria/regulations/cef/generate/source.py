"""The generator: people, absences, grades in turn from one seed, and the folder of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.cef.generate.absences import absence_rows
from portaria.regulations.cef.generate.grades import internship_rows, paf_rows, unit_grade_rows
from portaria.regulations.cef.generate.people import People, draw_people, keys, student_rows
from portaria.regulations.cef.generate.plan import HOUR, subject_rows, subjects, unit_rows
from portaria.regulations.cef.generate.sources import Rng, chance, data
from portaria.regulations.cef.settings import CUTOFFS, SETTINGS
from portaria.tables.canonical import write_csv

OUT_OF_RANGE = declare(
    "cef-generate-out-of-range", "{name} is {value}: give a number from {least} to {most}"
)
MOST_STUDENTS, MOST_CLASSES = 100, 10_000
GENERATED = "# Written by portaria cef generate: invented people in an invented class.\n"
PEOPLE, WRITE = "people", "write"
"""The stages of the progress: first the students, then table after table."""

Progress = Callable[[str, int, int], None]
Form = Literal["csv", "parquet"]


def is_generated(folder: Path) -> bool:
    """Whether a folder is one that this generator wrote."""
    try:
        return (folder / SETTINGS).read_text(encoding="utf-8").startswith(GENERATED)
    except (OSError, UnicodeDecodeError):
        return False


def generate(
    folder: Path,
    students: int = 22,
    seed: int = 0,
    classes: int = 1,
    form: Form = "csv",
    progress: Progress | None = None,
) -> dict[str, int]:
    """Fill a folder, there already and empty, with `tables` and course.toml.

    The same arguments give the same bytes. Returns the rows of each table. Errors as `tables`.
    """
    found = tables(students, seed, classes)
    _tell(progress, PEOPLE, 1, 1)
    for done, (name, frame) in enumerate(found.items(), 1):
        if form == "parquet":
            frame.write_parquet(folder / f"{name}.parquet")
        else:
            write_csv(frame, folder / f"{name}.csv")
        _tell(progress, WRITE, done, len(found))
    (folder / SETTINGS).write_text(_settings(classes), encoding="utf-8")
    return {name: frame.height for name, frame in found.items()}


def tables(students: int = 22, seed: int = 0, classes: int = 1) -> dict[str, pl.DataFrame]:
    """The tables of a class of so many students (1 to 100), or of each of so many classes (up to
    10,000) with a column `class` and a table `classes`; both years and the practical component.

    The same arguments give the same frames: text, Date, Int64, Boolean, exact Decimal percents; no
    floats. 1,000 classes of 25 come with about 3.4 million absences. UsageError where a number is
    out of range.
    """
    _refuse("students", students, 1, MOST_STUDENTS)
    _refuse("classes", classes, 1, MOST_CLASSES)
    _refuse("seed", seed, 0, 2**63 - 1)
    rng = np.random.Generator(np.random.PCG64(seed))
    people = draw_people(students, classes, rng)
    rows = {"students": student_rows(people, rng)}
    by_place = {"unit_grades": unit_grade_rows(people, rng), "absences": absence_rows(people, rng)}
    by_place["internship"] = internship_rows(people, rng)
    by_place["paf"] = paf_rows(people, by_place["internship"], rng)
    names = pl.Series([subject.subject for subject in subjects()])
    for name, frame in by_place.items():
        frame = frame.with_columns(place="student")
        frame = frame.with_columns(student=rows["students"]["student"].gather(frame["place"]))
        if name == "absences":
            frame = frame.with_columns(subject=names.gather(frame["subject"]))
        rows[name] = frame
    plans = {"subjects": subject_rows(), "units": unit_rows()}
    if classes == 1:
        return _in_order({**rows, **plans})
    return _in_order(_of_classes(rows, plans, people, classes, rng))


def _of_classes(
    rows: dict[str, pl.DataFrame],
    plans: dict[str, pl.DataFrame],
    people: People,
    classes: int,
    rng: Rng,
) -> dict[str, pl.DataFrame]:
    """The same with the class of every row, and the table of the classes."""
    named = keys("T", classes)
    class_of = named.gather(pl.Series(people.class_)).alias("class")
    found = {}
    for name, frame in rows.items():
        places = frame["place"] if "place" in frame.columns else pl.Series(range(frame.height))
        found[name] = frame.select(class_of.gather(places), pl.all())
    described = _classes(named, rng)
    for name, frame in plans.items():
        found[name] = described.select("class").join(frame, how="cross")
    return {"classes": described, **found}


def _classes(named: pl.Series, rng: Rng) -> pl.DataFrame:
    """One row a class: when it starts, how its technological component is organised."""
    plan, count = data("plan"), len(named)
    starts = pl.Series(plan["calendar"]["starts"])
    domains = pl.Series(chance(plan["by_domains"], count, rng))
    return pl.DataFrame(
        {
            "class": named,
            "start": starts.gather(pl.Series(rng.integers(0, len(starts), count))),
            "school_year_start": [plan["calendar"]["school_year_start"]] * count,
        }
    ).with_columns(
        technological_by=pl.when(domains).then(pl.lit("domains")).otherwise(pl.lit("units")),
        internship_minutes=pl.lit(plan["internship_hours"] * HOUR),
    )


def _in_order(found: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables in the order of the contract, without the places of the students."""
    order = ("classes", "students", "subjects", "units", "unit_grades", "absences", "internship")
    return {
        name: found[name].drop("place", strict=False) for name in (*order, "paf") if name in found
    }


def _settings(classes: int) -> str:
    """course.toml; of many classes, what they have in common."""
    plan = data("plan")
    calendar = plan["calendar"]
    lines = [f"level_cutoffs = {list(CUTOFFS)}", f"closures = {_days(calendar['closures'])}"]
    if classes == 1:
        lines = [
            f"start = {calendar['starts'][0]}",
            f"school_year_start = {calendar['school_year_start']}",
            'technological_by = "units"',
            f"internship_minutes = {plan['internship_hours'] * HOUR}",
            *lines,
        ]
    return GENERATED + "\n".join(lines) + "\n"


def _days(days: list[object]) -> str:
    return f"[{', '.join(map(str, days))}]"


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)


def _refuse(name: str, value: int, least: int, most: int) -> None:
    """UsageError for a number out of range, under the name of its option."""
    if not least <= value <= most:
        params = {"name": f"--{name}", "value": value, "least": least, "most": most}
        raise UsageError(Message(OUT_OF_RANGE, params))
