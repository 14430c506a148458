"""Trust 1.3, 57 and 58: what changes facts leaves an audit row in its own transaction, or it is not an action."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from laws.source import ROOMS, SRC

QUIET = {  # verbs with `by` that leave no row of their own, each with its reason
    "share.record": "is the row",
    "share.acting": "is the act",
    "share.checkpoint": "writes its own row while it holds every lane",
    "share.checkpoint_of_the_day": "by checkpoint",
    "share.stir": "a mark for flow, part of the act that changed the facts",
    "share.allot_subject": "one of allot_subjects",
    "share.claim_stirred": "a worker's hold on work: no fact",
    "receive.renew_master": "by rewrap: the file takes its place once that is durable",
    "receive.claim_unread": "a worker's hold on work: no fact",
}


def verbs_of(room: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public verbs of a room's actions."""
    module = importlib.import_module(f"joinedup.{room}.actions")
    for name, verb in inspect.getmembers(module, inspect.isfunction):
        here = verb.__module__.startswith(f"joinedup.{room}.actions")
        if here and not name.startswith("_") and "by" in inspect.signature(verb).parameters:
            yield f"{room}.{name}", verb


WITH_ACTIONS = [room for room in ROOMS if (SRC / room / "actions.py").exists() or (SRC / room / "actions").exists()]


@pytest.mark.parametrize("room", WITH_ACTIONS)
def test_every_verb_leaves_its_row(room: str) -> None:
    assert [name for name, verb in verbs_of(room) if name not in QUIET and not hasattr(verb, "act")] == []


def test_the_quiet_ones_exist() -> None:
    known = {name for room in WITH_ACTIONS for name, _ in verbs_of(room)}
    assert QUIET.keys() <= known


def test_an_unaudited_verb_would_be_found() -> None:
    def change(*, by: object, at: object) -> None: ...

    assert not hasattr(change, "act")
