"""A candidate's plan: hand-worked cases, then a plain restatement of the rules on random grades."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from random import Random

import made
import polars as pl
import pytest

from portaria.core.errors import ConfigurationError, UsageError
from portaria.regulations.access.plan import (
    Choice,
    Grades,
    Plan,
    Target,
    Wanted,
    Way,
    as_json,
    folder_requirements,
    plan,
    published_requirements,
    read_grades,
    ways,
)
from portaria.regulations.access.plan.account import Added, Below, SetMissing, YearStanding
from portaria.regulations.access.plan.asked import doubts
from portaria.regulations.access.plan.years import standing, target, year_standing
from portaria.regulations.access.published import published

# --- a small contest, worked by hand -------------------------------------------------------------

MECHANICS, MEDICINE, NURSING = "1105/9123", "1507/9813", "0602/0001"
"""Two real codes, so that the published years apply, and one that never stood in them. Weights and
sets are made up."""

COURSE = {
    "seats": 30,
    "w_secondary": 50,
    "w_prerequisite": 0,
    "min_exam": 95,
    "min_grade": 100,
    "sport": False,
    "regional_share": 0,
    "vocational_share": 0,
}


def programme(code: str, name: str, **changes: object) -> dict[str, object]:
    return {**COURSE, "programme": code, "course_name": name, "institution": code[:4], **changes}


SMALL = {
    "programmes": [
        programme(MECHANICS, "Engenharia Mecânica", institution_name="Universidade do Porto"),
        programme(MEDICINE, "Medicina", w_secondary=40, min_exam=140, min_grade=160),
        programme(
            "9000/0001", "Desporto", sport=True, prerequisite="D", prerequisite_kind="selection"
        ),
        programme(
            "9000/0002", "Música", w_secondary=30, w_prerequisite=20,
            prerequisite="M", prerequisite_kind="both",
        ),
        programme(
            NURSING, "Enfermagem", prerequisite="A", prerequisite_kind="documentary"
        ),
    ],
    "exam_sets": [
        {"programme": code, "set": number, "exam": exam, "weight": weight}
        for code, number, exam, weight in [
            (MECHANICS, 1, "19", 50),
            (MECHANICS, 2, "07", 25),
            (MECHANICS, 2, "16", 25),
            (MEDICINE, 1, "02", 20),
            (MEDICINE, 1, "07", 20),
            (MEDICINE, 1, "19", 20),
            ("9000/0001", 1, "02", 50),
            ("9000/0002", 1, "18", 50),
            (NURSING, 1, "02", 50),
            (NURSING, 2, "07", 50),
        ]
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The requirements of the small contest."""
    folder = made.write(SMALL, tmp_path_factory.mktemp("plan") / "contest")
    requirements, problems = folder_requirements(folder)
    assert requirements is not None, [str(each.message) for each in problems]
    return requirements


def told(small, code: str, secondary: str = "150", **given: object) -> Choice:
    """The choice of one programme."""
    made_plan = plan(read_grades(secondary, **given), small)
    return next(each for each in made_plan.programmes if each.programme == code)


@pytest.mark.rules("application-grade", "exams-taken")
def test_the_best_of_the_sets_that_are_fully_taken_counts(small):
    """150 x 50 + 160 x 50 gives 155; 150 x 50 + 180 x 25 + 150 x 25 gives 157.5."""
    one = told(small, MECHANICS, exams=["19=160"])
    assert (one.eligible, one.grade, one.exam_set) == (True, Decimal("155.0"), 1)
    both = told(small, MECHANICS, exams=["19=160", "07=180", "16=150"])
    assert (both.grade, both.exam_set, both.arithmetic.total) == (
        Decimal("157.5"),
        2,
        Decimal("157.5"),
    )
    half = told(small, MECHANICS, exams=["19=160", "07=200"])
    assert (half.grade, half.exam_set) == (Decimal("155.0"), 1)


@pytest.mark.rules("exams-taken", "exam-minimum")
def test_what_the_nearest_set_lacks(small):
    """Set 1 lacks one exam, set 2 both; with 07 each lacks one; below 95 points are missing."""
    lack = told(small, MECHANICS, exams=["18=100"]).missing
    assert lack.nearest == (SetMissing(1, ("19",), ()),)
    lack = told(small, MECHANICS, exams=["07=120"]).missing
    assert lack.nearest == (SetMissing(1, ("19",), ()), SetMissing(2, ("16",), ()))
    low = told(small, MECHANICS, exams=["19=90", "07=120"])
    assert (low.reason, low.clause) == ("exam-below-minimum", "211-A 7/1/b")
    assert low.missing.nearest == (SetMissing(1, (), (Below("19", 90, 5),)),)
    lack = told(small, MEDICINE, exams=["02=139", "19=150"]).missing
    assert lack.nearest == (SetMissing(1, ("07",), (Below("02", 139, 1),)),)


@pytest.mark.rules("grade-minimum")
def test_tenths_missing_to_the_minimum_grade(small):
    """155 x 40 + (141 + 141 + 199) x 20 = 158.2: 18 tenths below 160."""
    low = told(small, MEDICINE, "155", exams=["02=141", "07=141", "19=199"])
    assert (low.reason, low.grade, low.missing.tenths) == (
        "grade-below-minimum",
        Decimal("158.2"),
        18,
    )
    assert low.missing.nearest == ()
    assert low.standing is None
    enough = told(small, MEDICINE, "155", exams=["02=150", "07=141", "19=199"])
    assert (enough.eligible, enough.grade) == (True, Decimal("160.0"))


@pytest.mark.rules("prerequisite", "documentary-prerequisite")
def test_prerequisites(small):
    """Selection: to be passed; one that ranks: with its grade; documentary: at enrolment."""
    sport = told(small, "9000/0001", exams=["02=100"])
    assert (sport.reason, sport.missing.prerequisite) == ("prerequisite-not-met", "D")
    assert not sport.missing.prerequisite_ranks
    assert told(small, "9000/0001", exams=["02=100"], prerequisites=["D"]).eligible
    music = told(small, "9000/0002", exams=["18=100"], prerequisites=["M"])
    assert (music.missing.prerequisite, music.missing.prerequisite_ranks) == ("M", True)
    # 150 x 30 + 100 x 50 + 161.5 x 20 = 127.3
    music = told(small, "9000/0002", exams=["18=100"], prerequisites=["M=161,5"])
    assert (music.eligible, music.grade) == (True, Decimal("127.3"))
    assert told(small, NURSING, exams=["02=100"]).eligible


def test_what_exams_hide_is_told_too(small):
    """The engine names the first fault; the plan names the prerequisite as well."""
    both = told(small, "9000/0001", exams=["02=90"])
    assert both.reason == "exam-below-minimum"
    assert both.missing.nearest == (SetMissing(1, (), (Below("02", 90, 5),)),)
    assert both.missing.prerequisite == "D"


@pytest.mark.rules("secondary-grade-sport", "secondary-grade-two-cycles")
def test_which_secondary_grade_counts(small):
    """In sport the one with physical education; two cycles: (0.6 x 15 + 0.4 x 16) x 10 = 154."""
    given = {"secondary_with_pe": "170", "exams": ["02=100"], "prerequisites": ["D"]}
    assert told(small, "9000/0001", **given).grade == 135
    assert told(small, NURSING, **given).grade == 125
    cycles = plan(read_grades(two_cycle=("15", "16"), exams=["02=100"]), small)
    nursing = next(each for each in cycles.programmes if each.programme == NURSING)
    assert (nursing.grade, nursing.arithmetic.secondary.kind) == (127, "two_cycles")


def test_one_exam_that_would_have_been_enough(small):
    """The last placed of 2021 in Mechanics had 179.8, which begins at 179.75: 359.5 - 180 = 179.5
    in exam 19, so 180; and with 07 at 200, 2 x 179.5 - 200 = 159 in exam 16."""
    low = told(small, MECHANICS, "180", exams=["07=200", "19=100"])
    assert low.target == Target(2021, Decimal("179.8"))
    assert low.ways == (Way("19", 180, 100, 1), Way("16", 159, None, 2))
    for exams in (["07=200", "19=180"], ["07=200", "19=100", "16=159"]):
        assert told(small, MECHANICS, "180", exams=exams).grade >= low.target.last_grade
    assert told(small, MECHANICS, "180", exams=["07=200", "16=158"]).grade == Decimal("179.5")


@pytest.mark.parametrize("wrong_by", [-1, 1])
def test_a_way_that_the_engine_does_not_confirm_is_never_told(small, monkeypatch, wrong_by):
    """A point too few is not enough; a point too many is not the least."""
    right = ways._inverted
    monkeypatch.setattr(ways, "_inverted", lambda *given: (right(*given) or 0) + wrong_by)
    with pytest.raises(ConfigurationError, match=f"{MECHANICS}.*contradicts the engine"):
        told(small, MECHANICS, "180", exams=["19=100"])


def test_no_way_where_a_prerequisite_is_missing(small):
    assert told(small, "9000/0001", exams=["07=100"]).ways == ()


# --- years ---------------------------------------------------------------------------------------


def row(last: int | None, leftover: int = 0) -> dict[str, int | None]:
    return {"last_grade": last, "leftover": leftover}


@pytest.mark.parametrize(
    ("published_row", "tenths", "state", "difference"),
    [
        (row(1500), 1501, "above", 1),
        (row(1500), 1500, "equal", 0),
        (row(1500), 1488, "below", -12),
        (row(1500), None, "no_grade", None),
        (row(None, 4), 1500, "nobody", None),
        (None, 1500, "absent", None),
    ],
)
def test_a_year(published_row, tenths, state, difference):
    year = year_standing(2021, published_row, tenths)
    assert (year.state, year.difference) == (state, difference)


def test_the_years_together():
    """Where seats were left over, the last grade turned nobody away."""
    rows = [row(1400), row(1500), row(1600, 3), None, row(None, 7)]
    years = [year_standing(2017 + n, each, 1500) for n, each in enumerate(rows)]
    together = standing(years)
    assert (together.years, together.above, together.equal, together.below) == (4, 1, 1, 1)
    assert (together.nobody, together.leftover, together.reached) == (1, 2, 4)
    assert together.margin == 0


def test_the_latest_year_that_says_something_is_the_target():
    def of(*rows):
        return target([year_standing(2019 + n, each, None) for n, each in enumerate(rows)])

    assert of(row(1400), row(1500), row(1600)) == Target(2021, Decimal("160.0"))
    assert of(row(1400), row(1500), None) == Target(2020, Decimal("150.0"))
    assert of(row(1400), row(1500), row(1600, 2)) == Target(2021, None)
    assert of(None, None, None) is None


def test_the_safest_come_first(small):
    """Reached in the one year there was, in two of three, without years; 190 gives medicine 183.4,
    between the last placed of 2020 and of 2021 (183.3 and 183.5)."""
    found = plan(read_grades("190", exams=["19=180", "07=180", "02=177"]), small).programmes
    within = [each for each in found if each.eligible]
    assert [each.programme for each in within] == [MECHANICS, MEDICINE, NURSING]
    assert [(e.standing.reached, e.standing.years) for e in within] == [(1, 1), (2, 3), (0, 0)]
    assert [year.difference for year in within[1].years] == [76, 1, -1]


# --- what a person writes ------------------------------------------------------------------------


@pytest.mark.parametrize("secondary", ["165,5", "165.5", " 165.50 "])
def test_a_decimal_comma_or_point(secondary):
    assert read_grades(secondary, exams=["19=150"]).secondary == Decimal("165.5")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"secondary": "201"}, "plan-bad-number"),
        ({"secondary": "-3"}, "plan-bad-number"),
        ({"secondary": "1e2"}, "plan-bad-number"),
        ({"secondary": "١٦٥"}, "plan-bad-number"),
        ({"secondary": "16.5"}, "plan-looks-like-20"),
        ({"secondary": "165", "secondary_with_pe": "17"}, "plan-looks-like-20"),
        ({"two_cycle": ("15", "160")}, "plan-bad-number"),
        ({}, "plan-no-secondary"),
        ({"secondary": "165", "two_cycle": ("15", "16")}, "plan-two-secondaries"),
        ({"secondary": "165", "exams": []}, "plan-no-exam"),
        ({"secondary": "165", "exams": ["19"]}, "plan-bad-exam"),
        ({"secondary": "165", "exams": ["=150"]}, "plan-bad-exam"),
        ({"secondary": "165", "exams": ["19=abc"]}, "plan-bad-exam-grade"),
        ({"secondary": "165", "exams": ["19=201"]}, "plan-bad-exam-grade"),
        ({"secondary": "165", "exams": ["19=15.5"]}, "plan-bad-exam-grade"),
        ({"secondary": "165", "exams": ["19=150", "19=160"]}, "plan-exam-twice"),
        ({"secondary": "165", "prerequisites": ["A="]}, "plan-bad-prerequisite"),
        ({"secondary": "165", "prerequisites": ["A=300"]}, "plan-bad-prerequisite"),
        ({"secondary": "165", "prerequisites": ["A", "A=100"]}, "plan-prerequisite-twice"),
    ],
)
def test_bad_input_is_refused_by_name(given, code):
    with pytest.raises(UsageError) as refused:
        read_grades(**{"exams": ["19=150"], **given})
    assert refused.value.message.code == code


def test_an_exam_that_nobody_asks_for(small):
    with pytest.raises(UsageError, match="the exam 99; the codes are 02, 07, 16, 18, 19"):
        plan(read_grades("165", exams=["99=150"]), small)


def test_an_exam_grade_that_looks_like_one_from_0_to_20_is_doubted():
    given = read_grades("165", exams=["19=15", "07=150", "02=0"])
    assert [each.params["exam"] for each in doubts(given)] == ["19"]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted("MECANICA"), [MECHANICS]),
        (Wanted("porto mecân"), [MECHANICS]),
        (Wanted("1507/"), [MEDICINE]),
        (Wanted("1507/9813 med"), [MEDICINE]),
        (Wanted("física"), []),
        (Wanted("ecânica"), []),
        (Wanted(district="evora"), [NURSING]),
        (Wanted(district="PORTO"), [MECHANICS]),
    ],
)
def test_words_and_districts(small, wanted, codes):
    found = plan(read_grades("165", exams=["19=150"]), small, wanted)
    assert [each.programme for each in found.programmes] == codes


def test_an_unknown_district(small):
    with pytest.raises(UsageError, match="Atlantis; known: Lisboa, Porto, Évora"):
        plan(read_grades("165", exams=["19=150"]), small, Wanted(district="Atlantis"))


def test_a_limit_counts_what_it_leaves_out(small):
    found = plan(read_grades("165", exams=["19=150", "02=150"]), small, Wanted(limit=1))
    assert (len(found.programmes), found.eligible_found, found.others_found) == (2, 2, 3)


def test_a_folder_needs_no_people_but_sound_tables(tmp_path):
    folder = made.write(SMALL, tmp_path / "contest")
    for name in ("candidates", "exams", "options", "prerequisites"):
        (folder / f"{name}.csv").unlink()
    requirements, problems = folder_requirements(folder)
    assert requirements is not None
    assert problems == []
    sets = folder / "exam_sets.csv"
    sets.write_text(sets.read_text().replace(f"{MECHANICS},1,19,50", f"{MECHANICS},1,19,40"))
    programmes = folder / "programmes.csv"
    programmes.write_text(programmes.read_text().replace(",M,both,", ",,,"))
    requirements, problems = folder_requirements(folder)
    assert requirements is None
    assert [each.code for each in problems] == ["weights-not-100", "prerequisite-weight"]


# --- the published requirements, and the rules said plainly ---------------------------------------


@dataclass(frozen=True)
class Asked:
    """A programme of requirements.csv, read without the program."""

    w_secondary: int
    w_prerequisite: int
    min_exam: int
    sport: bool
    sets: tuple[dict[str, int], ...]
    """Exam to hundredths of a percent."""


def shares(hundredths: int, exams: list[str]) -> dict[str, int]:
    """Equal parts, what is left over one by one to the first."""
    each, rest = divmod(hundredths, len(exams))
    return {exam: each + (place < rest) for place, exam in enumerate(exams)}


def read_asked() -> dict[str, Asked]:
    path = files("portaria.regulations.access") / "data" / "requirements.csv"
    found = {}
    for line in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
        secondary, exams = int(line["w_secondary"]), int(line["w_exams"])
        sets = [shares(exams * 100, each.split("+")) for each in line["exam_sets"].split(";")]
        found[line["programme"]] = Asked(
            secondary, 100 - secondary - exams, int(line["min_exam"]), line["sport"] == "true",
            tuple(sets),
        )  # fmt: skip
    return found


ASKED = read_asked()


def plainly(grades: Grades, code: str) -> Fraction | None:
    """The application grade (arts. 7/1, 33, 34) in Fractions; None: cannot apply."""
    asked = ASKED[code]
    if grades.two_cycle_a is not None:
        s = (Fraction(6, 10) * Fraction(grades.two_cycle_a)
             + Fraction(4, 10) * Fraction(grades.two_cycle_b)) * 10  # fmt: skip
    else:
        s = Fraction(grades.secondary)
    if asked.sport and grades.secondary_with_pe is not None:
        s = Fraction(grades.secondary_with_pe)
    r = Fraction(0)
    if asked.w_prerequisite:
        if grades.prerequisites.get(code) is None:
            return None
        r = Fraction(grades.prerequisites[code])
    best = None
    for each in asked.sets:
        taken = [grades.exams.get(exam) for exam in each]
        if any(grade is None or grade < asked.min_exam for grade in taken):
            continue
        exams = sum(grades.exams[exam] * Fraction(weight, 100) for exam, weight in each.items())
        total = (s * asked.w_secondary + exams + r * asked.w_prerequisite) / 100
        best = total if best is None else max(best, total)
    if best is None:
        return None
    rounded = Fraction((best * 10 + Fraction(1, 2)).__floor__(), 10)
    return rounded if rounded >= 95 else None


EXAMS = sorted({exam for asked in ASKED.values() for each in asked.sets for exam in each})
RANKED = [code for code, asked in ASKED.items() if asked.w_prerequisite]


def random_grades(random: Random) -> Grades:
    """Some exams, often near the minima; one or two cycles; now and then a prerequisite."""
    exams = random.sample(EXAMS, random.randint(1, 7))
    cycles = random.random() < 0.3
    return Grades(
        secondary=None if cycles else Decimal(random.randint(900, 2000)) / 10,
        secondary_with_pe=Decimal(random.randint(100, 200)) if random.random() < 0.4 else None,
        two_cycle_a=Decimal(random.randint(90, 200)) / 10 if cycles else None,
        two_cycle_b=Decimal(random.randint(90, 200)) / 10 if cycles else None,
        exams={exam: random.choice([90, 94, 95, 99, 140, 200, random.randint(0, 200)])
               for exam in exams},
        prerequisites={code: random.choice([None, Decimal(random.randint(0, 2000)) / 10])
                       for code in RANKED if random.random() < 0.5},
    )  # fmt: skip


def whole(grades: Grades) -> Grades:
    """With exam 16 where 19 was taken: one national exam gives both."""
    if "19" not in grades.exams:
        return grades
    return replace(grades, exams={"16": grades.exams["19"], **grades.exams})


def published_plan(grades: Grades) -> Plan:
    return plan(grades, published_requirements())


@pytest.mark.parametrize("seed", range(8))
def test_every_programme_is_graded_as_the_articles_say(seed):
    """Some 7,700 grades: the plan's answer against the formula written out."""
    grades = random_grades(Random(seed))
    found = published_plan(grades).programmes
    assert len(found) == len(ASKED)
    for choice in found:
        expected = plainly(whole(grades), choice.programme)
        assert choice.eligible == (expected is not None), choice
        if choice.eligible:
            assert Fraction(choice.grade) == expected, choice


def suffices(grades: Grades, code: str, goal: Target) -> bool:
    grade = plainly(grades, code)
    return grade is not None and grade >= Fraction(goal.last_grade or 0)


@pytest.mark.parametrize("seed", range(20, 24))
def test_one_exam_alone_is_enough_and_one_point_less_is_not(seed):
    """Every way, and that no other exam has one: by trying grades, 200 first."""
    random = Random(seed)
    given = random_grades(random)
    grades = whole(given)
    found = [each for each in published_plan(given).programmes if each.target]
    assert sum(len(each.ways) for each in found) > 100
    for choice in random.sample(found, 150):
        code, goal = choice.programme, choice.target
        assert not suffices(grades, code, goal)
        least = {way.exam: way.grade for way in choice.ways}
        for exam in {exam for each in ASKED[code].sets for exam in each}:
            best = replace(grades, exams={**grades.exams, exam: 200})
            assert (exam in least) == suffices(best, code, goal), (choice, exam)
        for exam, grade in least.items():
            enough = replace(grades, exams={**grades.exams, exam: grade})
            assert suffices(enough, code, goal)
            less = replace(grades, exams={**grades.exams, exam: grade - 1})
            assert not suffices(less, code, goal), (choice, exam)


@pytest.mark.parametrize("seed", range(40, 46))
def test_a_better_grade_never_loses_a_programme_nor_a_tenth(seed):
    """In one exam, or in the secondary grade, or an exam more."""
    random = Random(seed)
    grades = random_grades(random)
    exam = random.choice(EXAMS)
    better = replace(
        grades, exams={**grades.exams, exam: random.randint(grades.exams.get(exam, 0), 200)}
    )
    if grades.secondary is not None and random.random() < 0.5:
        better = replace(better, secondary=min(Decimal(200), grades.secondary + 7))
    before = {each.programme: each for each in published_plan(grades).programmes}
    after = {each.programme: each for each in published_plan(better).programmes}
    for code, choice in before.items():
        if choice.eligible:
            assert after[code].eligible, code
            assert after[code].grade >= choice.grade, code
            reached = zip(choice.years, after[code].years, strict=True)
            assert all((a.difference or 0) >= (b.difference or 0) for b, a in reached)


def test_the_published_years_are_compared_to_the_tenth():
    """Every difference is the grade less the last grade that was published."""
    found = published_plan(read_grades("150", exams=["19=140", "07=150", "02=130"])).programmes
    seen = set()
    for year in (2019, 2020, 2021):
        last = dict(published(year).select("programme", "last_grade").iter_rows())
        for choice in found:
            told_year = next(each for each in choice.years if each.year == year)
            seen.add(told_year.state)
            if choice.programme not in last:
                assert told_year == YearStanding(year, "absent")
            elif last[choice.programme] is None:
                assert told_year.state == "nobody"
            elif choice.eligible:
                difference = int(choice.grade * 10) - last[choice.programme]
                assert told_year.difference == difference
                sign = (difference > 0) - (difference < 0)
                assert told_year.state == ("equal", "above", "below")[sign]
    assert {"above", "below", "no_grade", "nobody", "absent"} <= seen


def test_mathematics_a_gives_mathematics_too():
    found = published_plan(read_grades("150", exams=["19=140"]))
    assert found.added == (Added("16", "19", 140),)
    own = published_plan(read_grades("150", exams=["19=140", "16=160"]))
    assert own.added == ()


def test_the_packaged_requirements_are_sound():
    """Sets add to what the weights leave; nobody asks for less than 95; each programme is real."""
    requirements = published_requirements()
    known = {code for year in (2019, 2020, 2021) for code in published(year)["programme"]}
    assert set(ASKED) <= known
    assert list(ASKED) == sorted(ASKED)
    assert requirements.programmes["programme"].to_list() == list(ASKED)
    for asked in ASKED.values():
        assert 95 <= asked.min_exam <= 200
        for each in asked.sets:
            assert sum(each.values()) == 100 * (100 - asked.w_secondary - asked.w_prerequisite)
            assert len(each) <= 3
    sums = requirements.exam_sets.group_by("programme", "set").agg(total=pl.col("weight").sum())
    weights = requirements.programmes.select("programme", "w_secondary", "w_prerequisite")
    totals = sums.join(weights, on="programme").select(
        "total", "w_secondary", "w_prerequisite"
    ).sum_horizontal()  # fmt: skip
    assert set(totals) == {100}
    assert requirements.left_out + sum(c in ASKED for c in published(2021)["programme"]) == 1070


def test_json_is_the_same_object(small):
    made_plan = plan(read_grades("165,5", exams=["19=150"]), small)
    told_json = json.loads(json.dumps(as_json(made_plan)))
    assert told_json["grades"]["secondary"] == "165.5"
    assert told_json["programmes"][0]["grade"] == str(made_plan.programmes[0].grade)
    assert told_json["programmes"][0]["years"][2]["year"] == 2021
