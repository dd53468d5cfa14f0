"""Restore: an archive of `backup` into an empty installation, everything or nothing."""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from portaria import __version__
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web.access.bulk import write_rows
from portaria.web.access.models import Contest
from portaria.web.accounts.models import User
from portaria.web.backup import Counts, Tell, kept_models, migrations

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
        if manifest["migrations"] != migrations():
            params = {"made": str(manifest["version"]), "here": __version__}
            raise UsageError(Message(OTHER_VERSION, params))
        with transaction.atomic():
            rows = _load(Path(folder), manifest, tell)
            files = _place(Path(folder), manifest, data)
    return Counts(rows, files)


def _is_empty() -> bool:
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
    tables = kept_models()
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
