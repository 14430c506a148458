"""A real Chromium that looks at pages as people do: with axe, on a narrow phone, by keyboard, and for errors it logs.

Debian's Chromium is used (`apt install chromium`); JOINEDUP_CHROMIUM names another. Pictures of every page looked at
go to var/screens/, for people to judge.
"""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

CHROMIUM = os.environ.get("JOINEDUP_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",  # Chromium refuses root otherwise; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIGN_IN = "/sign-in/"
REASON = "/reason/"
SCREENS = Path(__file__).parents[2] / "var" / "screens"
WIDE, NARROW, TALL = 1280, 320, 900
TARGET = 24  # CSS pixels, WCAG 2.2 2.5.8
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
IN_TEXT = "p, li, td, th, dd, .govuk-skip-link, .govuk-radios, .govuk-checkboxes"  # in a line, or with a large label
SMALL_TARGETS = """([least, inText]) =>
  [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(e => e.checkVisibility({opacityProperty: true}) && !e.closest(inText))
  .map(e => ({box: e.getBoundingClientRect(), says: e.outerHTML.slice(0, 120)}))
  .filter(t => t.box.width && (t.box.height < least || t.box.width < least)).map(t => t.says)"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const drawn = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  const beside = [getComputedStyle(e), getComputedStyle(e, '::before'),
                  e.nextElementSibling ? getComputedStyle(e.nextElementSibling, '::before') : getComputedStyle(e)];
  const box = e.getBoundingClientRect();
  return {says: e.outerHTML.slice(0, 160), href: e.getAttribute('href') || '', text: (e.textContent || '').trim(),
          shown: beside.some(drawn), seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


@dataclass
class Visitor:
    """One person at a browser. `faults` collects what their pages complained about; it must stay empty."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        page_itself = re.search(r"status of (4\d\d|5\d\d)", message.text)  # a page of trouble was asked for
        if message.type in ("error", "warning") and not page_itself:
            self.faults.append(message.text)

    def open(self, path: str, width: int = WIDE, status: int = 200) -> Page:
        """The page, which must answer with this status."""
        self.page.set_viewport_size({"width": width, "height": TALL})
        answer = self.page.goto(self.address + path)
        assert answer is not None, path
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        """Through the page that people use."""
        self.open(SIGN_IN)
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        assert urlsplit(self.page.url).path != SIGN_IN, f"{email} was not let in"

    def look_at(self, path: str, name: str = "", status: int = 200) -> Page:
        """The page at both widths: no violation, nothing logged, no sideways scroll, targets large enough, pictured."""
        for width in (NARROW, WIDE):
            self.open(path, width, status)
            self.judge(path)
            picture(self.page, name or path, width)
        return self.page

    def judge(self, path: str) -> None:
        """What must hold for the page as it stands now, at its present width."""
        found = violations(self.page)
        assert not found, f"axe on {path}: {found}"
        assert not self.faults, f"logged by {path}: {self.faults}"
        assert sideways(self.page) == 0, f"{path} scrolls sideways at {self.page.viewport_size}"
        small = self.page.evaluate(SMALL_TARGETS, [TARGET, IN_TEXT])
        assert not small, f"smaller than {TARGET} px on {path}: {small}"

    def by_keyboard(self, path: str, *actions: str, presses: int = 80) -> None:
        """Tab through the page: each stop shows its focus and stands on the screen, and `actions` are among them."""
        self.open(path)
        wanted = set(actions)
        for stop in stops(self.page, presses):
            assert stop["shown"], f"no visible focus: {stop['says']}"
            assert stop["seen"], f"focus is off the screen: {stop['says']}"
            wanted -= {stop["text"], stop["href"]}
        assert not wanted, f"not reached by keyboard on {path}: {wanted}"


def stops(page: Page, presses: int) -> Iterator[dict[str, object]]:
    """What takes the focus, in order, until it leaves the page."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return
        yield stop


def violations(page: Page) -> list[str]:
    """What axe finds against the page, each with where."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']} ({one['impact']}): {node['html'][:140]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> int:
    """By how many pixels the page as a whole is wider than the screen."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(page: Page, name: str, width: int) -> Path:
    SCREENS.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "home"
    path = SCREENS / f"{slug}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own, for scripts and for the tests' session."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def crawl(visitor: Visitor, begin: str, name: str, leave: Collection[str] = ()) -> list[str]:
    """Look at one page of every route that links lead to, and answer with their paths. Signing out is not followed.

    `leave`: names of routes that are the same for everybody and are looked at as somebody else. Where a reason is
    asked for, that page is looked at, a reason is given, and what it opened is looked at too.
    """
    waiting, seen, looked_at = [begin], set(), []
    while waiting:
        path = waiting.pop(0)
        match = resolve(urlsplit(path).path)
        if match.route in seen or match.url_name in leave or "sign-out" in match.route:
            continue
        seen |= {match.route}
        visitor.look_at(path, name=f"{name} {path}")
        if urlsplit(visitor.page.url).path == REASON:
            give_a_reason(visitor.page)
            visitor.look_at(path, name=f"{name} {path} opened")
        looked_at.append(urlsplit(visitor.page.url).path)
        waiting += links(visitor.page)
    return looked_at


def give_a_reason(page: Page) -> None:
    page.get_by_label("Something else").check()
    page.get_by_label("Say more").fill("A call from her school")
    page.get_by_role("button", name="Open this child").click()


def links(page: Page) -> list[str]:
    """The site's own addresses that the page leads to, without what the browser would save as a file."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href^="/"]:not([download])')].map(a => a.getAttribute('href'))"""
    )
