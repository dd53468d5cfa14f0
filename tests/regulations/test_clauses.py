"""Every implemented clause has a rule, a function and a test, and the pages say so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portaria.core.rule import functions_of
from portaria.regulations.clauses import coverage, editions, texts

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from clause_pages import marked_tests  # noqa: E402


def test_every_implemented_clause_has_a_rule_or_a_parameter() -> None:
    bare = [line.clause.name for line in coverage() if _is_implemented(line) and not line.rule]
    assert bare == []


def _is_implemented(line: object) -> bool:
    return line.clause.state == "implemented"  # type: ignore[attr-defined, no-any-return]


def test_every_cited_rule_has_a_function() -> None:
    rules = {rule for edition in editions() for rule in edition.cites}
    assert {rule for rule in rules if not functions_of(rule)} == set()


def test_every_rule_has_a_test() -> None:
    rules = {rule for edition in editions() for rule in edition.cites}
    assert rules - set(marked_tests()) == set()


def test_no_test_is_marked_with_a_rule_that_does_not_exist() -> None:
    rules = {rule for edition in editions() for rule in edition.cites}
    assert set(marked_tests()) - rules == set()


@pytest.mark.parametrize("text", texts().values(), ids=texts())
def test_every_clause_that_is_not_done_says_why(text: object) -> None:
    clauses = text.clauses.values()  # type: ignore[attr-defined]
    assert all(c.reason for c in clauses if c.state == "out_of_scope")


def test_the_pages_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools" / "clause_pages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
