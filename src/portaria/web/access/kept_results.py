"""Where result folders are kept: each under the hash of its manifest, closed to changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings

from portaria.core.errors import InputError, MachineError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.folder import MANIFEST, Results, open_results, refuse_changed
from portaria.tables.result import sha256
from portaria.web.access.models import Run

GONE = declare(
    "result-gone",
    "The files of the result {result} are not where they were, or not as they were written "
    "({file}). Nothing was changed. Put the folder back from a backup.",
)


class ResultGone(MachineError):
    """The files of a kept result are missing or damaged: nobody who asks for them can mend that.

    digest: of the result; file: the first of its files that is wrong. Pages answer 503 (`gone.py`).
    """

    def __init__(self, digest: str, file: str) -> None:
        super().__init__(Message(GONE, {"result": digest[:12], "file": file}))
        self.digest, self.file = digest, file


class KeptResults(Results):
    """A result of this installation; what is wrong with its files is `ResultGone`."""

    def table(self, name: str, where: pl.Expr) -> pl.DataFrame:
        """As `Results.table`; ResultGone."""
        with _told(self.folder):
            return super().table(name, where)

    def inputs(self) -> Inputs:
        """As `Results.inputs`; ResultGone."""
        with _told(self.folder):
            return super().inputs()


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


def results(run: Run) -> KeptResults:
    """The opened result of a run; ResultGone where its files are not as they were written."""
    return opened(results_folder(run))


def opened(folder: Path) -> KeptResults:
    """The result of a folder, each of its files as it was written; ResultGone."""
    with _told(folder):
        found = open_results(folder)
        names = [MANIFEST, *found.expected()]
        _refuse_changed(folder, tuple(_seen(folder / name) for name in names))
    return KeptResults(found.folder, found.manifest)


@lru_cache(maxsize=64)
def _refuse_changed(folder: Path, seen: tuple[tuple[int, int], ...]) -> None:
    """Compare every file with its hash, again only where one was written to since."""
    refuse_changed(open_results(folder))


def _seen(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (stat.st_size, stat.st_mtime_ns)


def whole_table(run: Run, name: str) -> pl.DataFrame:
    """A table of a result, every column as text; ResultGone."""
    return results(run).table(name, pl.lit(value=True))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except (InputError, OSError) as error:
        digest = folder.relative_to(folders()).parts[0]
        problems = error.problems if isinstance(error, InputError) else ()
        file = problems[0].file if problems else MANIFEST
        raise ResultGone(digest, file) from error


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
