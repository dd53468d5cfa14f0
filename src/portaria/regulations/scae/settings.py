"""`scae.toml`: the codes that the text does not give, the required fields, the readings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from portaria.core.clause import Text, load_texts
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule import rules_of
from portaria.regulations.scae.schemas import LEVELS
from portaria.regulations.scae.setting_values import Values

SETTINGS = "scae.toml"
EDITION = "sge-scae-2019"
HIDDEN = ("pre_enrolled", "online_pre_enrolled", "pre_registered", "denied", "dependency")
CANCELLED = "cancelled"
SYMBOLS = dict(
    zip((*HIDDEN, CANCELLED), ("PRE", "PREO", "PREI", "NEG", "DEP", "CANC"), strict=True)
)
"""Codes of the text's situations that it never gives: symbols that no real system has."""

FILTERS = ("unit", "period", "level", "course", "modality", "series", "class")
RULES_VERSION = "1"
KEYS = {
    "codes", "required", "readings", "situation_names", "state", "mapping_version",
    "evaded_early_days", "dependency_field",
}  # fmt: skip
"""What a settings file may say, beside the codes themselves."""

BAD_SETTINGS = declare("scae-bad-settings", "scae.toml is not as it should be: {detail}")
UNKNOWN_KEY = declare(
    "scae-unknown-key", "scae.toml says {key}, which means nothing here: is it a slip of the pen?"
)
CODE_TWICE = declare(
    "scae-code-twice", "scae.toml gives the code {code} to {first} and to {second}: keep one"
)
CODE_TAKEN = declare(
    "scae-code-taken",
    "scae.toml gives {name} the code {code}, which the situation table of the text has already",
)
NO_SETTINGS_FILE = declare("scae-no-settings-file", "there is no file {file}: name another")


@dataclass(frozen=True)
class Settings:
    """What scae.toml says, with the edition and the readings in force."""

    edition: Edition
    readings: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]]
    symbolic: bool = False
    """Whether the codes are the symbols above because nobody gave any."""
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    situation_names: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    evaded_early_days: int = 30
    dependency_field: str = "dependency"
    mapping_version: str = "1"

    @property
    def hidden(self) -> tuple[str, ...]:
        """R07: the situations that are never sent, without Cancelado."""
        return tuple(code for name in HIDDEN for code in self.codes[name])

    @property
    def cancelled(self) -> tuple[str, ...]:
        """R08: the codes of Cancelado."""
        return self.codes[CANCELLED]

    def table(self, name: str) -> dict[str, int]:
        """A situation table of the edition: SGE code to SCAE code."""
        return dict(self.edition.value(f"situations_{name}"))


@cache
def texts() -> dict[str, Text]:
    """The clause register of this regulation."""
    return load_texts(__package__)


@cache
def edition() -> Edition:
    """The extractor after its update of February 2019, the only edition there is."""
    from portaria.regulations.scae import rules  # the rule ids register as it is imported

    source = files(__package__) / "editions" / f"{EDITION}.toml"
    return load_edition(source, texts(), rules_of(rules.PACKAGE))


def read_settings(path: Path | None) -> tuple[Settings, list[Problem]]:
    """A settings file and every problem of it; the defaults where there is no file."""
    if path is None:
        return parse_settings({})
    try:
        return parse_settings(tomllib.loads(path.read_text(encoding="utf-8-sig")), path.name)
    except FileNotFoundError:
        raise UsageError(Message(NO_SETTINGS_FILE, {"file": str(path)})) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = Message(BAD_SETTINGS, {"detail": str(error)})
        return parse_settings({})[0], [Problem(path.name, message)]


def parse_settings(data: Mapping[str, Any], file: str = SETTINGS) -> tuple[Settings, list[Problem]]:
    """What a settings file says, and every problem of it."""
    values = Values(data, file)
    flat = {name: value for name, value in data.items() if name in SYMBOLS}
    for key in sorted(set(data) - KEYS - set(flat)):
        values.add(Message(UNKNOWN_KEY, {"key": key}), key, severity="warning")
    given = {**flat, **values.table("codes")}
    for key in sorted(set(given) - set(SYMBOLS)):
        values.add(Message(UNKNOWN_KEY, {"key": f"codes.{key}"}), f"codes.{key}")
    codes = {
        name: values.codes(f"codes.{name}", given.get(name, symbol))
        for name, symbol in SYMBOLS.items()
    }
    _clashes(codes, values)
    settings = Settings(
        edition=edition(),
        readings=_readings(values),
        codes=codes,
        symbolic=not given,
        required=_required(values),
        situation_names=values.texts("situation_names"),
        state=values.text("state", ""),
        evaded_early_days=values.number("evaded_early_days", 30),
        dependency_field=values.name("dependency_field", "dependency"),
        mapping_version=values.text("mapping_version", "1"),
    )
    return settings, values.problems


def _readings(values: Values) -> dict[str, str]:
    """The readings in force; each unknown name or choice is a problem."""
    known = {}
    for name, choice in values.texts("readings").items():
        try:
            edition().choose({name: choice})
        except UsageError as error:
            message = error.message
            assert isinstance(message, Message), "usage errors of editions are declared messages"
            values.add(message, f"readings.{name}", choice)
        else:
            known[name] = choice
    return edition().choose(known)


def _required(values: Values) -> dict[str, tuple[str, ...]]:
    found = {}
    for level, names in values.table("required").items():
        if level in LEVELS:
            found[level] = values.names(f"required.{level}", names)
        else:
            values.add(Message(UNKNOWN_KEY, {"key": f"required.{level}"}), f"required.{level}")
    return found


def _clashes(codes: Mapping[str, tuple[str, ...]], values: Values) -> None:
    """A code means one thing: neither another of these nor a situation of the text."""
    owners: dict[str, str] = {}
    taken = {
        code for table in ("basic", "continuing") for code in edition().value(f"situations_{table}")
    }
    for name, several in codes.items():
        for code in several:
            if code in owners:
                params = {"code": code, "first": owners[code], "second": name}
                values.add(Message(CODE_TWICE, params), f"codes.{name}", code)
            if code in taken:
                params = {"code": code, "name": name}
                values.add(Message(CODE_TAKEN, params), f"codes.{name}", code)
            owners[code] = name
