"""The receipt of an application: what came in, when, and a fingerprint to compare it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from portaria.core.messages import declare
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.fingerprint import fingerprint
from portaria.documents.access_papers.model import Contest, Option, Person
from portaria.documents.access_papers.moments import day_or_moment, in_lisbon
from portaria.documents.access_papers.paper import Paper
from portaria.documents.access_papers.parts import Part
from portaria.documents.access_words import REASON_SENTENCES, quota_name
from portaria.regulations.access import reasons

SHORT = 12
"""Digits of a document's fingerprint on paper."""
NONE = "–"
TITLE = declare("receipt-title", "Receipt of an application")
NUMBER = declare("receipt-number", "Receipt no. {number}")
KINDS = {
    "submitted": declare("receipt-submitted", "Application submitted"),
    "changed": declare("receipt-changed", "Application changed"),
    "withdrawn": declare("receipt-withdrawn", "Application withdrawn"),
}
RECEIVED = declare("receipt-received", "Received on {when}.")
REPLACES = declare("receipt-replaces", "It takes the place of receipt no. {number}.")
CHANGEABLE = declare("receipt-changeable", "May be changed until")
OPTIONS = declare("receipt-options", "Options, the most wanted first")
OPTIONS_GONE = declare("receipt-options-gone", "Options that are withdrawn")
NO_OPTION = declare("receipt-no-option", "No option stands any more.")
OPTION_HEADER = tuple(
    declare(f"receipt-column-{name}", english)
    for name, english in (
        ("option", "Option"),
        ("programme", "Programme"),
        ("institution", "Institution"),
        ("course", "Course"),
    )
)
CLAIMS = declare("receipt-claims", "Quotas and preferences claimed")
NO_CLAIM = declare("receipt-no-claim", "No special quota and no preference is claimed.")
CLAIM_HEADER = tuple(
    declare(f"receipt-column-{name}", english)
    for name, english in (
        ("claim", "Quota or preference"),
        ("document", "Document handed in"),
        ("sha", "SHA-256"),
    )
)
NO_DOCUMENT = declare("receipt-no-document", "no document handed in")
OTHER = declare("receipt-other-document", "Of the application itself")
IS_NOT = declare(
    "receipt-is-not",
    "This paper shows that the application came in with this content. It is no placement and "
    "promises none; no quota, preference or document has been looked at yet.",
)
IS_NOT_WITHDRAWN = declare(
    "receipt-is-not-withdrawn", "This paper shows that the application was withdrawn."
)
FINGERPRINT = declare("receipt-fingerprint", "Fingerprint (SHA-256)")
FINGERPRINT_FOR = declare(
    "receipt-fingerprint-for",
    "Made from everything that this receipt says. Another content has another fingerprint.",
)


@dataclass(frozen=True)
class Document:
    """A document handed in: its name and the SHA-256 of its bytes, in hexadecimal digits."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Claim:
    """A quota or preference claimed, by its code (`disability`), with its documents."""

    quota: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """An application as it came in (211-A 24/1, 211-B 16).

    number: of the receipt; received: an aware moment; changeable_until: a day or an aware moment;
    documents: those that belong to no claim; replaces: the number of the receipt before; clause: as
    rules name it, left out where empty.
    """

    contest: Contest
    person: Person
    number: str
    received: datetime
    kind: Literal["submitted", "changed", "withdrawn"]
    options: tuple[Option, ...] = ()
    claims: tuple[Claim, ...] = ()
    documents: tuple[Document, ...] = ()
    changeable_until: date | datetime | None = None
    replaces: str = ""
    clause: str = ""


def receipt_paper(receipt: Receipt, lang: str) -> bytes:
    """The PDF/A; ConfigurationError for a moment without a zone."""
    number = receipt.number
    paper = Paper(receipt.contest, lang, clause=receipt.clause)
    paper.matter = paper.say(NUMBER, number=number)
    gone = receipt.kind == "withdrawn"
    lines = [paper.say(RECEIVED, when=in_lisbon(receipt.received, lang))]
    if receipt.replaces:
        lines.append(paper.say(REPLACES, number=receipt.replaces))
    rows = paper.person(receipt.person)
    if receipt.changeable_until is not None:
        rows.append((paper.say(CHANGEABLE), day_or_moment(receipt.changeable_until, lang)))
    digits = fingerprint(receipt)
    made = [
        parts.state(paper.say(KINDS[receipt.kind]), lines, not gone),
        parts.facts(rows),
        *_options(paper, receipt.options, gone),
        *([] if gone and not receipt.claims else _claims(paper, receipt)),
        parts.text(paper.say(IS_NOT_WITHDRAWN if gone else IS_NOT)),
        parts.code(paper.say(FINGERPRINT), digits, paper.say(FINGERPRINT_FOR)),
    ]
    return paper.page(paper.say(TITLE), made)


def _options(paper: Paper, options: tuple[Option, ...], gone: bool) -> list[Part]:
    title = parts.heading(paper.say(OPTIONS_GONE if gone and options else OPTIONS))
    if not options:
        none = NO_OPTION if gone else REASON_SENTENCES[reasons.NO_OPTION]
        return [title, parts.text(paper.say(none))]
    rows = [(str(o.order), o.programme, o.institution, o.course) for o in options]
    header = [paper.say(code) for code in OPTION_HEADER]
    return [title, parts.table(header, ("16mm", "26mm", "1fr", "1fr"), rows, "clll")]


def _claims(paper: Paper, receipt: Receipt) -> list[Part]:
    made = [parts.heading(paper.say(CLAIMS))]
    if not receipt.claims:
        made.append(parts.text(paper.say(NO_CLAIM)))
    rows = []
    for claim in receipt.claims:
        name = paper.named(quota_name(claim.quota))
        rows += _documents(name, claim.documents) or [(name, paper.say(NO_DOCUMENT), NONE)]
    rows += _documents(paper.say(OTHER), receipt.documents)
    if rows:
        header = [paper.say(code) for code in CLAIM_HEADER]
        made.append(parts.table(header, ("1fr", "1fr", "32mm"), rows, "lll"))
    return made


def _documents(claim: str, documents: tuple[Document, ...]) -> list[tuple[str, str, str]]:
    """A row a document; what it belongs to stands in each, so that each row is whole."""
    return [(claim, document.name, document.sha256[:SHORT]) for document in documents]
