"""The counts of the summary of a load, from the tables of its results (all cells text)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from portaria.core.rounding import CENT, Rounding, round_to
from portaria.tables.canonical import units

INSIDE = ("1", "5", "17", "24")
"""SCAE situations that are no exit: in them SCAE still holds the student as inside (R10)."""

SEVERITIES = ("error", "warning", "info")
EXPLANATIONS = ("kept", "exited", "corrected", "excluded", "orphan", "hidden")
HOURS_STATES = ("whole", "zero", "partial", "blank")
EXAMPLES = 3

LOAD = ("record", "operation", "student", "unit", "situation", "student_hours", "hours_partial")
FINDINGS = ("severity", "code", "record", "enrolment", "value", "screen")
WITHHELD = ("record", "codes")
RECONCILIATION = ("operation", "explanation")
CHECKLIST = ("class", "unit", "students", "pending")
KEYS = ("level", "modality", "unit", "operation", "situation")
TOTALS = (*KEYS, "records", "exits", "hours", "previous_records", "previous_hours")
NOW = ("records", "exits", "exclusions", "hours")
SUMS = (*NOW, *(f"previous_{name}" for name in NOW))
CODES_IN_ORDER = ("operation", "situation", "modality")


@dataclass(frozen=True)
class Sums:
    """records: rows of the load, exclusions among them. hours: student-hours, to hundredths."""

    records: int
    exits: int
    exclusions: int
    hours: Decimal


@dataclass(frozen=True)
class Total:
    """Sums of the records of one `key`; `before`: of the load compared with, if there is one."""

    key: tuple[str, ...]
    now: Sums
    before: Sums | None


@dataclass(frozen=True)
class FindingCount:
    """One code: how many findings, how many records it keeps out, where it is mended, examples.

    `kept_out`: records withheld for the code, and records with an error of the code that could not
    even be computed. `examples`: at most three enrolments.
    """

    severity: str
    code: str
    count: int
    kept_out: int
    screens: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class HoursCount:
    """Records sent (exclusions apart) and different students whose hours are in one state."""

    records: int
    students: int


@dataclass(frozen=True)
class Pending:
    """A class that ends in the year: students with a result or without, and those without (R58)."""

    class_: str
    unit: str
    students: int
    pending: int


def with_sums(rows: pl.DataFrame, compared: bool) -> pl.DataFrame:
    """TOTALS with the columns of SUMS as integers, hours in hundredths, and no empty key.

    A group that only the load before had is left out where nothing is compared.
    """
    hours = [pl.col(name).pipe(units, 2) for name in ("hours", "previous_hours")]
    counts = pl.col("records", "exits", "previous_records").cast(pl.Int64)
    excluded = pl.col("operation") == "DELETE"
    left = ~excluded & ~pl.col("situation").is_in(INSIDE)
    typed = (
        rows.with_columns(pl.col(KEYS).fill_null(""), counts, *hours)
        .with_columns(
            exclusions=pl.when(excluded).then("records"),
            previous_exits=pl.when(left).then("previous_records"),
            previous_exclusions=pl.when(excluded).then("previous_records"),
        )
        .with_columns(pl.col(SUMS).fill_null(0))
    )
    return typed if compared else typed.filter(pl.col("records") > 0)


def whole(rows: pl.DataFrame, compared: bool) -> Total:
    """The total of all rows of `with_sums`."""
    return _total((), rows.select(pl.sum(*SUMS)).row(0), compared)


def by(rows: pl.DataFrame, keys: Sequence[str], compared: bool) -> tuple[Total, ...]:
    """A total for each value of `keys`; codes in the order of numbers, exclusions last."""
    order = [
        pl.when(pl.col(name) == "DELETE").then(pl.lit("~")).otherwise(pl.col(name).str.zfill(8))
        if name in CODES_IN_ORDER
        else pl.col(name)
        for name in keys
    ]
    sums = rows.group_by(*keys).agg(pl.col(SUMS).sum()).sort(*order)
    return tuple(_total(row[: len(keys)], row[len(keys) :], compared) for row in sums.iter_rows())


def _total(key: tuple[str, ...], sums: tuple[int, ...], compared: bool) -> Total:
    def of(records: int, exits: int, exclusions: int, hours: int) -> Sums:
        return Sums(records, exits, exclusions, Decimal(hours).scaleb(-2))

    return Total(key, of(*sums[:4]), of(*sums[4:]) if compared else None)


def findings_by_code(
    findings: pl.DataFrame, withheld: pl.DataFrame, load: pl.DataFrame
) -> tuple[FindingCount, ...]:
    """Errors first; what keeps out most records first, then what was found most often.

    A record kept out by two codes counts in both.
    """
    kept_out, examples = _kept_out(findings, withheld, load), _examples(findings)
    counted = findings.group_by("severity", "code").agg(
        pl.len(), pl.col("screen").drop_nulls().unique(maintain_order=True).head(EXAMPLES)
    )
    counts = (
        FindingCount(
            severity, code, count, kept_out.get(code, 0), tuple(screens), examples.get(code, ())
        )
        for severity, code, count, screens in counted.iter_rows()
    )
    return tuple(
        sorted(counts, key=lambda c: (SEVERITIES.index(c.severity), -c.kept_out, -c.count, c.code))
    )


def _kept_out(
    findings: pl.DataFrame, withheld: pl.DataFrame, load: pl.DataFrame
) -> Mapping[str, int]:
    """Records by code: the codes of a computed one stand beside it; of one that could not be
    computed only its errors are left."""
    codes = withheld.select("record", code=pl.col("codes").str.extract_all("[EWI]-[A-Z-]+"))
    wrong = findings.filter(pl.col("severity") == "error").select("record", "code").drop_nulls()
    gone = wrong.join(load, on="record", how="anti").join(withheld, on="record", how="anti")
    pairs = pl.concat([codes.explode("code"), gone]).unique()
    return dict(pairs.group_by("code").len().iter_rows())


def _examples(findings: pl.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """The first different enrolments of each code; what is wrong where it is of no enrolment."""
    subject = pl.coalesce(pl.col("enrolment", "value").replace("", None))
    named = findings.select("code", subject=subject).drop_nulls().unique(maintain_order=True)
    shown = named.group_by("code", maintain_order=True).agg(pl.col("subject").head(EXAMPLES))
    return {code: tuple(subjects) for code, subjects in shown.iter_rows()}


def explained(reconciliation: pl.DataFrame) -> Mapping[str, int]:
    """How many records each explanation has, none left out."""
    counts = dict(reconciliation.group_by("explanation").len().iter_rows())
    return {name: counts.get(name, 0) for name in EXPLANATIONS}


def hours_by_state(sent: pl.DataFrame) -> Mapping[str, HoursCount]:
    """Blank where nothing could be counted, partial where a discipline was left out (R48, R49).

    `sent`: LOAD without exclusions, student_hours in hundredths.
    """
    hours = pl.col("student_hours")
    state = (
        pl.when(hours.is_null()).then(pl.lit("blank"))
        .when(pl.col("hours_partial") == "true").then(pl.lit("partial"))
        .when(hours == 0).then(pl.lit("zero"))
        .otherwise(pl.lit("whole"))
    )  # fmt: skip
    counted = sent.group_by(state.alias("state")).agg(pl.len(), pl.col("student").n_unique())
    counts = {name: HoursCount(records, students) for name, records, students in counted.rows()}
    return {name: counts.get(name, HoursCount(0, 0)) for name in HOURS_STATES}


def hours_per_student(sent: pl.DataFrame) -> Decimal | None:
    """Hours over the different students whose hours are known; None where there is none."""
    known = sent.drop_nulls("student_hours")
    return _ratio(int(known["student_hours"].sum()), known["student"].n_unique())


def hours_per_student_by_unit(sent: pl.DataFrame) -> Mapping[str, Decimal | None]:
    """The same for each unit; a student of two units counts in both."""
    known = sent.drop_nulls("student_hours").group_by(pl.col("unit").fill_null(""))
    rows = known.agg(pl.col("student_hours").sum(), pl.col("student").n_unique())
    return {unit: _ratio(hours, students) for unit, hours, students in rows.iter_rows()}


def _ratio(hundredths: int, students: int) -> Decimal | None:
    if not students:
        return None
    return round_to(Fraction(hundredths, 100 * students), CENT, Rounding.HALF_UP)


def pending(rows: pl.DataFrame) -> tuple[Pending, ...]:
    """The lines of the checklist by unit and class."""
    counts = pl.col("students", "pending").cast(pl.Int64)
    typed = rows.select(CHECKLIST).with_columns(pl.col("unit").fill_null(""), counts)
    return tuple(Pending(*row) for row in typed.sort("unit", "class").iter_rows())
