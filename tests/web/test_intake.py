"""Tables into records: the same come out, corrections keep what stands."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.regulations.access.contest import read_contest
from portaria.web import uploads, workbooks
from portaria.web.access import frames, intake, intake_reading, problems
from portaria.web.access.models import Candidate, Contest, ImportPlan, Submission
from web.making import contest_from, plan_from, silent

pytestmark = pytest.mark.django_db

SMALL = Path(__file__).parents[2] / "examples" / "contest"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small contest, to be changed."""
    copy: Path = shutil.copytree(SMALL, tmp_path / "contest")
    return copy


def codes(plan: ImportPlan) -> list[str]:
    return [row["message"]["code"] for row in plan.problems]


def test_what_goes_in_comes_out(contest: Contest) -> None:
    read, _problems = read_contest(SMALL)
    assert read is not None
    out, found = frames.inputs(contest, read.edition)
    assert out is not None, found
    for name, frame in read.tables.items():
        assert out.tables[name].equals(frame), name


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "zip"])
def test_every_kind_of_file_gives_the_same_contest(
    folder: Path, user_with: Callable[..., Any], contest: Contest, kind: str
) -> None:
    if kind == "zip":
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
                path.unlink()
        (folder / "tables.zip").write_bytes(content.getvalue())
    for path in folder.glob("*.csv"):
        frame = pl.read_csv(path, infer_schema=False)
        if kind == "xlsx":
            with xlsxwriter.Workbook(path.with_suffix(".xlsx")) as book:
                sheet = book.add_worksheet()
                for at, row in enumerate([frame.columns, *frame.rows()]):
                    sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
        else:
            frame.write_parquet(path.with_suffix(".parquet"))
        path.unlink()
    made = contest_from(folder, user_with("office"))
    for name in ("programmes", "candidates", "exams", "options"):
        mine, theirs = (frames.table(each, name) for each in (made, contest))
        assert mine.sort(mine.columns).equals(theirs.sort(theirs.columns)), name


def test_decimals_of_tables_that_stand_keep_their_digits(
    folder: Path, user_with: Callable[..., Any], contest: Contest
) -> None:
    """A correction is read with the tables that stand, which must not come back as longer."""
    for path in folder.iterdir():
        if path.name != "exams.csv":
            path.unlink()
    plan = plan_from(folder, user_with("office"), contest)
    assert codes(plan) == []
    assert plan.answer is not None
    assert plan.answer["tables"]["exams"]["counts"]["changed"] == 0


def test_an_account_and_an_application_stay_with_a_corrected_record(
    folder: Path, user_with: Callable[..., Any], contest: Contest
) -> None:
    person = Candidate.objects.get(contest=contest, candidate="C2")
    person.user = user_with("candidate")
    person.save()
    text = (folder / "candidates.csv").read_text(encoding="utf-8").replace(",165,", ",171,")
    for path in folder.iterdir():
        path.unlink()
    (folder / "candidates.csv").write_text(text, encoding="utf-8")
    plan = plan_from(folder, user_with("office"), contest)
    plan.applied_by = user_with("office")
    intake.apply_plan(plan, silent)
    again = Candidate.objects.get(contest=contest, candidate="C2")
    assert (again.pk, again.user, again.submission_id) == (
        person.pk, person.user, person.submission_id,
    )  # fmt: skip
    assert again.secondary == 171
    assert Submission.objects.filter(contest=contest).count() == 7


def test_applying_twice_applies_once(contest: Contest) -> None:
    plan = ImportPlan.objects.get(contest=contest)
    intake.apply_plan(plan, silent)
    assert Contest.objects.count() == 1


def test_a_bomb_is_told_before_a_table_is_read(
    folder: Path, user_with: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "exams.csv").unlink()
    with xlsxwriter.Workbook(folder / "exams.xlsx") as book:
        book.add_worksheet().write(1_048_575, 16_383, "x")
    monkeypatch.setattr(intake_reading, "read_contest", lambda *_given: pytest.fail("it was read"))
    assert codes(plan_from(folder, user_with("office"))) == [workbooks.MANY_CELLS]


def test_archives_expand_together_to_no_more_than_one_may(
    tmp_path: Path, user_with: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "TABLES", uploads.Limits(9, 10**7, 900_000, (".csv", ".zip")))
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.csv", bytes(600_000))
    assert codes(plan_from(tmp_path, user_with("office"))) == [uploads.EXPANDS]


def test_a_table_handed_in_beside_an_archive_that_has_it_is_told(
    tmp_path: Path, user_with: Callable[..., Any]
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(SMALL / "exams.csv", "exams.csv")
    shutil.copy(SMALL / "exams.csv", tmp_path / "exams.csv")
    assert codes(plan_from(tmp_path, user_with("office"))) == [uploads.TWICE]


def test_a_later_phase_does_not_come_from_a_folder(
    folder: Path, user_with: Callable[..., Any]
) -> None:
    path = folder / "contest.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("phase = 1", "phase = 2"))
    plan = plan_from(folder, user_with("office"))
    assert plan.answer is None
    assert plan.problems


def test_settings_do_not_change_once_it_opened(
    folder: Path, user_with: Callable[..., Any], open_contest: Contest
) -> None:
    plan = plan_from(folder, user_with("office"), open_contest)
    assert set(codes(plan)) == {intake_reading.OPTIONS_STAND, intake_reading.SETTINGS_STAND}


def test_problems_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST", 3)
    many = [Problem("exams.csv", Message(uploads.EMPTY), row=row) for row in range(10)]
    rows = problems.kept(many)
    assert len(rows) == 4
    assert problems.unpacked(rows[-1]["message"]).params == {"count": 7}
