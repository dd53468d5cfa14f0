"""CT 29/4-5, 127/7, 283/8-9, 394/2/f, 563/3: what a breach is, and what follows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.duties.dates import checked

SEVERITIES = ("light", "serious", "very_serious")
PUBLICITY = "CT 563/3"
BY = ("employer", "representative", "colleague", "other")
NOT_GRADED = declare("duties-not-graded", "the law grades no breach of {clause}; known: {known}")
BY_WHOM = declare("duties-by-whom", "harassment is by one of {known}, not {by}")


@dataclass(frozen=True)
class Offence:
    """`severity`: light, serious or very_serious; `waivable`: whether its publicity may be spared
    (563/3), by the number that the text cites on the day, `excepted`; `printed`: as it was printed
    before the correction, None where nothing was corrected by then."""

    severity: str
    clause: str
    waivable: bool
    excepted: str
    printed: str | None
    source: str | None


@dataclass(frozen=True)
class Reparation:
    """Who answers for a disease and who pays for it, None where there is none; `damages`: the
    victim has a right to them in any case."""

    answers: str | None
    pays: str | None
    damages: bool
    clauses: tuple[str, ...]


def offence(clause: str, on: date, rules: RuleSet) -> Offence:
    """How grave a breach of that clause is, and whether its publicity may be spared, on a day.

    UsageError for a clause that the law does not grade, and before it is in force.
    """
    severity, graded_by = _severity(clause, rules)
    excepted, printed, source = _excepted(checked(on, rules), rules)
    return Offence(severity, graded_by, clause != excepted, excepted, printed, source)


@rule("offence", "breach-of-duty")
def _severity(clause: str, rules: RuleSet) -> tuple[str, str]:
    """29/5: harassment is very serious; 127/7: letters k) and l) serious, j) and 5 and 6 light."""
    graded = {each: name for name in SEVERITIES for each in rules.edition.value(name)}
    if clause not in graded:
        raise UsageError(Message(NOT_GRADED, {"clause": clause, "known": ", ".join(graded)}))
    own = "offence" if graded[clause] == SEVERITIES[-1] else "breach-of-duty"
    return graded[clause], rules.clause(own)


@rule("publicity")
def _excepted(on: date, rules: RuleSet) -> tuple[str, str | None, str | None]:
    """563/3: the offence whose publicity is not spared, by the text as corrected; before the
    correction, where a reading takes it from its own day on, as it was printed."""
    (row,) = (each for each in rules.edition.corrections if each.where == PUBLICITY)
    rectified = date.fromisoformat(rules.edition.value("rectified"))
    if rules.takes("rectification", "from_publication") and on < rectified:
        return row.says, None, None
    return row.means, row.says, row.source


@rule("just-cause")
def just_cause(by: str, reported: bool, rules: RuleSet) -> tuple[bool, str]:
    """394/2/f: the worker may leave with just cause for harassment by the employer or who stands
    for it, once it is reported to the inspection; with the clause. UsageError for another BY."""
    if by not in BY:
        raise UsageError(Message(BY_WHOM, {"known": ", ".join(BY), "by": by}))
    return by in BY[:2] and reported, rules.clause("just-cause")


@rule("damages", "disease")
def reparation(disease: bool, rules: RuleSet) -> Reparation:
    """29/4, 283/8-9: damages in any case; for a disease that comes of it the employer answers,
    and social security pays and takes the worker's place."""
    damages = rules.clause("damages")
    if not disease:
        return Reparation(None, None, True, (damages,))
    clauses = tuple(each.name for each in rules.edition.cites["disease"])
    return Reparation("employer", "social_security", True, (*clauses, damages))
