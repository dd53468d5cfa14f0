"""The report as people get it: one page that needs no network, and pages to print and keep."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made import place
from pypdf import PdfReader

from portaria.documents.access_report import document
from portaria.documents.drawing import TILES, Tile, _shade, tile_map
from portaria.documents.html import html
from portaria.documents.pdf import pdf
from portaria.documents.report import Document, Picture
from portaria.regulations.access.folder import Results, open_results
from portaria.regulations.access.former import find_former
from portaria.regulations.access.generate import GENERATED_SETTINGS, generate
from portaria.regulations.access.published import districts
from portaria.regulations.access.report import report
from portaria.tables.canonical import write_csv

NAME = '<script>alert("x")</script> & «Ciências»'
VOID = {"meta", "input", "br", "link", "img"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A generated contest in which a course has the name of an attack."""
    folder = tmp_path_factory.mktemp("report")
    contest = folder / "contest"
    contest.mkdir()
    for name, frame in generate(1200, 30, 3).items():
        write_csv(frame, contest / f"{name}.csv")
    (contest / "contest.toml").write_text(GENERATED_SETTINGS, encoding="utf-8")
    programmes = contest / "programmes.csv"
    header, first, *rest = programmes.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[3] = '"' + NAME.replace('"', '""') + '"'
    programmes.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    return place(contest, folder / "results")


@pytest.fixture(scope="module")
def told(results: Results) -> Document:
    return document(report(results, find_former("2019")))


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


def test_the_page_is_whole_and_needs_no_network(told):
    text = html(told)
    page = Page(text)
    assert page.of("html") == [{"lang": "pt-PT"}]
    for _tag, attrs in page.tags:
        assert not {"src", "srcset", "action", "data"} & set(attrs)
        assert (attrs.get("href") or "#").startswith("#")
    addresses = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a namespace, which nobody fetches
    assert "@import" not in text
    assert "url(" not in text


def test_the_page_can_be_read_aloud(told):
    text = html(told)
    page = Page(text)
    assert next(tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)) == "h1"
    assert len(page.of("h1")) == 1
    assert len(page.of("h2")) == len(told.sections)
    ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for attrs in page.of("a")} <= {f"#{name}" for name in ids}
    assert len(page.of("table")) == len(page.of("caption"))
    assert {attrs["scope"] for attrs in page.of("th")} == {"col"}
    figures = page.of("figure")
    assert figures
    assert all(len(attrs["aria-label"]) > 30 and attrs["role"] == "img" for attrs in figures)
    assert len(page.of("input")) == len(re.findall("<label>", text))


def test_names_are_text_and_not_markup(told):
    text = html(told)
    assert NAME not in text
    assert "&lt;script&gt;alert(" in text
    assert Page(text).of("script") == [{}]


def test_every_table_has_a_cell_a_column(told):
    tables = [part for section in told.sections for part in section.parts if part.kind == "table"]
    assert len(tables) >= 9
    for table in tables:
        assert len(table.header) == len(table.align)
        for row in table.rows:
            assert len(row) == len(table.header)
            assert all(cell.share is None or 0 <= cell.share <= 1 for cell in row)
    assert [len(table.rows) for table in tables if table.long] == [30]


def test_every_picture_is_xml_with_words(told):
    pictures = [
        part for section in told.sections for part in section.parts if isinstance(part, Picture)
    ]
    assert len(pictures) == 3
    for picture in pictures:
        svg = ElementTree.fromstring(picture.svg)
        marks = [mark for mark in svg if mark.find("{*}title") is not None]
        assert marks
        assert picture.words
        assert picture.caption


def test_numbers_are_the_results_own(results, told):
    seats = report(results).programmes
    text = html(told)
    leftover = int(seats["leftover"].sum())
    assert [figure.number for figure in told.figures][5] == str(leftover)
    assert f"sobraram {leftover} (" in text
    digest = results.manifest["outputs"]["placements"]["sha256"]
    assert digest in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("pt-PT", "Onde foram abertas vagas"),
        ("pt-BR", "Onde foram abertas vagas"),
        ("en", "Where seats were opened"),
    ],
)
def test_languages(results, lang, words):
    told = document(report(results), lang)
    assert told.lang == lang
    assert f'<html lang="{lang}">' in html(told)
    assert words in [section.title for section in told.sections]


def data(told: Document) -> dict:
    from dataclasses import asdict

    return asdict(told)


def test_pages_are_kept_for_the_long_term(told):
    content = pdf("report", data(told), told.lang)
    assert content == pdf("report", data(told), told.lang)
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "pt-PT"
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in about
    assert "<pdfuaid:part>1<" in about
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Onde foram abertas vagas" in text
    assert '<script>alert("x")</script>' in text.replace("\n", " ")


def test_too_many_programmes_for_pages_are_left_to_the_other_files(told):
    many = data(told)
    for section in many["sections"]:
        for part in section["parts"]:
            if part.get("long"):
                part["rows"] = part["rows"] * 100
    pages = PdfReader(BytesIO(pdf("report", many, told.lang))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "seats.csv" in text
    assert len(pages) < 20


def test_the_map_knows_every_district():
    assert set(districts()["district"]) <= set(TILES)
    assert len(set(TILES.values())) == len(TILES) == 20
    unknown = tile_map([Tile("Atlântida", 0.5, "50 %", "words")])
    assert "Atlântida" not in unknown


@pytest.mark.parametrize("share", [step / 50 for step in range(51)])
def test_tiles_can_be_read(share):
    """Contrast of at least 4.5 to 1 between a tile and its text (WCAG 2.2, 1.4.3)."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    fill, ink = (light(colour) for colour in _shade(share))
    assert (max(fill, ink) + 0.05) / (min(fill, ink) + 0.05) >= 4.5


def test_a_contest_of_one_programme_without_names(tmp_path: Path):
    """The barest contest: no names, no district, nobody placed, nothing to compare."""
    from made import results as make
    from reference.words import contest

    bare = make(contest({"x": "a"}, {"a": "x"}), tmp_path)
    told = document(report(open_results(bare.folder)))
    Page(html(told))
    assert pdf("report", data(told), told.lang).startswith(b"%PDF")
