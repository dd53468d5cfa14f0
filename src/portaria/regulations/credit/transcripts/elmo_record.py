"""The recognised units as ELMO 1.7 or 2.0."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from portaria.core.messages import Message, render
from portaria.core.numbers import written
from portaria.regulations.credit.transcripts.elmo import NAMESPACE
from portaria.regulations.credit.transcripts.elmo_unit import OURS
from portaria.regulations.credit.transcripts.markup import LANG
from portaria.regulations.credit.transcripts.write import (
    EXPERIENCE_FORMULA,
    SCALE,
    Credited,
    Recognised,
    Record,
)

SCHEME = "pt-0-20"
COUNTRIES = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA
CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM
FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE
KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM
MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA
RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR ST SV SY SZ TD TG TH TJ TL TM TN TO
TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
"""
"""Member states of the United Nations, all known to ELMO; its country is optional, so that of
another territory is left out."""
Element: TypeAlias = etree._Element


def elmo_1(units: Sequence[Credited], record: Record) -> bytes:
    """ELMO 1.7: the units stand in the course as courses of the institution; the sources are
    told in words and, for programs, in an extension."""
    root, report = _begun(record, newest=False)
    programme = _add(report, "learningOpportunitySpecification")
    _add(programme, "title", record.course, record.language)
    _add(programme, "type", "Degree Programme")
    instance = _add(_add(programme, "specifies"), "learningOpportunityInstance")
    # Without a status the format takes the whole course as passed.
    _add(instance, "status", "in-progress")
    for unit in units:
        _unit(_add(programme, "hasPart"), unit, record)
    _ended(report, record)
    return _bytes(root)


def elmo_2(units: Sequence[Credited], record: Record) -> bytes:
    """ELMO 2.0: a resultOfRecognition with its basis, its result and which led to which."""
    root, report = _begun(record, newest=True)
    result = _add(report, "resultOfRecognition")
    _add(result, "title", record.course, record.language)
    _add(result, "status", "Positive")
    _add(result, "decisionDate", record.decided_on.isoformat())
    sources = [s for u in units for s in u.sources if s.source_institution]
    sources.sort(key=lambda s: (s.source_institution, s.source_country or "", s.source_id))
    for (name, country), group in groupby(
        sources, key=lambda s: (s.source_institution, s.source_country)
    ):
        _basis(result, name, country, list(group), record)
    for unit in units:
        _unit(_add(result, "recognitionResult"), unit, record)
    for unit in units:
        known = [s.source_id for s in unit.sources if s.source_institution]
        if known:
            mapping = _add(_add(result, "recognitionMapping"), "mapping")
            came, went = _add(mapping, "fromMapping"), _add(mapping, "toMapping")
            for id in dict.fromkeys(known):
                _add(came, "ref", id)
            _add(went, "ref", unit.id)
    _ended(report, record)
    return _bytes(root)


def _begun(record: Record, newest: bool) -> tuple[Element, Element]:
    root = etree.Element(f"{{{NAMESPACE}}}elmo", nsmap={None: NAMESPACE})
    _add(root, "generatedDate", _moment(record))
    learner = _add(root, "learner")
    _add(learner, "givenNames", record.given_names)
    _add(learner, "familyName", record.family_name)
    if newest:
        _add(learner, "alternativeName", f"{record.given_names} {record.family_name}")
    report = _add(root, "report")
    kind, value = record.identifier
    _issuer(report, record.institution, record.country, kind, value, record.url)
    return root, report


def _ended(report: Element, record: Record) -> None:
    _add(report, "issueDate", _moment(record))
    scheme = _add(report, "gradingScheme")
    scheme.set("localId", SCHEME)
    _add(scheme, "description", render(Message(SCALE), record.language), record.language)


def _issuer(
    above: Element, name: str, country: str | None, kind: str, value: str, url: str
) -> None:
    issuer = _add(above, "issuer")
    if country in COUNTRIES.split():
        _add(issuer, "country", country)
    _add(issuer, "identifier", value).set("type", kind)
    _add(issuer, "title", name)
    _add(issuer, "url", url)


def _unit(above: Element, unit: Credited, record: Record) -> None:
    specification = _add(above, "learningOpportunitySpecification")
    _add(specification, "identifier", unit.id).set("type", "local")
    _add(specification, "title", unit.name)
    _add(specification, "type", "Course")
    words = " ".join(unit.sentences(record.language))
    if words:
        _add(specification, "description", words, record.language)
    if unit.experience:
        _add(specification, "description", EXPERIENCE_FORMULA, "pt")
    instance = _add(_add(specification, "specifies"), "learningOpportunityInstance")
    _add(instance, "date", record.decided_on.isoformat())
    _add(instance, "status", "passed")
    if unit.grade is not None:
        _add(instance, "gradingSchemeLocalId", SCHEME)
        _add(instance, "resultLabel", str(unit.grade))
    credit = _add(instance, "credit")
    _add(credit, "scheme", "ects")
    _add(credit, "value", written(unit.credits))
    _extension(instance, unit)


def _extension(instance: Element, unit: Credited) -> None:
    """The sources for programs: the format allows other namespaces here, and only here."""
    extension = _add(instance, "extension")
    recognition = etree.SubElement(extension, f"{{{OURS}}}recognition", nsmap={None: OURS})
    recognition.set("experience", "true" if unit.experience else "false")
    for source in unit.sources:
        given = {
            "id": source.source_id,
            "name": source.source_name,
            "institution": source.source_institution,
            "credits": written(source.credits),
            "exactGrade": source.exact_grade or "",
            "clause": source.clause,
        }
        kept = {name: value for name, value in given.items() if value}
        etree.SubElement(recognition, f"{{{OURS}}}source", kept)


def _basis(
    result: Element, name: str, country: str | None, sources: list[Recognised], record: Record
) -> None:
    """The units of one institution that the recognition rests on, each once."""
    report = _add(_add(result, "recognitionBasis"), "recognitionReport")
    _issuer(report, name, country, "name", name, "")
    for id, source in {source.source_id: source for source in sources}.items():
        specification = _add(report, "learningOpportunitySpecification")
        _add(specification, "identifier", id).set("type", "local")
        _add(specification, "title", source.source_name)
        _add(_add(specification, "specifies"), "learningOpportunityInstance")
    _add(report, "issueDate", _moment(record))


def _add(above: Element, name: str, text: str | None = None, language: str = "") -> Element:
    element = etree.SubElement(above, f"{{{NAMESPACE}}}{name}")
    element.text = text
    if language:
        element.set(LANG, language)
    return element


def _moment(record: Record) -> str:
    return f"{record.decided_on.isoformat()}T00:00:00Z"


def _bytes(root: Element) -> bytes:
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"
