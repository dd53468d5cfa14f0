"""`papers.toml`: what the papers say beside the tables: who recruits, for what, where to write."""

from __future__ import annotations

from pathlib import Path

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.records import PAPERS, Record, Words, read_record, table_of

TEXTS = declare("recruitment-papers-texts", "a list of texts, in square brackets")


class Institution(Record):
    """Who recruits; `office` and `signatory` sign. What is not given is a line to fill."""

    name: Words | None = None
    place: Words | None = None
    office: Words | None = None
    signatory: Words | None = None


class Post(Record):
    """What a notice of opening says beside its dates. `answers_to`: where answers are written."""

    title: Words | None = None
    requirements: tuple[Words, ...] = ()
    documents: tuple[Words, ...] = ()
    apply_to: Words | None = None
    answers_to: Words | None = None


class Papers(Record):
    """papers.toml."""

    institution: Institution = Institution()
    post: Post = Post()


def read_papers(folder: Path) -> tuple[Papers, list[Problem]]:
    """The papers.toml of a folder with every problem of it; without one all is to fill."""
    problems: list[Problem] = []
    if not (folder / PAPERS).exists():
        return Papers(), problems
    record = read_record(folder / PAPERS, Papers, PAPERS, problems, _meant())
    return record or Papers(), problems


def _meant() -> dict[str, Message]:
    """What a place wants, where the general words do not tell it."""
    texts = Message(TEXTS)
    return {
        "institution": table_of(Institution),
        "post": table_of(Post),
        "post.requirements": texts,
        "post.documents": texts,
    }
