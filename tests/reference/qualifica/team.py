"""Articles 2 to 4 and 6 to 8: who has hours, who shares them out, who works at the centre.

The law speaks of posts and conditions; who fills them is decided by people. Here are the
conditions that are not met, each by a code.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

WANTED_SHARE = Fraction(4, 5)
MOST_ORVC = 2
ORVC_YEARS = (2, 3)


def role_of(promotes: bool, partner: bool) -> str:
    """2/1, 4/3: who is both has the promoter's hours."""
    if not (promotes or partner):
        raise ValueError("neither promoter nor partner of a centre: no hours (2/1)")
    return "promoter" if promotes else "partner"


def excluded(could_apply: bool, applied: bool) -> bool:
    """2/2: could have applied for the support of DL 159/2014 16/6, and did not."""
    return could_apply and not applied


def distribution(hours: int, shared_out: Iterable[int], role: str | None = None) -> dict[str, Any]:
    """3/2, 4/2: the director shares the hours out, never beyond the credit. Without a role, up to
    44 hours are a partner's."""
    if role not in (None, "promoter", "partner") or (role == "partner" and hours > 44):
        raise ValueError(f"{hours} hours of {role}")
    partner = role == "partner" or (role is None and hours <= 44)
    parts = list(shared_out)
    if any(part < 0 for part in parts):
        raise ValueError("a share is not below zero")
    left = hours - sum(parts)
    return {"left": max(left, 0), "over": max(-left, 0), "clause": f"Q {4 if partner else 3}/2"}


def coordinator(career: bool, serves_there: bool, director: bool, profile: bool) -> list[str]:
    """Art. 6: a career teacher who serves at the promoter, has the profile of Portaria 232/2016
    7/5 and directs no school. The conditions not met, in this order; empty: may be designated."""
    wanted = (
        ("not-a-career-teacher", career),
        ("serves-elsewhere", serves_there),
        ("is-a-director", not director),
        ("without-the-profile", profile),
    )
    return [code for code, met in wanted if not met]


def staffing(normal_hours: Fraction, centre_hours: Fraction) -> dict[str, Any]:
    """7/2: preferably four fifths of the working time or more. A wish: less brings a warning."""
    if normal_hours <= 0 or not 0 <= centre_hours <= normal_hours:
        raise ValueError(f"{centre_hours} of {normal_hours} hours")
    wanted = WANTED_SHARE * normal_hours
    less = centre_hours < wanted
    return {"wanted": wanted, "warnings": ["below-four-fifths"] if less else [], "clause": "Q 7/2"}


def recruit_from(
    credit_usable: bool, career_left: bool, reserve_left: bool, need: bool = True
) -> dict[str, Any]:
    """7/1, 7/3, 7/4, I/8: where the next teacher comes from: `none` without an effective need,
    `career` while the credit can be used or a career teacher be assigned, then the `reserve` of
    recruitment, then `school` hiring."""
    if not need:
        return {"source": "none", "clause": "Q I/8"}
    if credit_usable or career_left:
        return {"source": "career", "clause": "Q 7/3" if credit_usable else "Q 7/1"}
    return {"source": "reserve" if reserve_left else "school", "clause": "Q 7/4"}


def orvc(role: str, number: int, years: int) -> list[str]:
    """Art. 8: at most two technicians, hired by a promoter for two or three school years."""
    wanted = (
        ("promoters-only", role == "promoter"),
        ("more-than-two", number <= MOST_ORVC),
        ("two-or-three-years", years in ORVC_YEARS),
    )
    return [code for code, met in wanted if not met]
