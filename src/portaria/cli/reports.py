"""A report into files: HTML or PDF by the ending of the name, every file whole or not at all."""

from __future__ import annotations

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


def check_reports(paths: Sequence[Path], replace: bool) -> None:
    """UsageError where a file cannot be named so or exists already; before the work."""
    from portaria.tables.result import check_file

    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise UsageError(Message(SAME_REPORT_TWICE, {"path": str(path)}))
        if path.suffix.lower() not in ENDINGS:
            raise UsageError(Message(UNKNOWN_ENDING, {"path": str(path)}))
        check_file(path, replace)


def write_reports(document: Document, paths: Sequence[Path], replace: bool) -> None:
    """Render everything first, then write."""
    from portaria.tables.result import write_file

    ready = [(path, _rendered(document, path)) for path in paths]
    for path, content in ready:
        write_file(path, content, replace)


def _rendered(document: Document, path: Path) -> bytes:
    if path.suffix.lower() == ".pdf":
        from portaria.documents.pdf import pdf

        return pdf("report", asdict(document), document.lang)
    from portaria.documents.html import html

    return html(document).encode()
