"""The maxima of every academic year that is known."""

from __future__ import annotations

from dataclasses import dataclass

from portaria.core.rule_set import RuleSet
from portaria.regulations.social.ias import Ias, ias_of
from portaria.regulations.social.model import Maximum, Span
from portaria.regulations.social.prices import bed, meal
from portaria.regulations.social.years import academic_year, spans


@dataclass(frozen=True)
class Year:
    """The prices that hold between two days. A year has two rows where September 2017 is read as
    priced by an earlier IAS."""

    academic_year: str
    span: Span
    ias: Ias
    meal: Maximum
    bed: Maximum


def series(rules: RuleSet) -> list[Year]:
    """From the first day of the law to the last whose IAS is known, without a gap."""
    found = []
    for span in spans(rules):
        ias = ias_of(span.ias_year)
        found.append(Year(academic_year(span), span, ias, meal(ias, rules), bed(ias, rules)))
    return found
