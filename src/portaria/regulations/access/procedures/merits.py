"""Whether a candidate meets the conditions to apply to a programme (7/1; asked by 54/1, 55/2/b)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from portaria.core.rounding import without_zeros
from portaria.core.rule import rule
from portaria.regulations.access import grades
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import ExamSet
from portaria.regulations.access.explain.terms import exam_sets
from portaria.regulations.access.procedures.conditions import Checked
from portaria.regulations.access.reasons import VALID_SET

PEOPLE = ("candidates", "exams", "prerequisites", "options")
DOCUMENTARY = "documentary"


@dataclass(frozen=True)
class Merits:
    """One candidate at one programme. sets: every alternative set with her grades; exam_set: the
    one that counts. grade: None where it cannot be computed. prerequisite: the group, or None;
    at_enrolment: it is documentary, and shown to the institution."""

    candidate: str
    programme: str
    sets: tuple[ExamSet, ...]
    state: int
    exam_set: int | None
    grade: Decimal | None
    min_exam: Decimal
    min_grade: Decimal
    prerequisite: str | None
    prerequisite_met: bool
    at_enrolment: bool


def merits(person: Contest, offer: Contest, programme: str) -> Merits:
    """The only candidate of `person` at a programme of `offer`, by the rules of the placement.

    They are two contests where she was placed in one phase and the seat was won in another. A
    foreign exam counts only at the programmes it names (8/4).
    """
    tables = {**offer.tables, **{name: person.tables[name] for name in PEOPLE}}
    # An exam accepted at a programme that `offer` does not have counts at none of its programmes.
    named = pl.col("programme")
    known = named.is_null() | named.is_in(tables["programmes"]["programme"].implode())
    tables["exams"] = tables["exams"].filter(known)
    contest = replace(person, tables=tables)
    candidate = tables["candidates"]["candidate"][0]
    pair = pl.DataFrame({"candidate": [candidate], "programme": [programme]})
    row = grades.graded_pairs(contest, pair).row(0, named=True)
    at = tables["programmes"].row(by_predicate=named == programme, named=True)
    tenths = row["tenths"]
    return Merits(
        candidate=candidate,
        programme=programme,
        sets=exam_sets(contest, programme),
        state=row["state"],
        exam_set=row["exam_set"],
        grade=None if tenths is None else Decimal(tenths).scaleb(-1),
        min_exam=without_zeros(at["min_exam"]),
        min_grade=without_zeros(at["min_grade"]),
        prerequisite=at["prerequisite"],
        prerequisite_met=_at_enrolment(contest, at) or _prerequisite_met(contest, at),
        at_enrolment=_at_enrolment(contest, at),
    )


def _at_enrolment(contest: Contest, programme: dict[str, object]) -> bool:
    """A documentary prerequisite is shown at enrolment, where the text says so (25/7)."""
    documentary = programme["prerequisite_kind"] == DOCUMENTARY
    return documentary and contest.edition.has("documentary-prerequisite")


def _prerequisite_met(contest: Contest, programme: dict[str, object]) -> bool:
    """As `grades` decides it, said apart because there an earlier reason hides it."""
    group = programme["prerequisite"]
    if group is None:
        return True
    rows = contest.tables["prerequisites"].filter((pl.col("group") == group) & pl.col("passed"))
    return rows.height > 0 and (not programme["w_prerequisite"] or rows["grade"][0] is not None)


@rule(
    "exchange-exams-taken", "exchange-exam-minimum",
    "exchange-grade-minimum", "exchange-prerequisite",
    "relocation-exams-taken", "relocation-exam-minimum",
    "relocation-grade-minimum", "relocation-prerequisite",
)  # fmt: skip
def check_merits(checked: Checked, procedure: str, found: Merits) -> None:
    """The four conditions of an application, each for itself (54/1/a-d, 55/2/b)."""
    who = {"candidate": found.candidate, "programme": found.programme}
    minimum = {**who, "minimum": found.min_exam}
    chosen = next((each for each in found.sets if each.number == found.exam_set), None)
    if chosen is None:
        checked.add(f"{procedure}-exams-taken", False, {**who, "missing": _missing(found)})
        checked.add(f"{procedure}-exam-minimum", False, minimum, "no_set")
    else:
        exams = tuple(exam.exam for exam in chosen.exams)
        of_set = {"set": chosen.number, "exams": exams}
        checked.add(f"{procedure}-exams-taken", True, {**who, **of_set})
        lowest = {"set": chosen.number, "lowest": min(exam.grade or 0 for exam in chosen.exams)}
        reached = found.state == VALID_SET
        checked.add(f"{procedure}-exam-minimum", reached, {**minimum, **lowest})
    _check_grade(checked, f"{procedure}-grade-minimum", found)
    group = {**who, "group": found.prerequisite}
    detail = "none" if found.prerequisite is None else "shown" if found.at_enrolment else ""
    checked.add(f"{procedure}-prerequisite", found.prerequisite_met, group, detail)


def _check_grade(checked: Checked, code: str, found: Merits) -> None:
    told = {
        "candidate": found.candidate,
        "programme": found.programme,
        "minimum": found.min_grade,
    }
    if found.grade is None:
        checked.add(code, False, told, "no_grade")
    else:
        reached = found.grade >= found.min_grade
        checked.add(code, reached, {**told, "grade": found.grade})


def _missing(found: Merits) -> tuple[str, ...]:
    """The exams that each alternative set lacks, sets apart: `07+16` or `19`."""
    lacking = (
        "+".join(exam.exam for exam in each.exams if exam.grade is None) for each in found.sets
    )
    return tuple(dict.fromkeys(lacking))
