"""The account of a student in words: nothing that the rules may say is without a sentence."""

from __future__ import annotations

import pytest
from reference.cef.random_courses import random_course, random_day

from documents.cef.classes import course_of
from portaria.documents.cef.account import account_letter, attendance, outcome
from portaria.documents.cef.account.telling import Telling
from portaria.regulations.cef import attendance as school
from portaria.regulations.cef.certification import OUTCOME_RULES
from portaria.regulations.cef.evaluate import evaluate
from portaria.regulations.cef.explain import explained
from portaria.regulations.cef.outlook import missing


def test_every_code_has_its_words():
    assert set(outcome.OUTCOMES) == set(OUTCOME_RULES)
    lacks = {missing.UNITS, missing.GRADE, missing.ATTENDANCE, *missing.PRACTICAL}
    assert set(outcome.LACKS) == lacks
    assert set(attendance.STATES) == set(school.RECOVERY_RULES) - {school.NONE}


@pytest.fixture(params=range(12, 28))
def accounts(request, tmp_path):
    """The account of every student of a random class."""
    course = course_of(tmp_path, random_course(request.param))
    evaluation = evaluate(course, random_day(request.param))
    return [explained(evaluation, student) for student in course.students["student"]]


def lines_of(told, lang="en"):
    return [block.text for block in account_letter(told, lang)]


def test_a_clause_stands_with_every_decision(accounts):
    for told in accounts:
        letter = " ".join(lines_of(told))
        telling = Telling(told, "en")
        clauses = [told.clause]
        clauses += [
            each.recovery_clause
            for each in told.subjects
            if each.recovery != school.NONE and each.result != "satisfaz"
        ]
        clauses += [
            clause for row in told.recoveries for clause in row["clauses"] if row["follows"]
        ]
        clauses += [row["clause"] for row in told.exclusions]
        for clause in clauses:
            cited = telling.say(attendance.LATE, clause)
            assert cited[cited.index("[") : cited.index("]") + 1] in letter


def test_every_line_ends_as_a_sentence(accounts):
    for told in accounts:
        for lang in ("en", "pt-PT"):
            for block in account_letter(told, lang)[1:]:
                if block.kind == "text":
                    assert block.text.endswith((".", ":"))
                assert block.text == block.text.strip()


def test_each_unit_and_subject_is_named(accounts):
    for told in accounts:
        letter = " ".join(lines_of(told))
        assert all(unit.unit in letter for unit in told.units)
        assert all(each.subject in letter for each in told.subjects)
        assert all(row["recorded_on"].strftime("%Y") in letter for row in told.recoveries)
