"""Who misses which lessons: whole days (ill, away, suspended), then single lessons.

Few students miss many. A lesson is missed once, so nobody misses more than was planned.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.cef.generate.people import People
from portaria.regulations.cef.generate.plan import (
    lesson_days,
    lesson_minutes,
    school_days,
    subjects,
)
from portaria.regulations.cef.generate.sources import Rng, chance, data, spread
from portaria.regulations.cef.schemas import CAUSES

THERE, JUSTIFIED, UNJUSTIFIED, SUSPENDED, SENT_OUT = range(5)
ORDINARY = CAUSES.index("ordinary")
Kinds = NDArray[np.int8]


def absence_rows(people: People, rng: Rng) -> pl.DataFrame:
    """student and subject by their places, date, minutes, justified, cause; in the order of
    students, days and subjects."""
    parts = [part for year in (1, 2) for part in _of_year(people, year, rng)]
    rows = pl.concat(parts).sort("student", "date", "subject", maintain_order=True)
    kind, a = rows["kind"].to_numpy(), data("behaviour")["lessons"]
    whole = lesson_minutes()
    part = chance(a["partial"], rows.height, rng) & (kind < SUSPENDED)
    short = np.asarray(a["partial_minutes"])[rng.integers(0, len(a["partial_minutes"]), len(part))]
    causes = np.full(5, ORDINARY)
    causes[SUSPENDED], causes[SENT_OUT] = CAUSES.index("suspension"), CAUSES.index("sent_out")
    return rows.select(
        "student",
        "subject",
        "date",
        minutes=pl.Series(np.where(part, short, whole)),
        justified=pl.Series(kind == JUSTIFIED),
        cause=pl.Series(CAUSES).gather(pl.Series(causes[kind])),
    )


def _of_year(people: People, year: int, rng: Rng) -> Iterator[pl.DataFrame]:
    """The lessons missed of each subject."""
    a, count = data("behaviour")["lessons"], len(people)
    days, held = _days(people, year, rng), school_days(year)
    usual = np.where(people.truant, a["missed_truant"], a["missed"])
    usual = usual * spread(a["spread"], count, rng)
    sent = np.where(people.truant, a["sent_out_truant"], a["sent_out"])
    for number, _ in enumerate(subjects()):
        on = lesson_days(number, year)
        missed = np.minimum(usual * spread(a["by_subject_spread"], count, rng), 0.6)
        kinds = days[:, on]
        drawn = rng.random(kinds.shape, np.float32)
        there = kinds == THERE
        kinds[there & (drawn < (missed + sent)[:, None])] = UNJUSTIFIED
        kinds[there & (drawn < (missed * a["missed_justified"])[:, None])] = JUSTIFIED
        kinds[there & (drawn >= 1 - sent[:, None])] = SENT_OUT
        student, lesson = np.nonzero(kinds)
        yield pl.DataFrame(
            {
                "student": student,
                "subject": np.full(len(student), number),
                "date": pl.Series(held[on[lesson]]).cast(pl.Date),
                "kind": kinds[student, lesson],
            }
        )


def _days(people: People, year: int, rng: Rng) -> Kinds:
    """What every school day of a year is to each student, shape (students, days)."""
    a, count, many = data("behaviour")["days"], len(people), len(school_days(year))
    kinds = np.zeros((count, many), np.int8)
    drawn = rng.random(kinds.shape, np.float32)
    ill = np.minimum(a["ill"] * spread(a["ill_spread"], count, rng), 0.2)[:, None]
    skipped = np.where(people.truant, a["skipped_truant"], a["skipped"])[:, None]
    kinds[drawn < ill + skipped] = UNJUSTIFIED
    kinds[drawn < ill * a["ill_justified"]] = JUSTIFIED
    share = a["suspended_students"] * np.where(people.truant, 3, 1)
    who = np.flatnonzero(chance(share, count, rng))
    first = rng.integers(0, many, len(who))
    lasting = np.asarray(a["suspension_days"])[rng.integers(0, len(a["suspension_days"]), len(who))]
    for more in range(max(a["suspension_days"])):
        still = (more < lasting) & (first + more < many)
        kinds[who[still], first[still] + more] = SUSPENDED
    kinds[np.arange(many) >= people.leaves(year)[:, None]] = UNJUSTIFIED
    return kinds
