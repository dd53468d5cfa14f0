"""CT 127/1/k-l and LTFP 71/1/k: what one employer must adopt, and must open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.duties.dates import checked
from portaria.regulations.duties.sanctions import Presumption, presumption

SECTORS = ("private", "public")
NO_SECTOR = declare("duties-sector", "a sector is one of {known}, not {sector}")
NO_WORKERS = declare("duties-workers", "workers are counted in whole people, not {workers}")
HOW_MANY = declare("duties-how-many", "for a private employer give --workers too")
BOTH_DAYS = declare(
    "duties-both-days", "the day of the complaint and that of the sanction are needed together"
)


@dataclass(frozen=True)
class Duties:
    """`presumption`: None where no days are given; `clauses`: of each answer, by its name."""

    code_of_conduct_required: bool
    disciplinary_procedure_required: bool
    presumption: Presumption | None
    clauses: Mapping[str, str]


def duties(
    workers: int | None,
    rules: RuleSet,
    sector: str = "private",
    alleged: bool = False,
    complaint_on: date | None = None,
    sanction_on: date | None = None,
    on: date | None = None,
) -> Duties:
    """The duties of an employer on a day; workers: None where a public employer does not say;
    alleged: whether it knows of something alleged.

    UsageError before the law, for workers below zero or not said, for one of the two days without
    the other.
    """
    if sector not in SECTORS:
        raise UsageError(Message(NO_SECTOR, {"known": ", ".join(SECTORS), "sector": sector}))
    if workers is None and sector == "private":
        raise UsageError(Message(HOW_MANY))
    if workers is not None and workers < 0:
        raise UsageError(Message(NO_WORKERS, {"workers": workers}))
    if on is not None:
        checked(on, rules)
    found = None
    if complaint_on is not None and sanction_on is not None:
        found = presumption(complaint_on, sanction_on, rules)
    elif complaint_on is not None or sanction_on is not None:
        raise UsageError(Message(BOTH_DAYS))
    public = sector == "public"
    return Duties(
        _code(workers, public, rules),
        alleged,
        found,
        {
            "code_of_conduct_required": rules.clause(
                "code-of-conduct-public" if public else "code-of-conduct"
            ),
            "disciplinary_procedure_required": _procedure(public, rules),
            "presumed_abusive": rules.clause("presumption"),
        },
    )


@rule("code-of-conduct", "code-of-conduct-public")
def _code(workers: int | None, public: bool, rules: RuleSet) -> bool:
    """127/1/k: from seven workers on; a public employer of any size."""
    return public or (workers or 0) >= rules.number("code_from_workers")


@rule("procedure", "procedure-public")
def _procedure(public: bool, rules: RuleSet) -> str:
    """127/1/l: opened once the employer knows, whatever its size; its clause."""
    return rules.clause("procedure-public" if public else "procedure")
