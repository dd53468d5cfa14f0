"""Article 20: the certificate that the records of a student give, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.cef import parts
from portaria.documents.cef.certified import Certified, certified
from portaria.documents.cef.final import COMPONENT, QUALIFICATION, SCHOOL, STATEMENT
from portaria.documents.cef.grade_sheets import DIRECTOR, LEVEL
from portaria.documents.cef.paper import COMPONENTS, UNGRADED, Paper
from portaria.documents.cef.parts import Part
from portaria.documents.cef.records import Papers
from portaria.regulations.cef.certification import OUTCOME_RULES
from portaria.regulations.cef.evaluate import Evaluation

TITLES = {
    QUALIFICATION: declare("cef-certificate-qualification", "Certificate of qualification"),
    SCHOOL: declare("cef-certificate-school", "School certificate"),
    COMPONENT: declare("cef-certificate-components", "Certificate of components"),
    STATEMENT: declare("cef-certificate-statement", "Statement of subjects"),
}
SENTENCES = {
    QUALIFICATION: declare(
        "cef-certificate-says-qualification",
        "born on {born}, concluded {course} and has a professional qualification of level 2 and "
        "year 9 of schooling.",
    ),
    SCHOOL: declare(
        "cef-certificate-says-school",
        "born on {born}, attended {course} and has concluded year 9 of schooling. This certificate "
        "gives no professional qualification.",
    ),
    COMPONENT: declare(
        "cef-certificate-says-components",
        "born on {born}, attended {course} and passed the components below. This certificate gives "
        "neither a professional qualification nor year 9.",
    ),
    STATEMENT: declare(
        "cef-certificate-says-statement",
        "born on {born}, attended {course} and passed the subjects below.",
    ),
}
IT_IS_CERTIFIED = declare("cef-certificate-opening", "It is certified that")
IT_IS_STATED = declare("cef-certificate-opening-statement", "It is stated, on request, that")
THE_COURSE = declare(
    "cef-certificate-course", "the education and training course (CEF, type 2) of {name}"
)
A_COURSE = declare("cef-certificate-a-course", "an education and training course (CEF, type 2)")
COMPONENT_COLUMN = declare("cef-certificate-component", "Component")
SUBJECT_COLUMN = declare("cef-certificate-subject", "Subject")
UNIT_COLUMN = declare("cef-certificate-unit", "Training unit")
CATALOGUE = declare("cef-certificate-catalogue", "Catalogue")
COMPONENTS_TITLE = declare("cef-certificate-components-title", "Components of training")
SUBJECTS_TITLE = declare("cef-certificate-subjects-title", "Subjects")
UNITS_TITLE = declare("cef-certificate-units-title", "Training units with level 3 or more")
UNITS_OF_TITLE = declare(
    "cef-certificate-units-of-title",
    "Training units with level 3 or more (catalogue {catalogue})",
)
INTERNSHIP = declare(
    "cef-certificate-internship", "Internship: level {internship}. Final assessment: level {paf}."
)
SCALE = declare("cef-certificate-scale", "Levels from 1 to 5.")
CODE = declare("cef-certificate-code", "Verification code")
CODE_IS = declare(
    "cef-certificate-code-is",
    "Made from what this paper says. The school finds the same code in its records, or the paper "
    "was altered.",
)


def certificate(
    evaluation: Evaluation,
    student: str,
    papers: Papers | None = None,
    lang: str | None = None,
    kind: str | None = None,
) -> bytes:
    """The one certificate, or statement, that the records give; `kind`: the one that is asked for.

    UsageError where the records give another or none (20/1, 20/2, 20/4, 20/5), and for what has
    still to wait for the internship and its PAF (16/3).
    """
    paper = Paper(evaluation, papers, lang)
    found = certified(paper, student, kind)
    clause = paper.rules.clause(OUTCOME_RULES[found.kind])
    opening = paper.say(IT_IS_STATED if found.kind == STATEMENT else IT_IS_CERTIFIED)
    foot = [f"{paper.regulation()} [{paper.cite(clause)}]. {paper.say(SCALE)}"]
    return paper.page(
        paper.say(TITLES[found.kind]),
        opening,
        _parts(paper, found),
        foot,
        "certificate",
        found.code,
    )


def _parts(paper: Paper, found: Certified) -> Iterator[Part]:
    course = paper.say(THE_COURSE, name=found.course) if found.course else paper.say(A_COURSE)
    yield parts.said(
        paper.say(SENTENCES[found.kind], born=found.birth_date, course=course), found.name
    )
    if found.components:
        yield parts.heading(paper.say(COMPONENTS_TITLE))
        yield _table(
            paper,
            [COMPONENT_COLUMN],
            [[paper.say(COMPONENTS[name])] for name, _ in found.components],
            [level for _, level in found.components],
        )
    if found.internship is not None and found.paf is not None:
        levels = {"internship": found.internship, "paf": found.paf}
        yield parts.text(paper.say(INTERNSHIP, **levels), small=True)
    if found.subjects:
        yield parts.heading(paper.say(SUBJECTS_TITLE))
        yield _table(
            paper,
            [SUBJECT_COLUMN, COMPONENT_COLUMN],
            [[name, paper.say(COMPONENTS[component])] for component, name, _ in found.subjects],
            [level for *_, level in found.subjects],
            halved=4,
        )
    if found.units:
        yield from _units(paper, found)
    director = [(paper.say(DIRECTOR), paper.papers.school.director or "")]
    yield parts.signatures(director, paper.signed_at(found.on))
    yield parts.code(paper.say(CODE), found.code, paper.say(CODE_IS))


def _units(paper: Paper, found: Certified) -> Iterator[Part]:
    """The units; a catalogue that all of them are of is said once, which leaves room for names."""
    catalogues = {catalogue for _, catalogue, _ in found.units}
    one = catalogues.pop() if len(catalogues) == 1 else ""
    yield parts.heading(paper.say(UNITS_OF_TITLE if one else UNITS_TITLE, catalogue=one))
    columns = [UNIT_COLUMN, CATALOGUE][: 2 if catalogues else 1]
    rows = [[unit, catalogue][: len(columns)] for unit, catalogue, _ in found.units]
    yield _table(paper, columns, rows, [level for *_, level in found.units], halved=2)


def _table(
    paper: Paper,
    header: list[str],
    rows: list[list[str]],
    levels: list[int | None],
    halved: int = 0,
) -> Part:
    shown = [UNGRADED if level is None else str(level) for level in levels]
    return parts.table(
        [paper.say(code) for code in (*header, LEVEL)],
        ["3fr", *["2fr"] * (len(header) - 1), "auto"],
        [[*row, level] for row, level in zip(rows, shown, strict=True)],
        "l" * len(header) + "c",
        dense=True,
        halved=halved,
    )
