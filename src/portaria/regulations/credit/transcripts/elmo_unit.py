"""One unit of ELMO: the specification, its instance for the student, and the units inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import get_args

from lxml import etree

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.faults import NOT_ALLOWED, Faults
from portaria.regulations.credit.transcripts.markup import (
    child,
    children,
    needed,
    path_of,
    preferred,
    row_of,
    text,
    texts_by_language,
)
from portaria.regulations.credit.transcripts.model import (
    ECTS,
    Category,
    Level,
    Node,
    Unit,
)
from portaria.regulations.credit.transcripts.results import (
    distribution_of,
    number_of,
    standing_of,
)
from portaria.regulations.credit.transcripts.values import day_of, decimal_of

STATUSES = ("passed", "failed", "in-progress")
IDENTIFIERS = ("local", "ewp-los-id")
"""The types of identifier that name a unit, the first wins; else whatever stands first."""
OURS = "urn:x-portaria:credit-recognition:1"
"""The namespace of the extension that `write_elmo` adds to a recognised unit."""

CREDITS_TWICE = declare(
    "transcript-credits-twice",
    "{unit} has more than one number of ECTS credits; ask the issuer which is right",
)


@dataclass(frozen=True)
class Issuer:
    """An institution with its grading schemes (id to words) and, from Erasmus Without Paper, the
    share of each grade by field of education."""

    name: str
    country: str | None
    schemes: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[Category, ...]] = field(default_factory=dict)


def node_of(
    element: etree._Element, issuer: Issuer, faults: Faults, recognised: bool = False
) -> Node:
    """The unit of a learningOpportunitySpecification, with those inside it."""
    titles = children(element, "title")
    if not titles:
        needed(element, "title", faults)
    instance = _instance(element, faults)
    kind = text(child(element, "type"))
    credits, scheme = _credits(instance, preferred(texts_by_language(titles)), faults)
    status = _status(instance, faults)
    unit = Unit(
        id=_identifier(element),
        name=preferred(texts_by_language(titles)),
        institution=issuer.name,
        country=issuer.country,
        credits=credits,
        credit_scheme=scheme,
        contact_hours=number_of(instance, "engagementHours", faults),
        grade=text(child(instance, "resultLabel")) or None,
        grading_scale=issuer.schemes.get(text(child(instance, "gradingSchemeLocalId")), ""),
        distribution=distribution_of(instance, faults)
        or issuer.tables.get(text(child(element, "iscedCode")), ()),
        standing=standing_of(instance, faults),
        level=_level(instance),
        kind="programme" if kind == "Degree Programme" else "unknown",
        type=_type(kind),
        passed=status == "passed",
        finished=status != "in-progress",
        recognised=recognised or _is_ours(instance),
        date=_day(instance, faults),
        language=text(child(instance, "languageOfInstruction")),
    )
    parts = [
        node_of(part, issuer, faults, recognised)
        for wrapper in children(element, "hasPart")
        for part in children(wrapper, "learningOpportunitySpecification")
    ]
    return Node(unit, path_of(element), row_of(element), tuple(parts))


def _instance(element: etree._Element, faults: Faults) -> etree._Element | None:
    """What joins the unit to the student."""
    specifies = needed(element, "specifies", faults)
    if specifies is None:
        return None
    return needed(specifies, "learningOpportunityInstance", faults)


def _type(kind: str) -> Level:
    return next((level for level in get_args(Level) if level and level == kind.lower()), "")


def _identifier(element: etree._Element) -> str:
    found = {
        given.get("type", ""): text(given) for given in reversed(children(element, "identifier"))
    }
    for wanted in IDENTIFIERS:
        if found.get(wanted):
            return found[wanted]
    return next(iter(reversed(found.values())), "")


def _status(instance: etree._Element | None, faults: Faults) -> str:
    """Without a status the unit is passed: the format says so."""
    given = child(instance, "status")
    status = text(given) or "passed"
    if given is not None and status not in STATUSES:
        allowed = ", ".join(STATUSES)
        faults.add(NOT_ALLOWED, path_of(given), row_of(given), status, allowed=allowed)
    return status


def _credits(
    instance: etree._Element | None, name: str, faults: Faults
) -> tuple[Fraction | None, str]:
    """The ECTS credits, else the name of another scheme."""
    ects: list[Fraction] = []
    other = ""
    for credit in children(instance, "credit"):
        scheme, value = text(needed(credit, "scheme", faults)), child(credit, "value")
        if scheme.upper() != ECTS:
            other = other or scheme
        elif value is not None:
            number = decimal_of(text(value), faults, path_of(value), row_of(value))
            ects += [] if number is None else [number]
    if len(set(ects)) > 1 and instance is not None:
        faults.add(CREDITS_TWICE, path_of(instance), row_of(instance), unit=name)
    return (ects[0], ECTS) if ects else (None, other)


def _day(instance: etree._Element | None, faults: Faults) -> date | None:
    given = child(instance, "date")
    return None if given is None else day_of(text(given), faults, path_of(given), row_of(given))


def _level(instance: etree._Element | None) -> str:
    """`EQF 6`; levels of other kinds are national and are not read."""
    for level in children(instance, "level"):
        if text(child(level, "type")).upper() == "EQF" and text(child(level, "value")):
            return f"EQF {text(child(level, 'value'))}"
    return ""


def _is_ours(instance: etree._Element | None) -> bool:
    extension = child(instance, "extension")
    return extension is not None and extension.find(f"{{{OURS}}}recognition") is not None
