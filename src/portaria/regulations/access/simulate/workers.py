"""Who runs the replications: this process, processes of this machine, or a Dask cluster.

The numbers are the same whoever runs them: a replication knows its seed by its number, and its
rows have their place in the arrays, whichever comes first.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import closing, contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from pathlib import Path

from portaria.regulations.access.placement import Progress
from portaria.regulations.access.simulate.ranked import Ranked, open_shared, write
from portaria.regulations.access.simulate.replications import (
    Moves,
    Runs,
    Work,
    empty_moves,
    empty_runs,
    replicate,
)

CHUNK = 8
"""Replications of a task: a second of work at the size of 2017, so that a stop is soon heard."""

INTERRUPTS = (signal.SIGINT, signal.SIGTERM)

Found = tuple[tuple[Runs, ...], Moves | None]
Chunks = Generator[tuple[range, Found], None, None]


def run(
    sides: Sequence[Ranked],
    work: Work,
    replications: int,
    workers: int = 1,
    scheduler: str | None = None,
    on_progress: Progress | None = None,
) -> Found:
    """Every replication of one or two contests, in order.

    `workers`: processes of this machine, 1 being this one. `scheduler`: the address of a Dask
    cluster, which then does all the work. UsageError where that cannot be used.
    """
    report = on_progress or (lambda stage, done, total: None)
    report("replications", 0, replications)
    runs = tuple(empty_runs(replications, side.seats.size, work.options) for side in sides)
    moves = empty_moves(replications) if len(sides) == 2 else None
    done = 0
    with closing(_chunks(sides, work, replications, workers, scheduler)) as chunks:
        for numbers, (part, moved) in chunks:
            for into, found in zip(runs, part, strict=True):
                _fill(into, found, numbers)
            if moves is not None and moved is not None:
                _fill(moves, moved, numbers)
            done += len(numbers)
            report("replications", done, replications)
    return runs, moves


def _fill(into: Runs | Moves, found: Runs | Moves, numbers: range) -> None:
    """Put the rows of some replications in their place."""
    for target, rows in zip(into, found, strict=True):
        target[numbers.start : numbers.stop] = rows


def _chunks(
    sides: Sequence[Ranked], work: Work, replications: int, workers: int, scheduler: str | None
) -> Chunks:
    numbers = [
        range(first, min(first + CHUNK, replications)) for first in range(0, replications, CHUNK)
    ]
    if scheduler is not None:
        from portaria.regulations.access.simulate.cluster import on_cluster

        return on_cluster(sides, work, numbers, scheduler)
    if workers > 1:
        return _in_processes(sides, work, numbers, workers)
    return _here(sides, work, numbers)


def _here(sides: Sequence[Ranked], work: Work, numbers: Sequence[range]) -> Chunks:
    for each in numbers:
        yield each, replicate(sides, work, each)


def _in_processes(
    sides: Sequence[Ranked], work: Work, numbers: Sequence[range], workers: int
) -> Chunks:
    """New processes that map the arrays from files; they and the files go when this ends."""
    with tempfile.TemporaryDirectory(prefix="portaria-") as name:
        folders = [Path(name) / str(number) for number in range(len(sides))]
        for side, folder in zip(sides, folders, strict=True):
            write(side, folder)
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (folders, work))
        tasks: dict[Future[Found], range] = {}
        left = iter(numbers)
        try:
            while True:
                # Few tasks wait at a time, so that any number of replications can be asked for.
                while len(tasks) < 2 * workers and (each := next(left, None)):
                    with _interrupts_held_back():
                        tasks[pool.submit(_task, each)] = each
                if not tasks:
                    break
                for task in wait(tasks, return_when=FIRST_COMPLETED).done:
                    yield tasks.pop(task), task.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """A process begun here is not left half-made, and never sees Ctrl-C.

    The terminal sends Ctrl-C to all of them; this process hears it right after, and ends them.
    """
    resource_tracker.ensure_running()  # it would let interrupts through if it began in here
    heard: list[int] = []
    handlers = {}
    if threading.current_thread() is threading.main_thread():
        # Another thread may take the signal, whatever this one blocks: its handler waits too.
        handlers = {each: signal.signal(each, lambda n, _: heard.append(n)) for each in INTERRUPTS}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)  # the new process inherits it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for each, handler in handlers.items():
            signal.signal(each, handler)
        for number in heard:
            signal.raise_signal(number)


_sides: tuple[Ranked, ...] = ()
_work: Work | None = None
"""What a process of `_in_processes` works on."""


def _begin(folders: Sequence[Path], work: Work) -> None:
    """What a new process does first: map the arrays, and watch the one that began it."""
    global _sides, _work
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    _sides, _work = tuple(open_shared(folder) for folder in folders), work
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _task(numbers: range) -> Found:
    assert _work is not None, "begun by _begin"
    return replicate(_sides, _work, numbers)


def _end_with_parent() -> None:
    """A process killed without warning leaves no others behind."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
