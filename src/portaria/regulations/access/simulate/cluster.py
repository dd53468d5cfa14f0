"""The replications on a Dask cluster (the extra `cluster`): the same work, the same numbers."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from portaria import __version__
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.simulate.ranked import Ranked
from portaria.regulations.access.simulate.replications import Moves, Runs, Work, replicate

NO_DASK = declare(
    "cluster-no-dask", "a Dask cluster needs the extra cluster: pip install 'portaria[cluster]'"
)
NO_SCHEDULER = declare("cluster-no-scheduler", "no Dask scheduler answers at {address}: {detail}")
NO_WORKERS = declare("cluster-no-workers", "the Dask cluster at {address} has no workers")
OTHER_VERSIONS = declare(
    "cluster-other-versions",
    "a worker of the Dask cluster has {theirs} and this machine {ours}: the numbers could differ",
)
NOT_INSTALLED = declare(
    "cluster-not-installed", "portaria cannot be used on a worker of the Dask cluster: {detail}"
)

Found = tuple[tuple[Runs, ...], Moves | None]
PATIENCE = "10s"


def on_cluster(
    sides: Sequence[Ranked], work: Work, numbers: Sequence[range], address: str
) -> Generator[tuple[range, Found], None, None]:
    """The chunks as they are done; the arrays travel once to each worker, not with each task.

    UsageError where there is no Dask, no scheduler, no worker, or another version on a worker.
    """
    try:
        dask: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError(Message(NO_DASK)) from error
    try:
        client = dask.Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        params = {"address": address, "detail": str(error) or type(error).__name__}
        raise UsageError(Message(NO_SCHEDULER, params)) from error
    with client:
        _check_workers(client, address)
        [arrays] = client.scatter([tuple(sides)], broadcast=True)
        left = iter(numbers)
        tasks: dict[Any, range] = {}
        waiting = dask.as_completed(with_results=True)
        try:
            while True:
                while len(tasks) < 4 * sum(client.nthreads().values()) and (
                    each := next(left, None)
                ):
                    future = client.submit(task, arrays, work, each, pure=False)
                    tasks[future] = each
                    waiting.add(future)
                if not tasks:
                    break
                done, found = next(waiting)
                yield tasks.pop(done), found
        finally:
            client.cancel([*tasks])


def _check_workers(client: Any, address: str) -> None:
    try:
        found = client.run(versions)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        raise UsageError(Message(NOT_INSTALLED, {"detail": detail})) from error
    if not found:
        raise UsageError(Message(NO_WORKERS, {"address": address}))
    for theirs in found.values():
        if theirs != versions():
            raise UsageError(Message(OTHER_VERSIONS, {"theirs": theirs, "ours": versions()}))


def versions() -> str:
    """What the numbers hang on."""
    return f"portaria {__version__}, numpy {np.__version__}"


def task(sides: Sequence[Ranked], work: Work, numbers: range) -> Found:
    """One chunk, on a worker."""
    # Arrays that came by the network may be read-only, which compiled code takes for another type.
    fit = [Ranked(*(np.require(a, requirements=["C", "A", "W"]) for a in side)) for side in sides]
    return replicate(fit, work, numbers)
