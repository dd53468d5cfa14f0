"""Change files: what they may say, how each fault is told, and the contest they make."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import made
import pytest
from cli import write_small_contest

from portaria.core.errors import InputError
from portaria.core.messages import render
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change import Change, demand_of
from portaria.regulations.access.simulate.change_file import read_change
from portaria.regulations.access.simulate.draws import Demand

MATHS, NURSING, SPORT = "1101/9001", "1102/9002", "1103/9003"


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    """The small contest: MATHS 2 seats, NURSING 1, SPORT 2. Nothing changes it."""
    folder = tmp_path_factory.mktemp("simulate")
    return made.read(write_small_contest(folder / "contest").folder)


def written(folder: Path, text: str, name: str = "change.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def good(folder: Path, text: str) -> Change:
    change, problems = read_change(written(folder, text))
    assert [str(problem.message) for problem in problems] == []
    return change


def changed(contest: Contest, folder: Path, *texts: str) -> Contest:
    return apply(contest, [good(folder, text) for text in texts])[0]


def column(contest: Contest, name: str) -> dict[str, object]:
    return dict(contest.tables["programmes"].select("programme", name).iter_rows())


WHOLE = """
title = "Tudo o que se pode escrever"

[[seats]]
programmes = ["1101/9001", "1102/9002"]
set = 40
[[seats]]
institution = "1103"
add = -1
[[seats]]
all = true
percent = 12.5

[[weights]]
programmes = ["1101/9001"]
set = 2
w_secondary = 50
exams = { "07" = 25, "16" = 25 }

[[min_exam]]
all = true
set = 100
[[min_grade]]
programmes = ["1102/9002"]
add = 2.5
[[regional_share]]
programmes = ["1102/9002"]
set = 25
[[vocational_share]]
institution = "1102"
add = -10

[quotas]
azores = 5
disability = 2.5

[policy]
form_order = "valid_only"

[demand]
resample = false
noise = 1.5
"""


def test_everything_that_can_be_said(contest, tmp_path):
    after, moved = apply(contest, [good(tmp_path, WHOLE)])
    # 40 and 12.5 % more are 45; 2 less 1 and 12.5 % more is 1.125.
    assert column(after, "seats") == {MATHS: 45, NURSING: 45, SPORT: 1}
    assert set(column(after, "min_exam").values()) == {Decimal(100)}
    assert column(after, "min_grade")[NURSING] == Decimal("97.5")
    assert column(after, "regional_share")[NURSING] == Decimal(25)
    assert column(after, "vocational_share")[NURSING] == Decimal(20)
    weights = after.tables["exam_sets"].filter(programme=MATHS).select("set", "exam", "weight")
    assert weights.rows() == [(1, "19", 50), (2, "07", 25), (2, "16", 25)]
    assert after.edition.number("quota_azores") == 5
    assert after.edition.number("quota_emigrant") == 7
    assert after.readings["form_order"] == "valid_only"
    assert (MATHS, 2, "07", 20, 25) in [
        (m.programme, m.number, m.column, m.before, m.after) for m in moved
    ]
    assert demand_of([good(tmp_path, WHOLE)]) == Demand(False, Decimal("1.5"))


def test_the_contest_itself_is_untouched(contest, tmp_path):
    before = {name: table.clone() for name, table in contest.tables.items()}
    apply(contest, [good(tmp_path, WHOLE)])
    assert all(contest.tables[name].equals(table) for name, table in before.items())
    assert contest.edition.number("quota_azores") == Decimal("3.5")
    assert contest.readings["form_order"] == "as_written"


@pytest.mark.parametrize(
    ("seats", "percent", "after"),
    [(10, 25, 13), (10, 24, 12), (10, 5, 11), (10, -5, 10), (10, -100, 0), (1, 50, 2), (0, 900, 0)],
)
def test_a_percent_of_seats_goes_to_the_nearest_seat_a_half_up(
    contest, tmp_path, seats, percent, after
):
    text = f"[[seats]]\nall = true\nset = {seats}\n[[seats]]\nall = true\npercent = {percent}\n"
    assert set(column(changed(contest, tmp_path, text), "seats").values()) == {after}


def test_changes_work_one_after_another_and_the_last_word_counts(contest, tmp_path):
    texts = [
        '[[seats]]\nall = true\nset = 10\n[policy]\nform_order = "valid_only"\n[demand]\nnoise = 1',
        '[[seats]]\nall = true\nadd = 3\n[policy]\nform_order = "as_written"\n'
        "[demand]\nresample = false",
    ]
    after = changed(contest, tmp_path, *texts)
    assert set(column(after, "seats").values()) == {13}
    assert after.readings["form_order"] == "as_written"
    assert demand_of([good(tmp_path, text) for text in texts]) == Demand(False, Decimal(1))


def test_exam_weights_without_a_set_hold_in_every_set_that_has_the_exam(contest, tmp_path):
    text = '[[weights]]\nall = true\nw_secondary = 60\nexams = { "02" = 19.5 }'
    with pytest.raises(InputError) as refused:
        changed(contest, tmp_path, text)
    told = {p.value.split(":")[0] for p in refused.value.problems}
    assert told == {MATHS, NURSING}  # SPORT: 60 + 20.5 + 19.5
    text = '[[weights]]\nall = true\nw_secondary = 60\nexams = { "02" = 40, "19" = 40, "07" = 15, '
    text += '"16" = 25 }\n[[weights]]\ninstitution = "1103"\nexams = { "02" = 19.5 }'
    after = changed(contest, tmp_path, text)
    assert after.tables["exam_sets"]["weight"].to_list() == [40, 15, 25, 40, Decimal("19.5")]


def test_an_empty_file_changes_nothing(contest, tmp_path):
    after, moved = apply(contest, [good(tmp_path, "")])
    assert moved == ()
    assert not good(tmp_path, "[demand]\nnoise = 2").alters
    assert all(after.tables[name].equals(table) for name, table in contest.tables.items())


WORDS = [
    ("seats = 3", "seats", "write each seats as a table of its own, under [[seats]]"),
    ("[seats]\nall = true", "seats", "write each seats as a table of its own, under [[seats]]"),
    ("quotas = 3", "quotas", "write quotas as one table, under [quotas]"),
    (
        "seat = 3",
        "seat",
        "seat means nothing here; known: title, seats, weights, min_exam, min_grade, "
        "regional_share, vocational_share, quotas, policy, demand",
    ),
    (
        "[[seats]]\nall = true\nadd = 1\nsum = 1",
        "seats[1].sum",
        "sum means nothing here; known: programmes, institution, all, set, add, percent",
    ),
    (
        "[[min_grade]]\nall = true\npercent = 1",
        "min_grade[1].percent",
        "percent means nothing here; known: programmes, institution, all, set, add",
    ),
    (
        "[quotas]\nregional = 3",
        "quotas.regional",
        "regional means nothing here; known: azores, madeira, emigrant, military, disability",
    ),
    (
        "[demand]\nnoises = 3",
        "demand.noises",
        "noises means nothing here; known: resample, noise",
    ),
    (
        "[[weights]]\nall = true\nw_prerequisite = 3\nw_secondary = 3",
        "weights[1].w_prerequisite",
        "w_prerequisite means nothing here; known: programmes, institution, all, w_secondary, "
        "set, exams",
    ),
    (
        "[[seats]]\nadd = 1",
        "seats[1]",
        'say whose, with exactly one of: programmes = ["…"], institution = "…", all = true',
    ),
    (
        '[[seats]]\nall = true\ninstitution = "1101"\nadd = 1',
        "seats[1]",
        'say whose, with exactly one of: programmes = ["…"], institution = "…", all = true',
    ),
    (
        "[[seats]]\nall = false\nadd = 1",
        "seats[1]",
        'say whose, with exactly one of: programmes = ["…"], institution = "…", all = true',
    ),
    (
        "[[seats]]\nall = true",
        "seats[1]",
        "say how much, with exactly one of: set, add, percent",
    ),
    (
        "[[min_exam]]\nall = true\nadd = 1\nset = 1",
        "min_exam[1]",
        "say how much, with exactly one of: set, add",
    ),
    (
        '[[seats]]\nprogrammes = "1101/9001"\nadd = 1',
        "seats[1].programmes",
        'write the codes as a list of texts: ["3101/9123"]',
    ),
    (
        "[[seats]]\nprogrammes = []\nadd = 1",
        "seats[1].programmes",
        'write the codes as a list of texts: ["3101/9123"]',
    ),
    (
        "[[seats]]\ninstitution = 1101\nadd = 1",
        "seats[1].institution",
        'a text in quotes is meant here, such as "3101"',
    ),
    ("[[seats]]\nall = true\nadd = 1.5", "seats[1].add", "a whole number is meant here, "
     "such as 150"),
    (
        '[[seats]]\nall = true\nadd = "3"',
        "seats[1].add",
        "a number is meant here, such as 150 or 12,5 (at most 18 decimals)",
    ),
    (
        "[[seats]]\nall = true\nadd = true",
        "seats[1].add",
        "a number is meant here, such as 150 or 12,5 (at most 18 decimals)",
    ),
    (
        "[[min_grade]]\nall = true\nadd = nan",
        "min_grade[1].add",
        "a number is meant here, such as 150 or 12,5 (at most 18 decimals)",
    ),
    (
        "[[min_grade]]\nall = true\nadd = 0.0000000000000000001",
        "min_grade[1].add",
        "a number is meant here, such as 150 or 12,5 (at most 18 decimals)",
    ),
    ("[[seats]]\nall = true\nset = -1", "seats[1].set", "the value is below the least allowed, 0"),
    (
        "[[seats]]\nall = true\npercent = -101",
        "seats[1].percent",
        "the value is below the least allowed, -100",
    ),
    (
        "[[seats]]\nall = true\nset = 1e999",
        "seats[1].set",
        "the value is above the most allowed, 1000000000",
    ),
    ("[quotas]\nazores = 101", "quotas.azores", "the value is above the most allowed, 100"),
    ("[demand]\nnoise = -1", "demand.noise", "the value is below the least allowed, 0"),
    ("[demand]\nresample = 1", "demand.resample", "write true or false, without quotes"),
    ("[policy]\nform_order = 3", "policy.form_order", 'a text in quotes is meant here, such as '
     '"3101"'),
    ("[[weights]]\nall = true", "weights[1]", "give w_secondary, exams, or both"),
    (
        "[[weights]]\nall = true\nexams = 3",
        "weights[1].exams",
        'write the weights by exam: exams = { "02" = 30, "07" = 20 }',
    ),
    (
        '[[weights]]\nall = true\nset = "1"\nw_secondary = 50',
        "weights[1].set",
        "a whole number is meant here, such as 150",
    ),
    ("title = 3", "title", 'a text in quotes is meant here, such as "3101"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message"), WORDS, ids=[word[0] for word in WORDS])
def test_each_fault_of_a_file_is_told_with_its_place(tmp_path, text, place, message):
    _, problems = read_change(written(tmp_path, text))
    told = [(p.column, render(p.message, "en").replace(",000", "000")) for p in problems]
    assert (place, message) in told
    assert {p.file for p in problems} == {"change.toml"}


def test_what_is_no_toml_at_all(tmp_path):
    _, (problem,) = read_change(written(tmp_path, "seats = ["))
    assert problem.code == "change-not-toml"
    (tmp_path / "latin.toml").write_bytes('title = "mudança"'.encode("latin-1"))
    _, (problem,) = read_change(tmp_path / "latin.toml")
    assert problem.code == "change-not-toml"
    _, (problem,) = read_change(tmp_path / "nowhere.toml")
    assert problem.code == "file-unreadable"


def test_every_fault_is_told_at_once(tmp_path):
    text = "[[seats]]\nadd = 1\n[[seats]]\nall = true\n[demand]\nnoise = -1\n[what]\n"
    _, problems = read_change(written(tmp_path, text))
    assert [p.column for p in problems] == ["what", "seats[1]", "seats[2]", "demand.noise"]


UNFIT = [
    (
        '[[seats]]\nprogrammes = ["1101/9001", "9999/9999"]\nadd = 1',
        "seats[1].programmes",
        "the programme 9999/9999 is not in the table programmes: correct the code",
    ),
    (
        '[[seats]]\ninstitution = "9999"\nadd = 1',
        "seats[1].institution",
        "the institution 9999 is not in the table programmes: correct the code",
    ),
    (
        "[[seats]]\nall = true\nadd = -2",
        "seats[1]",
        "programme 1102/9002 would have -1 in seats, which goes from 0 to 1,000,000",
    ),
    (
        "[[min_exam]]\nall = true\nadd = 150",
        "min_exam[1]",
        "programme 1101/9001 would have 245 in min_exam, which goes from 0 to 200",
    ),
    (
        '[[regional_share]]\nprogrammes = ["1102/9002"]\nset = 50.5',
        "regional_share[1]",
        "the share is above the 50 % the text allows",
    ),
    (
        '[[weights]]\nprogrammes = ["1102/9002"]\nw_secondary = 50',
        "weights[1]",
        "programme 1102/9002, set 1: the weights add to 116.66, not to 100",
    ),
    (
        '[[weights]]\nprogrammes = ["1102/9002"]\nw_secondary = 33.335\nexams = { "02" = 66.665 }',
        "weights[1]",
        "a weight has at most two decimals",
    ),
    (
        '[[weights]]\nprogrammes = ["1102/9002"]\nset = 3\nexams = { "02" = 50 }',
        "weights[1].set",
        "programme 1102/9002 has no exam set 3",
    ),
    (
        '[[weights]]\nprogrammes = ["1102/9002"]\nexams = { "19" = 50 }',
        "weights[1].exams",
        "programme 1102/9002 has the exam 19 in no set meant here",
    ),
    (
        '[[weights]]\nall = true\nset = 1\nexams = { "07" = 50 }',
        "weights[1].exams",
        "no programme meant here has the exam 07 in a set meant here",
    ),
    (
        '[policy]\nplacement = "by luck"',
        "policy.placement",
        "the reading placement has no choice by luck; known: candidate-optimal, literal, "
        "stages-r1, stages-r2",
    ),
    (
        '[policy]\nluck = "good"',
        "policy.luck",
        "the reading luck is unknown; known: form_order, placement, preference_rounding",
    ),
]


@pytest.mark.parametrize(("text", "place", "message"), UNFIT, ids=[unfit[0] for unfit in UNFIT])
def test_what_the_contest_does_not_bear_is_told_where_it_was_written(
    contest, tmp_path, text, place, message
):
    with pytest.raises(InputError) as refused:
        changed(contest, tmp_path, text)
    told = [(p.file, p.column, render(p.message, "en")) for p in refused.value.problems]
    assert ("change.toml", place, message) in told


def test_a_quota_that_the_text_does_not_have(contest, tmp_path):
    """The institutional contest has no quotas at all."""
    small = write_small_contest(tmp_path / "contest")
    small.write("contest.toml", 'edition = "pt-institutional-2017"\nphase = 1\n')
    institutional, problems = read_contest(small.folder)
    if institutional is None:
        pytest.skip(f"the small contest is not one of this edition: {problems[0].message}")
    with pytest.raises(InputError) as refused:
        changed(institutional, tmp_path, "[quotas]\nazores = 3")
    (problem,) = refused.value.problems
    assert (problem.code, problem.column) == ("change-no-quota", "quotas.azores")


def test_the_file_that_the_page_shows_is_one(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "access" / "simulate.md"
    (shown,) = page.read_text(encoding="utf-8").split("```toml\n")[1:]
    change = good(tmp_path, shown.split("```")[0])
    assert [step.column for step in change.steps] == ["seats", "seats", "min_exam"]
    assert demand_of([change]) == Demand()
