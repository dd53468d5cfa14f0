"""The summary of a monthly load as people get it: one page without network, and pages to keep."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from reference.scae.load import load, load_months
from reference.scae.random_logs import Network, random_network
from reference.scae.situation import ACTIVE, EXIT, SUSPENDED
from reference.scae.test_scae_properties import CODES
from regulations.scae.result_folder import write_result, write_tables

from portaria.core.messages import Message, render
from portaria.documents.html import html
from portaria.documents.pdf import pdf
from portaria.documents.report import Document, Picture, Section, Table
from portaria.documents.scae_report import document
from portaria.documents.scae_report.names import (
    EXPLANATION_MEANINGS,
    EXPLANATION_NAMES,
    HOURS_MEANINGS,
    HOURS_NAMES,
    SITUATION_NAMES,
)
from portaria.documents.scae_report.overview import month_before
from portaria.documents.scae_report.speech import Speech
from portaria.documents.scae_words import FINDING_MEANINGS
from portaria.regulations.scae.findings import WORDS
from portaria.regulations.scae.report import Summary, read_summary
from portaria.regulations.scae.report_counts import (
    EXPLANATIONS,
    HOURS_STATES,
    FindingCount,
    Pending,
    Sums,
    Total,
)

VOID = {"meta", "input", "br", "link", "img"}
UNIT = '<script>alert("x")</script> & «Centro»'
EVERY_MONTH = [
    "overview", "findings", "levels", "situations", "units", "reconciliation", "hours",
]  # fmt: skip


@pytest.fixture(scope="module")
def network() -> Network:
    """A network in which a unit has the name of an attack."""
    network = random_network(3, people=60, faulty=True)
    for _known, row in network.rows["classes"]:
        row["unit"] = UNIT if row["unit"] == "U1" else row["unit"]
    return network


@pytest.fixture(scope="module")
def summaries(network: Network, tmp_path_factory: pytest.TempPathFactory) -> list[Summary]:
    """The months of 2024, each against the one before."""
    folder = tmp_path_factory.mktemp("scae")
    loads, _ledger = load_months(network.source(), network.config, "2024-01", "2024-12")
    units = {row["class"]: row["unit"] for row in network.source()["classes"]}
    befores = [None, *loads]
    return [
        read_summary(write_result(folder / str(number), now, before, units))
        for number, (now, before) in enumerate(zip(loads, befores, strict=False))
    ]


@pytest.fixture(scope="module")
def december(summaries: list[Summary]) -> Summary:
    return summaries[11]


@pytest.fixture(scope="module")
def told(december: Summary) -> Document:
    return document(december)


def section(told: Document, name: str) -> Section:
    (found,) = (section for section in told.sections if section.name == name)
    return found


def tables(told: Document, name: str = "") -> list[Table]:
    sections = [section(told, name)] if name else told.sections
    return [part for s in sections for part in s.parts if isinstance(part, Table)]


def pictures(told: Document, name: str) -> list[Picture]:
    return [part for part in section(told, name).parts if isinstance(part, Picture)]


class Page(HTMLParser):
    """Tags in order with their attributes; fails on a tag closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


# --- the page and the pages --------------------------------------------------------------------


def test_the_page_is_whole_and_needs_no_network(told):
    text = html(told)
    page = Page(text)
    assert page.of("html") == [{"lang": "pt-BR"}]
    for _tag, attrs in page.tags:
        assert not {"src", "srcset", "action", "data"} & set(attrs)
        assert (attrs.get("href") or "#").startswith("#")
    addresses = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a namespace, which nobody fetches
    assert "@import" not in text
    assert "url(" not in text
    assert [attrs["id"] for attrs in page.of("section")] == [*EVERY_MONTH, "checklist"]


def test_names_are_text_and_not_markup(told):
    text = html(told)
    assert UNIT not in text
    assert "&lt;script&gt;alert(" in text
    assert Page(text).of("script") == [{}]


def test_pages_are_kept_for_the_long_term(told):
    content = pdf("report", asdict(told), told.lang)
    assert content == pdf("report", asdict(told), told.lang)
    reader = PdfReader(BytesIO(content))
    assert reader.trailer["/Root"]["/Lang"] == "pt-BR"
    text = "".join(page.extract_text() for page in reader.pages)
    assert '<script>alert("x")</script>' in text.replace("\n", " ")
    assert told.sections[-1].title in text.replace("\n", " ")


@pytest.mark.parametrize("month", range(12))
def test_every_table_has_a_cell_a_column(summaries, month):
    for table in tables(document(summaries[month])):
        assert len(table.header) == len(table.align)
        assert table.rows
        for row in table.rows:
            assert len(row) == len(table.header)
            assert all(cell.share is None or 0 <= cell.share <= 1 for cell in row)


def test_every_picture_is_xml_with_words(told):
    found = [*pictures(told, "situations"), *pictures(told, "units")]
    assert len(found) == 2
    for picture in found:
        svg = ElementTree.fromstring(picture.svg)
        assert [mark for mark in svg if mark.find("{*}title") is not None]
        assert len(picture.words) > 30
        assert picture.caption


# --- which sections, and why one is missing or bare ----------------------------------------------


def test_the_checklist_is_there_in_december_alone(summaries):
    for number, summary in enumerate(summaries):
        names = [section.name for section in document(summary).sections]
        assert names == [*EVERY_MONTH, *(["checklist"] if number == 11 else [])]


def test_a_december_without_pending_results_says_so(december):
    told = document(replace(december, checklist=()), "en")
    assert section(told, "checklist").parts == ()
    assert "every student" in section(told, "checklist").text[0].lower()


def test_without_a_ledger_there_is_no_column_of_another_month(summaries):
    told = document(summaries[0], "en")
    assert summaries[0].compared == ""
    assert "the ledger knows no load before" in section(told, "overview").text[-1]
    assert section(told, "reconciliation").parts == ()
    assert "the ledger knows no load before" in section(told, "reconciliation").text[0]
    assert not pictures(told, "units")
    headers = {words for table in tables(told) for words in table.header}
    assert not headers & {"Change", "Change in %", "Dec 2023"}
    assert not [figure for figure in told.figures if re.search(r"\(.* in ", figure.words)]


def test_a_filtered_preview_says_that_it_is_one(network, tmp_path):
    config = {**network.config, "filters": {"level": "basic", "course": "EF"}}
    part = load(network.source(), config, "2024-06")
    folder = write_result(tmp_path / "r", part, None, status="preview", previous_month="2024-05")
    told = document(read_summary(folder), "en")
    assert (
        told.subtitle == f"June 2024, state {part.manifest['state']}: part of a preview, filtered"
    )
    text = " ".join(section(told, "overview").text)
    assert "It is a preview" in text
    assert "filtered by level Basic education, course EF" in text
    assert "comparison" not in text
    assert "filtered" in section(told, "reconciliation").text[0]


def test_a_month_left_out_of_the_ledger_is_told(december):
    assert [month_before(month) for month in ("2024-01", "2024-12")] == ["2023-12", "2024-11"]
    usual = " ".join(section(document(december, "en"), "overview").text)
    assert "Every comparison here is with the load of November 2024." in usual
    assert "not the month just before" not in usual
    late = " ".join(section(document(replace(december, compared="2024-09"), "en"), "overview").text)
    assert "with the load of September 2024. Attention: that is not the month just before" in late


# --- the numbers are those of the summary --------------------------------------------------------


@pytest.mark.parametrize("month", range(1, 12))
def test_each_table_closes_with_the_same_total(summaries, month):
    summary = summaries[month]
    speech = Speech("pt-BR")
    now, before = summary.whole.now, summary.whole.before
    difference = now.records - before.records
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    closing = [
        speech.number(now.records), speech.number(before.records),
        sign + speech.number(abs(difference)), speech.growth(now.records, before.records),
    ]  # fmt: skip
    told = document(summary)
    for name, texts in (("levels", 2), ("situations", 1), ("units", 1)):
        (table,) = tables(told, name)
        assert [cell.text for cell in table.rows[-1]][texts : texts + 4] == closing
        column = [int(row[texts].text.replace(".", "")) for row in table.rows]
        assert sum(column[:-1]) == column[-1]
    assert [figure.number for figure in told.figures][:4] == [
        speech.number(n) for n in (now.records, summary.students_inside, now.exits, now.exclusions)
    ]


def test_units_stand_in_one_long_table_with_hours_per_student(december, told):
    (table,) = tables(told, "units")
    assert table.long
    speech = Speech("pt-BR")
    for row in table.rows[:-1]:
        hours = december.per_student_by_unit.get(row[0].text)
        assert row[-1].text == speech.hours(hours)
    assert table.rows[-1][-1].text == speech.hours(december.per_student)


def test_findings_are_told_by_code_errors_first(december, told):
    found = tables(told, "findings")
    codes = [row[0].text for table in found for row in table.rows]
    assert codes == [finding.code for finding in december.findings]
    assert [{code[0] for code in (row[0].text for row in t.rows)} for t in found] == [
        {"E"}, {"W"}, {"I"},
    ]  # fmt: skip
    assert len(found[0].header) == len(found[1].header) + 1  # only errors withhold


def test_the_foot_names_readings_versions_and_the_hash_of_the_load(december):
    readings, origin = document(december, "en").foot
    for name, choice in december.manifest["readings"].items():
        assert f"{name} = {choice}" in readings
    assert december.manifest["outputs"]["load"]["sha256"] in origin
    assert "rules 1, mapping 1" in origin


def test_a_load_of_three_hundred_units_stays_small(tmp_path):
    """Findings are counted, never listed; a row a unit is the most that a table has."""
    random = Random(5)
    units = [f"U{number:03}" for number in range(300)]
    load = [
        {"record": f"P:{n}:A", "operation": "UPSERT", "student": f"S{n}", "unit": units[n % 300],
         "situation": random.choice([1, 11, 21]), "student_hours": Decimal("10.25"),
         "hours_partial": False}
        for n in range(6000)
    ]  # fmt: skip
    findings = [
        {
            "severity": "warning",
            "code": "W-RETRO",
            "record": f"P:{n}:A",
            "enrolment": f"ENROLMENT{n}",
        }
        for n in range(6000)
    ]
    group = {"level": "basic", "modality": "1", "operation": "UPSERT", "situation": 1, "exits": 0}
    counts = {"hours": Decimal("205.00"), "previous_hours": 0, "previous_records": 19}
    totals = [{**group, "unit": unit, "records": 20, **counts} for unit in units]
    manifest = {
        "month": "2024-03", "status": "final", "state": "SP", "filters": {}, "edition": "e",
        "edition_title": "E", "language": "pt-BR", "version": "1", "rules_version": "1",
        "mapping_version": "1", "readings": {}, "previous_month": "2024-02",
        "counts": {"load": 6000, "load_disciplines": 0, "withheld": 0, "population": 6000},
    }  # fmt: skip
    made = {"load": load, "findings": findings, "totals": totals}
    text = html(document(read_summary(write_tables(tmp_path / "r", made, manifest))))
    assert len(text) < 200_000
    assert text.count("ENROLMENT") == 3
    assert ">6.000<" in text


# --- words -------------------------------------------------------------------------------------


def test_every_code_and_name_has_its_words():
    assert set(FINDING_MEANINGS) == set(WORDS)
    assert set(FINDING_MEANINGS) == {*CODES, "W-REGENERATED", "W-STRAY", "I-STILL-OPEN"}
    assert {int(code) for code in SITUATION_NAMES} == ACTIVE | EXIT | SUSPENDED
    assert set(EXPLANATION_NAMES) == set(EXPLANATION_MEANINGS) == set(EXPLANATIONS)
    assert set(HOURS_NAMES) == set(HOURS_MEANINGS) == set(HOURS_STATES)
    for code in FINDING_MEANINGS.values():
        assert render(Message(code), "en").endswith((".", "?"))


def test_an_unknown_code_is_shown_by_itself(december):
    strange = FindingCount("error", "E-STRANGE", 1, 0, (), ())
    total = replace(december.by_situation[0], key=("UPSERT", "99"))
    summary = replace(december, findings=(strange,), by_situation=(total,))
    told = document(summary)
    assert [cell.text for cell in tables(told, "findings")[0].rows[0]] == [
        "E-STRANGE", "1", "0", "–", "–", "–",
    ]  # fmt: skip
    assert tables(told, "situations")[0].rows[0][0].text == "99"


def some(summary: Summary, count: int) -> Summary:
    """The summary of a load in which everything that is counted is `count`."""
    sums = Sums(count, count, count, Decimal(count))
    gone = Total(("U",), Sums(0, 0, 0, Decimal(0)), Sums(1, 0, 0, Decimal(0)))
    lost = dict.fromkeys(EXPLANATIONS, 0) | {"orphan": count}
    found = [FindingCount("error", "E-MUN", count, count, (), ())] if count else []
    return replace(
        summary,
        compared="2024-11",
        whole=Total((), sums, sums),
        students_inside=count,
        withheld=count,
        uncomputed=0,
        findings=tuple(found),
        by_unit=(gone,) * count,
        reconciliation=lost,
        checklist=(Pending("A", "U", 9, 1),) * count,
    )


def agreeing(summary: Summary, count: int, lang: str) -> dict[str, str]:
    told = document(some(summary, count), lang)
    sections = {section.name: " ".join(section.text) for section in told.sections}
    figures = [f"{figure.number} {figure.words}" for figure in told.figures]
    return {**sections, "figures": "; ".join(figures)}


ENGLISH = [
    ("overview", 0, "has no record to send. Nothing of the month was withheld."),
    ("overview", 1, "sends 1 record to SCAE. 1 record of the month was withheld and is not in it."),
    ("overview", 2, "sends 2 records to SCAE. 2 records of the month were withheld and are not in"),
    ("overview", 1, "Attention: 1 unit of that load has no record in this one."),
    ("overview", 2, "Attention: 2 units of that load have no record in this one."),
    ("reconciliation", 1, "1 record stays open in SCAE and is not sent"),
    ("reconciliation", 2, "2 records stay open in SCAE and are not sent"),
    ("checklist", 0, "Every student of a class that ends in the year has a result"),
    ("checklist", 1, "1 result is still to be typed. 1 class waits."),
    ("checklist", 2, "2 results are still to be typed. 2 classes wait."),
    ("figures", 0, "0 records in the load (0 in Nov 2024); 0 students inside; 0 exits this month"),
    ("figures", 1, "1 record in the load (1 in Nov 2024); 1 student inside; 1 exit this month"),
    ("figures", 1, "1 record withheld; 1 error found"),
    ("figures", 2, "2 records withheld; 2 errors found"),
]
BRAZILIAN = [
    ("overview", 0, "não tem nenhum registro para enviar. Nenhum registro do mês ficou retido."),
    ("overview", 1, "envia 1 registro ao SCAE. 1 registro do mês ficou retido e não está na carga"),
    ("overview", 2, "envia 2 registros ao SCAE. 2 registros do mês ficaram retidos e não estão na"),
    ("overview", 1, "1 unidade daquela carga não tem nenhum registro nesta."),
    ("overview", 2, "2 unidades daquela carga não têm nenhum registro nesta."),
    ("reconciliation", 1, "1 registro continua aberto no SCAE e não é enviado"),
    ("reconciliation", 2, "2 registros continuam abertos no SCAE e não são enviados"),
    ("checklist", 1, "Falta lançar 1 resultado. 1 turma tem pendência."),
    ("checklist", 2, "Faltam lançar 2 resultados. 2 turmas têm pendências."),
    ("figures", 0, "0 registros na carga (0 em nov. de 2024); 0 alunos em curso; 0 saídas no mês"),
    ("figures", 1, "1 registro na carga (1 em nov. de 2024); 1 aluno em curso; 1 saída no mês"),
    ("figures", 2, "2 registros retidos; 2 erros apontados"),
]


@pytest.mark.parametrize(
    ("lang", "where", "count", "words"),
    [("en", *case) for case in ENGLISH] + [("pt-BR", *case) for case in BRAZILIAN],
)
def test_sentences_agree_in_number(december, lang, where, count, words):
    assert words in agreeing(december, count, lang)[where]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_is_not_there_is_not_said(december, count):
    said = agreeing(december, count, "en")
    assert ("Attention" in said["overview"]) == (count > 0)
    assert ("Attention" in said["reconciliation"]) == (count > 0)


NUMBERS: list[tuple[str, tuple[Any, ...], str, str]] = [
    # method, arguments, pt-BR, English
    ("number", (1234,), "1.234", "1,234"),
    ("hours", (Decimal("2.5"),), "2,50", "2.50"),
    ("hours", (Decimal("1234567.05"),), "1.234.567,05", "1,234,567.05"),
    ("hours", (None,), "–", "–"),
    ("whole_hours", (Decimal("1234.50"),), "1.235", "1,235"),
    ("percent", (1, 3), "33,3%", "33.3%"),
    ("percent", (0, 0), "–", "–"),
    ("change", (1500, 3000), "−1.500", "−1,500"),
    ("change", (3, 3), "0", "0"),
    ("change_of_hours", (Decimal("2.50"), Decimal("1.25")), "+1,25", "+1.25"),
    ("growth", (5, 0), "–", "–"),
    ("growth", (0, 5), "−100,0%", "−100.0%"),
    ("growth", (Decimal("10.25"), Decimal("10.00")), "+2,5%", "+2.5%"),
    ("month", ("2024-03",), "março de 2024", "March 2024"),
    ("month", ("2024-02", True), "fev. de 2024", "Feb 2024"),
]


@pytest.mark.parametrize(("method", "arguments", "brazilian", "english"), NUMBERS)
def test_numbers_are_written_as_people_there_do(method, arguments, brazilian, english):
    assert getattr(Speech("pt-BR"), method)(*arguments) == brazilian
    assert getattr(Speech("en"), method)(*arguments) == english


@pytest.mark.parametrize(
    ("lang", "title"),
    [("pt-BR", "Resumo da carga SCAE"), ("en", "Summary of the SCAE load")],
)
def test_languages(december, lang, title):
    told = document(december, lang)
    assert (told.lang, told.title) == (lang, title)
    assert f'<html lang="{lang}">' in html(told)


def test_a_load_of_nothing_is_a_page_all_the_same(tmp_path: Path, december):
    """The barest load: no record, no finding, no ledger."""
    manifest = {**december.manifest, "previous_month": "", "month": "2024-01"}
    manifest["counts"] = dict.fromkeys(manifest["counts"], 0)
    told = document(read_summary(write_tables(tmp_path / "r", {}, manifest)), "en")
    Page(html(told))
    assert [figure.number for figure in told.figures] == ["0"] * 8
    assert not pictures(told, "situations")
    assert "The hours of no student are known." in section(told, "hours").text[0]
    assert pdf("report", asdict(told), told.lang).startswith(b"%PDF")
