"""The document in a file, as XML or JSON: read safely, recognised by what it holds.

A transcript comes from the student, so the file may be hostile: nothing is fetched, no entity is
expanded, no document type is accepted, and the size is limited.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias
from xml.parsers import expat

from lxml import etree

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem

LARGEST = 10_000_000
"""Bytes. A transcript with its PDF inside has one or two millions."""
MOST_ELEMENTS = 100_000
DEEPEST = 100
"""Groups of JSON inside each other; XML has its own limit, 256 elements."""
UTF8_MARK = b"\xef\xbb\xbf"

EMPTY = declare("transcript-empty", "the file is empty; get it from the issuer again")
TOO_LARGE = declare(
    "transcript-too-large",
    "the file has {size} bytes, more than the {most} that a transcript may have: "
    "ask the issuer for one without large attachments",
)
NOT_UTF8 = declare(
    "transcript-not-utf8",
    "the file is not UTF-8 text (byte {byte}); take it as the issuer sent it, "
    "not as another program saved it",
)
IS_PDF = declare(
    "transcript-pdf",
    "this is a PDF: no data can be read from it; ask the issuer for the ELMO (XML) or "
    "Europass (XML or JSON) file",
)
NEITHER = declare(
    "transcript-neither",
    "this is neither XML nor JSON; a transcript is ELMO (XML) or a Europass credential "
    "(XML or JSON)",
)
NOT_XML = declare(
    "transcript-not-xml",
    "the XML is broken here ({error}): the file was cut or changed; get it again from the issuer",
)
HAS_DOCTYPE = declare(
    "transcript-doctype",
    "the file begins with a document type (DOCTYPE), where harmful entities hide: "
    "no transcript needs one, and the file is not read",
)
NOT_JSON = declare(
    "transcript-not-json",
    "the JSON is broken here ({error}): the file was cut or changed; get it again from the issuer",
)
TOO_DEEP = declare(
    "transcript-too-deep", "the fields are nested too deeply for a transcript; the file is not read"
)
KEY_TWICE = declare(
    "transcript-key-twice",
    "the key {key} stands twice in one group, so the file says two things at once: ask the issuer",
)

HALF_CHARACTER = declare(
    "transcript-half-character",
    "a text of the file has half a character (an escape such as \\ud800 alone): "
    "get the file from the issuer again",
)
TOO_MANY = declare(
    "transcript-too-many",
    "the file has more than {most} elements: that is no transcript of one person",
)

Document: TypeAlias = etree._Element | dict[str, Any]


class _Stop(Exception):
    """The beginning of the document has been seen."""


class _Doctype(Exception):
    """A document type stands before the first element."""


def document_of(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The root element or the object in `content`, or None with the reason."""
    if len(content) > LARGEST:
        return None, [_whole(file, TOO_LARGE, size=len(content), most=LARGEST)]
    content = content.removeprefix(UTF8_MARK).strip()
    if not content:
        return None, [_whole(file, EMPTY)]
    if content.startswith(b"%PDF"):
        return None, [_whole(file, IS_PDF)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_whole(file, NOT_UTF8, byte=error.start + 1)]
    if text.startswith("<"):
        return _xml(content, file)
    if text.startswith(("{", "[")):
        return _json(text, file)
    return None, [_whole(file, NEITHER)]


def _xml(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    if _has_doctype(content):
        return None, [_whole(file, HAS_DOCTYPE)]
    parser = etree.XMLParser(
        # The bytes are UTF-8, whatever the first line says.
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        return None, [Problem(file, Message(NOT_XML, {"error": error.msg}), row=line)]
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return None, [_whole(file, TOO_MANY, most=MOST_ELEMENTS)]
    return root, []


def _has_doctype(content: bytes) -> bool:
    """Whether a document type stands before the first element, looking no further than that."""

    def found(*_: Any) -> NoReturn:
        raise _Doctype

    def begun(*_: Any) -> NoReturn:
        raise _Stop

    looking = expat.ParserCreate("utf-8")
    looking.StartDoctypeDeclHandler = found
    looking.StartElementHandler = begun
    try:
        looking.Parse(content, True)
    except _Doctype:
        return True
    except (_Stop, expat.ExpatError):  # what is broken is told with its line by the next reading
        return False
    return False


def _json(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    twice: list[str] = []

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        group = dict(pairs)
        if len(group) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(key for key in group if keys.count(key) > 1)
        return group

    try:
        found = json.loads(text, object_pairs_hook=paired, parse_float=Decimal)
    except json.JSONDecodeError as error:
        return None, [Problem(file, Message(NOT_JSON, {"error": error.msg}), row=error.lineno)]
    except (RecursionError, ValueError):  # ValueError: a whole number of thousands of digits
        return None, [_whole(file, TOO_DEEP)]
    if twice:
        return None, [_whole(file, KEY_TWICE, key=key) for key in dict.fromkeys(twice)]
    if not isinstance(found, dict):
        return None, [_whole(file, NEITHER)]
    if _depth(found) > DEEPEST:
        return None, [_whole(file, TOO_DEEP)]
    try:
        json.dumps(found, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:  # JSON can write half of a pair of UTF-16; nothing can show it
        return None, [_whole(file, HALF_CHARACTER)]
    return found, []


def _depth(found: Any) -> int:
    """How deep groups and lists stand inside each other, counted without recursion."""
    depth, level = 0, [found]
    while level:
        depth += 1
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [v for values in inside for v in values if isinstance(v, dict | list)]
    return depth


def json_inside(text: str, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The object in a text inside another document (what a signature covers)."""
    found, problems = _json(text, file)
    return (found if isinstance(found, dict) else None), problems


def _whole(file: str, code: str, **params: object) -> Problem:
    return Problem(file, Message(code, params))
