"""Who has hours, and by which annex (arts. 2 to 4)."""

from __future__ import annotations

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.regulations.qualifica.model import BOTH, PARTNER, PROMOTER, ROLES

NEITHER = declare(
    "qualifica-neither", "a school that neither promotes a centre nor is a partner has no hours"
)
UNKNOWN_ROLE = declare("qualifica-unknown-role", "a role is promoter, partner or both, not {role}")


@rule("qualifica-scope", "qualifica-both-roles")
def role_of(promotes: bool, partner: bool) -> str:
    """The rule that holds: who promotes a centre of its own has the promoter's, art. 4/3.

    UsageError where neither: the order is not about that school (art. 2/1).
    """
    if not (promotes or partner):
        raise UsageError(Message(NEITHER))
    return PROMOTER if promotes else PARTNER


def rule_of(role: str) -> str:
    """The same by the name of a role; UsageError for one that is unknown."""
    if role not in ROLES:
        raise UsageError(Message(UNKNOWN_ROLE, {"role": role}))
    return role_of(role in (PROMOTER, BOTH), role in (PARTNER, BOTH))


@rule("qualifica-excluded")
def excluded(could_apply: bool, applied: bool) -> bool:
    """Art. 2/2: could have applied for the support and did not; whether it won is not asked."""
    return could_apply and not applied
