"""Pictures of a running joinedup, wide and narrow, into var/screens/, for people to judge.

python tools/screens.py http://localhost:8000 EMAIL PASSWORD /desk/ /child/KT7-3MW-9/
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from pages.harness import NARROW, WIDE, Visitor, chromium, picture


def take(address: str, email: str, password: str, *paths: str) -> None:
    """One picture of each path at each width, signed in as this person."""
    with chromium() as browser:
        visitor = Visitor(browser.new_page(locale="en-GB", timezone_id="Europe/London"), address)
        visitor.sign_in(email, password)
        for path in paths:
            for width in (WIDE, NARROW):
                visitor.open(path, width)
                picture(visitor.page, path, width)


if __name__ == "__main__":
    take(*sys.argv[1:])
