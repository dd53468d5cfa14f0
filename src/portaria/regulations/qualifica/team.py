"""Who works at a centre (arts. 3, 4, 6 to 8).

People decide who fills a post; here are the conditions that are not met, each by a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica.model import PARTNER, PROMOTER
from portaria.regulations.qualifica.roles import rule_of

NO_SHARE_BELOW = declare("qualifica-share-below-zero", "a share of hours is not below zero")
BEYOND_PARTNER = declare(
    "qualifica-beyond-partner", "a partner has {most} hours at most, not {hours}"
)
NO_HOURS = declare(
    "qualifica-no-working-hours",
    "{centre} of {normal} hours: those at the centre are a part of the working time",
)
DISTRIBUTION = {PROMOTER: "qualifica-distribution", PARTNER: "qualifica-distribution-partner"}
BELOW_FOUR_FIFTHS = "below-four-fifths"


@dataclass(frozen=True)
class Shared:
    """Hours of a credit still `left`, or `over` it; `role`: whose rule holds."""

    left: int
    over: int
    clause: str
    role: str


@dataclass(frozen=True)
class Staffing:
    """The hours at the centre that are `wanted`; a wish, so only a warning."""

    wanted: Fraction
    warnings: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Source:
    """Where the next teacher comes from: none, career, reserve or school; credit_usable: whether
    that is why it is a career teacher."""

    source: str
    clause: str
    credit_usable: bool = False


@rule("qualifica-distribution", "qualifica-distribution-partner")
def distribution(
    hours: int, shares: Sequence[int], rules: RuleSet, role: str | None = None
) -> Shared:
    """What directors share out, never beyond the credit; role: of the school, else told by the
    credit, since a partner has 44 hours at most. UsageError for a share below zero, for an unknown
    role, and for a partner with more."""
    if any(share < 0 for share in shares):
        raise UsageError(Message(NO_SHARE_BELOW))
    most = rules.number("partner_most")
    role = (PARTNER if hours <= most else PROMOTER) if role is None else rule_of(role)
    if role == PARTNER and hours > most:
        raise UsageError(Message(BEYOND_PARTNER, {"most": most, "hours": hours}))
    left = hours - sum(shares)
    return Shared(max(left, 0), max(-left, 0), rules.clause(DISTRIBUTION[role]), role)


@rule("qualifica-coordinator")
def coordinator(career: bool, serves_there: bool, director: bool, profile: bool) -> list[str]:
    """The conditions of art. 6 that are not met, in its order; none: may be designated.

    profile: that of Portaria 232/2016, art. 7/5.
    """
    missing = {
        "not-a-career-teacher": not career,
        "serves-elsewhere": not serves_there,
        "is-a-director": director,
        "without-the-profile": not profile,
    }
    return [code for code, lacks in missing.items() if lacks]


@rule("qualifica-staffing")
def staffing(normal_hours: Fraction, centre_hours: Fraction, rules: RuleSet) -> Staffing:
    """Four fifths of the working time at the centre, preferably; UsageError for more than all."""
    if normal_hours <= 0 or not 0 <= centre_hours <= normal_hours:
        raise UsageError(Message(NO_HOURS, {"centre": centre_hours, "normal": normal_hours}))
    wanted = rules.share("staffing_share") * normal_hours
    warnings = (BELOW_FOUR_FIFTHS,) if centre_hours < wanted else ()
    return Staffing(wanted, warnings, rules.clause("qualifica-staffing"))


@rule("qualifica-effective-need", "qualifica-recruiting", "qualifica-career", "qualifica-reserve")
def recruit_from(
    credit_usable: bool, career_left: bool, reserve_left: bool, need: bool, rules: RuleSet
) -> Source:
    """Nobody without an effective need; career teachers while the credit can be used or one is
    left; then the reserve of recruitment; then school hiring."""
    if not need:
        return Source("none", rules.clause("qualifica-effective-need"))
    if credit_usable:
        return Source("career", rules.clause("qualifica-recruiting"), credit_usable=True)
    if career_left:
        return Source("career", rules.clause("qualifica-career"))
    return Source("reserve" if reserve_left else "school", rules.clause("qualifica-reserve"))


@rule("qualifica-technicians")
def technicians(role: str, number: int, years: int, rules: RuleSet) -> list[str]:
    """The conditions of art. 8 on ORVC technicians that are not met; none: may be hired."""
    missing = {
        "promoters-only": role != PROMOTER,
        "more-than-two": number > rules.number("technicians_most"),
        "two-or-three-years": years not in rules.edition.value("technicians_years"),
    }
    return [code for code, lacks in missing.items() if lacks]
