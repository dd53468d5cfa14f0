"""Europass credentials of today: JSON-LD of the European Learning Model 3.

A file may be the credential, an object that holds it (`credential`, `verifiableCredential`), or
what the Commission's software seals: the credential as a text with signatures beside it.
"""

from __future__ import annotations

from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.credit.transcripts.document import json_inside
from portaria.regulations.credit.transcripts.europass_json_unit import (
    Here,
    institution_of,
    nodes_of,
)
from portaria.regulations.credit.transcripts.europass_xml import MANY_CREDENTIALS
from portaria.regulations.credit.transcripts.faults import MISSING, Faults
from portaria.regulations.credit.transcripts.fields import Graph, entries, is_a, words
from portaria.regulations.credit.transcripts.model import Parts
from portaria.regulations.credit.transcripts.values import day_of

CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
TYPE = "EuropeanDigitalCredential"
NO_ACHIEVEMENT = declare(
    "transcript-no-achievement",
    "the credential has no learning achievement, so no units (it may be an entitlement or a "
    "record of an activity): ask the issuer for the transcript of records",
)


def credential_in(
    found: dict[str, Any], file: str
) -> tuple[dict[str, Any] | None, bool, list[Problem]]:
    """The credential in a JSON file, whether signatures stand round it, and what is wrong with
    the text that they cover. None where the file holds no Europass credential."""
    signed = "proof" in found
    if isinstance(found.get("payload"), str) and "signatures" in found:
        inside, problems = json_inside(found["payload"], file)
        if inside is None:
            return None, True, problems
        found, signed = inside, True
    for key in ("credential", "verifiableCredential"):
        held = entries(found.get(key))
        if len(held) > 1:
            message = Message(MANY_CREDENTIALS, {"count": len(held)})
            return None, signed, [Problem(file, message, column=f"$.{key}")]
        if held and isinstance(held[0], dict):
            found = held[0]
            signed = signed or "proof" in found
    return (found if is_europass_json(found) else None), signed, []


def is_europass_json(found: dict[str, Any]) -> bool:
    """Whether an object is a Europass credential: by its type or by its context."""
    return is_a(found, TYPE) or CONTEXT in entries(found.get("@context"))


def read_europass_json(credential: dict[str, Any], faults: Faults) -> Parts | None:
    """The parts of a credential; None, with the fault, where it has no achievement."""
    graph = Graph(credential)
    parts = Parts("3")
    subject = graph.group(credential.get("credentialSubject"))
    if subject is None:
        faults.add(MISSING, "$", element="credentialSubject")
        return None
    issuer = institution_of(graph.group(credential.get("issuer")), graph)
    parts.issuers = [issuer[0]]
    issued = (
        credential.get("issued") or credential.get("issuanceDate") or credential.get("validFrom")
    )
    if not isinstance(issued, str):
        faults.add(MISSING, "$", element="issued")
    elif day := day_of(issued, faults, "$.issued"):
        parts.issued.append(day)
    names = [words(subject.get(name)) for name in ("givenName", "familyName")]
    parts.holder = " ".join(filter(None, names)) or words(subject.get("fullName"))
    parts.attachments = len(entries(credential.get("attachment")))
    claims, path = subject.get("hasClaim"), "$.credentialSubject.hasClaim"
    parts.nodes = list(nodes_of(claims, path, Here(path, issuer, graph, faults)))
    if not parts.nodes:
        faults.add(NO_ACHIEVEMENT, path)
        return None
    return parts
