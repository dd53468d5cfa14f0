"""Article 3/1: what passes its cap alone is cut; what passes it together is the council's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rounding import HALF, Rounding, round_to
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.caps import Sum
from portaria.regulations.credit.council import Ask, Choice, choices

CHOICE_REASONS = {"combined": "combined-choice", "second_cap": "second-cap-choice"}


@dataclass(frozen=True)
class Cuts:
    """`asks`: what stands, as it was cut; `fixed`: credits by item where the rules fix them;
    `reasons`: over-cap, or one of the choices; `choices`: what is the council's."""

    asks: tuple[Ask, ...]
    fixed: Mapping[str, Fraction]
    reasons: Mapping[str, str]
    choices: tuple[Choice, ...]

    def choice(self, name: str) -> Choice | None:
        """What the council chooses under one sum."""
        return next((each for each in self.choices if each.name == name), None)


def cut(
    asks: Sequence[Ask],
    targets: Mapping[str, str | None],
    held: Sequence[Sum],
    rules: RuleSet,
) -> Cuts:
    """`asks`: what stands before any cap; `targets`: the unit that each item is for, or None."""
    rooms = {each.name: each.room for each in held}
    reasons: dict[str, str] = {}
    standing = []
    for ask in asks:
        room = rooms.get(ask.origin)
        if room is not None and ask.credits > room:
            reasons[ask.id] = "over-cap"
            if rules.takes("reduced_to", "half"):
                room = round_to(room, HALF, Rounding.FLOOR)
            if not room or not _divisible(ask, targets[ask.id], rules):
                continue
            ask = Ask(ask.id, ask.origin, room)
        standing.append(ask)
    found = choices(standing, held)
    for each in found:
        for item in each.competing:
            reasons[item] = CHOICE_REASONS.get(each.name, "cap-choice")
    chosen = {item for each in found for item in each.competing}
    fixed = {ask.id: ask.credits for ask in standing if ask.id not in chosen}
    return Cuts(tuple(standing), fixed, reasons, tuple(found))


def _divisible(ask: Ask, target: str | None, rules: RuleSet) -> bool:
    """2/b-c: credits go to units, which are whole, or to areas, which are not; what has more
    credits than a year's work (10/2) is no single unit, whatever its target is called."""
    whole = target is not None and ask.credits <= rules.number("credits_of_a_year")
    by_target = rules.takes("over_cap", "by_target") and not whole
    return by_target or rules.takes("over_cap", "reduce")
