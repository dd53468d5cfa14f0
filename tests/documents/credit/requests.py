"""Requests of the tests: a whole one from the few words that matter."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from portaria.regulations.credit.assess import Assessment, assess
from portaria.regulations.credit.read import prepare

TRAINING = ["transcript", "syllabus", "hours", "study_plan"]
EXPERIENCE = [
    "description", "employer_statement", "social_security", "learning_outcomes", "evidence",
    "target_units",
]  # fmt: skip
SPAIN = {"scale": "foreign", "min_pass": "5", "max": "10"}


def item(name: str = "a", origin: str = "degree", credits: str | None = "6", **more: Any) -> Any:
    """An item that nothing stands against, and what is different in it; None leaves a key out."""
    experience = origin == "experience"
    given = {
        "id": name,
        "origin": origin,
        "credits": credits,
        "target": f"UC-{name}",
        "recognised_institution": True,
        "grade": None if experience else {"value": "14", "scale": "pt"},
        "documents": EXPERIENCE if experience else TRAINING,
        "assessment": ["portfolio"] if experience else None,
    } | more
    return {key: value for key, value in given.items() if value is not None}


def request(*items: Any, **more: Any) -> dict[str, Any]:
    """A request in time for a licenciatura of 180 credits."""
    return {
        "degree": {"cycle": "licenciatura", "credits": "180"},
        "year_start": "2017-09-18",
        "submitted_on": "2017-10-10",
        "items": list(items),
    } | more


def assessed(*items: Any, policy: dict[str, str] | None = None, **more: Any) -> Assessment:
    """The assessment of such a request."""
    case, problems = prepare(request(*items, **more), policy or {})
    assert case is not None, [str(each.message) for each in problems]
    return assess(case.request, case.edition, case.readings)


def words_of(content: bytes) -> str:
    """Everything that a PDF says, in one line."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
