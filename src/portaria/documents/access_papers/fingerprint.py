"""The fingerprint of a paper's content: who has the data can tell that a paper says the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from portaria.documents.access_papers.moments import aware

GROUP = 8


def canonical(data: Any) -> bytes:
    """A dataclass of plain data as JSON with one form, whatever the language of the paper.

    UTF-8, keys sorted, no spaces; moments in UTC to the second, days in ISO, decimals as written.
    """
    plain = {"paper": type(data).__name__, "content": _plain(data)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(data: Any) -> str:
    """The SHA-256 of the canonical content, 64 hexadecimal digits."""
    return sha256(canonical(data)).hexdigest()


def in_groups(digits: str) -> str:
    """A long code in groups of eight, as one compares it."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return aware(value).astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value
