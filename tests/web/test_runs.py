"""Work for the worker: placing, comparing, what-ifs, checking, stopping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portaria.core.errors import Cancelled, UsageError
from portaria.core.messages import Message
from portaria.web.access import jobs, kept_papers, result_differences, run_requests, runs
from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import Candidate, Contest, PlacementResult, Programme, Run, Stage
from portaria.web.access.models.run import Job
from portaria.web.accounts.models import LogEntry
from web.damaging import damaged

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def ask(browser: Client, commit: Commit, contest: Contest, name: str, **given: str) -> Run:
    """Ask for some work on the screen, and have it done."""
    before = Run.objects.count()
    with commit(execute=True):
        browser.post(reverse(name, args=[contest.key]), given)
    assert Run.objects.count() == before + 1
    return Run.objects.latest("pk")


def page_of(browser: Client, run: Run) -> str:
    answer = browser.get(reverse("office-run", args=[run.contest.key, run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_placement_is_asked_for_shown_and_sent(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    closed_contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    run = ask(browser, commit, closed_contest, "office-place")
    assert run.state == Job.State.DONE
    assert results_folder(run).is_dir()
    assert run.digest in page_of(browser, run)
    assert run.summary["candidates"] == 7
    address = reverse("office-send", args=[closed_contest.key, run.pk])
    assert browser.get(address).status_code == 200
    browser.post(address)
    closed_contest.refresh_from_db()
    assert closed_contest.stage == Stage.SENT
    assert closed_contest.run == run


def test_an_open_contest_is_not_placed(
    signed_in: Callable[..., Client], open_contest: Contest
) -> None:
    signed_in("office").post(reverse("office-place", args=[open_contest.key]))
    assert not Run.objects.exists()


def test_what_changed_after_a_placement_keeps_it_from_being_sent(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    closed_contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    run = ask(browser, commit, closed_contest, "office-place")
    Candidate.objects.filter(contest=closed_contest, candidate="C1").update(emigrant=True)
    browser.post(reverse("office-send", args=[closed_contest.key, run.pk]))
    closed_contest.refresh_from_db()
    assert closed_contest.stage == Stage.CLOSED
    again = ask(browser, commit, closed_contest, "office-place")
    browser.post(reverse("office-send", args=[closed_contest.key, again.pk]))
    closed_contest.refresh_from_db()
    assert closed_contest.run == again


def test_the_same_work_is_not_queued_twice(closed_contest: Contest, user_with: Any) -> None:
    run_requests.ask_placement(closed_contest, user_with("office"))
    with pytest.raises(UsageError):
        run_requests.ask_placement(closed_contest, user_with("office"))


def test_a_what_if_is_held_against_the_result_and_never_sent(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    closed_contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    base = ask(browser, commit, closed_contest, "office-place")
    run = ask(browser, commit, closed_contest, "office-what-if", seats="9001/0001 0\n9001/0002; 5")
    assert run.parameters["seats"] == {"9001/0001": 0, "9001/0002": 5}
    differing = result_differences.between(base, run)
    shown = dict(PlacementResult.objects.filter(run=base).values_list("candidate", "programme"))
    then = dict(PlacementResult.objects.filter(run=run).values_list("candidate", "programme"))
    assert {row["candidate"] for row in differing.to_dicts()} >= {
        key for key in shown if shown[key] != then[key]
    }
    page = page_of(browser, run)
    assert "Ana Exemplo" in page
    assert Programme.objects.get(contest=closed_contest, programme="9001/0001").seats == 2
    browser.post(reverse("office-send", args=[closed_contest.key, run.pk]))
    closed_contest.refresh_from_db()
    assert closed_contest.stage == Stage.CLOSED
    taken = browser.get(reverse("office-differences", args=[closed_contest.key, run.pk]))
    assert taken.content.decode("utf-8-sig").startswith("candidate,result_before,")
    assert LogEntry.objects.filter(code="log-differences-taken").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seats": ""}, "as it is"), ({"seats": "9001/0001"}, "Line 1"),
        ({"seats": "0000/0000 3"}, "0000/0000"), ({"seats": "9001/0001 -1"}, "Line 1"),
    ],
)  # fmt: skip
def test_a_what_if_that_changes_nothing_or_what_is_not_there_is_refused(
    signed_in: Callable[..., Client], closed_contest: Contest, given: dict[str, str], said: str
) -> None:
    address = reverse("office-what-if", args=[closed_contest.key])
    browser = signed_in("office")
    browser.cookies["django_language"] = "en"
    answer = browser.post(address, given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Run.objects.exists()


def test_readings_are_compared(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    closed_contest: Contest,
) -> None:
    browser, commit = signed_in("office"), django_capture_on_commit_callbacks
    run = ask(browser, commit, closed_contest, "office-compare")
    assert run.state == Job.State.DONE
    assert run.answer is not None
    page = page_of(browser, run)
    for row in run.answer["differences"]:
        assert Candidate.objects.get(candidate=row["candidate"]).name in page
    browser.get(reverse("office-differences", args=[closed_contest.key, run.pk]))


def test_differences_of_readings_are_shown_by_reading(
    signed_in: Callable[..., Client], closed_contest: Contest, user_with: Any
) -> None:
    fate = {"result": "placed", "programme": "9001/0001", "quota": "general"}
    row = {
        "reading": "placement", "choice": "literal", "candidate": "C1", "in_force": fate,
        "otherwise": {"result": "not_placed", "programme": None, "quota": None},
        "why": "heard_otherwise", "because": [["9001/0001", "regional"]], "clause": "211-A 37/3",
    }  # fmt: skip
    run = Run.objects.create(
        contest=closed_contest, kind=Run.Kind.COMPARISON, started_by=user_with("office"),
        state=Job.State.DONE, answer={"differences": [row] * 60},
    )  # fmt: skip
    browser = signed_in("office")
    address = reverse("office-run", args=[closed_contest.key, run.pk])
    assert browser.get(address).content.decode().count("Ana Exemplo") == 50
    some = browser.get(address, {"leitura": "placement:literal", "page": "2"})
    assert some.content.decode().count("Ana Exemplo") == 10
    assert b"Ana Exemplo" not in browser.get(address, {"leitura": "x:y"}).content


@pytest.mark.parametrize("role", ["office", "director", "auditor"])
def test_a_result_is_verified_from_the_screen(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    published: Contest,
    role: str,
) -> None:
    assert published.run is not None
    browser = signed_in(role)
    address = reverse("office-verify", args=[published.key, published.run.pk])
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address)
    run = Run.objects.latest("pk")
    assert run.answer == {"verified": True, "digest": published.run.digest}
    page_of(browser, run)
    PlacementResult.objects.filter(run=published.run, candidate="C1").update(grade="200.0")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address)
    run = Run.objects.latest("pk")
    assert run.answer is not None
    assert not run.answer["verified"]
    assert "placements.csv" in page_of(browser, run)


def test_a_damaged_result_is_told(
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Commit,
    published: Contest,
) -> None:
    assert published.run is not None
    browser = signed_in("auditor")
    with (
        damaged(published.run, "seats.csv"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        browser.post(reverse("office-verify", args=[published.key, published.run.pk]))
    run = Run.objects.latest("pk")
    assert run.answer is None or not run.answer["verified"]
    assert "seats.csv" in page_of(browser, run)


def test_work_is_watched_and_stopped(
    signed_in: Callable[..., Client], closed_contest: Contest, user_with: Any
) -> None:
    browser = signed_in("office")
    run = run_requests.ask_placement(closed_contest, user_with("office"))
    poll = reverse("job", args=["execucao", run.pk])
    assert poll in page_of(browser, run)
    assert b"<progress" in browser.get(poll).content
    browser.post(reverse("job-cancel", args=["execucao", run.pk]))
    run.refresh_from_db()
    assert run.state == Job.State.CANCELLED
    answer = browser.get(poll)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    assert run.state == Job.State.CANCELLED
    assert not run.digest
    browser.post(reverse("job-cancel", args=["execucao", run.pk]))
    assert signed_in("auditor").post(poll + "parar/").status_code == 403


def test_work_that_was_stopped_on_its_way_leaves_nothing(
    closed_contest: Contest, user_with: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_requests.ask_placement(closed_contest, user_with("office"))

    def stopped(*_given: Any) -> None:
        Run.objects.filter(pk=run.pk).update(state=Job.State.CANCELLED)
        raise Cancelled(Message(jobs.CANCELLED, {"user": ""}))

    monkeypatch.setattr(runs, "place", stopped)
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    assert run.state == Job.State.CANCELLED
    assert not PlacementResult.objects.filter(run=run).exists()


def test_a_fault_of_the_program_is_told_and_changes_nothing(
    signed_in: Callable[..., Client],
    closed_contest: Contest,
    user_with: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_given: Any) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(runs, "place", broken)
    run = run_requests.ask_placement(closed_contest, user_with("office"))
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    assert run.state == Job.State.FAILED
    assert "ZeroDivisionError" in page_of(signed_in("office"), run)


def test_records_with_problems_are_told_instead_of_placed(
    signed_in: Callable[..., Client], closed_contest: Contest, user_with: Any
) -> None:
    Programme.objects.filter(contest=closed_contest, programme="9001/0001").update(w_secondary="49")
    run = run_requests.ask_placement(closed_contest, user_with("office"))
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    assert run.state == Job.State.FAILED
    assert "9001/0001" in page_of(signed_in("office"), run)


def test_a_job_done_again_after_a_crash_changes_nothing(
    closed_contest: Contest, user_with: Any
) -> None:
    run = run_requests.ask_placement(closed_contest, user_with("office"))
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    digest = run.digest
    Run.objects.filter(pk=run.pk).update(state=Job.State.RUNNING)
    jobs.work.call("run", run.pk)
    run.refresh_from_db()
    assert (run.state, run.digest) == (Job.State.DONE, digest)
    assert PlacementResult.objects.filter(run=run).count() == 7


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html")])
def test_the_report_is_made_once_and_taken_as_a_file(
    signed_in: Callable[..., Client], published: Contest, kind: str, begins: bytes
) -> None:
    assert published.run is not None
    browser = signed_in("auditor")
    address = reverse("office-report", args=[published.key, published.run.pk, kind])
    answer = browser.get(address)
    assert b"".join(answer)[:15].lower().startswith(begins.lower())
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    kept = next(path for path in kept_papers.folder(published.run).iterdir() if kind in path.name)
    written = kept.stat().st_mtime_ns
    browser.get(address)
    assert kept.stat().st_mtime_ns == written


def test_what_the_worker_still_makes_is_waited_for(
    signed_in: Callable[..., Client], published: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert published.run is not None
    asked = []
    monkeypatch.setattr(type(kept_papers.make), "enqueue", lambda self, *given: asked.append(given))
    address = reverse("office-report", args=[published.key, published.run.pk, "pdf"])
    browser = signed_in("auditor", email="other@example.org")
    for path in Path(kept_papers.folder(published.run)).glob("*report.pdf"):
        path.unlink()
    answers = [browser.get(address) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [202] * 3
    assert len(asked) == 1, "asked for once, not by each who waits"
