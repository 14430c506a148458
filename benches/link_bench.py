"""How fast link is: finding and scoring one record among many, and placing one notice, on the embedded database.

    python -m benches.link_bench [--records 100000] [--notices 1000]

Builds a scratch SQLite database of child records from the fictional population, then places notices of children whom
it partly knows. Beside each figure stands the bare durable commit of the same file in the same run.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

HOME = tempfile.TemporaryDirectory(prefix="joinedup-bench-")
os.environ.update(JOINEDUP_HOME=HOME.name, DJANGO_SETTINGS_MODULE="joinedup.web.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benches.indexed import add_agencies, children, index  # noqa: E402
from joinedup.link.actions import place  # noqa: E402
from joinedup.link.actions.placing import candidates  # noqa: E402
from joinedup.link.models import Record  # noqa: E402
from joinedup.link.queries.editions import scorers_in_force  # noqa: E402
from joinedup.link.rules.features import features  # noqa: E402
from joinedup.link.rules.pairs import score_pairs  # noqa: E402
from joinedup.receive import actions as receive  # noqa: E402
from joinedup.receive.queries import reading_of  # noqa: E402
from joinedup.share import actions as share  # noqa: E402
from joinedup.share.rules import FLOW  # noqa: E402

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
Row = dict[str, Any]


def find(n: int, row: Row) -> int:
    """Candidates of one unseen statement, scored: how many were kept."""
    known = features("child", row["agency"], row["statement"])
    new = Record(key=f"~{n}", kind="child", features=known)
    pairs = candidates([new], scorers_in_force())
    others = {key for pair in pairs for key in pair} - {new.key}
    every = {new.key: known, **dict(Record.objects.filter(key__in=others).values_list("key", "features"))}
    return len(list(score_pairs("child", sorted(pairs), every)))


def received(n: int, row: Row) -> str:
    """One notice about this child, kept; its message's key."""
    said = row["statement"]
    person = {"n": 1, "kind": "child", **said, "born": next(iter(said["born"]), None)}
    notice = {"form": "joinedup/notice/1", "id": f"B{n}", "agency": row["agency"], "persons": [person],
              "events": [{"n": 1, "kind": "concern"}]}  # fmt: skip
    taken = receive.receive(by=FLOW, at=AT, agency=row["agency"], body=json.dumps(notice).encode(),
                            media="application/json", channel="api")  # fmt: skip
    return taken.message_key


def timed(what: str, runs: list[Callable[[], object]]) -> None:
    """Print how long these took: by the wall, and the processor's own share (the machine may be busy)."""
    wall, own = [], []
    for run in runs:
        began, worked = time.perf_counter(), time.process_time()
        run()
        own.append(1000 * (time.process_time() - worked))
        wall.append(1000 * (time.perf_counter() - began))
    for took in (wall, own):
        took.sort()
    p99 = int(len(wall) * 0.99)
    print(
        f"{what:42} p50 {wall[len(wall) // 2]:7.3f} ms  p99 {wall[p99]:7.3f} ms  "
        f"(processor: p50 {own[len(own) // 2]:7.3f} ms  p99 {own[p99]:7.3f} ms)"
    )


def commit() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (n) VALUES (1)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--notices", type=int, default=1_000)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0, run_syncdb=True, skip_checks=True)
    share.found_partnership(by=FLOW, at=AT, name="Bench", simulated=True)
    add_agencies(AT)
    rows = children(asked.records + asked.notices)
    kept, unseen = rows[: asked.records - asked.notices // 2], rows[asked.records - asked.notices // 2 :]
    began = time.perf_counter()
    index(kept, AT)
    print(f"{len(kept)} records indexed in {time.perf_counter() - began:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (n int)")
    # those unseen are partly of families already indexed: the population's order keeps families together
    sample = unseen[: asked.notices]
    timed("bare durable commit", [commit] * asked.notices)
    timed("find and score one record", [lambda n=n, row=row: find(n, row) for n, row in enumerate(sample)])  # type: ignore[misc]
    brought = [reading_of(received(n, row)) for n, row in enumerate(sample)]
    runs = [lambda m=m, n=n: place(by=FLOW, at=AT, message=m, notice=n) for m, n in brought]  # type: ignore[misc]
    timed("place one notice (one child, one address)", runs)


if __name__ == "__main__":
    main()
