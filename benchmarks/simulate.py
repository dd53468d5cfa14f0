"""What simulating costs: a change placed and compared, and its replications."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.simulate.apply import apply
from portaria.regulations.access.simulate.change import Change, Step, Target
from portaria.regulations.access.simulate.draws import Demand
from portaria.regulations.access.simulate.effects import effects
from portaria.regulations.access.simulate.ranked import ranked
from portaria.regulations.access.simulate.replications import Work
from portaria.regulations.access.simulate.workers import run

Row = tuple[str, str, str]
TEN_PERCENT = Change(
    "ten-percent.toml", steps=(Step("seats", Target(), "percent", Decimal(10), "seats[1]"),)
)


def simulate(folder: Path, size: str = "2017") -> Iterator[Row]:
    """The contest of `folder` with ten percent more seats everywhere, at once and replicated."""
    contest, _ = read_contest(folder)
    assert contest is not None
    changed, _ = apply(contest, [TEN_PERCENT])
    effects(contest, changed)
    start = time.perf_counter()
    found = effects(contest, changed)
    took = time.perf_counter() - start
    note = f"{found.better:,} better off, {found.worse:,} worse off"
    yield f"a change placed and compared, {size}", f"{took:.1f} s", note
    for demand, words in (
        (Demand(), "people drawn again"),
        (Demand(noise=Decimal(3)), "people drawn again, grades moved"),
    ):
        sides = (ranked(contest), ranked(changed))
        work = Work(("candidate-optimal",) * 2, demand, 1, 6)
        for workers, count in ((1, 100), (2, 1_000)):
            start = time.perf_counter()
            run(sides, work, count, workers)
            took = time.perf_counter() - start
            each = f"{1000 * took / count:.0f} ms each, with and without the change; {words}"
            name = f"{count:,} replications, {size}, workers: {workers}"
            yield name, f"{took:.0f} s", each
