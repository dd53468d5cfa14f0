"""The code on a certificate: the records of the school give the same one, or the paper was altered.

It is no signature. Anybody can compute the code of an invented certificate; only the school, from
its own records, can say that a paper with this name and these grades was issued.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which people read as something else."""
CHARACTERS, GROUP = 16, 4
"""80 bits, in four groups of four."""
MISREAD = str.maketrans("OIL", "011")


def verification_code(said: Mapping[str, Any]) -> str:
    """`7K3M-…`: the first 80 bits of a SHA-256 over `said`, what the paper says (see
    `certified.Certified.said`), as JSON in UTF-8 with sorted keys and no spaces."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    number = int.from_bytes(digest, "big") >> (256 - 5 * CHARACTERS)
    letters = "".join(ALPHABET[number >> 5 * n & 31] for n in reversed(range(CHARACTERS)))
    return "-".join(letters[at : at + GROUP] for at in range(0, CHARACTERS, GROUP))


def is_code_of(code: str, said: Mapping[str, Any]) -> bool:
    """Whether `code`, as somebody typed it off a paper, is that of `said`: small letters, spaces
    and missing hyphens do not matter, nor O for 0 and I or L for 1."""
    return _plain(code) == _plain(verification_code(said))


def _plain(code: str) -> str:
    letters = "".join(c for c in code.upper() if c.isalnum())
    return letters.translate(MISREAD)
