"""Single questions without a request: a grade, hours, a re-entry, a scale."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.arguments import AsJson, Lang, Quiet, Readings, policy
from portaria.cli.credit.requests import EditionName
from portaria.cli.show import show_letter
from portaria.cli.words import _, language

if TYPE_CHECKING:
    from portaria.core.rule_set import RuleSet
    from portaria.documents.access_letter import Block


def convert_grade(
    grade: Annotated[
        str, typer.Argument(metavar=_("GRADE"), help=_("Number, letter of A to E, or word."))
    ],
    grading: Annotated[
        str, typer.Option("--scale", metavar="pt|foreign", help=_("Portuguese scale, or foreign."))
    ] = "foreign",
    min_pass: Annotated[
        str | None, typer.Option(metavar=_("NUMBER"), help=_("Lowest pass mark of the scale."))
    ] = None,
    best: Annotated[
        str | None, typer.Option("--max", metavar=_("NUMBER"), help=_("Best grade of the scale."))
    ] = None,
    host_classes: Annotated[
        str | None,
        typer.Option(
            metavar=_("CLASSES"), help=_("Classes there, worst-best: A:27-30,B:25-26, and so on.")
        ),
    ] = None,
    home_classes: Annotated[
        str | None,
        typer.Option(metavar=_("CLASSES"), help=_("Classes here: A:16-20,B:15-15, and so on.")),
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar=_("COUNTRY"), help=_("Two letters, as ES."))
    ] = None,
    origin: Annotated[
        str, typer.Option(metavar=_("ORIGIN"), help=_("Where the grade was obtained."))
    ] = "degree",
    reading: Readings = None,
    edition: EditionName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The grade with its exact value, or why a person decides it."""
    from portaria.documents.credit import answers as words
    from portaria.regulations.credit import questions

    given: dict[str, object] = {
        **{"value": grade, "scale": grading, "min_pass": min_pass, "max": best},
        **{"host_classes": questions.classes(host_classes)},
        **{"home_classes": questions.classes(home_classes)},
    }
    place = country or ("PT" if grading == "pt" else "XX")
    rules = _rules(reading, edition)
    found = questions.grade(given, origin, place, rules)
    _tell(found, questions.grade_row(found, origin, rules), words.grade, as_json, quiet)


def ects(
    hours: Annotated[
        str | None, typer.Option(metavar=_("NUMBER"), help=_("Hours of work of the student."))
    ] = None,
    years: Annotated[int, typer.Option(min=0, max=99, help=_("Complete years."))] = 0,
    semesters: Annotated[int, typer.Option(min=0, max=99, help=_("Complete semesters."))] = 0,
    terms: Annotated[int, typer.Option(min=0, max=99, help=_("Complete terms."))] = 0,
    period: Annotated[
        list[str] | None,
        typer.Option(
            metavar=_("PERIOD"),
            help=_(
                "Incomplete period, + passed and - not: year:+150,-120,-120,+90; may be repeated."
            ),
        ),
    ] = None,
    contact: Annotated[
        bool, typer.Option("--contact", help=_("The hours of the periods are contact hours."))
    ] = False,
    reading: Readings = None,
    edition: EditionName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Credits, rounded once, beside the exact number."""
    from portaria.documents.credit import answers as words
    from portaria.regulations.credit import questions

    rules = _rules(reading, edition)
    complete = {"year": years, "semester": semesters, "term": terms}
    found = questions.credits(hours, complete, period or [], contact, rules)
    _tell(found, questions.credits_row(found, rules), words.credits, as_json, quiet)


def re_entry(
    total: Annotated[
        str, typer.Option(metavar=_("NUMBER"), help=_("Credits of the degree or diploma."))
    ],
    earlier: Annotated[
        str,
        typer.Option(metavar=_("NUMBER"), help=_("Credits of the enrolment before.")),
    ],
    reading: Readings = None,
    edition: EditionName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The most that may be left to do, as a rule and with reasons."""
    from portaria.documents.credit import answers as words
    from portaria.regulations.credit import questions

    rules = _rules(reading, edition)
    found = questions.left(total, earlier, rules)
    _tell(found, questions.left_row(found, rules), words.left, as_json, quiet)


def scale(
    graduates: Annotated[
        list[str],
        typer.Argument(
            metavar=_("GRADE:COUNT..."), help=_("How many had each grade, or one table of both.")
        ),
    ],
    years: Annotated[int, typer.Option(min=1, help=_("Years that the numbers cover."))] = 3,
    reading: Readings = None,
    edition: EditionName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The classes A to E, or the ranks where there are too few graduates."""
    from portaria.documents.credit import answers as words
    from portaria.regulations.credit import questions

    rules = _rules(reading, edition)
    found = questions.scale_of(graduates, years, rules)
    _tell(found, questions.scale_row(found, years, rules), words.scale, as_json, quiet)


def _rules(reading: list[str] | None, edition: str | None) -> RuleSet:
    from portaria.regulations.credit.questions import rule_set

    return rule_set(policy(reading), edition)


def _tell(
    found: Any,
    row: Mapping[str, Any],
    words: Callable[[Any, Mapping[str, Any], str], list[Block]],
    as_json: bool,
    quiet: bool,
) -> None:
    """One answer, as JSON or in sentences."""
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False, indent=1))
    else:
        show_letter(words(found, row, language()))
