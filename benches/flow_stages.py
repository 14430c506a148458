"""The stages of `benches.flow`, inside a process that has Django set up for one database."""

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from benches.flow import bodies, summary, timed
from joinedup.flow import loading
from joinedup.link.models import Record
from joinedup.receive import actions as receive
from joinedup.receive.models import Message
from joinedup.share import actions as share
from joinedup.share.rules import Actor

BENCH = Actor("bench")
CHILDREN_PER_RECORD = 0.55  # how many children of a partnership make about so many records


def measure(*, records: int, notices: int) -> dict[str, object]:
    """Load a population, then measure each stage. Times in seconds inside, milliseconds out."""
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        call_command("flush", verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory() as folder:
        feeds = make(Path(folder), children=max(200, int(records * CHILDREN_PER_RECORD)))
        later = populate(feeds, records, notices * 4)
    stages = {"bare durable commit": summary(bare(notices))}
    stages |= one_by_one(later[:notices])
    rate = capacity(later[notices : 2 * notices])
    stages["whole way, a queue of them"] = {"p50_ms": 1000 / rate, "p99_ms": 1000 / rate, "per_s": rate}
    stages["commit to desk, half of capacity"] = summary(paced(later[2 * notices :], rate / 2))
    return {"records": Record.objects.count(), "stages": stages}


def make(out: Path, *, children: int) -> Path:
    """A fictional partnership's feeds."""
    command = [
        sys.executable,
        "-m",
        "partnership.main",
        "make",
        "--children",
        str(children),
        "--seed",
        "7",
        "--no-truth",
    ]
    subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out / "feeds"


def populate(feeds: Path, records: int, spare: int) -> list[tuple[str, bytes]]:
    """Load messages until so many records are indexed; return the next `spare` ones, not loaded."""
    share.found_partnership(by=BENCH, at=datetime.now(UTC), name="Bench", simulated=False)
    stream = bodies(feeds)
    known: set[str] = set()
    while Record.objects.count() < records:
        chunk = list(islice(stream, 500))
        if not chunk:
            break
        for agency in {agency for agency, _ in chunk} - known:
            share.add_agency(by=BENCH, at=datetime.now(UTC), code=agency, name=agency, kind="other")
            known.add(agency)
        loading.take_in(chunk, at=datetime.now(UTC))
    later = list(islice(stream, spare))
    for agency in {agency for agency, _ in later} - known:
        share.add_agency(by=BENCH, at=datetime.now(UTC), code=agency, name=agency, kind="other")
    return later


def bare(times: int) -> list[float]:
    """Seconds of one-row commits, durable as the product's own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (n integer)")

    def commit() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (1)")

    return timed(commit, times)


def one_by_one(messages: list[tuple[str, bytes]]) -> dict[str, dict[str, float]]:
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
        "whole way, one in flight": summary(whole),
    }


def capacity(messages: list[tuple[str, bytes]]) -> float:
    """Notices per second that one worker brings all the way from a standing queue."""
    keys = [post(agency, body) for agency, body in messages]
    begun = time.perf_counter()
    with worker_awake(patient=False):
        wait_for(keys)
        return len(keys) / (time.perf_counter() - begun)


def paced(messages: list[tuple[str, bytes]], rate: float) -> list[float]:
    """Seconds from commit to desk with notices posted at an even rate, whatever the worker does (open loop)."""
    waiting: dict[str, float] = {}
    ways: list[float] = []
    with worker_awake():
        due = time.perf_counter()
        for agency, body in messages:
            due += 1 / rate
            while time.perf_counter() < due:
                gather(waiting, ways)
            waiting[post(agency, body)] = time.perf_counter()
        while waiting:
            gather(waiting, ways)
    return ways


def gather(waiting: dict[str, float], ways: list[float]) -> None:
    """Move what has reached the desk from `waiting` to `ways`."""
    arrived = placed(list(waiting))
    now = time.perf_counter()
    ways += [now - waiting.pop(key) for key in arrived]
    time.sleep(0.0005)


def post(agency: str, body: bytes) -> str:
    return receive.receive(
        by=BENCH, at=datetime.now(UTC), agency=agency, body=body, media="application/json", channel="api"
    ).message_key


def placed(keys: list[str]) -> list[str]:
    """Those of these messages that are all the way (their findings are on the desk in the same commit)."""
    found = Message.objects.filter(pk__in=keys).exclude(stage="unread")
    return list(found.values_list("pk", flat=True))


def wait_for(keys: list[str]) -> None:
    while len(placed(keys)) < len(keys):
        time.sleep(0.0002)


class worker_awake:  # noqa: N801 - reads as the words it stands for
    """A worker in a process of its own, ready before the block begins."""

    def __init__(self, *, patient: bool = True) -> None:
        self.patient = patient

    def __enter__(self) -> None:
        command = [str(Path(sys.executable).parent / "joinedup"), "flow"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        if self.patient:
            assert self.process.stdout is not None
            self.process.stdout.readline()  # "flow is awake"

    def __exit__(self, *trouble: object) -> None:
        self.process.terminate()
        self.process.wait()
