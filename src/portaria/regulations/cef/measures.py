"""Article 12/12-21: what comes after recovery activities, up to exclusion from a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef.admission import birthday, checked_born
from portaria.regulations.cef.schemas import PRACTICAL

OF_AGE = 18
"""By the Civil Code (130); the regulation does not say it."""

NO_LESSONS = declare("cef-recovery-lessons", "{lessons} lessons; recovery has at least one")
UNKNOWN_SUBJECT = declare("cef-subject-unknown", "the course has no {name}; known: {known}")


@dataclass(frozen=True)
class Recovery:
    """How recovery went. `done`: the activities, all of them; `restored`: the student no longer
    skips; `effective`, `possible`: they helped, and the school could act."""

    done: bool
    restored: bool
    effective: bool = True
    possible: bool = True


@dataclass(frozen=True)
class Mark:
    """`mark`: satisfaz or nao_satisfaz; `redo_at_most`: lessons of what is done again."""

    mark: str
    redo_at_most: int
    clause: str


@dataclass(frozen=True)
class Consequence:
    """`code`: excess_recovered, council_decides, propose_other_path, report_to_child_protection."""

    code: str
    clause: str


@dataclass(frozen=True)
class Exclusion:
    """`lacks`, why it is not open: other-path-possible, recovery-worked, fault-of-school."""

    open: bool
    lacks: tuple[str, ...]
    clause: str


@rule("recovery-mark", "recovery-redone")
def mark(correct: bool, complete: bool, lessons: int, rules: RuleSet) -> Mark:
    """12/12: satisfaz only for all of it, without a fault; 12/13: else it is done again, in no more
    lessons than at first. UsageError for fewer than one lesson."""
    if lessons < 1:
        raise UsageError(Message(NO_LESSONS, {"lessons": lessons}))
    if correct and complete:
        return Mark("satisfaz", 0, rules.clause("recovery-mark"))
    return Mark("nao_satisfaz", lessons, rules.clause("recovery-redone"))


@rule("excess-recovered", "recovery-council", "other-path", "child-protection")
def consequences(recovery: Recovery, minor: bool, rules: RuleSet) -> tuple[Consequence, ...]:
    """12/15-16: skipping ended: the excess is recovered, or the council decides where the
    activities were not done; 12/18: it goes on: another path is proposed; 12/17: for a minor,
    recovery not done, in vain or out of reach is told to child protection."""
    if not recovery.restored:
        found = [("propose_other_path", "other-path")]
    elif recovery.done:
        found = [("excess_recovered", "excess-recovered")]
    else:
        found = [("council_decides", "recovery-council")]
    if minor and not (recovery.done and recovery.effective and recovery.possible):
        found.append(("report_to_child_protection", "child-protection"))
    return tuple(Consequence(code, rules.clause(rule_id)) for code, rule_id in found)


def is_minor(born: date, on: date) -> bool:
    """12/17: below 18 on that day. UsageError for a birth after it."""
    return birthday(checked_born(born, on), OF_AGE) > on


@rule("absence-exclusion")
def exclusion(
    path_possible: bool,
    redirected_on: date | None,
    school_year_start: date,
    worked: bool,
    fault_of_school: bool,
    rules: RuleSet,
) -> Exclusion:
    """12/19, at any age: the council excludes where no other path is possible, or it was found
    after 31 January; and recovery was not done or in vain (not `worked`), through no fault of the
    school. redirected_on: the day the student went to another path, None for never."""
    last = rules.day("last_redirection", school_year_start.year + 1)
    late = redirected_on is not None and (
        redirected_on > last
        or (redirected_on == last and rules.takes("after_31_january", "inclusive"))
    )
    against = {
        "other-path-possible": path_possible and not late,
        "recovery-worked": worked,
        "fault-of-school": fault_of_school,
    }
    lacks = tuple(code for code, stands in against.items() if stands)
    return Exclusion(not lacks, lacks, rules.clause("absence-exclusion"))


@rule("absence-exclusion")
def excluded_from(components: Mapping[str, str], failed: Iterable[str]) -> tuple[str, ...]:
    """12/19: those subjects, or the whole practical component, sorted. components: that of each
    subject. UsageError for a subject that is not among them."""
    found = set()
    for name in failed:
        if name not in components:
            known = ", ".join(sorted(components))
            raise UsageError(Message(UNKNOWN_SUBJECT, {"name": name, "known": known}))
        found.add(PRACTICAL if components[name] == PRACTICAL else name)
    return tuple(sorted(found))


@rule("attendance-until")
def must_attend_until(
    year_end: date, born: date, redirected_on: date | None, rules: RuleSet
) -> date:
    """12/21: who is retained attends to the end of the school year and to 18, or to the new path if
    that is earlier. UsageError for a birth after the year's end."""
    last = max(year_end, birthday(checked_born(born, year_end), rules.number("attend_until_age")))
    return last if redirected_on is None else min(last, redirected_on)
