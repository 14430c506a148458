"""One notice from its commit to the desk, on SQLite and PostgreSQL, beside the same machine's bare durable commit.

`make bench WHAT=flow` (or `python -m benches.flow --records 10000 --notices 300`). For each database and size:
a population is loaded, a worker process is awake, and notices are posted one in flight, then at half of capacity.
Measured: placing alone, the message's commit, from commit to the finding laid on the desk, the whole way; p50 and p99
in milliseconds, and notices per second; where one process does it, also the processor's own time. The bare commit is
one row into the same database, committed durably.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SIZES = (10_000, 100_000)


def program(name: str) -> str:
    """The program installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def percentile(values: list[float], share: float) -> float:
    """Nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def summary(seconds: list[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    return {"p50_ms": round(percentile(seconds, 0.5) * 1e3, 2), "p99_ms": round(percentile(seconds, 0.99) * 1e3, 2)}


def own(what: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """By the wall, and the processor's own share, which a busy machine does not stretch."""
    wall, worked = [], []
    for _ in range(times):
        begun, began = time.perf_counter(), time.process_time()
        what()
        worked.append(time.process_time() - began)
        wall.append(time.perf_counter() - begun)
    return wall, worked


def timed(what: Callable[[], object], times: int) -> list[float]:
    """By the wall alone."""
    return own(what, times)[0]


def bodies(feeds: Path) -> Iterator[tuple[str, bytes]]:
    """(agency, body) of every message file of a partnership, in order of date sent."""
    files = sorted(feeds.glob("*/*.jsonl"), key=lambda path: (path.stem, path.parent.name))
    for path in files:
        for line in path.read_bytes().splitlines():
            yield path.parent.name, line


def run_one(records: int, notices: int) -> dict[str, object]:
    """Measure on the database that the environment names. Called in a process of its own."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    django.setup()
    from benches.flow_stages import measure

    return measure(records=records, notices=notices)


def both(sizes: list[int], notices: int) -> None:
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    postgres = os.environ.get("JOINEDUP_DATABASE", "")
    print(
        f"{'database':<11}{'records':>9}  {'stage':<34}{'p50 ms':>9}{'p99 ms':>9}{'own p50':>9}{'own p99':>9}"
        f"{'per s':>8}{'× bare':>8}"
    )
    results = []
    for size in sizes:
        for engine in ("sqlite", "postgres"):
            if engine == "postgres" and not postgres:
                print("postgres: JOINEDUP_DATABASE is not set; run through `make bench`")
                continue
            with tempfile.TemporaryDirectory(prefix="joinedup-bench-") as home:
                database = postgres if engine == "postgres" else ""
                env = {**os.environ, "JOINEDUP_HOME": home, "JOINEDUP_DATABASE": database}
                command = [sys.executable, "-m", "benches.flow", "--one", str(size), "--notices", str(notices)]
                done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
            result = json.loads(done.stdout.splitlines()[-1])
            results.append({"database": engine, **result})
            tell(engine, result)
    out = Path("benches/out")
    out.mkdir(exist_ok=True)
    (out / "flow.json").write_text(json.dumps(results, indent=2))


def tell(engine: str, result: dict[str, object]) -> None:
    bare = result["stages"]["bare durable commit"]["p50_ms"]  # type: ignore[index]
    for stage, figures in result["stages"].items():  # type: ignore[attr-defined]
        rate = f"{figures['per_s']:>8.1f}" if "per_s" in figures else " " * 8
        own = "".join(f"{figures[name]:>9.2f}" if name in figures else " " * 9 for name in ("own_p50_ms", "own_p99_ms"))
        ratio = figures["p50_ms"] / bare if bare else 0
        print(
            f"{engine:<11}{result['records']:>9,}  {stage:<34}{figures['p50_ms']:>9.2f}{figures['p99_ms']:>9.2f}"
            f"{own}{rate}{ratio:>8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--notices", type=int, default=300)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run_one(given.one, given.notices)))
    else:
        both(given.records, given.notices)
