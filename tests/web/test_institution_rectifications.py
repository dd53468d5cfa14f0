"""Rectifications: worked out, sent, ratified; nobody else moves, and the record keeps all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from portaria.core.errors import UsageError
from portaria.regulations.access.explain.candidate import explain
from portaria.regulations.access.folder import open_results, verify
from portaria.tables.result import sha256
from portaria.web.access import (
    holders,
    next_phase,
    next_phase_seats,
    placed_lists,
    rectification_decisions,
    rectification_work,
    rectifications,
)
from portaria.web.access.kept_results import folders, record_folder, results_folder
from portaria.web.access.models import (
    Adjustment,
    Candidate,
    Complaint,
    Contest,
    Enrolment,
    OptionResult,
    PlacementResult,
    Run,
    SeatResult,
)
from portaria.web.access.result_rows import rows_agree
from portaria.web.accounts.models import LogEntry, User
from web.making import silent
from web.moving import moving_contest

pytestmark = pytest.mark.django_db
Users = Callable[..., User]
Browser = Callable[..., Client]


@pytest.fixture
def moving(tmp_path: Path, user_with: Users) -> Contest:
    return moving_contest(tmp_path / "moving", user_with)


def patch_of(contest: Contest, who: str, grade: str) -> dict[str, list[dict[str, str]]]:
    """Her exam with another grade."""
    rows = rectifications.rows_of(contest, who)["exams"]
    return {"exams": [{**row, "grade": grade} for row in rows]}


def made(contest: Contest, user: User, who: str = "Z", grade: str = "200", **more: object) -> Run:
    run = rectifications.start(contest, who, patch_of(contest, who, grade), user, **more)  # type: ignore[arg-type]
    # Jobs begin as a transaction is committed, which that of a test never is.
    rectification_work.rectify_run(run, silent)
    run.refresh_from_db()
    return run


def in_force(contest: Contest, users: Users, who: str = "Z", grade: str = "200") -> Run:
    run = made(contest, users("office"), who, grade)
    rectification_decisions.send(run, users("office"))
    rectification_decisions.ratify(run, users("director"))
    contest.refresh_from_db()
    return run


def test_she_alone_moves_and_the_former_result_stays(moving: Contest, user_with: Users) -> None:
    former = moving.run
    assert former is not None
    before = dict(PlacementResult.objects.filter(run=former).values_list("candidate", "programme"))
    assert before["Z"] is None
    run = made(moving, user_with("office"))
    moving.refresh_from_db()
    assert moving.run == former, "not in force yet"
    assert rectifications.accepted(run)
    assert run.answer["after"] == "7001/A"
    rectification_decisions.send(run, user_with("office"))
    rectification_decisions.ratify(run, user_with("director"))
    moving.refresh_from_db()
    assert moving.run == run
    after = dict(PlacementResult.objects.filter(run=run).values_list("candidate", "programme"))
    assert after == {**before, "Z": "7001/A"}
    assert PlacementResult.objects.filter(run=former).count() == len(before)
    for model in (OptionResult, SeatResult):
        assert model.objects.filter(run=run).count() == model.objects.filter(run=former).count()
    assert "Z" in holders.students(moving, "7001")
    assert "Z" in {row.candidate for row in placed_lists.placed_list(moving, "7001").placed}
    codes = LogEntry.objects.filter(code__startswith="log-rectification").order_by("pk")
    assert [entry.code.rsplit("-", 1)[1] for entry in codes] == [
        "started", "made", "sent", "ratified"
    ]  # fmt: skip


def test_its_folder_is_whole_and_explains_and_verifies(
    moving: Contest, user_with: Users, tmp_path: Path
) -> None:
    run = in_force(moving, user_with)
    folder = folders() / run.answer["digest"]
    assert sha256(folder / "manifest.json") == run.answer["digest"]
    told = json.loads((folder / "manifest.json").read_text())["files"]
    assert {"patch/exams.csv", "outcome/outcome.json", "corrected/placements.csv"} <= set(told)
    assert all(sha256(folder / name) == digest for name, digest in told.items())
    record = record_folder(run, "Z")
    assert explain(open_results(record), "Z").programme == "7001/A"
    (tmp_path / "scratch").mkdir()
    assert verify(open_results(record), tmp_path / "scratch") == []
    assert record_folder(run, "A") == results_folder(run)
    assert rows_agree(run)
    PlacementResult.objects.filter(run=run, candidate="A").update(result="excluded")
    assert not rows_agree(run)


def test_the_seat_enters_the_next_phase(moving: Contest, user_with: Users) -> None:
    before = next_phase_seats.seats(moving)
    in_force(moving, user_with)
    after = next_phase_seats.seats(moving)
    assert (before.total("vr"), after.total("vr")) == (0, 1)
    following = next_phase.create(moving, user_with("office"), "2.ª fase")
    assert list(Adjustment.objects.filter(contest=following).values_list("programme", "vr")) == [
        ("7001/A", 1)
    ]
    in_force(moving, user_with, "W", "90")
    assert Adjustment.objects.get(contest=following, programme="7001/D").vl2 == 1


def test_who_loses_her_seat_has_her_enrolment_cancelled(moving: Contest, user_with: Users) -> None:
    run = in_force(moving, user_with, "W", "90")
    assert run.answer["form"] == "not_placed"
    row = Enrolment.objects.get(contest=moving, candidate="W")
    assert row.enrolled
    assert row.cancelled
    assert "W" not in {row.candidate for row in placed_lists.placed_list(moving, "7001").placed}


def test_rectifications_follow_one_another(moving: Contest, user_with: Users) -> None:
    first = in_force(moving, user_with)
    second = in_force(moving, user_with, "W", "90")
    assert second.answer["rectified"] == ["W", "Z"]
    assert second.parameters["of"] == first.pk
    results = dict(PlacementResult.objects.filter(run=second).values_list("candidate", "result"))
    assert results["Z"] == "placed"
    assert results["W"] == "not_placed"


def test_one_that_was_overtaken_is_made_again(moving: Contest, user_with: Users) -> None:
    office, director = user_with("office"), user_with("director")
    one, other = made(moving, office), made(moving, office, "W", "90")
    rectification_decisions.send(one, office)
    rectification_decisions.send(other, office)
    rectification_decisions.ratify(one, director)
    with pytest.raises(UsageError, match="again"):
        rectification_decisions.ratify(other, director)


def test_what_changes_nothing_is_not_sent(moving: Contest, user_with: Users) -> None:
    run = made(moving, user_with("office"), "Z", "121")
    assert not rectifications.accepted(run)
    assert "rectified" not in run.answer
    with pytest.raises(UsageError):
        rectification_decisions.send(run, user_with("office"))


def test_the_candidates_own_cause_gains_her_nothing(moving: Contest, user_with: Users) -> None:
    run = made(moving, user_with("office"), own_cause=True)
    assert not rectifications.accepted(run)


def test_a_wrong_correction_fails_with_its_problems(
    moving: Contest, signed_in: Browser, user_with: Users,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        run = rectifications.start(moving, "Z", patch_of(moving, "Z", "900"), user_with("office"))
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.problems[0]["column"] == "grade"
    page = signed_in("office").get(reverse("rectification", args=[moving.key, run.pk]))
    assert page.status_code == 200
    assert "grade" in page.content.decode()


def test_the_director_may_return_it(moving: Contest, user_with: Users) -> None:
    office, director = user_with("office"), user_with("director")
    run = made(moving, office)
    with pytest.raises(UsageError):
        rectification_decisions.ratify(run, director)
    rectification_decisions.send(run, office)
    rectification_decisions.take_back(run, director, "Falta o documento.")
    run.refresh_from_db()
    assert rectifications.state(run) == "returned"
    rectification_decisions.send(run, office)
    rectification_decisions.ratify(run, director)


def test_nothing_is_rectified_before_publication(closed_contest: Contest, user_with: Users) -> None:
    with pytest.raises(UsageError):
        rectifications.start(closed_contest, "C1", {"exams": []}, user_with("office"))


def test_on_the_screen(
    moving: Contest, signed_in: Browser, candidate_of: Callable[..., Candidate],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    person = candidate_of(moving, "Z")
    complaint = Complaint.objects.create(contest=moving, candidate=person, text="Engano.")
    office, director = signed_in("office"), signed_in("director")
    address = reverse("rectify", args=[moving.key])
    assert office.get(address).status_code == 200
    query = f"{address}?candidato=Z&reclamacao={complaint.pk}"
    page = office.get(query).content.decode()
    assert 'value="120"' in page
    assert "Pessoa Z" in page
    rows = rectifications.rows_of(moving, "Z")
    same = {
        f"{table}:{name}": [row[name] for row in found]
        for table, found in rows.items()
        for name in rectifications.columns(table)
        if name != "candidate"
    } | {"started_by": "candidate"}
    assert office.post(query, same).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert office.post(query, {**same, "exams:grade": ["200"]}).status_code == 302
    run = Run.objects.get(kind="rectification")
    complaint.refresh_from_db()
    assert complaint.run == run
    assert run.parameters["patch"]["exams"][0]["grade"] == "200"
    one = reverse("rectification", args=[moving.key, run.pk])
    assert "7001/A" in office.get(one).content.decode()
    assert (
        director.post(reverse("rectification-send", args=[moving.key, run.pk])).status_code == 403
    )
    assert office.post(reverse("rectification-send", args=[moving.key, run.pk])).status_code == 302
    decide = reverse("rectification-ratify", args=[moving.key, run.pk])
    assert office.post(decide, {"act": "ratify"}).status_code == 403
    assert director.post(decide, {"act": "return", "reasons": ""}).status_code == 422
    assert director.post(decide, {"act": "ratify"}).status_code == 302
    moving.refresh_from_db()
    assert moving.run == run
    assert "Z" in office.get(reverse("rectifications", args=[moving.key])).content.decode()
    for role in ("auditor", "director"):
        assert signed_in(role).get(address).status_code == 403


def test_a_new_candidate_of_a_changed_grade(moving: Contest, user_with: Users) -> None:
    """Somebody who had not applied (40/8/b)."""
    blank = dict.fromkeys(rectifications.columns("candidates"), "")
    record = blank | {"candidate": "N", "name": "Pessoa N", "secondary": "190",
                      "has_final_grade": "true", "claims_regional": "false", "emigrant": "false",
                      "military": "false", "disability": "false"}  # fmt: skip
    patch = {
        "candidates": [record],
        "exams": [{"candidate": "N", "exam": "19", "programme": "", "grade": "190"}],
        "options": [{"candidate": "N", "order": "1", "programme": "7002/B"}],
    }
    run = rectifications.start(moving, "N", patch, user_with("office"))
    rectification_work.rectify_run(run, silent)
    run.refresh_from_db()
    rectification_decisions.send(run, user_with("office"))
    rectification_decisions.ratify(run, user_with("director"))
    row = PlacementResult.objects.get(run=run, candidate="N")
    assert (row.name, row.programme, row.institution) == ("Pessoa N", "7002/B", "7002")
    kept = pl.read_csv(folders() / run.answer["digest"] / "outcome" / "rectified.csv")
    assert kept["candidate"].to_list() == ["N"]
