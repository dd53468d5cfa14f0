"""The codes of an authenticator app, computed from its secret (RFC 6238: SHA-1, 30 s, 6 digits)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time


def code(secret: str, periods: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    counter = int(time.time()) // 30 + periods
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
