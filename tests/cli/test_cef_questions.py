"""Single questions of `portaria cef`: the team, votes, the jury, the PAF, a unit, the version."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reference.cef import team as plain_team
from reference.cef.calls import plain
from reference.cef.meetings import quorum as plain_quorum
from reference.cef.readings import READINGS, choose
from reference.cef.situations import read_cases

from . import Answer

Row = dict[str, Any]
Run = Callable[..., Answer]

OURS = {"quorum_members"}
"""Readings of the reference that the program has not: what is naive, to show that it differs."""


def cases(*calls: str) -> dict[str, Any]:
    """The worked cases of some functions of the reference."""
    found = [
        case
        for case in read_cases()
        if case.get("call") in calls and not OURS & set(case.get("policy", {}))
    ]
    assert {case["call"] for case in found} == set(calls)
    return {"argvalues": found, "ids": [case["id"] for case in found]}


def readings(case: Row) -> Iterator[str]:
    for name, choice in case.get("policy", {}).items():
        yield from ("--reading", f"{name}={choice}")


def asked(portaria: Run, *arguments: object) -> Row:
    """The answer as JSON; the same question in sentences is answered too, and in silence."""
    answer = portaria("cef", *arguments, "--json")
    assert answer.code == 0, answer.err
    assert portaria("cef", *arguments).out
    assert portaria("cef", *arguments, "--quiet") == Answer(0, "", "")
    found = json.loads(answer.out)
    assert isinstance(found, dict)
    return found


def agrees(case: Row, found: Row) -> None:
    expected = plain(case["result"])
    assert {name: plain(found[name]) for name in expected} == expected


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Data into a JSON file, or a text or bytes as they are."""

    def written(data: object, name: str = "asked.json") -> Path:
        path = tmp_path / name
        text = data if isinstance(data, str | bytes) else json.dumps(data)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


# --- the team -------------------------------------------------------------------------------------


def test_the_help_names_every_kind_of_meeting():
    from portaria.cli.cef.meetings import KINDS
    from portaria.regulations.cef.team import KINDS as ALL

    assert ", ".join(ALL) == KINDS


@pytest.mark.parametrize("case", **cases("team.composition", "team.officers"))
def test_a_team_of_the_cases(case, portaria, write):
    given = case["given"]
    members = [
        {"name": f"M{number}", "years": number} | member
        for number, member in enumerate(given["members"])
    ]
    options = ["--kind", given["kind"], "--year", given.get("year", 1), *readings(case)]
    found = asked(portaria, "team", write({"member": members}), *options)
    places = [row["place"] for row in found["members"]]
    officers = found["officers"]
    row = {name: places.count(name) for name in ("votes", "attends", "out")}
    row["chair"] = [each["chair"] for each in officers]
    row["secretary"] = officers[0]["secretary"] if len(officers) == 1 else []
    agrees(case, row)


def random_member(rng: Random, number: int, year: int) -> Row:
    roles = ["teacher", "teacher", "special_education", "services", "representative"]
    return {
        "name": f"M{number}",
        "role": rng.choice([*roles, "paf_teacher"] if year == 2 else roles),
        "years": rng.randint(0, 6),
        "elsewhere": rng.random() < 0.3,
        "present": rng.random() < 0.8,
    }


def random_team(rng: Random, year: int) -> list[Row]:
    found = [random_member(rng, number, year) for number in range(rng.randint(0, 7))]
    for role in ("class_director", "course_director"):
        if rng.random() < 0.7:
            found.append(random_member(rng, len(found), year) | {"role": role})
    found.append(random_member(rng, len(found), year) | {"role": "teacher"})
    if rng.random() < 0.5:
        teachers = [row for row in found if row["role"] in ("teacher", "course_director")]
        rng.choice(teachers)["secretary"] = True
    rng.shuffle(found)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_random_team_as_the_reference(seed, portaria, write):
    rng = Random(seed)
    kind, year = rng.choice(plain_team.KINDS), rng.choice((1, 2))
    chosen = {
        name: rng.choice(READINGS[name].choices)
        for name in ("special_education", "interim_chair", "second_call")
    }
    members, second = random_team(rng, year), rng.random() < 0.4
    options = ["--kind", kind, "--year", year, *readings({"policy": chosen})]
    options += ["--second-call"] if second else []
    found = json.loads(portaria("cef", "team", write({"member": members}), *options, "--json").out)
    policy = choose(chosen)
    places = [plain_team.place(kind, member, year, policy) for member in members]
    assert [row["place"] for row in found["members"]] == places
    seated = [m for m, place in zip(members, places, strict=True) if place == "votes"]
    voting, present = len(seated), sum(member["present"] for member in seated)
    quorum = plain_quorum(voting, present, second, policy)
    assert (found["voting"], found["present"]) == (voting, present)
    assert (found["needed"], found["quorum"]) == (quorum["needed"], quorum["quorum"])
    there = [member for member in members if member["present"]]
    chairs = plain_team.chairs(kind, there, policy)
    assert [each["chair"] for each in found["officers"]] == chairs
    for each in found["officers"]:
        assert each["secretary"] == plain_team.secretaries(there, each["chair"])


@pytest.mark.parametrize("seed", range(25))
def test_years_that_are_left_out_are_asked_for_where_they_decide(seed, portaria, write):
    """Not asked for, then no years whatever change an office."""
    rng = Random(f"years {seed}")
    members = random_team(rng, 1)[:5]
    members.append({"name": "L", "role": "teacher"})
    unknown = [members[-1], *(m for m in members[:-1] if rng.random() < 0.4)][:3]
    for member in unknown:
        member.pop("years", None)
    kind = rng.choice(plain_team.KINDS)
    answer = portaria("cef", "team", write({"member": members}), "--kind", kind, "--json")
    there = [member for member in members if member.get("present", True)]
    policy, told = choose({}), set()
    for years in product(range(7), repeat=len(unknown)):
        for member, given in zip(unknown, years, strict=True):
            member["years"] = given
        chairs = plain_team.chairs(kind, there, policy)
        told.add(tuple((name, *plain_team.secretaries(there, name)) for name in chairs))
    assert (answer.code == 0) == (len(told) == 1), (members, answer)
    if answer.code:
        assert "service decides" in " ".join(answer.err.split())


TEAM = {
    "member": [
        {"name": "Ana", "role": "class_director", "years": 12},
        {"name": "Rui", "role": "course_director", "years": 20, "secretary": True},
        {"name": "Eva", "role": "teacher", "years": 4},
        {"name": "Ivo", "role": "teacher", "years": 9, "present": False},
        {"name": "Mia", "role": "special_education"},
        {"name": "Leo", "role": "services"},
    ]
}


def test_a_team_in_sentences(portaria, write):
    path = write(TEAM)
    assert portaria("cef", "team", path).out.splitlines() == [
        "4 members have a vote (art. 5, no. 1, a)): Ana, Rui, Eva, Ivo.",
        "There without a vote (art. 5, no. 3): Mia.",
        "Not in this meeting (art. 5, no. 3): Leo.",
        "Quorum: 3 of the 4 members with a vote are there; 3 needed (art. 8, no. 4).",
        "To note: a new meeting is called too, if there is nothing to assess by from Ivo "
        "(art. 8, no. 5).",
        "Chair: Ana (art. 7, no. 2).",
        "Secretary: Rui, named by the Director.",
    ]
    second = portaria("cef", "team", path, "--second-call").out
    assert "2 needed (CPA, art. 29, no. 3)" in second
    either = portaria("cef", "team", path, "--kind", "extraordinary").out
    assert "Chair: one of Ana, Rui; the text leaves the choice (art. 7, no. 3)." in either
    assert "If Ana chairs: Secretary: Rui, named by the Director." in either


def test_a_team_without_quorum_is_called_again(portaria, write):
    given = {"member": [{"name": "Ana", "role": "class_director"}]}
    given["member"] += [{"name": f"T{n}", "role": "teacher", "present": False} for n in range(3)]
    path = write(given)
    told = portaria("cef", "team", path).out
    assert "No quorum: 1 of the 4" in told
    assert "The class director calls a new meeting" in told
    assert "Nobody who is there may be secretary" in told
    assert "calls a new meeting" not in portaria("cef", "team", path, "--second-call").out
    nobody = write({"member": [{"name": "T", "role": "teacher", "present": False}]})
    assert "Nobody who is there may chair" in portaria("cef", "team", nobody).out
    assert json.loads(portaria("cef", "team", nobody, "--json").out)["officers"] == []


# --- files ----------------------------------------------------------------------------------------

SOUND = b'[[member]]\nname = "Jo\xc3\xa3o"\nrole = "class_director"\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.toml", SOUND),
        ("a.toml", b"\xef\xbb\xbf" + SOUND),
        ("a.toml", SOUND.replace(b"\n", b"\r\n")),
        ("a.JSON", '{"member": [{"name": "João", "role": "class_director"}]}'),
        ("a.json", '\ufeff{"member": [{"name": "João", "role": "class_director"}]}'),
    ],
)
def test_a_file_is_read(name, content, portaria, write):
    assert "Chair: João" in portaria("cef", "team", write(content, name)).out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.toml", "", ":member:this must be given"),
        ("a.toml", "[[member", "::the file cannot be read: "),
        ("a.toml", SOUND.decode().encode("latin-1"), "::the file is not UTF-8"),
        ("a.toml", "member = []", ":member:this is not what is meant here: one member or more"),
        ("a.toml", "member = 3", "3:member:this is not what is meant here: one member or more"),
        ("a.json", "[1]", "::this is not what is meant here: a table with member"),
        ("a.json", "[" * 99_999, "::the file cannot be read: "),
        ("a.json", '{"member": [{"name": "\\ud800", "role": "teacher"}]}',
         "::the file cannot be read: "),
        ("a.json", '{"member": [{"name": "A", "name": "B", "role": "class_director"}]}',
         ":name:name stands here twice; keep one"),
        ("a.toml", SOUND.decode() + "years = " + "9" * 5000, "::the file cannot be read: "),
        ("a.toml", SOUND.decode() + "years = 1e999999999999999999999",
         "1e999999999999999999999:member.1.years:this is not what is meant here: whole years"),
        ("a.toml", SOUND.decode() + "years = 2004", "2004:member.1.years:this is not what is"),
        ("a.toml", SOUND.decode() + "years = true", "True:member.1.years:this is not what is"),
        ("a.toml", SOUND.decode() + "age = 44",
         ":member.1.age:this means nothing here; known: name, role, "),
        ("a.toml", SOUND.decode() + 'present = "perhaps"', "perhaps:member.1.present:"),
        ("a.toml", SOUND.decode() * 2, "João:member.name:the member João stands twice; keep one"),
        ("a.toml", SOUND.decode() * 2, "class_director:member:a meeting has one"),
        ("a.toml", SOUND.decode().replace("class_director", "king"), "king:member.1.role:"),
        ("a.toml", SOUND.decode().replace("class_director", "services"),
         ":member:nobody of the attendance has a vote"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_told(name, content, told, portaria, write, tmp_path):
    import csv

    path, problems = write(content, name), tmp_path / "problems.csv"
    answer = portaria("cef", "team", path, "--json", "--problems", problems)
    assert (answer.code, answer.out) == (1, "")
    assert "There is no answer: correct the errors above." in answer.err
    with problems.open(encoding="utf-8", newline="") as file:
        rows = [f"{row['value']}:{row['column']}:{row['message']}" for row in csv.DictReader(file)]
    assert any(row.startswith(told) for row in rows), rows


def test_every_problem_of_a_file_at_once(portaria, write, tmp_path):
    text = (
        'colour = 1\n[[member]]\nname = ""\nrole = "king"\n'
        '[[member]]\nname = "A"\nrole = "class_director"\nsecretary = true\n'
        '[[member]]\nname = "B"\nrole = "class_director"\nsecretary = true\n'
        '[[member]]\nrole = "teacher"\nyears = -1\n'
    )
    problems = tmp_path / "problems.csv"
    assert portaria("cef", "team", write(text, "a.toml"), "--problems", problems).code == 1
    columns = [row.split(",")[4] for row in problems.read_text(encoding="utf-8").splitlines()]
    assert sorted(columns[1:]) == [
        "colour", "member", "member", "member.1.name", "member.1.role", "member.4.name",
        "member.4.years",
    ]  # fmt: skip


# --- votes and quorum -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", **cases("meetings.decided"))
def test_a_vote_of_the_cases(case, portaria):
    given = case["given"]
    votes = [f"{option}={number}" for option, number in given["votes"].items()]
    options = ["--chair", given["chair"], *readings(case)]
    options += ["--members", given["members"]] if "members" in given else []
    found = asked(portaria, "vote", *votes, *options)
    assert (found["decided"] or "") == case["result"]
    assert found["cast"] == sum(given["votes"].values())


def test_a_vote_in_sentences(portaria):
    def told(question: str) -> str:
        return portaria("cef", "vote", *question.split()).out.strip()

    assert told("A=4 B=4 --chair A") == (
        "Decided: A, with 4 of 8 votes and the casting vote of the chair (art. 10, no. 4)."
    )
    assert told("A=5 B=3 --chair B --members 12") == (
        "Decided: A, with 5 of 8 votes, an absolute majority (art. 10, no. 4)."
    )
    assert told("A=4 B=3 C=2 --chair A") == (
        "Nothing is decided: no option has an absolute majority; vote again (art. 10, no. 4)."
    )
    assert told("A=5 B=1 --chair A --members 12") == (
        "Nothing is decided: 6 of 12 members voted, and without 7 of them there is no quorum "
        "(art. 8, no. 4)."
    )
    assert "Decided: A" in told("A=5 B=1 --chair A --members 12 --second-call")
    few = "A=3 --chair A --members 12 --second-call"
    assert "without 4 of them there is no quorum (CPA, art. 29, no. 3)" in told(few)
    found = json.loads(portaria("cef", "vote", *few.split(), "--json").out)
    assert (found["decided"], found["quorum"], found["clause"]) == (None, False, "CPA 29/3")


@pytest.mark.parametrize("case", **cases("meetings.quorum"))
def test_a_quorum_of_the_cases(case, portaria):
    given = case["given"]
    options = ["--voting", given["voting"], "--present", given["present"], *readings(case)]
    options += ["--second-call"] if given.get("second_call") else []
    found = asked(portaria, "quorum", *options)
    assert found["quorum"] == case["result"]["quorum"]
    assert found["needed"] == case["result"].get("needed", found["needed"])


def test_the_quorum_of_a_second_call_cites_the_law(portaria):
    question = ("quorum", "--voting", 12, "--present", 4)
    assert asked(portaria, *question)["clause"] == "CEF 8/4"
    assert asked(portaria, *question, "--second-call")["clause"] == "CPA 29/3"
    told = portaria("cef", *question, "--second-call").out
    assert told.strip() == "Quorum: 4 needed (CPA, art. 29, no. 3)."
    half = ("--second-call", "--reading", "second_call=half")
    assert asked(portaria, *question, *half)["clause"] == "CEF 8/4"


# --- the day a deadline counts from ---------------------------------------------------------------


def test_midnight_is_a_moment_and_a_day_is_none(portaria):
    question = ("deadline", "second-meeting", "--from")
    day, midnight = (
        asked(portaria, *question, given) for given in ("2026-01-05", "2026-01-05T00:00")
    )
    assert (day["from"], day["not_before"]) == ("2026-01-05", "2026-01-06")
    assert (midnight["from"], midnight["not_before"]) == ("2026-01-05T00:00", "2026-01-06T00:00")
    assert day["by"] == midnight["by"] == "2026-01-07"


# --- the jury -------------------------------------------------------------------------------------

SEATS = ("director", "class_director", "guiding_teacher", "recognised_merit")


def jury_file(limits: Row, scores: dict[str, Row], seats: tuple[str, ...] = SEATS) -> Row:
    jurors = zip(scores.items(), seats, strict=False)
    return {
        "matrix": limits,
        "juror": [
            {"name": name, "seat": seat, "points": points} for (name, points), seat in jurors
        ],
    }


@pytest.mark.parametrize("case", **cases("paf.jury_percent"))
def test_the_points_of_a_jury_of_the_cases(case, portaria, write):
    given = case["given"]
    path = write(jury_file(given["limits"], given["scores"], tuple(given.get("members", SEATS))))
    found = asked(portaria, "jury", path, *readings(case))
    rejected = [f"{row['juror']}.{row['criterion']}" for row in found["rejected"]]
    agrees(case, {"rejected": rejected, "percent": found["percent"]})
    assert found["missing"] == 4 - len(given["scores"])


@pytest.mark.parametrize("case", **cases("paf.jury_problems"))
def test_the_seats_of_a_jury_of_the_cases(case, portaria, write):
    seats = tuple(case["given"]["members"])
    path = write(jury_file({"plan": 40}, {seat: {"plan": 20} for seat in seats}, seats))
    found = asked(portaria, "jury", path)
    assert [f"{row['code']}-{row['what']}" for row in found["faults"]] == case["result"]


def test_a_jury_in_sentences(portaria, write):
    scores = {"Ana": {"plan": 30, "work": 40}, "Rui": {"plan": 22.5, "work": 40},
              "Eva": {"plan": 18, "work": 40}, "Ivo": {"plan": 26, "work": 40}}  # fmt: skip
    given = jury_file({"plan": 40, "work": 60}, scores)
    assert portaria("cef", "jury", write(given)).out.splitlines() == [
        "Every seat of the jury is taken, once (art. 32, no. 1).",
        "Chair: Ana (art. 32, no. 1).",
        "Ana: 70 %.",
        "Rui: 62.5 %.",
        "Eva: 58 %.",
        "Ivo: 66 %.",
        "Result: 64.125 %, the mean of the jurors (art. 33, no. 1).",
        "Level 3 (art. 15, no. 1).",
    ]
    assert asked(portaria, "jury", write(given), "--cutoffs", "20, 50, 64, 90")["level"] == 4
    given["juror"][0]["points"] = {"plan": 45, "idea": 2}
    given["juror"][3]["seat"] = "neighbour"
    told = portaria("cef", "jury", write(given)).out
    for line in (
        "An empty seat: a person of recognised merit in the field (art. 32, no. 1).",
        "Ivo: “neighbour” is no seat of the jury (art. 32, no. 1); known: director, ",
        "Rejected: Ana gives 45 for plan, which takes from 0 to 40 (art. 33, no. 1).",
        "Rejected: Ana gives 2 for idea, which is not in the matrix (art. 33, no. 1).",
        "Rejected: Ana gives nothing for work, which takes from 0 to 60 (art. 33, no. 1).",
        "No result: points are rejected (art. 33, no. 1).",
    ):
        assert line in told
    del given["juror"][:2]
    misseated = "No result: the jury is not composed as it has to be (art. 32, no. 1)."
    assert misseated in portaria("cef", "jury", write(given)).out
    given["juror"].pop()
    assert "No result: 3 jurors are missing" in portaria("cef", "jury", write(given)).out


@pytest.mark.parametrize(
    ("seat", "reading", "result"),
    [
        ("guiding_teacher", "four", True),
        ("course_director", "four", False),
        ("neighbour", "four", False),
        ("guiding_teacher", "present", True),
        ("course_director", "present", False),
        ("neighbour", "present", False),
    ],
)
def test_only_a_jury_of_four_seats_gives_a_result(seat, reading, result, portaria, write):
    seats = ("director", "class_director", seat, "recognised_merit")
    scores = {name: {"plan": 20 + number} for number, name in enumerate("ABCD")}
    path = write(jury_file({"plan": 40}, scores, seats))
    found = asked(portaria, "jury", path, "--reading", f"jury={reading}")
    assert (found["percent"] is not None, found["level"] is not None) == (result, result)
    assert bool(found["faults"]) is not result
    told = portaria("cef", "jury", path, "--reading", f"jury={reading}").out
    assert ("No result: the jury is not composed" in told) is not result


def test_by_a_reading_a_seat_may_be_empty(portaria, write):
    scores = {"A": {"plan": 20}, "B": {"plan": 21}, "C": {"plan": 22}}
    path = write(jury_file({"plan": 30}, scores))
    told = portaria("cef", "jury", path, "--reading", "jury=present").out
    assert "An empty seat: a person of recognised merit" in told
    assert "Result: 70 %" in told
    assert "A: 200/3 (66.66…) %." in told


@pytest.mark.parametrize(
    ("change", "column", "told"),
    [
        ({"matrix": {}}, "matrix", "one criterion or more"),
        ({"matrix": {"plan": 0}}, "matrix.plan", "the most points of a criterion"),
        ({"matrix": {"plan": 10**12}}, "matrix.plan", "the most points of a criterion"),
        ({"matrix": {"plan": 3, " plan": 4}}, "matrix.plan", "plan stands here twice"),
        ({"juror": []}, "juror", "one juror or more"),
        ({"juror": [3]}, "juror.1", "a table"),
        ({"points": 3}, "juror.1.points", "points by criterion"),
        ({"points": {"plan": "3"}}, "juror.1.points.plan", "points, a number such as"),
        ({"points": {"plan": True}}, "juror.1.points.plan", "points, a number such as"),
        ({"points": {"plan": 10**12}}, "juror.1.points.plan", "points, a number such as"),
        ({"points": {"": 3}}, "juror.1.points..[key]", "a text that is not empty"),
        ({"points": {"a": 3, "a ": 4}}, "juror.1.points.a", "a stands here twice"),
        ({"name": "B"}, "juror.name", "the juror B stands twice"),
        ({"seat": ""}, "juror.1.seat", "a text that is not empty"),
        ({"extra": ["C", "D", "E"]}, "juror", "5 jurors gave points; a jury has 4"),
    ],
)
def test_what_is_wrong_with_a_jury(change, column, told, portaria, write, tmp_path):
    given = jury_file({"plan": 40}, {"A": {"plan": 20}, "B": {"plan": 20}})
    for name in change.pop("extra", ()):
        given["juror"].append({"name": name, "seat": "director", "points": {"plan": 1}})
    given |= {key: change.pop(key) for key in ("matrix", "juror") if key in change}
    if change:
        given["juror"][0] |= change
    problems = tmp_path / "problems.csv"
    assert portaria("cef", "jury", write(given), "--problems", problems).code == 1
    lines = problems.read_text(encoding="utf-8").splitlines()
    assert any(f",{column}," in line and told in line for line in lines), lines


@pytest.mark.parametrize("points", ["1e99999999", "1e999999999999999999999", "nan", "inf"])
def test_points_beyond_every_number(points, portaria, write):
    text = f'matrix.plan = 40\n[[juror]]\nname = "A"\nseat = "director"\npoints.plan = {points}\n'
    answer = portaria("cef", "jury", write(text, "a.toml"))
    assert answer.code == 1
    assert "12 or 12.5" in " ".join(answer.err.split())


# --- the day of the PAF ---------------------------------------------------------------------------


def moment(given: datetime) -> str:
    return given.isoformat(timespec="seconds" if given.second else "minutes")


@pytest.mark.parametrize("case", **cases("paf.arrival"))
def test_an_arrival_of_the_cases(case, portaria):
    days = [part for name, given in case["given"].items() for part in (f"--{name}", moment(given))]
    found = asked(portaria, "arrival", *days, *readings(case))
    by = datetime.fromisoformat(found["be_there_by"])
    agrees(case, {**found, "be_there_by": by, "minutes": found["minutes_left"]})


def test_an_arrival_in_sentences(portaria):
    start = ("--start", "2026-07-20T10:00", "--at")
    told = portaria("cef", "arrival", *start, "2026-07-20T10:07:30").out.splitlines()
    assert told == [
        "To be at the room by 09:45 (art. 29, no. 4).",
        "Admitted: 82 min 30 s for the exam, until 11:30 (art. 29, no. 6).",
    ]
    early = portaria("cef", "arrival", *start, "2026-07-20T09:50").out.splitlines()
    assert early == [
        told[0],
        "There at 09:50, after that: the text attaches no consequence to it (art. 29, no. 4).",
        "Admitted: 90 min for the exam, until 11:30 (art. 29, no. 4).",
    ]
    assert len(portaria("cef", "arrival", *start, "2026-07-20T09:45").out.splitlines()) == 2
    late = portaria("cef", "arrival", *start, "2026-07-20T10:15:01").out
    assert "Refused: 15 min 1 s late, at most 15 min (art. 29, no. 6)." in late
    strict = ("2026-07-20T10:15", "--reading", "lateness=strict")
    refused = portaria("cef", "arrival", *start, *strict).out
    assert "Refused: 15 min late; from 15 min on nobody is admitted" in refused
    assert asked(portaria, "arrival", *start, "2026-07-20T10:07:30")["minutes_left"] == "82.5"


@pytest.mark.parametrize("start", ["20/07/2026T10:00", "20/07/2026T10:00:00"])
def test_a_moment_may_be_written_as_days_are(portaria, start):
    found = asked(portaria, "arrival", "--start", start, "--at", "2026-07-20T10:07:30")
    assert found["ends_at"] == "2026-07-20T11:30:00"


def test_a_percent_without_an_end_is_shown_with_its_first_decimals(portaria):
    told = portaria("cef", "unit-grade", "a=60:30", "b=41:60", "--again", "a=55").out
    assert "The unit has 4260/101 (42.17…) %." in told
    assert "counting 55: 5760/101 (57.02…) %" in told
    assert asked(portaria, "unit-grade", "a=60:30", "b=41:60")["percent"] == "4260/101"


@pytest.mark.parametrize("case", **cases("paf.absence"))
def test_an_absence_of_the_cases(case, portaria):
    given = case["given"]
    options = ["--exam", given["exam"], "--justified-on", given["justified_on"]]
    options += ["--accepted" if given["accepted"] else "--refused"]
    options += ["--again"] if given.get("absent_again") else []
    found = asked(portaria, "paf-absence", *options, *readings(case))
    agrees(case, {**found, "justify_by": given["justified_on"].fromisoformat(found["justify_by"])})


@pytest.mark.parametrize(
    ("options", "why", "told"),
    [
        ("", "never", "Without it: no PAF in this school year (art. 34, no. 3)."),
        ("--justified-on 2025-08-20", "late", "the justification came late"),
        ("--justified-on 2025-08-19 --refused", "refused", "the justification was refused"),
        ("--justified-on 2025-08-19 --accepted --again", "again", "absent again on the new date"),
        ("--justified-on 2025-08-19", None, "The Director has still to answer"),
        ("--justified-on 2025-08-19 --accepted", None, "the Director sets a new date"),
        ("--course-runs-later", "never", "Where the course runs, the PAF may be taken"),
        ("--course-ends", "never", "Where the course does not run, the school guarantees no PAF"),
    ],
)
def test_an_absence_in_sentences(options, why, told, portaria):
    question = ("paf-absence", "--exam", "2025-08-14", *options.split())
    found = asked(portaria, *question)
    assert found["why"] == why
    assert (found["later_year"] is not None) == ("--course" in options)
    answer = portaria("cef", *question).out
    assert "To be justified by August 19, 2025, through the guardian" in answer
    assert told in answer


def test_days_of_the_school_move_the_justification(portaria):
    for days in (("--municipal", "2025-08-18"), ("--closure", "2025-08-19")):
        found = asked(portaria, "paf-absence", "--exam", "2025-08-14", *days)
        assert found["justify_by"] == "2025-08-20"


# --- a unit, the version --------------------------------------------------------------------------


def instruments(given: Row) -> list[str]:
    return [f"{name}={w}:{score}" for name, (w, score) in given["instruments"].items()]


@pytest.mark.parametrize("case", **cases("grades.weighted", "grades.second_chance"))
def test_a_unit_of_the_cases(case, portaria):
    given = case["given"]
    again = ["--again", f"{given['name']}={given['score']}"] if "name" in given else []
    found = asked(portaria, "unit-grade", *instruments(given), *again, *readings(case))
    assert (found["second_chance"] or found)["percent"] == case["result"]


@pytest.mark.parametrize("case", **cases("grades.level_of"))
def test_a_level_of_the_cases(case, portaria):
    given = case["given"]
    cuts = ",".join(map(str, given["cutoffs"]))
    question = (f"test=1:{given['percent']}", "--cutoffs", cuts, *readings(case))
    found = asked(portaria, "unit-grade", *question)
    assert found["level"] == case["result"]
    assert found["second_chance_owed"] == (case["result"] < 3)


def test_a_unit_in_sentences(portaria):
    assert portaria("cef", "unit-grade", "test=60:30", "work=40:60", "--again", "test=55").out == (
        "The unit has 42 %.\n"
        "Level 2 (art. 15, no. 1).\n"
        "Below level 3: the teacher gives one second chance (art. 14, no. 2).\n"
        "With test done again, counting 55: 57 % (art. 14, no. 3).\n"
        "Level 3 (art. 15, no. 1).\n"
    )
    exact = portaria("cef", "unit-grade", "a=1/3:49,5", "b=1/3:20.25", "c=1/3:0").out
    assert "The unit has 23.25 %." in exact
    owed = "To note: from level 3 on no second chance is owed (art. 14, no. 2)."
    assert owed in portaria("cef", "unit-grade", "a=1:60", "--again", "a=70").out
    assert owed not in portaria("cef", "unit-grade", "a=1:60").out


@pytest.mark.parametrize("case", **cases("validity.version"))
def test_a_version_of_the_cases(case, portaria):
    found = asked(portaria, "version", "--on", case["given"]["on"])
    expected = case["result"]["version"]
    assert found["version"] == (str(expected) if expected else None)
    assert found["general_council"] == "unknown"
    assert found["at_hand"] == (found["version"] == "2023-01-25")
    assert found["silence"]["order"] == ["internal-regulation", "law"]


def test_a_version_in_sentences(portaria):
    told = portaria("cef", "version", "--on", "2022-01-01").out
    assert "the pedagogical council approved on July 22, 2021 (art. 37, no. 1)" in told
    assert "This program does not have its rules, but those of January 25, 2023." in told
    assert "general council, whose day the text does not give" in told
    none = portaria("cef", "version", "--on", "2020-12-08").out
    assert "no version had been approved yet" in none


# --- wrong questions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("vote A=1", "--chair"),
        ("vote --chair A", "OPTION=NUMBER"),
        ("vote A=x --chair A", "A=x is no vote"),
        ("vote A=-1 --chair A", "A=-1 is no vote"),
        ("vote A=1.5 --chair A", "A=1.5 is no vote"),
        ("vote A=٣ --chair A", "A=٣ is no vote"),
        ("vote A=9999999 --chair A", "is no vote"),
        ("vote =3 --chair A", "=3 is no vote"),
        ("vote A=1 A=2 --chair A", "the option A stands twice"),
        ("vote A=1 --chair B", "the chair voted for B, which has no votes here; known: A"),
        ("vote A=0 --chair A", "known: –"),
        ("vote A=5 --chair A --members 4", "5 votes are more than the 4 members"),
        ("vote A=5 --chair A --members 0", "--members"),
        ("vote A=5 --chair A --second-call", "--second-call counts all members"),
        ("vote A=5 --chair A --reading majority=members", "majority=members counts all"),
        ("vote A=5 --chair A --reading majority=most", "majority"),
        ("arrival --start 2026-07-20T10:00 --at 2026-07-21T10:00", "is another day than"),
        ("arrival --start 2026-07-20 --at 2026-07-20", "--start"),
        ("arrival --start 0001-01-01T00:05 --at 0001-01-01T00:05", "no exam can be on"),
        ("arrival --start 9999-12-31T23:05 --at 9999-12-31T23:05", "no exam can be on"),
        ("paf-absence", "--exam"),
        ("paf-absence --exam 14-08-2025", "--exam"),
        ("paf-absence --exam 2050-08-14", "working days are known from"),
        ("paf-absence --exam 2025-08-14 --accepted", "give its day, --justified-on"),
        ("paf-absence --exam 2025-08-14 --refused", "give its day, --justified-on"),
        ("paf-absence --exam 2025-08-14 --again", "--again is for a new date"),
        ("unit-grade", "NAME=WEIGHT:SCORE"),
        ("unit-grade test", "test is no instrument"),
        ("unit-grade test=60", "test=60 is no instrument"),
        ("unit-grade =60:30", "=60:30 is no instrument"),
        ("unit-grade test=1/0:30", "is no instrument"),
        ("unit-grade test=1e5:30", "is no instrument"),
        ("unit-grade test=9999999999999:30", "a number has at most 12 digits"),
        ("unit-grade test=60:101", "test has 101; a score is from 0 to 100"),
        ("unit-grade test=-1:30", "test weighs -1"),
        ("unit-grade test=0:30", "weights above zero"),
        ("unit-grade test=1:30 test=1:30", "the instrument test stands twice"),
        ("unit-grade test=1:30 --again work=3", "no instrument is work; known: test"),
        ("unit-grade test=1:30 --again test", "test is no score"),
        ("unit-grade test=1:30 --again =3", "=3 is no score"),
        ("unit-grade test=1:30 --again test=101", "a score is from 0 to 100"),
        ("unit-grade test=1:30 --cutoffs 20,50,70", "give four whole percents"),
        ("unit-grade test=1:30 --cutoffs 20,50,50,90", "give four whole percents"),
        ("unit-grade test=1:30 --cutoffs a", "give four whole percents"),
        ("version", "--on"),
        ("version --on 2026", "--on"),
        ("deadline minutes --from 2026-01-05T", "2026-01-05T is no day and no moment"),
        ("deadline minutes --from 05-01-2026", "05-01-2026 is no day and no moment"),
        ("deadline grade-sheets --from 0001-01-01T00:00", "nothing can be counted from"),
        ("team nowhere.toml", "nowhere.toml"),
        ("jury nowhere.toml", "nowhere.toml"),
    ],
)
def test_a_wrong_question(question, told, portaria):
    answer = portaria("cef", *question.split())
    assert (answer.code, answer.out) == (2, "")
    assert told in " ".join(answer.err.split())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--kind party", "party is no kind of meeting; known: grading, individual"),
        ("--year 3", "3 is no year of the course"),
        ("--year one", "--year"),
        ("--reading jury", "NAME=CHOICE"),
        ("--reading chair=anna", "the reading chair is unknown"),
    ],
)
def test_a_wrong_question_of_a_team(options, told, portaria, write):
    answer = portaria("cef", "team", write(TEAM), *options.split())
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_names_mean_nothing_to_the_terminal(portaria, write):
    given = {"member": [{"name": "A\u001b[31m", "role": "class_director"}]}
    assert "\u001b" not in portaria("cef", "team", write(given)).out


@pytest.mark.parametrize(
    ("options", "mark", "again"),
    [
        ((), "satisfaz", 0),
        (("--faulty",), "nao_satisfaz", 3),
        (("--incomplete",), "nao_satisfaz", 3),
    ],
)
def test_the_mark_of_recovery_activities(options, mark, again, portaria):
    found = json.loads(portaria("cef", "mark", "--lessons", "3", *options, "--json").out)
    assert (found["mark"], found["redo_at_most"]) == (mark, again)
    told = portaria("cef", "mark", "--lessons", "3", *options, "--lang", "en").out
    assert ("done again, in 3 lessons at most" in told) == bool(again)


def test_the_moments_of_assessment(portaria):
    found = json.loads(portaria("cef", "moments", "--year", "2", "--json").out)
    assert [each["name"] for each in found] == [
        "period-1", "period-2", "end-of-school-part", "final",
    ]  # fmt: skip
    assert "After the internship" in portaria("cef", "moments", "--year", "2", "--lang", "en").out
    assert portaria("cef", "moments", "--year", "3").code == 2
