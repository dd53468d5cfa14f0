"""Articles 16/3, 21 and 29/1: what may be certified on a day, and what has still to wait.

Grades have no dates: who has all of them in January of year 1 would be certified then. Year 9
waits until an internship can be over, and the practical component until its PAF; what the records
give of other components and of subjects may be certified on any day (12/24, 20/4-5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from portaria.core.deadline import ServiceCalendar, is_working_day
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.records import PafDay, Papers
from portaria.documents.records import PAPERS
from portaria.regulations.cef import internship_plan
from portaria.regulations.cef.certification import OF_YEAR_9, OUTCOME_RULES
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.progress import final_assessment, final_from
from portaria.regulations.cef.schemas import PRACTICAL

QUALIFICATION, SCHOOL, COMPONENT, STATEMENT = CERTIFICATES = tuple(OUTCOME_RULES)[:4]
A_DAY = 7 * 60
"""21/1: 210 hours in six weeks."""

NOT_YET = declare(
    "cef-certificate-not-yet",
    "the course is assessed after the internship, so {student} gets this certificate from {day} on",
)
HELD_BACK = declare(
    "cef-certificates-held-back",
    "{count} certificate of the course, of year 9 or of the practical component is not made: they "
    "are assessed after the internship; ask again {how}",
    "{count} certificates of the course, of year 9 or of the practical component are not made: "
    "they are assessed after the internship; ask again {how}",
)
WITHOUT_PRACTICAL = declare(
    "cef-certificates-without-practical",
    "{count} certificate leaves out the practical component, which is assessed after the "
    "internship; ask again {how}",
    "{count} certificates leave out the practical component, which is assessed after the "
    "internship; ask again {how}",
)
FROM_DAY = declare("cef-certificates-from", "with a day from {day} on")
FROM_DAY_OR_PAF = declare(
    "cef-certificates-from-or-paf",
    "with a day from {day} on, or give the day of an earlier PAF in {file}",
)


@dataclass(frozen=True)
class Days:
    """From when on a class is certified: `year_9`, what needs an internship that can be over, and
    `practical`, what needs the PAF after it."""

    year_9: date
    practical: date


@dataclass(frozen=True)
class Given:
    """What may be certified now: `kind`, one of CERTIFICATES, or empty for nothing; the
    `components` it names. `first_day`: when there will be more, None where this is all."""

    kind: str
    components: tuple[str, ...]
    first_day: date | None = None


def days_of(evaluation: Evaluation, name: str = "", paf: PafDay | None = None) -> Days:
    """The days of a class. A known PAF tells that the internship is over by then (29/1)."""
    course = evaluation.course
    own = course.classes.row(by_predicate=pl.col("class") == name, named=True)
    first = final_from(own["school_year_start"], course.rules)
    over = _internship_over(first, own["internship_minutes"], course.rules)
    if paf is None:
        return Days(over, over)
    exam = max(first, paf.at.date())
    return Days(min(over, exam), exam)


def _internship_over(day: date, minutes: int, rules: RuleSet) -> date:
    """The last day of an internship from `day` on, at seven hours a day and without a municipal
    holiday; `day` itself where no holidays are known, or where it would not end."""
    asked = internship_plan.Asked(A_DAY, ServiceCalendar(), rules, minutes)
    try:
        begins = day
        while not is_working_day(begins):
            begins += timedelta(days=1)
        return internship_plan.internship(begins, asked).last
    except UsageError:
        return day


def given(evaluation: Evaluation, row: Mapping[str, Any], days: Days) -> Given:
    """What the records of a student give on the day of the evaluation; row: of `certification`.
    The council that 16/3 wants is not recorded; people see to it."""

    def waits(first: date) -> bool:
        finished = evaluation.on >= first
        return not final_assessment(finished, True, evaluation.course.rules).open

    kind = row["outcome"] if row["outcome"] in CERTIFICATES else ""
    components = tuple(filter(None, row["components"].split(";")))
    first = days.practical if kind == QUALIFICATION else days.year_9
    if kind in OF_YEAR_9 and waits(first):
        return Given("", (), first)
    if PRACTICAL not in components or not waits(days.practical):
        return Given(kind, components)
    rest = tuple(name for name in components if name != PRACTICAL)
    if kind == COMPONENT and not rest:
        passed = evaluation.passed.filter(pl.col("class") == row["class"])["student"]
        kind = STATEMENT if row["student"] in passed else ""
    return Given(kind, rest, days.practical)


def held_back(evaluation: Evaluation, papers: Papers) -> Iterator[Problem]:
    """Warnings of each class: how many certificates are not made now, how many say less than the
    records give, and the day on which all will be made."""
    for name in sorted(evaluation.course.classes["class"]):
        paf = papers.of(name).paf
        days = days_of(evaluation, name, paf)
        rows = evaluation.certification.filter(pl.col("class") == name).iter_rows(named=True)
        found = [given(evaluation, row, days) for row in rows]
        for code, unmade in ((HELD_BACK, True), (WITHOUT_PRACTICAL, False)):
            waiting = [e.first_day for e in found if e.first_day and unmade == (not e.kind)]
            if not waiting:
                continue
            last = {"day": max(waiting), "file": PAPERS}
            how = Message(FROM_DAY if paf else FROM_DAY_OR_PAF, last)
            yield Problem(
                "students",
                Message(code, {"count": len(waiting), "how": how}),
                column="class" if name else "",
                value=name or None,
                clause=evaluation.course.rules.clause("final-assessment"),
                severity="warning",
            )
