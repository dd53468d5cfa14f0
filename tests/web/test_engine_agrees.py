"""Where pages ask the database, or one part of a rule: what the engine tells is the same.

On a generated contest in which seats were exchanged, students relocated and results rectified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone

from portaria.core.errors import InputError
from portaria.regulations.access.generate import GENERATED_SETTINGS, generate
from portaria.regulations.access.later.check import TOO_MANY_OPENED
from portaria.regulations.access.procedures.exchange import exchange
from portaria.regulations.access.procedures.exchange_case import Request
from portaria.regulations.access.procedures.outcome import ACCEPTED
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.relocation import relocate
from portaria.regulations.access.procedures.relocation_conditions import Request as Asked
from portaria.regulations.access.procedures.relocation_conditions import enrolled_in
from portaria.regulations.access.simulate.effects import effects
from portaria.tables.canonical import write_csv
from portaria.web.access import (
    enrolments,
    exchanges,
    holders,
    next_phase,
    opened_seats,
    rectification_decisions,
    rectification_work,
    rectifications,
    relocations,
    result_differences,
    runs,
)
from portaria.web.access.after import institutions_of, phases_of
from portaria.web.access.enrolment_checks import Reported
from portaria.web.access.kept_results import results
from portaria.web.access.models import (
    Candidate,
    Contest,
    Enrolment,
    Opened,
    Programme,
    Run,
    Stage,
)
from portaria.web.accounts.models import User
from web.making import contest_from, placed, published_contest, silent
from web.moving import enrol, seats_of_engine, seats_of_pages

pytestmark = pytest.mark.django_db
Users = Callable[..., User]


@pytest.fixture
def generated(tmp_path: Path, user_with: Users) -> Contest:
    """A generated contest of 60 programmes, published, everybody placed enrolled."""
    folder = tmp_path / "generated"
    folder.mkdir()
    for name, frame in generate(400, 60, 3).items():
        write_csv(frame, folder / f"{name}.csv")
    (folder / "contest.toml").write_text(GENERATED_SETTINGS, encoding="utf-8")
    contest = contest_from(folder, user_with("office"))
    now = timezone.now()
    contest.stage = Stage.CLOSED
    contest.opens_at, contest.closes_at = now - timedelta(days=9), now - timedelta(seconds=1)
    contest.save()
    placed(contest, user_with("office"))
    contest = published_contest(contest, user_with("director"))
    for code in codes(contest):
        enrol(contest, code, user_with("institution", code))
    return contest


def codes(contest: Contest) -> list[str]:
    found = Programme.objects.filter(contest=contest).order_by("institution")
    return [code or "" for code in found.values_list("institution", flat=True).distinct()]


def there(phases: Phases) -> dict[str, list[str]]:
    """By programme, who has a seat."""
    seats = phases.seats.filter("stands").group_by("programme").agg(pl.col("candidate").sort())
    return dict(seats.sort("programme").iter_rows())


def pairs(contest: Contest, phases: Phases) -> Iterator[tuple[str, str]]:
    """Who may exchange seats between institutions, by the engine."""
    sets = phases.last_contest().tables["exam_sets"].group_by("programme").agg(
        pl.struct("set", "exam").sort()
    )  # fmt: skip
    same, at = dict(sets.iter_rows()), there(phases)
    places = institutions_of(contest, at)
    today = timezone.localdate()
    for one, other in product(at, at):
        if one < other and same[one] == same[other] and places[one] != places[other]:
            for first, second in product(at[one], at[other]):
                asked = Request(first, second, today, today, today)
                if exchange(phases, asked, {}).answer == ACCEPTED:
                    yield first, second
                    break


def exchange_seats(contest: Contest, users: Users, candidate_of: Callable[..., Candidate]) -> None:
    """The first exchange that the engine allows, by everybody's steps."""
    one, other = next(pairs(contest, phases_of(contest)))
    first, second = candidate_of(contest, one), candidate_of(contest, other)
    assert first.user is not None
    assert second.user is not None
    asked = exchanges.ask(first, first.user, other)
    asked = exchanges.agree(asked.pk, second, second.user)
    for code in asked.conditions["institutions"]:
        asked = exchanges.decide(asked.pk, code, True, "", users("institution", code))
    assert asked.state == "done"


def relocate_students(contest: Contest, users: Users) -> None:
    """The first relocation into another institution that the engine allows."""
    phases = phases_of(contest)
    places = institutions_of(contest, Programme.objects.filter(contest=contest).values_list(
        "programme", flat=True
    ))  # fmt: skip
    for code in codes(contest):
        for programme, _count in relocations.few(contest, code):
            for target in places:
                people = [seat.candidate for seat in enrolled_in(phases, programme.programme)]
                moves = dict.fromkeys(people, target)
                if places[target] == code or not allowed(phases, programme.programme, moves):
                    continue
                officer = users("institution", code)
                asked = relocations.propose(
                    contest, programme.programme, moves, officer, last_phase=True
                )
                for who in moves:
                    relocations.answer(asked.pk, who, True, officer, on_paper=True)
                for place in asked.conditions["institutions"]:
                    asked = relocations.decide(
                        asked.pk, place, True, "", users("institution", place)
                    )
                assert asked.state == "done"
                return
    raise AssertionError("the engine allows no relocation")


def allowed(phases: Phases, programme: str, moves: dict[str, str]) -> bool:
    flags = dict.fromkeys(("student_consents", "institution_consents", "origin_consents"), True)
    rows = pl.DataFrame([{"candidate": w, "programme": t, **flags} for w, t in moves.items()])
    return relocate(phases, Asked(programme, rows, last_phase=True)).answer == ACCEPTED


def rectify(contest: Contest, who: str, grade: str, users: Users) -> Run:
    """Her exams with another grade, in force."""
    rows = [{**row, "grade": grade} for row in rectifications.rows_of(contest, who)["exams"]]
    run = rectifications.start(contest, who, {"exams": rows}, users("office"))
    rectification_work.rectify_run(run, silent)
    run.refresh_from_db()
    rectification_decisions.send(run, users("office"))
    rectification_decisions.ratify(run, users("director"))
    contest.refresh_from_db()
    return run


def test_who_has_a_seat_where_is_what_the_engine_tells(
    generated: Contest, user_with: Users, candidate_of: Callable[..., Candidate]
) -> None:
    contest = generated
    before = seats_of_pages(contest)
    assert len(before) > 300
    assert before == seats_of_engine(contest)
    exchange_seats(contest, user_with, candidate_of)
    assert seats_of_pages(contest) == seats_of_engine(contest) != before
    relocate_students(contest, user_with)
    moved = set(
        Enrolment.objects.filter(programme__isnull=False).values_list("candidate", flat=True)
    )
    assert len(moved) > 2
    assert seats_of_pages(contest) == seats_of_engine(contest)
    # One who had nothing is placed; one loses her seat; so does one who had exchanged hers.
    nobody = Candidate.objects.filter(contest=contest, excluded__isnull=True)
    gaining = nobody.exclude(candidate__in=before).values_list("candidate", flat=True)[0]
    losing = next(who for who in before if who not in moved)
    assert rectify(contest, gaining, "200", user_with).answer["form"] == "placed"
    exchanged = contest_moved(contest)
    for who in (losing, exchanged):
        assert rectify(contest, who, "0", user_with).answer["form"] in ("not_placed", "excluded")
    # One enrolment is cancelled by the institution itself.
    kept = next(who for who in before if who not in {*moved, losing})
    place = institutions_of(contest, [before[kept]])[before[kept]]
    officer = user_with("institution", place)
    enrolments.report(contest, place, [Reported(kept, True, cancelled=True)], officer)
    after = seats_of_pages(contest)
    assert after == seats_of_engine(contest)
    assert gaining in after
    assert not {losing, exchanged, kept} & after.keys()
    # Her report can be corrected; that of whoever lost her seat cannot bring it back.
    found = {who for code in codes(contest) for who in holders.students(contest, code)}
    assert kept in found
    assert not {losing, exchanged} & found


def contest_moved(contest: Contest) -> str:
    """Somebody who exchanged her seat."""
    first = Enrolment.objects.filter(contest=contest, programme__isnull=False).order_by("pk")
    return str(first.values_list("candidate", flat=True)[0])


def test_programmes_of_few_are_those_of_which_the_procedure_says_so(generated: Contest) -> None:
    phases = phases_of(generated)
    shown = {
        each.programme: count
        for code in codes(generated)
        for each, count in relocations.few(generated, code)
    }
    told = {}
    for programme in Programme.objects.filter(contest=generated):
        answer = relocate(phases, Asked(programme.programme))
        condition = next(c for c in answer.conditions if c.code == "relocation-fewer-than-six")
        if condition.met:
            told[programme.programme] = len(answer.enrolled)
    assert shown == told
    assert shown


def test_institutions_open_as_many_seats_as_the_check_of_a_contest_allows(
    generated: Contest, user_with: Users
) -> None:
    Contest.objects.filter(pk=generated.pk).update(phase=2)
    generated.refresh_from_db()
    third = next_phase.create(generated, user_with("office"), "3.ª fase")
    limits = {code: opened_seats.may_open(third, code) for code in codes(third)}
    code = max(limits, key=lambda each: (len(limits[each]), each))
    assert len(limits[code]) > 1
    above = {programme: most + 1 for programme, most in limits[code].items()}
    with pytest.raises(InputError) as refused:
        opened_seats.open_seats(third, code, user_with("institution", code), above)
    assert [each.code for each in refused.value.problems] == [TOO_MANY_OPENED] * len(above)
    assert not Opened.objects.exists()
    opened_seats.open_seats(third, code, user_with("institution", code), limits[code])
    assert dict(Opened.objects.values_list("programme", "seats")) == limits[code]


def test_differences_of_a_what_if_are_its_effects(generated: Contest, user_with: Users) -> None:
    base = generated.run
    assert base is not None
    seats = {
        each.programme: max(0, each.seats - 3)
        for each in Programme.objects.filter(contest=generated).order_by("programme")[:20]
    }
    other = Run.objects.create(
        contest=generated,
        kind=Run.Kind.WHAT_IF,
        parameters={"readings": {}, "seats": seats},
        started_by=user_with("office"),
    )
    runs.place_run(other, silent)
    found = result_differences.between(base, other)
    told = effects(results(base).inputs(), results(other).inputs())
    assert dict(found.select("candidate", "kind").iter_rows()) == dict(
        told.changes.select("candidate", "kind").iter_rows()
    )
    assert result_differences.counts(found) == {k: n for k, n in told.kinds.items() if n}
    assert len(told.kinds) > 1


def test_what_no_simulation_knows_is_told_as_another_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tables corrected between two placements."""
    blank = {"option": None, "quota": None, "programme": None, "grade": None}
    had = {"result": "placed", "option": "1", "quota": "general", "grade": "150.0"}
    frames = [
        pl.DataFrame(
            [
                {"candidate": "A", **blank, "result": result},
                {"candidate": "B", **had, "programme": programme},
                {"candidate": "C", **had, "programme": programme, "quota": quota},
                {"candidate": "D", **had, "programme": "x"},
            ],
            schema=["candidate", "result", "programme", "option", "quota", "grade"],
        )
        for result, programme, quota in (
            ("not_placed", "x", "general"),
            ("excluded", "y", "madeira"),
        )
    ]
    monkeypatch.setattr(result_differences, "whole_table", lambda run, _name: frames[run])
    found = result_differences.between(0, 1)  # type: ignore[arg-type]
    assert dict(found.select("candidate", "kind").iter_rows()) == dict.fromkeys("ABC", "other")
