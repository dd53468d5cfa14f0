"""Articles 16 and 17: the moments of assessment, the final one, and who is retained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef.course import anniversary
from portaria.regulations.cef.team import NOT_A_YEAR

FINAL = "final"


@dataclass(frozen=True)
class Moment:
    """`name`: period-1 to period-3, end-of-school-part, or final."""

    name: str
    clause: str


@dataclass(frozen=True)
class FinalAssessment:
    """`lacks`, why it is not open: internship-finished, council-convened."""

    open: bool
    lacks: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Retention:
    """Whether a student stays in the year."""

    retained: bool
    clause: str


@rule("assessment-moments")
def moments(year: int, rules: RuleSet) -> tuple[Moment, ...]:
    """16/1: three in a year of the course; the third of year 2 at the end of the school part, and
    after it the final assessment (16/3). UsageError for a year other than 1 and 2."""
    _check(year)
    third = "period-3" if year == 1 else "end-of-school-part"
    clause = rules.clause("assessment-moments")
    found = tuple(Moment(name, clause) for name in ("period-1", "period-2", third))
    return found if year == 1 else (*found, Moment(FINAL, rules.clause("final-assessment")))


@rule("final-assessment")
def final_assessment(
    internship_finished: bool, council_convened: bool, rules: RuleSet
) -> FinalAssessment:
    """16/3: only after the internship, in a class council convened for it."""
    wanted = {"internship-finished": internship_finished, "council-convened": council_convened}
    lacks = tuple(code for code, there in wanted.items() if not there)
    return FinalAssessment(not lacks, lacks, rules.clause("final-assessment"))


@rule("final-assessment")
def final_from(school_year_start: date, rules: RuleSet) -> date:
    """16/3, 21/2: the day before which nothing is final: the first on which the internship of the
    second year may be. school_year_start: that of the first year."""
    second = anniversary(school_year_start)
    first = rules.day("internship_first", second.year)
    return first if first >= second else rules.day("internship_first", second.year + 1)


@rule("retention")
def retention(year: int, excluded_from: Collection[str], rules: RuleSet) -> Retention:
    """17/1, 12/20: by exclusion from a subject or the practical component, and by nothing else; no
    grade retains. UsageError for a year other than 1 and 2."""
    _check(year)
    return Retention(bool(excluded_from), rules.clause("retention"))


def _check(year: int) -> None:
    if year not in (1, 2):
        raise UsageError(Message(NOT_A_YEAR, {"year": year}))
