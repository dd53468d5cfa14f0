"""Numbers in the two XML formats: of a unit, of the results of its students, of grades by field."""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from portaria.core.messages import declare
from portaria.regulations.credit.transcripts.faults import Faults
from portaria.regulations.credit.transcripts.markup import child, children, path_of, row_of, text
from portaria.regulations.credit.transcripts.model import Category, Standing
from portaria.regulations.credit.transcripts.values import decimal_of

NO_COUNT = declare("transcript-no-count", "a whole number of students is meant here, not “{value}”")


def number_of(above: etree._Element | None, name: str, faults: Faults) -> Fraction | None:
    given = child(above, name)
    if given is None:
        return None
    return decimal_of(text(given), faults, path_of(given), row_of(given))


def distribution_of(instance: etree._Element | None, faults: Faults) -> tuple[Category, ...]:
    found = []
    for bar in children(child(instance, "resultDistribution"), "category"):
        count = bar.get("count", "").strip()
        if count.isascii() and count.isdigit() and len(count) < 10:
            found.append(Category(bar.get("label", ""), int(count)))
        else:
            faults.add(NO_COUNT, path_of(bar), row_of(bar), count)
    return tuple(found)


def standing_of(instance: etree._Element | None, faults: Faults) -> Standing | None:
    given = child(instance, "shortenedGrading")
    names = ("percentageLower", "percentageEqual", "percentageHigher")
    numbers = [number_of(given, name, faults) for name in names]
    if any(number is None for number in numbers):
        return None
    return Standing(*(number or Fraction(0) for number in numbers))


def grade_tables(above: etree._Element | None, faults: Faults) -> dict[str, tuple[Category, ...]]:
    """Percentages of each grade by ISCED code, from the wrapper of Erasmus Without Paper."""
    tables = {}
    for table in children(child(above, "gradeConversionTable"), "iscedTable"):
        bars = []
        for bar in children(table, "gradeFrequency"):
            given = bar.get("percentage", "")
            share = decimal_of(given, faults, f"{path_of(bar)}/@percentage", row_of(bar))
            bars.append(Category(bar.get("label", ""), percent=share))
        tables[table.get("iscedCode", "")] = tuple(bars)
    return tables
