"""Law 12: words of agencies, roles, events and concerns come from the dated code set; some words are never used."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from joinedup.ground.codes import codes
from joinedup.share.rules import ROLES
from joinedup.share.rules.policy import POLICY
from laws.source import ROOMS, SRC, files

CODES = codes(date(2026, 1, 1))
NEVER = re.compile(
    r"abscond|promiscu|child prostitut|lifestyle choice|put(?:s|ting)? (?:her|him|them)sel\w+ at risk", re.IGNORECASE
)
SAID_AS_FORBIDDEN = {"glossary.md"}  # names what is not to be said


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_a_role_is_held_at_agencies_of_the_code_set(role: type) -> None:
    assert role.held_at <= CODES.agency_kinds.keys()  # type: ignore[attr-defined]


def test_the_policy_speaks_of_roles_that_exist() -> None:
    assert {role for row in POLICY for role in row.roles} <= ROLES.keys()


PATTERNS = sorted((SRC / "recognise" / "data" / "patterns").glob("*.yaml"))
KNOWN = {
    "agency": CODES.agency_kinds.keys(),
    "from": CODES.agency_kinds.keys(),
    "names": CODES.agency_kinds.keys(),
    "not_heard": CODES.agency_kinds.keys(),
    "kind": CODES.kinds.keys(),
    "concerns": CODES.concerns.keys(),
    "role": ROLES.keys(),
}


def coded(node: Any) -> Iterator[tuple[str, str]]:
    """Every (key, word) in a pattern whose key takes words of the code set."""
    if isinstance(node, list):
        for one in node:
            yield from coded(one)
    if isinstance(node, dict):
        for key, value in node.items():
            words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
            yield from ((key, word) for word in words if key in KNOWN and isinstance(word, str))
            yield from coded(value)


def unknown(node: Any) -> list[tuple[str, str]]:
    return [(key, word) for key, word in coded(node) if word not in KNOWN[key]]


@pytest.mark.parametrize("path", PATTERNS, ids=lambda path: path.stem)
def test_a_pattern_speaks_of_agencies_events_and_roles_of_the_code_set(path: Path) -> None:
    assert unknown(yaml.load(path.read_text(), yaml.BaseLoader)) == []


def test_a_word_outside_the_code_set_is_found() -> None:
    assert unknown({"when": [{"where": {"agency": ["hospital", "hospitl"]}}]}) == [("agency", "hospitl")]


@pytest.mark.parametrize("room", ROOMS)
def test_words_that_blame_a_child_are_not_used(room: str) -> None:
    texts = [*files(room), *(SRC / room).rglob("*.html"), *(SRC / room).rglob("*.yaml")]
    assert [str(path.relative_to(SRC)) for path in texts if blames(path)] == []


def blames(path: Path) -> bool:
    return path.name not in SAID_AS_FORBIDDEN and NEVER.search(path.read_text()) is not None


def test_a_word_that_blames_is_found() -> None:
    assert NEVER.search("the child absconded")
