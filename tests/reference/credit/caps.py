"""Article 3/1-4 and 12/7: how much of a degree each origin may give."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from .editions import COMBINED, HIGHER_EDUCATION, LETTER, ORIGINS
from .model import Item, Request

ZERO = Fraction(0)


class Cap(NamedTuple):
    """`limit` in exact credits, None where there is none."""

    limit: Fraction | None
    clause: str


class Constraint(NamedTuple):
    """What the credits of these origins together may not pass; `room`: what earlier requests
    have left of it."""

    name: str
    origins: frozenset[str]
    room: Fraction


def caps(request: Request, readings: Mapping[str, str]) -> dict[str, Cap]:
    """3/1: the cap of each origin, in the order of the letters; never rounded."""
    found = {}
    for origin in ORIGINS:
        share = request.edition.shares[origin]
        limit = None if share is None else share * request.base
        found[origin] = Cap(limit, LETTER[origin])
    found["experience"] = _experience(request, found["experience"], readings)
    return found


def _experience(request: Request, legal: Cap, readings: Mapping[str, str]) -> Cap:
    """3/1/g and 12/7 both hold; the reasoned waiver lifts 12/7 and never the legal third."""
    long = request.edition.long_experience
    years = request.experience_years
    if long and request.cycle == "ctesp" and years is not None:
        share, clause = long
        if years > request.edition.long_years:
            return Cap(share * request.base, clause)
    second = second_cap(request, readings)
    if readings["second_cap"] == "experience" and second is not None:
        assert legal.limit is not None
        if second < legal.limit:
            return Cap(second, "12/7")
    return legal


def second_cap(request: Request, readings: Mapping[str, str]) -> Fraction | None:
    """12/7: a third of the first cycle, a quarter of the second; of no other course."""
    share = request.edition.second_cap.get(request.cycle)
    if share is None or request.waiver:
        return None
    course = readings["second_cap_base"] == "course"
    return share * (request.base if course else request.credits)


def combined_limit(request: Request) -> Fraction:
    """3/2: two thirds, for letters d) to g); a) to c) stand outside."""
    return request.edition.combined * request.base


def constraints(request: Request, readings: Mapping[str, str]) -> list[Constraint]:
    """Every sum that is held, origin by origin first."""
    before = request.granted_before
    found = [
        Constraint(origin, frozenset({origin}), left(cap.limit, before.get(origin, ZERO)))
        for origin, cap in caps(request, readings).items()
        if cap.limit is not None
    ]
    spent = sum((before.get(origin, ZERO) for origin in COMBINED), ZERO)
    found.append(Constraint("combined", COMBINED, left(combined_limit(request), spent)))
    second = second_cap(request, readings)
    if readings["second_cap"] == "all_credit" and second is not None:
        spent = sum(before.values(), ZERO)
        found.append(Constraint("second_cap", frozenset(ORIGINS), left(second, spent)))
    return found


def left(limit: Fraction, spent: Fraction) -> Fraction:
    return max(ZERO, limit - spent)


def unrecognised(item: Item, readings: Mapping[str, str]) -> tuple[str, bool]:
    """3/4: the reason why the institution voids or stops a credit, and whether to warn.

    Letters a) and d) abroad are void from the start; b) and c) are not named. The text speaks of
    foreign institutions only; one in Portugal that is not recognised is none of higher education,
    which 2/a asks for.
    """
    if item.source not in HIGHER_EDUCATION or item.recognised is True:
        return "", False
    abroad = item.country != "PT"
    named = item.source in ("degree", "non_degree") or readings["unrecognised"] == "void"
    if item.recognised is None:
        return ("recognition-unknown" if named and abroad else ""), False
    if not named:
        return "", True
    return ("void-unrecognised" if abroad else "not-higher-education"), False
