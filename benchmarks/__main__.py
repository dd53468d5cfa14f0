"""`make bench`: what is measured, as the rows of docs/benchmarks.md.

.venv/bin/python -m benchmarks [NAME ...]     only the named ones: commands generated kernel ...
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import cef as vocational
from benchmarks import credit as recognition
from benchmarks import markets
from benchmarks import scae as scae_loads
from benchmarks import simulate as simulating
from portaria.regulations.access import grades, placement, quotas
from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.folder import open_results
from portaria.regulations.access.former import find_former
from portaria.regulations.access.published import published_years
from portaria.regulations.access.report import report

PORTARIA = Path(sys.executable).parent / "portaria"
SIZES = {
    "2017": (52_434, 1_061),
    "100 thousand": (100_000, 2_000),
    "1 million": (1_000_000, 20_000),
}
Row = tuple[str, str, str]


def seconds(work: Callable[[], object], repeat: int = 3) -> float:
    """The best of some runs: what the machine can do when nothing else wants it."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory in GB of one command."""
    start = time.perf_counter()
    process = subprocess.Popen([PORTARIA, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"portaria {' '.join(arguments)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1e6


def contest_folder(root: Path, size: str) -> Path:
    """The generated contest of a size, made once a run."""
    folder = root / size.replace(" ", "-")
    if not folder.exists():
        candidates, programmes = map(str, SIZES[size])
        run("access", "generate", str(folder), "--candidates", candidates, "--programmes",
            programmes, "--quiet")  # fmt: skip
    return folder


def commands(root: Path) -> Iterator[Row]:
    """Whole commands, as a person waits for them."""
    best = min(run("--help")[0] for _ in range(3))
    yield "`portaria --help`", f"{best:.2f} s", ""
    for size, repeat in (("2017", 3), ("100 thousand", 3), ("1 million", 1)):
        folder = contest_folder(root, size)
        out = str(root / "results")
        place = ("access", "place", str(folder), "--out", out, "--replace", "--quiet")
        runs = [run(*place) for _ in range(repeat)]
        took, memory = min(runs)
        yield f"`access place`, {size}, warm", f"{took:.1f} s", f"{memory:.1f} GB"
        if size == "2017":
            candidate = pl.read_csv(Path(out) / "placements.csv", n_rows=100)["candidate"][99]
            best = min(run("access", "explain", out, "--candidate", candidate)[0] for _ in "123")
            yield "`access explain`, 2017", f"{best:.1f} s", ""
            yield "`access verify`, 2017", f"{run('access', 'verify', out)[0]:.1f} s", ""
        for ending in ("html", "pdf"):
            file = str(root / f"report.{ending}")
            took, memory = run("access", "report", out, "--out", file, "--replace", "--quiet")
            yield f"`access report`, {ending}, {size}", f"{took:.1f} s", f"{memory:.1f} GB"


def generated(root: Path) -> Iterator[Row]:
    """How near generated contests are to the published ones: 2017 by totals, others by order."""
    for seed in ("501", "502", "503"):
        folder, out = str(root / f"seed-{seed}"), str(root / "seed-results")
        run("access", "generate", folder, "--seed", seed, "--quiet")
        run("access", "place", folder, "--out", out, "--replace", "--quiet")
        results = open_results(Path(out))
        told = report(results).glance
        three = sum(count for order, count in told.by_option.items() if order <= 3)
        shares = [100 * told.placed / told.candidates]
        shares += [100 * count / told.placed for count in (told.by_option[1], three)]
        words = "placed {:.1f} %, first option {:.1f} %, first three {:.1f} %".format(*shares)
        seats = f"leftover {told.leftover}, ties {told.tie_extra}, art. 9/2 {told.additional}"
        yield f"generated, seed {seed}", words, seats
        for year in published_years():
            compared = report(results, find_former(str(year))).compared
            found = f"{compared.correlation:.3f}" if compared and compared.correlation else ""
            yield f"its last grades and those of {year}", found, "rank correlation"


def simulate(root: Path) -> Iterator[Row]:
    """A change and a thousand replications of it."""
    yield from simulating.simulate(contest_folder(root, "2017"))


def scae(root: Path) -> Iterator[Row]:
    """The monthly load of a school network."""
    yield from scae_loads.scae(root, run)


def cef(root: Path) -> Iterator[Row]:
    """Classes of vocational courses."""
    yield from vocational.cef(root, run)


def recruitment(root: Path) -> Iterator[Row]:
    """A procedure of ten thousand candidates."""
    folder, day = str(root / "procedure"), ("--on", "2017-10-02")
    run("recruitment", "generate", folder, "--candidates", "10000", "--quiet")
    took, memory = run("recruitment", "list", folder, *day, "--json", "--quiet")
    yield "`recruitment list`, 10,000 candidates", f"{took:.1f} s", f"{memory:.1f} GB"
    out = str(root / "procedure-papers")
    took, memory = run("recruitment", "documents", folder, *day, "--out", out, "--quiet")
    yield "`recruitment documents` of them", f"{took:.1f} s", f"{memory:.1f} GB"


def credit(root: Path) -> Iterator[Row]:
    """Requests of credit recognition."""
    yield from recognition.credit(root, run, seconds)


def kernel(root: Path) -> Iterator[Row]:
    """The placement alone, rounds of art. 9/2 included, compiled."""
    for size in ("2017", "1 million"):
        contest, _ = read_contest(contest_folder(root, size))
        assert contest is not None
        options = quotas.heard(contest, grades.graded_options(contest))
        sizes = quotas.quota_sizes(contest)
        market = placement.build_market(contest, grades.ranking(options), sizes)
        seats = sizes["seats"].to_numpy()
        no_final = ~contest.tables["candidates"]["has_final_grade"].to_numpy()
        outcome = placement.place_with_further_seats(market, seats, no_final)
        took = seconds(lambda: placement.place_with_further_seats(market, seats, no_final))  # noqa: B023
        rounds = f"{len(outcome.further)} rounds, {market.positions.size:,} valid options"
        yield f"kernel, {size}", f"{took:.3f} s", rounds


def large(root: Path) -> Iterator[Row]:
    """Ten times the applicants, about ten times the time."""
    for candidates in (1_000_000, 10_000_000):
        market, further = markets.large(candidates, 20_000, seed=1)
        took = seconds(lambda: placement.place_once(market, further, "candidate-optimal"), 2)  # noqa: B023
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        note = f"{market.positions.size:,} options, {memory:.1f} GB at the most so far"
        yield f"kernel, {candidates:,} strict candidates, 20,000 programmes", f"{took:.1f} s", note


def matching(root: Path) -> Iterator[Row]:
    """The `matching` package on the same strict contests, general quota only."""
    for candidates in (1_000, 5_000):
        market, forms, lists, seats = markets.strict(candidates, candidates // 20, seed=1)
        further = np.zeros(len(seats), np.int64)
        placement.place_once(market, further, "candidate-optimal")
        ours = seconds(lambda: placement.place_once(market, further, "candidate-optimal"))  # noqa: B023
        theirs = seconds(lambda: markets.solve_with_matching(forms, lists, seats), 1)  # noqa: B023
        ratio = f"`matching` {theirs:.2f} s, {theirs / ours:,.0f} times"
        yield f"kernel, {candidates:,} strict candidates", f"{ours * 1000:.2f} ms", ratio


def machine() -> str:
    """One line on what it ran on."""
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    python = platform.python_version()
    return f"{platform.machine()}, {cores} cores, {memory:.0f} GB, Python {python}"


def main(names: list[str]) -> None:
    """Run the benchmarks and print the rows."""
    benchmarks = {
        "commands": commands, "generated": generated, "kernel": kernel, "matching": matching,
        "large": large, "simulate": simulate, "scae": scae, "credit": credit, "cef": cef,
        "recruitment": recruitment,
    }  # fmt: skip
    print(f"Machine: {machine()}\n\n| what | time | |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as root:
        for name in names or benchmarks:
            for what, took, note in benchmarks[name](Path(root)):
                print(f"| {what} | {took} | {note} |", flush=True)


if __name__ == "__main__":
    # In a thread with a large stack, which the deep recursion of `matching` needs.
    threading.stack_size(512 * 1024 * 1024)
    work = threading.Thread(target=main, args=(sys.argv[1:],))
    work.start()
    work.join()
