"""Article 3/1-4 and 12/7: how much of a degree each origin may give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import (
    COMBINED,
    HIGHER_EDUCATION,
    ORIGINS,
    Item,
    Origin,
    Request,
)

ZERO = Fraction(0)
SECOND = {"licenciatura": "second_share_licenciatura", "mestrado": "second_share_mestrado"}
ORIGIN_RULES: Mapping[Origin, str] = {
    origin: f"origin-{origin.replace('_', '-')}" for origin in ORIGINS
}


@dataclass(frozen=True)
class Cap:
    """`limit` in exact credits, None where there is none; `rule`: what sets it."""

    limit: Fraction | None
    rule: str


@dataclass(frozen=True)
class Sum:
    """Credits of these origins together may not pass `limit`; `spent`: by earlier requests.

    The sums of a request lie one inside the other: each origin, then d) to g), then all.
    """

    name: str
    origins: frozenset[Origin]
    limit: Fraction
    spent: Fraction

    @property
    def room(self) -> Fraction:
        """What is left."""
        return max(ZERO, self.limit - self.spent)


@rule(*ORIGIN_RULES.values(), "cap-base-master")
def caps(request: Request, rules: RuleSet) -> dict[Origin, Cap]:
    """3/1: the cap of each origin in the order of the letters, never rounded; `degree` has none.

    In a master they refer to its course (3/3)."""
    found: dict[Origin, Cap] = {
        origin: Cap(rules.share(f"share_{origin}") * request.base, ORIGIN_RULES[origin])
        for origin in ORIGINS
        if origin != "degree"
    }
    found["experience"] = _experience(request, found["experience"], rules)
    return {"degree": Cap(None, ORIGIN_RULES["degree"]), **found}


@rule("origin-long-experience")
def _experience(request: Request, legal: Cap, rules: RuleSet) -> Cap:
    """3/1/g and 12/7 both hold: the lower. A reasoned waiver lifts 12/7, never the legal third."""
    years = request.experience_years
    if (
        rules.edition.has("origin-long-experience")
        and request.degree.cycle == "ctesp"
        and years is not None
        and years > rules.number("long_experience_years")
    ):
        return Cap(rules.share("share_long_experience") * request.base, "origin-long-experience")
    second = second_cap(request, rules)
    assert legal.limit is not None
    if rules.takes("second_cap", "experience") and second is not None and second < legal.limit:
        return Cap(second, "second-cap")
    return legal


@rule("second-cap")
def second_cap(request: Request, rules: RuleSet) -> Fraction | None:
    """12/7: a third of the first cycle, a quarter of the second; None elsewhere, or waived."""
    name = SECOND.get(request.degree.cycle)
    if name is None or request.waiver_reasoned:
        return None
    course = rules.takes("second_cap_base", "course")
    return rules.share(name) * (request.base if course else request.degree.credits)


@rule("cap-combined")
def combined_limit(request: Request, rules: RuleSet) -> Fraction:
    """3/2: two thirds, for letters d) to g); a) to c) stand outside."""
    return rules.share("share_combined") * request.base


def sums(request: Request, rules: RuleSet) -> list[Sum]:
    """Every sum that is held, the narrowest first."""
    before = request.granted_before
    found = [
        Sum(origin, frozenset({origin}), cap.limit, before.get(origin, ZERO))
        for origin, cap in caps(request, rules).items()
        if cap.limit is not None
    ]
    spent = sum((before.get(origin, ZERO) for origin in COMBINED), ZERO)
    found.append(Sum("combined", frozenset(COMBINED), combined_limit(request, rules), spent))
    second = second_cap(request, rules)
    if rules.takes("second_cap", "all_credit") and second is not None:
        found.append(Sum("second_cap", frozenset(ORIGINS), second, sum(before.values(), ZERO)))
    return found


@rule("unrecognised-institution")
def recognition(item: Item, origin: Origin, rules: RuleSet) -> tuple[str, bool]:
    """3/4: the reason why the institution voids or stops a credit, and whether to warn.

    Letters a) and d) of a foreign institution are void from the start; b) and c) are not named.
    A Portuguese one that is not recognised is no higher education institution (2/a).
    """
    if origin not in HIGHER_EDUCATION or item.recognised_institution is True:
        return "", False
    named = origin in ("degree", "non_degree") or rules.takes("unrecognised", "void")
    if item.recognised_institution is None:
        return ("recognition-unknown" if named and item.country != "PT" else ""), False
    if not named:
        return "", True
    return ("void-unrecognised" if item.country != "PT" else "not-higher-education"), False
