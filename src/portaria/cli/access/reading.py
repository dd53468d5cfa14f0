"""Reading a contest for a command: its warnings told, its errors as one refusal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portaria.cli.reading import settle
from portaria.core.messages import declare

if TYPE_CHECKING:
    from portaria.regulations.access.contest import Contest

INPUT_WRONG = declare("input-wrong", "The contest cannot be placed: correct the errors above.")


def read(folder: Path, problems: Path | None, quiet: bool) -> Contest:
    """The contest, its warnings told; InputError with every problem where it has errors."""
    from portaria.regulations.access.contest import read_contest

    contest, found = read_contest(folder)
    settle(found, problems, quiet, INPUT_WRONG)
    assert contest is not None, "a contest that cannot be read has an error"
    return contest
