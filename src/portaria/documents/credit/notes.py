"""What stands beside the outcomes: warnings, wrong references of the text, readings in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from portaria.core.messages import declare
from portaria.core.numbers import exact
from portaria.documents.credit.reading_words import CHOICES, NAMES
from portaria.documents.credit.telling import Told
from portaria.documents.credit.warning_words import WARNINGS
from portaria.documents.credit.words import DEADLINES, DECIDERS, FIELDS, OUTCOMES, STATES
from portaria.regulations.credit.literal import Difference, Printed, printed

ABOUT = declare("credit-note-about", "{items}: {sentence}")
EVERY_ITEM = declare("credit-note-every", "All units")
ALL_ITEMS = declare("credit-note-all-items", "all units")
CORRECTION = declare(
    "credit-note-correction",
    "The text of {where} says “{says}” and is read as “{means}”: {source}.",
)
PRINTED = declare("credit-note-printed", "By the printed words: {changes}.")
CHANGE = declare("credit-note-change", "{what} would be {value}")
OF_ITEM = declare("credit-note-of-item", "{field} of {item}")
NONE = declare("credit-note-none", "no value")
MORE_ITEMS = declare("credit-note-more-items", "{items} and {count} more")
MORE_CHANGES = declare(
    "credit-note-more-changes", "and {count} more change", "and {count} more changes"
)
OTHER_CORRECTIONS = declare(
    "credit-note-other-corrections",
    "{count} other wrong reference of the text changes nothing here.",
    "{count} other wrong references of the text change nothing here.",
)
READING = declare("credit-note-reading", "{name}: {choice}")
OTHER_READINGS = declare(
    "credit-note-readings",
    "Where the text leaves something open, other readings than the usual were asked for: "
    "{readings}.",
)
USUAL_READINGS = declare(
    "credit-note-usual",
    "Where the text leaves something open, the usual readings of the edition were followed.",
)
ALL_READINGS = declare(
    "credit-note-all-readings", "Where the text leaves something open, it is read so: {readings}."
)
EDITION = declare("credit-note-edition", "By the {edition}.")
NOT_THE_LAW = declare(
    "credit-note-not-the-law",
    "The program prepares, people decide: it interprets the text and does not replace it.",
)
MOST_CHANGES = 6
PLACE = re.compile(r"items\[(?P<item>.*)\]\.(?P<field>\w+)|(deadlines|fees)\.(?P<part>\w+)")


def warning_lines(told: Told) -> Iterator[str]:
    """Each warning once, with the items that it is about; where the request waits for documents,
    these stand with its outcome."""
    waits = told.assessment.outcome != "complete"
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in told.assessment.warnings:
        if waits and each.code == "documents-missing":
            continue
        of_items = found.setdefault((each.code, each.clause, each.details), [])
        if each.item is not None:
            of_items.append(each.item)
    for (code, clause, details), items in found.items():
        sentence = told.say(WARNINGS[code], clause, details=told.documents(details))
        if items:
            every = 1 < len(items) == len(told.items)
            about = told.say(EVERY_ITEM) if every else ", ".join(map(told.named, items))
            sentence = told.say(ABOUT, items=about, sentence=sentence)
        yield sentence


def correction_lines(told: Told) -> Iterator[str]:
    """The wrong references whose printed words would change something here, and how many not."""
    idle = 0
    for each in printed(told.assessment):
        if each.differences:
            yield _correction(told, each)
        else:
            idle += 1
    if idle:
        yield told.say(OTHER_CORRECTIONS, count=idle)


def _correction(told: Told, each: Printed) -> str:
    row = each.correction
    words = {"says": row.says, "means": row.means, "source": row.source}
    sentence = told.say(CORRECTION, where=told.cite(row.where), **words)
    changed = list(_changes(told, each.differences))
    changes = changed[:MOST_CHANGES]
    if (more := len(changed) - MOST_CHANGES) > 0:
        changes.append(told.say(MORE_CHANGES, count=more))
    return f"{sentence} {told.say(PRINTED, changes='; '.join(changes))}"


def _changes(told: Told, differences: Sequence[Difference]) -> Iterator[str]:
    """What would be otherwise; items with the same change together."""
    of_items: dict[tuple[str, str | None], list[str]] = {}
    for each in differences:
        found, value = PLACE.fullmatch(each.where), each.value
        if found is None:
            name = told.say(FIELDS["outcome"])
            yield told.say(CHANGE, what=name, value=told.say(STATES[value or ""]))
        elif found["item"] is None:
            name = told.say((DEADLINES | FIELDS)[found["part"]])
            yield told.say(CHANGE, what=name, value=_value(told, found["part"], value))
        else:
            of_items.setdefault((found["field"], value), []).append(found["item"])
    for (field, value), items in of_items.items():
        what = told.say(OF_ITEM, field=told.say(FIELDS[field]), item=_some(told, items))
        yield told.say(CHANGE, what=what, value=_value(told, field, value))


def _some(told: Told, items: Sequence[str]) -> str:
    """The first items by name, and how many more there are."""
    if 1 < len(items) == len(told.items):
        return told.say(ALL_ITEMS)
    named = ", ".join(map(told.named, items[:MOST_CHANGES]))
    more = len(items) - MOST_CHANGES
    return told.say(MORE_ITEMS, items=named, count=more) if more > 0 else named


def _value(told: Told, field: str, value: str | None) -> object:
    if value is None:
        return told.say(NONE)
    if field in DEADLINES:
        return date.fromisoformat(value)
    words = OUTCOMES if field == "outcome" else DECIDERS if field == "decided_by" else {}
    if value in words:
        return told.say(words[value])
    number = exact(value)
    return value if number is None else number


def reading(told: Told, name: str) -> str:
    """A reading and the choice in force, in words."""
    choice = told.say(CHOICES[name, told.rules.readings[name]])
    return told.say(READING, name=told.say(NAMES[name]), choice=choice)


def readings_line(told: Told) -> str:
    """The readings in force that are not the edition's own."""
    edition = told.rules.edition
    other = [
        n for n, choice in told.rules.readings.items() if choice != edition.readings[n].default
    ]
    if not other:
        return told.say(USUAL_READINGS)
    return told.say(OTHER_READINGS, readings="; ".join(reading(told, name) for name in other))


def all_readings_line(told: Told) -> str:
    """Every reading in force, in the order of what they are about."""
    readings = "; ".join(reading(told, name) for name in NAMES if name in told.rules.readings)
    return told.say(ALL_READINGS, readings=readings)


def edition_line(told: Told) -> str:
    """The rule set by its title."""
    return told.say(EDITION, edition=told.rules.edition.title)


def closing_line(told: Told) -> str:
    """What the program is not."""
    return told.say(NOT_THE_LAW)
