"""The edition of a contest: one that comes with the program, or the contest's own file."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from portaria.core.edition import Edition
from portaria.regulations.access.settings import find_edition, own_edition
from portaria.web.access.models import Contest


def edition_of(contest: Contest) -> Edition:
    """The edition under which the contest runs."""
    return _edition(contest.edition, contest.edition_source)


@lru_cache(maxsize=16)
def _edition(name: str, source: str) -> Edition:
    if not source:
        return find_edition(name, Path())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.toml"
        path.write_text(source, encoding="utf-8")
        return own_edition(path)
