"""Editions: the one that ships, those refused, and an own one whose every value is used."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from made import EDITION, Tables, option, place, told, write
from reference.words import Changes, contest

from portaria.core.errors import UsageError
from portaria.documents.access_letter import letter
from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.folder import Results
from portaria.regulations.access.settings import edition_names, find_edition

SHIPPED = (files("portaria.regulations.access") / "editions" / f"{EDITION}.toml").read_text("utf-8")
FILE = "my.toml"


def edition_text(changes: dict[str, str | None]) -> str:
    """The shipped edition with the lines `key = ...` rewritten, or left out where None."""
    text = SHIPPED
    for key, value in changes.items():
        line = "" if value is None else f"{key} = {value}"
        text, count = re.subn(
            rf"(?m)^{re.escape(key)} = .*$", line.replace("\\", ""), text, count=1
        )
        assert count == 1, key
    assert text != SHIPPED
    return text


def value_of(key: str, value: str) -> dict[str, str | None]:
    """A parameter with another value, everything else as it was."""
    row = tomllib.loads(SHIPPED)["parameters"][key]
    return {key: f'{{ value = {value}, clause = "{row["clause"]}" }}'}


def folder_with(tables: Tables, folder: Path, text: str, **policy: str) -> Path:
    made = write(tables, folder / "contest", FILE, policy)
    (made / FILE).write_text(text, encoding="utf-8")
    return made


def both(tables: Tables, folder: Path, changes: dict[str, str | None]) -> tuple[Results, Results]:
    """The results under the shipped edition and under the changed one."""
    shipped = place(write(tables, folder / "shipped"), folder / "shipped-results")
    own = place(folder_with(tables, folder, edition_text(changes)), folder / "own-results")
    return shipped, own


def refused(tables: Tables, folder: Path, text: str) -> str:
    """What the person is told of an edition that cannot be used; nothing else is a problem."""
    found, problems = read_contest(folder_with(tables, folder, text))
    assert found is None
    (problem,) = problems
    assert problem.file == "contest.toml"
    return str(problem.message)


ONE = contest({"x": "A"}, {"A": "x"})


def seats_row(result: Results, programme: str = "x") -> dict[str, str]:
    with (result.folder / "seats.csv").open(encoding="utf-8", newline="") as lines:
        return next(row for row in csv.DictReader(lines) if row["programme"] == programme)


# --- the edition that ships ----------------------------------------------------------------------


def test_the_editions_that_come_with_the_program_load(tmp_path):
    assert EDITION in edition_names()
    for name in edition_names():
        edition = find_edition(name, tmp_path)
        assert edition.name == name
        assert edition.language == "pt-PT"


def test_the_shipped_parameters_are_those_of_the_text(tmp_path):
    """Articles 3, 10, 16 to 19, 21, 33, 34, 40, 54 and 55, by hand."""
    edition = find_edition(EDITION, tmp_path)
    found = {name: Decimal(str(p.value)) for name, p in edition.parameters.items()}
    assert found == {
        "phases": 3,
        "exchange_days": 15,
        "relocation_enrolled_below": 6,
        "complaint_enrolment_days": 7,
        "changed_grade_days": 3,
        "most_options": 6,
        "most_exams_in_set": 3,
        "two_cycle_a_weight": Decimal("0.6"),
        "two_cycle_b_weight": Decimal("0.4"),
        "quota_azores": Decimal("3.5"),
        "quota_madeira": Decimal("3.5"),
        "quota_emigrant": 7,
        "quota_military": Decimal("2.5"),
        "quota_disability": 2,
        "quota_disability_least": 2,
        "quota_least": 1,
        "preference_azores": 50,
        "preference_madeira": 50,
        "regional_share_limit": 50,
        "vocational_share_limit": 30,
    }


def test_the_shipped_edition_holds_from_the_day_after_its_publication_to_the_end_of_the_year(
    tmp_path,
):
    edition = find_edition(EDITION, tmp_path)
    assert edition.value("most_options", date(2017, 7, 18)) == 6
    assert edition.value("most_options", date(2017, 12, 31)) == 6
    for day in (date(2017, 7, 17), date(2018, 1, 1)):
        with pytest.raises(UsageError, match="most_options is known from July 18, 2017"):
            edition.value("most_options", day)


def test_every_reading_has_a_record_that_exists(tmp_path):
    """The records are pages of this repository."""
    repository = Path(__file__).parents[3]
    for reading in find_edition(EDITION, tmp_path).readings.values():
        assert reading.alternatives
        assert reading.default not in reading.alternatives
        assert reading.about
        assert (repository / reading.record).is_file(), reading.record


# --- editions that are refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ties-open-seats": '"211-A 37/5"\nties-by-lot = "211-A 37/5"'}, "ties-by-lot"),
        ({"ties-open-seats": None}, "ties-open-seats"),
        ({"ties-open-seats": '"211-A 37/55"'}, "37/55"),
        ({"ties-open-seats": '"211-B 23"'}, "211-B 23"),
        ({"ties-open-seats": '"211-A 1"'}, "211-A 1"),  # descriptive
        ({"ties-open-seats": '["211-A 37/5", "211-A 4/a"]'}, "211-A 4/a"),  # out of scope
        ({"ties-open-seats": "[]"}, "ties-open-seats"),
        ({"most_options": '{ value = 6, clause = "211-A 21/44" }'}, "21/44"),
        ({"valid_until": "2016-12-31"}, "ends before it begins"),
        ({"texts": '["211-A", "999-Z"]'}, "999-Z"),
        ({"language": '"xx"'}, "xx"),
        ({"quota_emigrant": None}, "quota_emigrant"),
        ({"most_options": None}, "most_options"),
        ({"title": None}, "title"),
        ({"name": None}, "name"),
        ({"quota_emigrant": '{ value = "seven", clause = "211-A 10/2/c" }'}, "quota_emigrant"),
        ({"quota_emigrant": '{ value = "7" }'}, "quota_emigrant"),
        ({"most_options": '{ value = "6", clause = "211-A 21/4" }'}, "most_options"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused_by_name(tmp_path, changes, said):
    assert said in refused(ONE, tmp_path, edition_text(changes))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[readings.form_order]", "[readings.form_ordr]", "form_ordr"),
        ('default = "as_written"', 'default = "free"', "free"),
        ('alternatives = ["half_up"]', 'alternatives = ["half_down"]', "half_down"),
    ],
)
def test_a_reading_that_no_code_knows_is_refused_by_name(tmp_path, old, new, said):
    """Else it would stand in the results and decide nothing."""
    assert SHIPPED.count(old) == 1
    assert said in refused(ONE, tmp_path, SHIPPED.replace(old, new))


@pytest.mark.parametrize("text", ["", "name = ", "this is no TOML", 'name = "2018"\n'])
def test_a_file_that_is_no_edition_is_refused_with_its_name(tmp_path, text):
    assert FILE in refused(ONE, tmp_path, text)


@pytest.mark.parametrize("name", ["none.toml", "pt-national-1999", "my", ""])
def test_an_edition_that_is_not_there_is_refused(tmp_path, name):
    found, problems = read_contest(write(ONE, tmp_path / "contest", name))
    assert found is None
    (problem,) = problems
    assert problem.file == "contest.toml"
    assert EDITION in str(problem.message)


# --- an own edition: every value is used ---------------------------------------------------------


def test_the_own_edition_is_the_one_in_the_results(tmp_path):
    own = both(ONE, tmp_path, {"name": '"my-contest"', "title": '"O meu concurso"'})[1]
    assert (own.manifest["edition"], own.manifest["edition_title"]) == (
        "my-contest",
        "O meu concurso",
    )
    mine = told(own, "A")
    assert (mine.edition, mine.edition_title) == ("my-contest", "O meu concurso")
    assert letter(mine)[1].text == "O meu concurso, 1.ª fase"


def test_the_language_of_the_edition_is_that_of_its_letters(tmp_path):
    own = both(ONE, tmp_path, {"language": '"en"'})[1]
    assert letter(told(own, "A"))[0].text == "Result of the application of A, candidate A"


@pytest.mark.rules("option-limit")
def test_more_options(tmp_path):
    """A writes seven options; the seventh alone has a seat for her."""
    lists = {f"p{n}": "B A" for n in range(6)} | {"last": "A"}
    forms = {"A": " ".join(lists), "B": "p0"}
    people = [f"C{n}" for n in range(1, 6)]
    lists |= {f"p{n}": f"C{n} A" for n in range(1, 6)}
    forms |= {person: f"p{n}" for n, person in enumerate(people, 1)}
    tables = contest(lists, forms)
    found, problems = read_contest(write(tables, tmp_path / "shipped"))
    assert found is None
    assert [(p.code, p.clause) for p in problems] == [("too-many-options", "211-A 21/4")]
    text = edition_text(value_of("most_options", "8"))
    own = place(folder_with(tables, tmp_path, text), tmp_path / "results")
    assert (told(own, "A").programme, told(own, "A").option) == ("last", 7)
    fewer = edition_text(value_of("most_options", "5"))
    (tmp_path / "contest" / FILE).write_text(fewer, encoding="utf-8")
    _found, problems = read_contest(tmp_path / "contest")
    assert "at most 5 are allowed" in str(problems[0].message)


@pytest.mark.rules("application-grade")
def test_fewer_exams_in_a_set(tmp_path):
    tables: dict[str, list[dict[str, Any]]] = contest({"x": "A"}, {"A": "x"})
    tables["exam_sets"][0]["weight"] = Decimal(20)
    for exam, weight in (("02", 15), ("07", 15)):
        tables["exam_sets"].append(
            {"programme": "x", "set": 1, "exam": exam, "weight": Decimal(weight)}
        )
    assert read_contest(write(tables, tmp_path / "shipped"))[0] is not None
    own = folder_with(tables, tmp_path, edition_text(value_of("most_exams_in_set", "2")))
    (problem,) = read_contest(own)[1]
    assert problem.code == "too-many-exams"
    assert "has 3 exams; at most 2 are allowed" in str(problem.message)


@pytest.mark.rules("secondary-grade-two-cycles")
@pytest.mark.parametrize(
    ("a", "b", "value", "grade"),
    [
        ('"0.7"', '"0.3"', "153", "176.5"),  # 0.7 x 15 + 0.3 x 16
        ("0.7", "0.3", "153", "176.5"),  # written as numbers
        ('"0.55"', '"0.45"', "154.5", "177.3"),  # two decimals: 177.25
        ('"0.625"', '"0.375"', "153.75", "176.9"),  # 176.875
        ('"1"', '"0"', "150", "175.0"),
    ],
)
def test_other_weights_of_two_cycles(tmp_path, a, b, value, grade):
    people: Changes = {
        "A": {"secondary": None, "two_cycle_a": Decimal(15), "two_cycle_b": Decimal(16)}
    }
    tables = contest({"x": "A"}, {"A": "x"}, people=people)
    changes = value_of("two_cycle_a_weight", a) | value_of("two_cycle_b_weight", b)
    shipped, own = both(tables, tmp_path, changes)
    assert str(option(shipped, "A").grade) == "177.0"
    found = option(own, "A")
    assert str(found.grade) == grade
    assert found.arithmetic.secondary.value == Decimal(value)


@pytest.mark.rules("special-quotas", "quota-rounding")
@pytest.mark.parametrize(
    ("parameter", "value", "seats", "column", "before", "after"),
    [
        ("quota_azores", '"10"', 40, "azores", "1", "4"),
        ("quota_madeira", '"10"', 40, "madeira", "1", "4"),
        ("quota_emigrant", '"3"', 100, "emigrant", "7", "3"),
        ("quota_military", '"5"', 100, "military", "3", "5"),
        ("quota_disability", '"4"', 100, "disability", "2", "4"),
        ("quota_disability_least", "5", 100, "disability", "2", "5"),
        ("quota_least", "0", 5, "azores", "1", "0"),  # 0.175
        ("quota_least", "2", 5, "emigrant", "1", "2"),
        ("quota_emigrant", '"3.125"', 16_000, "emigrant", "1120", "500"),  # exact: 3.12 gives 499
        ("quota_emigrant", "3.5", 100, "emigrant", "7", "4"),  # a number: 3.5, half up
    ],
)
def test_other_special_quotas(tmp_path, parameter, value, seats, column, before, after):
    tables = contest({"x": "A"}, {"A": "x"}, {"x": {"seats": seats}})
    shipped, own = both(tables, tmp_path, value_of(parameter, value))
    assert (seats_row(shipped)[column], seats_row(own)[column]) == (before, after)


@pytest.mark.rules("special-quotas", "stage-emigrant")
def test_a_larger_quota_places_another_person(tmp_path):
    """Two emigrants behind a better candidate, two seats: 7 % is one seat, 80 % is two."""
    tables = contest(
        {"x": "A B C"}, dict.fromkeys("ABC", "x"), {"x": {"seats": 2}},
        {"B": {"emigrant": True}, "C": {"emigrant": True}},
    )  # fmt: skip
    shipped, own = both(tables, tmp_path, value_of("quota_emigrant", '"80"'))
    assert [told(shipped, c).quota for c in "ABC"] == ["general", "emigrant", None]
    assert [told(own, c).quota for c in "ABC"] == [None, "emigrant", "emigrant"]


@pytest.mark.rules("preference-size")
@pytest.mark.parametrize("island", ["azores", "madeira"])
def test_other_island_preferences(tmp_path, island):
    at: Changes = {"x": {"seats": 11, "island_university": island}}
    tables = contest({"x": "A"}, {"A": "x"}, at)
    shipped, own = both(tables, tmp_path, value_of(f"preference_{island}", '"30"'))
    column = f"{island}_preference"
    assert (seats_row(shipped)[column], seats_row(own)[column]) == ("5", "3")


@pytest.mark.rules("preference-size")
@pytest.mark.parametrize(("share", "limit"), [("regional_share", 50), ("vocational_share", 30)])
def test_other_limits_of_preferences(tmp_path, share, limit):
    at: Changes = {"x": {"seats": 10, share: Decimal(limit)}}
    tables = contest({"x": "A"}, {"A": "x"}, at)
    lower = folder_with(
        tables, tmp_path, edition_text(value_of(f"{share}_limit", f'"{limit - 1}"'))
    )
    (problem,) = read_contest(lower)[1]
    assert problem.code == "share-above-limit"
    assert f"above the {limit - 1} %" in str(problem.message)
    tables["programmes"][0][share] = Decimal(limit + 10)
    assert read_contest(write(tables, tmp_path / "shipped"))[0] is None
    higher = edition_text(value_of(f"{share}_limit", f'"{limit + 10}"'))
    own = place(folder_with(tables, tmp_path / "higher", higher), tmp_path / "results")
    assert seats_row(own)[share.partition("_")[0]] == str((limit + 10) // 10)


@pytest.mark.rules("ties-open-seats")
def test_other_clauses_are_the_ones_cited(tmp_path):
    tables = contest({"x": "A=B"}, {"A": "x", "B": "x"})
    shipped, own = both(tables, tmp_path, {"ties-open-seats": '["211-A 37/1", "211-A 37/5"]'})
    assert (told(shipped, "A").clause, told(own, "A").clause) == ("211-A 37/5", "211-A 37/1")
    assert any("(art. 37.º, n.º 1)" in block.text for block in letter(told(own, "A")))


# --- readings ------------------------------------------------------------------------------------

# A claims the regional preference at x, behind n, where she has no exam.
FORM = contest(
    {"x": "B C A", "n": "B"}, {"A": "n x", "B": "x", "C": "x"},
    {"x": {"seats": 2, "regional_share": Decimal(50)}},
    {"A": {"area": "faro", "claims_regional": True}},
)  # fmt: skip
FORM["regional_areas"] = [{"programme": "x", "area": "faro"}]


def test_the_defaults_of_the_edition_are_the_readings_in_force(tmp_path):
    changed = SHIPPED.replace(
        'default = "as_written"\nalternatives = ["valid_only"]',
        'default = "valid_only"\nalternatives = ["as_written"]',
    )
    assert changed != SHIPPED
    shipped = place(write(FORM, tmp_path / "shipped"), tmp_path / "shipped-results")
    own = place(folder_with(FORM, tmp_path, changed), tmp_path / "own-results")
    assert [r.manifest["readings"]["form_order"] for r in (shipped, own)] == [
        "as_written", "valid_only",
    ]  # fmt: skip
    assert [told(r, "A").result for r in (shipped, own)] == ["not_placed", "placed"]


@pytest.mark.rules("regional-without-interruption", "preference-size")
def test_the_readings_chosen_stand_in_the_manifest_and_decide(tmp_path):
    policy = {"form_order": "valid_only", "preference_rounding": "half_up"}
    chosen = place(write(FORM, tmp_path / "contest", policy=policy), tmp_path / "results")
    default = {"placement": "candidate-optimal"}
    assert chosen.manifest["readings"] == default | policy
    assert dict(told(chosen, "A").readings) == default | policy
    assert told(chosen, "A").quota == "regional"
    thirds = contest({"x": "A"}, {"A": "x"}, {"x": {"seats": 3, "regional_share": Decimal(50)}})
    found = [
        seats_row(place(write(thirds, tmp_path / f"{n}", policy=p), tmp_path / f"{n}-results"))
        for n, p in enumerate(({}, policy))
    ]
    assert [row["regional"] for row in found] == ["1", "2"]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"order": "as_written"}, "order"),
        ({"form_order": "free"}, "as_written, valid_only"),
        ({"preference_rounding": "ceiling"}, "floor, half_up"),
    ],
)
def test_an_unknown_reading_in_the_settings_is_refused(tmp_path, policy, said):
    found, problems = read_contest(write(ONE, tmp_path / "contest", policy=policy))
    assert found is None
    assert [problem.file for problem in problems] == ["contest.toml"]
    assert said in str(problems[0].message)


def test_an_edition_is_a_value(tmp_path):
    """Two loads of one file are equal, so a result can be compared with its edition."""
    one, two = (find_edition(EDITION, tmp_path) for _ in range(2))
    assert one == two
    assert one != replace(one, name="other")
