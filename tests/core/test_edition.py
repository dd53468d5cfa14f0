"""An edition: dated parameters, clauses by rule, readings; what contradicts itself is refused."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portaria.core.clause import Clause, Text
from portaria.core.edition import Correction, Edition, Parameter, Reading, load_edition
from portaria.core.errors import ConfigurationError, UsageError

CLAUSES = {"1": "implemented", "2/a": "implemented", "3": "descriptive", "4": "planned"}
TEXTS = {
    name: Text(
        name,
        f"Text {name}",
        date(2017, 7, 17),
        "a gazette",
        {number: Clause(name, number, state, "x") for number, state in CLAUSES.items()},
    )
    for name in ("1-X", "2-Y")
}
RULES = ("grade", "tie")

EDITION = """
name = "2017"
title = "The contest of 2017"
language = "pt-PT"
texts = ["1-X"]
valid_from = 2017-07-18
valid_until = 2017-12-31
checked_on = 2026-11-01
source = "a gazette"

[parameters]
most_options = { value = 6, clause = "1-X 1" }
share = { value = "3.5", clause = "1-X 2/a", valid_until = 2017-09-30, source = "a notice" }

[cites]
grade = ["1-X 2/a", "1-X 1"]
tie = "1-X 1"

[readings.order]
default = "as_written"
alternatives = ["valid_only", "none"]
about = "what keeps its place"
record = "docs/decisions/0004.md"
clause = "1-X 1"

[[corrections]]
where = "1-X 2/a"
says = "article 12"
means = "article 13"
source = "a rectification"
"""


def load(folder: Path, *changes: tuple[str, str]) -> Edition:
    """The edition above with pieces of its text replaced."""
    text = EDITION
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / "2017.toml"
    file.write_text(text, encoding="utf-8")
    return load_edition(file, TEXTS, RULES)


# --- what an edition says ------------------------------------------------------------------------


def test_an_edition_is_loaded_whole(tmp_path):
    edition = load(tmp_path)
    assert (edition.name, edition.title, edition.language) == (
        "2017",
        "The contest of 2017",
        "pt-PT",
    )
    assert set(edition.texts) == {"1-X"}
    assert edition.parameters["most_options"] == Parameter(
        "most_options", 6, "1-X 1", date(2017, 7, 18), date(2017, 12, 31), date(2026, 11, 1),
        "a gazette",
    )  # fmt: skip
    assert [clause.name for clause in edition.cites["grade"]] == ["1-X 2/a", "1-X 1"]
    assert edition.clause("grade") == "1-X 2/a"
    assert edition.clause("tie") == "1-X 1"
    assert edition.corrections == (
        Correction("1-X 2/a", "article 12", "article 13", "a rectification"),
    )
    assert edition.sha256 == hashlib.sha256(EDITION.encode()).hexdigest()


def test_a_parameter_may_have_its_own_dates_and_source(tmp_path):
    share = load(tmp_path).parameters["share"]
    assert (share.valid_from, share.valid_until) == (date(2017, 7, 18), date(2017, 9, 30))
    assert (share.source, share.checked_on) == ("a notice", date(2026, 11, 1))


def test_a_percentage_is_exact(tmp_path):
    assert load(tmp_path).number("share") == Decimal("3.5")
    assert load(tmp_path, ('"3.5"', "3.5")).number("share") == Decimal("3.5")
    assert load(tmp_path, ('"3.5"', "7")).number("share") == 7


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2017, 7, 18), date(2017, 8, 1), date(2017, 9, 30), None])
def test_a_parameter_holds_on_its_first_day_its_last_and_between(tmp_path, day):
    assert load(tmp_path).value("share", day) == "3.5"


@pytest.mark.parametrize("day", [date(2017, 7, 17), date(2017, 10, 1), date(2018, 7, 18)])
def test_a_date_outside_is_refused_never_extended(tmp_path, day):
    edition = load(tmp_path)
    with pytest.raises(UsageError) as error:
        edition.value("share", day)
    said = str(error.value)
    assert said.startswith("2017: share is known from July 18, 2017 to September 30, 2017, not on ")
    assert str(day.day) in said


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("valid_until = 2017-12-31", "valid_until = 2017-07-17", "most_options"),
        ("valid_until = 2017-09-30", "valid_until = 2016-09-30", "share"),
        ("valid_until = 2017-09-30", "valid_from = 2018-01-01", "share"),
    ],
)
def test_dates_the_wrong_way_round_are_refused_by_name(tmp_path, old, new, name):
    with pytest.raises(ConfigurationError, match=f"edition 2017: {name} ends before it begins"):
        load(tmp_path, (old, new))


def test_a_parameter_may_hold_for_one_day(tmp_path):
    edition = load(tmp_path, ("valid_until = 2017-09-30", "valid_until = 2017-07-18"))
    assert edition.value("share", date(2017, 7, 18)) == "3.5"


# --- rules and clauses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('tie = "1-X 1"', 'tie = "1-X 1"\nlot = "1-X 1"', "rules that no code applies: ['lot']"),
        ('tie = "1-X 1"', "", "no clause for the rules ['tie']"),
        ('tie = "1-X 1"', 'tie = "1-X 9"', "1-X has no clause '9'"),
        ('tie = "1-X 1"', 'tie = ["1-X 1", "1-X 2/b"]', "1-X has no clause '2/b'"),
        ('tie = "1-X 1"', 'tie = "2-Y 1"', "'2-Y 1', a text it does not name"),
        ('tie = "1-X 1"', 'tie = "1"', "'1', a text it does not name"),
        ('tie = "1-X 1"', 'tie = "1-X 3"', "1-X 3 for a rule, but it is descriptive"),
        ('tie = "1-X 1"', 'tie = "1-X 4"', "1-X 4 for a rule, but it is planned"),
        ('6, clause = "1-X 1"', '6, clause = "1-X 8"', "1-X has no clause '8'"),
        ('6, clause = "1-X 1"', '6, clause = "2-Y 1"', "'2-Y 1', a text it does not name"),
    ],
)
def test_an_unknown_rule_or_clause_is_refused_by_name(tmp_path, old, new, said):
    with pytest.raises(ConfigurationError) as error:
        load(tmp_path, (old, new))
    assert said in str(error.value)


def test_a_rule_may_stand_on_no_empty_list_of_clauses(tmp_path):
    """`clause` cites the first clause of a rule, so there must be one."""
    with pytest.raises(ConfigurationError, match="tie"):
        load(tmp_path, ('tie = "1-X 1"', "tie = []"))


def test_a_text_that_has_no_register_is_refused_by_name(tmp_path):
    with pytest.raises(ConfigurationError, match="9-Z"):
        load(tmp_path, ('texts = ["1-X"]', 'texts = ["1-X", "9-Z"]'))


# --- readings ------------------------------------------------------------------------------------


def test_readings_have_a_default_and_alternatives(tmp_path):
    reading = load(tmp_path).readings["order"]
    assert isinstance(reading, Reading)
    assert reading.choices == ("as_written", "valid_only", "none")


@pytest.mark.parametrize(
    ("policy", "chosen"),
    [({}, "as_written"), ({"order": "none"}, "none"), ({"order": "as_written"}, "as_written")],
)
def test_the_readings_in_force(tmp_path, policy, chosen):
    assert load(tmp_path).choose(policy) == {"order": chosen}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"ordr": "none"}, "the reading ordr is unknown; known: order"),
        (
            {"order": "free"},
            "the reading order has no choice free; known: as_written, valid_only, none",
        ),
    ],
)
def test_an_unknown_reading_is_refused_with_what_there_is(tmp_path, policy, said):
    with pytest.raises(UsageError) as error:
        load(tmp_path).choose(policy)
    assert str(error.value) == said
