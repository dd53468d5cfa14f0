"""Cells of CSV files that spreadsheets open."""

from __future__ import annotations

import re

from portaria.tables.parse import FORMULA


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs as a formula, whatever people wrote: a quote stands first."""
    return f"'{text}" if re.match(FORMULA, text) else text
