"""A pure function over batches of rows, on every core of this machine."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

Row = Sequence[Any]
Function = Callable[[Sequence[Row]], Iterable[Row]]
AHEAD = 2  # batches that wait, for each worker: bounds what is in memory

_function: Function | None = None  # what this worker process is for


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worked(function: Function, batches: Iterable[Sequence[Row]], workers: int) -> Iterator[Row]:
    """The rows that a function yields for each batch, in the order of the batches.

    A single batch is worked through here; it would take longer to begin other processes.
    """
    left = iter(batches)
    first = list(islice(left, 2))
    if len(first) < 2 or workers < 2:
        for batch in chain(first, left):
            yield from function(batch)
    else:
        yield from _in_processes(function, chain(first, left), workers)


def _in_processes(function: Function, batches: Iterable[Sequence[Row]], workers: int) -> Iterator[Row]:
    # begun afresh rather than forked: a fork would share this process's connections and DuckDB's threads
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_become, initargs=(function,)) as pool:
        waiting: deque[Future[list[Row]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _become(function: Function) -> None:
    global _function  # noqa: PLW0603 - one function for the life of the process
    _function = function


def _work(batch: Sequence[Row]) -> list[Row]:
    assert _function is not None
    return list(_function(batch))
