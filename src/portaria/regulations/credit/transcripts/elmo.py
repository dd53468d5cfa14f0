"""ELMO, the format of EMREX: reports of institutions on one student, each a forest of units.

The format tells its readers to ignore unknown elements, so those are; the ones read here are
checked. Versions 1.0 to 2.0 share one namespace. The wrapper that Erasmus Without Paper puts round
ELMO is read too, with its table of grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.elmo_unit import Issuer, node_of
from portaria.regulations.credit.transcripts.faults import Faults
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
from portaria.regulations.credit.transcripts.model import Category, Parts
from portaria.regulations.credit.transcripts.results import grade_tables
from portaria.regulations.credit.transcripts.values import day_of

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
WRAPPER = "https://github.com/erasmus-without-paper/ewp-specs-api-imobility-tors/"
ONLY_IN_2 = ("alternativeName", "dateOfBirth", "resultOfRecognition", "gradingSchemeExternalId")

NO_REPORT = declare(
    "transcript-no-report", "the file has no report of an institution, so no units: ask the issuer"
)
NOT_A_COUNTRY = declare(
    "transcript-not-a-country", "{value} is no country: {format} has two capital letters, as PT"
)
MANY_STUDENTS = declare(
    "transcript-many",
    "the file holds {count} transcripts; give the one of the student in a file of its own",
)


def is_elmo(root: etree._Element) -> bool:
    """Whether the root is that of ELMO or of its wrapper."""
    if local(root) == "elmo":
        return namespace(root) == NAMESPACE
    return local(root) == "imobility-tors-get-response" and namespace(root).startswith(WRAPPER)


def read_elmo(root: etree._Element, faults: Faults) -> Parts | None:
    """The parts of an ELMO document; None, with the fault, where it has no transcript."""
    tables: dict[str, tuple[Category, ...]] = {}
    if local(root) != "elmo":
        wrapped = root.findall(f".//{{{NAMESPACE}}}elmo")
        if len(wrapped) != 1:
            faults.add(MANY_STUDENTS, path_of(root), row_of(root), count=len(wrapped))
            return None
        tables = grade_tables(wrapped[0].getparent(), faults)
        root = wrapped[0]
    newest = any(next(root.iter(f"{{{NAMESPACE}}}{name}"), None) is not None for name in ONLY_IN_2)
    parts = Parts("2.0" if newest else "1")
    parts.holder = _holder(root, faults)
    parts.signed = root.find(SIGNATURE) is not None
    parts.attachments = sum(1 for _ in root.iter(f"{{{NAMESPACE}}}attachment"))
    reports = children(root, "report")
    if not reports:
        faults.add(NO_REPORT, path_of(root), row_of(root))
        return None
    for report in reports:
        _report(report, parts, tables, faults)
    return parts


def _holder(root: etree._Element, faults: Faults) -> str:
    learner = needed(root, "learner", faults)
    if learner is None:
        return ""
    names = [text(needed(learner, name, faults)) for name in ("givenNames", "familyName")]
    return " ".join(name for name in names if name)


def _report(
    report: etree._Element,
    parts: Parts,
    tables: dict[str, tuple[Category, ...]],
    faults: Faults,
) -> None:
    described = needed(report, "issuer", faults)
    titles = children(described, "title")
    if described is not None and not titles:
        needed(described, "title", faults)
    schemes = {
        scheme.get("localId", ""): preferred(texts_by_language(children(scheme, "description")))
        for scheme in children(report, "gradingScheme")
    }
    country = _country(described, faults)
    issuer = Issuer(preferred(texts_by_language(titles)), country, schemes, tables)
    parts.issuers.append(issuer.name)
    issued = needed(report, "issueDate", faults)
    if issued is not None:
        day = day_of(text(issued), faults, path_of(issued), row_of(issued))
        parts.issued += [day] if day else []
    units = children(report, "learningOpportunitySpecification")
    parts.nodes += [node_of(unit, issuer, faults) for unit in units]
    parts.nodes += [node_of(unit, issuer, faults, True) for unit in _results(report)]


def _country(issuer: etree._Element | None, faults: Faults) -> str | None:
    given = child(issuer, "country")
    if given is None or re.fullmatch("[A-Z]{2}", text(given)):
        return text(given) or None
    faults.add(NOT_A_COUNTRY, path_of(given), row_of(given), text(given))
    return None


def _results(report: etree._Element) -> Iterable[etree._Element]:
    """Units that the issuer itself recognised (2.0); their sources are not its own units."""
    for result in children(report, "resultOfRecognition"):
        for given in children(result, "recognitionResult"):
            yield from children(given, "learningOpportunitySpecification")
