"""Backup: one archive of every record and file, the same from either database.

    manifest.json     version, migrations, and each member with its rows and hash
    records/N.jsonl   a model's rows, in an order in which they can be written again
    files/… results/… what people and placements left in the data folder; secret.key

Records are read in one transaction, so that the archive shows one moment. `restore` may put it into
the other kind of database. It holds personal data and secrets: keep it as carefully as the records.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from portaria import __version__
from portaria.tables.result import whole_file

FOLDERS = ("files", "results")
LEFT_OUT = ("sessions.session", "django_tasks_database.dbtaskresult")
"""What is not kept: open sessions, and the queue (a job that waits is asked for again)."""

Tell = Callable[[str, int, int], None]


class Counts(NamedTuple):
    """What an archive holds."""

    rows: int
    files: int


def kept_models() -> list[type[models.Model]]:
    """The models whose rows an archive holds, in its order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def migrations() -> list[list[str]]:
    """The migrations that this database has: application and name."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def backup(target: Path, tell: Tell) -> Counts:
    """Write the archive; it appears whole or not at all, readable by its owner alone.

    UsageError where `target` exists; MachineError where the disk is full.
    """
    with whole_file(target) as draft:
        draft.chmod(0o600)
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            return _write(archive, tell)


def _write(archive: tarfile.TarFile, tell: Tell) -> Counts:
    members: dict[str, dict[str, Any]] = {}
    tables = kept_models()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for done, model in enumerate(tables):
            tell("records", done, len(tables))
            name = f"records/{model._meta.label_lower}.jsonl"
            with tempfile.TemporaryFile() as spool:
                rows = _dump(model, spool)
                members[name] = _add(archive, name, spool) | {"rows": rows}
    files = list(_files())
    for done, (name, path) in enumerate(files):
        if done % 100 == 0:
            tell("files", done, len(files))
        with path.open("rb") as content:
            members[name] = _add(archive, name, content)
    manifest = {
        "program": "portaria-web",
        "version": __version__,
        "migrations": migrations(),
        "members": members,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    _add(archive, "manifest.json", io.BytesIO(text))
    return Counts(sum(row.get("rows", 0) for row in members.values()), len(files))


def _dump(model: type[models.Model], spool: Any) -> int:
    """A model's rows as JSON lines, fields in the order of the model; how many."""
    fields = [field.attname for field in model._meta.concrete_fields]
    count = 0
    encode = json.JSONEncoder(ensure_ascii=False, default=_text).encode
    for row in model._default_manager.order_by("pk").values_list(*fields).iterator(5000):
        spool.write(encode(row).encode())
        spool.write(b"\n")
        count += 1
    return count


def _text(value: object) -> str:
    """A moment to its last microsecond (Django's own encoder cuts it), a day, a key."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _files() -> Iterator[tuple[str, Path]]:
    data: Path = settings.DATA
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not any(p.startswith(".") for p in path.relative_to(data).parts):
                yield path.relative_to(data).as_posix(), path
    yield "secret.key", data / "secret.key"


def _add(archive: tarfile.TarFile, name: str, content: Any) -> dict[str, Any]:
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, content)
    return {"sha256": digest, "bytes": size}
