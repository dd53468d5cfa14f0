"""The grade of an achievement in the XML of the European Learning Model 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.faults import Faults
from portaria.regulations.credit.transcripts.markup import (
    child,
    children,
    path_of,
    preferred,
    row_of,
    text,
    texts_by_language,
)
from portaria.regulations.credit.transcripts.model import Category, Standing
from portaria.regulations.credit.transcripts.results import standing_of
from portaria.regulations.credit.transcripts.values import day_of

MANY_GRADES = declare(
    "transcript-many-grades",
    "{unit} has more than one grade ({grades}) and none for the whole: no grade is taken, "
    "enter the one that counts",
)


@dataclass(frozen=True)
class Assessed:
    """What the assessments of one achievement come to."""

    grade: str | None = None
    scale: str = ""
    distribution: tuple[Category, ...] = ()
    standing: Standing | None = None
    day: date | None = None
    passed: bool | None = None


def one_grade(grades: list[str]) -> bool:
    """Whether the assessments agree, so that there is one grade to take."""
    return len(set(grades)) == 1


def grade_of(
    element: etree._Element, name: str, targets: Mapping[str, etree._Element], faults: Faults
) -> Assessed:
    """The grade where one assessment stands for the achievement; its parts are not looked into."""
    assessments = [
        targets.get(given.get("idref", ""), given) for given in children(element, "wasDerivedFrom")
    ]
    grades = [grade for each in assessments if (grade := text(child(each, "grade")))]
    if not grades:
        return Assessed()
    if not one_grade(grades):
        where, row = path_of(element), row_of(element)
        faults.warn(MANY_GRADES, where, row, unit=name, grades=", ".join(grades))
        return Assessed()
    chosen = next(each for each in assessments if text(child(each, "grade")))
    issued = child(chosen, "issuedDate")
    day = None if issued is None else day_of(text(issued), faults, path_of(issued), row_of(issued))
    return Assessed(
        grades[0],
        _scale(chosen, targets),
        _distribution(chosen),
        standing_of(chosen, faults),
        day,
    )


def _scale(assessment: etree._Element, targets: Mapping[str, etree._Element]) -> str:
    pointer = child(assessment, "specifiedBy")
    specification = None if pointer is None else targets.get(pointer.get("idref", ""))
    pointer = child(specification, "gradingScheme")
    scheme = None if pointer is None else targets.get(pointer.get("idref", ""))
    described = [
        preferred(texts_by_language(children(child(scheme, name), "text")))
        for name in ("title", "description")
    ]
    return ": ".join(words for words in described if words)


def _distribution(assessment: etree._Element) -> tuple[Category, ...]:
    found = []
    for bar in children(child(assessment, "resultDistribution"), "category"):
        count = text(child(bar, "count"))
        found.append(
            Category(
                preferred(texts_by_language(children(child(bar, "label"), "text"))),
                int(count) if count.isascii() and count.isdigit() and len(count) < 10 else None,
                minimum=text(child(bar, "minScore")) or None,
                maximum=text(child(bar, "maxScore")) or None,
            )
        )
    return tuple(found)
