"""The duties against harassment: every worked case and random questions, as the reference says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import reference.duties as plain
from reference import duties as package
from reference.cases import check, named, read_cases

from portaria.core.errors import UsageError
from portaria.core.rule_set import RuleSet
from portaria.regulations.duties import dates, harassment, moved, offences, sanctions
from portaria.regulations.duties.regulation import DUTIES

Row = dict[str, Any]
Policy = Mapping[str, str] | None


def own(clause: str | None) -> str | None:
    """A clause as the reference names it: there the law itself is `Lei-73`."""
    return clause and clause.replace("73 ", "Lei-73 ", 1) if str(clause)[:2] == "73" else clause


def answered(question: Callable[..., Any]) -> Callable[..., Any]:
    """A refusal as the reference's ValueError."""

    def ask(*given: Any, **named: Any) -> Any:
        try:
            return question(*given, **named)
        except UsageError as error:
            raise ValueError(str(error)) from error

    return ask


def rules_of(policy: Policy) -> RuleSet:
    return DUTIES.rule_set(policy or {})


def ask_harassment(workers: Any, policy: Policy = None, **given: Any) -> Row:
    if workers != int(workers):
        raise ValueError("workers are counted in whole people")
    rules = rules_of(policy)
    found = harassment.duties(int(workers), rules, **given)
    return {
        "code_of_conduct_required": found.code_of_conduct_required,
        "disciplinary_procedure_required": found.disciplinary_procedure_required,
        "presumed_abusive": found.presumption and found.presumption.presumed_abusive,
        "clauses": dict(found.clauses),
        "readings": rules.readings,
    }


def ask_presumed(complaint_on: date, sanction_on: date, policy: Policy = None) -> Row:
    return vars(sanctions.presumption(complaint_on, sanction_on, rules_of(policy)))


def ask_protected(who: str, intent: bool, **given: bool) -> Row:
    return vars(sanctions.protection(who, intent, rules_of(None), **given))


def ask_just_cause(by: str, reported: bool) -> Row:
    found, clause = offences.just_cause(by, reported, rules_of(None))
    return {"just_cause": found, "clause": clause}


def ask_reparation(disease_from_harassment: bool) -> Row:
    found = offences.reparation(disease_from_harassment, rules_of(None))
    return {**vars(found), "clauses": list(found.clauses)}


def ask_breach(clause: str) -> Row:
    found = offences.offence(clause, date(2018, 1, 1), rules_of(None))
    return {"severity": found.severity, "clause": found.clause}


def ask_waivable(clause: str, on: date, policy: Policy = None) -> Row:
    rules = rules_of(policy)
    found = offences.offence(clause, on, rules)
    place = rules.clause("publicity")
    return {"waivable": found.waivable, "excepted": found.excepted, "clause": place}


def ask_moved(clause: str, on: date) -> Row:
    place, by = moved.stands_at(clause, on, rules_of(None))
    return {"clause": place, "by": own(by)}


QUESTIONS: dict[str, Callable[..., Any]] = {
    name: answered(question)
    for name, question in {
        "harassment": ask_harassment,
        "presumed_abusive": ask_presumed,
        "protected": ask_protected,
        "just_cause": ask_just_cause,
        "reparation": ask_reparation,
        "breach": ask_breach,
        "publicity_waivable": ask_waivable,
        "renumbered": ask_moved,
        "in_force_from": dates.in_force_from,
        "regulation_due": dates.regulation_due,
        "a_year_after": dates.a_year_after,
    }.items()
}
CASES = [case for case in read_cases(package.__file__) if case["call"] in QUESTIONS]
WORDED = {"refused"}


@pytest.mark.rules(
    "code-of-conduct", "code-of-conduct-public", "procedure", "procedure-public", "presumption",
    "protection", "offence", "breach-of-duty", "just-cause", "damages", "disease", "publicity",
    "in-force", "regulation-due",
)  # fmt: skip
@pytest.mark.parametrize("case", **named(CASES))
def test_every_worked_case(case: Row) -> None:
    if "refused" in case:
        given = {**case["given"], **({"policy": case["policy"]} if "policy" in case else {})}
        with pytest.raises(ValueError, match=r"."):
            QUESTIONS[case["call"]](**given)
        return
    check(case, QUESTIONS)


@pytest.mark.parametrize("seed", range(300))
def test_random_questions(seed: int) -> None:
    rng = Random(seed)
    day = date(2017, 9, 20) + timedelta(days=rng.randrange(900))
    near = rng.choice((-1, 0, 1, 200, 364, 365, 366, 400))
    policy = {
        name: rng.choice(reading.choices)
        for name, reading in plain.READINGS.items()
        if rng.random() < 0.5
    }
    given: Row = {
        "workers": rng.choice((0, 5, 6, 7, 8, 500)),
        "complaint_on": day,
        "sanction_on": day + timedelta(days=near),
        "sector": rng.choice(("private", "public")),
        "alleged": rng.random() < 0.5,
        "on": day,
        "policy": policy,
    }
    assert _both("harassment", given) is None
    clause = rng.choice(("CT 29/5", "CT 127/1/k", "CT 127/5", "CT 127/1/a"))
    assert _both("publicity_waivable", {"clause": clause, "on": day, "policy": policy}) is None
    who = {"who": rng.choice(("complainant", "witness", "boss")), "intent": rng.random() < 0.3}
    flags = {name: rng.random() < 0.5 for name in ("from_the_file", "final_decision")}
    assert _both("protected", who | flags) is None


def _both(name: str, given: Row) -> None:
    """Both answer alike, or both refuse."""
    try:
        expected = getattr(plain, name)(**given)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            QUESTIONS[name](**given)
        return
    assert QUESTIONS[name](**given) == expected


def test_the_readings_are_those_of_the_reference() -> None:
    own_readings = {name: each.choices for name, each in DUTIES.edition.readings.items()}
    assert own_readings == {name: each.choices for name, each in plain.READINGS.items()}


def test_the_correction_is_that_of_the_gazette() -> None:
    (row,) = DUTIES.edition.corrections
    told = plain.rectified("CT 563/3")
    assert (row.where, row.says, row.means) == (told["where"], told["says"], told["means"])
    assert str(told["published"]) == DUTIES.edition.value("rectified")
