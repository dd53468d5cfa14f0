"""The office hands tables in: read, looked at, applied, corrected."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portaria.web.access import intake, intake_reading
from portaria.web.access.models import (
    Candidate,
    Contest,
    ImportPlan,
    Programme,
    SourceFile,
    Stage,
)
from portaria.web.access.models.run import Job
from portaria.web.accounts.models import LogEntry

pytestmark = pytest.mark.django_db

SMALL = Path(__file__).parents[2] / "examples" / "contest"
Commit = Callable[..., Any]


def files(**changed: str) -> list[SimpleUploadedFile]:
    """The tables of the small contest; `changed`: the text of some."""
    found = []
    for path in sorted(SMALL.iterdir()):
        if path.suffix in (".csv", ".toml"):
            text = changed.get(path.stem, path.read_text(encoding="utf-8"))
            if text:
                found.append(SimpleUploadedFile(path.name, text.encode()))
    return found


def zipped(**changed: str) -> SimpleUploadedFile:
    """The same as one ZIP with a folder around them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in files(**changed):
            archive.writestr(f"concurso/{file.name}", file.read())
        archive.writestr("concurso/README.md", "for people")
    return SimpleUploadedFile("concurso.zip", content.getvalue())


def hand_in(browser: Client, commit: Commit, *given: SimpleUploadedFile) -> ImportPlan:
    """Hand files in for a new contest, as the form does, and have them read."""
    with commit(execute=True):
        answer = browser.post(
            reverse("office-new"), {"title": "Concurso novo", "tables": list(given)}
        )
    assert answer.status_code == 302, answer.content.decode()
    return ImportPlan.objects.latest("pk")


def apply(browser: Client, commit: Commit, plan: ImportPlan) -> ImportPlan:
    with commit(execute=True):
        browser.post(reverse("office-apply", args=[plan.pk]))
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_contest_from_its_tables(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit, as_zip: bool
) -> None:
    browser = signed_in("office")
    commit = django_capture_on_commit_callbacks
    plan = hand_in(browser, commit, *([zipped()] if as_zip else files()))
    assert plan.state == Job.State.DONE
    assert not Contest.objects.exists()
    page = browser.get(reverse("office-plan", args=[plan.pk])).content.decode()
    assert reverse("office-apply", args=[plan.pk]) in page
    assert "Ana Exemplo" in page
    confirm = browser.get(reverse("office-apply", args=[plan.pk]))
    assert confirm.status_code == 200
    plan = apply(browser, commit, plan)
    contest = Contest.objects.get()
    assert plan.contest == contest
    assert contest.key == "concurso-novo"
    assert Candidate.objects.filter(contest=contest).count() == 7
    assert set(contest.sources.values_list("table", flat=True)) == {
        "programmes", "exam_sets", "regional_areas", "candidates", "exams", "options",
    }  # fmt: skip
    assert contest.sources.get(table="candidates").rows == 7
    assert not intake.plan_folder(plan).exists()
    assert LogEntry.objects.filter(code=intake.CREATED, user__email="office@example.org").exists()
    again = browser.get(reverse("office-plan", args=[plan.pk])).content.decode()
    assert reverse("office-contest", args=[contest.key]) in again


def test_sending_the_same_form_twice_hands_in_once(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit
) -> None:
    browser = signed_in("office")
    page = browser.get(reverse("office-new")).content.decode()
    found = re.search(r'name="idempotency_key" value="([0-9a-f-]{36})"', page)
    assert found is not None
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            sent = {"title": "x", "tables": files(), "idempotency_key": found[1]}
            answer = browser.post(reverse("office-new"), sent)
            assert answer.status_code == 302
    assert ImportPlan.objects.count() == 1


def test_problems_are_told_by_file_row_and_column_with_what_to_do(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit
) -> None:
    browser = signed_in("office")
    wrong = (SMALL / "exams.csv").read_text(encoding="utf-8").replace("C1,19,,181", "C1,19,,=300")
    plan = hand_in(browser, django_capture_on_commit_callbacks, *files(exams=wrong))
    page = browser.get(reverse("office-plan", args=[plan.pk])).content.decode()
    assert "exams.csv" in page
    assert reverse("office-apply", args=[plan.pk]) not in page
    answer = browser.get(reverse("office-problems", args=[plan.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0]) == [
        "severity", "file", "sheet", "row", "column", "value", "code", "message", "clause",
    ]  # fmt: skip
    one = rows[0]
    assert (one["severity"], one["file"], one["row"], one["column"]) == (
        "error", "exams.csv", "2", "grade",
    )  # fmt: skip
    assert one["value"] == "'=300", "a spreadsheet must not run it"
    browser.post(reverse("office-apply", args=[plan.pk]))
    assert not Contest.objects.exists()


def test_what_is_no_table_is_told(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit
) -> None:
    browser = signed_in("office")
    stray = SimpleUploadedFile("candidatos.csv", b"a,b\n1,2\n")
    plan = hand_in(browser, django_capture_on_commit_callbacks, *files(), stray)
    assert [row["file"] for row in plan.problems] == ["candidatos.csv"]
    assert apply(browser, django_capture_on_commit_callbacks, plan).contest is not None


def test_without_settings_nothing_is_made(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit
) -> None:
    tables = [file for file in files() if file.name != "contest.toml"]
    plan = hand_in(signed_in("office"), django_capture_on_commit_callbacks, *tables)
    codes = [row["message"]["code"] for row in plan.problems]
    assert codes == [intake_reading.NO_SETTINGS]


@pytest.mark.parametrize("name", ["tables.exe", "candidates.csv.pdf"])
def test_another_kind_is_refused_in_the_form(signed_in: Callable[..., Client], name: str) -> None:
    sent = {"title": "x", "tables": [SimpleUploadedFile(name, b"x")]}
    answer = signed_in("office").post(reverse("office-new"), sent)
    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not ImportPlan.objects.exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("office-new", {"title": "x"}),
        ("office-correct", {"table": "exams"}),
        ("office-correct", {"table": "exams", "tables": "tables.exe"}),
        ("office-calendar-change", {"title": ""}),
        ("office-what-if", {"seats": "nowhere=x"}),
    ],
)
def test_a_form_that_comes_back_is_answered_as_refused(
    signed_in: Callable[..., Client], contest: Contest, name: str, sent: dict[str, str]
) -> None:
    if "tables" in sent:
        sent = {**sent, "tables": SimpleUploadedFile(sent["tables"], b"x")}  # type: ignore[dict-item]
    address = reverse(name, args=[] if name == "office-new" else [contest.key])
    browser = signed_in("office")
    assert browser.get(address).status_code == 200
    assert browser.post(address, sent).status_code == 422


def correct(
    browser: Client, commit: Commit, contest: Contest, table: str, text: str, name: str
) -> ImportPlan:
    with commit(execute=True):
        answer = browser.post(
            reverse("office-correct", args=[contest.key]),
            {"table": table, "tables": [SimpleUploadedFile(name, text.encode())]},
        )
    assert answer.status_code == 302, answer.content.decode()
    return ImportPlan.objects.latest("pk")


def test_a_correction_replaces_the_file_that_was_chosen(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    text = (SMALL / "programmes.csv").read_text(encoding="utf-8").replace(",,2,50,0", ",,5,50,0")
    plan = correct(browser, commit, contest, "programmes", text, "vagas finais (2).csv")
    assert plan.answer is not None, plan.problems
    assert plan.answer["tables"]["programmes"]["counts"] == {
        "added": 0, "changed": 1, "removed": 0, "same": 2,
    }  # fmt: skip
    page = browser.get(reverse("office-plan", args=[plan.pk])).content.decode()
    assert "seats" in page
    apply(browser, commit, plan)
    assert Programme.objects.get(contest=contest, programme="9001/0001").seats == 5
    new = SourceFile.objects.get(contest=contest, table="programmes", replaced_by=None)
    assert new.name == "vagas finais (2).csv"
    assert new.replaces is not None
    assert new.replaces.name == "programmes.csv"
    page = browser.get(reverse("office-tables", args=[contest.key])).content.decode()
    assert new.sha256 in page
    assert new.replaces.sha256 in page
    given = browser.get(reverse("office-file", args=[contest.key, new.replaces.pk]))
    assert b"".join(given) == (SMALL / "programmes.csv").read_bytes()
    assert "attachment" in given["Content-Disposition"]
    assert LogEntry.objects.filter(code="log-file-taken").exists()


def test_a_plan_that_grew_old_is_not_applied(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    text = (SMALL / "programmes.csv").read_text(encoding="utf-8").replace(",,2,50,0", ",,5,50,0")
    plan = correct(browser, commit, contest, "programmes", text, "programmes.csv")
    Programme.objects.filter(contest=contest, programme="9001/0002").update(seats=9)
    plan = apply(browser, commit, plan)
    assert plan.state == Job.State.FAILED
    assert plan.problems[0]["message"]["code"] == intake.CHANGED_SINCE
    assert Programme.objects.get(contest=contest, programme="9001/0001").seats == 2
    browser.get(reverse("office-plan", args=[plan.pk]))


def test_a_correction_may_not_take_an_applicant_away(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    open_contest: Contest,
) -> None:
    text = (SMALL / "candidates.csv").read_text(encoding="utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("C3"))
    plan = correct(
        signed_in("office"), django_capture_on_commit_callbacks, open_contest, "candidates", text,
        "candidates.csv",
    )  # fmt: skip
    codes = {row["message"]["code"] for row in plan.problems}
    assert intake_reading.REMOVES_APPLICANT in codes


@pytest.mark.parametrize("stage", [Stage.SENT, Stage.RATIFIED, Stage.PUBLISHED])
def test_tables_no_longer_change_once_the_result_was_sent(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    contest: Contest,
    stage: Stage,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    text = (SMALL / "programmes.csv").read_text(encoding="utf-8").replace(",,2,50,0", ",,5,50,0")
    waiting = correct(browser, commit, contest, "programmes", text, "programmes.csv")
    Contest.objects.update(stage=stage)
    plan = correct(browser, commit, contest, "programmes", text, "programmes.csv")
    assert [row["message"]["code"] for row in plan.problems] == [intake_reading.TOO_LATE]
    waiting = apply(browser, commit, waiting)
    assert waiting.state == Job.State.FAILED
    assert Programme.objects.get(contest=contest, programme="9001/0001").seats == 2


def test_a_plan_is_put_away_with_its_files(
    signed_in: Callable[..., Client], django_capture_on_commit_callbacks: Commit
) -> None:
    browser = signed_in("office")
    plan = hand_in(browser, django_capture_on_commit_callbacks, *files())
    folder = intake.plan_folder(plan)
    assert folder.exists()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("office-put-away", args=[plan.pk]))
    assert not folder.exists()
    assert not ImportPlan.objects.exists()


def test_names_of_addresses_are_not_given_to_contests() -> None:
    assert intake.free_key("Novo") == "novo-2"
    assert intake.free_key("!!!") == "concurso"
