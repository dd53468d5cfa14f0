"""The clauses of one official text, each with its state: what is done with it and why.

A register is a TOML file `clauses/TEXT.toml`: one table a clause, with `state`
(`implemented`, `planned`, `descriptive`, `out_of_scope`), `about` (our own words) and, where out
of scope, `reason`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from portaria.core.errors import ConfigurationError

STATES = ("implemented", "planned", "descriptive", "out_of_scope")


@dataclass(frozen=True)
class Clause:
    """The smallest unit of a text: `37/5` is article 37, number 5."""

    text: str
    number: str
    state: str
    about: str
    reason: str = ""

    @property
    def name(self) -> str:
        """The clause as results cite it: `211-A 37/5`."""
        return f"{self.text} {self.number}"


@dataclass(frozen=True)
class Text:
    """One official text and all its clauses, in the order of the text."""

    name: str
    title: str
    published: date
    source: str
    clauses: Mapping[str, Clause]

    def clause(self, number: str) -> Clause:
        """The clause `number`; ConfigurationError where the text has none."""
        try:
            return self.clauses[number]
        except KeyError:
            raise ConfigurationError(f"{self.name} has no clause {number!r}") from None


def load_text(file: Traversable) -> Text:
    """Read a clause register; ConfigurationError where a clause has no valid state."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    name = data["text"]
    clauses = {number: _clause(name, number, row) for number, row in data["clauses"].items()}
    return Text(name, data["title"], data["published"], data["source"], clauses)


def load_texts(package: str) -> dict[str, Text]:
    """The clause registers of a package, `clauses/NAME.toml`, by name: the earliest first."""
    folder = files(package) / "clauses"
    loaded = [load_text(file) for file in folder.iterdir() if file.name.endswith(".toml")]
    return {
        text.name: text for text in sorted(loaded, key=lambda text: (text.published, text.name))
    }


def _clause(text: str, number: str, row: Mapping[str, str]) -> Clause:
    clause = Clause(text=text, number=number, **row)
    if clause.state not in STATES:
        raise ConfigurationError(f"{clause.name}: state {clause.state!r} is not one of {STATES}")
    if clause.state == "out_of_scope" and not clause.reason:
        raise ConfigurationError(f"{clause.name} is out of scope without a reason")
    return clause
