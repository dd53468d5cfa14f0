"""The files of a kept result, moved away or changed for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portaria.web.access import explained, kept_results, placed_lists
from portaria.web.access.api import public
from portaria.web.access.models import Run


def forget() -> None:
    """As in a process that has read nothing yet."""
    explained._opened.found.clear()
    placed_lists._list.cache_clear()
    public._seats.cache_clear()


@contextmanager
def moved_away(run: Run | None) -> Iterator[None]:
    """The folder of the result is not where it was."""
    assert run is not None
    folder = kept_results.results_folder(run)
    aside = folder.with_name(".aside")
    folder.rename(aside)
    forget()
    try:
        yield
    finally:
        aside.rename(folder)
        forget()


@contextmanager
def damaged(run: Run | None, name: str) -> Iterator[None]:
    """A file of the result with half its contents."""
    assert run is not None
    path = kept_results.results_folder(run) / name
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content[: len(content) // 2])
    forget()
    try:
        yield
    finally:
        path.write_bytes(content)
        path.chmod(0o400)
        forget()
