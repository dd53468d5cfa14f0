"""Backup and restore: one archive of every record and file, the same from either database.

    manifest.json     version, migrations, and each member with its rows and hash
    records/N.jsonl   a model's rows, in an order in which they can be written again
    files/… results/… what people and placements left in the data folder; secret.key

Records are read in one transaction, so that the archive shows one moment. It may be restored into
the other kind of database. It holds personal data and secrets: keep it as carefully as the records.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from portaria import __version__
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.result import whole_file
from portaria.web.access.bulk import write_rows

NOT_A_BACKUP = declare("backup-not-one", "{path} is not a backup of Portaria, or is cut short.")
DAMAGED = declare("backup-damaged", "the contents are not those that the manifest names")
OTHER_VERSION = declare(
    "backup-other-version",
    "The backup was made by version {made}, whose records this version ({here}) does not know: "
    "restore it with that version.",
)
NOT_EMPTY = declare(
    "restore-not-empty",
    "There are records in this installation: restore into an empty one (another --data folder or "
    "database).",
)
UNSAFE = declare("backup-unsafe", "the archive names a path outside the data folder")

FOLDERS = ("files", "results")
LEFT_OUT = ("sessions.session", "django_tasks_database.dbtaskresult")
"""What is not kept: open sessions, and the queue (a job that waits is asked for again)."""

Tell = Callable[[str, int, int], None]


class Counts(NamedTuple):
    """What an archive holds."""

    rows: int
    files: int


def _models() -> list[type[models.Model]]:
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _migrations() -> list[list[str]]:
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
    tables = _models()
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
        "migrations": _migrations(),
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


def restore(source: Path, tell: Tell) -> Counts:
    """Put an archive into an empty installation of the same version: everything, or nothing.

    UsageError where there are records, or for another version; InputError where it is damaged.
    """
    call_command("migrate", verbosity=0, interactive=False)
    if not _is_empty():
        raise UsageError(Message(NOT_EMPTY))
    data: Path = settings.DATA
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder:
        manifest = _unpack(source, Path(folder), tell)
        if manifest["migrations"] != _migrations():
            params = {"made": str(manifest["version"]), "here": __version__}
            raise UsageError(Message(OTHER_VERSION, params))
        with transaction.atomic():
            rows = _load(Path(folder), manifest, tell)
            files = _place(Path(folder), manifest, data)
    return Counts(rows, files)


def _is_empty() -> bool:
    from portaria.web.access.models import Contest
    from portaria.web.accounts.models import User

    return not (User.objects.exists() or Contest.objects.exists())


def _unpack(source: Path, folder: Path, tell: Tell) -> dict[str, Any]:
    """Take the archive out beside its goal, every member checked against the manifest."""
    tell("unpack", 0, 1)
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
        if manifest["program"] != "portaria-web":
            raise KeyError("program")
    except tarfile.FilterError as error:
        problem = Problem(source.name, Message(UNSAFE), value=str(error.tarinfo.name))
        raise InputError(Message(NOT_A_BACKUP, {"path": str(source)}), [problem]) from error
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError) as error:
        raise UsageError(Message(NOT_A_BACKUP, {"path": str(source)})) from error
    problems = []
    for name, row in manifest["members"].items():
        path = folder / PurePosixPath(name)
        if not path.is_file() or _digest(path) != row["sha256"]:
            problems.append(Problem(name, Message(DAMAGED)))
    if problems:
        raise InputError(Message(NOT_A_BACKUP, {"path": str(source)}), problems)
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _load(folder: Path, manifest: dict[str, Any], tell: Tell) -> int:
    """Write every record; links between tables are checked as the transaction ends."""
    tables = _models()
    total = 0
    for model in tables:
        # What migrations put there, such as content types, comes back from the archive.
        model._default_manager.all().delete()
    for done, model in enumerate(tables):
        tell("records", done, len(tables))
        name = f"records/{model._meta.label_lower}.jsonl"
        fields = model._meta.concrete_fields
        with (folder / name).open(encoding="utf-8") as lines:
            write_rows(
                model,
                [field.attname for field in fields],
                (tuple(map(_python, fields, json.loads(line))) for line in lines),
            )
        total += manifest["members"][name]["rows"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    return total


def _python(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def _place(folder: Path, manifest: dict[str, Any], data: Path) -> int:
    """Move the files to their places; how many."""
    names = [name for name in manifest["members"] if not name.startswith("records/")]
    for name in names:
        goal = data / PurePosixPath(name)
        goal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / PurePosixPath(name)).replace(goal)
        if name.startswith("results/"):
            goal.chmod(0o400)
    return len(names) - 1
