"""Write docs/clauses/TEXT.md and docs/access/reasons.md: clauses, rules, functions and tests.

.venv/bin/python tools/clause_pages.py          write them
.venv/bin/python tools/clause_pages.py --check  exit 1 where they are not up to date
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from portaria.core.messages import Message, render
from portaria.documents.access_words import REASON_SENTENCES
from portaria.regulations.access.reasons import REASONS
from portaria.regulations.access.settings import find_edition
from portaria.regulations.clauses import coverage, texts

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Written by tools/clause_pages.py (make clauses); do not edit. -->"


def marked_tests() -> dict[str, list[str]]:
    """Rule id to the tests that carry `@pytest.mark.rules(...)` with it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for rule_id in _marked(node):
                    where = f"{path.relative_to(ROOT).as_posix()}::{node.name}"
                    found.setdefault(rule_id, []).append(where)
    return found


def _marked(node: ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.rules"):
            yield from (arg.value for arg in decorator.args if isinstance(arg, ast.Constant))


def clause_page(text: str, tests: dict[str, list[str]]) -> str:
    """The page of one text."""
    lines = [NOTE, "", f"# {texts()[text].title}", ""]
    lines += ["| clause | state | about | rules, functions, tests |", "|---|---|---|---|"]
    rows: dict[str, list[str]] = {}
    for line in coverage():
        if line.clause.text != text:
            continue
        told = rows.setdefault(line.clause.number, [])
        if line.rule:
            function = line.function.removeprefix("portaria.regulations.")
            shown = tests.get(line.rule, [])
            count = f", {len(shown)} test{'s' * (len(shown) > 1)}" if shown else ""
            told.append(f"{line.rule} ({function}{count})" if function else line.rule)
    for number, clause in texts()[text].clauses.items():
        told = rows[number] or [clause.reason]
        about = clause.about.replace("|", "\\|")
        lines.append(f"| {number} | {clause.state} | {about} | {'; '.join(told)} |")
    return "\n".join(lines) + "\n"


def reasons_page() -> str:
    """The closed list of reasons with their clauses in the edition of 2017."""
    edition = find_edition("pt-national-2017", ROOT)
    lines = [NOTE, "", "# Reasons of a decision", ""]
    lines += ["The closed list of `reason` in `placements` and `options_outcome`.", ""]
    lines += ["| reason | clause (2017) | in words |", "|---|---|---|"]
    for reason in REASONS:
        sentence = REASON_SENTENCES.get(reason.code)
        words = render(Message(sentence, PLACES), "en") if sentence else WORDS[reason.code]
        lines.append(f"| `{reason.code}` | {edition.clause(reason.rule)} | {words} |")
    return "\n".join(lines) + "\n"


PLACES = {"min_exam": "…", "min_grade": "…", "prerequisite": "…", "count": 2}
WORDS = {
    "placed-tied-for-last-seat": "Placed, equal to others at the last seat of the quota.",
    "outranked": "Others with a better place or priority took the seats.",
} | {
    reason.code: f"Placed in the stage `{reason.code.removeprefix('placed-').replace('-', '_')}`."
    for reason in REASONS
    if reason.code.startswith("placed-") and reason.code != "placed-tied-for-last-seat"
}


def main() -> int:
    """Write the pages, or compare them."""
    tests = marked_tests()
    pages = {
        ROOT / "docs" / "clauses" / f"{text}.md": clause_page(text, tests) for text in texts()
    } | {ROOT / "docs" / "access" / "reasons.md": reasons_page()}
    stale = [path for path, page in pages.items() if not path.exists() or path.read_text() != page]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not up to date: run make clauses")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
