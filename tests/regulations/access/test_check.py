"""What must hold across the tables: the finding, its clause, and a limit that the edition sets."""

from __future__ import annotations

from decimal import Decimal

import made
import pytest
from reference.words import contest

from portaria.regulations.access.contest import read_contest


def problems_of(tables, folder):
    _, problems = read_contest(made.write(tables, folder / "contest"))
    return [(p.severity, p.code, p.file, p.row, p.column, p.clause) for p in problems]


@pytest.mark.rules("regional-share-limit", "vocational-share-limit")
@pytest.mark.parametrize(
    ("name", "limit", "clause"), [("regional", 50, "211-A 18/1"), ("vocational", 30, "211-A 19/1")]
)
def test_a_preference_has_at_most_the_share_of_the_text(tmp_path, name, limit, clause):
    column = f"{name}_share"
    at_limit = contest({"x": "A"}, {"A": "x"}, {"x": {column: Decimal(limit)}})
    assert problems_of(at_limit, tmp_path / "at") == []
    above = contest({"x": "A"}, {"A": "x"}, {"x": {column: Decimal(f"{limit}.01")}})
    assert problems_of(above, tmp_path / "above") == [
        ("error", "share-above-limit", "programmes.csv", 2, column, clause)
    ]


def test_several_faults_of_one_row_are_told_at_once(tmp_path):
    """An exam of nobody, at no programme, above the scale: three things to mend."""
    tables = contest({"x": "A"}, {"A": "x"})
    exam = {"candidate": "Z", "exam": "exam-x", "programme": "nowhere", "grade": 201}
    tables["exams"].append(exam)
    assert [row[1] for row in problems_of(tables, tmp_path)] == [
        "above-maximum",
        "unknown-programme",
        "unknown-candidate",
    ]


def test_whoever_is_excluded_may_lack_a_secondary_grade(tmp_path):
    people = {"A": {"secondary": None}, "B": {"secondary": None, "excluded": "56/1/c"}}
    tables = contest({"x": "A B"}, {"A": "x", "B": "x"}, people=people)
    assert problems_of(tables, tmp_path) == [
        ("error", "no-secondary-grade", "candidates.csv", 2, "secondary", "211-A 34/1")
    ]
