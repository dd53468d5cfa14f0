"""Secrets that lie sealed in the database: the second factors of people.

The key comes from `SECRET_KEY`, which is a file beside the database and not in it: who has a copy
of the database alone can make nobody's codes. A backup holds both.
"""

from __future__ import annotations

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

log = logging.getLogger("portaria")
SALT = "portaria.web.accounts.sealing"


def _key() -> Fernet:
    digest = salted_hmac(SALT, "second factor", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def sealed(text: str) -> str:
    """A text that only this installation opens."""
    return _key().encrypt(text.encode()).decode("ascii")


def opened(text: str) -> str:
    """What was sealed. Where the key is another, a secret that nobody knows: no code is right, and
    an administrator takes the factor off."""
    try:
        return _key().decrypt(text.encode()).decode()
    except InvalidToken:
        log.exception("a second factor was sealed with another secret.key")
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")
