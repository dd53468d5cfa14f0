"""The limits in words: what each is, what is spent and asked, and what the council may cut."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.core.messages import declare
from portaria.documents.credit.numbers import share
from portaria.documents.credit.telling import Told
from portaria.documents.credit.words import LETTERS
from portaria.regulations.credit.assess import Decision, Held, OriginCap
from portaria.regulations.credit.caps import SECOND
from portaria.regulations.credit.council import Choice
from portaria.regulations.credit.request import COMBINED

FORMULA = declare("credit-limit-formula", "{share} × {base} = {limit}")
NO_LIMIT = declare("credit-limit-none", "no limit")
LIMIT = declare("credit-limit", "Limit of {origin}: {formula}.")
LIMIT_SPENT = declare(
    "credit-limit-spent",
    "Limit of {origin}: {formula}, of which {spent} granted before: {left} left.",
)
OVER = declare("credit-limit-over", "Asked: {asked}; left under the limit: {left}.")
CAP = declare("credit-cap", "{origin}: asked {asked}, limit {formula}; fixed now {granted}.")
CAP_FREE = declare("credit-cap-free", "{origin}: asked {asked}, no limit; fixed now {granted}.")
CAP_SPENT = declare("credit-cap-spent", "Granted before: {spent}.")
COURSE = declare(
    "credit-cap-course",
    "The limits refer to the {course} credits of the course, not to the degree.",
)
TOGETHER = declare("credit-cap-together", "Letters {first}) to {last}) together")
ALL_CREDIT = declare("credit-cap-all", "All credit together")
HELD = declare(
    "credit-cap-held", "{name}: asked {asked} (each kind up to its own limit), limit {formula}."
)
EXCESS = declare("credit-cap-excess", "At least {excess} too many.")
WAIVED = declare(
    "credit-cap-waived",
    "The council gave reasons to lift the second limit; that of {letter}) stands.",
)
CHOICE = declare(
    "credit-choice",
    "The council chooses what to cut; at most {kept} ECTS can be kept, in {count} way:",
    "The council chooses what to cut; at most {kept} ECTS can be kept, in {count} ways:",
)
CHOICE_FIRST = declare(
    "credit-choice-first",
    "The council chooses what to cut; at most {kept} ECTS can be kept, in {count} way, of which "
    "the first {shown} stand here:",
    "The council chooses what to cut; at most {kept} ECTS can be kept, in {count} ways, of which "
    "the first {shown} stand here:",
)
CHOICE_MANY = declare(
    "credit-choice-many", "The council chooses what to cut among: {items}. The ways are not listed."
)
OPTION = declare("credit-option", "cut {items}; {cut} ECTS go and {kept} stay")


def limit_formula(told: Told, cap: OriginCap) -> str:
    """`1/3 × 180 = 60`, or that there is no limit."""
    if cap.cap.limit is None:
        return told.say(NO_LIMIT)
    request, name = told.request, f"share_{cap.origin}"
    base = request.base
    if cap.cap.rule == "second-cap":
        name = SECOND[request.degree.cycle]
        base = base if told.rules.takes("second_cap_base", "course") else request.degree.credits
    elif cap.cap.rule == "origin-long-experience":
        name = "share_long_experience"
    return _formula(told, name, base, cap.cap.limit)


def held_formula(told: Told, held: Held) -> str:
    """The same of a sum over several origins."""
    request = told.request
    if held.rule == "second-cap":
        course = told.rules.takes("second_cap_base", "course")
        base = request.base if course else request.degree.credits
        return _formula(told, SECOND[request.degree.cycle], base, held.limit)
    return _formula(told, "share_combined", request.base, held.limit)


def _formula(told: Told, name: str, base: Fraction, limit: Fraction) -> str:
    return told.say(FORMULA, share=share(told.rules.share(name)), base=base, limit=limit)


def own_limit(told: Told, decision: Decision) -> Iterator[str]:
    """The limit of an item that passes it alone, with what is left of it."""
    cap = next(c for c in told.assessment.caps if c.origin == decision.facts.origin)
    if decision.reason != "over-cap" or cap.cap.limit is None:
        return
    origin, formula = told.origin(cap.origin), limit_formula(told, cap)
    left = max(Fraction(0), cap.cap.limit - cap.spent)
    if cap.spent:
        numbers = {"spent": cap.spent, "left": left}
        yield told.say(LIMIT_SPENT, cap.clause, origin=origin, formula=formula, **numbers)
    else:
        yield told.say(LIMIT, cap.clause, origin=origin, formula=formula)
    yield told.say(OVER, asked=decision.facts.work.credits, left=left)


def cap_lines(told: Told) -> Iterator[str]:
    """Each limit that something is asked under, in words."""
    if told.request.degree.cycle == "mestrado":
        yield told.say(COURSE, told.rules.clause("cap-base-master"), course=told.request.base)
    for cap in told.assessment.caps:
        if not cap.asked and not cap.spent:
            continue
        numbers = {"asked": cap.asked, "granted": cap.granted, "origin": told.origin(cap.origin)}
        if cap.cap.limit is None:
            line = told.say(CAP_FREE, cap.clause, **numbers)
        else:
            line = told.say(CAP, cap.clause, formula=limit_formula(told, cap), **numbers)
        yield f"{line} {told.say(CAP_SPENT, spent=cap.spent)}" if cap.spent else line
    for held in held_sums(told):
        if held.asked or held.spent:
            yield held_line(told, held)
    if told.request.waiver_reasoned and told.request.degree.cycle in SECOND:
        yield told.say(WAIVED, told.rules.clause("second-cap"), letter=LETTERS["experience"])


def held_sums(told: Told) -> list[Held]:
    """The sums over several origins that are held."""
    second = told.assessment.second
    return [told.assessment.combined, *([second] if second else [])]


def held_name(told: Told, held: Held) -> str:
    """`Letters d) to g) together`."""
    if held.rule == "second-cap":
        return told.say(ALL_CREDIT)
    return told.say(TOGETHER, first=LETTERS[COMBINED[0]], last=LETTERS[COMBINED[-1]])


def held_line(told: Told, held: Held) -> str:
    """A sum, its limit, what is spent and what is too much."""
    formula, name = held_formula(told, held), held_name(told, held)
    line = told.say(HELD, held.clause, name=name, asked=held.asked, formula=formula)
    if held.spent:
        line += " " + told.say(CAP_SPENT, spent=held.spent)
    if held.excess:
        line += " " + told.say(EXCESS, excess=held.excess)
    return line


def choices_of(told: Told) -> Iterator[tuple[str, Choice]]:
    """Every choice that is the council's, with the name of its limit."""
    for cap in told.assessment.caps:
        if cap.choice is not None:
            yield told.origin(cap.origin), cap.choice
    for held in held_sums(told):
        if held.choice is not None:
            yield held_name(told, held), held.choice


def choice_lines(told: Told, choice: Choice) -> tuple[str, list[str]]:
    """What there is to choose, and each way of it."""
    if choice.count is None or choice.kept is None:
        items = ", ".join(told.named(each) for each in choice.competing)
        return told.say(CHOICE_MANY, items=items), []
    numbers = {"kept": choice.kept, "count": choice.count, "shown": len(choice.cuts)}
    code = CHOICE if len(choice.cuts) == choice.count else CHOICE_FIRST
    return told.say(code, **numbers), [_option(told, choice, cut) for cut in choice.cuts]


def _option(told: Told, choice: Choice, cut: tuple[str, ...]) -> str:
    credits = {each.facts.item.id: each.facts.work.credits for each in told.assessment.items}
    gone = sum((credits[each] or Fraction(0) for each in cut), Fraction(0))
    items = ", ".join(told.named(each) for each in cut)
    return told.say(OPTION, items=items, cut=gone, kept=choice.kept)


def cap_row(told: Told, cap: OriginCap) -> list[str]:
    """A limit as a row: name, limit, spent, asked, fixed, clause."""
    numbers = (told.number(n) for n in (cap.spent, cap.asked, cap.granted))
    return [told.origin(cap.origin), limit_formula(told, cap), *numbers, told.cite(cap.clause)]


def held_row(told: Told, held: Held) -> list[str]:
    """A sum over several origins as such a row; what is fixed of it stands with its origins."""
    second = held.rule == "second-cap"
    fixed = sum(
        (c.granted for c in told.assessment.caps if second or c.origin in COMBINED), Fraction(0)
    )
    numbers = (told.number(n) for n in (held.spent, held.asked, fixed))
    return [held_name(told, held), held_formula(told, held), *numbers, told.cite(held.clause)]
