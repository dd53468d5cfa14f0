"""`portaria serve`, `backup`, `restore`, `account`, `retention`: the web application."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import Lang, Quiet
from portaria.cli.words import _, language
from portaria.core.errors import Cancelled, UsageError
from portaria.core.messages import Message, declare, render

NOT_INSTALLED = declare(
    "web-not-installed",
    'The web application needs the extra "web": pip install "portaria[web]" ({module} is missing).',
)
DEMO_IS_LOCAL = declare(
    "demo-is-local",
    "A demonstration has known passwords: it is served to this machine alone, not to {host}.",
)
PREPARING = declare("serve-preparing", "Preparing {folder} …")
FILLING = declare("serve-filling", "Generating institutions, people and contests …")
SERVING = declare("serve-serving", "Portaria is at {address} (stop with Ctrl+C).")
STOPPED = declare("serve-stopped", "Stopped. Everything that was received is kept.")
DEMO_ACCOUNTS = declare("serve-accounts", "Accounts of the demonstration:")
FIRST_ACCOUNT = declare(
    "serve-first-account",
    "Nobody administers it yet: portaria account EMAIL --role administrator --data {folder}",
)
ERASES = declare(
    "retention-erases",
    "To erase, of {contests} contests: {accounts} accounts and {documents} documents.",
)
NOT_ERASED = declare("retention-not-erased", "Nothing was erased: add --apply to do it.")
HAS_ERASED = declare("retention-done", "Erased.")
BACKED_UP = declare("backup-done", "Backup in {path}: {rows} records, {files} files.")
RESTORED = declare("restore-done", "Restored {rows} records and {files} files from {path}.")
LINK = declare("account-link", "{email} sets a password here, once, within three days:\n{link}")
GRANTED = declare("account-granted", "{email} now has the role {role}.")

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar=_("FOLDER"),
        help=_("Where records are kept (PORTARIA_DATA; else portaria-data)."),
        file_okay=False,
    ),
]


def _set_up(data: Path | None) -> Path:
    """Load the application on a data folder, and give the folder."""
    try:
        from portaria.web.installation import set_up

        set_up(data)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("portaria"):
            raise
        raise UsageError(Message(NOT_INSTALLED, {"module": str(error.name)})) from error
    from django.conf import settings

    folder: Path = settings.DATA
    return folder


def _say(code: str, **params: object) -> None:
    typer.echo(render(Message(code, params), language()))


def serve(
    host: Annotated[str, typer.Option("--host", help=_("Address to listen on."))] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help=_("Port to listen on."))
    ] = 8000,
    data: Data = None,
    demo: Annotated[
        bool, typer.Option("--demo", help=_("Fill it with generated people and contests."))
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option("--processes", min=1, max=64, help=_("Server processes (one a core).")),
    ] = None,
    lang: Lang = "pt-PT",
) -> None:
    """Migrate, serve, and work in the background, until stopped."""
    if demo and not _is_local(host):
        raise UsageError(Message(DEMO_IS_LOCAL, {"host": host}))
    folder = _set_up(data)
    from portaria.web import installation
    from portaria.web.serve import refuse_taken, run

    refuse_taken(host, port)
    with installation.held():
        _say(PREPARING, folder=str(folder))
        installation.prepare()
        if demo:
            _fill()
        elif not _has_administrator():
            _say(FIRST_ACCOUNT, folder=str(folder))
        _say(SERVING, address=f"http://{'localhost' if _is_local(host) else host}:{port}/")
        try:
            run(host, port, processes or min(os.cpu_count() or 1, 8))
        except (KeyboardInterrupt, Cancelled):
            _say(STOPPED)


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _has_administrator() -> bool:
    from portaria.web.accounts.models import Membership
    from portaria.web.accounts.roles import ADMINISTRATOR

    return Membership.objects.filter(role=ADMINISTRATOR).exists()


def _fill() -> None:
    from portaria.web.demo import fill

    _say(FILLING)
    accounts = fill(lambda step: None)
    _say(DEMO_ACCOUNTS)
    for account in accounts:
        typer.echo(f"  {account.role:<14} {account.email:<36} {account.password}")


def backup(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The archive to write."))],
    data: Data = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every record and file in one archive, from a server that may be running."""
    from portaria.cli.show import progress
    from portaria.tables.result import check_file

    check_file(file, replace=False)
    _set_up(data)
    from portaria.web.backup import backup as write
    from portaria.web.installation import refuse_other_records

    refuse_other_records()
    with progress(quiet) as report:
        counts = write(file, report)
    if not quiet:
        _say(BACKED_UP, path=str(file), rows=counts.rows, files=counts.files)


def restore(
    file: Annotated[
        Path, typer.Argument(metavar=_("FILE"), exists=True, dir_okay=False, readable=True)
    ],
    data: Data = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """An archive into an empty installation, on either database."""
    from portaria.cli.show import progress

    _set_up(data)
    from portaria.web import installation
    from portaria.web.restore import restore as read

    with installation.held(), progress(quiet) as report:
        counts = read(file, report)
    if not quiet:
        _say(RESTORED, path=str(file), rows=counts.rows, files=counts.files)


def account(
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            help=_("institution, office, director, commission, auditor or administrator."),
        ),
    ] = None,
    institution: Annotated[
        str, typer.Option("--institution", help=_("Code of the institution, for its officers."))
    ] = "",
    address: Annotated[
        str, typer.Option("--address", help=_("Where the application is reached."))
    ] = "http://localhost:8000",
    data: Data = None,
    lang: Lang = "pt-PT",
) -> None:
    """An account with a role, and the link by which its owner sets a password."""
    _set_up(data)
    from portaria.web import installation
    from portaria.web.accounts.granting import grant, password_link

    installation.prepare()
    user = grant(email, role, institution)
    if role:
        _say(GRANTED, email=email, role=role)
    _say(LINK, email=email, link=password_link(user, address))


def retention(
    apply: Annotated[bool, typer.Option("--apply", help=_("Erase it."))] = False,
    years: Annotated[
        int, typer.Option("--years", min=1, max=100, help=_("Years after publication."))
    ] = 2,
    email: Annotated[
        str | None,
        typer.Option("--account", metavar="EMAIL", help=_("Erase this candidate's account alone.")),
    ] = None,
    data: Data = None,
    lang: Lang = "pt-PT",
) -> None:
    """Say what need not be kept, and erase it when told to."""
    _set_up(data)
    from portaria.web import retention as keeping
    from portaria.web.installation import refuse_other_records

    refuse_other_records()
    if email is not None:
        keeping.erase_account(email)
        _say(HAS_ERASED)
        return
    found = keeping.over(years)
    counts = {name: len(rows) for name, rows in found._asdict().items()}
    _say(ERASES, **counts)
    if apply:
        keeping.erase(found)
        _say(HAS_ERASED)
    else:
        _say(NOT_ERASED)
