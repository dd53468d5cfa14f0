"""The terms of an application grade, from the recorded inputs (arts. 8, 33, 34)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.core.edition import Correction, Edition
from portaria.core.errors import ConfigurationError
from portaria.core.messages import exact_decimal
from portaria.core.rounding import TENTH, Rounding, round_to, without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import Arithmetic, Exam, ExamSet, SecondaryGrade

Row = dict[str, Any]


def exam_sets(contest: Contest, programme: str) -> tuple[ExamSet, ...]:
    """Every set of a programme with the grades of the contest's only candidate."""
    exams: dict[str, tuple[int, bool]] = {}
    taken = contest.tables["exams"].sort("programme", nulls_last=False)
    for row in taken.iter_rows(named=True):
        if row["programme"] in (None, programme):  # the foreign one comes last and stays
            exams[row["exam"]] = (row["grade"], row["programme"] is not None)
    sets: dict[int, list[Exam]] = {}
    rows = contest.tables["exam_sets"].filter(pl.col("programme") == programme)
    for row in rows.sort("set", "exam").iter_rows(named=True):
        grade, foreign = exams.get(row["exam"], (None, False))
        exam = Exam(row["exam"], without_zeros(row["weight"]), grade, foreign)
        sets.setdefault(row["set"], []).append(exam)
    return tuple(ExamSet(number, tuple(members)) for number, members in sets.items())


def sets_with_grades(contest: Contest, chosen: pl.DataFrame) -> dict[str, ExamSet]:
    """By candidate the exam set that counted for her, with her grades.

    chosen: candidate, programme, exam_set (its number, as text), one row a candidate.
    """
    rows = (
        chosen.select("candidate", "programme", set=pl.col("exam_set").cast(pl.Int64))
        .join(contest.tables["exam_sets"], on=["programme", "set"])
        .join(contest.tables["exams"].rename({"programme": "where"}), on=["candidate", "exam"])
        .filter(pl.col("where").is_null() | (pl.col("where") == pl.col("programme")))
        .sort("candidate", "exam", "where", nulls_last=False)
        .unique(["candidate", "exam"], keep="last", maintain_order=True)  # the foreign one counts
    )
    sets: dict[str, list[Exam]] = {}
    numbers: dict[str, int] = {}
    for row in rows.iter_rows(named=True):
        exam = Exam(
            row["exam"], without_zeros(row["weight"]), row["grade"], row["where"] is not None
        )
        sets.setdefault(row["candidate"], []).append(exam)
        numbers[row["candidate"]] = row["set"]
    return {who: ExamSet(numbers[who], tuple(exams)) for who, exams in sets.items()}


def arithmetic(
    contest: Contest, person: Row, programme: Row, sets: tuple[ExamSet, ...], row: Row
) -> Arithmetic | None:
    """The terms of the grade; they must round to the grade that was decided."""
    if row["exam_set"] is None:
        return None
    chosen = next(each for each in sets if each.number == int(row["exam_set"]))
    secondary = secondary_grade(contest, person, programme)
    r = None
    if programme["w_prerequisite"]:
        group = pl.col("group") == programme["prerequisite"]
        r = without_zeros(contest.tables["prerequisites"].filter(group)["grade"][0])
    total = Fraction(secondary.value) * Fraction(programme["w_secondary"])
    total += Fraction(r or 0) * Fraction(programme["w_prerequisite"])
    total += sum(Fraction(exam.grade or 0) * Fraction(exam.weight) for exam in chosen.exams)
    total /= 100
    if round_to(total, TENTH, Rounding.HALF_UP) != Decimal(row["grade"]):
        raise ConfigurationError(
            f"{row['candidate']} at {row['programme']}: the terms give {total}, not {row['grade']}"
        )
    return Arithmetic(
        secondary=secondary,
        w_secondary=without_zeros(programme["w_secondary"]),
        exams=chosen.exams,
        prerequisite=r,
        w_prerequisite=without_zeros(programme["w_prerequisite"]),
        total=exact_decimal(total),
    )


def corrections(
    edition: Edition, arithmetics: Iterable[Arithmetic | None]
) -> tuple[Correction, ...]:
    """Corrections of the text that an account with this arithmetic rests on."""
    two_cycles = any(each and each.secondary.kind == "two_cycles" for each in arithmetics)
    clause = edition.clause("secondary-grade-two-cycles")
    return tuple(c for c in edition.corrections if two_cycles and c.where == clause)


def secondary_grade(contest: Contest, person: Row, programme: Row) -> SecondaryGrade:
    """S of a candidate at a programme; `person` and `programme`: rows of their tables."""
    if programme["sport"] and person["secondary_with_pe"] is not None:
        return SecondaryGrade("with_pe", without_zeros(person["secondary_with_pe"]))
    a, b = person["two_cycle_a"], person["two_cycle_b"]
    if a is not None and b is not None:
        weights = [contest.edition.number(f"two_cycle_{cycle}_weight") for cycle in "ab"]
        value = exact_decimal(
            (Fraction(a) * Fraction(weights[0]) + Fraction(b) * Fraction(weights[1])) * 10
        )
        return SecondaryGrade("two_cycles", value, without_zeros(a), without_zeros(b), *weights)
    return SecondaryGrade("one_cycle", without_zeros(person["secondary"]))
