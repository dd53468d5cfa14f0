"""A contest: its edition, phase, readings in force and typed tables.

It comes from a folder of tables (`read_contest`) or from the canonical inputs that every result
keeps (`read_inputs`); the rules see only the frames.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.clause import Text, load_text
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import PortariaError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule import rules_of
from portaria.regulations.access import check
from portaria.regulations.access.schemas import TABLES
from portaria.tables.canonical import canonical_rows
from portaria.tables.folder import Folder, read_folder
from portaria.tables.schema import SOURCE_ROW, empty

SETTINGS = "contest.toml"
EDITION_COPY = "edition.toml"

NO_SETTINGS = declare(
    "missing-settings",
    'the folder has no contest.toml: write one with edition = "pt-national-2017" and phase = 1',
)
BAD_SETTINGS = declare("bad-settings", "contest.toml is not valid TOML: {detail}")
UNKNOWN_EDITION = declare(
    "unknown-edition",
    "the edition {edition} is unknown; known: {known}, or the path of a .toml file",
)
BAD_EDITION = declare("bad-edition", "the edition file contradicts itself: {detail}")
BAD_PHASE = declare("unsupported-phase", "phase {phase} cannot be run by this edition: write 1")
NO_EDITION = declare(
    "missing-edition", 'contest.toml names no edition: write edition = "pt-national-2017"'
)


@dataclass(frozen=True)
class Contest:
    """Everything the rules need. Frames have the columns of `schemas.py`, rows in key order."""

    edition: Edition
    phase: int
    readings: Mapping[str, str]
    tables: Mapping[str, pl.DataFrame]
    files: Mapping[str, Path] = field(default_factory=dict)


@cache
def texts() -> dict[str, Text]:
    """The clause registers of this regulation, by name."""
    folder = files(__package__) / "clauses"
    loaded = [load_text(file) for file in folder.iterdir() if file.name.endswith(".toml")]
    return {text.name: text for text in sorted(loaded, key=lambda text: text.name)}


def edition_names() -> list[str]:
    """The editions that come with the program."""
    folder = files(__package__) / "editions"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def find_edition(name: str, folder: Path) -> Edition:
    """An edition by name, or from a file beside the contest; UsageError where there is none."""
    from portaria.regulations.access import rules  # the rule ids register as they are imported

    if not name:
        raise UsageError(Message(NO_EDITION))
    if name in edition_names():
        source = files(__package__) / "editions" / f"{name}.toml"
        return load_edition(source, texts(), rules_of(rules.PACKAGE))
    path = folder / name
    if name.endswith(".toml") and path.is_file():
        return load_edition(path, texts(), rules_of(rules.PACKAGE))
    known = ", ".join(edition_names())
    raise UsageError(Message(UNKNOWN_EDITION, {"edition": name, "known": known}))


def read_contest(folder: Path) -> tuple[Contest | None, list[Problem]]:
    """Read and check a contest folder: the contest where nothing is wrong, and every problem."""
    settings, problems = _settings(folder)
    tables = read_folder(folder, TABLES)
    problems += tables.problems
    edition = None
    if settings is not None:
        try:
            edition = find_edition(settings.get("edition", ""), folder)
        except PortariaError as error:
            problems.append(_in_settings(error))
    readings: dict[str, str] = {}
    phase = 1
    if settings is not None and edition is not None:
        try:
            readings = edition.choose(settings.get("policy", {}))
        except UsageError as error:
            problems.append(_in_settings(error))
        phase = settings.get("phase", 1)
        if phase != 1:
            problems.append(_setting_problem(Message(BAD_PHASE, {"phase": str(phase)})))
        problems += check.check(edition, tables)
    if edition is None or any(p.severity == "error" for p in problems):
        return None, problems
    files = {SETTINGS: folder / SETTINGS, **tables.files}
    return Contest(edition, phase, readings, _canonical(tables), files), problems


def read_inputs(results: Path, settings: Mapping[str, Any]) -> Contest:
    """The contest that made `results`, from its own `inputs/`, as its manifest records it."""
    from portaria.regulations.access import rules

    inputs = results / "inputs"
    edition = load_edition(inputs / EDITION_COPY, texts(), rules_of(rules.PACKAGE))
    tables = {name: pl.read_parquet(inputs / f"{name}.parquet") for name in TABLES}
    return Contest(edition, settings["phase"], settings["readings"], tables)


def _settings(folder: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        return tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8")), []
    except FileNotFoundError:
        return None, [_setting_problem(Message(NO_SETTINGS))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [_setting_problem(Message(BAD_SETTINGS, {"detail": str(error)}))]


def _in_settings(error: PortariaError) -> Problem:
    message = error.message
    if isinstance(message, str):  # a fault of a custom edition file
        message = Message(BAD_EDITION, {"detail": message})
    return _setting_problem(message)


def _setting_problem(message: Message) -> Problem:
    return Problem(SETTINGS, message)


def _canonical(tables: Folder) -> dict[str, pl.DataFrame]:
    """Rows in key order without their place in the file, so that row order never matters."""
    frames = {}
    for name, spec in TABLES.items():
        frame = tables.frames.get(name, empty(spec.schema)).drop(SOURCE_ROW)
        frames[name] = canonical_rows(frame)
    return frames
