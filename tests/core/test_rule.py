"""Rules by name: which function claims which rule."""

import pytest

from portaria.core import rule as rules
from portaria.core.rule import functions_of, rule, rules_of


@pytest.fixture(autouse=True)
def own_rules(monkeypatch):
    """A test claims rules in a registry of its own."""
    monkeypatch.setattr(rules, "_functions", {})


def named(module: str, name: str):
    """A function as if it stood in another module."""

    def function() -> str:
        return name

    function.__module__, function.__qualname__ = module, name
    return function


def test_a_function_claims_its_rules_and_stays_itself():
    function = named("portaria.regulations.x.grades", "round_grade")
    assert rule("grade", "tie")(function) is function
    assert function() == "round_grade"
    assert (
        functions_of("grade")
        == functions_of("tie")
        == ("portaria.regulations.x.grades.round_grade",)
    )


def test_several_functions_share_a_rule_in_the_order_in_which_they_claim_it():
    for name in ("b", "a", "b"):
        rule("tie")(named("portaria.regulations.x", name))
    assert functions_of("tie") == ("portaria.regulations.x.b", "portaria.regulations.x.a")


def test_a_rule_nobody_claims():
    assert functions_of("tie") == ()


def test_the_rules_of_a_package_are_its_own():
    rule("one")(named("portaria.regulations.x.grades", "f"))
    rule("two")(named("portaria.regulations.xy.grades", "f"))
    rule("both")(named("portaria.regulations.x", "f"))
    rule("both")(named("portaria.regulations.x.seats", "f"))
    assert rules_of("portaria.regulations.x") == {"one", "both"}
    assert rules_of("portaria.regulations.xy") == {"two"}
    assert rules_of("portaria.regulations") == {"one", "two", "both"}
    assert rules_of("portaria.regulations.z") == frozenset()
