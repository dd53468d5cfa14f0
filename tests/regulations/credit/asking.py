"""How tests ask: a request with what a case changes, assessed by the engine."""

from __future__ import annotations

from typing import Any

from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.answer import answer
from portaria.regulations.credit.assess import Assessment, assess
from portaria.regulations.credit.read import prepare
from portaria.regulations.credit.settings import editions

Row = dict[str, Any]

PAPERS = ["transcript", "syllabus", "hours", "study_plan"]
EXPERIENCE = [
    "description", "employer_statement", "social_security", "learning_outcomes", "evidence",
]  # fmt: skip


def item(origin: str = "degree", **changes: Any) -> Row:
    """An item that stands by itself."""
    own = origin == "experience"
    row: Row = {
        "id": "a",
        "origin": origin,
        "credits": "6",
        "target": "UC1",
        "grade": None if own else {"value": "14", "scale": "pt"},
        "recognised_institution": True,
        "assessment": ["portfolio"] if own else [],
        "documents": EXPERIENCE if own else PAPERS,
    }
    return row | changes


def asked(*items: Row, **changes: Any) -> Row:
    """A request of a licenciatura of 180 credits, in time in 2017."""
    return {
        "degree": {"cycle": "licenciatura", "credits": "180"},
        "year_start": "2017-09-18",
        "submitted_on": "2017-10-02",
        "items": [*items] or [item()],
    } | changes


def assessed(given: Row, edition: str | None = None, **policy: str) -> Assessment:
    """The assessment of a request without faults."""
    case, problems = prepare(given, policy, edition)
    assert case is not None, [(problem.column, str(problem.message)) for problem in problems]
    return assess(case.request, case.edition, case.readings)


def answered(given: Row, edition: str | None = None, **policy: str) -> Row:
    """The answer as JSON has it."""
    return answer(assessed(given, edition, **policy))


def faults(given: Any, **policy: str) -> list[tuple[str, str]]:
    """Where and what is wrong with a request."""
    case, problems = prepare(given, policy)
    assert case is None
    return [(problem.column, problem.code) for problem in problems]


def rules(edition: str = "438-2017", **policy: str) -> RuleSet:
    """The rules of an edition under some readings."""
    found = editions()[edition]
    return RuleSet(found, found.choose(policy))
