"""`cef mark` and `cef moments`: the mark of recovery activities, and when a course is assessed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import AsJson, Lang, Quiet
from portaria.cli.words import _, language


def mark(
    lessons: Annotated[
        int, typer.Option(min=1, metavar=_("NUMBER"), help=_("Lessons of the activities."))
    ],
    faulty: Annotated[bool, typer.Option("--faulty", help=_("Done with errors."))] = False,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help=_("Not all of them were done."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Satisfaz, or Não satisfaz and then what is done again."""
    from portaria.documents.cef.assessment_answer import mark_told
    from portaria.regulations.cef import measures
    from portaria.regulations.cef.regulation import CEF

    found = measures.mark(not faulty, not incomplete, lessons, CEF.rule_set())
    tell(asdict(found), mark_told(found, language()), as_json, quiet)


def moments(
    year: Annotated[int, typer.Option(metavar="1|2", help=_("Year of the course."))],
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Three in a year; in the second the final one too, after the internship."""
    from portaria.documents.cef.assessment_answer import moments_told
    from portaria.regulations.cef import progress
    from portaria.regulations.cef.regulation import CEF

    found = progress.moments(year, CEF.rule_set())
    tell([asdict(each) for each in found], moments_told(found, language()), as_json, quiet)
