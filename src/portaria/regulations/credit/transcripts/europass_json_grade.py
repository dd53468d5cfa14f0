"""The grade of an achievement in the JSON-LD of the European Learning Model 3."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portaria.regulations.credit.transcripts.europass_xml_grade import (
    MANY_GRADES,
    Assessed,
    one_grade,
)
from portaria.regulations.credit.transcripts.faults import Faults
from portaria.regulations.credit.transcripts.fields import Graph, Group, words
from portaria.regulations.credit.transcripts.model import Category, Standing
from portaria.regulations.credit.transcripts.values import day_of, decimal_of

STATUSES = {"pass": True, "passed": True, "fail": False, "failed": False}
"""The model speaks of pass, fail and other; its list of codes is not published with it."""


def grade_of(group: Group, name: str, path: str, graph: Graph, faults: Faults) -> Assessed:
    """The grade where one assessment stands for the achievement; its parts are not looked into."""
    assessments = graph.groups(group.get("provenBy"))
    graded = [
        (note, each)
        for each in assessments
        if (note := words((graph.group(each.get("grade")) or {}).get("noteLiteral")))
    ]
    passed = _passed(assessments, graph)
    if not graded:
        return Assessed(passed=passed)
    grades = [note for note, _ in graded]
    if not one_grade(grades):
        faults.warn(MANY_GRADES, f"{path}.provenBy", unit=name, grades=", ".join(grades))
        return Assessed(passed=passed)
    chosen = graded[0][1]
    where = f"{path}.provenBy"
    issued = chosen.get("dateIssued")
    return Assessed(
        grades[0],
        _scale(chosen, graph),
        _distribution(chosen, graph),
        _standing(chosen, where, graph, faults),
        day_of(issued, faults, f"{where}.dateIssued") if isinstance(issued, str) else None,
        passed,
    )


def _passed(assessments: list[Group], graph: Graph) -> bool | None:
    """False where any assessment says so, True where one does and none says otherwise."""
    said = [
        STATUSES.get(words((graph.group(each.get("gradeStatus")) or {}).get("prefLabel")).lower())
        for each in assessments
    ]
    return False if False in said else (True if True in said else None)


def _scale(assessment: Group, graph: Graph) -> str:
    specification = graph.group(assessment.get("specifiedBy")) or {}
    scheme = graph.group(specification.get("gradingScheme")) or {}
    described = [words(scheme.get(name)) for name in ("title", "description")]
    return ": ".join(text for text in described if text)


def _distribution(assessment: Group, graph: Graph) -> tuple[Category, ...]:
    result = graph.group(assessment.get("resultDistribution")) or {}
    return tuple(
        Category(
            _text(bar.get("label")) or "",
            count if isinstance(count := bar.get("count"), int) else None,
            minimum=_text(bar.get("minimumScore")),
            maximum=_text(bar.get("maximumScore")),
        )
        for bar in graph.groups(result.get("resultCategory"))
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _standing(assessment: Group, where: str, graph: Graph, faults: Faults) -> Standing | None:
    given = graph.group(assessment.get("shortenedGrading"))
    if given is None:
        return None
    numbers: list[Fraction] = []
    for name in ("percentageLower", "percentageEqual", "percentageHigher"):
        path = f"{where}.shortenedGrading.{name}"
        number = decimal_of(str(given.get(name, "")), faults, path)
        numbers += [] if number is None else [number]
    return Standing(*numbers) if len(numbers) == 3 else None
