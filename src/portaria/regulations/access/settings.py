"""`contest.toml`: which edition, which phase, which readings; and where editions are found."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from portaria.core.clause import Text, load_texts
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule import rules_of
from portaria.core.unopened import why
from portaria.regulations.access.parameters import check_edition
from portaria.tables.folder import UNREADABLE

SETTINGS = "contest.toml"
MOST_PHASES = 99
CANDIDATE_OPTIMAL = "candidate-optimal"

NO_SETTINGS = declare(
    "missing-settings",
    'the folder has no contest.toml: write one with edition = "pt-national-2017" and phase = 1',
)
BAD_SETTINGS = declare("bad-settings", "contest.toml is not as it should be: {detail}")
UNKNOWN_KEY = declare(
    "unknown-key", "contest.toml says {key}, which means nothing here: is it a slip of the pen?"
)
NO_EDITION = declare(
    "missing-edition", 'contest.toml names no edition: write edition = "pt-national-2017"'
)
UNKNOWN_EDITION = declare(
    "unknown-edition",
    "the edition {edition} is unknown; known: {known}, or the path of a .toml file",
)
BAD_EDITION = declare("bad-edition", "the edition file {file} cannot be used: {detail}")
BAD_PHASE = declare(
    "unsupported-phase", "phase {phase} cannot be run by this edition: write one of {known}"
)
FIRST_PHASE_ONLY = declare(
    "reading-first-phase-only",
    "{name} = {choice} is a reading of the first phase only: leave it out of phase {phase}",
)


@dataclass(frozen=True)
class Settings:
    """What contest.toml says, with the edition found and the readings in force."""

    edition: Edition
    phase: int
    readings: Mapping[str, str]


@cache
def texts() -> dict[str, Text]:
    """The clause registers of this regulation, by name."""
    return load_texts(__package__)


def edition_names() -> list[str]:
    """The editions that come with the program."""
    folder = files(__package__) / "editions"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def find_edition(name: str, folder: Path) -> Edition:
    """An edition by name, or from a file beside the contest; UsageError where there is none."""
    if not name:
        raise UsageError(Message(NO_EDITION))
    if name in edition_names():
        source = files(__package__) / "editions" / f"{name}.toml"
        return check_edition(load_edition(source, texts(), _rules()))
    path = folder / name
    if not name.endswith(".toml") or not path.is_file():
        known = ", ".join(edition_names())
        raise UsageError(Message(UNKNOWN_EDITION, {"edition": name, "known": known}))
    try:
        return own_edition(path)
    except ConfigurationError as error:
        detail = {"file": name, "detail": str(error)}
        raise UsageError(Message(BAD_EDITION, detail)) from error


def own_edition(path: Path) -> Edition:
    """An edition from a file of the user's; ConfigurationError where it is none."""
    return check_edition(load_edition(path, texts(), _rules()))


def recorded_edition(path: Path) -> Edition:
    """The edition that a result recorded; ConfigurationError where it is none.

    Where it was written before the program knew some rule, what it does not say of it is taken
    from the edition of the same name that comes with the program.
    """
    try:
        return own_edition(path)
    except ConfigurationError:
        source = path.read_bytes()
        name = _name_of(source)
        if name not in edition_names():
            raise
        base = files(__package__) / "editions" / f"{name}.toml"
        edition = load_edition(path, texts(), _rules(), base)
        return check_edition(replace(edition, source=source))


def _name_of(source: bytes) -> object:
    try:
        return tomllib.loads(source.decode("utf-8")).get("name")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _rules() -> frozenset[str]:
    from portaria.regulations.access import rules  # the rule ids register as it is imported

    return rules_of(rules.PACKAGE) - rules_of(f"{rules.PACKAGE}.seat_limits")


def read_settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    """contest.toml and what is wrong with it.

    Where only the phase or a reading is wrong, the settings come all the same (with the defaults),
    so that the tables can be checked by their edition.
    """
    data, problems = _toml(folder / SETTINGS)
    if data is None:
        return None, problems
    problems += [
        Problem(SETTINGS, Message(UNKNOWN_KEY, {"key": key}), severity="warning")
        for key in sorted(set(data) - {"edition", "phase", "policy"})
    ]
    name, phase, policy = data.get("edition", ""), data.get("phase", 1), data.get("policy", {})
    if not isinstance(policy, dict) or not all(isinstance(v, str) for v in policy.values()):
        problems.append(_bad(f"policy = {policy!r}"))
    if any(problem.code == BAD_SETTINGS for problem in problems):
        return None, problems
    try:
        edition = find_edition(str(name), folder)
    except UsageError as error:
        return None, [*problems, _told(error)]
    settings, found = settle(edition, phase, policy)
    return settings, problems + found


def settle(
    edition: Edition, phase: object, policy: Mapping[str, str]
) -> tuple[Settings, list[Problem]]:
    """The settings of a contest and what is wrong with its phase and its readings.

    Where something is, the settings come all the same, with the defaults.
    """
    problems = []
    if type(phase) is not int or phase not in edition_phases(edition):
        known = ", ".join(map(str, edition_phases(edition)))
        params = {"phase": str(phase), "known": known}
        problems.append(Problem(SETTINGS, Message(BAD_PHASE, params)))
        phase = 1
    try:
        readings = edition.choose(policy)
    except UsageError as error:
        problems.append(_told(error))
        readings = edition.choose({})
    problems += _of_first_phase(phase, readings)
    return Settings(edition, phase, readings), problems


def edition_phases(edition: Edition) -> range:
    """The phases an edition has: its parameter `phases`; as many as wanted where it has none."""
    return range(1, 1 + (edition.value("phases") if edition.has("phases") else MOST_PHASES))


def _of_first_phase(phase: int, readings: Mapping[str, str]) -> list[Problem]:
    """The audit readings of the placement know the quotas of phase 1."""
    choice = readings["placement"]
    if phase == 1 or choice == CANDIDATE_OPTIMAL:
        return []
    params = {"name": "placement", "choice": choice, "phase": phase}
    return [Problem(SETTINGS, Message(FIRST_PHASE_ONLY, params))]


def _toml(path: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), []
    except FileNotFoundError:
        return None, [Problem(SETTINGS, Message(NO_SETTINGS))]
    except OSError as error:
        detail = {"detail": why(error)}
        return None, [Problem(SETTINGS, Message(UNREADABLE, detail))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [_bad(str(error))]


def _told(error: UsageError) -> Problem:
    message = error.message
    assert isinstance(message, Message), "usage errors of editions are declared messages"
    return Problem(SETTINGS, message)


def _bad(detail: str) -> Problem:
    return Problem(SETTINGS, Message(BAD_SETTINGS, {"detail": detail}))
