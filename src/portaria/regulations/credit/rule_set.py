"""An edition with the readings in force: what every rule asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.edition import Edition

CHOICES: Mapping[str, tuple[str, ...]] = {
    "references": ("corrected", "literal"),
    "over_cap": ("by_target", "reduce", "refuse"),
    "reduced_to": ("exact", "half"),
    "unrecognised": ("flag", "void"),
    "second_cap": ("experience", "all_credit"),
    "second_cap_base": ("degree", "course"),
    "credited_source": ("refuse", "original"),
    "courses": ("all", "named"),
    "early_request": ("refused", "in_time"),
    "document_date": ("asked", "both"),
    "municipal_day": ("stops-count", "closes-only"),
    "certified_documents": ("transcript", "four"),
    "experience_documents": ("needed", "all"),
    "appeal_fee": ("returned", "kept"),
    "partial_appeal": ("human", "returned", "kept"),
    "reentry_step": ("exact", "half"),
    "credit_step": ("half_down", "exact", "half_near"),
    "contact_hours": ("flag", "human"),
    "qualitative": ("no_grade", "human"),
    "class_point": ("middle", "top", "bottom"),
    "straddle": ("better", "strict"),
    "grade_rounding": ("half_up", "floor"),
    "formula": ("computed", "human"),
    "formula_exceptions": ("human", "computed"),
    "late_clock": ("authorisation", "forwarding"),
    "mixed_clock": ("split", "longest"),
    "late_attendance": ("no", "yes"),
}
"""The readings that the rules know; an edition gives each its default."""


@dataclass(frozen=True)
class RuleSet:
    """`readings`: every reading by name, with the choice in force."""

    edition: Edition
    readings: Mapping[str, str]

    def takes(self, reading: str, choice: str) -> bool:
        """Whether a reading is this choice; AssertionError for a choice that nobody declared."""
        assert choice in CHOICES[reading], (reading, choice)
        return self.readings[reading] == choice

    def share(self, name: str) -> Fraction:
        """A share of the edition, exact."""
        return Fraction(self.edition.value(name))

    def number(self, name: str) -> int:
        """A whole number of the edition: days, hours, credits of a period, people."""
        value = self.edition.value(name)
        assert isinstance(value, int)
        return value

    def clause(self, rule_id: str) -> str:
        """The clause a rule stands on here."""
        return self.edition.clause(rule_id)
