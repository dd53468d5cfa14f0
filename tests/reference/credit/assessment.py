"""A whole request: what the rules fix, and what they leave to the council.

`granted` means that nothing in the rules stands against the item: level, area and correspondence
(3/6-7) are always a person's to judge. `credits` is None where a person decides them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from . import council, documents, grounds
from .caps import combined_limit
from .case import Case, cut, options, stand
from .council import Option
from .deadlines import deadlines, is_late
from .editions import COMBINED, HIGHER_EDUCATION, LETTER
from .exact import written
from .grades import Given
from .model import Item
from .readings import choose
from .reasons import REASONS, WARNINGS, clause_of_grade
from .request import read_request
from .workload import item_credits

Row = dict[str, Any]


@dataclass(frozen=True)
class Assessment:
    """The contract's answer, and beside it what it has no place for: `edition`, `readings`, and
    `choices`, the options by the name of the sum that was passed (an origin, combined,
    second_cap)."""

    outcome: str
    items: list[Row]
    caps: list[Row]
    combined: Row
    deadlines: Row
    warnings: list[Row]
    edition: str
    readings: dict[str, str]
    choices: dict[str, list[Row]]

    def answer(self) -> Row:
        """To the letter of the contract."""
        names = ("outcome", "items", "caps", "combined", "deadlines", "warnings")
        return {name: getattr(self, name) for name in names}


def assess(
    given: Mapping[str, Any],
    policy: Mapping[str, str] = MappingProxyType({}),
    edition: str | None = None,
) -> Assessment:
    """`given`: a request of the contract. `policy`: readings other than the defaults. `edition`:
    a rule set by name, else that of the year. BadRequest for faults in the request, ValueError
    for an unknown reading or edition."""
    readings = choose(policy)
    request = read_request(given, edition, readings["early_request"])
    case = stand(request, readings)
    cut(case)
    choices = options(case)
    return Assessment(
        outcome=_outcome(case),
        items=[_item_row(item, case) for item in request.items],
        caps=_cap_rows(case),
        combined=_combined(case, choices),
        deadlines={
            name: str(value) if name.endswith("_by") and value else value
            for name, value in asdict(deadlines(request, readings)).items()
        },
        warnings=_warnings(case),
        edition=request.edition.name,
        readings=readings,
        choices={name: _option_rows(found) for name, found in choices.items()},
    )


def _option_rows(found: tuple[Option, ...]) -> list[Row]:
    return [{"cut": list(option.cut), "kept": written(option.kept)} for option in found]


def _outcome(case: Case) -> str:
    """A request is late while one of its items is, unless the director authorised it."""
    request = case.request
    late = any(is_late(item, request, case.readings) for item in request.items)
    if late and request.authorised_on is None:
        return "late"
    open_file = any(
        documents.missing(item, case.readings)
        for item in request.items
        if case.reasons[item.id] not in grounds.REFUSED - {grounds.HELPS}
    )
    return "incomplete" if open_file else "complete"


def _item_row(item: Item, case: Case) -> Row:
    given, reason = case.grades[item.id], case.reasons[item.id]
    credits = case.fixed.get(item.id)
    if credits is not None:
        outcome = given.ends or ("reduced" if reason else "granted")
        reason = (given.reason if given.ends else reason) or "granted"
    else:
        refused = reason in grounds.REFUSED or reason == "over-cap"
        outcome, given = ("refused" if refused else "human"), Given()
        credits = Fraction(0) if refused else None
    return {
        "id": item.id,
        "outcome": outcome,
        "credits": None if credits is None else written(credits),
        "grade": given.grade,
        "exact_grade": None if given.exact is None else written(given.exact),
        "counts_in_average": given.grade is not None,
        "clause": _grade_clause(item, reason) or REASONS.get(reason, _cap_clause(item, case)),
        "reason": reason,
    }


def _grade_clause(item: Item, reason: str) -> str | None:
    scale = item.grade.scale if item.grade else ""
    return clause_of_grade(reason, item.source not in HIGHER_EDUCATION, scale)


def _cap_clause(item: Item, case: Case) -> str:
    """The letter that an item came under; the cap's own clause where the cap decided."""
    if case.reasons[item.id] in ("over-cap", "cap-choice"):
        return case.caps[item.source].clause
    return LETTER[item.source]


def _cap_rows(case: Case) -> list[Row]:
    """Every origin in the order of the letters; `asked` with what was refused for other reasons,
    `granted` with what the rules fix now, without earlier requests."""
    items = case.request.items
    return [
        {
            "origin": origin,
            "limit": None if cap.limit is None else written(cap.limit),
            "asked": written(
                _sum(item_credits(i, case.readings) for i in items if i.source == origin)
            ),
            "granted": written(_sum(case.fixed.get(i.id, 0) for i in items if i.source == origin)),
            "clause": cap.clause,
        }
        for origin, cap in case.caps.items()
    ]


def _combined(case: Case, choices: Mapping[str, tuple[Option, ...]]) -> Row:
    """3/2. `asked`: what stands under d) to g), each letter up to its own cap; `excess`: the
    least that must go."""
    asked = council.capped(case.asks, case.held, COMBINED)
    room = next(c.room for c in case.held if c.name == "combined")
    excess = max(Fraction(0), asked - room)
    found = choices.get("combined") or choices.get("second_cap", ())
    return {
        "limit": written(combined_limit(case.request)),
        "asked": written(asked),
        "excess": written(excess),
        "options": _option_rows(found) if excess else [],
    }


def _warnings(case: Case) -> list[Row]:
    found = grounds.warnings(
        *(case.request, case.grades, [ask.id for ask in case.asks], case.reasons, case.readings)
    )
    whole = _sum(case.fixed.values()) + _sum(case.request.granted_before.values())
    if whole >= case.request.credits:  # a) has no cap, and b) and c) make a whole degree together
        found.append(("whole-degree", None))
    return [{"code": code, "item": item, "clause": WARNINGS[code]} for code, item in found]


def _sum(numbers: Any) -> Fraction:
    return sum(numbers, Fraction(0))
