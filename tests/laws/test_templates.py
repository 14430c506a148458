"""Templates extend face or their own room, and hold no script or style of their own (strict CSP)."""

import re
from pathlib import Path

import pytest

from laws.source import ROOMS, SRC

TEMPLATES = [path for room in ROOMS for path in sorted((SRC / room / "templates").rglob("*.html"))]
NAMED = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
INLINE = re.compile(
    r"""<script(?![^>]*\b(?:src=|type="application/json"))[^>]*>|<style\b|\sstyle=["']|\son[a-z]+=["']|javascript:""",
    re.IGNORECASE,
)
SHARED = {"face", "govuk_frontend_jinja"}


def foreign(path: Path, text: str) -> list[str]:
    """Templates that this one builds on, other than face's and its own room's."""
    room = path.relative_to(SRC).parts[0]
    return [name for name in NAMED.findall(text) if name.split("/")[0] not in {room, *SHARED}]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_builds_on_face_or_its_own_room(path: Path) -> None:
    allowed = {"account", "mfa", "allauth"} if "face" in path.relative_to(SRC).parts[0] else set()
    assert [name for name in foreign(path, path.read_text()) if name.split("/")[0] not in allowed] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_holds_no_script_and_no_style(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


def test_a_borrowed_template_is_found() -> None:
    assert foreign(SRC / "respond/templates/respond/x.html", '{% extends "web/child.html" %}') == ["web/child.html"]


@pytest.mark.parametrize(
    "bad", ["<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', "<style>p{}</style>"]
)
def test_an_inline_script_or_style_is_found(bad: str) -> None:
    assert INLINE.search(bad)
