"""How long linking a whole population at once takes, step by step, and how much memory at most.

    python -m benches.link_all [--children 4000 40000] [--engine duckdb spark] [--seed 7]

Each run is the real command in a process of its own, over a file of statements of the fictional population. Memory is
the proportional share (PSS) of the process and all that it began, Java and workers among them, looked at ten times a
second.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from benches.link_population import lines

KINDS = ("child",)
COMMAND = [sys.executable, "-c", "from joinedup.web.main import main; main()", "link", "all", "--json"]


def family(process: int) -> Iterator[int]:
    """A process and all that it began."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def memory(process: int) -> int:
    """Kilobytes that a process and its family hold now, shared pages counted once."""
    total = 0
    for one in family(process):
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        except OSError:  # it has just ended
            continue
        total += int(found[1]) if found else 0
    return total


def worked(process: int) -> float:
    """Seconds of the processor that one process has used by itself, whatever else the machine did."""
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def run(file: Path, kind: str, engine: str) -> tuple[dict[str, Any], float, float, float]:
    """The report, the seconds by the wall and of the processor, and the most memory in GiB."""
    began, most, own = time.perf_counter(), 0, dict[int, float]()
    asked = [*COMMAND, "--records", str(file), "--kind", kind, "--engine", engine]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            with suppress(OSError):  # one of them ended while it was looked at
                most = max(most, memory(running.pid))
                own |= {one: worked(one) for one in family(running.pid)}
            time.sleep(0.1)
        assert running.stdout
        report = json.loads(running.stdout.read())
    return report, time.perf_counter() - began, sum(own.values()), most / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, nargs="+", default=[4_000, 40_000])
    parser.add_argument("--engine", nargs="+", default=["duckdb", "spark"])
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="joinedup-bench-") as folder:
        for children in asked.children:
            file = Path(folder) / f"{children}.jsonl"
            with file.open("w") as out:
                for line in lines(children, asked.seed):
                    out.write(json.dumps(line) + "\n")
            for engine in asked.engine:
                for kind in KINDS:
                    tell(kind, *run(file, kind, engine))


def tell(kind: str, report: dict[str, Any], wall: float, own: float, most: float) -> None:
    found, seconds = report["kinds"][kind], report["seconds"]
    steps = ", ".join(f"{name} {took:.1f}" for name, took in {"begin": seconds["begin"], **seconds[kind]}.items())
    counts = ", ".join(f"{found[name]:,} {name.replace('_', ' ')}" for name in list(found)[1:])
    took = f"{wall:.1f} s, of the processor {own:.1f} s, at most {most:.2f} GiB; {steps}"
    print(f"{report['engine']}, {kind}: {counts}\n  {took}", flush=True)


if __name__ == "__main__":
    main()
