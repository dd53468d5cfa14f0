"""Credit recognition: one request from the command line, and a year's requests of an institute."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from portaria.regulations.credit.answer import answer
from portaria.regulations.credit.assess import assess
from portaria.regulations.credit.read import prepare

REQUESTS, UNITS, MANY = 2_000, 8, 200
ORIGINS = ("degree", "cet", "other", "experience", "non_degree")

Run = Callable[..., tuple[float, float]]
Seconds = Callable[[Callable[[], object]], float]


def request(units: int, origins: tuple[str, ...] = ORIGINS) -> dict[str, Any]:
    """A request of some units, round the origins."""
    items = [
        {
            "id": f"u{n:03}",
            "origin": (origin := origins[n % len(origins)]),
            "target": f"UC{n}",
            "credits": "6",
            "grade": None if origin == "experience" else {"value": "14", "scale": "pt"},
            "assessment": ["portfolio"],
            "recognised_institution": True,
            "documents": ["transcript"],
        }
        for n in range(units)
    ]
    return {
        "degree": {"cycle": "licenciatura", "credits": "180"},
        "year_start": "2017-09-18",
        "submitted_on": "2017-10-09",
        "items": items,
    }


def credit(root: Path, run: Run, seconds: Seconds) -> Iterator[tuple[str, str, str]]:
    """Rows of the page."""
    file = root / "request.json"
    file.write_text(json.dumps(request(UNITS)), encoding="utf-8")
    took, memory = run("credit", "assess", str(file), "--json")
    yield f"`credit assess`, {UNITS} units", f"{took:.1f} s", f"{memory:.1f} GB"
    papers = [f"--{name}={root / name}.pdf" for name in ("opinion", "decision", "notice")]
    took, memory = run("credit", "documents", str(file), *papers, "--quiet")
    yield "`credit documents`, three papers", f"{took:.1f} s", f"{memory:.1f} GB"

    def a_year() -> None:
        for _ in range(REQUESTS):
            _answer(request(UNITS))

    yield f"{REQUESTS:,} requests of {UNITS} units, in one process", f"{seconds(a_year):.1f} s", ""
    large = request(MANY, ORIGINS[1:])
    took = seconds(lambda: _answer(large))
    count = _answer(large)["combined"]["options_count"]
    digits = len(str(count))
    yield (
        f"one request of {MANY} units over the two thirds",
        f"{took:.1f} s",
        f"{digits} digits of ways",
    )


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    case, _ = prepare(given)
    assert case is not None
    return answer(assess(case.request, case.edition, case.readings))
