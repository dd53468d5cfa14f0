"""`credit transcript` and `credit record`: certified units from other systems, and back to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from portaria.cli.arguments import Lang, ProblemsFile, Quiet, Readings, Replace
from portaria.cli.credit.requests import WRITTEN, EditionName, RequestFile, assessed
from portaria.cli.reading import settle
from portaria.cli.show import letter_language
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import DEFAULT_LANGUAGE, Message, declare, render

UNJOINED = declare("transcript-unjoined", "The request cannot be read: see the errors above.")
UNREAD = declare("transcript-unread", "The transcript cannot be read: see the errors above.")
NO_RECORD = declare("record-no-file", "name at least one file to write: --elmo or --europass")
NOT_ORIGIN = declare("credit-no-origin", "the origin {given} is unknown; known: {known}")
NO_REQUEST = declare("transcript-no-request", "{file} is no request: an object with items is meant")
UNITS_READ = declare(
    "transcript-units",
    "{count} unit read from {issuer}; choose its target unit and complete its grade scale.",
    "{count} units read from {issuer}; choose their target units and complete their grade scales.",
)


def transcript(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, metavar=_("FILE"), help=_("Transcript, ELMO or Europass.")
        ),
    ],
    origin: Annotated[
        str, typer.Option(metavar=_("ORIGIN"), help=_("Where the units were obtained."))
    ] = "degree",
    into: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            metavar=_("REQUEST"),
            help=_("Request to add the items to."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            dir_okay=False,
            metavar=_("FILE"),
            help=_("Write the items, or the request with them."),
        ),
    ] = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The items as JSON, or the request with them; targets and foreign scales are left to fill."""
    from portaria.regulations.credit.request import ORIGINS
    from portaria.regulations.credit.transcripts import items_of, read_transcript
    from portaria.tables.result import check_file, write_file

    if origin not in ORIGINS:
        raise UsageError(Message(NOT_ORIGIN, {"given": origin, "known": ", ".join(ORIGINS)}))
    if out:
        check_file(out, replace)
    read, found = read_transcript(file)
    settle(found, problems, quiet, UNREAD)
    assert read is not None, "a transcript that cannot be read has an error"
    items = items_of(read, origin)
    text = json.dumps(_joined(into, items), ensure_ascii=False, indent=1)
    if out:
        write_file(out, (text + "\n").encode(), replace)
    elif not quiet:
        typer.echo(text)
    if not quiet:
        params = {"count": len(items), "issuer": read.issuer}
        typer.echo(render(Message(UNITS_READ, params), language()), err=True)


def _joined(into: Path | None, items: list[dict[str, Any]]) -> Any:
    """The items alone, or at the end of those of a request; an id that it has gets a number."""
    if into is None:
        return items
    from portaria.regulations.credit.read import read_json

    given, faults = read_json(into)
    settle(faults, None, True, UNJOINED)
    if not isinstance(given, dict) or not isinstance(given.get("items", []), list):
        raise UsageError(Message(NO_REQUEST, {"file": into.name}))
    held = given.get("items", [])
    used = {row.get("id") for row in held if isinstance(row, dict)}
    for item in items:
        name, number = item["id"], 2
        while item["id"] in used:
            item["id"], number = f"{name}-{number}", number + 1
        used.add(item["id"])
    return given | {"items": [*held, *items]}


def record(
    request: RequestFile,
    elmo: Annotated[
        Path | None, typer.Option(dir_okay=False, metavar=_("FILE"), help=_("ELMO file, XML."))
    ] = None,
    elmo_version: Annotated[
        str, typer.Option(metavar="1.7|2.0", help=_("Version of the ELMO file."))
    ] = "1.7",
    europass: Annotated[
        Path | None,
        typer.Option(dir_okay=False, metavar=_("FILE"), help=_("Europass credential, JSON.")),
    ] = None,
    reading: Readings = None,
    edition: EditionName = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """What was decided, for other systems; refused while anything is open."""
    from portaria.documents.citation import cite
    from portaria.regulations.credit.transcripts import write_elmo, write_europass
    from portaria.regulations.credit.transcripts.decided import recognised_of, record_of
    from portaria.tables.result import check_file, write_file

    if not (elmo or europass):
        raise UsageError(Message(NO_RECORD))
    for path in filter(None, (elmo, europass)):
        check_file(path, replace)
    tongue = letter_language() or DEFAULT_LANGUAGE
    assessment = assessed(request, reading, edition, problems, quiet)
    units = recognised_of(assessment, lambda clause: cite(clause, tongue, with_text=True))
    about = record_of(assessment.request, tongue)
    ready = []
    if elmo:
        ready.append((elmo, write_elmo(units, about, elmo_version)))  # type: ignore[arg-type]
    if europass:
        ready.append((europass, write_europass(units, about)))
    for path, content in ready:
        write_file(path, content, replace)
        if not quiet:
            typer.echo(render(Message(WRITTEN, {"path": str(path)}), language()))
