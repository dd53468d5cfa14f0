"""One achievement of the European Learning Model 3, with the achievements inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.document import TOO_DEEP
from portaria.regulations.credit.transcripts.europass_json_grade import grade_of
from portaria.regulations.credit.transcripts.faults import MISSING, NOT_A_TEXT, Faults
from portaria.regulations.credit.transcripts.fields import Graph, Group, entries, is_a, last, words
from portaria.regulations.credit.transcripts.model import ECTS, Kind, Node, Unit, kind_of
from portaria.regulations.credit.transcripts.values import (
    country_of,
    day_of,
    decimal_of,
    hours_of,
)

ECTS_FRAMEWORK = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
"""The European Credit Transfer System in the Commission's list of credit systems."""
RECOGNISED = "urn:x-portaria:credit-recognition:1"
"""The type that `write_europass` gives to an achievement obtained by recognition."""

CREDITS_TWICE = declare(
    "transcript-europass-credits-twice",
    "more than one number of ECTS credits is given ({numbers}); ask the issuer which is right",
)
AGAIN = declare(
    "transcript-again",
    "{unit} stands here again: an achievement is counted once, where it first stands",
)
MOST_LEVELS = 20
"""Achievements inside each other; a transcript has two or three levels."""


Institution = tuple[str, str | None]


@dataclass(frozen=True)
class Here:
    """Where an achievement stands: its path, the institution above it, how many it is inside."""

    path: str
    issuer: Institution
    graph: Graph
    faults: Faults
    level: int = 0


def institution_of(agent: Group | None, graph: Graph) -> Institution:
    """Name and country of an organisation, a person or another agent."""
    if agent is None:
        return "", None
    name = next(filter(None, (words(agent.get(k)) for k in ("legalName", "prefLabel"))), "")
    for location in graph.groups(agent.get("location")):
        for address in graph.groups(location.get("address")):
            code = graph.group(address.get("countryCode")) or {}
            if country := country_of(str(code.get("id", ""))):
                return name, country
    return name, None


def node_of(group: Group, here: Here) -> Node:
    """The unit of a LearningAchievement; those inside it are its parts."""
    graph, faults = here.graph, here.faults
    specification = graph.group(group.get("specifiedBy")) or {}
    process = graph.group(group.get("awardedBy")) or {}
    body = graph.group(process.get("awardingBody"))
    institution, country = here.issuer if body is None else institution_of(body, graph)
    name = words(group.get("title"))
    if not name:
        faults.add(MISSING, here.path, element="title")
    credits, scheme = _credits(group, specification, here)
    graded = grade_of(group, name, here.path, graph, faults)
    level = graph.group(specification.get("eqfLevel")) or {}
    language = graph.group(specification.get("language")) or {}
    unit = Unit(
        id=_identifier(group, graph)
        or _identifier(specification, graph)
        or str(group.get("id", "")),
        name=name,
        institution=institution or here.issuer[0],
        country=country,
        credits=credits,
        credit_scheme=scheme,
        hours=_hours(specification),
        grade=graded.grade,
        grading_scale=graded.scale,
        distribution=graded.distribution,
        standing=graded.standing,
        level=f"EQF {last(level['id'])}" if level.get("id") else "",
        kind=_kind(specification, credits),
        passed=graded.passed,
        recognised=any(each.get("id") == RECOGNISED for each in graph.groups(group.get("dcType"))),
        date=_day(process, here) or graded.day,
        language=last(language.get("id")).lower(),
    )
    inside = replace(here, issuer=(institution, country))
    parts = nodes_of(group.get("hasPart"), f"{here.path}.hasPart", inside)
    return Node(unit, here.path, None, parts)


def nodes_of(value: Any, path: str, here: Here) -> tuple[Node, ...]:
    """The units of a field that holds achievements, each the first time it is met."""
    found = []
    given = entries(value)
    for place, entry in enumerate(given):
        group = here.graph.group(entry)
        where = path + (f"[{place}]" if len(given) > 1 else "")
        if group is None or not is_a(group, "LearningAchievement"):
            continue
        if here.graph.met(group):
            here.faults.warn(AGAIN, where, unit=words(group.get("title")) or "?")
        elif here.level >= MOST_LEVELS:
            here.faults.add(TOO_DEEP, where)
        else:
            found.append(node_of(group, replace(here, path=where, level=here.level + 1)))
    return tuple(found)


def _identifier(group: Group, graph: Graph) -> str:
    for identifier in graph.groups(group.get("identifier")):
        if isinstance(notation := identifier.get("notation"), str) and notation.strip():
            return notation.strip()
    return ""


def _kind(specification: Group, credits: Fraction | None) -> Kind:
    if not is_a(specification, "Qualification"):
        return "unknown"
    return kind_of(specification.get("isPartialQualification") is True, credits)


def _credits(group: Group, specification: Group, here: Here) -> tuple[Fraction | None, str]:
    """The ECTS credits received, else those of the specification, else the other scheme."""
    other = ""
    fields = (("creditReceived", group), ("specifiedBy.creditPoint", specification))
    for path, source in fields:
        found: list[Fraction] = []
        for point in here.graph.groups(source.get(path.rsplit(".", 1)[-1])):
            framework = here.graph.group(point.get("framework")) or {}
            if framework.get("id") != ECTS_FRAMEWORK:
                other = other or words(framework.get("prefLabel")) or str(framework.get("id", "?"))
                continue
            number = _point(point.get("point"), f"{here.path}.{path}.point", here.faults)
            found += [] if number is None else [number]
        if len(set(found)) > 1:
            numbers = ", ".join(str(number) for number in found)
            here.faults.add(CREDITS_TWICE, f"{here.path}.{path}", numbers=numbers)
        if found:
            return found[0], ECTS
    return None, other


def _point(value: Any, where: str, faults: Faults) -> Fraction | None:
    """A number of credits: text in the model, a bare number in some files (read without floats)."""
    if isinstance(value, bool | list | dict):
        faults.add(NOT_A_TEXT, where)
        return None
    if value is None:
        faults.add(MISSING, where, element="point")
        return None
    return decimal_of(str(value), faults, where)


def _hours(specification: Group) -> Fraction | None:
    given = specification.get("volumeOfLearning")
    return hours_of(given) if isinstance(given, str) else None


def _day(process: Group, here: Here) -> date | None:
    given = process.get("awardingDate")
    if not isinstance(given, str):
        return None
    return day_of(given, here.faults, f"{here.path}.awardedBy.awardingDate")
