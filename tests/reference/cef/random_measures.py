"""The two optional tables of a random class, each in about half of the classes.

They draw from a stream of their own: the other tables are the same with and without them.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

FIRST = {1: date(2024, 9, 13), 2: date(2025, 9, 1)}
AFTER = (0, 3, 30, 95, 141, 150, 210, 230, 299, 363)
TWO_DAYS = [date(2024, 12, 13), date(2025, 4, 21)], [date(2025, 2, 10), date(2026, 1, 29)]
FLAGS = ("", "true", "false", "sim", "0")


def add_measures(tables: dict[str, Any], seed: int) -> None:
    """Put `recoveries`, `exclusions`, both or neither into a class, and closed days with them."""
    rng = Random(f"measures {seed}")
    students = sorted(row["student"] for row in tables["students"])
    subjects = sorted(row["subject"] for row in tables["subjects"])
    if rng.random() < 0.5:
        tables["recoveries"] = _recoveries(rng, tables["absences"], students, subjects)
        closed = rng.choice(TWO_DAYS)
        days = [rng.choice(tables["recoveries"])["recorded_on"]] if tables["recoveries"] else []
        near = [date.fromisoformat(day) + timedelta(days=rng.randint(1, 8)) for day in days]
        tables["course"]["municipal_holidays"] = [*closed, *near]
        tables["course"]["closures"] = [day + timedelta(days=7) for day in closed]
    if rng.random() < 0.5:
        tables["exclusions"] = _exclusions(rng, students, subjects)


def _recoveries(
    rng: Random, absences: list[Row], students: list[str], subjects: list[str]
) -> list[Row]:
    """Mostly where many lessons were missed, so that some are due; one or two in a year."""
    keys = set()
    for student in students:
        for subject in subjects:
            for year, first in FIRST.items():
                missed = _lessons(absences, student, subject, first)
                if rng.random() < (0.75 if missed > 2 else 0.08):
                    number = rng.choice((1, 1, 1, 2))
                    days = rng.sample(AFTER[: 9 if year == 1 else 10], number)
                    keys |= {(student, subject, first + timedelta(days=after)) for after in days}
    rows = [_recovery(rng, *key) for key in sorted(keys)]
    rng.shuffle(rows)
    return rows


def _lessons(absences: list[Row], student: str, subject: str, first: date) -> int:
    """In the course year of its first lesson."""
    last = first + timedelta(days=345)
    return sum(
        (row["student"], row["subject"]) == (student, subject)
        and str(first) <= row["date"] <= str(last)
        for row in absences
    )


def _recovery(rng: Random, student: str, subject: str, recorded: date) -> Row:
    told = recorded + timedelta(days=rng.choice((0, 1, 5, 6, 7, 8, 9, 14, 40)))
    good = rng.random() < 0.5
    return {
        **{"student": student, "subject": subject, "recorded_on": str(recorded)},
        "told_on": "" if rng.random() < 0.25 else str(told),
        "result": "satisfaz" if good else rng.choice(("", "nao_satisfaz", "not_done")),
        "attends": "true" if good and rng.random() < 0.7 else rng.choice(FLAGS),
        **{"effective": rng.choice(FLAGS), "possible": rng.choice(FLAGS)},
    }


def _exclusions(rng: Random, students: list[str], subjects: list[str]) -> list[Row]:
    """Of few students, so that the others still reach every outcome."""
    rows = []
    for student in students:
        if rng.random() < 0.4:
            names = rng.sample(["", *subjects], rng.choice((1, 1, 2)))
            rows += [_exclusion(rng, student, name) for name in names]
    rng.shuffle(rows)
    return rows


def _exclusion(rng: Random, student: str, subject: str) -> Row:
    year = rng.choice((1, 2))
    path = rng.choice(("possible", "impossible", "redirected", "redirected"))
    january = date(2024 + year, 1, 31)
    redirected = january + timedelta(days=rng.choice((-40, -1, 0, 0, 1, 60)))
    return {
        **{"student": student, "subject": subject},
        "decided_on": str(FIRST[year] + timedelta(days=rng.choice(AFTER[:9]))),
        **{"other_path": path, "redirected_on": str(redirected) if path == "redirected" else ""},
        "recovery_worked": rng.choice(("", "false", "0", "true")),
        "school_fault": rng.choice(("", "false", "não", "nao", "true")),
    }
