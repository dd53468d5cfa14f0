"""The page about RM names every column of every view, and every table of RM that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portaria.regulations.scae.rm.base import COLUMNS
from portaria.regulations.scae.rm.views import MAKERS
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.schema import columns_of

PAGE = Path(__file__).parents[4] / "docs" / "scae" / "rm.md"


@pytest.mark.parametrize("view", MAKERS)
def test_a_view_has_a_table_of_its_columns(view: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"\n### {view}\n")[1].split("\n#")[0]
    head, *listed = re.findall(r"(?m)^\| ([a-z_]+) \|", section)
    assert head == "column"
    assert listed == list(columns_of(TABLES[view].schema))


def test_every_table_of_rm_that_is_read_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in COLUMNS if not re.search(rf"\b{name}\b", text)] == []


def test_every_neutral_table_has_a_view() -> None:
    assert set(MAKERS) == set(TABLES)
