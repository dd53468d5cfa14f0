"""Notices and lists as pages: what they say, what they leave out, that they are made twice."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from reference.recruitment.situations import procedure
from regulations.recruitment.folder import answered, write

from portaria.core.errors import UsageError
from portaria.documents.recruitment.citing import cited
from portaria.documents.recruitment.every import KINDS, every_paper
from portaria.documents.recruitment.lists import admission_paper, evaluation_paper, final_paper
from portaria.documents.recruitment.notices import hearing_paper
from portaria.documents.recruitment.records import Papers, read_papers
from portaria.regulations.recruitment import generate as generator
from portaria.regulations.recruitment.evaluate import Evaluation

OPEN, BETWEEN, OVER = date(2017, 8, 10), date(2017, 9, 6), date(2017, 11, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("procedure")
    generator.generate(made, 18, seed=3)
    return made


def text_of(content: bytes) -> str:
    """The words of every page, line ends as spaces."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def made_on(folder: Path, on: date, lang: str = "en") -> dict[str, bytes]:
    """Every paper of the day, by its kind."""
    papers, problems = read_papers(folder)
    assert problems == []
    return {each.kind: each.make() for each in every_paper(answered(folder, on), papers, lang)}


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (date(2017, 7, 20), {"notice"}),
        (OPEN, {"notice", "admission-list", "admission-hearing"}),
        (BETWEEN, {"notice", "admission-list", "evaluation-list", "evaluation-hearing"}),
        (OVER, {"notice", "admission-list", "evaluation-list", "final-list"}),
    ],
)
def test_a_day_has_its_papers(folder: Path, on: date, kinds: set[str]) -> None:
    assert set(made_on(folder, on)) == kinds
    assert kinds <= set(KINDS)


@pytest.mark.parametrize("lang", ["en", "pt-PT"])
def test_the_same_procedure_makes_the_same_pages(folder: Path, lang: str) -> None:
    first = made_on(folder, BETWEEN, lang)
    assert first == made_on(folder, BETWEEN, lang)
    for content in first.values():
        root = PdfReader(BytesIO(content)).trailer["/Root"]
        assert root["/Lang"] == lang
        about = root["/Metadata"].get_data().decode()
        assert "<pdfaid:part>2<" in about
        assert "<pdfuaid:part>1<" in about


@pytest.mark.rules("list-state")
def test_every_list_says_whether_it_is_provisional_or_final(folder: Path) -> None:
    during, over = made_on(folder, BETWEEN), made_on(folder, OVER)
    told = text_of(during["evaluation-list"])
    assert "Provisional list of the evaluation" in told
    assert "Prior hearing open until September 19, 2017." in told
    assert "Final" not in told
    assert "State of the list provisional" in text_of(during["evaluation-hearing"])
    assert "Final list of the candidates" in text_of(during["admission-list"])
    for kind in ("evaluation-list", "final-list"):
        told = text_of(over[kind])
        assert "Final since September 25, 2017." in told
        assert "Provisional list published on September 5, 2017." in told
        assert "Provisional list of" not in told


def test_a_list_without_a_hearing_is_final_when_it_is_published(tmp_path: Path) -> None:
    given = {"lists": {"admission": {"published": "2017-07-19", "hearing_days": 0}}}
    folder = write(procedure(given), tmp_path / "p")
    told = text_of(admission_paper(answered(folder, date(2017, 7, 20)), None, "en"))
    assert "Published on July 19, 2017." in told
    assert "rovisional" not in told


def test_no_paper_stands_on_the_notice_of_another_procedure(folder: Path) -> None:
    for on in (OPEN, BETWEEN, OVER):
        for content in made_on(folder, on).values():
            told = text_of(content)
            assert "8072" not in told
            assert "006/2017" not in told
            assert "Code of Administrative Procedure, arts. 87, 121 and 122" in told


def test_a_ranked_list_says_what_it_has_of_a_person(folder: Path) -> None:
    made = made_on(folder, OVER)
    ranked = "the name, the order, the score and the result, and nothing else"
    assert ranked in text_of(made["evaluation-list"])
    assert ranked in text_of(made["final-list"])
    assert "the name and the result, and nothing else" in text_of(made["admission-list"])


@pytest.mark.parametrize("kind", ["admission-list", "evaluation-list"])
def test_every_page_says_whose_list_it_is_and_its_state(kind: str, tmp_path: Path) -> None:
    generator.generate(tmp_path, 200, seed=3)
    pages = PdfReader(BytesIO(made_on(tmp_path, OVER)[kind])).pages
    assert len(pages) > 2
    for page in pages:
        told = " ".join(page.extract_text().split())
        assert "Instituto Inventado de Exemplo" in told
        assert "Final list of the" in told


def test_long_lists_stand_in_two_columns_and_in_order(tmp_path: Path) -> None:
    generator.generate(tmp_path, 400, seed=3)
    found = answered(tmp_path, OVER)
    content = made_on(tmp_path, OVER)["admission-list"]
    assert len(PdfReader(BytesIO(content)).pages) <= 6  # in one column: twelve
    told, at = text_of(content), 0
    for result in ("admitted", "excluded"):
        for row in found.public("admission"):
            if row["result"] == result:
                at = told.index(row["name"], at)


@pytest.mark.rules("ranking", "admission-list")
def test_names_have_one_order_in_data_and_on_paper(tmp_path: Path) -> None:
    names = {"c1": "Zita", "c2": "Água", "c3": "beatriz", "c4": "Agda", "c5": "Água"}
    people = {key: {"name": name} for key, name in names.items()}
    given = {"admitted": " ".join(names), "people": people, "notice": {"posts": 1}}
    given |= {"scores": dict.fromkeys(names, "14 12")}
    given |= {"lists": {"admission": "2017-07-19", "evaluation": "2017-08-16"}}
    found = answered(write(procedure(given), tmp_path / "p"), OVER)
    order = ["c4", "c2", "c5", "c3", "c1"]
    assert [row.candidate for row in found.admission] == order
    assert [row.candidate for row in found.ranking] == order
    for make in (admission_paper, evaluation_paper, final_paper):
        told = text_of(make(found, None, "en"))
        places = [told.rindex(names[key]) for key in ("c4", "c5", "c3", "c1")]
        assert places == sorted(places)


@pytest.mark.rules("list-state")
def test_no_final_paper_is_made_before_the_list_is_final(folder: Path) -> None:
    for on in (OPEN, BETWEEN, date(2017, 9, 19), date(2017, 9, 24)):
        with pytest.raises(UsageError):
            final_paper(answered(folder, on))
    final_paper(answered(folder, date(2017, 9, 25)))


def test_what_is_not_there_is_refused(folder: Path) -> None:
    early = answered(folder, date(2017, 7, 20))
    for make in (admission_paper, evaluation_paper, final_paper):
        with pytest.raises(UsageError):
            make(early)
    with pytest.raises(UsageError):
        hearing_paper(answered(folder, OVER), "evaluation")


@pytest.mark.rules("public-list")
def test_a_list_has_names_and_results_and_nothing_else_of_a_person(folder: Path) -> None:
    found = answered(folder, OVER)
    for kind, content in made_on(folder, OVER).items():
        told = text_of(content)
        for row in found.admission:
            assert row.candidate not in told.split()
            assert row.reason is None or row.reason not in told
        names = {row["name"] for row in found.public("admission")}
        shown = {name for name in names if name in told}
        assert shown == (set() if kind == "notice" else _expected(found, kind, names))


def _expected(found: Evaluation, kind: str, names: set[str]) -> set[str]:
    if kind == "admission-list":
        return names
    return {row["name"] for row in found.public("evaluation") if row["result"] != "unevaluated"}


def test_a_notice_says_what_is_offered_and_until_when(folder: Path) -> None:
    told = text_of(made_on(folder, OPEN)["notice"])
    for words in ("July 31, 2017", "Entrevista 40 %", "Number of posts 2", "9.50"):
        assert words in told
    assert "As it stands" not in told


def test_without_papers_toml_there_are_lines_to_fill(tmp_path: Path) -> None:
    folder = write(procedure({"lists": {"admission": "2017-07-19"}}), tmp_path / "p")
    papers, problems = read_papers(folder)
    assert (papers, problems) == (Papers(), [])
    assert "____" in text_of(admission_paper(answered(folder, date(2017, 7, 20)), papers, "en"))


def test_long_lists_and_strange_names_fit(tmp_path: Path) -> None:
    names = {f"c{n}": {"name": f"Nome {n} " + "Á" * (n % 70)} for n in range(120)}
    names["c7"] = {"name": "王小明"}
    keys = [*names]
    given = {"admitted": " ".join(keys[:90]), "excluded": " ".join(keys[90:])}
    given |= {"people": names, "lists": {"admission": "2017-07-19"}}
    folder = write(procedure(given), tmp_path / "p")
    content = admission_paper(answered(folder, date(2017, 7, 20)))
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) > 1
    assert "Nome" in pages[-1].extract_text()  # no page has the signature alone


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("8072 4", "Aviso 8072/2017, n.º 4"),
        ("8072 2/d", "Aviso 8072/2017, n.º 2, al. d)"),
        ("Aviso-8072 2/d", "Aviso 8072/2017, n.º 2, al. d)"),
        ("Proc-006 4", "Proc. 006/2017"),
        ("CPA 122/1", "CPA, art. 122.º, n.º 1"),
        ("aviso de abertura, ponto 3", "aviso de abertura, ponto 3"),
    ],
)
def test_clauses_are_cited_as_a_notice_has_them(clause: str, words: str) -> None:
    assert cited(clause, "pt-PT").replace("\u00a0", " ") == words
