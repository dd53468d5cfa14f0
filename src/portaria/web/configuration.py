"""What the installation says of itself: a data folder, and the environment for what is secret.

PORTARIA_DATA      the folder of records (default: portaria-data)
DATABASE_URL       postgres://user:password@host/name (default: SQLite in the data folder)
PORTARIA_OFFICE    the name of whoever runs it, shown on every page
PORTARIA_HOSTS     names under which browsers reach it, separated by commas
PORTARIA_ORIGINS   the addresses, with their scheme, where a proxy serves it over HTTPS
EMAIL_URL          smtp://user:password@host:587/?tls=true (default: files in the data folder)
EMAIL_FROM         the sender of its messages
OIDC_CONFIG        a TOML file with the identity providers of institutions
"""

from __future__ import annotations

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from portaria.core.errors import ConfigurationError

SQLITE_OPTIONS = {
    # Writers queue from their first statement on, so none fails in the middle of its work.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
}
# synchronous=FULL: an accepted application is on the disk before its receipt is shown.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=268435456;"
)


def data_folder() -> Path:
    """The folder of everything that is kept, made where it is missing and closed to others."""
    folder = Path(os.environ.get("PORTARIA_DATA", "portaria-data")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions, drawn once for the installation."""
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(64))
    return key


def databases(folder: Path) -> dict[str, dict[str, Any]]:
    """The database of the installation; ConfigurationError for an address of another kind.

    With SQLite, what may be lost is in a second file.
    """
    address = os.environ.get("DATABASE_URL", "")
    if address:
        return {"default": _postgresql(address)}
    return {
        "default": _sqlite(folder / "portaria.sqlite3", "FULL"),
        "cache": _sqlite(folder / "cache.sqlite3", "OFF"),
    }


def _sqlite(path: Path, synchronous: str) -> dict[str, Any]:
    options = {**SQLITE_OPTIONS, "init_command": f"{PRAGMAS} PRAGMA synchronous={synchronous};"}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlparse(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ConfigurationError("DATABASE_URL names no PostgreSQL: postgres://user@host/name")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder stands in the query, as libpq has it.
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def email(folder: Path) -> dict[str, Any]:
    """The settings of outgoing messages: an SMTP server, or files in the data folder."""
    sender = {"DEFAULT_FROM_EMAIL": os.environ.get("EMAIL_FROM", "portaria@localhost")}
    address = os.environ.get("EMAIL_URL", "")
    if not address:
        return sender | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder / "messages",
        }
    parts = urlparse(address)
    if parts.scheme not in ("smtp", "smtps"):
        raise ConfigurationError("EMAIL_URL names no SMTP server: smtp://user:password@host:587")
    return sender | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["true"],
        "EMAIL_TIMEOUT": 10,
    }


def identity_providers() -> list[dict[str, Any]]:
    """The OpenID Connect providers of institutions, as allauth takes them.

    Each `[[provider]]` of the file has id, name, client_id, secret, server_url (the address of its
    `.well-known/openid-configuration`) and domains (of the e-mail addresses for which it answers:
    else one institution's provider could log in as another's officer).
    It may have origins (further addresses through which its log-in leads).
    """
    path = os.environ.get("OIDC_CONFIG", "")
    if not path:
        return []
    try:
        rows = tomllib.loads(Path(path).read_text(encoding="utf-8"))["provider"]
        for row in rows:
            if not isinstance(row["domains"], list) or not row["domains"]:
                raise TypeError("domains names none")
        return [
            {
                "provider_id": row["id"],
                "name": row["name"],
                "client_id": row["client_id"],
                "secret": row["secret"],
                "settings": {
                    "server_url": row["server_url"],
                    "oauth_pkce_enabled": True,
                    "domains": row["domains"],
                    "origins": row.get("origins", []),
                },
            }
            for row in rows
        ]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"OIDC_CONFIG {path} cannot be used ({error}): each [[provider]] needs id, name, "
            "client_id, secret, server_url and domains"
        ) from error


def names(variable: str, default: str) -> list[str]:
    """A list of names separated by commas."""
    text = os.environ.get(variable, default)
    return [name.strip() for name in text.split(",") if name.strip()]
