"""Requests that are no requests: every fault at once, with its place and what to do."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.credit.random_requests import random_request

from portaria.core.errors import UsageError
from portaria.core.messages import render
from portaria.regulations.credit.assess import assess
from portaria.regulations.credit.read import parse_json, prepare, read_request

from .asking import asked, faults, item

PT = {"scale": "pt"}
ABROAD = {"scale": "foreign"}


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"credits": "-6"}, "items[0].credits", "credit-not-positive"),
        ({"credits": "0"}, "items[0].credits", "credit-not-positive"),
        ({"credits": "4,5"}, "items[0].credits", "credit-decimal-comma"),
        ({"credits": 4.5}, "items[0].credits", "credit-number-not-text"),
        ({"credits": "6 ECTS"}, "items[0].credits", "credit-not-a-number"),
        ({"credits": None}, "items[0].credits", "credit-no-credits"),
        ({"origin": "mooc"}, "items[0].origin", "credit-not-allowed"),
        ({"root": "Z"}, "items[0].root", "credit-root-unknown"),
        ({"root": "a"}, "items[0].root", "credit-root-cycle"),
        ({"colour": "blue"}, "items[0].colour", "credit-unknown-key"),
        ({"country": "Portugal"}, "items[0].country", "credit-country"),
        ({"target": "a\tb"}, "items[0].target", "credit-not-printable"),
        ({"name": "\ud800"}, "items[0].name", "credit-not-printable"),
        ({"target": ""}, "items[0].target", "credit-empty-text"),
        ({"assessment": [{}]}, "items[0].assessment[0].method", "credit-missing"),
        ({"documents": "transcript"}, "items[0].documents", "credit-not-a-list"),
        ({"grade": PT}, "items[0].grade.value", "credit-missing"),
        ({"grade": PT | {"value": "21"}}, "items[0].grade.value", "credit-grade-outside"),
        ({"grade": PT | {"value": "-1"}}, "items[0].grade.value", "credit-grade-outside"),
        ({"grade": PT | {"value": "14,5"}}, "items[0].grade.value", "credit-grade-unclear"),
        ({"grade": ABROAD | {"value": "7", "max": "10"}}, "items[0].grade.max",
         "credit-half-a-scale"),
        ({"grade": ABROAD | {"value": "11", "min_pass": "5", "max": "10"}},
         "items[0].grade.value", "credit-grade-outside"),
        ({"grade": ABROAD | {"value": "0.7", "min_pass": "4", "max": "1"}},
         "items[0].grade.value", "credit-grade-outside"),
        ({"grade": ABROAD | {"value": "B", "host_classes": {"A": ["30", "27"]}}},
         "items[0].grade.host_classes.A", "credit-class-order"),
        ({"grade": PT | {"value": "14/20"}}, "items[0].grade.value", "credit-grade-unclear"),
        ({"grade": ABROAD | {"value": "27/30", "min_pass": "18", "max": "30"}},
         "items[0].grade.value", "credit-grade-unclear"),
        ({"grade": ABROAD | {"value": "B", "home_classes": {"B": ["25", "28"]}}},
         "items[0].grade.home_classes.B", "credit-grade-outside"),
        ({"grade": ABROAD | {"value": "B", "host_classes": {"B": ["25", "28", "30"]}}},
         "items[0].grade.host_classes.B", "credit-too-many"),
        ({"credits": None, "periods": [{"kind": "year", "complete": True,
          "subjects": [{"hours": "60", "passed": True}, {"hours": "60", "passed": False}]}]},
         "items[0].periods[0].complete", "credit-period-failed"),
        ({"credits": None, "periods": [{"kind": "year"}]}, "items[0].periods[0].subjects",
         "credit-period-empty"),
        ({"evidence": {"outcomes": 2, "matched": 3}}, "items[0].evidence.matched",
         "credit-matched"),
    ],
)  # fmt: skip
def test_a_fault_of_an_item(change, where, code):
    assert faults(asked(item(**change))) == [(where, code)]


@pytest.mark.rules("validity")
@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"items": []}, "items", "credit-no-items"),
        ({"submitted_on": "2017-09-17"}, "submitted_on", "credit-before-year"),
        ({"submitted_on": "17/09/2017"}, "submitted_on", "credit-not-a-day"),
        ({"submitted_on": "2017-02-30"}, "submitted_on", "credit-not-a-day"),
        ({"year_start": "2016-09-19"}, "year_start", "credit-year-unknown"),
        ({"year_start": "2027-09-20", "submitted_on": "2027-09-21"}, "year_start",
         "credit-year-unknown"),
        ({"late_authorised_on": "2017-10-01"}, "late_authorised_on", "credit-before"),
        ({"late_authorised_on": "2031-10-01"}, "late_authorised_on", "credit-day-unknown"),
        ({"notified_on": "2017-10-01"}, "notified_on", "credit-before"),
        ({"appeal": {"filed_on": "2017-12-01", "reasoned": True}}, "appeal",
         "credit-not-notified"),
        ({"degree": {"cycle": "mestrado", "credits": "120"}}, "degree.course_credits",
         "credit-course-needed"),
        ({"degree": {"cycle": "ctesp", "credits": "120", "course_credits": "60"}},
         "degree.course_credits", "credit-course-strange"),
        ({"degree": {"cycle": "mestrado", "credits": "60", "course_credits": "120"}},
         "degree.course_credits", "credit-course-above"),
        ({"degree": {"cycle": "doutoramento", "credits": "180"}}, "degree.cycle",
         "credit-not-allowed"),
        ({"granted_before": {"mooc": "6"}}, "granted_before.mooc.[key]", "credit-not-allowed"),
        ({"holidays": {"municipality": "Atlantis"}}, "holidays.municipality",
         "credit-municipality"),
    ],
)  # fmt: skip
def test_a_fault_of_the_request(change, where, code):
    assert faults(asked(**change)) == [(where, code)]


@pytest.mark.rules("request-deadline")
def test_a_request_before_the_year_may_be_allowed():
    early = asked(submitted_on="2017-09-01")
    assert faults(early)
    assert prepare(early, {"early_request": "in_time"})[0] is not None


def test_every_fault_at_once():
    rows = [item(credits="-1", origin="x"), item(id="b", grade={"value": 1})]
    assert len(faults(asked(*rows, submitted_on="yesterday"))) == 5


def test_circles_of_roots():
    rows = [item(id="X", root="Y"), item(id="Y", root="X"), item(id="Z"), item(id="Z")]
    assert faults(asked(*rows)) == [
        ("items[0].root", "credit-root-cycle"),
        ("items[1].root", "credit-root-cycle"),
        ("items[3].id", "credit-id-twice"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "credit-not-json"),
        (b"{", "credit-not-json"),
        (b'{"items": [], "items": []}', "credit-key-twice"),
        (b'{"a": "\xe9"}', "credit-not-utf8"),
        (b'{"a": "\\ud800"}', "credit-not-printable"),
        (b"[" * 100_000, "credit-too-deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "credit-too-deep"),
    ],
)
def test_what_is_no_json(content, code, tmp_path):
    path = tmp_path / "request.json"
    path.write_bytes(content)
    case, problems = read_request(path)
    assert case is None
    assert [problem.code for problem in problems] == [code]
    assert all(render(problem.message, lang) for problem in problems for lang in ("en", "pt-PT"))


@pytest.mark.parametrize("given", [[], "x", 7, None, True, {"items": {}}, {}])
def test_another_json(given):
    assert faults(given)


def test_a_file_with_a_mark_of_utf8_is_read(tmp_path):
    path = tmp_path / "request.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(asked()).encode())
    assert read_request(path)[0] is not None


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "request.json"
    with path.open("wb") as file:
        file.truncate(6_000_000)
    assert [problem.code for problem in read_request(path)[1]] == ["credit-too-large"]


@pytest.mark.parametrize(
    "policy", [{"colour": "blue"}, {"over_cap": "never"}, {"early_request": "maybe"}]
)
def test_unknown_readings(policy):
    with pytest.raises(UsageError):
        prepare(asked(), policy)
    with pytest.raises(UsageError):
        prepare(asked(), {}, "1999")


JUNK = st.sampled_from(
    [None, [], {}, 7, 1.5, -1, "", "x", "1/0", "9" * 400, "\ud800", "\0", [[]], {"x": 1}, True]
)


@given(st.integers(0, 400), st.randoms(use_true_random=False), st.data())
def test_any_broken_field_is_a_fault_and_no_crash(seed, rng, data):
    """Fields of a request become something else; the answer is a request or problems in words."""
    request = deepcopy(random_request(seed))
    parts = [request, request["degree"], request["holidays"], *request["items"]]
    parts += [row["grade"] for row in request["items"] if row["grade"]]
    for _ in range(data.draw(st.integers(1, 3))):
        part = rng.choice(parts)
        part[rng.choice([*part, "student", "fees", "commission", "appeal"])] = data.draw(JUNK)
    case, problems = prepare(request)
    for problem in problems:
        assert render(problem.message, "en")
        assert render(problem.message, "pt-PT")
    if case is not None:
        assert not problems
        assess(case.request, case.edition, case.readings)


@given(st.binary(max_size=60))
def test_any_bytes(content):
    given, problems = parse_json(content, "file")
    assert problems or prepare(given)[0] is None
