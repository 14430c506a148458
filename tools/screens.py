"""Pictures of a running joinedup, wide and narrow, into var/screens/, for people to judge; and those of the README.

python tools/screens.py http://localhost:8000 EMAIL PASSWORD /desk/ /child/KT7-3MW-9/
python tools/screens.py --docs     # docs/desk.png and docs/child.png, from var/demo/month-13 (make demo-data)
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from pages.harness import NARROW, WIDE, Visitor, chromium, picture

DEMO = ROOT / "var" / "demo"
PORT = 8099


def take(address: str, email: str, password: str, *paths: str) -> None:
    """One picture of each path at each width, signed in as this person."""
    with visiting(address, email, password) as visitor:
        for path in paths:
            for width in (WIDE, NARROW):
                visitor.open(path, width)
                picture(visitor.page, path, width)


def take_for_docs() -> None:
    """The desk of the MASH social worker at month 13, and the first child on it."""
    cast = json.loads((DEMO / "written" / "cast.json").read_text())
    email = next(one["email"] for one in cast["practitioners"] if "mash-social-worker" in one["roles"])
    with serving(), visiting(f"http://localhost:{PORT}", email, (DEMO / "password").read_text()) as visitor:
        page = visitor.open("/desk/")
        cut(visitor, "desk", "tbody tr:nth-of-type(4)")
        page.locator(".web-who a").first.click()
        page.locator(".web-block--adds").wait_for()
        cut(visitor, "child", ".web-block--new .web-card:nth-of-type(3)")


def cut(visitor: Visitor, name: str, before: str) -> None:
    """The top of the page as it stands, up to where `before` begins."""
    box = visitor.page.locator(before).bounding_box()
    assert box, before
    clip = {"x": 0, "y": 0, "width": WIDE, "height": box["y"]}
    visitor.page.screenshot(path=ROOT / "docs" / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


@contextmanager
def visiting(address: str, email: str, password: str) -> Iterator[Visitor]:
    with chromium() as browser:
        visitor = Visitor(browser.new_page(locale="en-GB", timezone_id="Europe/London"), address)
        visitor.sign_in(email, password)
        yield visitor


@contextmanager
def serving() -> Iterator[None]:
    """Month 13 of the demonstration, until the pictures are taken."""
    home = {"JOINEDUP_HOME": str(DEMO / "month-13"), "JOINEDUP_DATABASE": ""}
    command = [str(Path(sys.executable).parent / "joinedup"), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, env={**os.environ, **home}, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://localhost:{PORT}/sign-in/")
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, tries: int = 60) -> None:
    for _ in range(tries):
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"{address} does not answer")


if __name__ == "__main__":
    take_for_docs() if sys.argv[1:] == ["--docs"] else take(*sys.argv[1:])
