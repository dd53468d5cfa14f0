"""Exchange of seats and relocation: who asks, who agrees, who decides, and what moves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.web.access import consents, enrolments, exchanges, holders, relocations
from portaria.web.access.enrolment_checks import Reported
from portaria.web.access.models import Candidate, Consent, Contest, Enrolment, Exchange, Relocation
from portaria.web.accounts.models import LogEntry, User
from web.damaging import moved_away
from web.moving import moving_contest

pytestmark = pytest.mark.django_db
Users = Callable[..., User]
Browser = Callable[..., Client]
Own = Callable[..., Candidate]


@pytest.fixture
def moving(tmp_path: Path, user_with: Users) -> Contest:
    return moving_contest(tmp_path / "moving", user_with)


def waiting(code: str) -> int:
    return consents.waiting(Exchange.objects.all(), code)


def of(candidate: Candidate) -> User:
    assert candidate.user is not None
    return candidate.user


@pytest.fixture
def both(moving: Contest, candidate_of: Own) -> tuple[Candidate, Candidate]:
    return candidate_of(moving, "A"), candidate_of(moving, "B")


@pytest.fixture
def agreed(both: tuple[Candidate, Candidate]) -> Exchange:
    first, second = both
    asked = exchanges.ask(first, of(first), "B")
    return exchanges.agree(asked.pk, second, of(second))


def test_an_exchange_moves_both_when_both_institutions_authorise(
    agreed: Exchange, moving: Contest, user_with: Users
) -> None:
    assert agreed.conditions["outcome"]["answer"] == "accepted"
    assert consents.concerned(agreed) == ("7001", "7002")
    assert [waiting(code) for code in ("7001", "7002", "7003")] == [1, 1, 0]
    exchanges.decide(agreed.pk, "7001", True, "", user_with("institution", "7001"))
    assert not Enrolment.objects.filter(programme__isnull=False).exists()
    done = exchanges.decide(agreed.pk, "7002", True, "", user_with("institution", "7002"))
    assert done.state == "done"
    moved = Enrolment.objects.filter(programme__isnull=False).values_list(
        "candidate", "programme", "enrolled"
    )
    assert sorted(moved) == [("A", "7002/B", True), ("B", "7001/A", True)]
    entry = LogEntry.objects.get(code="log-exchange-done")
    assert entry.before == {"A": "7001/A", "B": "7002/B"}
    assert entry.after == {"A": "7002/B", "B": "7001/A"}
    assert "A" in holders.students(moving, "7002")


def test_an_exchange_back_is_possible(
    agreed: Exchange, both: tuple[Candidate, Candidate], user_with: Users
) -> None:
    first, second = both
    for code in ("7001", "7002"):
        exchanges.decide(agreed.pk, code, True, "", user_with("institution", code))
    again = exchanges.ask(second, of(second), "A")
    exchanges.agree(again.pk, first, of(first))
    for code in ("7001", "7002"):
        exchanges.decide(again.pk, code, True, "", user_with("institution", code))
    assert Enrolment.objects.get(candidate="A").programme == "7001/A"


def test_one_refusal_ends_it(agreed: Exchange, user_with: Users) -> None:
    officers = [user_with("institution", code) for code in ("7001", "7002")]
    done = exchanges.decide(agreed.pk, "7002", False, "Não há lugar.", officers[1])
    assert done.state == "refused"
    with pytest.raises(UsageError):
        exchanges.decide(agreed.pk, "7001", True, "", officers[0])
    assert not Enrolment.objects.filter(programme__isnull=False).exists()


def test_an_institution_decides_once_and_only_its_own(agreed: Exchange, user_with: Users) -> None:
    officer = user_with("institution", "7001")
    exchanges.decide(agreed.pk, "7001", True, "", officer)
    with pytest.raises(UsageError, match="already"):
        exchanges.decide(agreed.pk, "7001", True, "", officer)
    with pytest.raises(UsageError):
        exchanges.decide(agreed.pk, "7003", True, "", officer)


def test_what_does_not_hold_cannot_be_authorised(
    moving: Contest, candidate_of: Own, user_with: Users
) -> None:
    # W's grade is below that of the last placed where A has her seat.
    first, second = candidate_of(moving, "A"), candidate_of(moving, "W")
    asked = exchanges.ask(first, of(first), "W")
    asked = exchanges.agree(asked.pk, second, of(second))
    assert asked.conditions["outcome"]["answer"] == "refused"
    assert consents.concerned(asked) == ("7001",)
    officer = user_with("institution", "7001")
    with pytest.raises(UsageError, match="not every condition"):
        exchanges.decide(asked.pk, "7001", True, "", officer)
    assert not asked.consents.exists()
    assert exchanges.decide(asked.pk, "7001", False, "54/1/e", officer).state == "refused"


def test_conditions_are_checked_again_at_the_end(
    agreed: Exchange, moving: Contest, user_with: Users
) -> None:
    officer = user_with("institution", "7001")
    exchanges.decide(agreed.pk, "7001", True, "", officer)
    enrolments.report(moving, "7001", [Reported("A", True, cancelled=True)], officer)
    with pytest.raises(UsageError, match="not every condition"):
        exchanges.decide(agreed.pk, "7002", True, "", user_with("institution", "7002"))


def test_after_fifteen_days_it_is_too_late(
    moving: Contest, both: tuple[Candidate, Candidate], user_with: Users
) -> None:
    long_ago = timezone.localdate() - timedelta(days=60)
    Enrolment.objects.update(enrolled_on=long_ago)
    first, second = both
    asked = exchanges.ask(first, of(first), "B")
    asked = exchanges.agree(asked.pk, second, of(second))
    failing = [each["code"] for each in asked.conditions["outcome"]["conditions"]
               if each["met"] is False]  # fmt: skip
    assert failing == ["exchange-in-time"]


def test_what_cannot_be_asked(moving: Contest, candidate_of: Own) -> None:
    first, nobody = candidate_of(moving, "A"), candidate_of(moving, "Z")
    for who, code in ((first, "A"), (first, "NONE"), (first, "Z"), (nobody, "A")):
        with pytest.raises(UsageError):
            exchanges.ask(who, of(who), code)
    exchanges.ask(first, of(first), "B")
    with pytest.raises(UsageError, match="already"):
        exchanges.ask(first, of(first), "X")


def test_codes_that_are_tried_are_counted(moving: Contest, candidate_of: Own) -> None:
    first = candidate_of(moving, "A")
    for number in range(exchanges.TRIES.most):
        with pytest.raises(UsageError, match="No candidate"):
            exchanges.ask(first, of(first), f"NONE{number}")
    with pytest.raises(UsageError, match="Too many"):
        exchanges.ask(first, of(first), "B")


def test_only_the_other_agrees(both: tuple[Candidate, Candidate], candidate_of: Own) -> None:
    first, second = both
    asked = exchanges.ask(first, of(first), "B")
    stranger = candidate_of(asked.contest, "X")
    for who in (first, stranger):
        with pytest.raises(UsageError):
            exchanges.agree(asked.pk, who, of(who))
    with pytest.raises(UsageError):
        exchanges.give_up(asked.pk, stranger, of(stranger))
    exchanges.give_up(asked.pk, second, of(second))
    with pytest.raises(UsageError):
        exchanges.agree(asked.pk, second, of(second))


def test_nothing_is_told_of_the_other_before_she_agrees(
    moving: Contest, both: tuple[Candidate, Candidate], signed_in: Browser
) -> None:
    address = reverse("exchange", args=[moving.key])
    first = signed_in("candidate", email="a@example.org")
    page = first.post(address, {"code": "B"}, follow=True).content.decode()
    assert "Pessoa B" not in page
    assert "7002/B" not in page
    second = signed_in("candidate", email="b@example.org")
    assert "Pessoa A" not in second.get(address).content.decode()
    pk = Exchange.objects.get().pk
    answer = reverse("exchange-answer", args=[moving.key, pk])
    page = second.post(answer, {"answer": "agree"}, follow=True).content.decode()
    assert "Pessoa A" in page
    assert "Pessoa B" in first.get(address).content.decode()


def test_a_wrong_code_on_the_page(
    moving: Contest, both: tuple[Candidate, Candidate], signed_in: Browser
) -> None:
    first = signed_in("candidate", email="a@example.org")
    answer = first.post(reverse("exchange", args=[moving.key]), {"code": "NONE"})
    assert answer.status_code == 422
    assert "NONE" in answer.content.decode()


def test_pages_of_a_candidate_are_her_own(
    moving: Contest, agreed: Exchange, signed_in: Browser
) -> None:
    address = reverse("exchange", args=[moving.key])
    stranger = signed_in("candidate", email="stranger@example.org")
    assert stranger.get(address).status_code == 404
    answer = reverse("exchange-answer", args=[moving.key, agreed.pk])
    assert stranger.post(answer, {"answer": "end"}).status_code == 404
    assert signed_in("office").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    agreed.refresh_from_db()
    assert agreed.state == "asked"


def test_institutions_decide_on_the_screen(agreed: Exchange, signed_in: Browser) -> None:
    for code in ("7001", "7002"):
        browser = signed_in("institution", code)
        assert (
            "Pessoa A"
            in browser.get(reverse("institution-exchanges", args=[code])).content.decode()
        )
        page = browser.get(reverse("institution-exchange", args=[code, agreed.pk])).content.decode()
        assert "art. 54" in page
        decide = reverse("institution-exchange-decide", args=[code, agreed.pk])
        assert browser.post(decide, {}).status_code == 422
        assert browser.post(decide, {"decision": "refused", "reasons": " "}).status_code == 422
        assert browser.post(decide, {"decision": "agreed"}).status_code == 302
    agreed.refresh_from_db()
    assert agreed.state == "done"
    assert LogEntry.objects.filter(code="log-request-read").count() == 2


def test_an_exchange_is_not_there_for_a_third_institution(
    agreed: Exchange, signed_in: Browser
) -> None:
    browser = signed_in("institution", "7003")
    assert browser.get(reverse("institution-exchange", args=["7003", agreed.pk])).status_code == 404
    decide = reverse("institution-exchange-decide", args=["7003", agreed.pk])
    assert browser.post(decide, {"decision": "agreed"}).status_code == 404


@pytest.fixture
def proposed(moving: Contest, user_with: Users) -> Relocation:
    officer = user_with("institution", "7001")
    return relocations.propose(moving, "7001/D", {"W": "7002/C"}, officer, last_phase=True)


def test_a_relocation_moves_everybody_when_all_agree(
    proposed: Relocation, candidate_of: Own, user_with: Users
) -> None:
    assert consents.concerned(proposed) == ("7001", "7002")
    student = candidate_of(proposed.contest, "W")
    relocations.answer(proposed.pk, "W", True, of(student))
    relocations.decide(proposed.pk, "7001", True, "", user_with("institution", "7001"))
    done = relocations.decide(proposed.pk, "7002", True, "", user_with("institution", "7002"))
    assert done.state == "done"
    assert Enrolment.objects.get(candidate="W").programme == "7002/C"


def test_no_institution_agrees_before_the_students(proposed: Relocation, user_with: Users) -> None:
    with pytest.raises(UsageError, match="not every condition"):
        relocations.decide(proposed.pk, "7001", True, "", user_with("institution", "7001"))
    assert not proposed.consents.exists()


def test_a_student_who_refuses_keeps_everybody(
    proposed: Relocation, candidate_of: Own, user_with: Users
) -> None:
    student = candidate_of(proposed.contest, "W")
    assert relocations.answer(proposed.pk, "W", False, of(student)).state == "refused"
    with pytest.raises(UsageError):
        relocations.decide(proposed.pk, "7001", True, "", user_with("institution", "7001"))


def test_only_after_the_last_phase(moving: Contest, user_with: Users) -> None:
    officer = user_with("institution", "7001")
    made = relocations.propose(moving, "7001/D", {"W": "7002/C"}, officer)
    relocations.answer(made.pk, "W", True, officer, on_paper=True)
    with pytest.raises(UsageError, match="not every condition"):
        relocations.decide(made.pk, "7001", True, "", officer)


def test_what_cannot_be_proposed(moving: Contest, user_with: Users) -> None:
    officer = user_with("institution", "7001")
    for programme, moves in (
        ("7001/D", {}),
        ("7001/D", {"W": "7001/D"}),
        ("7001/D", {"W": "0000/0"}),
        ("7002/C", {"W": "7002/B"}),
    ):
        with pytest.raises((UsageError, InputError)):
            relocations.propose(moving, programme, moves, officer)
    relocations.propose(moving, "7001/D", {"W": "7002/C"}, officer)
    with pytest.raises(UsageError, match="already"):
        relocations.propose(moving, "7001/D", {"W": "7002/C"}, officer)


def test_a_relocation_on_the_screen(moving: Contest, signed_in: Browser, candidate_of: Own) -> None:
    origin, target = signed_in("institution", "7001"), signed_in("institution", "7002")
    listed = origin.get(reverse("institution-relocations", args=["7001"])).content.decode()
    assert "7001/D" in listed
    new = reverse("institution-relocation-new", args=["7001", moving.key])
    assert "Pessoa W" in origin.get(f"{new}?curso=7001/D").content.decode()
    assert origin.get(f"{new}?curso=7002/C").status_code == 404
    wrong = {"curso": "7001/D", "to:W": "nowhere", "others": 0}
    assert origin.post(new, wrong).status_code == 422
    given = {"curso": "7001/D", "to:W": "7002/C", "others": 0, "last_phase": "on"}
    assert origin.post(new, given).status_code == 302
    made = Relocation.objects.get()
    candidate_of(moving, "W")
    student = signed_in("candidate", email="w@example.org")
    page = student.get(reverse("exchange", args=[moving.key])).content.decode()
    answer = reverse("relocation-answer", args=[moving.key, made.pk])
    assert answer in page
    student.post(answer, {"answer": "agree"})
    for browser, code in ((origin, "7001"), (target, "7002")):
        browser.get(reverse("institution-relocation", args=[code, made.pk]))
        decide = reverse("institution-relocation-decide", args=[code, made.pk])
        assert browser.post(decide, {"decision": "agreed"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "done"
    assert (
        "7001/D"
        in signed_in("office").get(reverse("office-moves", args=[moving.key])).content.decode()
    )


def test_only_the_institution_of_origin_records_what_was_signed(
    proposed: Relocation, signed_in: Browser
) -> None:
    given = {"candidate": "W"}
    target = reverse("institution-relocation-student", args=["7002", proposed.pk])
    assert signed_in("institution", "7002").post(target, given).status_code == 404
    origin = reverse("institution-relocation-student", args=["7001", proposed.pk])
    assert signed_in("institution", "7001").post(origin, given).status_code == 302
    proposed.refresh_from_db()
    assert proposed.conditions["students"]["W"]["on_paper"]


def test_a_candidate_of_the_same_code_elsewhere_answers_for_nobody(
    proposed: Relocation, published: Contest, signed_in: Browser, candidate_of: Own
) -> None:
    other = Candidate.objects.filter(contest=published).first()
    assert other is not None
    Candidate.objects.filter(pk=other.pk).update(candidate="W")
    candidate_of(published, "W")
    browser = signed_in("candidate", email="w@example.org")
    answer = reverse("relocation-answer", args=[published.key, proposed.pk])
    assert browser.post(answer, {"answer": "refuse"}).status_code == 404


def test_where_the_files_of_the_result_are_gone_every_page_says_so_and_nothing_changes(
    moving: Contest,
    agreed: Exchange,
    proposed: Relocation,
    candidate_of: Own,
    signed_in: Browser,
) -> None:
    candidate_of(moving, "W")
    before = Exchange.objects.values().get(), Relocation.objects.values().get()
    officer, office = signed_in("institution", "7001"), signed_in("office")
    first = signed_in("candidate", email="a@example.org")
    student = signed_in("candidate", email="w@example.org")
    new = reverse("institution-relocation-new", args=["7001", moving.key])
    own, authorised = reverse("exchange", args=[moving.key]), {"decision": "agreed"}
    with moved_away(moving.run):
        answers = [
            first.get(own),
            first.post(own, {"code": "X"}),
            student.post(
                reverse("relocation-answer", args=[moving.key, proposed.pk]), {"answer": "agree"}
            ),
            officer.post(
                reverse("institution-exchange-decide", args=["7001", agreed.pk]), authorised
            ),
            officer.post(
                reverse("institution-relocation-decide", args=["7001", proposed.pk]), authorised
            ),
            officer.post(
                reverse("institution-relocation-student", args=["7001", proposed.pk]),
                {"candidate": "W"},
            ),
            officer.get(reverse("institution-relocations", args=["7001"])),
            officer.get(f"{new}?curso=7001/D"),
            office.get(f"{reverse('rectify', args=[moving.key])}?candidato=Z"),
            office.get(reverse("next-phase", args=[moving.key])),
        ]
    assert [each.status_code for each in answers] == [503] * len(answers)
    assert (Exchange.objects.values().get(), Relocation.objects.values().get()) == before
    assert not Consent.objects.exists()
    # What needs no file is read as ever.
    for name, pk in (("institution-exchange", agreed.pk), ("institution-relocation", proposed.pk)):
        assert officer.get(reverse(name, args=["7001", pk])).status_code == 200
    assert office.get(reverse("office-moves", args=[moving.key])).status_code == 200


def test_what_the_rules_say_of_people_is_told_to_whoever_asks(
    moving: Contest, both: tuple[Candidate, Candidate], candidate_of: Own, signed_in: Browser
) -> None:
    """A student cancelled her enrolment after a relocation was proposed."""
    officer = signed_in("institution", "7001")
    given = {"curso": "7001/D", "to:W": "7002/C", "others": 0, "last_phase": "on"}
    officer.post(reverse("institution-relocation-new", args=["7001", moving.key]), given)
    Enrolment.objects.filter(candidate="W").update(cancelled=True)
    pk = Relocation.objects.get().pk
    address = reverse("institution-relocation-student", args=["7001", pk])
    page = officer.post(address, {"candidate": "W"}, follow=True).content.decode()
    assert "W" in page
    asked = Relocation.objects.get()
    assert asked.conditions["students"] == {}
    # A refusal is taken all the same, so that another relocation can be proposed.
    decide = reverse("institution-relocation-decide", args=["7001", pk])
    officer.post(decide, {"decision": "refused", "reasons": "Uma estudante saiu."})
    asked.refresh_from_db()
    assert asked.state == "refused"


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_of_moves_asks_as_much_of_many_as_of_one(
    moving: Contest,
    agreed: Exchange,
    proposed: Relocation,
    signed_in: Browser,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
    count: int,
) -> None:
    for _time in range(count):
        for asked in (agreed, proposed):
            asked.pk = None
            asked.save()
    office, address = signed_in("office"), reverse("office-moves", args=[moving.key])
    office.get(address)
    with django_assert_max_num_queries(8):
        page = office.get(address).content.decode()
    assert page.count("7001, 7002") == 2 * (count + 1)


def test_the_page_of_a_relocation_asks_as_much_for_many_students_as_for_one(
    moving: Contest,
    proposed: Relocation,
    signed_in: Browser,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    proposed.moves = dict.fromkeys("ABXYWZ", "7002/C")
    proposed.save()
    officer = signed_in("institution", "7001")
    address = reverse("institution-relocation", args=["7001", proposed.pk])
    officer.get(address)
    with django_assert_max_num_queries(14):
        page = officer.get(address).content.decode()
    assert all(f"Pessoa {each}" in page for each in "ABXYWZ")
