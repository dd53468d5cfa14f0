"""`cef unit-grade` and `cef version`: a unit from its instruments, and the text in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.answers import exact_of, tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet, Readings, policy
from portaria.cli.cef.answers import Cutoffs, cutoffs_of
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare

if TYPE_CHECKING:
    from portaria.core.rule_set import RuleSet
    from portaria.regulations.cef.instruments import Instrument
    from portaria.regulations.cef.validity import Silence, Version

NO_INSTRUMENT = declare(
    "cef-unit-instrument", "{given} is no instrument; write NAME=WEIGHT:SCORE, as test=60:30"
)
NO_SCORE = declare("cef-unit-again", "{given} is no score; write NAME=SCORE, as test=55")
UNIT = declare("cef-unit-percent", "The unit has {percent} %.")
OWED = declare(
    "cef-unit-owed", "Below level {least}: the teacher gives one second chance ({clause})."
)
NOT_OWED = declare(
    "cef-unit-not-owed", "To note: from level {least} on no second chance is owed ({clause})."
)
AGAIN = declare(
    "cef-unit-after",
    "With {name} done again, counting {counted}: {percent} % ({clause}).",
)
IN_FORCE = declare(
    "cef-version-in-force",
    "In force on {on}: the version that the pedagogical council approved on {approved} ({clause}).",
)
NONE_YET = declare("cef-version-none", "On {on} no version had been approved yet ({clause}).")
AT_HAND = declare("cef-version-at-hand", "It is the version whose rules this program has.")
NOT_AT_HAND = declare(
    "cef-version-other", "This program does not have its rules, but those of {ours}."
)
COUNCIL = declare(
    "cef-version-council",
    "It also needs the general council, whose day the text does not give ({clause}).",
)
SILENT = declare(
    "cef-version-silent",
    "What the text does not say is for the schools' internal regulation, then for the law "
    "({clause}).",
)

DoneAgain = Annotated[
    str | None,
    typer.Option(metavar=_("NAME=SCORE"), help=_("Instrument done again, with its new score.")),
]


def unit_grade(
    instruments: Annotated[
        list[str],
        typer.Argument(
            metavar=_("NAME=WEIGHT:SCORE..."),
            help=_("Instruments with weight and score in percent, as test=60:30."),
        ),
    ],
    again: DoneAgain = None,
    cutoffs: Cutoffs = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The exact percent, its level, and both with one instrument done again."""
    from portaria.regulations.cef import instruments as rule
    from portaria.regulations.cef import levels
    from portaria.regulations.cef.regulation import CEF

    rules, cuts = CEF.rule_set(policy(reading)), cutoffs_of(cutoffs)
    given = [_instrument(each) for each in instruments]
    percent = rule.weighted(given)
    level = levels.level(percent, cuts, rules)
    row: dict[str, Any] = {
        "percent": percent,
        "level": level.level,
        "clause": level.clause,
        "cutoffs": cuts,
        "second_chance_owed": level.level < levels.LEAST_PASS,
        "second_chance": None,
    }
    if again is not None:
        row["second_chance"] = _done_again(again, given, cuts, rules)
    tell(row, _unit_told(row, rules, language()), as_json, quiet)


def version(
    on: Annotated[
        datetime,
        typer.Option("--on", formats=DATES, metavar=_("DATE"), help=_("Day of the answer.")),
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The version, whether this program has it, and what answers where it is silent."""
    from portaria.regulations.cef import validity
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set({})
    found, silence = validity.version(on.date(), rules), validity.silence(rules)
    row = {
        "on": str(on.date()),
        "version": None if found.approved_on is None else str(found.approved_on),
        "general_council": found.general_council,
        "at_hand": found.at_hand,
        "clause": found.clause,
        "silence": {"order": silence.order, "clause": silence.clause},
    }
    tell(row, _version_told(on, found, silence, rules), as_json, quiet)


def _instrument(given: str) -> Instrument:
    """`test=60:30`; UsageError where it is written otherwise."""
    from portaria.regulations.cef.instruments import Instrument

    wrong = Message(NO_INSTRUMENT, {"given": given})
    name, _equals, numbers = given.rpartition("=")
    weight, _colon, score = numbers.partition(":")
    if not name.strip():
        weight = ""
    return Instrument(name.strip(), exact_of(weight, wrong), exact_of(score, wrong))


def _done_again(
    again: str, given: list[Instrument], cuts: tuple[int, ...], rules: RuleSet
) -> dict[str, Any]:
    """With one instrument done again, `test=55`; UsageError where it is written otherwise."""
    from portaria.regulations.cef import instruments as rule
    from portaria.regulations.cef import levels

    name, _equals, score = again.rpartition("=")
    new = exact_of(score if name.strip() else "", Message(NO_SCORE, {"given": again}))
    found = rule.second_chance(given, name.strip(), new, rules)
    return {
        "name": name.strip(),
        "counted": found.counted,
        "percent": found.after,
        "level": levels.level(found.after, cuts, rules).level,
        "clause": found.clause,
    }


def _unit_told(row: dict[str, Any], rules: RuleSet, lang: str) -> Iterator[str]:
    from portaria.documents.cef.jury_answer import LEVEL
    from portaria.documents.numbers import amount
    from portaria.documents.sentence import sentence
    from portaria.regulations.cef.levels import LEAST_PASS

    yield sentence(UNIT, lang, percent=amount(row["percent"], lang))
    yield sentence(LEVEL, lang, row["clause"], level=row["level"])
    again = row["second_chance"]
    if row["second_chance_owed"] or again:
        code = OWED if row["second_chance_owed"] else NOT_OWED
        yield sentence(code, lang, rules.clause("module-recovery"), least=LEAST_PASS)
    if again:
        numbers = {name: amount(again[name], lang) for name in ("counted", "percent")}
        yield sentence(AGAIN, lang, again["clause"], name=again["name"], **numbers)
        yield sentence(LEVEL, lang, row["clause"], level=again["level"])


def _version_told(
    on: datetime, found: Version, silence: Silence, rules: RuleSet
) -> Iterator[str]:  # fmt: skip
    from portaria.documents.sentence import sentence

    lang = language()
    if found.approved_on is None:
        yield sentence(NONE_YET, lang, found.clause, on=on.date())
        return
    yield sentence(IN_FORCE, lang, found.clause, on=on.date(), approved=found.approved_on)
    ours = rules.edition.parameters["approvals"].valid_from
    yield sentence(AT_HAND if found.at_hand else NOT_AT_HAND, lang, ours=ours)
    yield sentence(COUNCIL, lang, found.clause)
    yield sentence(SILENT, lang, silence.clause)
