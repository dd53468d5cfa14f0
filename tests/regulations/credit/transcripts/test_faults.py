"""Each fault is told with its place and with what to do; hostile files are not even opened."""

from __future__ import annotations

import json

import pytest

from portaria.core.messages import places, render
from portaria.regulations.credit.transcripts import read_transcript

from .made import ECVET, UNITS, Made, as_json, elmo, europass_2, europass_3, wrapped

BOMB = (
    b'<?xml version="1.0"?>\n<!-- a comment first --><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<elmo>&c;</elmo>"
)
OUTSIDE = (
    b'<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">&x;</elmo>'
)


def changed(old: str, new: str, units: tuple[Made, ...] = UNITS) -> bytes:
    """An ELMO with one thing changed, which must have been there."""
    content = elmo(units).decode()
    assert old in content
    return content.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "transcript-empty"),
        (b" \n", "transcript-empty"),
        (b"id;name\n1;x", "transcript-neither"),
        (b"%PDF-1.7 ...", "transcript-pdf"),
        (b"[1]", "transcript-neither"),
        (elmo().decode().encode("latin-1"), "transcript-not-utf8"),
        (elmo().decode().encode("utf-16"), "transcript-not-utf8"),
        (BOMB, "transcript-doctype"),
        (OUTSIDE, "transcript-doctype"),
        (elmo()[:-60], "transcript-not-xml"),
        (elmo()[:700], "transcript-not-xml"),
        (b"<elmo", "transcript-not-xml"),
        (as_json(europass_3())[:-30], "transcript-not-json"),
        (b'{"a": NaN, "a": 1}', "transcript-key-twice"),
        (b'{"a": ' * 150 + b"1" + b"}" * 150, "transcript-too-deep"),
        (b'{"a": ' * 100_000, "transcript-too-deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "transcript-too-deep"),
        (b'{"a": "\\ud800"}', "transcript-half-character"),
        (b"<html><body/></html>", "transcript-unknown"),
        (b'{"type": "Badge"}', "transcript-unknown"),
        (b'<elmo xmlns="http://purl.org/net/elmo"/>', "transcript-other-namespace"),
        (b'<europassCredential xmlns="urn:other"/>', "transcript-other-namespace"),
        (wrapped(elmo(), elmo()), "transcript-many"),
        (as_json({"verifiableCredential": [{}, {}]}), "transcript-many-credentials"),
        (as_json({"payload": "{", "signatures": []}), "transcript-not-json"),
        (b"<elmo>" + b"<a/>" * 100_001 + b"</elmo>", "transcript-too-many"),
    ],
)
def test_what_is_no_transcript_is_refused_with_one_reason(read, content, code):
    found = read(content)
    assert found.transcript is None
    assert found.codes == [code]


def test_a_file_of_20_million_bytes_is_not_even_read(tmp_path):
    path = tmp_path / "big.xml"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    transcript, (problem,) = read_transcript(path)
    assert transcript is None
    assert "20,000,000" in render(problem.message, "en")


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path):
    transcript, (problem,) = read_transcript(tmp_path / "none.xml")
    assert transcript is None
    assert problem.code == "transcript-not-read"


@pytest.mark.parametrize(
    ("content", "code", "column"),
    [
        (changed(">6<", ">6,0<"), "transcript-comma", "/credit/value"),
        (changed(">6<", ">-6<"), "transcript-negative", "/credit/value"),
        (changed(">6<", ">six<"), "transcript-not-a-number", "/credit/value"),
        (changed(">6<", ">6e1<"), "transcript-not-a-number", "/credit/value"),
        (changed(">6<", ">" + "6" * 500 + "<"), "transcript-not-a-number", "/credit/value"),
        (changed(">passed<", ">maybe<"), "transcript-not-allowed", "/status"),
        (changed(">2017-07-01<", ">2017-02-30<"), "transcript-not-a-day", "/date"),
        (changed(">PT<", ">Portugal<"), "transcript-not-a-country", "/issuer/country"),
        (changed("<scheme>ects</scheme>", ""), "transcript-missing", "/credit"),
        (changed("<title>Matemática I</title>", ""), "transcript-missing", "Specification[1]"),
        (changed("<issueDate>2017-07-19T23:30:00+01:00</issueDate>", ""), "transcript-missing",
         "/report"),
        (changed("<givenNames>Inês Inventada</givenNames>", ""), "transcript-missing", "/learner"),
        (changed("</credit>", "</credit><credit><scheme>ECTS</scheme><value>5</value></credit>"),
         "transcript-credits-twice", "Instance"),
    ],
)  # fmt: skip
def test_a_fault_of_elmo_has_its_place_and_its_line(read, content, code, column):
    found = read(content)
    assert found.transcript is None
    (problem,) = [p for p in found.problems if p.severity == "error"]
    assert problem.code == code
    assert column in problem.column
    assert problem.row is not None
    assert set(places(code)) <= set(problem.message.params)


def test_every_fault_is_told_at_once(read):
    units = (Made("A", credits="7,5"), Made("B", credits="-1"), Made("C", status="lost"))
    found = read(elmo(units))
    assert found.errors == ["transcript-comma", "transcript-negative", "transcript-not-allowed"]


TWINS = (Made("A", "Alfa"), Made("A", "Beta"))


@pytest.mark.parametrize("content", [elmo(TWINS), europass_2(TWINS), as_json(europass_3(TWINS))])
def test_one_identifier_for_two_units_stops_the_work(read, content):
    found = read(content)
    assert found.errors == ["transcript-id-twice"]
    assert "Alfa, Beta" in found.said("transcript-id-twice")


def test_a_second_try_that_failed_is_no_second_unit(read):
    found = read(elmo((Made("A", status="failed", grade="8"), Made("A"))))
    assert found.table == [("A", "6", "14")]
    assert "transcript-failed" in found.codes


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("specifiedBy", "creditPoint", 0, "point"), "7,5", "transcript-comma"),
        (("specifiedBy", "creditPoint", 0, "point"), "-1", "transcript-negative"),
        (("specifiedBy", "creditPoint", 0, "point"), [], "transcript-not-a-text"),
        (("specifiedBy", "creditPoint", 0, "point"), None, "transcript-missing"),
        (("title",), {}, "transcript-missing"),
        (("awardedBy", "awardingDate"), "yesterday", "transcript-not-a-day"),
    ],
)
def test_a_fault_of_europass_has_its_path(read, path, value, code):
    credential = europass_3(UNITS)
    group = credential["credentialSubject"]["hasClaim"][1]
    for step in path[:-1]:
        group = group[step]
    group[path[-1]] = value
    found = read(as_json(credential))
    (problem,) = [p for p in found.problems if p.severity == "error"]
    assert problem.code == code
    assert problem.column.startswith("$.credentialSubject.hasClaim[1]")


def test_a_pointer_to_nothing_is_told(read):
    content = europass_2().replace(b'idref="urn:epass:spec:MAT1"', b'idref="urn:none"')
    found = read(content)
    assert found.errors == ["transcript-no-reference"]


def test_a_credential_without_achievements_is_no_transcript(read):
    credential = europass_3()
    credential["credentialSubject"]["hasClaim"] = {"type": "LearningActivity"}
    assert read(as_json(credential)).errors == ["transcript-no-achievement"]


def test_several_grades_for_one_unit_are_left_to_a_person(read):
    credential = europass_3(UNITS[:1])
    claim = credential["credentialSubject"]["hasClaim"][0]
    other = json.loads(json.dumps(claim["provenBy"][0]))
    other["grade"]["noteLiteral"] = {"pt": "9"}
    claim["provenBy"].append(other)
    found = read(as_json(credential))
    assert found.table == [("MAT1", "6", None)]
    assert "16, 9" in found.said("transcript-many-grades")


def test_groups_that_name_each_other_end(read):
    """Ten groups, each ten times a part of the one before: ten thousand millions if followed."""
    credential = europass_3(UNITS[:1])
    claim = credential["credentialSubject"]["hasClaim"][0]
    claim["hasPart"] = [{"id": "urn:g0"}] * 10
    claim["loose"] = [
        {"id": f"urn:g{n}", "type": "LearningAchievement", "title": {"pt": f"g{n}"},
         "hasPart": [{"id": f"urn:g{n + 1}"}] * 10}
        for n in range(10)
    ]  # fmt: skip
    claim["loose"][9]["hasPart"] = [{"id": "urn:g0"}]
    found = read(as_json(credential))
    assert found.table == [("MAT1", "6", "16")]


def test_a_scheme_other_than_ects_is_not_ects(read):
    for content in (
        elmo((Made("A", scheme="ECVET"), *UNITS)),
        europass_2((Made("A", scheme="ECVET"), *UNITS)),
        as_json(europass_3((Made("A", scheme=ECVET), *UNITS))),
    ):
        found = read(content)
        assert [unit.id for unit in found.whole.units] == ["MAT1", "FIS1"]
        assert "not ECTS" in found.said("transcript-other-scheme")
