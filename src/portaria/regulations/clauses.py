"""The clauses of every regulation beside the rules and functions that apply them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portaria.core.clause import Clause, Text
from portaria.core.edition import Edition
from portaria.core.rule import functions_of
from portaria.regulations.access import settings
from portaria.regulations.access.seat_limits import settings as seat_limits
from portaria.regulations.cef.regulation import CEF
from portaria.regulations.credit import settings as credit
from portaria.regulations.duties.regulation import DUTIES
from portaria.regulations.qualifica.regulation import QUALIFICA
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.scae import settings as scae
from portaria.regulations.social.regulation import SOCIAL

SMALL = (CEF, SOCIAL, QUALIFICA, RECRUITMENT, DUTIES)
"""The regulations of one edition."""


@dataclass(frozen=True)
class Coverage:
    """One clause with one of the rules that stand on it (empty where none does)."""

    clause: Clause
    rule: str = ""
    function: str = ""


def texts() -> dict[str, Text]:
    """Every official text of every regulation, by name."""
    contests = settings.texts() | seat_limits.texts()
    small = {name: text for each in SMALL for name, text in each.texts.items()}
    return contests | credit.texts() | scae.texts() | small


def editions() -> list[Edition]:
    """Every edition that comes with the program."""
    contests = [settings.find_edition(name, Path()) for name in settings.edition_names()]
    recognition = credit.editions().values()
    orders = seat_limits.editions().values()
    small = [each.edition for each in SMALL]
    return [*contests, *orders, *recognition, scae.edition(), *small]


def coverage() -> Iterator[Coverage]:
    """One row a clause, rule and function, in the order of the texts."""
    rules: dict[str, list[str]] = {}
    for edition in editions():
        for rule_id, clauses in edition.cites.items():
            for clause in clauses:
                listed = rules.setdefault(clause.name, [])
                if rule_id not in listed:
                    listed.append(rule_id)
        for parameter in edition.parameters.values():
            listed = rules.setdefault(parameter.clause, [])
            name = f"parameter {parameter.name}"
            if name not in listed:
                listed.append(name)
    for text in texts().values():
        for clause in text.clauses.values():
            found = rules.get(clause.name, [])
            if not found:
                yield Coverage(clause)
            for rule_id in found:
                for function in functions_of(rule_id) or ("",):
                    yield Coverage(clause, rule_id, function)
