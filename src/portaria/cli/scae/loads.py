"""`scae check` and `scae extract`: one month of a school system."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import replace as replace_field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.arguments import Lang, ProblemsFile, Quiet, Replace
from portaria.cli.reading import settle
from portaria.cli.scae.arguments import (
    Config,
    Engine,
    KnownLedger,
    Ledger,
    MonthOption,
    Only,
    Rm,
    Source,
    Today,
)
from portaria.cli.show import progress
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render
from portaria.core.problem import errors

if TYPE_CHECKING:
    import polars as pl

    from portaria.regulations.scae.results import Made

SOURCE_WRONG = declare(
    "scae-source-wrong", "The source cannot be used: correct the errors above. Nothing was written."
)
LAYOUT_WRONG = declare(
    "scae-layout-values",
    "The file for SCAE cannot be written: correct the errors above, or choose another layout. "
    "Nothing was written.",
)
WRITTEN = declare("scae-written", "Load of {month} in {path}.")
NOT_RECORDED = declare(
    "scae-not-recorded",
    "The ledger knows later months than {month}: this load was compared with what was sent, and "
    "not recorded. --resend records it.",
)
FILTERED = declare("scae-filtered", "A filtered load is not recorded in the ledger.")
LEDGER_INSIDE = declare(
    "scae-ledger-inside",
    "the ledger {ledger} is inside {path}, which holds one load: name a file beside it",
)
NO_ERRORS = declare("scae-no-errors", "No errors in {month}.")


def check(
    source: Source,
    month: MonthOption,
    state: Annotated[
        str,
        typer.Option(
            "--state", help=_("State of the regional department; by default that of the classes.")
        ),
    ] = "",
    ledger: KnownLedger = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar=_("FILE"), dir_okay=False, help=_("Write the findings as CSV.")
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the findings as JSON."))] = False,
    config: Config = None,
    only: Only = None,
    today: Today = None,
    engine: Engine = "duckdb",
    rm: Rm = None,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> int:
    """Exit 1 if any finding is an error. The ledger, if named, is only read."""
    from portaria.cli.scae.findings import show_check, write_findings
    from portaria.regulations.scae.ledger_file import read_ledger

    sent = None if ledger is None else read_ledger(ledger)
    made = _make(source, month, state, sent, config, only, today, engine, rm, problems, quiet)
    found = made.run.findings.table(made.lang)
    if out:
        write_findings(found, out)
    if as_json:
        typer.echo(found.write_json())
    elif not quiet:
        show_check(made, found)
    wrong = int((found["severity"] == "error").sum())
    if not wrong and not quiet and not as_json:
        typer.echo(render(Message(NO_ERRORS, {"month": str(made.run.month)}), language()))
    return 1 if wrong else 0


def extract(
    source: Source,
    month: MonthOption,
    state: Annotated[
        str, typer.Option("--state", help=_("State of the regional department, such as SP."))
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar=_("FOLDER"), help=_("Folder to write the load to."))
    ],
    ledger: Ledger = None,
    layout: Annotated[
        str,
        typer.Option("--layout", help=_("Layout of the file for SCAE: a name, or a .toml file.")),
    ] = "unofficial-delimited",
    config: Config = None,
    only: Only = None,
    today: Today = None,
    resend: Annotated[
        bool, typer.Option("--resend", help=_("Record an old month as sent again."))
    ] = False,
    engine: Engine = "duckdb",
    rm: Rm = None,
    problems: ProblemsFile = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """Everything is written, or nothing. Withheld records are listed with what withholds them."""
    from portaria.cli.scae.findings import show_load
    from portaria.regulations.scae.layout import find_layout, notice
    from portaria.regulations.scae.layout import render as in_layout
    from portaria.regulations.scae.ledger_file import locked, read_ledger, recording
    from portaria.regulations.scae.results import is_load, result_tables, write_results
    from portaria.tables.result import check_target, whole_folder

    check_target(out, replace, is_load)
    _check_ledger(ledger, out)
    form = find_layout(layout)
    with ExitStack() as stack:
        stack.enter_context(nullcontext() if ledger is None else locked(ledger))
        record = None if ledger is None else stack.enter_context(recording(ledger))
        sent = None if ledger is None else read_ledger(ledger)
        made = _make(source, month, state, sent, config, only, today, engine, rm, problems, quiet)
        tables = result_tables(made)
        load = made.load
        files, found = in_layout(form, load.load, load.disciplines, str(made.run.month))
        settle(found, problems, quiet, LAYOUT_WRONG)
        told = {"name": form.name, "official": form.official}
        with progress(quiet) as report, whole_folder(out, replace, is_load) as draft:
            report("write", 0, 1)
            write_results(made, tables, files, told, draft)
            unsaid = _record(made, record, sent, resend)
    if not quiet:
        show_load(made, tables)
        for message in (unsaid, notice(form)):
            if message is not None:
                typer.echo(render(message, language()))
        params = {"month": str(made.run.month), "path": str(out)}
        typer.echo(render(Message(WRITTEN, params), language()))


def _check_ledger(ledger: Path | None, out: Path) -> None:
    """A ledger among the results would go with them when they are replaced."""
    if ledger is not None and out.resolve() in ledger.resolve().parents:
        raise UsageError(Message(LEDGER_INSIDE, {"ledger": str(ledger), "path": str(out)}))


def _record(
    made: Made, record: Callable[[pl.DataFrame], None] | None, sent: pl.DataFrame | None,
    resend: bool,
) -> Message | None:  # fmt: skip
    """Add the load to the ledger, last of all; or why it is not added."""
    from portaria.regulations.scae.ledger import is_old, updated

    if record is None or sent is None:
        return None
    if made.run.filters:
        return Message(FILTERED)
    month = made.run.month
    if is_old(sent, month) and not resend:
        return Message(NOT_RECORDED, {"month": str(month)})
    record(updated(sent, made.load.entries, month, made.run.reading("resend")))
    return None


def _make(
    source: str, month: str, state: str, sent: pl.DataFrame | None, config: Path | None,
    only: list[str] | None, today: datetime | None, engine: str, rm: Path | None,
    problems: Path | None, quiet: bool,
) -> Made:  # fmt: skip
    """The load of the month; InputError with every problem where the source cannot be used."""
    from portaria.regulations.scae.extract import (
        Request,
        check_month,
        make,
        parse_filters,
        the_state,
    )
    from portaria.regulations.scae.month import parse_month
    from portaria.regulations.scae.settings import read_settings
    from portaria.regulations.scae.source import settings_file
    from portaria.tables.address import without_password

    asked = parse_month(month)
    day = today.date() if today else date.today()
    filters = parse_filters(only or [])
    check_month(asked, day)
    settings, wrong = read_settings(settings_file(source, config))
    with progress(quiet) as report:
        report("read", 0, 1)
        database, version = _open(source, engine, rm)
        if version:
            settings = replace_field(settings, mapping_version=version)
        found = [*wrong, *database.problems]
        if not errors(found):
            request = Request(asked, the_state(state, settings, database), settings, day, filters)
            lang = _official(settings.edition.language)
            address = without_password(source)
            made, more = make(database, address, request, sent, lang, report)
            found += more
    settle(found, problems, quiet, SOURCE_WRONG)
    assert made is not None, "a source that cannot be read has an error"
    return made


def _open(source: str, engine: str, rm: Path | None) -> tuple[Any, str]:
    """The tables of the source, and the version of the mapping of RM, where one is used."""
    if rm is None:
        from portaria.regulations.scae.source import open_source

        return open_source(source, engine), ""
    from portaria.cli.scae.rm import mapping_of
    from portaria.regulations.scae.rm.source import open_rm

    mapping = mapping_of(rm)
    return open_rm(source, mapping), mapping.mapping_version


def _official(edition: str) -> str:
    """Results speak the language of the edition unless another is asked for."""
    from portaria.cli.words import asked_language

    return asked_language() or edition
