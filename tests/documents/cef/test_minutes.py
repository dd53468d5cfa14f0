"""Articles 8/4, 8/8 and 10: minutes with their votes, and records that contradict themselves."""

from __future__ import annotations

import pytest

from documents.cef.classes import PAPERS, TEAM, evaluated, meeting, meeting_record, text_of
from portaria.core.errors import InputError
from portaria.documents.cef.meeting import faults, vote_of
from portaria.documents.cef.minutes import minutes
from portaria.documents.cef.records import Meeting
from portaria.regulations.cef.regulation import CEF

RULES = CEF.rule_set({})


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return evaluated(tmp_path_factory.mktemp("class"), students=2)


def deciding(**decision):
    """A record with one decision; without votes it is by consensus."""
    given = {"question": "Q", "reasons": "R", "consensus": "votes" not in decision} | decision
    return meeting(topics=[{"title": "T", "decisions": [given]}])


def codes(given):
    found = faults(Meeting.model_validate(given), RULES, "meetings/m.toml")
    return [(problem.code, problem.column) for problem in found]


def test_what_the_minutes_say(small):
    told = text_of(minutes(small, meeting_record(), PAPERS, "en"))
    for words in (
        "Minutes no. 9 of the class council",
        "July 24, 2026, 14:30, until 17:10",
        "8 of the 9 members with a vote were there and 5 are needed",
        "Decision 2.1. Ratificar as classificações propostas Decided by consensus [art. 10, no. 2]",
        "contra 4 Luísa Penha, Norberto Sá, Paula Esteves, Quitéria Rolo",
        "Decided, by the casting vote of the chair: a favor [art. 10, no. 4].",
        "Reasons: As propostas seguem os critérios aprovados.",
        # Friday: two working days.
        "are due by July 28, 2026 [art. 8, no. 8].",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("votes", "decided", "by_chair"),
    [
        ("aaaabbbb", "a", True),
        ("bbbbaaaa", "b", True),
        ("aaaaabbb", "a", False),
        ("bbbbbaaa", "b", False),
        ("aaabbbcc", None, False),
        ("aaaaaaaa", "a", False),
    ],
)
def test_a_vote(votes, decided, by_chair):
    record = Meeting.model_validate(deciding(votes=dict(zip(TEAM, votes, strict=True))))
    vote = vote_of(record, record.topics[0].decisions[0], RULES)
    assert (vote.decided, vote.by_chair) == (decided, by_chair)


def test_nothing_decided_is_told(small):
    votes = dict(zip(TEAM, "aaabbbcc", strict=True))
    told = text_of(minutes(small, Meeting.model_validate(deciding(votes=votes)), PAPERS, "en"))
    assert "Nothing decided: no option has an absolute majority" in told


def test_a_record_without_faults():
    assert codes(meeting()) == []


def test_nobody_abstains_and_nobody_else_votes():
    votes = dict.fromkeys(TEAM[:-1], "a favor") | {"Ursula Prata": "a favor"}
    assert codes(deciding(votes=votes)) == [
        ("cef-meeting-no-voter", "topics.1.decisions.1.votes"),
        ("cef-meeting-not-voted", "topics.1.decisions.1.votes"),
    ]


def test_a_decision_is_by_consensus_or_by_vote():
    where = "topics.1.decisions.1"
    votes = dict.fromkeys(TEAM, "a favor")
    assert codes(deciding(consensus=False)) == [("cef-meeting-neither", where)]
    assert codes(deciding(consensus=True, votes=votes)) == [("cef-meeting-neither", where)]


def test_without_quorum_nothing_is_decided(small):
    attendance = [{"name": name, "present": name in (TEAM[0], TEAM[2])} for name in TEAM]
    given = meeting(attendance=attendance)
    assert {code for code, _ in codes(given)} == {"cef-meeting-no-quorum"}
    empty = given | {"topics": [{"title": "T"}]}
    told = text_of(minutes(small, Meeting.model_validate(empty), PAPERS, "en"))
    assert "could decide nothing, and a new one is called" in told


def test_a_second_call_needs_a_third():
    attendance = [{"name": name, "present": name in TEAM[:3]} for name in TEAM]
    given = deciding() | {"attendance": attendance}
    assert [code for code, _ in codes(given)] == ["cef-meeting-no-quorum"]
    assert codes(given | {"second_call": True}) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"chair": "Nobody"}, "cef-meeting-not-there"),
        ({"secretary": "Teresa Vinhas"}, "cef-meeting-not-there"),
        ({"ended_at": "2026-07-24T14:00:00"}, "cef-meeting-ended"),
    ],
)
def test_who_leads_was_there_and_time_runs_forward(more, code):
    assert [found for found, _ in codes(meeting(**more))] == [code]


def test_the_same_name_twice():
    given = meeting()
    given["attendance"].append({"name": TEAM[1]})
    assert "cef-meeting-twice" in [code for code, _ in codes(given)]


def test_nobody_with_a_vote():
    given = meeting(attendance=[{"name": n, "votes": False} for n in (TEAM[0], TEAM[2])])
    assert [code for code, _ in codes(given)] == ["cef-meeting-nobody"]


def test_minutes_of_a_faulty_record_carry_every_problem(small):
    with pytest.raises(InputError) as caught:
        minutes(small, meeting_record(chair="Nobody", secretary="Nobody"), file="meetings/m.toml")
    assert [problem.column for problem in caught.value.problems] == ["chair", "secretary"]
