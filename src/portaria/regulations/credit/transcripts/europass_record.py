"""The recognised units as a European Digital Credential (European Learning Model 3)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from portaria.core.messages import Message, render
from portaria.core.numbers import written
from portaria.regulations.credit.transcripts.europass_json import CONTEXT, TYPE
from portaria.regulations.credit.transcripts.europass_json_unit import ECTS_FRAMEWORK, RECOGNISED
from portaria.regulations.credit.transcripts.values import long_country
from portaria.regulations.credit.transcripts.write import (
    EXPERIENCE_FORMULA,
    SCALE,
    Credited,
    Recognised,
    Record,
)

Group = dict[str, Any]

AUTHORITY = "http://publications.europa.eu/resource/authority"
SNB = "http://data.europa.eu/snb"
LANGUAGES = {"pt": "POR", "en": "ENG"}
BLANK_PAGE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
"""One white dot: the model wants a picture of the page, which the software that seals draws."""


def credential(units: Sequence[Credited], record: Record) -> bytes:
    """The unsealed credential; the same decision has the same name and the same bytes."""
    language = record.language.split("-")[0]
    issuer = _organisation(record.institution, record.country, "issuer")
    kind, value = record.identifier
    issuer["identifier"] = _identifier("issuer", value, kind)
    awarded = {
        "id": "urn:epass:awardingProcess:1",
        "type": "AwardingProcess",
        "awardingBody": issuer,
        "awardingDate": _moment(record),
    }
    claims = [_achievement(unit, n, awarded, record) for n, unit in enumerate(units, 1)]
    body: Group = {
        "type": ["VerifiableCredential", "VerifiableAttestation", TYPE],
        "credentialSchema": [
            {"id": f"{SNB}/model/ap/edc-generic-full", "type": "ShaclValidator2017"}
        ],
        "credentialProfiles": [
            _concept(f"{SNB}/credential/e34929035b", f"{SNB}/credential/25831c2")
        ],
        "issuer": issuer,
        "issuanceDate": _moment(record),
        "issued": _moment(record),
        "validFrom": _moment(record),
        "credentialSubject": _person(record, language) | {"hasClaim": claims},
        "displayParameter": _display(record, language),
    }
    name = uuid5(NAMESPACE_URL, json.dumps(body, ensure_ascii=False))
    whole = {
        "@context": ["https://www.w3.org/ns/credentials/v2", CONTEXT],
        "id": f"urn:credential:{name}",
        **body,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


def _person(record: Record, language: str) -> Group:
    return {
        "id": "urn:epass:person:1",
        "type": "Person",
        "givenName": {language: record.given_names},
        "familyName": {language: record.family_name},
        "fullName": {language: f"{record.given_names} {record.family_name}"},
    }


def _achievement(unit: Credited, number: int, awarded: Group, record: Record) -> Group:
    language = record.language.split("-")[0]
    title, credits = {language: unit.name}, _credits(unit, number)
    notes = [{language: sentence} for sentence in unit.sentences(record.language)]
    if unit.experience:
        notes.append({"pt": EXPERIENCE_FORMULA})
    achievement: Group = {
        "id": f"urn:epass:learningAchievement:{number}",
        "type": "LearningAchievement",
        "dcType": [{"id": RECOGNISED, "type": "Concept"}],
        "title": title,
        "identifier": _identifier(f"achievement:{number}", unit.id),
        "additionalNote": [
            {"id": f"urn:epass:note:{number}.{n}", "type": "Note", "noteLiteral": note}
            for n, note in enumerate(notes, 1)
        ],
        "creditReceived": [credits],
        "influencedBy": [
            _activity(source, f"{number}.{n}", language) for n, source in enumerate(unit.sources, 1)
        ],
        "awardedBy": awarded,
        "specifiedBy": {
            "id": f"urn:epass:learningAchievementSpec:{number}",
            "type": "LearningAchievementSpecification",
            "title": title,
            "creditPoint": [credits],
        },
    }
    if unit.grade is not None:
        achievement["provenBy"] = [_assessment(unit, number, awarded, record)]
    return achievement


def _assessment(unit: Credited, number: int, awarded: Group, record: Record) -> Group:
    language = record.language.split("-")[0]
    scale = {language: render(Message(SCALE), record.language)}
    return {
        "id": f"urn:epass:learningAssessment:{number}",
        "type": "LearningAssessment",
        "title": {language: unit.name},
        "grade": {
            "id": f"urn:epass:grade:{number}",
            "type": "Note",
            "noteLiteral": {language: str(unit.grade)},
        },
        "awardedBy": awarded,
        "specifiedBy": [
            {
                "id": f"urn:epass:learningAssessmentSpec:{number}",
                "type": "LearningAssessmentSpecification",
                "title": {language: unit.name},
                "gradingScheme": {
                    "id": "urn:epass:gradingScheme:1",
                    "type": "GradingScheme",
                    "title": scale,
                },
            }
        ],
    }


def _activity(source: Recognised, number: str, language: str) -> Group:
    """The earlier learning or experience that the achievement rests on."""
    body = _organisation(source.source_institution, source.source_country, f"source:{number}")
    return {
        "id": f"urn:epass:activity:{number}",
        "type": "LearningActivity",
        "title": {language: source.source_name},
        "identifier": [_identifier(f"activity:{number}", source.source_id)],
        "awardedBy": {
            "id": f"urn:epass:awardingProcess:{number}",
            "type": "AwardingProcess",
            "awardingBody": body,
        },
    }


def _organisation(name: str, country: str | None, id: str) -> Group:
    """An organisation; only an agent where its country is not known, which one must have."""
    code = None if country is None else long_country(country)
    if code is None:
        label = {"prefLabel": {"pt": name}} if name else {}
        return {"id": f"urn:epass:agent:{id}", "type": "Agent", **label}
    return {
        "id": f"urn:epass:org:{id}",
        "type": "Organisation",
        "legalName": {"pt": name},
        "location": [
            {
                "id": f"urn:epass:location:{id}",
                "type": "Location",
                "address": {
                    "id": f"urn:epass:address:{id}",
                    "type": "Address",
                    "countryCode": _concept(f"{AUTHORITY}/country/{code}", f"{AUTHORITY}/country"),
                },
            }
        ],
    }


def _identifier(id: str, notation: str, scheme: str = "") -> Group:
    found = {"id": f"urn:epass:identifier:{id}", "type": "Identifier", "notation": notation}
    return found | ({"schemeName": scheme} if scheme else {})


def _credits(unit: Credited, number: int) -> Group:
    return {
        "id": f"urn:epass:creditPoint:{number}",
        "type": "CreditPoint",
        "framework": _concept(ECTS_FRAMEWORK, f"{SNB}/education-credit/25831c2"),
        "point": written(unit.credits),
    }


def _display(record: Record, language: str) -> Group:
    spoken = _concept(f"{AUTHORITY}/language/{LANGUAGES[language]}", f"{AUTHORITY}/language")
    image = {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": BLANK_PAGE,
        "contentEncoding": _concept(f"{SNB}/encoding/6146cde7dd", f"{SNB}/encoding/25831c2"),
        "contentType": _concept(f"{AUTHORITY}/file-type/PNG", f"{AUTHORITY}/file-type"),
    }
    detail = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "image": image, "page": 1}
    return {
        "id": "urn:epass:displayParameter:1",
        "type": "DisplayParameter",
        "title": {language: record.course},
        "language": [spoken],
        "primaryLanguage": spoken,
        "individualDisplay": [
            {
                "id": "urn:epass:individualDisplay:1",
                "type": "IndividualDisplay",
                "language": spoken,
                "displayDetail": [detail],
            }
        ],
    }


def _concept(id: str, scheme: str) -> Group:
    return {"id": id, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}


def _moment(record: Record) -> str:
    return f"{record.decided_on.isoformat()}T00:00:00Z"
