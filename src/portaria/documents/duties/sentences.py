"""What an employer must do, whether a sanction is presumed abusive, how grave a breach is."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import Message, declare, render
from portaria.core.rule_set import RuleSet
from portaria.documents.citation import cite
from portaria.regulations.duties.harassment import Duties
from portaria.regulations.duties.offences import Offence

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


def told(found: Duties, sanction_late: bool, rules: RuleSet, lang: str) -> Iterator[str]:
    """The duties, then the presumption where it was asked; sanction_late: after its last day."""
    clauses = found.clauses
    code = CODE if found.code_of_conduct_required else NO_CODE
    least = rules.number("code_from_workers")
    yield say(code, lang, clauses["code_of_conduct_required"], least=least)
    code = PROCEDURE if found.disciplinary_procedure_required else ONCE_KNOWN
    yield say(code, lang, clauses["disciplinary_procedure_required"])
    if found.presumption is not None:
        code = NOT_PRESUMED if sanction_late else NOT_COVERED
        if found.presumption.presumed_abusive:
            code = PRESUMED
        yield say(code, lang, found.presumption.clause, last=found.presumption.last_day)
    yield from _readings(rules, lang)


def offence_told(found: Offence, rules: RuleSet, lang: str) -> Iterator[str]:
    """How grave, whether its publicity may be spared, and the correction of the text."""
    yield say(SEVERITIES[found.severity], lang, found.clause)
    code = WAIVABLE if found.waivable else NOT_WAIVABLE
    excepted = cite(found.excepted, lang, with_text=True)
    yield say(code, lang, rules.clause("publicity"), excepted=excepted)
    if found.printed is not None:
        printed = cite(found.printed, lang, with_text=True)
        yield say(CORRECTED, lang, printed=printed, source=found.source)
    yield from _readings(rules, lang)


def _readings(rules: RuleSet, lang: str) -> Iterator[str]:
    if rules.changed:
        chosen = ", ".join(f"{name}={choice}" for name, choice in rules.changed.items())
        yield say(READINGS, lang, readings=chosen)
