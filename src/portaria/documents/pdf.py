"""The one function that renders Typst templates: PDF/A, tagged, the same data the same bytes."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any, Literal

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
"""PDF/A-2a, to be kept for the long term, and PDF/UA-1, to be read aloud."""


def pdf(template: str, data: Any, lang: str) -> bytes:
    """The template `templates/NAME.typ` filled with `data` (anything that JSON can say).

    Only the fonts inside Typst are used, so that every machine gives the same pages.
    """
    import typst

    with as_file(files(__package__) / "templates") as folder:
        document: bytes = typst.compile(
            folder / f"{template}.typ",
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=[*STANDARDS],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "lang": lang},
            timestamp=0,
        )
    return document
