"""What an employer must do, whether a sanction is presumed abusive, how grave a breach is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portaria.core.messages import Message, declare, render
from portaria.core.rule_set import RuleSet
from portaria.documents.citation import cite
from portaria.regulations.duties.harassment import Duties
from portaria.regulations.duties.offences import Offence, Reparation
from portaria.regulations.duties.sanctions import Presumption, Protection

CODE = declare("duties-code", "A code of conduct against harassment is required.")
NO_CODE = declare(
    "duties-no-code", "No code of conduct is required: that begins with {least} workers."
)
PROCEDURE = declare(
    "duties-procedure", "A disciplinary procedure must be opened: the employer knows of it."
)
ONCE_KNOWN = declare(
    "duties-once-known",
    "A disciplinary procedure must be opened whenever the employer learns of alleged harassment.",
)
PRESUMED = declare(
    "duties-presumed",
    "The sanction is presumed abusive: it is within a year of the complaint, up to {last}.",
)
NOT_PRESUMED = declare(
    "duties-not-presumed", "The sanction is not presumed abusive: that ended on {last}."
)
SANCTION_FIRST = declare(
    "duties-sanction-first",
    "The sanction is not presumed abusive: it came before the complaint.",
)
NOT_COVERED = declare(
    "duties-not-covered", "The sanction is not presumed abusive: the complaint does not cover it."
)
SEVERITIES = {
    "light": declare("duties-light", "A light offence."),
    "serious": declare("duties-serious", "A serious offence."),
    "very_serious": declare("duties-very-serious", "A very serious offence."),
}
WAIVABLE = declare("duties-waivable", "Its publicity may be spared: the law excepts {excepted}.")
NOT_WAIVABLE = declare("duties-not-waivable", "Its publicity may not be spared.")
PROTECTED = declare("duties-protected", "May not be punished for what is in the file of the case.")
UNPROTECTED = declare("duties-unprotected", "The law does not keep from punishment here.")
MAY_LEAVE = declare("duties-may-leave", "The worker may end the contract with just cause.")
NO_CAUSE = declare(
    "duties-no-cause",
    "No just cause by this letter: it wants the employer or who stands for it, and a report to the "
    "labour inspection.",
)
DAMAGES = declare("duties-damages", "The victim has a right to damages.")
DISEASE = declare(
    "duties-disease",
    "The employer answers for the disease; social security pays and takes the worker's place.",
)
FIRST_DAY = declare("duties-first-day", "In force from {day}.")
REGULATED = declare(
    "duties-regulated", "Accidents at work and diseases are to be regulated by {day}."
)
MOVED = declare("duties-moved", "{old} stands at {place}.")
NOT_MOVED = declare("duties-not-moved", "{place} stands where it stood.")
CORRECTED = declare(
    "duties-corrected", "The text was printed as {printed} and corrected: {source}."
)
READINGS = declare(
    "duties-readings", "Where the law leaves something open, these readings were asked: {readings}."
)


def say(code: str, lang: str, clause: str = "", **params: object) -> str:
    """A sentence, with the clause it stands on before its full stop."""
    words = render(Message(code, params), lang)
    if not clause:
        return words
    return f"{words.removesuffix('.')} [{cite(clause, lang, with_text=True)}]."


def told(
    found: Duties, days: tuple[date | None, date | None], rules: RuleSet, lang: str
) -> Iterator[str]:
    """The duties, then the presumption where it was asked; days: of complaint and sanction."""
    clauses = found.clauses
    code = CODE if found.code_of_conduct_required else NO_CODE
    least = rules.number("code_from_workers")
    yield say(code, lang, clauses["code_of_conduct_required"], least=least)
    code = PROCEDURE if found.disciplinary_procedure_required else ONCE_KNOWN
    yield say(code, lang, clauses["disciplinary_procedure_required"])
    if found.presumption is not None:
        yield say(_presumption(found.presumption, *days), lang, found.presumption.clause,
                  last=found.presumption.last_day)  # fmt: skip
    yield from _readings(rules, lang)


def _presumption(found: Presumption, complaint: date | None, sanction: date | None) -> str:
    """The sentence that says why."""
    assert complaint is not None
    assert sanction is not None
    if found.presumed_abusive:
        return PRESUMED
    if sanction < complaint:
        return SANCTION_FIRST
    return NOT_PRESUMED if sanction > found.last_day else NOT_COVERED


def offence_told(asked: str, found: Offence, rules: RuleSet, lang: str) -> Iterator[str]:
    """How grave, whether its publicity may be spared, and the correction of the text where that is
    about the clause asked for."""
    yield say(SEVERITIES[found.severity], lang, found.clause)
    code = WAIVABLE if found.waivable else NOT_WAIVABLE
    excepted = cite(found.excepted, lang, with_text=True)
    yield say(code, lang, rules.clause("publicity"), excepted=excepted)
    if found.printed is not None and asked in (found.excepted, found.printed):
        printed = cite(found.printed, lang, with_text=True)
        yield say(CORRECTED, lang, printed=printed, source=found.source)
    yield from _readings(rules, lang)


def protection_told(found: Protection, lang: str) -> Iterator[str]:
    """Whether somebody may not be punished."""
    yield say(PROTECTED if found.protected else UNPROTECTED, lang, found.clause)


def just_cause_told(just_cause: bool, clause: str, lang: str) -> Iterator[str]:
    """Whether the worker may leave with just cause."""
    yield say(MAY_LEAVE if just_cause else NO_CAUSE, lang, clause)


def reparation_told(found: Reparation, rules: RuleSet, lang: str) -> Iterator[str]:
    """The damages, and who answers for a disease and pays for it."""
    yield say(DAMAGES, lang, rules.clause("damages"))
    if found.answers is not None:
        yield say(DISEASE, lang, rules.clause("disease"))


def in_force_told(first: date, due: date, rules: RuleSet, lang: str) -> Iterator[str]:
    """The first day of the law, and the last for what the government regulates."""
    yield say(FIRST_DAY, lang, rules.clause("in-force"), day=first)
    yield say(REGULATED, lang, rules.clause("regulation-due"), day=due)


def stands_told(clause: str, place: str, by: str | None, lang: str) -> Iterator[str]:
    """Where an older clause stands."""
    now = cite(place, lang, with_text=True)
    if by is None:
        yield say(NOT_MOVED, lang, place=now)
    else:
        yield say(MOVED, lang, by, old=cite(clause, lang, with_text=True), place=now)


def _readings(rules: RuleSet, lang: str) -> Iterator[str]:
    if rules.changed:
        chosen = ", ".join(f"{name}={choice}" for name, choice in rules.changed.items())
        yield say(READINGS, lang, readings=chosen)
