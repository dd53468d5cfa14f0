"""The pages say what is so: their examples run, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.pt.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "src").rglob("*.md"))
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


def test_every_command_stands_in_the_readme(portaria):
    listed = re.findall(r"^  ([a-z-]+)  ", portaria("access", "--help").out, re.MULTILINE)
    assert "compare-readings" in listed
    for readme in ("README.md", "README.pt.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert [name for name in listed if f"portaria access {name}" not in text] == []
