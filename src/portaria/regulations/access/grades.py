"""Application grades and the order of candidates (arts. 7, 8, 33 to 35).

Everything is a whole number: a secondary grade is held in units of 10**-18, weights in hundredths
of a percent, an exam part in ten-thousandths of a point, an application grade in tenths.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from portaria.core.edition import Edition
from portaria.core.rounding import divide_ceiling, divide_half_up
from portaria.core.rule import rule
from portaria.regulations.access import reasons
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.parameters import WEIGHT_PLACES
from portaria.regulations.access.reasons import BELOW_MINIMUM, NOT_TAKEN

UNIT = 10**18
"""A point, in the units in which secondary and prerequisite grades are held."""
TENTH = 10**21
"""A tenth of a point, in units times hundredths of a percent."""
EXAM_PART_PLACES = 4
"""An exam part is held in ten-thousandths of a point: whole grade times hundredths of a percent."""

KEY = ("tenths", "exam_points", "tie_1", "tie_2")
"""The ranking key of an option, every part descending (art. 35)."""


def graded_options(contest: Contest) -> pl.DataFrame:
    """One row an option, in candidate and form order, as `graded_pairs` gives them."""
    return graded_pairs(
        contest, contest.tables["options"].select("candidate", "order", "programme")
    )


def graded_pairs(contest: Contest, pairs: pl.DataFrame) -> pl.DataFrame:
    """Candidates at programmes, with grade, key and validity, in the order given.

    Adds to `pairs` (candidate, programme): candidate_index, programme_index (places in the sorted
    tables), state, exam_set, exam_points (Int64, ten-thousandths), tenths, min_tenths (Int64),
    tie_1, tie_2 (Int128, `UNIT`), prerequisite_met, reason (null where valid). What cannot be
    computed is null.
    """
    tables = contest.tables
    options = pairs.with_columns(
        candidate_index=tables["candidates"]["candidate"].search_sorted(pairs["candidate"]),
        programme_index=tables["programmes"]["programme"].search_sorted(pairs["programme"]),
    )
    people = tables["candidates"].select("excluded", *_secondary(contest))
    terms = _programme_terms(tables["programmes"])
    options = options.with_columns(
        *people.select(pl.all().gather(options["candidate_index"])),
        *terms.select(pl.all().gather(options["programme_index"])),
    )
    options = options.with_columns(best_sets(contest, options))
    at_enrolment = contest.edition.has("documentary-prerequisite")
    options = _with_prerequisite(options, tables["prerequisites"], at_enrolment)
    options = options.with_columns(secondary_grade_here())
    options = options.with_columns(application_grade())
    return options.with_columns(reason=option_reason()).select(
        *pairs.columns, "candidate_index", "programme_index", "state",
        "exam_set", *KEY, "min_tenths", "prerequisite_met", "reason",
    )  # fmt: skip


@rule("secondary-grade", "secondary-grade-two-cycles")
def _secondary(contest: Contest) -> list[pl.Expr]:
    """S of a candidate and the two grades that break ties, in `UNIT` (34/1, 34/5, 35/2).

    Two cycles: S = (0.6 Sa + 0.4 Sb) * 10, the outer brackets being lost in print; ties are
    broken by Sb * 10, then Sa * 10. A candidate of one cycle has S in all three places.
    """
    weight_a, weight_b = _weight(contest.edition, "a"), _weight(contest.edition, "b")
    a, b = _units("two_cycle_a"), _units("two_cycle_b")
    # Two-cycle grades have at most 12 decimals, so the division by 10**6 is exact.
    s = (a * weight_a + b * weight_b) * _int(10) // _int(10**WEIGHT_PLACES)
    two_cycles = pl.col("two_cycle_a").is_not_null() & pl.col("two_cycle_b").is_not_null()
    plain = _units("secondary")
    return [
        pl.when(two_cycles).then(s).otherwise(plain).alias("s"),
        pl.when(two_cycles).then(b * _int(10)).otherwise(plain).alias("tie_1"),
        pl.when(two_cycles).then(a * _int(10)).otherwise(plain).alias("tie_2"),
        _units("secondary_with_pe").alias("s_sport"),
    ]


def _weight(edition: Edition, cycle: str) -> pl.Expr:
    """The weight of a cycle in millionths."""
    return _int(int(edition.number(f"two_cycle_{cycle}_weight").scaleb(WEIGHT_PLACES)))


@rule("secondary-grade-sport")
def secondary_grade_here() -> list[pl.Expr]:
    """In a sport programme S includes physical education, where there is such a grade (34/3)."""
    with_pe = pl.col("sport") & pl.col("s_sport").is_not_null()
    return [
        pl.when(with_pe).then("s_sport").otherwise(name).alias(name)
        for name in ("s", "tie_1", "tie_2")
    ]


@rule("exams-taken", "exam-minimum", "foreign-exam")
def best_sets(contest: Contest, options: pl.DataFrame) -> list[pl.Series]:
    """The exam set that counts for each option: state, exam_set, exam_points (7/1/a-b, 8/4)."""
    from portaria.regulations.access.compute import exam_sets as kernel

    tables = contest.tables
    codes = (
        pl.concat([tables["exam_sets"]["exam"], tables["exams"]["exam"]]).unique().sort().to_frame()
    ).with_row_index("exam_index")
    people = tables["candidates"].select("candidate").with_row_index("candidate_index")
    courses = tables["programmes"].select("programme").with_row_index("programme_index")
    exams = (
        tables["exams"]
        .join(people, on="candidate")
        .join(codes, on="exam")
        .join(courses, on="programme", how="left")
        .sort("candidate_index")
    )
    sets = (
        tables["exam_sets"]
        .join(courses, on="programme")
        .join(codes, on="exam")
        .sort("programme_index", "set")
    )
    # An exam grade is whole, so it reaches the minimum when it reaches the next whole grade.
    minimum = tables["programmes"].select(_up_to("min_exam", UNIT)).to_series()
    state, number, points = kernel.best_exam_set(
        options["candidate_index"].to_numpy(),
        options["programme_index"].to_numpy(),
        offsets(exams["candidate_index"], people.height),
        exams["exam_index"].to_numpy(),
        exams["programme_index"].cast(pl.Int64).fill_null(-1).to_numpy(),
        exams["grade"].to_numpy(),
        offsets(sets["programme_index"], courses.height),
        sets["set"].to_numpy(),
        sets["exam_index"].to_numpy(),
        sets.select(hundredths("weight")).to_series().to_numpy(),
        minimum.to_numpy(),
    )
    return [
        pl.Series("state", state),
        pl.Series("exam_set", number).replace(-1, None),
        pl.Series("exam_points", points).replace(-1, None),
    ]


def offsets(index: pl.Series, count: int) -> np.ndarray:
    """Where the rows of each index 0 to `count` - 1 begin in a sorted column; one entry more."""
    return np.searchsorted(index.to_numpy(), np.arange(count + 1)).astype(np.int64)


def hundredths(column: str) -> pl.Expr:
    """Percentages with at most two decimals as whole hundredths."""
    return (_units(column) // _int(UNIT // 100)).cast(pl.Int64)


def _up_to(column: str, step: int) -> pl.Expr:
    """A minimum as the least whole number of steps that reaches it."""
    return divide_ceiling(_units(column), _int(step)).cast(pl.Int64)


def _programme_terms(programmes: pl.DataFrame) -> pl.DataFrame:
    """What the formula needs of a programme, in whole numbers."""
    return programmes.select(
        "sport", "prerequisite", "prerequisite_kind",
        hundredths("w_secondary").alias("w_s"),
        hundredths("w_prerequisite").alias("w_r"),
        # A grade has whole tenths, so it reaches the minimum when it reaches the next tenth.
        _up_to("min_grade", UNIT // 10).alias("min_tenths"),
    )  # fmt: skip


@rule("prerequisite", "documentary-prerequisite")
def _with_prerequisite(
    options: pl.DataFrame, results: pl.DataFrame, at_enrolment: bool
) -> pl.DataFrame:
    """`prerequisite_met` and `r` (7/1/c).

    One merely documentary is free where it is shown `at_enrolment` (25/7). A prerequisite that
    ranks is met only with the grade that the formula needs.
    """
    results = results.select("candidate", "passed", prerequisite="group", r=_units("grade"))
    joined = options.join(
        results, on=["candidate", "prerequisite"], how="left", maintain_order="left"
    )
    documentary = (pl.col("prerequisite_kind") == "documentary") & pl.lit(at_enrolment)
    free = pl.col("prerequisite").is_null() | documentary
    return joined.with_columns(
        r=pl.when(pl.col("w_r") == 0).then(_int(0)).otherwise("r"),
    ).with_columns(
        prerequisite_met=free.fill_null(False)
        | (pl.col("passed").fill_null(False) & pl.col("r").is_not_null()),
    )


@rule("application-grade", "application-grade-with-prerequisite")
def application_grade() -> pl.Expr:
    """(S ws + sum P wp + R wr) / 100 in tenths, 0.05 counting as a tenth (33/1 to 33/3)."""
    total = (
        pl.col("s") * pl.col("w_s").cast(pl.Int128)
        + pl.col("exam_points").cast(pl.Int128) * _int(UNIT)
        + pl.col("r") * pl.col("w_r").cast(pl.Int128)
    )
    return divide_half_up(total, _int(TENTH)).cast(pl.Int64).alias("tenths")


@rule("grade-minimum", "invalid-option-as-not-written", "exclusion")
def option_reason() -> pl.Expr:
    """Why an option counts as not written, null where it is valid (7/1, 21/6, 56/1)."""
    return (
        pl.when(pl.col("excluded").is_not_null())
        .then(pl.lit(reasons.EXCLUDED))
        .when(pl.col("state") == NOT_TAKEN)
        .then(pl.lit(reasons.EXAM_NOT_TAKEN))
        .when(pl.col("state") == BELOW_MINIMUM)
        .then(pl.lit(reasons.EXAM_BELOW_MINIMUM))
        .when(~pl.col("prerequisite_met"))
        .then(pl.lit(reasons.PREREQUISITE_NOT_MET))
        .when(pl.col("tenths") < pl.col("min_tenths"))
        .then(pl.lit(reasons.GRADE_BELOW_MINIMUM))
    )


@rule("ranking", "tie-break")
def ranking(options: pl.DataFrame) -> pl.DataFrame:
    """The valid options of each programme in descending key, with `rank` (35/1, 35/2).

    Candidates equal on all four parts of the key share a rank: 1, 1, 3. The row order, candidate
    included, is the same whatever the order of the input; `position` is the row number, and `row`
    that of the option in `options`.
    """
    ordered = options.with_row_index("row").filter(pl.col("reason").is_null()).sort(
        "programme_index", *KEY, "candidate_index",
        descending=[False, True, True, True, True, False],
    )  # fmt: skip
    new_key = pl.any_horizontal(
        (pl.col(name) != pl.col(name).shift()).fill_null(True) for name in ("programme_index", *KEY)
    )
    position = pl.col("position")
    group_start = pl.when(new_key).then(position).forward_fill()
    return ordered.with_row_index("position").with_columns(
        rank=(group_start - position.min().over("programme_index") + 1).cast(pl.Int32),
    )


def _units(column: str) -> pl.Expr:
    """An exact decimal column as whole units of 10**-18."""
    return pl.col(column).to_physical()


def _int(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int128)
