"""Grades of units, internships and final assessments, from ability and from staying away."""

from __future__ import annotations

import numpy as np
import polars as pl

from portaria.regulations.cef.generate.people import People
from portaria.regulations.cef.generate.plan import (
    HOUR,
    Subject,
    school_days,
    subjects,
    unit_names,
)
from portaria.regulations.cef.generate.sources import (
    Bools,
    Ints,
    Numbers,
    Rng,
    chance,
    data,
    one_of,
    weighted,
)
from portaria.regulations.cef.settings import CUTOFFS

PERCENT = pl.Decimal(4, 1)


def unit_grade_rows(people: People, rng: Rng) -> pl.DataFrame:
    """student by its place, unit, level (modules) or percent (training units)."""
    rows = pl.concat(_of_subject(subject, people, rng) for subject in subjects())
    return rows.sort("student", maintain_order=True)


def _of_subject(subject: Subject, people: People, rng: Rng) -> pl.DataFrame:
    """Every unit of it that a student has a grade of."""
    a, count = data("behaviour")["grades"], len(people)
    usual = (
        a["mean"]
        + a["by_component"][subject.component]
        + a["ability"] * people.ability
        + a["subject"] * rng.standard_normal(count)
        + np.where(people.truant, a["truant"], 0)
    )
    parts = []
    for number, unit in enumerate(unit_names(subject)):
        score = usual + a["unit"] * rng.standard_normal(count)
        again = (score < CUTOFFS[1]) & chance(a["second_chance"], count, rng)
        halves = np.clip(np.where(again, np.maximum(score, CUTOFFS[1]), score) * 2, 0, 200)
        none = chance(np.where(people.truant, a["ungraded_truant"], a["ungraded"]), count, rng)
        graded = np.flatnonzero(~none & _still_there(subject, number, people))
        parts.append(_grades(graded, halves[graded].astype(np.int64), subject, unit))
    return pl.concat(parts)


def _still_there(subject: Subject, number: int, people: People) -> Bools:
    """Whether a student had not left when the unit ended: units follow each other in both years."""
    first = subject.units_of_year_1
    year, place = (1, number) if number < first else (2, number - first)
    units = first if year == 1 else len(subject.units) - first
    return people.leaves(year) >= len(school_days(year)) * (place + 1) // units


def _grades(who: Ints, halves: Ints, subject: Subject, unit: str) -> pl.DataFrame:
    """halves: of a percent."""
    percent = _percent(halves) if subject.component == "technological" else None
    return pl.DataFrame({"student": who}).with_columns(
        unit=pl.lit(unit),
        level=pl.lit(None, pl.Int64) if percent is not None else pl.Series(_level(halves)),
        percent=pl.lit(None, PERCENT) if percent is None else percent,
    )


def _percent(halves: Ints) -> pl.Series:
    """Exact, with one decimal."""
    return (pl.Series(halves * 5, dtype=pl.Int64).cast(pl.Decimal(8, 1)) / 10).cast(PERCENT)


def _level(halves: Ints) -> Ints:
    return 1 + np.searchsorted(np.asarray(CUTOFFS) * 2, halves, "right").astype(np.int64)


def internship_rows(people: People, rng: Rng) -> pl.DataFrame:
    """student by its place, minutes absent, justified and made up, level."""
    a, count = data("behaviour")["internship"], len(people)
    total = data("plan")["internship_hours"] * HOUR
    truant = people.truant
    much = chance(np.where(truant, a["much_truant"], a["much"]), count, rng)
    absent = np.where(much, one_of(a["absent_much"], count, rng), one_of(a["absent"], count, rng))
    justified = np.floor(absent * one_of(a["justified"], count, rng))
    made_up = np.where(chance(a["made_up"], count, rng) & (absent * 20 > total), justified, 0)
    level = np.where(
        truant, weighted(a["level_truant"], count, rng), weighted(a["level"], count, rng)
    )
    started = chance(np.where(truant, a["started_truant"], a["started"]), count, rng)
    rows = pl.DataFrame(
        {
            "student": np.arange(count),
            "absent_minutes": absent.astype(np.int64),
            "justified_minutes": justified.astype(np.int64),
            "made_up_minutes": made_up.astype(np.int64),
            "level": level + 1,
        }
    )
    return rows.filter(pl.Series(started & ~people.dropout))


def paf_rows(people: People, internship: pl.DataFrame, rng: Rng) -> pl.DataFrame:
    """student by its place, percent, absent, justified: of who was admitted after the internship;
    an absence that was justified has the grade of the second date."""
    a, total = data("behaviour")["paf"], data("plan")["internship_hours"] * HOUR
    net = pl.col("absent_minutes") - pl.min_horizontal("made_up_minutes", "justified_minutes")
    who = internship.filter(net * 20 <= total)["student"].to_numpy()
    count = len(who)
    truant = people.truant[who]
    absent = chance(np.where(truant, a["absent_truant"], a["absent"]), count, rng)
    justified = absent & chance(a["justified"], count, rng)
    score: Numbers = a["mean"] + a["ability"] * people.ability[who]
    score = np.clip(score + a["spread"] * rng.standard_normal(count), 5, 100)
    return pl.DataFrame({"student": who, "absent": absent, "justified": justified}).select(
        "student",
        level=pl.lit(None, pl.Int64),
        percent=pl.when(pl.col("absent") & ~pl.col("justified"))
        .then(None)
        .otherwise(_percent((score * 2).astype(np.int64))),
        absent="absent",
        justified="justified",
    )
