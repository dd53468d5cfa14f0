"""CT 331/2/b and 29/6: sanctions after a complaint of harassment, and who may not be punished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.duties.dates import a_year_after, checked, first_day

WHO = ("complainant", "witness")
NOT_PROTECTED = declare(
    "duties-who", "protected are the complainant and the witnesses, {known}; not {who}"
)


@dataclass(frozen=True)
class Presumption:
    """`last_day`: on which a sanction is still within the year of the complaint."""

    presumed_abusive: bool
    last_day: date
    clause: str


@dataclass(frozen=True)
class Protection:
    """Whether somebody may not be punished for what is in the file."""

    protected: bool
    clause: str


@rule("presumption")
def presumption(complaint_on: date, sanction_on: date, rules: RuleSet) -> Presumption:
    """331/2/b: a sanction from the complaint, or another use of rights to equality and against
    discrimination and harassment, up to a year after it is presumed abusive.

    UsageError for a sanction before the law, and for a day after the last that is known.
    """
    checked(sanction_on, rules)
    last = a_year_after(complaint_on)
    after = sanction_on > complaint_on or (
        sanction_on == complaint_on and rules.takes("same_day", "within")
    )
    soon = sanction_on < last or (sanction_on == last and rules.takes("year_end", "inclusive"))
    covered = rules.takes("old_complaint", "counts") or complaint_on >= first_day(rules)
    return Presumption(after and soon and covered, last, rules.clause("presumption"))


@rule("protection")
def protection(
    who: str,
    intent: bool,
    rules: RuleSet,
    from_the_file: bool = True,
    final_decision: bool = False,
) -> Protection:
    """29/6: a complainant, or a witness named, is not punished for what is in the file of a case of
    harassment until its final decision, unless acting with intent. The right to be heard stays.

    UsageError for anybody else than WHO.
    """
    if who not in WHO:
        raise UsageError(Message(NOT_PROTECTED, {"known": ", ".join(WHO), "who": who}))
    free = from_the_file and not intent and not final_decision
    return Protection(free, rules.clause("protection"))
