"""A transcript of records read from its file, with everything wrong or left out at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from lxml import etree

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.core.unopened import why
from portaria.regulations.credit.transcripts.document import (
    LARGEST,
    TOO_LARGE,
    Document,
    document_of,
)
from portaria.regulations.credit.transcripts.elmo import is_elmo, read_elmo
from portaria.regulations.credit.transcripts.europass_json import (
    credential_in,
    read_europass_json,
)
from portaria.regulations.credit.transcripts.europass_xml import (
    is_europass_xml,
    read_europass_xml,
)
from portaria.regulations.credit.transcripts.faults import Faults
from portaria.regulations.credit.transcripts.markup import local, namespace
from portaria.regulations.credit.transcripts.model import Format, Node, Parts, Transcript
from portaria.regulations.credit.transcripts.nesting import counted, label

NOT_READ = declare("transcript-not-read", "the file cannot be read: {error}")
NOT_A_TRANSCRIPT = declare(
    "transcript-unknown",
    "this is no transcript: it begins with “{root}”; ELMO, a Europass credential (XML) and a "
    "European Digital Credential (JSON) are read",
)
OTHER_NAMESPACE = declare(
    "transcript-other-namespace",
    "“{root}” is in the namespace “{namespace}”, which is not that of a known version: "
    "ask the issuer for ELMO 1 or 2, or for a Europass credential",
)
NOT_VERIFIED = declare(
    "transcript-not-verified",
    "the file bears a signature, which is NOT verified here: before anything is credited, a person "
    "checks it with the issuer's certificate, or asks the issuer to confirm the transcript",
)
NOT_SIGNED = declare(
    "transcript-not-signed",
    "the file bears no signature, so it certifies nothing by itself: a person confirms it with the "
    "issuer before anything is credited",
)
NO_UNITS = declare(
    "transcript-no-units",
    "no unit of the file can be credited as it stands; the reason stands beside each",
)
ID_TWICE = declare(
    "transcript-id-twice",
    "the identifier {id} stands for {count} units ({names}), which must not be credited twice: "
    "ask the issuer which counts",
)
NOT_DEGREE = declare(
    "transcript-origin",
    "the file does not say whether {count} unit belongs to a degree: choose the origin of the "
    "training yourself",
    "the file does not say whether {count} units belong to a degree: choose the origin of the "
    "training yourself",
)
NO_COUNTRY = declare(
    "transcript-no-country",
    "the file does not say in which country {institution} is: the country is left empty, "
    "fill it in",
)
RECOGNISED = declare(
    "transcript-recognised",
    "{unit} was itself obtained by recognition: it cannot be credited again, the training or the "
    "experience behind it counts",
)
CERTIFIED, DOUBLE = "438 2/a", "438 4/4"


def read_transcript(path: Path) -> tuple[Transcript | None, list[Problem]]:
    """The transcript in a file, or None with every problem; warnings stand beside a transcript.

    Warnings tell what was left out, and that no signature was verified (certified training is
    confirmed by the issuer's certificate: 2/a, 6/1).
    """
    try:
        if (size := path.stat().st_size) > LARGEST:
            message = Message(TOO_LARGE, {"size": size, "most": LARGEST})
            return None, [Problem(path.name, message)]
        content = path.read_bytes()
    except OSError as error:
        return None, [Problem(path.name, Message(NOT_READ, {"error": why(error)}))]
    return parse_transcript(content, path.name)


def parse_transcript(content: bytes, file: str) -> tuple[Transcript | None, list[Problem]]:
    """The same from the bytes of a file named `file`."""
    document, problems = document_of(content, file)
    if document is None:
        return None, problems
    format: Format = "ELMO"
    faults = Faults(file, format)
    if isinstance(document, etree._Element) and is_elmo(document):
        parts = read_elmo(document, faults)
    else:
        format = faults.format = "Europass"
        parts = _europass(document, faults)
    if parts is None:
        return None, faults.problems
    transcript = _transcript(format, parts, faults)
    return (None if errors(faults.problems) else transcript), faults.problems


def _europass(document: Document, faults: Faults) -> Parts | None:
    if isinstance(document, dict):
        credential, signed, problems = credential_in(document, faults.file)
        faults.problems += problems
        if credential is None:
            if not problems:
                faults.add(NOT_A_TRANSCRIPT, "$", root=", ".join(list(document)[:3]))
            return None
        parts = read_europass_json(credential, faults)
        if parts is not None:
            parts.signed = signed
        return parts
    if is_europass_xml(document):
        return read_europass_xml(document, faults)
    name, space = local(document), namespace(document)
    known = name in ("elmo", "europassCredential", "verifiablePresentation")
    code = OTHER_NAMESPACE if known else NOT_A_TRANSCRIPT
    faults.add(code, f"/{name}", document.sourceline, root=name, namespace=space)
    return None


def _transcript(format: Format, parts: Parts, faults: Faults) -> Transcript:
    nodes = _named(counted(parts.nodes, faults))
    _tell_twice(nodes, faults)
    _tell_doubts(nodes, faults)
    if not nodes and not errors(faults.problems):
        faults.add(NO_UNITS, "")
    code = NOT_VERIFIED if parts.signed else NOT_SIGNED
    faults.warn(code, "")
    faults.problems[-1] = replace(faults.problems[-1], clause=CERTIFIED)
    issued = max(parts.issued, default=None)
    return Transcript(
        format=format,
        version=parts.version,
        holder=parts.holder,
        issuer=parts.issuer,
        issued_on=issued,
        units=tuple(node.unit for node in nodes),
        attachments=parts.attachments,
        signed=parts.signed,
    )


def _named(nodes: list[Node]) -> list[Node]:
    """Units without an identifier get their number; those of another institution with the same
    identifier are told apart by that institution's place in the file."""
    first: dict[str, str] = {}
    places = {name: n for n, name in enumerate(dict.fromkeys(x.unit.institution for x in nodes), 1)}
    named = []
    for number, node in enumerate(nodes, 1):
        id, institution = node.unit.id or f"unit-{number}", node.unit.institution
        if first.setdefault(id, institution) != institution:
            id = f"{id}/{places[institution]}"
        named.append(replace(node, unit=replace(node.unit, id=id)))
    return named


def _tell_twice(nodes: list[Node], faults: Faults) -> None:
    counts = Counter(node.unit.id for node in nodes)
    for id, count in counts.items():
        if count > 1:
            twins = [node for node in nodes if node.unit.id == id]
            names = ", ".join(label(node.unit) for node in twins)
            again = twins[1]
            faults.add(ID_TWICE, again.where, again.row, id, id=id, count=count, names=names)


def _tell_doubts(nodes: list[Node], faults: Faults) -> None:
    unknown = [node for node in nodes if node.unit.kind == "unknown"]
    if unknown:
        faults.warn(NOT_DEGREE, "", count=len(unknown))
    silent = dict.fromkeys(node.unit.institution for node in nodes if node.unit.country is None)
    for institution in silent:
        faults.warn(NO_COUNTRY, "", institution=institution or "?")
    for node in nodes:
        if node.unit.recognised:
            faults.warn(RECOGNISED, node.where, node.row, unit=label(node.unit))
            faults.problems[-1] = replace(faults.problems[-1], clause=DOUBLE)
