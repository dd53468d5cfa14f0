"""A table on the terminal: numbers whole, text folded, nothing of a user obeyed."""

from __future__ import annotations

import pytest

from portaria.cli.show import LEAST_TEXT, table_text
from portaria.documents.report import Table, text_row

NAME = "Agrupamento de Escolas do Exemplo e de Outros Lugares"
ROWS = [text_row("2017/18", NAME, "01/09/2017", "73.73100")]
TABLE = Table("", ["Academic year", "School", "From", "Bed exact"], "lllr", ROWS)


def shown(monkeypatch, width, table=TABLE):
    monkeypatch.setenv("COLUMNS", str(width))
    return table_text(table)


@pytest.mark.parametrize("width", [200, 80, 60, 48, 20])
def test_numbers_and_days_are_never_broken(width, monkeypatch):
    text = shown(monkeypatch, width)
    assert all(whole in text for whole in ("2017/18", "01/09/2017", "73.73100"))
    least = len("Academic") + LEAST_TEXT + len("01/09/2017") + len("73.73100") + 6
    assert max(map(len, text.splitlines())) <= max(width, least)


def test_text_is_folded_at_its_words(monkeypatch):
    assert NAME in shown(monkeypatch, 200)
    folded = shown(monkeypatch, 60)
    assert NAME not in folded
    assert all(word in folded for word in NAME.split())


def test_the_words_above_a_number_stand_one_a_line(monkeypatch):
    first, second, *_ = shown(monkeypatch, 200).splitlines()
    assert first.split() == ["Academic", "Bed"]
    assert second.split() == ["year", "School", "From", "exact"]


def test_what_a_user_wrote_is_only_shown(monkeypatch):
    rows = [text_row("[red]x[/red] :smile: \x1b[31m\\")]
    text = shown(monkeypatch, 80, Table("a [b]", ["School"], "l", rows))
    assert "a [b]" in text
    assert "[red]x[/red] :smile: \ufffd[31m\\" in text


def test_a_table_of_no_rows_has_its_headings(monkeypatch):
    assert shown(monkeypatch, 80, Table("", ["School", ""], "ll", [])).split() == ["School"]
