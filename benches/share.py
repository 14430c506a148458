"""What "may this person?" costs, among 1,000,000 children, on SQLite and PostgreSQL.

`make bench WHAT=share` (or `python -m benches.share --children 1000000`). Each question is timed as the product asks
it and, in the same run, the same question without the part that share adds: a decision on one child beside reading
that child; a filtered list of 50 beside the bare list of 50; 500 entries behind the second wall beside the same read
without it; a page through its door, with its audit row, beside the view alone; an audit row beside a bare commit.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

CHILDREN = 1_000_000


def run_one(children: int, times: int) -> dict[str, object]:
    """Measure on the database that the environment names. Called in a process of its own."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
    django.setup()
    from benches.share_stages import measure

    return measure(children=children, times=times)


def both(children: int, times: int) -> None:
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {children:,} children")
    print(f"{'database':<11}{'question':<48}{'p50 ms':>9}{'p99 ms':>9}{'without':>9}{'ratio':>8}")
    results = []
    for engine, database in (("sqlite", ""), ("postgres", os.environ.get("JOINEDUP_DATABASE", ""))):
        if engine == "postgres" and not database:
            print("postgres: JOINEDUP_DATABASE is not set; run through `make bench`")
            continue
        with tempfile.TemporaryDirectory(prefix="joinedup-bench-") as home:
            env = {**os.environ, "JOINEDUP_HOME": home, "JOINEDUP_DATABASE": database}
            command = [sys.executable, "-m", "benches.share", "--one", str(children), "--times", str(times)]
            done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        result = json.loads(done.stdout.splitlines()[-1])
        results.append({"database": engine, **result})
        for question, (ours, without) in result["questions"].items():
            print(
                f"{engine:<11}{question:<48}{ours['p50_ms']:>9.2f}{ours['p99_ms']:>9.2f}{without['p50_ms']:>9.2f}"
                f"{ours['p50_ms'] / without['p50_ms']:>8.1f}",
                flush=True,
            )
    out = Path("benches/out")
    out.mkdir(exist_ok=True)
    (out / "share.json").write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=CHILDREN)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run_one(given.one, given.times)))
    else:
        both(given.children, given.times)
