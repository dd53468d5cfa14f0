"""`cef documents`: every paper of a class that its data allow, into a folder."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import Lang, On, ProblemsFile, Quiet, Replace
from portaria.cli.cef.classes import ClassFolder
from portaria.cli.reading import settle
from portaria.cli.show import letter_language, progress
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from portaria.documents.cef.every import Made

KIND = "cef-documents"
PASSPHRASE = "PORTARIA_SIGN_PASSPHRASE"
WRONG = declare("cef-papers-wrong", "The papers cannot be made: correct the errors above.")
NOTHING = declare("cef-papers-none", "The data allow none of the papers that were asked for.")
WRITTEN = declare(
    "cef-papers-written",
    "{count} paper written to {path}.",
    "{count} papers written to {path}.",
)
NO_PASSPHRASE = declare(
    "sign-no-passphrase",
    "the passphrase of the key is needed: set {variable}, or run at a terminal",
)

Out = Annotated[
    Path,
    typer.Option("--out", metavar=_("FOLDER"), help=_("Folder to write the papers to.")),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar=_("KIND"), help=_("Only papers of this kind; may be repeated.")),
]
Sign = Annotated[
    Path | None,
    typer.Option(
        "--sign",
        exists=True,
        dir_okay=False,
        metavar="P12",
        help=_("Sign with the key of this PKCS#12 file."),
    ),
]


def documents(
    folder: ClassFolder,
    on: On,
    out: Out,
    only: Only = None,
    sign: Sign = None,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """PDF files for the archive, with a manifest of their codes; all of them or none."""
    from portaria.documents.cef.every import check_kinds
    from portaria.tables.result import check_target, whole_folder

    check_kinds(only or ())
    check_target(out, replace, is_papers)
    signed = _signer(sign) if sign else None
    ready = _ready(folder, on, only or (), problems, quiet)
    if not ready:
        raise UsageError(Message(NOTHING))
    with progress(quiet) as report, whole_folder(out, replace, is_papers) as draft:
        _write(ready, draft, signed, report)
    if not quiet:
        params = {"count": len(ready), "path": str(out)}
        typer.echo(render(Message(WRITTEN, params), language()))


def _ready(
    folder: Path, on: datetime, kinds: Sequence[str], problems: Path | None, quiet: bool
) -> list[Made]:
    """The papers to make, or every problem of the tables and the records."""
    from portaria.documents.cef.every import check_records, every_paper
    from portaria.documents.cef.reading import read_records
    from portaria.regulations.cef.evaluate import evaluate
    from portaria.regulations.cef.read import read_course
    from portaria.regulations.cef.warnings import warnings_of

    course, found = read_course(folder)
    records, wrong = read_records(folder)
    found = [*found, *wrong]
    if course is None:
        settle(found, problems, quiet, WRONG)
    assert course is not None, "a class that cannot be read has an error"
    evaluation = evaluate(course, on.date())
    found = [*found, *warnings_of(evaluation), *check_records(evaluation, records, kinds)]
    settle(found, problems, quiet, WRONG)
    return [*every_paper(evaluation, records, letter_language(), kinds)]


def _write(
    ready: list[Made],
    draft: Path,
    signed: Callable[[bytes], bytes] | None,
    report: Callable[[str, int, int], None],
) -> None:
    """The papers, then the manifest: each file with its hash, student and verification code."""
    rows = []
    for number, made in enumerate(ready):
        report("write", number, len(ready))
        content = made.make()
        if signed:
            content = signed(content)
        path = draft / made.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        row = {"file": made.name, "kind": made.kind, "sha256": hashlib.sha256(content).hexdigest()}
        more = {"student": made.student, "code": made.code}
        rows.append(row | {key: value for key, value in more.items() if value})
    text = json.dumps({"kind": KIND, "papers": rows}, ensure_ascii=False, indent=2)
    (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")


def is_papers(folder: Path) -> bool:
    """Whether a folder was written by this command."""
    from portaria.tables.recorded import is_of_kind

    return is_of_kind(folder, KIND)


def _signer(key_file: Path) -> Callable[[bytes], bytes]:
    """What signs a paper; the passphrase comes from the environment or is asked for unseen."""
    from portaria.documents.signing import load_signer
    from portaria.documents.signing import sign as sign_paper

    passphrase = os.environ.get(PASSPHRASE)
    if passphrase is None:
        if not sys.stdin.isatty():
            raise UsageError(Message(NO_PASSPHRASE, {"variable": PASSPHRASE}))
        passphrase = typer.prompt(_("Passphrase of the key"), hide_input=True, err=True, default="")
    signer = load_signer(key_file, passphrase)
    return lambda content: sign_paper(content, signer)
