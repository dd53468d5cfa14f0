"""An edition: the dated parameters of one year, and which clause each rule stands for.

A new year of a contest is a new file `editions/NAME.toml`. Every parameter carries its clause and
the dates between which it holds; a date outside them is refused, never extended.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from portaria.core.clause import Clause, Text
from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import LANGUAGES, Message, declare

UNKNOWN_READING = declare("unknown-reading", "the reading {name} is unknown; known: {known}")
UNKNOWN_CHOICE = declare(
    "unknown-choice", "the reading {name} has no choice {choice}; known: {known}"
)
OUT_OF_DATE = declare(
    "parameter-out-of-date",
    "{edition}: {name} is known from {first} to {last}, not on {date}; it is not guessed",
)


@dataclass(frozen=True)
class Parameter:
    """A value fixed by a clause, between two dates, as checked on a day against a source."""

    name: str
    value: Any
    clause: str
    valid_from: date
    valid_until: date
    checked_on: date
    source: str


@dataclass(frozen=True)
class Reading:
    """What a clause leaves open: the chosen answer, the others, where the choice is recorded."""

    name: str
    default: str
    alternatives: tuple[str, ...]
    record: str
    about: str
    clause: str

    @property
    def choices(self) -> tuple[str, ...]:
        """Every answer, the default first."""
        return (self.default, *self.alternatives)


@dataclass(frozen=True)
class Correction:
    """A wrong reference or a rectification of a text, as data."""

    where: str
    says: str
    means: str
    source: str


@dataclass(frozen=True)
class Edition:
    """A regulation as it holds in one year.

    variants: clauses that say a rule again for a part of the procedure (a later phase), by name.
    without: rules and parameters that the code knows and the text does not have. They stand in the
    edition by name, so that one forgotten is an error and not a rule less.
    """

    name: str
    title: str
    language: str
    texts: Mapping[str, Text]
    parameters: Mapping[str, Parameter]
    cites: Mapping[str, tuple[Clause, ...]]
    readings: Mapping[str, Reading]
    corrections: tuple[Correction, ...] = ()
    source: bytes = field(default=b"", repr=False)
    without: frozenset[str] = frozenset()
    variants: Mapping[str, Mapping[str, tuple[Clause, ...]]] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash of the edition file."""
        return hashlib.sha256(self.source).hexdigest()

    def value(self, name: str, on: date | None = None) -> Any:
        """A parameter's value; UsageError when `on` is outside the dates it holds for."""
        parameter = self.parameters[name]
        if on is not None and not parameter.valid_from <= on <= parameter.valid_until:
            params = {"edition": self.name, "name": name, "date": on}
            dates = {"first": parameter.valid_from, "last": parameter.valid_until}
            raise UsageError(Message(OUT_OF_DATE, params | dates))
        return parameter.value

    def number(self, name: str) -> Decimal:
        """A parameter written as a decimal number, exact."""
        return Decimal(str(self.value(name)))

    def has(self, name: str) -> bool:
        """Whether the text has this rule or parameter."""
        return name not in self.without

    def clause(self, rule_id: str, variant: str = "") -> str:
        """The first clause a rule stands for here, as results write it: `211-A 37/5`.

        Where the text says the same again for a `variant` of the procedure, the clause there.
        """
        return self.variants.get(variant, {}).get(rule_id, self.cites[rule_id])[0].name

    def choose(self, policy: Mapping[str, str]) -> dict[str, str]:
        """The readings in force: the defaults with those of `policy`; UsageError if unknown."""
        for name, choice in policy.items():
            if name not in self.readings:
                known = ", ".join(sorted(self.readings))
                raise UsageError(Message(UNKNOWN_READING, {"name": name, "known": known}))
            if choice not in self.readings[name].choices:
                known = ", ".join(self.readings[name].choices)
                params = {"name": name, "choice": choice, "known": known}
                raise UsageError(Message(UNKNOWN_CHOICE, params))
        return {name: policy.get(name, r.default) for name, r in sorted(self.readings.items())}


def load_edition(
    file: Traversable | Path,
    texts: Mapping[str, Text],
    rules: Collection[str],
    base: Traversable | Path | None = None,
) -> Edition:
    """Read an edition file; ConfigurationError where it cites an unknown rule or clause.

    `rules` are the rule ids that the regulation's code claims: each must be cited or stand in
    `without`, and no other is cited. What may stand there is for the regulation to say.
    base: the edition that this one changes; what `file` does not say anew holds as it does there.
    """
    sources = [each.read_bytes() for each in (base, file) if each is not None]
    try:
        return _load(sources, texts, rules)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file.name} is not TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{file.name} lacks or misuses {error}") from error


def _load(sources: Sequence[bytes], texts: Mapping[str, Text], rules: Collection[str]) -> Edition:
    data: dict[str, Any] = {}
    for source in sources:
        data = _changed(data, tomllib.loads(source.decode("utf-8")))
    name = data["name"]
    if unknown := sorted(set(data["texts"]) - set(texts)):
        raise ConfigurationError(f"edition {name} names texts without a register: {unknown}")
    if data["language"] not in LANGUAGES:
        raise ConfigurationError(f"edition {name}: language {data['language']!r} is unknown")
    used = {text: texts[text] for text in data["texts"]}
    cites = {key: _cited(used, key, row, name) for key, row in data["cites"].items()}
    if unknown := sorted(set(cites) - set(rules)):
        raise ConfigurationError(f"edition {name} cites rules that no code applies: {unknown}")
    without = _without(data, name)
    if missing := sorted(set(rules) - set(cites) - without):
        raise ConfigurationError(f"edition {name} gives no clause for the rules {missing}")
    return Edition(
        name=name,
        title=data["title"],
        language=data["language"],
        texts=used,
        parameters=_parameters(data, used, name),
        cites=cites,
        readings={
            key: _reading(key, row, used, name) for key, row in data.get("readings", {}).items()
        },
        corrections=tuple(Correction(**row) for row in data.get("corrections", [])),
        source=b"".join(sources),
        without=without,
        variants={
            variant: {key: _cited(used, key, row, name) for key, row in rules_of.items()}
            for variant, rules_of in _variants(data, set(cites), name)
        },
    )


def _changed(data: Mapping[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of an edition with those of a later one: each row anew, the others kept."""
    return {
        key: {**data.get(key, {}), **by[key]} if isinstance(by.get(key), dict) else
        by.get(key, data.get(key))
        for key in {**data, **by}
    }  # fmt: skip


def _variants(
    data: Mapping[str, Any], cited: Collection[str], edition: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The variants with their clauses; only of rules that the edition cites."""
    for variant, rows in data.get("variants", {}).items():
        if unknown := sorted(set(rows) - set(cited)):
            raise ConfigurationError(
                f"edition {edition}: the variant {variant} cites rules it has not: {unknown}"
            )
        yield variant, rows


def _without(data: Mapping[str, Any], edition: str) -> frozenset[str]:
    """What the text does not have; nothing of it may be cited or fixed all the same."""
    names = data.get("without", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigurationError(f"edition {edition}: without = {names!r} is no list of names")
    if both := sorted(set(names) & {*data["cites"], *data["parameters"]}):
        raise ConfigurationError(
            f"edition {edition} is without {both}, and gives them all the same"
        )
    return frozenset(names)


def _parameters(
    data: Mapping[str, Any], texts: Mapping[str, Text], name: str
) -> dict[str, Parameter]:
    """Parameters take the edition's dates and source unless they name their own."""
    shared = {key: data[key] for key in ("valid_from", "valid_until", "checked_on", "source")}
    parameters = {}
    for key, row in data["parameters"].items():
        try:
            parameter = Parameter(name=key, **{**shared, **row})
        except TypeError as error:
            raise ConfigurationError(f"edition {name}: parameter {key}: {error}") from error
        _find(texts, parameter.clause, name)
        if parameter.valid_from > parameter.valid_until:
            raise ConfigurationError(f"edition {name}: {key} ends before it begins")
        parameters[key] = parameter
    return parameters


def _cited(
    texts: Mapping[str, Text], rule_id: str, row: str | Sequence[str], edition: str
) -> tuple[Clause, ...]:
    """The clauses of one rule: all of them must be marked implemented in their register."""
    clauses = tuple(_find(texts, c, edition) for c in ([row] if isinstance(row, str) else row))
    if not clauses:
        raise ConfigurationError(f"edition {edition}: the rule {rule_id} cites no clause")
    for clause in clauses:
        if clause.state != "implemented":
            raise ConfigurationError(
                f"edition {edition} cites {clause.name} for a rule, but it is {clause.state}"
            )
    return clauses


def _find(texts: Mapping[str, Text], clause: str, edition: str) -> Clause:
    text, _, number = clause.partition(" ")
    if text not in texts:
        raise ConfigurationError(f"edition {edition} cites {clause!r}, a text it does not name")
    return texts[text].clause(number)


def _reading(name: str, row: Mapping[str, Any], texts: Mapping[str, Text], edition: str) -> Reading:
    clause = _find(texts, row["clause"], edition).name
    return Reading(
        name, row["default"], tuple(row["alternatives"]), row["record"], row["about"], clause
    )
