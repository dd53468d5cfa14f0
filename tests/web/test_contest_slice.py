"""One contest from a folder to its published result, and the same bytes as the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables
from portaria.tables.canonical import write_csv
from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import Contest, PlacementResult
from portaria.web.access.result_rows import rows_agree

pytestmark = pytest.mark.django_db

SMALL = Path(__file__).parents[2] / "examples" / "contest"


def test_the_database_gives_the_same_result_as_the_folder(
    published: Contest, tmp_path: Path
) -> None:
    contest, _problems = read_contest(SMALL)
    assert contest is not None
    assert published.run is not None
    for name, frame in result_tables(place(contest)).items():
        write_csv(frame, tmp_path / f"{name}.csv")
        kept = results_folder(published.run) / f"{name}.csv"
        assert kept.read_bytes() == (tmp_path / f"{name}.csv").read_bytes(), name


def test_the_rows_that_pages_show_are_those_of_the_result(published: Contest) -> None:
    assert published.run is not None
    assert rows_agree(published.run)
    PlacementResult.objects.filter(run=published.run).update(result="placed")
    assert not rows_agree(published.run)
