"""The extractor's register and its edition of 2019: what they say, and that they fit together."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from reference.scae.readings import READINGS

from portaria.core.clause import Text, load_text
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import ConfigurationError, UsageError

ROOT = Path(__file__).parents[3]
SCAE = files("portaria.regulations.scae")
RECORD = "docs/decisions/0018-scae-readings.md"

RULES = frozenset(
    """
    reference-month class-started enrolment-made class-not-ended movement-in-month
    situation-as-of-month hidden-situations cancelled-excluded every-month one-record-a-class
    reference-enrolment isolated-record isolated-class effective-date effective-date-reference
    isolated-effective-date mobility-in-month results-date exits-date mobility-override
    every-series class-transfer-kept in-process-kept isolated-history situations-basic
    situations-parana situations-disciplines situations-continuing reference-enrolled
    disciplines-modalities disciplines-when evaluation-type discipline-code recognition-reference
    student-hours hours-until-exit class-type log-not-edited cancelled-or-dropout
    evaded-at-closing dependency-hidden isolated-complements isolated-after-finish
    isolated-continuing results-in-year late-results required-fields municipality-codes
    origins-change
    """.split()  # noqa: SIM905
)

# Every line of the published tables: situation of SCAE, then the codes of SGE.
BASIC = [
    (1, "2"),  # Matriculado
    (5, "5"),  # Trancamento
    (9, "7"),  # Evasão
    (11, "9"),  # Promoção/Aprovação
    (13, "10"),  # Reprovado
    (13, "11"),  # Reprovado por Frequência
    (18, "3"),  # Transferência Externa
    (19, "30"),  # Transferência Interna, not in PR
    (20, "31"),  # Transferência de Turma
    (21, "6"),  # Desistente
    (22, "45"),  # Falecido
    (23, "32"),  # Reclassificado
    (24, "70"),  # Reconhecimento de Saberes
]
PARANA = [(19, "32"), (22, "30")]  # Transferência Escola, Falecido
DISCIPLINES = [(1, "2"), (12, "9"), (26, "72"), (27, "14")]
CONTINUING = [
    (1, "39"),  # Matriculado
    (9, "67"),  # Evasão
    (12, "42"),  # Concluinte
    (17, "66"),  # Participante
    (18, "68"),  # Transferência Externa
    (19, "69"),  # Transferência Interna
    (20, "46"),  # Transferência de Turma
    (21, "41"),  # Desistente
    (22, "73"),  # Falecido
]


@pytest.fixture(scope="module")
def text() -> Text:
    return load_text(SCAE / "clauses" / "extrator-scae.toml")


@pytest.fixture(scope="module")
def edition(text: Text) -> Edition:
    file = SCAE / "editions" / "sge-scae-2019.toml"
    return load_edition(file, {text.name: text}, RULES)


def pairs(edition: Edition, table: str) -> list[tuple[int, str]]:
    return [(scae, sge) for sge, scae in edition.value(table).items()]


# --- the edition ---------------------------------------------------------------------------------


def test_the_edition_is_the_extractor_after_its_update_in_brazilian_portuguese(edition):
    assert (edition.name, edition.language) == ("sge-scae-2019", "pt-BR")
    assert set(edition.texts) == {"extrator-scae"}
    assert set(edition.cites) == RULES
    assert edition.without == frozenset()


def test_it_holds_from_the_update_on_and_no_end_is_known(edition):
    for day in (date(2019, 2, 1), date(2024, 3, 31)):
        assert edition.value("eja_reference_since", day) == date(2019, 2, 1)
    with pytest.raises(UsageError, match="eja_reference_since is known from"):
        edition.value("eja_reference_since", date(2019, 1, 31))


def test_a_rule_that_the_edition_does_not_cite_is_refused(text):
    file = SCAE / "editions" / "sge-scae-2019.toml"
    with pytest.raises(ConfigurationError, match="suspended-monthly"):
        load_edition(file, {text.name: text}, RULES | {"suspended-monthly"})
    with pytest.raises(ConfigurationError, match="results-date"):
        load_edition(file, {text.name: text}, RULES - {"results-date"})


# --- the published tables ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "published"),
    [
        ("situations_basic", BASIC),
        ("situations_parana", PARANA),
        ("situations_disciplines", DISCIPLINES),
        ("situations_continuing", CONTINUING),
    ],
)
def test_a_table_of_situations_is_the_published_one(edition, table, published):
    assert sorted(pairs(edition, table)) == sorted(published)


@pytest.mark.parametrize(
    ("table", "rows", "published"),
    [
        ("situações-básica", "situations-basic", BASIC),
        ("situações-disciplina", "situations-disciplines", DISCIPLINES),
        ("situações-continuada", "situations-continuing", CONTINUING),
    ],
)
def test_every_line_of_a_table_is_a_clause_that_its_rule_cites(edition, table, rows, published):
    lines = [f"{table}/{scae}" for scae in sorted({scae for scae, _ in published})]
    assert [clause.number for clause in edition.cites[rows]] == [table, *lines]


@pytest.mark.parametrize(
    ("sge", "elsewhere", "parana"),
    [
        ("30", 19, 22),  # Transferência Interna; Falecido
        ("32", 23, 19),  # Reclassificado; Transferência Escola
        ("45", 22, 22),  # Falecido
        ("3", 18, 18),
    ],
)
def test_parana_reads_two_codes_in_its_own_way(edition, sge, elsewhere, parana):
    table = edition.value("situations_basic")
    assert table[sge] == elsewhere
    assert (table | edition.value("situations_parana"))[sge] == parana


def test_nobody_is_reclassified_in_parana(edition):
    table = edition.value("situations_basic") | edition.value("situations_parana")
    assert 23 not in table.values()


def test_modality_3_is_eja_and_has_no_disciplines(edition):
    assert edition.value("eja_modalities") == ["8", "7", "3"]
    assert edition.value("discipline_modalities") == ["8", "7"]


def test_dismissed_is_the_only_discipline_situation_without_an_evaluation_type(edition):
    types = edition.value("evaluation_types")
    assert types == {"2": 1, "9": 1, "72": 2}
    assert set(edition.value("situations_disciplines")) - set(types) == {"14"}


# --- readings and corrections --------------------------------------------------------------------


def test_the_readings_are_those_of_the_reference(edition):
    """A reading with one answer only is no reading: 0018 says what is not known."""
    expected = {name: reading.choices for name, reading in READINGS.items() if reading.used}
    assert {name: r.choices for name, r in edition.readings.items()} == expected
    assert all(len(r.choices) == 1 for r in READINGS.values() if not r.used)


def test_every_reading_has_a_record_that_names_it_with_its_default(edition):
    record = (ROOT / RECORD).read_text(encoding="utf-8")
    for name, reading in edition.readings.items():
        assert reading.record == RECORD
        assert reading.about
        assert re.search(rf"`{name}`, \*\*{re.escape(reading.default)}\*\*", record), name


def test_the_page_for_users_shows_every_reading_and_what_each_choice_gives(edition):
    """A row of docs/scae/readings.md: name, choices, what changes, an example with each outcome."""
    page = (ROOT / "docs" / "scae" / "readings.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    shown = {}
    for name, choices, _, example in rows:
        shown[name.strip(" `")] = tuple(re.findall(r"`(\w+)`", choices))
        outcomes = example.split("→")[1].split(";")
        assert len(outcomes) == len(shown[name.strip(" `")]), name
    assert len(rows) == len(shown)
    assert shown == {name: reading.choices for name, reading in edition.readings.items()}


def test_a_correction_stands_at_a_clause_and_says_something_else(edition):
    assert len(edition.corrections) == 4
    for correction in edition.corrections:
        name, _, number = correction.where.partition(" ")
        assert edition.texts[name].clause(number).state == "implemented"
        assert correction.says != correction.means
        assert correction.source


# --- the register --------------------------------------------------------------------------------


def test_every_implemented_clause_is_cited_by_a_rule_and_no_other_is(text, edition):
    cited = {clause.number for clauses in edition.cites.values() for clause in clauses}
    assert cited == {c.number for c in text.clauses.values() if c.state == "implemented"}


def test_every_clause_says_something_of_its_own_in_one_way_of_writing(text):
    told = [clause.about for clause in text.clauses.values()]
    assert all(told)
    assert {about for about in told if told.count(about) > 1} == set()
    for number in text.clauses:
        assert unicodedata.is_normalized("NFC", number)
        assert re.fullmatch(r"[\w-]+(/[\w]+)*", number), number


def test_the_numbers_of_a_section_run_on_without_a_gap(text):
    """`section/1` to `section/n`, in the order of the page; the tables have codes instead."""
    sections: dict[str, list[int]] = {}
    for number in text.clauses:
        section, _, last = number.rpartition("/")
        if last.isdigit() and section.partition("-")[0] != "situações":
            sections.setdefault(section, []).append(int(last))
    assert "oculta" in sections
    for section, numbers in sections.items():
        assert numbers == list(range(1, len(numbers) + 1)), section


def test_the_parts_that_the_page_hides_are_named_and_nothing_rests_on_them(text):
    hidden = [c for c in text.clauses.values() if c.number.startswith("oculta/")]
    assert len(hidden) == 23
    assert {c.state for c in hidden} == {"descriptive"}
