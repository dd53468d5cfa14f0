"""Aviso 8072/2017: whether a candidate may be admitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

REASONS = {
    "indefinite": "no-indefinite-public-employment",
    "active": "not-in-active-service",
    "assistant": "not-a-technical-assistant",
}
NO_EXPERIENCE = "no-relevant-experience"
DOCUMENTS = ("cv_current", "cv_dated", "cv_signed", "identity_copy")
AREAS = declare(
    "recruitment-areas", "in how many areas of the post: give from 0 to {areas}, not {given}"
)


@dataclass(frozen=True)
class Facts:
    """What is known of a candidate. `indefinite`: public employment for an indefinite term;
    `active`: in active service; `assistant`: a technical assistant; `areas`: in how many areas of
    the post there is experience; then the documents."""

    indefinite: bool
    active: bool
    assistant: bool
    areas: int
    cv_current: bool
    cv_dated: bool
    cv_signed: bool
    identity_copy: bool


@dataclass(frozen=True)
class Admission:
    """`result`: admitted, excluded, or incomplete (documents to be asked for); `reasons`: each
    with its clause."""

    result: str
    reasons: tuple[tuple[str, str], ...] = ()


@rule("requirements")
def admission(facts: Facts, rules: RuleSet, late: bool = False) -> Admission:
    """2/d-e, 4, 5/b: every reason for itself. UsageError for more areas than the post has."""
    areas = rules.number("areas")
    if not 0 <= facts.areas <= areas:
        raise UsageError(Message(AREAS, {"areas": areas, "given": facts.areas}))
    clause = rules.clause("requirements")
    reasons = [(why, clause) for name, why in REASONS.items() if not getattr(facts, name)]
    if facts.areas < (areas if rules.takes("experience_areas", "all") else 1):
        reasons.append((NO_EXPERIENCE, clause))
    if late:
        reasons.append(("late", rules.clause("application-deadline")))
    missing = [*missing_documents(facts, rules)]
    if rules.takes("missing_document", "excluded"):
        reasons += missing
    if reasons:
        return Admission("excluded", tuple(reasons))
    return Admission("incomplete" if missing else "admitted", tuple(missing))


@rule("application-documents")
def missing_documents(facts: Facts, rules: RuleSet) -> Iterator[tuple[str, str]]:
    """5/b: the documents that are not there, each with its clause."""
    assert set(DOCUMENTS) < {each.name for each in fields(facts)}
    clause = rules.clause("application-documents")
    yield from ((f"missing:{name}", clause) for name in DOCUMENTS if not getattr(facts, name))
