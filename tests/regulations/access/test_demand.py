"""Demand while a contest is open."""

from __future__ import annotations

import made
import polars as pl
from reference.words import contest

from portaria.regulations.access.demand import demand


def test_who_wants_each_programme(tmp_path):
    """x is wanted by three, two of them first; nobody wants z."""
    tables = contest(
        {"x": "A B", "y": "A B C", "z": ""}, {"A": "x y", "B": "x", "C": "y x"},
        {"x": {"seats": 2}, "z": {"seats": 0}},
    )  # fmt: skip
    read = made.read(made.write(tables, tmp_path / "contest"))
    wanted = demand(read.tables["programmes"], read.tables["options"])
    assert wanted.rows() == [
        ("x", 2, 3, 2, 150, 100),
        ("y", 1, 2, 1, 200, 100),
        ("z", 0, 0, 0, None, None),
    ]
    assert wanted.columns == [
        "programme", "seats", "candidates", "first", "per_seat", "first_per_seat",
    ]  # fmt: skip


def test_rows_of_a_database_do_as_well():
    """An option that is no programme's counts nowhere, and first is the earliest that stands."""
    programmes = pl.DataFrame({"programme": ["y", "x"], "seats": [3, 7]})
    options = pl.DataFrame(
        {"candidate": ["A", "A"], "order": [2, 3], "programme": ["x", "nowhere"]}
    )
    assert demand(programmes, options).rows() == [("y", 3, 0, 0, 0, 0), ("x", 7, 1, 1, 14, 14)]
    nobody = demand(programmes, options.clear())
    assert nobody["candidates"].to_list() == [0, 0]
