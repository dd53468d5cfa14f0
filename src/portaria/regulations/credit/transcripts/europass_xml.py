"""Europass credentials before 2022: XML of the European Learning Model 2.

Achievements point by `idref` to their specification, their awarding process and their institution,
which stand apart in the same document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from lxml import etree

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.europass_xml_grade import grade_of
from portaria.regulations.credit.transcripts.faults import MISSING, Faults
from portaria.regulations.credit.transcripts.markup import (
    SIGNATURE,
    child,
    children,
    local,
    namespace,
    needed,
    path_of,
    preferred,
    row_of,
    text,
    texts_by_language,
)
from portaria.regulations.credit.transcripts.model import ECTS, Kind, Node, Parts, Unit, kind_of
from portaria.regulations.credit.transcripts.values import (
    country_of,
    day_of,
    decimal_of,
    hours_of,
)

NAMESPACE = "http://data.europa.eu/snb"
PRESENTATION = "http://data.europa.eu/snb/vp"
W3C = "{http://data.europa.eu/europass/model/credentials/w3c#}"
ACHIEVEMENTS = ("learningAchievement", "qualificationAward")

NO_REFERENCE = declare(
    "transcript-no-reference",
    "this points to {value}, which is not in the file: get the whole file from the issuer again",
)
MANY_CREDENTIALS = declare(
    "transcript-many-credentials",
    "the file holds {count} credentials; give each in a file of its own",
)

Found = Mapping[str, etree._Element]


def is_europass_xml(root: etree._Element) -> bool:
    """Whether the root is a Europass credential, or the presentation round it."""
    if local(root) == "europassCredential":
        return namespace(root) == NAMESPACE
    return local(root) == "verifiablePresentation" and namespace(root) == PRESENTATION


def read_europass_xml(root: etree._Element, faults: Faults) -> Parts | None:
    """The parts of a credential; None, with the fault, where there is not one."""
    credentials = list(root.iter(f"{{{NAMESPACE}}}europassCredential"))
    if len(credentials) != 1:
        faults.add(MANY_CREDENTIALS, path_of(root), row_of(root), count=len(credentials))
        return None
    credential = credentials[0]
    targets = {e.get("id", ""): e for e in credential.iter("*") if e.get("id")}
    parts = Parts(f"2 ({credential.get('xsdVersion')})" if credential.get("xsdVersion") else "2")
    issuer = credential.find(f"{W3C}issuer")
    parts.issuers = [_institution(_target(issuer, targets, faults))[0]]
    issued = credential.find(f"{W3C}issued")
    if issued is None:
        faults.add(MISSING, path_of(credential), row_of(credential), element="issued")
    elif day := day_of(text(issued), faults, path_of(issued), row_of(issued)):
        parts.issued.append(day)
    parts.signed = next(root.iter(SIGNATURE), None) is not None
    parts.attachments = len(children(child(credential, "attachmentList"), "Attachment"))
    subject = needed(credential, "credentialSubject", faults)
    if subject is None:
        return None
    names = [needed(subject, name, faults) for name in ("givenNames", "familyName")]
    parts.holder = " ".join(filter(None, (_words(name) for name in names)))
    fallback = _institution(_target(issuer, targets, faults))
    for group in children(subject, "achievements"):
        parts.nodes += [_node(each, targets, fallback, faults) for each in _achievements(group)]
    return parts


def _achievements(group: etree._Element) -> Iterator[etree._Element]:
    for each in group:
        if local(each) in ACHIEVEMENTS:
            yield each


def _target(
    pointer: etree._Element | None, targets: Found, faults: Faults
) -> etree._Element | None:
    """What an `idref` points to; a pointer to nothing is a fault."""
    if pointer is None or not (name := pointer.get("idref")):
        return pointer
    if name not in targets:
        faults.add(NO_REFERENCE, path_of(pointer), row_of(pointer), name)
    return targets.get(name)


def _words(element: etree._Element | None) -> str:
    return preferred(texts_by_language(children(element, "text"))) or text(element)


def _institution(agent: etree._Element | None) -> tuple[str, str | None]:
    """Name and country of an organisation."""
    address = child(child(agent, "hasLocation"), "hasAddress")
    country = child(address, "country")
    return _words(child(agent, "prefLabel")), (
        None if country is None else country_of(country.get("uri", ""))
    )


def _node(
    element: etree._Element, targets: Found, issuer: tuple[str, str | None], faults: Faults
) -> Node:
    needed(element, "title", faults)
    name = _words(child(element, "title"))
    specification = _target(needed(element, "specifiedBy", faults), targets, faults)
    process = _target(child(element, "wasAwardedBy"), targets, faults)
    body = _target(child(process, "awardingBody"), targets, faults)
    institution, country = issuer if body is None else _institution(body)
    credits, scheme = _credits(specification, faults)
    grade = grade_of(element, name, targets, faults)
    awarded = child(process, "date")
    level = child(specification, "eqfLevel")
    language = child(specification, "language")
    unit = Unit(
        id=text(child(element, "identifier"))
        or text(child(specification, "identifier"))
        or element.get("id", ""),
        name=name,
        institution=institution,
        country=country,
        credits=credits,
        credit_scheme=scheme,
        hours=hours_of(text(child(specification, "volumeOfLearning"))),
        grade=grade.grade,
        grading_scale=grade.scale,
        distribution=grade.distribution,
        standing=grade.standing,
        level="" if level is None else f"EQF {level.get('uri', '').rsplit('/', 1)[-1]}",
        kind=_kind(specification, credits),
        date=grade.day
        if awarded is None
        else day_of(text(awarded), faults, path_of(awarded), row_of(awarded)),
        language="" if language is None else language.get("uri", "").rsplit("/", 1)[-1].lower(),
    )
    groups = children(element, "hasPart")
    below = [each for group in groups for each in _achievements(group)]
    parts = tuple(_node(each, targets, (institution, country), faults) for each in below)
    return Node(unit, path_of(element), row_of(element), parts)


def _kind(specification: etree._Element | None, credits: Fraction | None) -> Kind:
    if specification is None or local(specification) != "qualification":
        return "unknown"
    return kind_of(text(child(specification, "isPartialQualification")) in ("true", "1"), credits)


def _credits(specification: etree._Element | None, faults: Faults) -> tuple[Fraction | None, str]:
    """The ECTS credits of the specification, else the scheme of its other credits."""
    given = child(specification, "hasECTSCreditPoints")
    if given is not None:
        number = decimal_of(text(given), faults, path_of(given), row_of(given))
        return number, "" if number is None else ECTS
    others = children(specification, "hasCreditPoints")
    return None, next((other.get("schemeID", "?") for other in others), "")
