"""A clause register: every clause has a state, and what is out of scope says why."""

from datetime import date
from pathlib import Path

import pytest

from portaria.core.clause import STATES, Clause, load_text
from portaria.core.errors import ConfigurationError

HEAD = """
text = "1-X"
title = "A text"
published = 2017-07-17
source = "a gazette"
"""


def register(folder: Path, clauses: str) -> Path:
    file = folder / "1-X.toml"
    file.write_text(HEAD + clauses, encoding="utf-8")
    return file


def test_clauses_stand_in_the_order_of_the_text(tmp_path):
    text = load_text(
        register(
            tmp_path,
            """
            [clauses."2"]
            state = "descriptive"
            about = "what it is about"
            [clauses."10/2/a"]
            state = "implemented"
            about = "a share"
            [clauses."1"]
            state = "out_of_scope"
            about = "an office"
            reason = "an act of an office"
            [clauses."3"]
            state = "planned"
            about = "to come"
            """,
        )
    )
    assert (text.name, text.title, text.source) == ("1-X", "A text", "a gazette")
    assert text.published == date(2017, 7, 17)
    assert list(text.clauses) == ["2", "10/2/a", "1", "3"]
    assert text.clause("10/2/a") == Clause("1-X", "10/2/a", "implemented", "a share")
    assert text.clause("1").reason == "an act of an office"


def test_a_clause_is_cited_by_its_text_and_number():
    assert Clause("211-A", "37/5", "implemented", "ties").name == "211-A 37/5"


@pytest.mark.parametrize("number", ["37/6", "37", "", "211-A 37/5"])
def test_a_clause_that_the_text_has_not_is_named(tmp_path, number):
    text = load_text(
        register(tmp_path, '[clauses."37/5"]\nstate = "implemented"\nabout = "ties"\n')
    )
    with pytest.raises(ConfigurationError) as error:
        text.clause(number)
    assert str(error.value) == f"1-X has no clause {number!r}"


@pytest.mark.parametrize("state", ["done", "Implemented", ""])
def test_a_state_that_is_none_is_refused_with_the_states_there_are(tmp_path, state):
    file = register(tmp_path, f'[clauses."1"]\nstate = "{state}"\nabout = "x"\n')
    with pytest.raises(ConfigurationError, match="1-X 1") as error:
        load_text(file)
    assert all(known in str(error.value) for known in STATES)


def test_out_of_scope_without_a_reason_is_refused(tmp_path):
    file = register(tmp_path, '[clauses."4/a"]\nstate = "out_of_scope"\nabout = "x"\n')
    with pytest.raises(ConfigurationError, match="1-X 4/a is out of scope without a reason"):
        load_text(file)


def test_the_register_of_211_a_is_whole():
    """Every clause tells what it is about; those out of scope and no others give a reason."""
    from portaria.regulations.access.settings import texts

    text = texts()["211-A"]
    assert text.published == date(2017, 7, 17)
    articles = {number.split("/")[0] for number in text.clauses}
    assert {str(article) for article in range(1, 61)} <= articles
    for clause in text.clauses.values():
        assert clause.text == "211-A"
        assert clause.about, clause.name
        assert bool(clause.reason) == (clause.state == "out_of_scope"), clause.name
