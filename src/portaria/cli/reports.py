"""A report into files: HTML or PDF by the ending of the name, all of them whole or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

if TYPE_CHECKING:
    from portaria.documents.report import Document

ENDINGS = (".html", ".pdf")
UNKNOWN_ENDING = declare(
    "report-ending", "{path}: the name of a report ends with .html or .pdf, as it is to be written"
)
SAME_REPORT_TWICE = declare("report-named-twice", "{path} is named twice: name it once")


def check_reports(
    paths: Sequence[Path],
    replace: bool,
    endings: Sequence[str] = ENDINGS,
    otherwise: str = UNKNOWN_ENDING,
) -> None:
    """UsageError where a file cannot be named so or exists already; before the work.

    otherwise: the sentence, of a {path}, for another ending than `endings`.
    """
    from portaria.tables.result import check_file

    real = [os.path.realpath(path) for path in paths]
    for number, path in enumerate(paths):
        if real[number] in real[:number]:
            raise UsageError(Message(SAME_REPORT_TWICE, {"path": str(path)}))
        if path.suffix.lower() not in endings:
            raise UsageError(Message(otherwise, {"path": str(path)}))
        check_file(path, replace)


def write_reports(document: Document, paths: Sequence[Path], replace: bool) -> None:
    """Everything is rendered first, then all is written or nothing."""
    from portaria.tables.result import write_files

    write_files({path: rendered(document, path) for path in paths}, replace, last=True)


def rendered(document: Document, path: Path) -> bytes:
    """The document as the ending of the name asks."""
    if path.suffix.lower() == ".pdf":
        from portaria.documents.pdf import pdf

        return pdf("report", asdict(document), document.lang)
    from portaria.documents.html import html

    return html(document).encode()
