"""Where result folders are kept: each under the hash of its manifest, closed to changes."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portaria.regulations.access.folder import MANIFEST, Results, open_results
from portaria.tables.result import sha256
from portaria.web.access.models import Run


def folders() -> Path:
    """The folder of every result."""
    path: Path = settings.DATA / "results"
    path.mkdir(parents=True, exist_ok=True)
    return path


def results_folder(run: Run) -> Path:
    """The result folder of a run that is done."""
    return folders() / run.digest


def record_folder(run: Run, candidate: str) -> Path:
    """The result folder that tells of this candidate: that of her rectification, where one is in
    force, else the placement's."""
    digest = (run.answer or {}).get("corrected", {}).get(candidate)
    return folders() / digest / "corrected" if digest else results_folder(run)


def results(run: Run) -> Results:
    """The opened result of a run; InputError where the folder is gone or damaged."""
    return open_results(results_folder(run))


def keep(folder: Path) -> str:
    """Keep a folder that is whole under the hash of its manifest, closed to changes: the hash.

    folder: a draft below `folders()`. The same bytes are the same result, and are kept once.
    """
    digest = digest_of(folder)
    for path in folder.rglob("*"):
        if path.is_file():  # not even its owner writes to it without meaning to
            path.chmod(0o400)
    if not (folders() / digest).exists():
        folder.rename(folders() / digest)
    return digest


def digest_of(folder: Path) -> str:
    """What a result folder is known by: the hash of its manifest, which has all the others."""
    return sha256(folder / MANIFEST)
