"""An edition with the readings in force: what every rule asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portaria.core.edition import Edition


@dataclass(frozen=True)
class RuleSet:
    """`readings`: every reading by name, with the choice in force."""

    edition: Edition
    readings: Mapping[str, str]

    def takes(self, reading: str, choice: str) -> bool:
        """Whether a reading is this choice; AssertionError for one that the edition has not."""
        assert choice in self.edition.readings[reading].choices, (reading, choice)
        return self.readings[reading] == choice

    def share(self, name: str) -> Fraction:
        """A share or an amount of the edition, exact."""
        return Fraction(self.edition.value(name))

    def number(self, name: str) -> int:
        """A whole number of the edition: days, hours, months, people."""
        value = self.edition.value(name)
        assert isinstance(value, int)
        return value

    def day(self, name: str, year: int) -> date:
        """A day of the edition, which it writes as month and day, in that year."""
        month, day = self.edition.value(name)
        return date(year, month, day)

    def clause(self, rule_id: str) -> str:
        """The clause a rule stands on here."""
        return self.edition.clause(rule_id)

    @property
    def changed(self) -> dict[str, str]:
        """The readings that are not the edition's own, by name."""
        own = self.edition.readings
        return {name: c for name, c in self.readings.items() if c != own[name].default}
