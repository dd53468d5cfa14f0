"""Which records go in the load, and as what (R02-R10, R38)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.dates import moved_in
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import ACTIVE, SUSPENDED, group_of

NOTHING, UPSERT, DELETE, ERROR = "nothing", "upsert", "delete", "error"
FAULTS = {
    "E-CLASS-MISSING": ("enrolments", "class"),
    "E-REQ": ("enrolments", "enrolled_on"),
    "E-CLASS-NOSTART": ("classes", "start"),
    "E-SIT-UNMAPPED": ("enrolments", "situation"),
}
"""Faults of the source that leave no record to compute: table and field."""
NOWHERE = pl.lit(False)


def decide(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Candidates with `outcome` (nothing, upsert, delete, error) and `reason`: the reference
    algorithm of one enrolment, the first line that applies."""
    steps = Steps()
    steps.add(NOTHING, "hidden", hidden(run))
    steps.add(NOTHING, "not_enrolled", not_enrolled())
    steps.add(NOTHING, "hidden", cancelled(run) & ~run.within(pl.col("last_at")))
    faults(steps, run)
    steps.add(NOTHING, "not_begun", ~begun(run))
    steps.add(DELETE, "cancelled", cancelled(run) & cancelled_in_time(run))
    steps.add(NOTHING, "hidden", cancelled(run))
    mapped_steps(steps, run)
    return rows.with_columns(steps.outcome(), steps.reason())


class Steps:
    """Conditions with what they lead to; the first that holds decides."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, str, pl.Expr]] = []

    def add(self, outcome: str, reason: str, condition: pl.Expr) -> None:
        """One line of the algorithm."""
        self._steps.append((outcome, reason, condition))

    def outcome(self) -> pl.Expr:
        """The word of the first condition that holds."""
        return pl.coalesce(*(pl.when(c).then(pl.lit(o)) for o, _, c in self._steps)).alias(
            "outcome"
        )

    def reason(self) -> pl.Expr:
        """Why, as a code."""
        return pl.coalesce(*(pl.when(c).then(pl.lit(r)) for _, r, c in self._steps)).alias("reason")


@rule("hidden-situations", "dependency-hidden")
def hidden(run: Run) -> pl.Expr:
    """R07, R54: pre-enrolments, denied and Dependência are never sent."""
    return pl.col("code").is_in(run.settings.hidden)


def not_enrolled() -> pl.Expr:
    """The log begins later and says that nothing was there before."""
    return (pl.col("code") == "") & pl.col("logged") & pl.col("last_at").is_null()


def cancelled(run: Run) -> pl.Expr:
    """The situation is Cancelado."""
    return pl.col("code").is_in(run.settings.cancelled)


@rule("class-started", "enrolment-made")
def begun(run: Run) -> pl.Expr:
    """R02, R03: to the month, the class has started and the enrolment was made."""
    start = pl.col("start")
    if run.reading("cancel_start") == "enrolment":  # an exclusion then does not wait for the class
        start = pl.when(cancelled(run)).then("since").otherwise(start)
    return run.known(start) & run.known(pl.col("since"))


@rule("class-not-ended")
def class_open(run: Run, end: str = "end") -> pl.Expr:
    """R04: the class has not ended before the month; one without an end is open."""
    if run.reading("class_end") == "until_exit":
        return pl.lit(True)
    return (pl.col(end) >= run.month.first).fill_null(True)


def in_scope(run: Run, course_open: pl.Expr = NOWHERE) -> pl.Expr:
    """Where a fault of the source matters: the record might have been sent this month.

    course_open: EJA, where another class of the course keeps the record inside (R39).
    """
    if run.reading("fault_scope") == "always":
        return pl.lit(True)
    return class_open(run, "acting_end") | run.within(pl.col("last_at")) | course_open


def faults(steps: Steps, run: Run, course_open: pl.Expr = NOWHERE) -> None:
    """R02, R03: no class, no enrolment date, no start are errors, never "always"."""
    wrong = {
        "E-CLASS-MISSING": pl.col("level").is_null(),
        "E-REQ": pl.col("base_date").is_null(),
        "E-CLASS-NOSTART": pl.col("start").is_null(),
    }
    clean = pl.lit(True)
    for code, condition in wrong.items():
        here = clean & condition & ~pl.col("superseded")
        steps.add(ERROR, code, here & in_scope(run, course_open))
        steps.add(NOTHING, "fault", here)
        clean = clean & ~condition


@rule("cancelled-excluded")
def cancelled_in_time(run: Run) -> pl.Expr:
    """R08, R09: the exclusion goes where the month of the movement is that of the class start, or
    a later one; before it there is nothing to exclude."""
    start = "start" if run.reading("cancel_start") == "class" else "base_date"
    moved = pl.col("last_at").dt.truncate("1mo").dt.date()
    return (moved >= pl.col(start).dt.truncate("1mo")).fill_null(False)


@rule("every-month", "movement-in-month")
def mapped_steps(steps: Steps, run: Run) -> None:
    """R04, R05, R10, R38: active while the class lasts, anything else in its month."""
    unmapped = pl.col("situation").is_null()
    active = group_of(pl.col("situation"), ACTIVE)
    suspended = group_of(pl.col("situation"), SUSPENDED) & ~pl.col("superseded")
    steps.add(ERROR, "E-SIT-UNMAPPED", unmapped & ~pl.col("superseded") & in_scope(run))
    steps.add(NOTHING, "unmapped", unmapped)
    steps.add(NOTHING, "class_changed", active & pl.col("superseded"))
    steps.add(NOTHING, "ended", active & ~class_open(run))
    steps.add(UPSERT, "active", active)
    moved_steps(steps, run, suspended)


def moved_steps(steps: Steps, run: Run, suspended: pl.Expr, end: str = "end") -> None:
    """R05, R10: an exit goes once, in the month of its movement; so does Trancado, by default."""
    steps.add(UPSERT, "moved", moved_in(run))
    if run.reading("suspended") == "monthly":
        steps.add(UPSERT, "suspended", suspended & class_open(run, end))
    steps.add(NOTHING, "suspended", suspended)
    steps.add(NOTHING, "silent", pl.lit(True))


def tell_faults(rows: pl.DataFrame, run: Run) -> None:
    """The findings of the candidates that a fault of the source withheld."""
    values = {"E-REQ": None, "E-SIT-UNMAPPED": pl.col("code")}
    for code, (table, name) in FAULTS.items():
        found = rows.filter((pl.col("outcome") == ERROR) & (pl.col("reason") == code))
        row = "class_row" if table == "classes" else ROWS.get(code, "row")
        run.findings.add(code, found, table, name, values.get(code, pl.col("class")), row)


ROWS = {"E-SIT-UNMAPPED": "acting_row"}
"""Where the row is not that of the record but of the enrolment that acts for it (EJA)."""
