"""Importing this loads Django once a process, on scratch records of its own.

`PORTARIA_TEST_DATABASE=postgresql` puts the records into a real PostgreSQL.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="portaria-test-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
(DATA / "static").mkdir()
os.environ["PORTARIA_DATA"] = str(DATA)
os.environ.pop("DATABASE_URL", None)
if os.environ.get("PORTARIA_TEST_DATABASE") == "postgresql":
    from postgres import postgres_url

    os.environ["DATABASE_URL"] = postgres_url()
os.environ["DJANGO_SETTINGS_MODULE"] = "portaria.web.settings"

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

django.setup()
if "DATABASE_URL" not in os.environ:
    # Tests are undone by transactions of one database: the counts of log-ins are in it, too.
    settings.DATABASES.pop("cache")
    connections.settings.pop("cache", None)
    # In a file, as it will be: threads cannot race for one in memory.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = DATA / "test.sqlite3"
# Here and no later: a task asks for its backend as its module is imported, whichever test is first.
settings.TASKS["default"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A process that this one starts, such as a worker of pytest-xdist, has records of its own.
for name in ("DJANGO_SETTINGS_MODULE", "PORTARIA_DATA", "DATABASE_URL"):
    os.environ.pop(name, None)
