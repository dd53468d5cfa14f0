"""Letters: what a person reads of her result. Each tells one situation of a small contest."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made import Tables, results, told
from reference.words import Changes, contest

from portaria.documents.access_letter import letter

FULL = {
    "x": ("Matemática", "Universidade do Exemplo"),
    "y": ("Desporto", "Politécnico do Exemplo"),
    "z": ("História", "Universidade da Ilha"),
    "w": ("Artes", "Politécnico do Exemplo"),
}
TITLE = "Concurso nacional de acesso e ingresso no ensino superior público, 2017-2018"
READINGS = (
    "Nos pontos que o regulamento deixa em aberto, este concurso segue as seguintes leituras: uma "
    "opção inválida mantém o seu lugar no formulário; colocação pela ordem das preferências de "
    "quem se candidata; vagas das preferências arredondadas por defeito. O programa interpreta os "
    "textos e não os substitui."
)
READINGS_EN = (
    "Where the text leaves something open, this contest follows these readings: an invalid option "
    "keeps its place in the form; placement by the candidates' preferences; seats of preferences "
    "rounded down. The program interprets the texts and is not the law."
)


def situation(
    lists: dict[str, str],
    forms: dict[str, str],
    at: Changes | None = None,
    people: Changes | None = None,
    **more: list[dict[str, Any]],
) -> Tables:
    """A contest from words (see `reference.words`), its programmes with names."""
    tables = contest(lists, forms, at, people)
    for row in tables["programmes"]:
        course, institution = FULL.get(str(row["programme"]), ("Outro", "Outra"))
        row |= {"course_name": course, "institution_name": institution}
    for name, rows in more.items():
        tables[name] = [*tables[name], *rows]
    return tables


def letters(
    tables: Tables, folder: Path, candidate: str, lang: str | None = None, **policy: str
) -> str:
    """A whole letter: title and text flush, options' headings flush, details set in."""
    explanation = told(results(tables, folder, policy=policy), candidate)
    blocks = letter(explanation, lang)
    return "\n".join(("   " if b.kind == "detail" else "") + b.text for b in blocks)


def exam_of(candidate: str, exam: str, grade: int, at: str | None = None) -> dict[str, Any]:
    return {"candidate": candidate, "exam": exam, "programme": at, "grade": grade}


# --- whole letters -------------------------------------------------------------------------------

# Ana: in x, behind B among emigrants and behind D in the general quota; in y, a sport programme
# with a prerequisite that ranks, an exam from abroad; z no longer needed.
ANA = situation(
    {"x": "B A D", "y": "D", "z": "A"},
    {"A": "x y z", "B": "x", "D": "x", "E": "y"},
    {
        "x": {"seats": 2},
        "y": {
            "seats": 2,
            "sport": True,
            "w_secondary": Decimal(40),
            "w_prerequisite": Decimal("20.5"),
            "prerequisite": "M",
            "prerequisite_kind": "ranking",
        },
    },
    {
        "A": {
            "name": "Ana Teste",
            "secondary": Decimal("155.5"),
            "secondary_with_pe": Decimal(160),
            "emigrant": True,
        },
        "B": {"secondary": Decimal(180), "emigrant": True},
        "D": {"secondary": Decimal(170)},
    },
    exams=[exam_of("A", "exam-y", 141, at="y"), exam_of("E", "exam-y", 100)],
    prerequisites=[
        {"candidate": c, "group": "M", "passed": True, "grade": Decimal("165.5")} for c in "AE"
    ],
)
ANA["exam_sets"][1]["weight"] = Decimal("39.5")

ANA_PT = f"""\
Resultado da candidatura de Ana Teste, código A
{TITLE}, 1.ª fase
Resultado: Colocado na 2.ª opção, Desporto, Politécnico do Exemplo (y), com a nota de candidatura \
de 153,6, no contingente especial para emigrantes portugueses e familiares (art. 36.º, n.º 1, \
al. f)).
1.ª opção: Matemática, Universidade do Exemplo (x)
   Nota de candidatura: (ensino secundário: 155,5 × 50 + prova exam-x: 190 × 50) / 100 = 172,75, \
arredondada às décimas: 172,8.
   Posição na lista ordenada do par instituição/curso: 3 de 3.
   Vagas: 2; colocados: 2. Nota do último colocado no contingente geral: 175,0.
   Considerada no âmbito do contingente especial para emigrantes portugueses e familiares \
(vagas: 1): 2.º lugar em 2 (art. 36.º, n.º 1, al. f)). Nota do último colocado nesse âmbito: 190,0.
   Vaga não obtida: faltaram 22 décimas para igualar a nota do último colocado no contingente \
geral (art. 37.º, n.º 3, \
al. b)).
2.ª opção: Desporto, Politécnico do Exemplo (y)
   Nota de candidatura: (ensino secundário com Educação Física: 160 × 40 + exame estrangeiro em \
substituição da prova exam-y: 141 × 39,5 + pré-requisito: 165,5 × 20,5) / 100 = 153,6225, \
arredondada às décimas: 153,6.
   Posição na lista ordenada do par instituição/curso: 1 de 2.
   Vagas: 2; colocados: 2. Nota do último colocado no contingente especial para emigrantes \
portugueses e familiares: 153,6.
   Considerada no âmbito do contingente especial para emigrantes portugueses e familiares \
(vagas: 1): 1.º lugar em 1 (art. 36.º, n.º 1, al. f)). Nota do último colocado nesse âmbito: 153,6.
   Vaga obtida no contingente especial para emigrantes portugueses e familiares (art. 36.º, n.º 1, \
al. f)).
3.ª opção: História, Universidade da Ilha (z)
   Nota de candidatura: (ensino secundário: 155,5 × 50 + prova exam-z: 200 × 50) / 100 = 177,75, \
arredondada às décimas: 177,8.
   Posição na lista ordenada do par instituição/curso: 1 de 1.
   Vagas: 1; colocados: 0.
   Considerada no âmbito do contingente especial para emigrantes portugueses e familiares \
(vagas: 1): 1.º lugar em 1 (art. 36.º, n.º 1, al. f)).
   Sem efeito: foi obtida colocação numa opção de preferência superior (art. 37.º, n.º 3, al. a)).
{READINGS}"""

ANA_EN = f"""\
Result of the application of Ana Teste, candidate A
{TITLE}, phase 1
Result: Placed in option 2, Desporto, Politécnico do Exemplo (y), with the application grade \
153.6, in the emigrant quota (art. 36, no. 1, f)).
Option 1: Matemática, Universidade do Exemplo (x)
   Application grade: (secondary 155.5 × 50 + exam exam-x: 190 × 50) / 100 = 172.75, rounded to \
172.8.
   Place in the programme's list: 3 of 3.
   Seats: 2; placed: 2. Last placed in the general quota: 175.0.
   Heard in the emigrant quota (1 seats): place 2 among 2 (art. 36, no. 1, f)). Last placed there: \
190.0.
   No seat: 22 tenths were missing to equal the last placed in the general quota (art. 37, \
no. 3, b)).
Option 2: Desporto, Politécnico do Exemplo (y)
   Application grade: (secondary with physical education 160 × 40 + foreign exam in place of \
exam-y: 141 × 39.5 + prerequisite 165.5 × 20.5) / 100 = 153.6225, rounded to 153.6.
   Place in the programme's list: 1 of 2.
   Seats: 2; placed: 2. Last placed in the emigrant quota: 153.6.
   Heard in the emigrant quota (1 seats): place 1 among 1 (art. 36, no. 1, f)). Last placed there: \
153.6.
   Obtained in the emigrant quota (art. 36, no. 1, f)).
Option 3: História, Universidade da Ilha (z)
   Application grade: (secondary 155.5 × 50 + exam exam-z: 200 × 50) / 100 = 177.75, rounded to \
177.8.
   Place in the programme's list: 1 of 1.
   Seats: 1; placed: 0.
   Heard in the emigrant quota (1 seats): place 1 among 1 (art. 36, no. 1, f)).
   Not needed: a better option of the form was obtained (art. 37, no. 3, a)).
{READINGS_EN}"""

# Rui: in y, an exam below the minimum in one set and another not taken; in w, the prerequisite;
# in z, a tenth below the minimum grade; in x, the exams break the tie.
RUI = situation(
    {"x": "D R", "y": "R", "z": "R", "w": "R", "v": ""},
    {"R": "y w z x", "D": "x"},
    {
        "y": {"min_exam": Decimal(200)},
        "z": {"min_grade": Decimal("155.1")},
        "w": {"prerequisite": "B", "prerequisite_kind": "selection"},
    },
    {"R": {"name": "Rui Teste", "secondary": Decimal(110)}},
    exam_sets=[{"programme": "y", "set": 2, "exam": "exam-v", "weight": Decimal(50)}],
    prerequisites=[{"candidate": "R", "group": "B", "passed": False, "grade": None}],
)
next(row for row in RUI["exams"] if (row["candidate"], row["exam"]) == ("R", "exam-y"))["grade"] = (
    94
)

RUI_PT = f"""\
Resultado da candidatura de Rui Teste, código R
{TITLE}, 1.ª fase
Resultado: Não colocado.
Em todas as opções válidas, as vagas couberam a candidaturas com melhor posição ou com prioridade \
(art. 37.º, n.º 4, al. b)).
1.ª opção: Desporto, Politécnico do Exemplo (y)
   Provas de ingresso do elenco 1: exam-y (94).
   Provas de ingresso do elenco 2: exam-v (não realizada).
   Opção tida como não inscrita: a classificação de uma prova de ingresso é inferior à mínima \
exigida, 200 (art. 7.º, n.º 1, al. b)).
2.ª opção: Artes, Politécnico do Exemplo (w)
   Nota de candidatura: (ensino secundário: 110 × 50 + prova exam-w: 200 × 50) / 100 = 155, \
arredondada às décimas: 155,0.
   Opção tida como não inscrita: o pré-requisito do grupo B não foi satisfeito (art. 7.º, n.º 1, \
al. c)).
3.ª opção: História, Universidade da Ilha (z)
   Nota de candidatura: (ensino secundário: 110 × 50 + prova exam-z: 200 × 50) / 100 = 155, \
arredondada às décimas: 155,0.
   Opção tida como não inscrita: a nota de candidatura é inferior à mínima exigida, 155,1; falta \
1 décima (art. 7.º, n.º 1, al. d)).
4.ª opção: Matemática, Universidade do Exemplo (x)
   Nota de candidatura: (ensino secundário: 110 × 50 + prova exam-x: 190 × 50) / 100 = 150, \
arredondada às décimas: 150,0.
   Posição na lista ordenada do par instituição/curso: 2 de 2.
   Vagas: 1; colocados: 1. Nota do último colocado no contingente geral: 150,0.
   Vaga não obtida: a nota de candidatura é igual à do último colocado no contingente geral e o \
desempate fez-se pela \
soma ponderada das provas de ingresso: 95, face a 100 do último colocado (art. 37.º, n.º 3, al. b)).
{READINGS}"""


@pytest.mark.rules(
    "application-grade", "application-grade-with-prerequisite", "secondary-grade",
    "secondary-grade-sport", "foreign-exam", "stage-emigrant", "placement-by-preference",
    "best-option-kept", "last-placed", "result",
)  # fmt: skip
def test_placed_in_the_second_option_with_every_kind_of_term(tmp_path):
    assert letters(ANA, tmp_path, "A") == ANA_PT


def test_the_same_letter_in_english(tmp_path):
    assert letters(ANA, tmp_path, "A", "en") == ANA_EN


@pytest.mark.rules(
    "exam-minimum", "exams-taken", "prerequisite", "grade-minimum", "tie-break", "not-placed",
    "invalid-option-as-not-written", "result",
)  # fmt: skip
def test_not_placed_for_a_different_reason_in_each_option(tmp_path):
    assert letters(RUI, tmp_path, "R") == RUI_PT


def test_the_language_is_that_of_the_edition_unless_another_is_asked_for(tmp_path):
    ana = told(results(ANA, tmp_path), "A")
    assert letter(ana) == letter(ana, "pt-PT") != letter(ana, "en")


# --- outranked -----------------------------------------------------------------------------------


@pytest.mark.rules("tie-break", "ranking")
@pytest.mark.parametrize(
    ("loser", "winner", "said"),
    [
        # 100 and 200 against 100.2 and 200: 0.1 less.
        ({}, {"secondary": "100.2"}, "faltou 1 décima para igualar a nota do último colocado"),
        ({}, {"secondary": "100.4"}, "faltaram 2 décimas para igualar a nota do último colocado"),
        # 150.0249 and 150.025 are both 150.0; S decides.
        (
            {"secondary": "100.0498"},
            {"secondary": "100.05"},
            "o desempate fez-se pela classificação do ensino secundário (em dois ciclos, a do 12.º "
            "ano): 100,0498, face a 100,05 do último colocado",
        ),
        (  # the same Sb; Sa decides
            {"two_cycle_a": "10", "two_cycle_b": "10"},
            {"two_cycle_a": "10.01", "two_cycle_b": "10"},
            "o desempate fez-se pela classificação do ensino secundário (em dois ciclos, a dos "
            "10.º e 11.º anos): 100, face a 100,1 do último colocado",
        ),
        (  # two cycles beside one: Sb * 10 equals S, Sa * 10 does not
            {"two_cycle_a": "9.99", "two_cycle_b": "10"},
            {},
            "(em dois ciclos, a dos 10.º e 11.º anos): 99,9, face a 100 do último colocado",
        ),
        (  # the better S of two cycles, but the worse Sb
            {"two_cycle_a": "10.01", "two_cycle_b": "9.99"},
            {},
            "(em dois ciclos, a do 12.º ano): 99,9, face a 100 do último colocado",
        ),
    ],
)
def test_outranked_by_tenths_or_by_a_part_of_the_tie_break(tmp_path, loser, winner, said):
    people = {
        who: {column: Decimal(value) for column, value in person.items()}
        for who, person in (("L", loser), ("W", winner))
    }
    tables = situation({"x": "L=W"}, {"L": "x", "W": "x"}, people=people)
    for row in tables["candidates"]:
        if "two_cycle_a" in row:
            row["secondary"] = None
    said_in = letters(tables, tmp_path, "L")
    assert said in said_in
    assert "Resultado: Não colocado." in said_in
    assert "instituição/curso: 2 de 2." in said_in


def test_two_cycles_show_how_the_secondary_grade_came_about(tmp_path):
    person = {"two_cycle_a": Decimal(15), "two_cycle_b": Decimal("16.25"), "secondary": None}
    said = letters(situation({"x": "A"}, {"A": "x"}, people={"A": person}), tmp_path, "A")
    assert (
        "   Classificação do ensino secundário em dois ciclos: (0,6 × 15 + 0,4 × 16,25) × 10 = 155."
    ) in said
    assert "(ensino secundário: 155 × 50 + prova exam-x: 200 × 50) / 100 = 177,5" in said


@pytest.mark.rules("stage-general", "general-quota")
def test_no_seat_left_for_the_general_list(tmp_path):
    people: Changes = {"B": {"disability": True}}
    tables = situation({"x": "A B"}, dict.fromkeys("AB", "x"), people=people)
    said = letters(tables, tmp_path, "A")
    assert "   Vagas: 1; colocados: 1.\n" in said
    assert "   Não sobrou vaga para o contingente geral (art. 37.º, n.º 3, al. b))." in said
    assert "décima" not in said.replace("décimas: ", "")


# --- ties and further seats ----------------------------------------------------------------------


@pytest.mark.rules("ties-open-seats")
def test_tied_for_the_last_seat(tmp_path):
    tables = situation({"x": "A=B=C D"}, dict.fromkeys("ABCD", "x"), {"x": {"seats": 2}})
    outcome = results(tables, tmp_path)
    for candidate in "ABC":
        said = [block.text for block in letter(told(outcome, candidate))]
        assert (
            "Posição na lista ordenada do par instituição/curso: 1 de 4, em igualdade com mais 2."
        ) in said
        assert (
            "Vagas: 2; colocados: 3. Por empate na disputa da última vaga, foi aberta mais 1 vaga. "
            "Nota do último colocado no contingente geral: 150,0."
        ) in said
        assert (
            "Vaga obtida no contingente geral, em situação de empate na última vaga: foram "
            "abertas as vagas necessárias para admitir todos os candidatos empatados "
            "(art. 37.º, n.º 5)."
        ) in said
    english = [block.text for block in letter(told(outcome, "D"), "en")]
    assert any(line.startswith("No seat: 50 tenths were missing to equal") for line in english)


@pytest.mark.rules("further-seats", "stage-additional")
def test_a_further_seat_of_art_9_2(tmp_path):
    tables = situation(
        {"x": "N A B"}, dict.fromkeys("NAB", "x"), people={"N": {"has_final_grade": False}}
    )
    outcome = results(tables, tmp_path)
    placed = "\n".join(block.text for block in letter(told(outcome, "A")))
    assert "no conjunto das vagas adicionais (art. 9.º, n.º 2)." in placed
    assert "Vagas: 1; colocados: 2. Vagas adicionais ocupadas por quem tem classificação" in placed
    assert "Vaga obtida no conjunto das vagas adicionais (art. 9.º, n.º 2)." in placed
    behind = "\n".join(block.text for block in letter(told(outcome, "B")))
    assert "Nota do último colocado no conjunto das vagas adicionais: 145,0." in behind
    assert "faltaram 50 décimas" in behind


@pytest.mark.rules("further-seats")
def test_whoever_has_no_final_grade_is_measured_by_the_general_quota(tmp_path):
    """A further seat went to B, with a lower grade, but it was out of reach for M."""
    tables = situation(
        {"x": "N M B"},
        dict.fromkeys("NMB", "x"),
        people={c: {"has_final_grade": False} for c in "NM"},
    )
    said = letters(tables, tmp_path, "M")
    assert "Nota do último colocado no contingente geral: 150,0." in said
    assert "faltaram 50 décimas" in said


# --- quotas heard and not heard ------------------------------------------------------------------

HOME: Changes = {"z": {"island_university": "azores", "seats": 2}}
SHARE: Changes = {"x": {"seats": 2, "regional_share": Decimal(50), "vocational_share": Decimal(30)}}
AREA = [{"programme": "x", "area": "faro"}]


@pytest.mark.parametrize(
    ("person", "quota"),
    [
        ({"disability": True}, "contingente especial para estudantes com deficiência (vagas: 2)"),
        (
            {"emigrant": True},
            "contingente especial para emigrantes portugueses e familiares (vagas: 1)",
        ),
        (
            {"military": True},
            "contingente especial para militares em regime de contrato (vagas: 1)",
        ),
        ({"azores": "art11.1"}, "contingente especial dos Açores (vagas: 1)"),
        ({"madeira": "art11.2"}, "contingente especial da Madeira (vagas: 1)"),
        ({"area": "faro", "claims_regional": True}, "regime de preferência regional (vagas: 2)"),
        ({"secondary_course": "design"}, "regime de preferência habilitacional (vagas: 1)"),
    ],
)
@pytest.mark.rules(
    "stage-disability", "stage-emigrant", "stage-military", "stage-azores", "stage-madeira",
    "stage-regional", "stage-vocational",
)  # fmt: skip
def test_heard_in_a_quota_and_placed_there(tmp_path, person, quota):
    at: Changes = {"x": {**SHARE["x"], "seats": 4}}
    tables = situation(
        {"x": "B C D E A"},
        dict.fromkeys("ABCDE", "x"),
        at,
        {"A": person},
        regional_areas=AREA,
        vocational_courses=[{"programme": "x", "secondary_course": "design"}],
    )
    said = letters(tables, tmp_path, "A")
    name = quota.partition(" (")[0]
    assert f"   Considerada no âmbito do {quota}: 1.º lugar em 1 (art. 36.º, n.º 1, al. " in said
    assert f"   Vaga obtida no {name} (art. 36.º, n.º 1, al. " in said
    assert f"no {name} (art. 36.º" in said.splitlines()[2]


@pytest.mark.rules("azores-university-first", "stage-azores-preference", "madeira-university-first")
@pytest.mark.parametrize(
    ("island", "name", "article"), [("azores", "dos Açores", 16), ("madeira", "da Madeira", 17)]
)
def test_island_preference_heard_and_not_heard(tmp_path, island, name, article):
    """A writes z, of the island's university, first; F writes x before it."""
    at: Changes = {"z": {"island_university": island, "seats": 2}, "x": {"seats": 0}}
    forms = {"A": "z", "F": "x z", "B": "z", "C": "z"}
    people: Changes = {c: {island: "art11.1"} for c in "AF"}
    outcome = results(situation({"z": "B C F A", "x": "F"}, forms, at, people), tmp_path)
    heard = "\n".join(block.text for block in letter(told(outcome, "A")))
    assert f"Vaga obtida no regime de preferência regional {name} (art. 36.º, n.º 1" in heard
    not_heard = "\n".join(block.text for block in letter(told(outcome, "F")))
    assert (
        f"Não considerada no âmbito do regime de preferência regional {name}: a 1.ª opção do "
        f"formulário interrompe a sequência exigida (art. {article}.º)."
    ) in not_heard
    assert "Vaga não obtida: faltaram 100 décimas" in not_heard


@pytest.mark.rules("azores-congeners", "madeira-congeners")
@pytest.mark.parametrize(
    ("island", "name", "number"), [("azores", "dos Açores", 4), ("madeira", "da Madeira", 6)]
)
def test_island_quota_not_heard_for_want_of_a_congener(tmp_path, island, name, number):
    at: Changes = {"z": {"island_university": island}}
    tables = situation(
        {"x": "B A", "z": "A"},
        {"A": "x z", "B": "x"},
        at,
        {"A": {island: "art11.1"}},
        congeners=[{"programme": "x", "congener": "z"}],
    )
    said = letters(tables, tmp_path, "A")
    assert (
        f"   Não considerada no âmbito do contingente especial {name}: antes desta opção devia "
        f"estar, da universidade da região: z (art. 11.º, n.º {number})."
    ) in said


@pytest.mark.rules("regional-area", "regional-without-interruption")
@pytest.mark.parametrize(
    ("person", "form", "why"),
    [
        (
            {"area": "braga"},
            "x",
            "os 11.º e 12.º anos não foram ambos concluídos na área de influência fixada "
            "(art. 18.º, n.º 5, al. c))",
        ),
        (
            {"area": "faro"},
            "w x",
            "a 1.ª opção do formulário interrompe a sequência exigida (art. 18.º, n.º 5, al. b))",
        ),
    ],
)
def test_regional_preference_not_heard(tmp_path, person, form, why):
    lists = {"x": "B C A", "w": "B A"}
    forms = {"A": form, "B": "w x" if "w" in form else "x", "C": "x"}
    person = person | {"claims_regional": True}
    at: Changes = {"x": {**SHARE["x"], "seats": 1}}
    tables = situation(lists, forms, at, {"A": person}, regional_areas=AREA)
    said = letters(tables, tmp_path, "A")
    assert f"   Não considerada no âmbito do regime de preferência regional: {why}." in said


def test_a_preference_nobody_asked_for_is_not_mentioned(tmp_path):
    """A lives in the area but did not claim it; she is no emigrant."""
    tables = situation(
        {"x": "B A"}, {"A": "x", "B": "x"}, SHARE, {"A": {"area": "faro"}}, regional_areas=AREA
    )
    assert "onsiderada no âmbito" not in letters(tables, tmp_path, "A")


# --- options that count as not written -----------------------------------------------------------


@pytest.mark.rules("grade-minimum", "application-grade")
@pytest.mark.parametrize(
    ("minimum", "said"),
    [
        ("150.1", "inferior à mínima exigida, 150,1; falta 1 décima (art. 7.º, n.º 1, al. d))."),
        ("151", "inferior à mínima exigida, 151; faltam 10 décimas (art. 7.º, n.º 1, al. d))."),
        # 150.0 must reach 150.05: the next tenth is 150.1.
        ("150.05", "inferior à mínima exigida, 150,05; falta 1 décima (art. 7.º, n.º 1, al. d))."),
    ],
)
def test_a_grade_below_the_minimum_counts_the_tenths(tmp_path, minimum, said):
    at: Changes = {"x": {"min_grade": Decimal(minimum)}}
    assert said in letters(situation({"x": "A"}, {"A": "x"}, at), tmp_path, "A")


@pytest.mark.rules("invalid-option-as-not-written")
def test_no_option_is_valid(tmp_path):
    said = letters(situation({"x": ""}, {"A": "x"}), tmp_path, "A")
    assert (
        "Resultado: Não colocado.\nNenhuma das opções indicadas no formulário reúne as condições "
        "de candidatura (art. 21.º, n.º 6)."
    ) in said
    assert "   Provas de ingresso do elenco 1: exam-x (não realizada).\n" in said


@pytest.mark.rules("option-limit")
def test_no_option_at_all(tmp_path):
    said = letters(situation({"x": "B"}, {"A": "", "B": "x"}), tmp_path, "A").splitlines()
    assert said[2:-1] == [
        "Resultado: Não colocado.",
        "O formulário de candidatura não indica nenhuma opção (art. 21.º, n.º 4).",
    ]


@pytest.mark.rules("exclusion")
@pytest.mark.parametrize(
    ("written", "shown"),
    [("56/1/d", "art. 56.º, n.º 1, al. d)"), ("211-A 56/1/d", "art. 56.º, n.º 1, al. d)"),
     ("falsas declarações", "falsas declarações")],
)  # fmt: skip
def test_excluded(tmp_path, written, shown):
    tables = situation({"x": "A"}, {"A": "x"}, people={"A": {"excluded": written}})
    said = letters(tables, tmp_path, "A").splitlines()
    assert said[2:4] == [
        "Resultado: Excluído da candidatura.",
        f"Fundamento da exclusão: {shown}.",
    ]
    assert said[-2] == "   Opção não considerada, por exclusão da candidatura."


@pytest.mark.rules("literal-iterations")
def test_in_deadlock_no_seat_is_said_to_be_gone(tmp_path):
    """Read to the letter, art. 37 answers neither A nor B, and x and y stay empty."""
    tables = situation({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})
    said = letters(tables, tmp_path, "A", placement="literal")
    assert "Resultado: Não colocado.\nLido à letra, o procedimento não chega a uma resposta" in said
    assert said.count("Vagas: 1; colocados: 0.") == 2
    assert "Não sobrou vaga" not in said
    assert "Vaga não obtida" not in said


# --- words ---------------------------------------------------------------------------------------


def test_whoever_has_no_name_is_called_by_her_code(tmp_path):
    said = letters(situation({"x": "A"}, {"A": "x"}), tmp_path, "A")
    assert said.startswith("Resultado da candidatura de A, código A\n")


def test_a_programme_without_names_is_called_by_its_code(tmp_path):
    """The names of course and institution may be empty: no commas are left hanging."""
    said = letters(contest({"x": "A"}, {"A": "x"}), tmp_path, "A")
    assert ", ," not in said
    assert ",  (" not in said
    assert ": , " not in said


@pytest.mark.parametrize("lang", ["pt-PT", "pt-BR", "en"])
def test_the_readings_in_force_are_told(tmp_path, lang):
    policy = {"form_order": "valid_only", "preference_rounding": "half_up"}
    said = letters(situation({"x": "A"}, {"A": "x"}), tmp_path, "A", lang, **policy)
    if lang == "en":
        assert "the form counts without the invalid options" in said
        assert "seats of preferences rounded to the nearest" in said
    else:
        assert "o formulário conta sem as opções inválidas" in said
        assert "vagas das preferências arredondadas à unidade mais próxima" in said
