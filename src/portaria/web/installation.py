"""An installation on this machine: made ready before it serves, and held by one server alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

HELD = declare(
    "installation-held",
    "Another server works on {folder}. Stop it first, or give another folder with --data.",
)
OTHER_RECORDS = declare(
    "installation-other-records",
    "The records are those of another version of Portaria. Back them up with that version, then "
    "start this one with portaria serve, which brings them up to date.",
)
OTHER_DATA = declare(
    "installation-other", "This process already works on {folder}; it cannot turn to {asked}."
)


def set_up(data: Path | None = None) -> None:
    """Load Django on a data folder (default: PORTARIA_DATA, or `portaria-data` here)."""
    import django
    from django.conf import settings

    if data is not None:
        os.environ["PORTARIA_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portaria.web.settings")
    loaded = settings.configured
    django.setup()
    if loaded and data is not None and data.resolve() != settings.DATA:
        params = {"folder": str(settings.DATA), "asked": str(data)}
        raise UsageError(Message(OTHER_DATA, params))


def prepare() -> None:
    """Bring the database to this version and lay out the static files."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0, database=_cache_database())
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def _cache_database() -> str:
    from django.conf import settings

    from portaria.web.routing import CACHE

    return CACHE if CACHE in settings.DATABASES else "default"


def refuse_other_records() -> None:
    """UsageError where the database is not that of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UsageError(Message(OTHER_RECORDS))


@contextmanager
def held() -> Iterator[None]:
    """Hold the data folder against a second server; UsageError where another has it."""
    from django.conf import settings

    with (settings.DATA / "server.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(Message(HELD, {"folder": str(settings.DATA)})) from None
        yield
