"""What was recognised, written: the same bytes, the formula of 12/6, and all of it read back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.core.errors import InputError, UsageError
from portaria.regulations.credit.transcripts import (
    Recognised,
    Record,
    items_of,
    parse_transcript,
    write_elmo,
    write_europass,
)

from .conftest import FILES

RECORD = Record(
    institution="Instituto Politécnico Imaginário",
    identifier=("schac", "ipi.example"),
    country="PT",
    url="https://ipi.example",
    course="Engenharia Fictícia",
    given_names="Inês Inventada",
    family_name="Sem Nome",
    decided_on=date(2017, 11, 3),
    language="en",
)
DECISION = (
    Recognised("MAT1", "Matemática I", "Universidade Fictícia", "UC1", Fraction(6), 14,
               clause="438 11/2", target_name="Análise", source_country="PT"),
    Recognised("PHY1", "Physics", "Imaginary University", "UC2", Fraction(9, 2), 15, "14.5",
               "438 11/4/b", target_name="Física"),
    Recognised("PHY2", "Physics laboratory", "Imaginary University", "UC2", Fraction(3, 2), 15,
               "14.5", "438 11/4/b", target_name="Física"),
    Recognised("EXP", "Ten years as a technician", "", "UC3", Fraction(5), None, None,
               "438 12/6", True, "Portfolio and interview", "Estágio"),
)  # fmt: skip
FORMULA = "unidade curricular realizada por processo de creditação da experiência profissional"
WRITERS = {
    "written-elmo-1.7.xml": lambda given: write_elmo(given, RECORD),
    "written-elmo-2.0.xml": lambda given: write_elmo(given, RECORD, "2.0"),
    "written-europass-3.json": lambda given: write_europass(given, RECORD),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_decision_gives_the_same_bytes(name):
    """The files are valid against the published schemas, so what is equal to them is too."""
    assert WRITERS[name](DECISION) == (FILES / name).read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_reads_back(name):
    transcript, problems = parse_transcript(WRITERS[name](DECISION), name)
    assert transcript is not None, problems
    assert [(u.id, u.name, u.credits, u.grade) for u in transcript.units] == [
        ("UC1", "Análise", 6, "14"),
        ("UC2", "Física", 6, "15"),
        ("UC3", "Estágio", 5, None),
    ]
    assert transcript.issuer == RECORD.institution
    assert transcript.holder == "Inês Inventada Sem Nome"


@pytest.mark.parametrize("name", WRITERS)
def test_a_unit_obtained_by_recognition_says_so_when_it_comes_back(name):
    """4/4: it cannot be credited again, what stands behind it counts."""
    transcript, problems = parse_transcript(WRITERS[name](DECISION), name)
    assert transcript is not None
    assert all(item["source_credited"] for item in items_of(transcript))
    told = [p for p in problems if p.code == "transcript-recognised"]
    assert {p.clause for p in told} == {"438 4/4"}


@pytest.mark.parametrize("name", WRITERS)
def test_experience_bears_the_formula_and_no_grade(name):
    content = WRITERS[name](DECISION).decode()
    assert content.count(FORMULA) == 1
    assert FORMULA not in WRITERS[name](DECISION[:3]).decode()


def test_elmo_2_maps_each_source_to_its_unit():
    content = write_elmo(DECISION, RECORD, "2.0").decode()
    assert content.count("<recognitionBasis>") == 2
    assert content.count("<recognitionMapping>") == 2
    assert content.index("<ref>PHY1</ref>") < content.index("<ref>PHY2</ref>")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"credits": Fraction(70, 3)}, "recognised-no-decimal"),
        ({"experience": True}, "recognised-experience-grade"),
        ({"target": ""}, "recognised-no-target"),
        ({"target": "UC2", "grade": 12}, "recognised-two-grades"),
    ],
)
def test_what_cannot_be_written_is_told(changes, code):
    first = Recognised(**{**vars(DECISION[0]), **changes})
    for write in WRITERS.values():
        with pytest.raises(InputError) as raised:
            write((first, *DECISION[1:]))
        assert [problem.code for problem in raised.value.problems] == [code]


def test_another_version_of_elmo_is_refused():
    with pytest.raises(UsageError, match=r"3.0.*1.7, 2.0"):
        write_elmo(DECISION, RECORD, "3.0")  # type: ignore[arg-type]


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
decisions = st.lists(
    st.builds(
        Recognised,
        source_id=words,
        source_name=words,
        source_institution=words | st.just(""),
        target=st.text("ABC123", min_size=1, max_size=5),
        target_name=words,
        credits=st.integers(1, 120).map(lambda halves: Fraction(halves, 2)),
        grade=st.none() | st.integers(10, 20),
        exact_grade=st.none() | st.just("14.5"),
        clause=words | st.just(""),
        note=words | st.just(""),
        source_country=st.sampled_from([None, "PT", "ES", "XX"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each.target,
)


@given(decisions, st.sampled_from(sorted(WRITERS)))
def test_any_decision_reads_back(given_units, name):
    content = WRITERS[name](given_units)
    assert content == WRITERS[name](given_units)
    transcript, problems = parse_transcript(content, name)
    assert transcript is not None, problems
    found = {unit.id: (unit.credits, unit.grade, unit.name) for unit in transcript.units}
    for each in given_units:
        credits, grade, title = found[each.target]
        assert credits == each.credits
        assert grade == (None if each.grade is None else str(each.grade))
        assert title == one_line(each.target_name) or title == each.target


def one_line(text: str) -> str:
    """A text as a file of one line can hold it: control characters are blanks."""
    return " ".join(
        "".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text).split()
    )
