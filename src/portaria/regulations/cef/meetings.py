"""Articles 8/4 and 10: whether a meeting may decide, and what a vote decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

SECOND_CALL = "CPA 29/3"
"""What the regulation does not say of a second call: the law of administrative procedure does."""
IMPOSSIBLE = declare(
    "cef-quorum-impossible",
    "{present} of {voting} members is impossible: give at least one member, and no more present "
    "than there are",
)


@dataclass(frozen=True)
class Quorum:
    """`needed`: members with a vote who must be there; `reached`: whether they are; `clause`: of
    the regulation, or of the law (SECOND_CALL) where that alone gives the number."""

    needed: int
    reached: bool
    clause: str


@rule("meeting-quorum")
def quorum(voting: int, present: int, second_call: bool, rules: RuleSet) -> Quorum:
    """8/4: a simple majority of the members with a vote; at a second call a third (CPA 29/3).

    UsageError for numbers that cannot be.
    """
    if voting < 1 or not 0 <= present <= voting:
        raise UsageError(Message(IMPOSSIBLE, {"present": present, "voting": voting}))
    third = second_call and rules.takes("second_call", "third")
    needed = -(-voting // 3) if third else voting // 2 + 1
    clause = SECOND_CALL if third else rules.clause("meeting-quorum")
    return Quorum(needed, present >= needed, clause)


@rule("vote-after-consensus", "vote-by-name", "vote-majority")
def decided(votes: Mapping[str, int], members: int, chair: str, rules: RuleSet) -> str | None:
    """10/2-4: the option with an absolute majority of the votes cast, None for a new vote.

    `members`: with a vote; nobody abstains. `chair`: the option that the chair voted for, which
    breaks a tie: half of all votes is enough for it.
    """
    cast = sum(votes.values())
    base = cast if rules.takes("majority", "cast") else members
    for option, count in votes.items():
        if 2 * count > base or (2 * count == base == cast and option == chair and count):
            return option
    return None
