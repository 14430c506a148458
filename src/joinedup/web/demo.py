"""`joinedup demo`: makes the demonstration once, then serves its three bookmarked days. No Django in this process.

var/demo/ holds what was made; it is made anew when the program or the story changed.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from joinedup.ground.home import usable
from joinedup.ground.keys import digest
from joinedup.share.rules import ROLES

FOLDER = Path("var/demo")
SERVED = ((13, 8000), (5, 8001), (30, 8002))  # month of the story, port
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "jetty", "kelp", "larch", "maple")
say = Console(highlight=False)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser("joinedup demo", description="Load the fictional partnership and serve it.")
    parser.add_argument("--no-serve", action="store_true", help="only load it")
    parser.add_argument("--anew", action="store_true", help="load it again from nothing")
    given = parser.parse_args(arguments)
    if given.anew or stamp() != read_stamp():
        make()
    introduce()
    if not given.no_serve:
        serve()


def stamp() -> str:
    """Changes when the program, its data or the story do."""
    source = Path(__file__).parents[2]
    files = sorted(path for path in source.rglob("*") if path.suffix in {".py", ".yaml", ".json", ".csv"})
    return digest(*(path.read_bytes() for path in files))


def read_stamp() -> str:
    path = FOLDER / "stamp"
    return path.read_text() if path.exists() else ""


def make() -> None:
    """Write the story's messages, then load them day by day."""
    with usable(FOLDER):
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
    password = "-".join(secrets.choice(WORDS) for _ in range(3))
    say.print("→ writing the messages of a fictional partnership")
    run("partnership", "demo", "--out", str(FOLDER / "written"))
    say.print("→ loading them as they came")
    home = {"JOINEDUP_HOME": str(FOLDER / "making"), "JOINEDUP_DATABASE": "", "JOINEDUP_DEMO_PASSWORD": password}
    run("joinedup", "load_demo", str(FOLDER / "written"), str(FOLDER), env=home)
    shutil.rmtree(FOLDER / "making")
    (FOLDER / "password").touch(mode=0o600)
    (FOLDER / "password").write_text(password)
    (FOLDER / "stamp").write_text(stamp())


def run(program: str, *arguments: str, env: dict[str, str] | None = None) -> None:
    done = subprocess.run([beside(program), *arguments], env={**os.environ, **(env or {})}, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{program} {' '.join(arguments)} did not succeed (exit {done.returncode}); nothing is served")


def beside(program: str) -> str:
    """The program installed beside this Python."""
    return str(Path(sys.executable).parent / program)


def introduce() -> None:
    """Print who can sign in, agency by agency, and what else opens a door."""
    cast = json.loads((FOLDER / "written" / "cast.json").read_text())
    say.print("[bold]Who can sign in[/bold] (everybody here is fictional)")
    for agency in cast["agencies"]:
        people = [one for one in cast["practitioners"] if one["agency"] == agency["code"]]
        if people:
            say.print(f"{agency['name']}")
        for one in people:
            say.out(f"  {one['email']:36} {one['name']}, {ROLES[one['roles'][0]].title}")
    say.print(f"password for all of them: [bold]{(FOLDER / 'password').read_text()}[/bold]\n")
    introduce_looks(cast)
    introduce_credentials(json.loads((FOLDER / "credentials.json").read_text()))


def introduce_looks(cast: dict[str, Any]) -> None:
    """What to try: one child seen by three people, a letter that withholds an address, a name that finds nobody."""
    letter = next(one for one in cast["acts"] if one["do"] == "write")
    say.print("[bold]Who may see what[/bold] (month 13)")
    say.out("  open Tess Hadley as hannah.brook, steve.kemp and dee.lawson: three pages, each of them true")
    say.out(f"  as {letter['by']}: {letter['child']['name']}, Papers: the letter to {letter['to']} without the address")
    for name in cast["finds_nobody"][-1:]:
        say.out(f"  find {name}, a name before adoption: nobody; what is sealed opens to wren.talbot alone\n")


def introduce_credentials(issued: dict[str, dict[str, str]]) -> None:
    """How to send without signing in; docs/rooms/notice.md has the command."""
    key, link = issued["api"], issued["link"]
    say.out(f"send as the system of {key['agency']}: TOKEN={key['token']}")
    say.out(f"report as staff of {link['agency']}: /report/with/{link['token']}/ with the code {link['code']}\n")


def serve() -> None:
    """Serve each bookmarked day from its own process, until Ctrl-C."""
    cast = json.loads((FOLDER / "written" / "cast.json").read_text())
    titles = {mark["month"]: (mark["at"][:10], mark["title"]) for mark in cast["bookmarks"]}
    servers = [start(month, port) for month, port in SERVED]
    for month, port in SERVED:
        day, title = titles[month]
        say.print(f"http://localhost:{port}  month {month}, {day}: {title}")
    say.print("stop with Ctrl-C")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for server in servers:
            server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for server in servers:
            server.terminate()


def start(month: int, port: int) -> "subprocess.Popen[bytes]":
    home = {"JOINEDUP_HOME": str(FOLDER / f"month-{month:02}"), "JOINEDUP_DATABASE": "", "JOINEDUP_COOKIE": f"m{month}"}
    command = [beside("joinedup"), "serve", "--port", str(port)]
    return subprocess.Popen(command, env={**os.environ, **home}, stdout=subprocess.DEVNULL)  # noqa: S603
