"""The pages say what is so: their examples run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.pt.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "src").rglob("*.md"))
SCAE = ROOT / "docs" / "scae"
LINK = re.compile(r"\]\(([^)#:]+)\)")


def unwrapped(text: str) -> str:
    """Text without its line ends: a terminal of another width says the same."""
    return " ".join(text.split())


@pytest.mark.parametrize("readme", ["README.md", "README.pt.md"])
def test_the_letter_of_the_readme_is_the_one_that_is_written(readme, portaria, tmp_path):
    blocks = (ROOT / readme).read_text(encoding="utf-8").split("```")[1::2]
    (letter,) = (block for block in blocks if "1.ª opção" in block)
    results = tmp_path / "results"
    example = ROOT / "examples" / "contest"
    assert portaria("access", "place", example, "--out", results).code == 0
    answer = portaria("access", "explain", results, "--candidate", "C3", "--lang", "pt-PT")
    assert unwrapped(letter) in unwrapped(answer.out)


def test_the_example_has_no_problem(portaria, tmp_path):
    problems = tmp_path / "problems.csv"
    checked = portaria("access", "check", ROOT / "examples" / "contest", "--problems", problems)
    assert checked.code == 0
    assert len(problems.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize(
    ("group", "one"),
    [
        ("access", "compare-readings"),
        ("cef", "evaluate"),
        ("credit", "re-entry"),
        ("days", "add"),
        ("duties", "harassment"),
        ("qualifica", "table"),
        ("recruitment", "apply-by"),
        ("scae", "rm-views"),
        ("social", "prices"),
    ],
)
def test_every_command_stands_in_the_readme(group, one, portaria):
    listed = re.findall(r"^  ([a-z-]+)  ", portaria(group, "--help").out, re.MULTILINE)
    assert one in listed
    for readme in ("README.md", "README.pt.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert [name for name in listed if f"portaria {group} {name}" not in text] == []


def shown(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Every command of a page (`$ …`) with what stands below it, in pieces parted by `...`."""
    for block in page.read_text(encoding="utf-8").split("```")[1::2]:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            pieces = re.split(r"^\.\.\.$", output, flags=re.MULTILINE)
            yield command, [piece for piece in map(unwrapped, pieces) if piece]


@pytest.mark.parametrize(
    ("page", "least", "lang"), [("load.md", 10, "en"), ("explain.md", 3, "pt-BR")]
)
def test_a_month_of_the_load_is_as_its_page_shows(
    page, least, lang, portaria, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTARIA_LANG", lang)
    as_shown(SCAE / page, least, portaria)


def test_a_credit_request_is_as_its_page_shows(portaria, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "credit", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTARIA_LANG", "en")
    as_shown(ROOT / "docs" / "credit" / "README.md", 8, portaria)


def test_a_class_is_as_its_page_shows(portaria, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTARIA_LANG", "en")
    as_shown(ROOT / "docs" / "cef" / "README.md", 6, portaria)


@pytest.mark.parametrize(
    ("page", "least"),
    [("days", 3), ("duties", 2), ("qualifica", 8), ("recruitment", 8), ("social", 4)],
)
def test_a_small_regulation_is_as_its_page_shows(page, least, portaria, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs" / page, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTARIA_LANG", "en")
    as_shown(ROOT / "docs" / page / "README.md", least, portaria)


def test_single_questions_of_a_course_are_as_their_page_shows(portaria, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "cef", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTARIA_LANG", "en")
    as_shown(ROOT / "docs" / "cef" / "questions.md", 7, portaria)


def test_every_table_of_a_class_stands_on_its_page_with_every_column():
    from portaria.regulations.cef.deadlines import NAMES
    from portaria.regulations.cef.schemas import TABLES
    from portaria.regulations.cef.settings import KEYS
    from portaria.tables.schema import columns_of

    page = (ROOT / "docs" / "cef" / "README.md").read_text(encoding="utf-8")
    for name, spec in TABLES.items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", page, re.MULTILINE) or [page]
        columns = [column for column in columns_of(spec.schema) if column != "class"]
        assert [column for column in columns if not re.search(rf"\b{column}\b", row)] == []
    assert [key for key in KEYS if f"`{key}`" not in page and f"[{key}]" not in page] == []
    assert [name for name in NAMES if f"`{name}`" not in page] == []


def test_every_module_of_cef_stands_in_its_account():
    package = ROOT / "src" / "portaria" / "regulations" / "cef"
    account = (package / "README.md").read_text(encoding="utf-8")
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    assert {name for name in modules if f"`{name}`" not in account} == set()


def as_shown(page, least, portaria):
    """Every command of a page prints every piece that stands below it, in order."""
    commands = list(shown(page))
    assert len(commands) > least
    for command, pieces in commands:
        program, *arguments = shlex.split(command)
        if program == "cat":
            out = Path(arguments[0]).read_text(encoding="utf-8")
        else:
            answer = portaria(*arguments)
            faulty = arguments[:2] == ["scae", "check"]
            assert answer.code == int(faulty), command + answer.err
            out = answer.out
        printed = unwrapped(out)
        for piece in pieces:
            assert piece in printed, command
            printed = printed[printed.index(piece) + len(piece) :]


def test_every_table_of_the_load_stands_on_its_page_with_every_column():
    from portaria.regulations.scae.findings import COLUMNS, WORDS
    from portaria.regulations.scae.ledger import LEDGER, RECONCILIATION
    from portaria.regulations.scae.load import LOAD
    from portaria.regulations.scae.reasons import REASONS
    from portaria.regulations.scae.results import DECISIONS
    from portaria.regulations.scae.schemas import TABLES
    from portaria.regulations.scae.totals import TOTALS
    from portaria.tables.schema import columns_of

    page = (SCAE / "tables.md").read_text(encoding="utf-8")
    sections = {text.split()[0].strip(":"): text for text in page.split("\n### ")[1:]}
    for name, spec in TABLES.items():
        told = re.findall(r"^\| `(.+?)` \|", sections[name], re.MULTILINE)
        assert told == list(columns_of(spec.schema)), name
    results = {
        "load.csv": LOAD, "findings.csv": COLUMNS, "reconciliation.csv": RECONCILIATION,
        "totals.csv": TOTALS, "decisions.parquet": DECISIONS,
    }  # fmt: skip
    for name, columns in results.items():
        assert [c for c in columns if f"`{c}`" not in sections[name]] == [], name
    ledger = page.split("\n## ")[-2]
    assert [column for column in LEDGER if f"`{column}`" not in ledger] == []
    assert re.findall(r"^\| ([EWI]-[A-Z-]+) \|", page, re.MULTILINE) == sorted(
        WORDS, key=lambda code: ("EWI".index(code[0]), code)
    )
    reasons = {reason.code for reason in REASONS if not reason.code.startswith("E-")}
    assert {code for code in reasons if f"`{code}`" not in sections["decisions.parquet"]} == set()


def test_the_settings_on_the_page_of_the_tables_are_sound():
    from portaria.regulations.scae.settings import parse_settings

    page = (SCAE / "tables.md").read_text(encoding="utf-8")
    (text,) = (block[5:] for block in page.split("```")[1::2] if block.startswith("toml\n"))
    data = tomllib.loads(text)
    settings, problems = parse_settings(data)
    assert not problems
    assert settings.readings["suspended"] == "monthly"
    assert set(data["codes"]) == set(settings.codes)


def test_every_module_of_the_load_stands_in_its_account():
    package = ROOT / "src" / "portaria" / "regulations" / "scae"
    account = (package / "README.md").read_text(encoding="utf-8")
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py", "rules.py"}
    assert {name for name in modules if f"`{name}`" not in account} == set()


def test_every_reading_of_credit_stands_on_its_page_with_its_choices():
    from portaria.regulations.credit.choices import CHOICES

    page = (ROOT / "docs" / "credit" / "readings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|", page, re.MULTILINE)
    told = {name: tuple(re.findall(r"`([a-z_-]+)`", choices)) for name, choices in rows}
    assert told == dict(CHOICES)


def test_every_key_of_a_credit_request_stands_on_its_page():
    from portaria.regulations.credit import request
    from portaria.regulations.credit.documents_needed import CODES
    from portaria.regulations.credit.experience import METHODS

    page = (ROOT / "docs" / "credit" / "request.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", page))))
    parts = [each for each in vars(request).values() if isinstance(each, type(request.Part))]
    keys = {key for part in parts for key in getattr(part, "model_fields", {})}
    assert keys - named == set()
    assert {*CODES, *METHODS, *request.ORIGINS} - named == set()


def test_every_key_of_a_credit_answer_stands_on_its_page():
    from documents.credit.requests import assessed, item

    from portaria.documents.credit import reason_words, warning_words
    from portaria.regulations.credit.answer import answer

    def keys(value):
        if isinstance(value, dict):
            yield from value
        for each in value.values() if isinstance(value, dict) else value:
            if isinstance(each, dict | list):
                yield from keys(each)

    decided = {"outcome": "granted", "by": "council", "on": "2017-10-20"}
    found = answer(
        assessed(
            item(decided=decided),
            item("d", "non_degree", "80"),
            item("e", "cet", "60"),
            policy={"second_cap": "all_credit"},
            holidays={"municipal": ["2017-10-09"]},
            reentry={"earlier": "10"},
            commission={"members": []},
            fees={"request": "1"},
            notified_on="2018-02-09",
            appeal={"filed_on": "2018-02-10", "reasoned": True},
        )
    )
    page = (ROOT / "docs" / "credit" / "answer.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    assert {"second_cap", "reentry", "commission", "fees", "appeal", "options"} <= set(keys(found))
    assert set(keys(found)) - set(found["readings"]) - named == set()
    codes = {*reason_words.REASONS, *warning_words.WARNINGS}
    assert set(re.findall(r"^\| `([a-z-]+)` \| [A-Z]", page, re.MULTILINE)) == codes


def test_every_module_of_credit_stands_in_its_account():
    package = ROOT / "src" / "portaria" / "regulations" / "credit"
    account = (package / "README.md").read_text(encoding="utf-8")
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py", "rules.py"}
    assert {name for name in modules if f"`{name}`" not in account} == set()
