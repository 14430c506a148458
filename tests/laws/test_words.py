"""Law 12: words of agencies, roles, events and concerns come from the dated code set; some words are never used."""

import re
from datetime import date
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("room", ROOMS)
def test_words_that_blame_a_child_are_not_used(room: str) -> None:
    texts = [*files(room), *(SRC / room).rglob("*.html"), *(SRC / room).rglob("*.yaml")]
    assert [str(path.relative_to(SRC)) for path in texts if blames(path)] == []


def blames(path: Path) -> bool:
    return path.name not in SAID_AS_FORBIDDEN and NEVER.search(path.read_text()) is not None


def test_a_word_that_blames_is_found() -> None:
    assert NEVER.search("the child absconded")
