"""`portaria duties` from the command line."""

from __future__ import annotations

import json

import pytest


def sanctioned(complaint, sanction):
    return ["--complaint-on", complaint, "--sanction-on", sanction]


@pytest.mark.parametrize(
    ("options", "code", "presumed"),
    [
        (["--workers", "6"], False, None),
        (["--workers", "7"], True, None),
        (["--workers", "2", "--sector", "public"], True, None),
        (["--workers", "7", *sanctioned("2018-03-01", "2019-03-01")], True, True),
        (["--workers", "7", *sanctioned("2018-03-01", "2019-03-02")], True, False),
        (["--workers", "7", *sanctioned("01/03/2018", "2018-02-28")], True, False),
    ],
)  # fmt: skip
def test_the_contract(options, code, presumed, portaria):
    answer = portaria("duties", "harassment", *options, "--json")
    found = json.loads(answer.out)
    assert answer.code == 0
    assert (found["code_of_conduct_required"], found["presumed_abusive"]) == (code, presumed)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--workers", "-1"], "at least 0"),
        (["--workers", "7.5"], "whole number"),
        (["--workers", "7", "--complaint-on", "2018-03-01"], "needed together"),
        (["--workers", "7", "--sector", "church"], "a sector is one of"),
        (["--workers", "7", "--on", "2017-09-30"], "in force from October 1, 2017"),
        (["--workers", "7", "--reading", "year_end=soon"], "year_end"),
        ([], "--workers"),
    ],
)
def test_what_cannot_be_asked(options, says, portaria):
    answer = portaria("duties", "harassment", *options, "--lang", "en")
    assert answer.code == 2
    assert says in answer.err.replace("\n", " ")


def test_the_answer_in_sentences(portaria):
    days = ("--complaint-on", "2018-03-01", "--sanction-on", "2019-03-02")
    told = portaria("duties", "harassment", "--workers", "6", *days, "--lang", "en").out
    assert "No code of conduct is required: that begins with 7 workers" in told
    assert "not presumed abusive: that ended on March 1, 2019" in told
    asked = ("--reading", "year_end=strict")
    told = portaria("duties", "harassment", "--workers", "6", *days, *asked, "--lang", "en").out
    assert "year_end=strict" in told
    assert portaria("duties", "harassment", "--workers", "6", "-q").out == ""


def test_an_offence_and_its_correction(portaria):
    answer = portaria("duties", "offence", "CT 29/5", "--on", "2018-01-01", "--json")
    found = json.loads(answer.out)
    assert (found["severity"], found["waivable"]) == ("very_serious", False)
    assert (found["printed"], found["excepted"]) == ("CT 29/4", "CT 29/5")
    told = portaria("duties", "offence", "CT 29/5", "--on", "2018-01-01", "--lang", "en").out
    assert "printed as art. 29, no. 4" in told
    unknown = portaria("duties", "offence", "CT 1", "--on", "2018-01-01", "--lang", "en")
    assert unknown.code == 2
    assert "grades no breach" in unknown.err


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        (("in-force",), "in_force_from", "2017-10-01"),
        (("in-force", "--published", "2018-12-31"), "in_force_from", "2019-02-01"),
        (("protection", "--who", "witness"), "protected", True),
        (("protection", "--who", "witness", "--intent"), "protected", False),
        (("just-cause", "--by", "employer", "--reported"), "just_cause", True),
        (("just-cause", "--by", "colleague", "--reported"), "just_cause", False),
        (("reparation", "--disease"), "pays", "social_security"),
        (("stands-at", "LTFP 4/1/d", "--on", "2018-01-01"), "stands_at", "LTFP 4/1/e"),
        (("stands-at", "LTFP 4/1/d", "--on", "2017-09-30"), "stands_at", "LTFP 4/1/d"),
    ],
)
def test_what_follows(given, key, value, portaria):
    assert json.loads(portaria("duties", *given, "--json").out)[key] == value
    assert portaria("duties", *given, "--lang", "en").out
    assert portaria("duties", *given, "-q").out == ""
