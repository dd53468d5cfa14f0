"""Made transcripts of people and institutions that do not exist, in each of the formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ELMO = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
WRAPPER = (
    "https://github.com/erasmus-without-paper/ewp-specs-api-imobility-tors/blob/stable-v2/"
    "endpoints/get-response.xsd"
)
AUTHORITY = "http://publications.europa.eu/resource/authority"
ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
ECVET = "http://data.europa.eu/snb/education-credit/60b314e826"
SIGNATURE = """
  <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>
    <CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>
    <SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>
    <Reference URI=""><DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>
    <DigestValue>AAAA</DigestValue></Reference></SignedInfo>
    <SignatureValue>AAAA</SignatureValue></Signature>"""


@dataclass(frozen=True)
class Made:
    """One unit to be made; `parts` stand inside it. `credits` as they shall be written."""

    id: str
    name: str = "Ficções"
    credits: str | None = "6"
    scheme: str = "ects"
    grade: str | None = "14"
    type: str = "Course"
    status: str | None = "passed"
    hours: str | None = None
    parts: Sequence[Made] = field(default=())


UNITS = (
    Made("MAT1", "Matemática I", "6", grade="16"),
    Made("FIS1", "Física I", "7.5", grade="13"),
)
PROGRAMME = (Made("LIC", "Licenciatura em Ficções", None, grade=None, type="Degree Programme",
                  status="in-progress", parts=UNITS),)  # fmt: skip


def elmo(
    units: Sequence[Made] = PROGRAMME,
    *,
    country: str | None = "PT",
    signed: bool = True,
    more: str = "",
    attachments: int = 1,
) -> bytes:
    """An ELMO 1.7 of one report; `more` goes into the report, after the issuer."""
    where = "" if country is None else f"<country>{country}</country>"
    forest = "".join(_elmo_unit(unit, "    ") for unit in units)
    attached = "".join(
        f"<attachment><title>Transcript {n}</title><type>Transcript of Records</type></attachment>"
        for n in range(attachments)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="{ELMO}">
  <generatedDate>2017-07-20T10:00:00Z</generatedDate>
  <learner><givenNames>Inês Inventada</givenNames><familyName>Sem Nome</familyName></learner>
  <report>
    <issuer>{where}<identifier type="schac">uf.example</identifier>
      <title xml:lang="en">Fictional University</title>
      <title xml:lang="pt">Universidade Fictícia</title>
      <url>https://uf.example</url></issuer>
{forest}    {more}<issueDate>2017-07-19T23:30:00+01:00</issueDate>
    <gradingScheme localId="0-20"><description xml:lang="en">Whole grades, 0 to 20</description>
    </gradingScheme>{attached}
  </report>{SIGNATURE if signed else ""}
</elmo>
""".encode()


def _elmo_unit(unit: Made, margin: str) -> str:
    given = "" if unit.grade is None else f"<resultLabel>{escape(unit.grade)}</resultLabel>"
    scheme = "" if unit.grade is None else "<gradingSchemeLocalId>0-20</gradingSchemeLocalId>"
    status = "" if unit.status is None else f"<status>{unit.status}</status>"
    hours = "" if unit.hours is None else f"<engagementHours>{unit.hours}</engagementHours>"
    kind = f"<type>{unit.type}</type>" if unit.type else ""
    credit = ""
    if unit.credits is not None:
        value = f"<value>{escape(unit.credits)}</value>"
        credit = f"<credit><scheme>{escape(unit.scheme)}</scheme>{value}</credit>"
    named = f'<identifier type="local">{escape(unit.id)}</identifier>' if unit.id else ""
    parts = "".join(
        f"{margin}<hasPart>\n{_elmo_unit(part, margin + '  ')}{margin}</hasPart>\n"
        for part in unit.parts
    )
    return (
        f"{margin}<learningOpportunitySpecification>{named}"
        f"<title>{escape(unit.name)}</title>{kind}\n"
        f"{margin}<specifies><learningOpportunityInstance><date>2017-07-01</date>{status}{scheme}"
        f"{given}{credit}{hours}</learningOpportunityInstance></specifies>\n"
        f"{parts}{margin}</learningOpportunitySpecification>\n"
    )


def wrapped(*transcripts: bytes, table: str = "") -> bytes:
    """ELMO inside the answer of Erasmus Without Paper."""
    tors = "".join(
        f"<tor><omobility-id>{n}</omobility-id>{each.decode().split('?>', 1)[1]}{table}</tor>"
        for n, each in enumerate(transcripts)
    )
    root = f"<imobility-tors-get-response xmlns={quoteattr(WRAPPER)}>"
    return f"{root}{tors}</imobility-tors-get-response>".encode()


def _code(name: str, uri: str) -> str:
    said = '<text content-type="text/plain" lang="en">code</text>'
    return (
        f'<{name} targetFrameworkUrl="{uri.rsplit("/", 1)[0]}" uri="{uri}"><targetName>{said}'
        f"</targetName><targetFrameworkName>{said}</targetFrameworkName></{name}>"
    )


def _words(name: str, **texts: str) -> str:
    inside = "".join(
        f'<text content-type="text/plain" lang="{language}">{escape(said)}</text>'
        for language, said in texts.items()
    )
    return f"<{name}>{inside}</{name}>"


def europass_2(units: Sequence[Made] = UNITS, *, qualification: bool = True) -> bytes:
    """A credential of model 2: a programme of 180 credits with the units as its parts."""
    whole = Made("LIC", "Licenciatura em Ficções", "180", grade=None, parts=units)
    forms = [whole, *_all(units)]
    specifications = "".join(
        _specification(unit, qualification and unit is whole) for unit in forms
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<europassCredential xmlns="http://data.europa.eu/snb"
    xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#"
    cred:id="urn:credential:made" xsdVersion="0.10.0">
  {_code("type", "http://data.europa.eu/snb/credential/e34929035b")}
  <cred:validFrom>2017-07-19T00:00:00Z</cred:validFrom>
  <cred:issued>2017-07-19T00:00:00Z</cred:issued>
  <cred:issuer idref="urn:epass:org:1"/>
  {_words("title", pt="Registo", en="Transcript")}
  <credentialSubject id="urn:epass:person:1">
    {_words("givenNames", pt="Inês Inventada")}{_words("familyName", pt="Sem Nome")}
    <dateOfBirth>1990-01-01</dateOfBirth>
    <achievements>{_achievement(whole)}</achievements>
  </credentialSubject>
  <learningSpecificationReferences>{specifications}</learningSpecificationReferences>
  <assessmentSpecificationReferences><assessmentSpecification id="urn:epass:spec:exam">
    <gradingScheme idref="urn:epass:scale:1"/></assessmentSpecification>
  </assessmentSpecificationReferences>
  <agentReferences><organization id="urn:epass:org:1"><registration>R1</registration>
    {_words("prefLabel", pt="Universidade Fictícia")}
    <hasLocation><hasAddress>{_code("country", AUTHORITY + "/country/PRT")}</hasAddress>
    </hasLocation></organization></agentReferences>
  <awardingProcessReferences><awardingProcess id="urn:epass:award:1">
    <awardingBody idref="urn:epass:org:1"/><date>2017-07-01T00:00:00Z</date></awardingProcess>
  </awardingProcessReferences>
  <scoringSchemeReferences><scoringScheme id="urn:epass:scale:1">
    {_words("title", en="Portuguese scale")}</scoringScheme></scoringSchemeReferences>
  <proof/>
</europassCredential>
""".encode()


def _all(units: Sequence[Made]) -> list[Made]:
    return [each for unit in units for each in (unit, *_all(unit.parts))]


def _specification(unit: Made, qualification: bool) -> str:
    name = "qualification" if qualification else "learningSpecification"
    hours = f"<volumeOfLearning>{unit.hours}</volumeOfLearning>" if unit.hours else ""
    credit = ""
    if unit.credits is not None and unit.scheme == "ects":
        credit = f"<hasECTSCreditPoints>{unit.credits}</hasECTSCreditPoints>"
    elif unit.credits is not None:
        credit = f'<hasCreditPoints schemeID="{unit.scheme}">{unit.credits}</hasCreditPoints>'
    return f'<{name} id="urn:epass:spec:{unit.id}">{hours}{credit}</{name}>'


def _achievement(unit: Made) -> str:
    graded = ""
    if unit.grade is not None:
        graded = (
            f'<wasDerivedFrom id="urn:epass:exam:{unit.id}">{_words("title", pt="Exame")}'
            f"<grade>{unit.grade}</grade>"
            '<specifiedBy idref="urn:epass:spec:exam"/></wasDerivedFrom>'
        )
    parts = "".join(f"<hasPart>{_achievement(part)}</hasPart>" for part in unit.parts)
    return (
        f'<learningAchievement id="urn:epass:achievement:{unit.id}">'
        f"<identifier>{unit.id}</identifier>{_words('title', pt=unit.name)}{graded}"
        f'<wasAwardedBy idref="urn:epass:award:1"/>{parts}'
        f'<specifiedBy idref="urn:epass:spec:{unit.id}"/></learningAchievement>\n'
    )


def europass_3(units: Sequence[Made] = UNITS, *, country: str = "PRT") -> dict[str, Any]:
    """A credential of model 3 with each unit as a claim."""
    claims = [_claim(unit, country) for unit in units]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:made",
        "type": ["VerifiableCredential", "VerifiableAttestation", "EuropeanDigitalCredential"],
        "credentialSchema": [
            {"id": "http://data.europa.eu/snb/model/ap/edc-generic-full",
             "type": "ShaclValidator2017"}
        ],
        "credentialProfiles": [concept("http://data.europa.eu/snb/credential/e34929035b")],
        "displayParameter": display(),
        "issuer": organisation(country),
        "issuanceDate": "2017-07-19T00:00:00Z",
        "issued": "2017-07-19T00:00:00Z",
        "validFrom": "2017-07-19T00:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "givenName": {"pt": "Inês Inventada"},
            "familyName": {"pt": "Sem Nome"},
            "hasClaim": claims,
        },
    }  # fmt: skip


def concept(id: str) -> dict[str, Any]:
    """A code of one of the Commission's lists."""
    return {"id": id, "type": "Concept"}


def display() -> dict[str, Any]:
    """What the model asks for to show a credential; nothing of it is read."""
    portuguese = concept(f"{AUTHORITY}/language/POR")
    page = {
        "type": "MediaObject",
        "contentType": concept(f"{AUTHORITY}/file-type/PNG"),
        "contentEncoding": concept("http://data.europa.eu/snb/encoding/6146cde7dd"),
        "content": "",
    }
    detail = {"type": "DisplayDetail", "image": page, "page": 1}
    shown = {"type": "IndividualDisplay", "language": portuguese, "displayDetail": detail}
    return {
        "type": "DisplayParameter",
        "title": {"pt": "Registo"},
        "language": portuguese,
        "primaryLanguage": portuguese,
        "individualDisplay": shown,
    }


def organisation(country: str, name: str = "Universidade Fictícia") -> dict[str, Any]:
    """An organisation of the country (three letters)."""
    code = {"id": f"{AUTHORITY}/country/{country}", "type": "Concept"}
    address = {"type": "Address", "countryCode": code}
    return {
        "id": "urn:epass:org:1",
        "type": "Organisation",
        "legalName": {"pt": name, "en": "Fictional University"},
        "location": [{"type": "Location", "address": address}],
    }


def _claim(unit: Made, country: str) -> dict[str, Any]:
    award = {"type": "AwardingProcess", "awardingBody": organisation(country)}
    framework = ECTS if unit.scheme == "ects" else unit.scheme
    specification: dict[str, Any] = {
        "type": "LearningAchievementSpecification",
        "title": {"pt": unit.name},
    }
    if unit.credits is not None:
        specification["creditPoint"] = [
            {"type": "CreditPoint", "framework": {"id": framework, "type": "Concept"},
             "point": unit.credits}
        ]  # fmt: skip
    if unit.hours is not None:
        specification["volumeOfLearning"] = unit.hours
    claim = {
        "id": f"urn:epass:learningAchievement:{unit.id}",
        "type": "LearningAchievement",
        "title": {"pt": unit.name},
        "identifier": {"type": "Identifier", "notation": unit.id},
        "awardedBy": award,
        "specifiedBy": specification,
    }
    if unit.grade is not None:
        claim["provenBy"] = [
            {"type": "LearningAssessment", "title": {"pt": "Exame"},
             "grade": {"type": "Note", "noteLiteral": {"pt": [unit.grade]}},
             "awardedBy": award}
        ]  # fmt: skip
    if unit.parts:
        claim["hasPart"] = [_claim(part, country) for part in unit.parts]
    return claim


def as_json(credential: Any) -> bytes:
    """The bytes of a JSON file."""
    return json.dumps(credential, ensure_ascii=False, indent=1).encode()
