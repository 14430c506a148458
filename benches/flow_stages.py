"""The stages of `benches.flow`, inside a process that has Django set up for one database.

Of the records indexed, those of the first notices came by the whole way (with their children's chronologies and
households); `benches.indexed` adds the rest, so that the linker searches a town of the size asked for.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from rich.progress import track

from benches.flow import bodies, own, program, summary, timed
from benches.indexed import add_agencies, children, index
from joinedup.flow import loading, worker
from joinedup.link import actions as link
from joinedup.link.models import Record
from joinedup.receive import actions as receive
from joinedup.receive import queries as received
from joinedup.receive.models import Message
from joinedup.share import actions as share
from joinedup.share.rules import Actor

BENCH = Actor("bench")
KNOWN = int(os.environ.get("BENCH_KNOWN", "1500"))  # notices taken in before anything is measured
CHILDREN = 8_000  # of the fictional partnership: their two years give notices enough
AT_ONCE = 250
Notice = tuple[str, bytes]  # of an agency, its body


def measure(*, records: int, notices: int) -> dict[str, object]:
    """Load a population, then measure each stage. Times in seconds inside, milliseconds out."""
    if connection.vendor == "postgresql":  # nothing of the size before: its append-only tables cannot be emptied
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        found(json.loads((Path(folder) / "partnership.json").read_text())["agencies"])
        stream = bodies(Path(folder) / "feeds")
        loaded = populate(list(islice(stream, KNOWN)), records)
        later = list(islice(stream, notices * 5))
    parts = [later[n * notices : (n + 1) * notices] for n in range(5)]
    stages = {"bare durable commit": summary(bare(notices))}
    stages["place one notice (link alone)"] = summary(placing(parts[0]))
    stages |= in_one_process(parts[4])
    stages |= one_by_one(parts[1])
    rate = capacity(parts[2])
    stages["a standing queue, per notice"] = {"p50_ms": 1000 / rate, "p99_ms": 1000 / rate, "per_s": rate}
    stages["commit to desk, half of capacity"] = {**summary(paced(parts[3], rate / 2)), "per_s": rate / 2}
    return {"form": "joinedup/bench-flow/1", "records": Record.objects.count(), "loaded": loaded, "stages": stages}


def now() -> datetime:
    return datetime.now(UTC)


def found(agencies: list[dict[str, str]]) -> None:
    """The partnership and every agency that sends."""
    share.found_partnership(by=BENCH, at=now(), name="Bench", simulated=False)
    for one in agencies:
        share.add_agency(by=BENCH, at=now(), code=one["code"], name=one["name"], kind=one["kind"])
    add_agencies(now())


def make(out: Path) -> None:
    """A fictional partnership's feeds."""
    command = [program("partnership"), "make", "--children", str(CHILDREN), "--seed", "7", "--no-truth"]
    subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)


def populate(known: list[Notice], records: int) -> dict[str, float]:
    """Take these notices in by the bulk road, then fill the index up. How fast each went, per second."""
    begun = time.perf_counter()
    for n in track(range(0, len(known), AT_ONCE), description=f"{len(known):,} notices", transient=True):
        loading.take_in(known[n : n + AT_ONCE], at=now())
    taken = time.perf_counter()
    more = records - Record.objects.count()
    index(children(more), now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "notices_per_s": round(len(known) / (taken - begun), 1),
        "records_per_s": round(more / (time.perf_counter() - taken), 1),
    }


def bare(times: int) -> list[float]:
    """Seconds of one-row commits, durable as the product's own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (n integer)")

    def commit() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (1)")

    return timed(commit, times)


def placing(messages: list[Notice]) -> list[float]:
    """Seconds of `link.place` alone, durably committed; the notices are then left to the worker that comes next."""
    taken = []
    for key in [post(*one) for one in messages]:
        message, notice = received.reading_of(key)
        taken += timed(lambda m=message, n=notice: link.place(by=BENCH, at=now(), message=m, notice=n), 1)  # type: ignore[misc]
    return taken


def in_one_process(messages: list[Notice]) -> dict[str, dict[str, float]]:
    """The same two verbs in this process: what they cost the processor, whatever else the machine does."""
    ways = {"receive, in one process": list[float](), "walk, in one process": list[float]()}
    own_times = {name: list[float]() for name in ways}
    keys: list[str] = []
    for agency, body in messages:
        for name, verb in (
            ("receive, in one process", lambda a=agency, b=body: keys.append(post(a, b))),
            ("walk, in one process", lambda: worker.walked(keys[-1], at=now())),
        ):
            wall, worked = own(verb, 1)  # type: ignore[arg-type]
            ways[name] += wall
            own_times[name] += worked
    return {name: summary(ways[name]) | {f"own_{k}": v for k, v in summary(own_times[name]).items()} for name in ways}


def one_by_one(messages: list[Notice]) -> dict[str, dict[str, float]]:
    """One notice in flight, a worker process awake: commit, commit to desk, the whole way."""
    commits, ways = [], []
    with worker_awake():
        for agency, body in messages:
            begun = time.perf_counter()
            key = post(agency, body)
            committed = time.perf_counter()
            wait_for([key])
            commits.append(committed - begun)
            ways.append(time.perf_counter() - committed)
    whole = [commit + way for commit, way in zip(commits, ways, strict=True)]
    return {
        "message commit": summary(commits),
        "commit to desk, one in flight": summary(ways),
        "whole way, one in flight": {**summary(whole), "per_s": len(whole) / sum(whole)},
    }


def capacity(messages: list[Notice]) -> float:
    """Notices per second that one worker brings all the way from a standing queue."""
    keys = {post(agency, body) for agency, body in messages}
    command = [program("joinedup"), "flow"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as awake:
        wait_for_any(keys)  # it is awake
        left, begun = len(waiting(keys)), time.perf_counter()
        while waiting(keys):
            time.sleep(0.005)
        taken = time.perf_counter() - begun
        awake.terminate()
    return left / taken


def paced(messages: list[Notice], rate: float) -> list[float]:
    """Seconds from commit to desk with notices posted at an even rate, whatever the worker does (open loop)."""
    posted: dict[str, float] = {}
    ways: list[float] = []
    with worker_awake():
        due = time.perf_counter()
        for agency, body in messages:
            due += 1 / rate
            while time.perf_counter() < due:
                gather(posted, ways)
            posted[post(agency, body)] = time.perf_counter()
        while posted:
            gather(posted, ways)
    return ways


def gather(posted: dict[str, float], ways: list[float]) -> None:
    """Move what has reached the desk from `posted` to `ways`."""
    arrived = posted.keys() - waiting(posted.keys())
    seen = time.perf_counter()
    ways += [seen - posted.pop(key) for key in arrived]
    time.sleep(0.0005)


def post(agency: str, body: bytes) -> str:
    return receive.receive(
        by=BENCH, at=now(), agency=agency, body=body, media="application/json", channel="api"
    ).message_key


def waiting(keys: Collection[str]) -> set[str]:
    """Those of these messages that are not all the way: the stage turns in the commit that lays out the desk."""
    return set(Message.objects.filter(pk__in=list(keys), stage="unread").values_list("pk", flat=True))


def wait_for(keys: list[str]) -> None:
    while waiting(set(keys)):
        time.sleep(0.0002)


def wait_for_any(keys: set[str]) -> None:
    while len(waiting(keys)) == len(keys):
        time.sleep(0.002)


@contextmanager
def worker_awake() -> Iterator[None]:
    """A worker in a process of its own, with nothing left to do when the block begins."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([program("joinedup"), "flow"], env=env, stdout=subprocess.PIPE, text=True) as awake:
        assert awake.stdout is not None
        awake.stdout.readline()  # "flow is awake"
        while Message.objects.filter(stage="unread").exists():
            time.sleep(0.05)
        time.sleep(0.5)
        try:
            yield
        finally:
            awake.terminate()
