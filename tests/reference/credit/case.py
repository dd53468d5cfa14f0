"""One request on its way: what stands by itself, what the caps cut, what the council chooses."""

from dataclasses import dataclass
from fractions import Fraction

from . import caps, council, grounds
from .council import Ask, Option
from .exact import HALF, floor
from .grades import Given, grade_of
from .model import Request
from .workload import CREDITS_OF_A_YEAR, item_credits


@dataclass
class Case:
    """`reasons` of what does not stand, `fixed` credits of what does."""

    request: Request
    readings: dict[str, str]
    grades: dict[str, Given]
    caps: dict[str, caps.Cap]
    held: list[caps.Constraint]
    reasons: dict[str, str]
    fixed: dict[str, Fraction]
    asks: list[Ask]
    over: list[caps.Constraint]
    groups: dict[str, list[Ask]]


def stand(request: Request, readings: dict[str, str]) -> Case:
    """Each item by itself, before any cap."""
    grades = {item.id: grade_of(item, readings) for item in request.items}
    reasons = {i.id: grounds.ground(i, request, grades[i.id], readings) for i in request.items}
    asks = [
        Ask(item.id, item.source, item_credits(item, readings))
        for item in request.items
        if not reasons[item.id]
    ]
    held = caps.constraints(request, readings)
    found = caps.caps(request, readings)
    return Case(request, readings, grades, found, held, reasons, {}, asks, [], {})


def cut(case: Case) -> None:
    """3/1: what alone passes its own cap; then the sums, where the council chooses."""
    targets = {item.id: item.target for item in case.request.items}
    rooms = {c.name: c.room for c in case.held}
    standing = []
    for ask in case.asks:
        room = rooms.get(ask.origin)
        if room is not None and ask.credits > room:
            case.reasons[ask.id] = "over-cap"
            left = floor(room, HALF) if case.readings["reduced_to"] == "half" else room
            if not left or not _divisible(ask, targets[ask.id], case.readings["over_cap"]):
                continue
            ask = ask._replace(credits=left)
        standing.append(ask)
    case.asks = standing
    case.over = council.passed(standing, case.held)
    case.groups = council.choices(standing, case.over)
    chosen = {ask.id: name for name, group in case.groups.items() for ask in group}
    for ask in standing:
        if ask.id in chosen:
            case.reasons[ask.id] = _choice(chosen[ask.id])
        else:
            case.fixed[ask.id] = ask.credits


def _divisible(ask: Ask, target: str | None, reading: str) -> bool:
    """2/b-c: credits go to units, which are whole, or to areas, which are not. No unit has more
    than the sixty credits of a year (10/2)."""
    whole = target is not None and ask.credits <= CREDITS_OF_A_YEAR
    return reading == "reduce" or (reading == "by_target" and not whole)


def _choice(name: str) -> str:
    known = {"combined": "combined-choice", "second_cap": "second-cap-choice"}
    return known.get(name, "cap-choice")


def options(case: Case) -> dict[str, tuple[Option, ...]]:
    settled = [ask for ask in case.asks if ask.id in case.fixed]
    return {name: council.options(group, settled, case.held) for name, group in case.groups.items()}
