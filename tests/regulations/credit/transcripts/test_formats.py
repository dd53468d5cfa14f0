"""A whole transcript in each format, and in the envelopes in which it travels."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from portaria.regulations.credit.transcripts import read_transcript

from .conftest import FILES
from .made import PROGRAMME, UNITS, Made, as_json, elmo, europass_2, europass_3, wrapped

EXPECTED = [("MAT1", "6", "16"), ("FIS1", "15/2", "13")]


@pytest.mark.parametrize(
    ("content", "format", "version", "signed"),
    [
        (elmo(), "ELMO", "1", True),
        (elmo(signed=False), "ELMO", "1", False),
        (wrapped(elmo()), "ELMO", "1", True),
        (europass_2(), "Europass", "2 (0.10.0)", False),
        (as_json(europass_3()), "Europass", "3", False),
        (as_json({"credential": europass_3()}), "Europass", "3", False),
        (as_json({"verifiableCredential": [europass_3()]}), "Europass", "3", False),
        (as_json({"payload": json.dumps(europass_3()), "signatures": [{}]}), "Europass", "3", True),
        (b"\xef\xbb\xbf \n" + elmo().split(b"?>", 1)[1], "ELMO", "1", True),
    ],
    ids=["elmo", "unsigned", "wrapper", "model-2", "model-3", "upload", "presentation", "sealed",
         "utf8-mark"],
)  # fmt: skip
def test_each_format_gives_the_same_units(read, content, format, version, signed):
    found = read(content)
    assert found.table == EXPECTED
    whole = found.whole
    assert (whole.format, whole.version, whole.signed) == (format, version, signed)
    assert (whole.holder, whole.issuer) == ("Inês Inventada Sem Nome", "Universidade Fictícia")
    assert whole.issued_on == date(2017, 7, 19)
    assert {(unit.institution, unit.country) for unit in whole.units} == {
        ("Universidade Fictícia", "PT")
    }


@pytest.mark.parametrize("signed", [True, False])
def test_no_signature_is_ever_taken_as_verified(read, signed):
    found = read(elmo(signed=signed))
    code = "transcript-not-verified" if signed else "transcript-not-signed"
    assert found.codes == [code]
    assert "a person" in found.said(code)
    assert found.problems[0].clause == "438 2/a"


def test_the_files_of_examples_are_those_that_are_made_here(tmp_path):
    made = {
        "elmo.xml": elmo(),
        "europass-2.xml": europass_2(),
        "europass-3.json": as_json(europass_3()),
    }
    for name, content in made.items():
        assert (FILES / name).read_bytes() == content, f"write {name} anew"
        transcript, _problems = read_transcript(FILES / name)
        assert transcript is not None


def test_the_format_is_known_from_the_content_not_from_the_name(tmp_path):
    path = tmp_path / "transcript.json"
    path.write_bytes(elmo())
    transcript, _problems = read_transcript(path)
    assert transcript is not None
    assert transcript.format == "ELMO"


def test_the_portuguese_title_is_taken_then_the_english_one(read):
    titles = '<title xml:lang="{}">one</title><title xml:lang="{}">two</title>'
    for first, second, name in [("en", "pt", "two"), ("de", "en", "two"), ("de", "fr", "one")]:
        content = elmo((Made("A", "NAME"),)).decode()
        given = content.replace("<title>NAME</title>", titles.format(first, second))
        (unit,) = read(given.encode()).whole.units
        assert unit.name == name
    credential = europass_3(UNITS[:1])
    claim = credential["credentialSubject"]["hasClaim"][0]
    claim["title"] = {"en": ["Mathematics"], "pt": ["Matemática"]}
    assert read(as_json(credential)).whole.units[0].name == "Matemática"


def test_what_elmo_says_of_a_unit_is_all_taken(read):
    more = (
        "<shortenedGrading><percentageLower>62.3</percentageLower>"
        "<percentageEqual>21.8</percentageEqual><percentageHigher>15.9</percentageHigher>"
        "</shortenedGrading><resultDistribution>"
        '<category label="10-13" count="40"/><category label="14-20" count="12"/>'
        "</resultDistribution>"
    )
    level = "<level><type>EQF</type><value>6</value></level>"
    content = elmo(UNITS[:1]).decode().replace("<credit>", more + "<credit>", 1)
    content = content.replace("</credit>", f"</credit>{level}", 1)
    (unit,) = read(content.encode()).whole.units
    assert [(bar.label, bar.count) for bar in unit.distribution] == [("10-13", 40), ("14-20", 12)]
    assert unit.standing is not None
    assert unit.standing.lower + unit.standing.equal + unit.standing.higher == 100
    assert (unit.level, unit.date, unit.passed) == ("EQF 6", date(2017, 7, 1), True)
    assert unit.grading_scale == "Whole grades, 0 to 20"
    assert (unit.min_pass, unit.max) == (None, None)


def test_the_grades_of_a_field_come_from_the_wrapper(read):
    table = (
        '<gradeConversionTable><iscedTable iscedCode="0541">'
        '<gradeFrequency label="16" percentage="9.9"/></iscedTable></gradeConversionTable>'
    )
    content = (
        elmo(UNITS[:1])
        .decode()
        .replace("<type>Course</type>", "<type>Course</type><iscedCode>0541</iscedCode>")
    )
    (unit,) = read(wrapped(content.encode(), table=table)).whole.units
    assert [(bar.label, bar.percent) for bar in unit.distribution] == [("16", Fraction(99, 10))]


def test_a_unit_inside_a_degree_is_told_from_a_course_alone(read):
    assert {unit.kind for unit in read(elmo(PROGRAMME)).whole.units} == {"degree_unit"}
    alone = read(elmo(UNITS))
    assert {unit.kind for unit in alone.whole.units} == {"unknown"}
    assert "2 units" in alone.said("transcript-origin")
    partial = europass_3(UNITS[:1])
    specification = partial["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    specification |= {"type": "Qualification", "isPartialQualification": True}
    assert read(as_json(partial)).whole.units[0].kind == "partial_qualification"


def test_units_of_two_institutions_with_the_same_code_stay_apart(read):
    second = elmo(UNITS[:1]).decode()
    report = second[second.index("  <report>") : second.index("</report>") + len("</report>")]
    report = report.replace("Universidade Fictícia", "Universidade Imaginária")
    content = elmo(UNITS[:1]).decode().replace("<Signature", report + "<Signature", 1)
    found = read(content.encode())
    assert [unit.id for unit in found.whole.units] == ["MAT1", "MAT1/2"]
    assert found.whole.issuer == "Universidade Fictícia; Universidade Imaginária"
