"""A regulation with one edition: its clause registers, its edition, its rules under readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.resources import files

from portaria.core.clause import Text, load_texts
from portaria.core.edition import Edition, load_edition
from portaria.core.rule import rules_of
from portaria.core.rule_set import RuleSet


@dataclass(frozen=True)
class Regulation:
    """`package`: where `clauses/` and `editions/` are; `name`: of the edition; `modules`: names of
    those in the package that apply a rule, imported with the edition to register it."""

    package: str
    name: str
    modules: tuple[str, ...]

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The clause registers, by name."""
        return load_texts(self.package)

    @cached_property
    def edition(self) -> Edition:
        """The edition that comes with the program; ConfigurationError where it is unsound."""
        for module in self.modules:
            import_module(f"{self.package}.{module}")
        file = files(self.package) / "editions" / f"{self.name}.toml"
        return load_edition(file, self.texts, rules_of(self.package))

    def rule_set(self, policy: Mapping[str, str] | None = None) -> RuleSet:
        """The rules under some readings; UsageError for one that is unknown."""
        return RuleSet(self.edition, self.edition.choose(policy or {}))
