"""A correction of one candidate's rows, as a folder of the tables that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.core.rule import rule
from portaria.regulations.access import check
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.candidate import only
from portaria.regulations.access.procedures.merits import PEOPLE
from portaria.regulations.access.schemas import TABLES
from portaria.tables.canonical import canonical_rows
from portaria.tables.folder import KINDS, Folder, TableSpec, read_folder
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

PATCH_WRONG = declare("patch-wrong", "The correction cannot be used: correct the errors above.")
NOT_CORRECTABLE = declare(
    "patch-table-not-hers",
    "a correction of one candidate has only the tables {known}: take {table} out",
)
EMPTY_PATCH = declare(
    "patch-empty", "the folder has none of the tables {known}: there is nothing to correct"
)
SOMEBODY_ELSE = declare(
    "patch-somebody-else", "the correction is of candidate {candidate} alone: take {value} out"
)
NO_ROW = declare("patch-without-her", "the corrected table has no row of candidate {candidate}")

KNOWN = ", ".join(PEOPLE)


@dataclass(frozen=True)
class Patch:
    """The corrected tables of one candidate, their rows as in the files."""

    candidate: str
    tables: Folder


def read_patch(folder: Path, candidate: str) -> Patch:
    """A patch folder; InputError with every problem: unknown tables, cells, other people's rows."""
    tables = read_folder(folder, {name: TableSpec(TABLES[name].schema, False) for name in PEOPLE})
    problems = [*tables.problems, *_strange_files(folder)]
    if not tables.files and not problems:
        problems.append(Problem(str(folder.name), Message(EMPTY_PATCH, {"known": KNOWN})))
    for name in tables.files:
        problems += _other_people(tables, name, candidate)
    if "candidates" in tables.files and tables.frames["candidates"].is_empty():
        message = Message(NO_ROW, {"candidate": candidate})
        problems.append(Problem(tables.file("candidates"), message))
    if errors(problems):
        raise InputError(Message(PATCH_WRONG), problems)
    return Patch(candidate, tables)


def _strange_files(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.suffix.removeprefix(".") in KINDS and path.stem not in PEOPLE:
            yield Problem(path.name, Message(NOT_CORRECTABLE, {"known": KNOWN, "table": path.stem}))


def _other_people(tables: Folder, name: str, candidate: str) -> Iterator[Problem]:
    strangers = tables.frames[name].filter(pl.col("candidate") != candidate)
    for row, value in strangers.select(SOURCE_ROW, "candidate").iter_rows():
        message = Message(SOMEBODY_ELSE, {"candidate": candidate, "value": cut(value)})
        yield Problem(tables.file(name), message, "", row, "candidate", cut(value))


@rule("late-correction")
def corrected(contest: Contest, patch: Patch) -> Contest:
    """The contest with her rows in place of the old ones, in each table that the patch has.

    Her options may be other ones, and somebody may be new, as a grade changed too late allows
    (40/10, 40/11). InputError where they break what must hold across the tables.
    """
    tables = dict(contest.tables)
    for name in patch.tables.files:
        old = tables[name]
        hers = patch.tables.frames[name].select(
            pl.col(column).cast(dtype) for column, dtype in old.schema.items()
        )
        others = old.filter(pl.col("candidate") != patch.candidate)
        tables[name] = canonical_rows(pl.concat([others, hers]))
    new = replace(contest, tables=tables)
    _check(only(new, patch.candidate), patch)
    return new


def _check(hers: Contest, patch: Patch) -> None:
    """The checks of a contest, on her rows alone: nobody else's have changed."""
    frames = {
        name: patch.tables.frames[name]
        if name in patch.tables.files
        else frame.with_columns(pl.lit(None, pl.UInt32).alias(SOURCE_ROW))
        for name, frame in hers.tables.items()
    }
    folder = Folder(frames, dict(patch.tables.files), [], frozenset(frames))
    problems = check.check(hers.edition, hers.phase, folder)
    if hers.tables["candidates"].is_empty():
        message = Message(NO_ROW, {"candidate": patch.candidate})
        problems.append(Problem(folder.file("candidates"), message))
    if errors(problems):
        raise InputError(Message(PATCH_WRONG), problems)


def rows(patch: Patch) -> Mapping[str, int]:
    """Table to the number of corrected rows."""
    return {name: patch.tables.frames[name].height for name in sorted(patch.tables.files)}
