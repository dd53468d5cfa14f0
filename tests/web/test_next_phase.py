"""From a published contest to the next phase, and a whole year of three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.regulations.access.later.prepare import CARRIED
from portaria.regulations.access.schemas import TABLES
from portaria.regulations.access.year import year
from portaria.tables.folder import read_table
from portaria.tables.parse import TRUE
from portaria.tables.schema import SOURCE_ROW, columns_of
from portaria.web.access import (
    adjustments,
    enrolments,
    frames,
    holders,
    intake,
    next_phase,
    next_phase_seats,
    opened_seats,
    people,
)
from portaria.web.access.enrolment_checks import Reported
from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import (
    Adjustment,
    Candidate,
    Contest,
    Opened,
    PlacementResult,
    Programme,
    Stage,
)
from portaria.web.accounts.models import LogEntry, User
from web.making import contest_from, placed, plan_from, published_contest, silent
from web.moving import seats_of_engine, seats_of_pages

pytestmark = pytest.mark.django_db
Users = Callable[..., User]
HERE, THERE = "9001", "9002"
RESULTS = ("placements", "options_outcome", "rankings", "seats", "last_placed", "holders")


def closed(contest: Contest) -> Contest:
    """The same, closed since a moment."""
    contest.stage, now = Stage.CLOSED, timezone.now()
    contest.opens_at, contest.closes_at = now - timedelta(days=2), now - timedelta(seconds=1)
    contest.save()
    return contest


def report_from(contest: Contest, table: pl.DataFrame, users: Users) -> None:
    """Report a table of enrolments, each row by the institution where the seat is, in its phase."""
    told = {row["candidate"]: row for row in table.to_dicts()}
    phase: Contest | None = contest
    while phase is not None:
        offered = Programme.objects.filter(contest=phase).order_by("institution")
        for code in offered.values_list("institution", flat=True).distinct():
            rows = [
                Reported(
                    who, told[who]["enrolled"] in TRUE, cancelled=told[who]["cancelled"] in TRUE
                )
                for who in holders.students(phase, code)
                if who in told
            ]
            for row in rows:
                del told[row.candidate]
            enrolments.report(phase, code, rows, users("institution", code))
        phase = phase.previous
    assert not told


def apply_from(contest: Contest, folder: Path) -> None:
    """The people and applications of a phase: what the folder says of somebody replaces what was
    carried, newcomers are added."""
    tables = {}
    for name in ("candidates", "exams", "prerequisites", "options"):
        frame, _problems = read_table(folder / f"{name}.csv", TABLES[name].schema)
        assert frame is not None
        tables[name] = frame.drop(SOURCE_ROW)
    for name in ("candidates", "exams", "prerequisites"):
        stand = frames.table(contest, name).select(*columns_of(TABLES[name].schema))
        others = stand.join(tables["candidates"], on="candidate", how="anti")
        whole = pl.concat(
            [others.cast(dict(tables[name].schema)), tables[name].select(stand.columns)]
        )
        if name == "candidates":
            people.keep_people(contest, whole)
        else:
            frames.keep(contest, {name: whole})
    frames.keep_options(contest, tables["options"])


def compare(contest: Contest, folder: Path) -> None:
    assert contest.run is not None
    kept = results_folder(contest.run)
    for name in RESULTS:
        assert (kept / f"{name}.csv").read_bytes() == (folder / f"{name}.csv").read_bytes(), name


def test_a_year_of_three_phases_gives_what_the_folders_give(
    tmp_path: Path, user_with: Users
) -> None:
    year(tmp_path, 700, 30, 5)
    office, director = user_with("office"), user_with("director")
    contest = contest_from(tmp_path / "phase-1", office)
    for phase in (1, 2, 3):
        if phase > 1:
            folder = tmp_path / f"phase-{phase}"
            table = pl.read_csv(folder / "enrolments.csv", infer_schema=False)
            report_from(contest, table, user_with)
            contest = next_phase.create(contest, office, f"Fase {phase}")
            assert contest.phase == phase
            assert contest.stage == Stage.PREPARING
            apply_from(contest, folder)
            if phase == 3:
                decided = pl.read_csv(folder / "opened.csv").group_by("programme").agg("seats")
                for code in {each.split("/")[0] for each in decided["programme"]}:
                    mine = decided.filter(
                        pl.col("programme").is_in(holders.programmes_of(contest, code))
                    )
                    rows = {each: seats[0] for each, seats in mine.iter_rows()}
                    opened_seats.open_seats(contest, code, user_with("institution", code), rows)
        placed(closed(contest), office)
        contest = published_contest(contest, director)
        compare(contest, tmp_path / f"results-{phase}")
        assert seats_of_pages(contest) == seats_of_engine(contest)


def test_the_next_phase_takes_people_along_without_their_applications(
    published: Contest, user_with: Users, candidate_of: Callable[..., Candidate]
) -> None:
    account = candidate_of(published, "C1").user
    made = next_phase.create(published, user_with("office"), "2.ª fase")
    assert made.previous == published
    assert made.phase == 2
    assert made.stage == Stage.PREPARING
    for name in CARRIED:
        before, after = frames.table(published, name), frames.table(made, name)
        assert before.sort(before.columns).equals(after.sort(after.columns)), name
    person = Candidate.objects.get(contest=made, candidate="C1")
    assert person.user == account
    assert person.submission is None
    assert person.activation is None
    assert (
        Candidate.objects.filter(contest=made).count()
        == Candidate.objects.filter(contest=published).count()
    )
    assert LogEntry.objects.filter(code="log-next-phase", contest=made.key).exists()


def test_newcomers_of_a_later_phase_come_as_tables(
    published: Contest, user_with: Users, tmp_path: Path
) -> None:
    office = user_with("office")
    made = next_phase.create(published, office, "2.ª fase")
    for name in ("candidates", "exams"):
        stand = frames.table(made, name)
        new = stand.filter(pl.col("candidate") == "C1").with_columns(candidate=pl.lit("N1"))
        pl.concat([stand, new]).write_csv(tmp_path / f"{name}.csv")
    plan = plan_from(tmp_path, office, made)
    assert [row for row in plan.problems if row["severity"] == "error"] == []
    assert plan.answer["tables"]["candidates"]["counts"]["added"] == 1
    plan.applied_by = office
    intake.apply_plan(plan, silent)
    assert Candidate.objects.filter(contest=made).count() == 8
    assert Candidate.objects.get(contest=made, candidate="N1").secondary is not None


def test_only_a_published_contest_has_a_next_phase_and_only_one(
    closed_contest: Contest, user_with: Users
) -> None:
    office = user_with("office")
    with pytest.raises(UsageError, match="published"):
        next_phase.create(closed_contest, office, "x")
    placed(closed_contest, office)
    published_contest(closed_contest, user_with("director"))
    with pytest.raises(UsageError, match="title"):
        next_phase.create(closed_contest, office, " ")
    next_phase.create(closed_contest, office, "x")
    with pytest.raises(UsageError, match="already"):
        next_phase.create(closed_contest, office, "y")


def test_after_the_last_phase_there_is_none(published: Contest, user_with: Users) -> None:
    Contest.objects.filter(pk=published.pk).update(phase=3)
    published.refresh_from_db()
    with pytest.raises(UsageError, match="no phase 4"):
        next_phase.create(published, user_with("office"), "x")


def test_who_is_not_reported_counts_as_not_enrolled_and_is_told(published: Contest) -> None:
    found = next_phase_seats.seats(published)
    placed_count = PlacementResult.objects.filter(run=published.run, result="placed").count()
    assert found.total("vsm") == sum(found.missing.values()) == placed_count


def test_adjustments_enter_the_preview(published: Contest, user_with: Users) -> None:
    office = user_with("office")
    made = next_phase.create(published, office, "x")
    before = next_phase_seats.seats(published, made)
    adjustments.adjust(made, office, "9001/0001", 0, 1)
    after = next_phase_seats.seats(published, made)
    assert before.total("vr") == 0
    assert after.total("vr") == 1
    assert before.total("base") - after.total("base") in (0, 1)
    adjustments.adjust(made, office, "9001/0001", 0, 0)
    assert not Adjustment.objects.exists()
    with pytest.raises(UsageError):
        adjustments.adjust(made, office, "0000/0000", 1, 0)
    made.stage = Stage.PUBLISHED
    made.save()
    with pytest.raises(UsageError):
        adjustments.adjust(made, office, "9001/0001", 1, 0)


@pytest.fixture
def third(published: Contest, user_with: Users) -> Contest:
    """A phase whose seats institutions decide, being prepared."""
    published.phase = 2
    published.save()
    return next_phase.create(published, user_with("office"), "3.ª fase")


def test_an_institution_opens_seats_up_to_what_was_left(
    third: Contest, signed_in: Callable[..., Client]
) -> None:
    most = opened_seats.may_open(third, HERE)
    assert most
    assert max(most.values()) > 0
    browser, address = (
        signed_in("institution", HERE),
        reverse("institution-seats", args=[HERE, third.key]),
    )
    assert browser.get(address).status_code == 200
    programme = max(most, key=lambda each: most[each])
    answer = browser.post(address, {f"seats:{programme}": most[programme] + 1})
    assert answer.status_code == 422
    assert not Opened.objects.exists()
    assert browser.post(address, {f"seats:{programme}": "many"}).status_code == 422
    assert browser.post(address, {f"seats:{programme}": most[programme]}).status_code == 302
    assert list(Opened.objects.values_list("programme", "seats")) == [(programme, most[programme])]
    page = signed_in("office").get(reverse("opened-seats", args=[third.key]))
    assert programme in page.content.decode()
    assert signed_in("office").post(address, {}).status_code == 403
    third.stage = Stage.OPEN
    third.save()
    assert browser.post(address, {f"seats:{programme}": ""}).status_code == 422


def test_nobody_opens_seats_of_others(third: Contest, user_with: Users) -> None:
    other = next(iter(opened_seats.may_open(third, THERE)))
    with pytest.raises(UsageError):
        opened_seats.open_seats(third, HERE, user_with("institution", HERE), {other: 0})


def test_a_formula_leaves_nothing_to_decide(published: Contest, user_with: Users) -> None:
    made = next_phase.create(published, user_with("office"), "2.ª fase")
    with pytest.raises(UsageError, match="formula"):
        opened_seats.open_seats(made, HERE, user_with("institution", HERE), {})


def test_the_office_makes_it_on_the_screen(
    published: Contest, signed_in: Callable[..., Client]
) -> None:
    address = reverse("next-phase", args=[published.key])
    page = signed_in("office").get(address).content.decode()
    assert "9001/0001" in page
    assert signed_in("auditor").post(address, {"title": "x"}).status_code == 403
    assert signed_in("office").post(address, {"title": ""}).status_code == 422
    answer = signed_in("office").post(address, {"title": "2.ª fase"}, follow=True)
    made = Contest.objects.get(previous=published)
    assert "2.ª fase" in answer.content.decode()
    adjust = reverse("adjustments", args=[made.key])
    fields = {"programme": "9001/0001", "vl2": 0, "vr": 1}
    assert signed_in("office").post(adjust, fields).status_code == 302
    assert "9001/0001" in signed_in("auditor").get(adjust).content.decode()
    assert signed_in("auditor").post(adjust, fields).status_code == 403


@pytest.mark.parametrize("name", ["next-phase", "office-moves", "rectifications"])
def test_pages_of_the_office_are_for_those_who_see_contests(
    published: Contest, signed_in: Callable[..., Client], name: str
) -> None:
    address = reverse(name, args=[published.key])
    for role in ("office", "director", "auditor"):
        assert signed_in(role).get(address).status_code == 200
    for role in ("candidate", "commission", "administrator"):
        assert signed_in(role).get(address).status_code == 403
    assert signed_in("institution", HERE).get(address).status_code == 403
    assert Client().get(address).status_code == 302
