"""A report as one HTML file that needs no network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from portaria.documents.report import Document

if TYPE_CHECKING:
    from jinja2 import Template


def html(document: Document) -> str:
    """The page: style, drawings and the little script of the filter are inside it."""
    return _template().render(document=document)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("portaria.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
