"""Short ways to read a document and to look at what was said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portaria.core.problem import errors
from portaria.regulations.credit.transcripts import Transcript, parse_transcript

FILES = Path(__file__).parent / "files"


class Read:
    """What came of reading one document."""

    def __init__(self, content: bytes) -> None:
        self.transcript, self.problems = parse_transcript(content, "t")
        self.codes = [problem.code for problem in self.problems]
        self.errors = [problem.code for problem in errors(self.problems)]

    @property
    def whole(self) -> Transcript:
        """The transcript, which must be there."""
        assert self.transcript is not None, [str(p.message) for p in self.problems]
        return self.transcript

    @property
    def table(self) -> list[tuple[str, str, str | None]]:
        """Identifier, credits and grade of each unit."""
        return [(unit.id, str(unit.credits), unit.grade) for unit in self.whole.units]

    def said(self, code: str) -> str:
        """The sentence of the one problem with that code."""
        (found,) = [problem for problem in self.problems if problem.code == code]
        return str(found.message)


@pytest.fixture
def read() -> type[Read]:
    return Read
