"""The whole sum of a school on one line."""

from __future__ import annotations

from portaria.documents.numbers import amount
from portaria.regulations.qualifica.model import Hours


def arithmetic(found: Hours, lang: str) -> str:
    """The whole sum on one line: `88 + 6 − 4.4 = 89.6 → 90`."""
    if found.rounded is None:
        return str(found.hours)
    base, bonus, less = found.base, found.need_bonus, found.performance_cut
    terms = f"{amount(base, lang)} + {amount(bonus, lang)} − {amount(less, lang)}"
    whole = found.before_proportion
    held = whole is not None and whole != base + bonus - less
    if held and whole is not None:
        terms += f" = {amount(base + bonus - less, lang)} → {amount(whole, lang)}"
    if found.proportion is not None:
        share = amount(found.proportion, lang)
        start = amount(whole, lang) if held and whole is not None else ""
        terms = f"{terms}; {start} × {share}" if held else f"({terms}) × {share}"
    result = "" if held and found.proportion is None else f" = {amount(found.exact, lang)}"
    steps = [step for step in (found.rounded, found.hours) if step != found.exact]
    return terms + result + "".join(f" → {step}" for step in dict.fromkeys(steps))
