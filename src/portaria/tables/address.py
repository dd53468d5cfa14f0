"""Addresses of databases: which are known, how one is shown and stored, and connecting to it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import ibis

from portaria.core.errors import MachineError, UsageError
from portaria.core.messages import Message, declare
from portaria.tables.raw import cut

SERVERS = ("postgres", "postgresql", "mssql", "oracle")
PATIENCE = "20"
"""Seconds that PostgreSQL has to answer; without them a wrong address waits for minutes."""

UNKNOWN_SOURCE = declare(
    "source-unknown",
    "{source} is no folder of tables, no DuckDB or SQLite file and no database address "
    "(postgresql://user:password@server/base)",
)
BAD_ADDRESS = declare(
    "source-bad-address",
    "the address of the database cannot be read: write the marks of a name or password as codes "
    "(@ as %40, : as %3A, / as %2F, ? as %3F, # as %23)",
)
NO_CONNECTION = declare("source-no-connection", "{source} does not answer: {detail}")
NO_ENGINE = declare("engine-missing", "{engine} is not installed here: {detail}")

SECRET = re.compile(r"(?i)([\w-]*(?:pass|pwd|secret|token|key)[\w-]*\s*=)[^&;\s]*")
USER_AND_PASSWORD = re.compile(r":[^@]*@")


def server(address: str) -> Any:
    """A connection to a server.

    UsageError where the address is of no server we know, or its driver is not installed;
    MachineError where it does not answer.
    """
    scheme = address.split("://")[0]
    if scheme not in SERVERS:
        raise unknown(address)
    if not _readable(address):
        raise UsageError(Message(BAD_ADDRESS))
    shown = without_password(address)
    try:
        return ibis.connect(address, **_patience(address))
    except ImportError as error:
        params = {"engine": scheme, "detail": cut(error)}
        raise UsageError(Message(NO_ENGINE, params)) from error
    except Exception as error:  # each driver has exceptions of its own
        detail = cut(str(error).replace(address, shown))
        raise MachineError(Message(NO_CONNECTION, {"source": shown, "detail": detail})) from error


def unknown(source: str) -> UsageError:
    """The refusal of a source that is nothing we know; it may be an address with a slip in it."""
    shown = without_password(source)
    if "://" not in source:
        shown = USER_AND_PASSWORD.sub("@", SECRET.sub(r"\1…", source))
    return UsageError(Message(UNKNOWN_SOURCE, {"source": shown}))


def without_password(source: str) -> str:
    """A source fit to be shown and stored: a path as it is, an address without its secrets."""
    scheme, mark, rest = source.partition("://")
    if not mark:
        return source
    user, at, place = rest.rpartition("@")
    place = SECRET.sub(r"\1…", place)
    return f"{scheme}://{user.split(':')[0]}{at}{place}"


def _readable(address: str) -> bool:
    """Whether the marks of an address part it in one way: a password may hold them too, and pieces
    of it would then be taken, and told, for a server or a port."""
    rest = address.partition("://")[2]
    authority = re.split("[/?]", rest, maxsplit=1)[0]
    try:
        parts = urlsplit(address)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return False
    behind = "@" in rest[len(authority) :] and "@" not in authority and ":" in authority
    return known and not (parts.fragment or authority.count("@") > 1 or behind)


def _patience(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    given = {name for name, _ in parse_qsl(parts.query)}
    postgres = parts.scheme in ("postgres", "postgresql")
    return {"connect_timeout": PATIENCE} if postgres and "connect_timeout" not in given else {}
